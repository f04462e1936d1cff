"""Needs brought to where their matches have led: part of what is done to a match."""

from sqlalchemy import update

from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.assistance.requests.service.course_keeping import hold, renew
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation.database import db


def follow_matches(identifier: str, number: int, status: NeedStatus) -> None:
    """Let a need stand where its matches have brought it; one that was withdrawn stays so.

    Who may, and the audit's line, belong to what is done to the match.
    """
    held = hold(identifier)
    changed = db.session.execute(
        update(NeedRow)
        .where(
            NeedRow.request_id == held.key,
            NeedRow.number == number,
            NeedRow.status.not_in((status, NeedStatus.WITHDRAWN)),
        )
        .values(status=status)
        .returning(NeedRow.id)
    ).scalar_one_or_none()
    if changed is not None:
        bump(held.key)
        renew(held)


def bump(key: int) -> None:
    """Raise the revision of a request, by its row's key: a form opened before is stale."""
    db.session.execute(update(RequestRow).where(RequestRow.id == key).values(revision=RequestRow.revision + 1))

"""Notices to persons: what happened that they should know, until they have read it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db, now
from cpi1540.foundation.tables import NoticeRow


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``kind`` is a code that the wing that sent it has a sentence for; ``by`` is who caused it."""

    id: int
    at: datetime.datetime
    kind: str
    state: str
    practice: bool
    field: str | None
    by: str
    read: bool


def send(persons: Iterable[str], kind: str, state: str, *, practice: bool, by: str, field: str | None = None) -> None:
    """Tell each of ``persons`` (by actor id), save the one who caused it; belongs to the caller's transaction."""
    rows = [
        {
            "person": person,
            "at": now(),
            "kind": kind,
            "state": state,
            "practice": practice,
            "field": field,
            "by": by,
            "read_at": None,
        }
        for person in sorted(set(persons) - {by})
    ]
    if rows:
        db.session.execute(insert(NoticeRow), rows)


def unread(actor: Actor) -> int:
    """How many notices the person has not read."""
    query = select(func.count(NoticeRow.id)).where(NoticeRow.person == actor.id, NoticeRow.read_at.is_(None))
    return db.session.scalar(query) or 0


def notices(actor: Actor, limit: int = 200) -> list[Notice]:
    """The person's notices, newest first."""
    query = select(NoticeRow).where(NoticeRow.person == actor.id).order_by(NoticeRow.id.desc()).limit(limit)
    return [
        Notice(row.id, row.at, row.kind, row.state, row.practice, row.field, row.by, row.read_at is not None)
        for row in db.session.scalars(query)
    ]


def mark_read(actor: Actor, upto: int) -> None:
    """Mark the person's notices up to that one as read; belongs to the caller's transaction."""
    db.session.execute(
        update(NoticeRow)
        .where(NoticeRow.person == actor.id, NoticeRow.id <= upto, NoticeRow.read_at.is_(None))
        .values(read_at=now())
    )

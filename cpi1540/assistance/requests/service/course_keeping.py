"""What a request's row keeps of its acts and texts, so that lists need no replay: written in one place."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from cpi1540.assistance.procedure.course import Course, Recorded, course
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Channel, Request, Status, parse_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.tables import ActRow, NeedRow, RequestRow
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise

_ENDS = {Act.WITHDRAW: Status.WITHDRAWN, Act.CLOSE: Status.CLOSED}


@dataclass(frozen=True, slots=True)
class Held:
    """A request's row as it stands now, locked until the transaction ends.

    ``began`` is the first day its date can mean, ``course`` what the row keeps of its acts.
    """

    key: int
    identifier: str
    status: Status
    formal: bool | None
    submitted: bool
    began: datetime.date | None
    revision: int
    course: Course


def hold(identifier: str) -> Held:
    """The row of a request, locked; NotFound when there is none. Whether the actor may is asked before."""
    condition = reading.condition_of(identifier)
    row = db.session.scalar(
        select(RequestRow).where(condition).with_for_update().execution_options(populate_existing=True)
    ) if condition is not None else None  # fmt: skip
    if row is None:
        raise reading.not_found(identifier)
    return Held(
        row.id,
        identifier,
        Status(row.status),
        row.formal,
        row.channel == Channel.PORTAL and not row.formal,
        PartialDate.parse(row.dated).first_day if row.dated else None,
        row.revision,
        reading.course_of(row),
    )


def refuse_historical(request: Request) -> None:
    """DomainError for a request known from the past: the next loading of its source would undo the change."""
    if request.status is Status.HISTORICAL:
        raise DomainError(sentence("A historical request is loaded from its source and is not changed here."))


def write_act(
    held: Held,
    act: Act,
    on: datetime.date,
    by: str,
    *,
    note: str = "",
    paper: str | None = None,
    at: datetime.datetime | None = None,
) -> int:
    """Write one act under the next number, and return that; whether it may be done is asked before."""
    return write_acts(held, [Recorded(0, act, on, note, paper, by, at or now())])


def write_acts(held: Held, acts: Sequence[Recorded]) -> int:
    """Write several acts, in their order, under the next numbers; returns the last."""
    highest = db.session.scalar(select(func.max(ActRow.number)).where(ActRow.request_id == held.key)) or 0
    rows = [
        {
            "request_id": held.key,
            "number": number,
            "act": done.act,
            "on": done.on,
            "note": done.note.strip(),
            "paper": done.paper,
            "actor": done.by,
            "at": done.at,
            "reason": "",
        }
        for number, done in enumerate(acts, highest + 1)
    ]
    if rows:
        db.session.execute(insert(ActRow), rows)
    return highest + len(rows)


def renew(held: Held, *, at: datetime.datetime | None = None) -> Course:
    """Bring the row up to its acts and its texts: status, course, moment of the last act, what is searched."""
    acts = reading.acts_of(select(RequestRow.id).where(RequestRow.id == held.key))
    status, found = Status.HISTORICAL, Course()
    if held.status is not Status.HISTORICAL:
        found = course(acts, held.began, formal=held.formal, submitted=held.submitted)
        status = next((_ENDS[done.act] for done in reversed(acts) if done.act in _ENDS), Status.OPEN)
    practice, year, number = parse_id(held.identifier) or (False, 0, 0)
    texts = db.session.execute(
        select(RequestRow.title, RequestRow.text, RequestRow.organization).where(RequestRow.id == held.key)
    ).one()
    objectives = db.session.scalars(
        select(NeedRow.objective).where(NeedRow.request_id == held.key).order_by(NeedRow.number)
    )
    spoken = [held.identifier, *(text for text in texts if text), *objectives]
    db.session.execute(
        update(RequestRow)
        .where(RequestRow.practice.is_(practice), RequestRow.year == year, RequestRow.number == number)
        .values(
            status=status,
            moved_at=max((done.at for done in acts if done.at), default=None),
            changed_at=at or now(),
            search="\n".join(normalise(text) for text in spoken),
            **_columns(found),
        )
    )
    return found


def renew_all() -> int:
    """Bring the open requests up to the rules as they are now; returns how many stood elsewhere.

    What a row keeps follows from its acts, so a release whose rules tell them otherwise has to count them anew.
    Nobody acted: what was changed when stays. Belongs to the caller's transaction.
    """
    rows = db.session.scalars(select(RequestRow).where(RequestRow.status == Status.OPEN)).all()
    acts = reading.acts_by_request(select(RequestRow.id).where(RequestRow.status == Status.OPEN))
    moved = 0
    for row in rows:
        began = PartialDate.parse(row.dated).first_day if row.dated else None
        found = course(
            acts.get(row.id, ()), began, formal=row.formal, submitted=row.channel == Channel.PORTAL and not row.formal
        )
        if found != reading.course_of(row):
            db.session.execute(update(RequestRow).where(RequestRow.id == row.id).values(**_columns(found)))
            moved += 1
    return moved


def _columns(found: Course) -> dict[str, object]:
    return {
        "step": found.step,
        "next_act": found.next_act,
        "step_since": found.since,
        "acknowledged_on": found.acknowledged,
        "followed_up_on": found.followed_up,
        "resumed_on": found.resumed,
    }

"""Requests as they stood on a day that may lie in the past: as far as the acts dated by then had led."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import and_, select

from cpi1540.assistance.procedure.course import Recorded, Standing, follow, stand
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.procedure.workdays import Holidays
from cpi1540.assistance.requests.agenda import Briefed, Line, briefing_list
from cpi1540.assistance.requests.request import Consent, Request, Status, request_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.tables import ActRow, RequestRow
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db


def requests_on(on: datetime.date, actor: Actor, *, practice: bool) -> list[Line]:
    """The requests of one record that were there on a day, of those the actor may read: each with the acts dated by
    then and where it stood; without a step where it had been closed or withdrawn. By identifier; historical ones are
    left out, since they have no clock.

    A request without a date is there from the day it was registered. What was recorded only after the day counts,
    for a briefing, from the end of the day it bears.
    """
    condition = and_(RequestRow.practice.is_(practice), RequestRow.status != Status.HISTORICAL)
    acts, holidays = _acts(practice), calendar.holidays()
    there = [request for request in reading.readable(condition, actor) if _began(request) <= on]
    return [_line(request, [done for done in acts.get(request.id, ()) if done.on <= on], holidays, on)
            for request in there]  # fmt: skip


def to_brief(lines: Iterable[Line], on: datetime.date, *, practice: bool) -> tuple[datetime.date, list[Briefed]]:
    """The day of the last briefing before ``on``, and what of these lines of that day the Committee is briefed on."""
    last = calendar.last_briefing(practice=practice, before=on)
    return last, briefing_list(lines, end_of(last))


def withdrawn(line: Line) -> bool:
    """Whether the request had been withdrawn by then."""
    return any(done.act is Act.WITHDRAW for done in line.request.acts)


def _line(request: Request, acts: Sequence[Recorded], holidays: Holidays, on: datetime.date) -> Line:
    began = request.values.date.first_day if request.values.date else None
    history = follow(acts, began, formal=request.values.formal, submitted=request.submitted)
    standing: Standing = stand(
        history.course, reading.day_of(request), holidays, on, consent=request.values.consent is Consent.YES
    )
    moved = max((_known(done.at, done.on, on) for done in acts if done.at), default=None)
    came = _known(request.registered_at, _began(request), on)
    return Line(replace(request, acts=tuple(acts)), standing, moved, came)


def _known(recorded: datetime.datetime, bears: datetime.date, on: datetime.date) -> datetime.datetime:
    """When something was known, seen from a day: when it was recorded, or the end of the day it bears."""
    return recorded if recorded <= end_of(on) else end_of(bears)


def end_of(day: datetime.date) -> datetime.datetime:
    """The last second of a day in New York."""
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), calendar.NEW_YORK)


def _began(request: Request) -> datetime.date:
    date = request.values.date
    return date.first_day if date else request.registered_at.astimezone(calendar.NEW_YORK).date()


def _acts(practice: bool) -> dict[str, list[Recorded]]:
    """Identifier of a request -> its acts in the order recorded, but for those taken back: one query."""
    query = (
        select(ActRow.number, ActRow.act, ActRow.on, ActRow.at, RequestRow.year, RequestRow.number)
        .join(RequestRow, RequestRow.id == ActRow.request_id)
        .where(RequestRow.practice.is_(practice), ActRow.taken_back_at.is_(None))
        .order_by(ActRow.request_id, ActRow.number)
    )
    found: dict[str, list[Recorded]] = {}
    for number, act, on, at, year, of_request in db.session.execute(query):
        found.setdefault(request_id(practice, year, of_request), []).append(Recorded(number, Act(act), on, at=at))
    return found

"""Needs added to a request, changed, withdrawn, and moved on by what is agreed for them."""

import datetime

from sqlalchemy import func, select, update

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.outcomes.match import Side
from cpi1540.assistance.outcomes.service.ending import end_matches
from cpi1540.assistance.outcomes.standing import Ending
from cpi1540.assistance.outcomes.tables import MatchRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty, need_faults
from cpi1540.assistance.requests.request import NeedStatus, NeedValues, Request, need_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import hold, refuse_historical, renew
from cpi1540.assistance.requests.service.need_rows import insert_needs, need_columns, write_fields
from cpi1540.assistance.requests.service.need_standing import bump
from cpi1540.assistance.requests.tables import NeedRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.service import layouts


def add_need(identifier: str, need: NeedValues, actor: Actor) -> str:
    """Add a need under the next number; returns its identifier (``R-2026-014/3``)."""
    request = _writable(identifier, actor)
    _check(need)
    held = hold(identifier)
    highest = db.session.scalar(select(func.max(NeedRow.number)).where(NeedRow.request_id == held.key)) or 0
    insert_needs(held.key, [need], highest + 1, added_on=calendar.today())
    bump(held.key)
    renew(held)
    added = need_id(identifier, highest + 1)
    _note(actor, "request.need", request, added)
    return added


def change_need(identifier: str, number: int, need: NeedValues, actor: Actor, *, revision: int) -> None:
    """Record a need anew; ``revision`` is the request's when it was read. Stale when somebody saved first."""
    request = _writable(identifier, actor)
    _check(need)
    held = hold(identifier)
    if held.revision != revision:
        raise Stale(sentence("Somebody else changed this request meanwhile. Read it again before you save."))
    key = db.session.execute(
        update(NeedRow)
        .where(NeedRow.request_id == held.key, NeedRow.number == number)
        .values(**need_columns(need))
        .returning(NeedRow.id)
    ).scalar_one_or_none()
    if key is None:
        raise _no_need(identifier, number)
    write_fields([(key, need)])
    bump(held.key)
    renew(held)
    _note(actor, "request.need-change", request, need_id(identifier, number))


def withdraw_need(identifier: str, number: int, actor: Actor, *, reason: str) -> None:
    """Withdraw one need of a request; the others stay. A reason must be given; the same again changes nothing.

    Matches of it that are not delivered are withdrawn with it.
    """
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    request = _writable(identifier, actor)
    if _stands(request, number, NeedStatus.WITHDRAWN):
        return
    _set_status(request, number, NeedStatus.WITHDRAWN, calendar.today())
    end_matches(identifier, Ending.NEED, on=calendar.today(), side=Side.OFFICE, actor=actor, needs=[number])
    _note(actor, "request.need-withdraw", request, need_id(identifier, number), reason=audit.digest(reason))


def set_status(
    identifier: str, number: int, status: NeedStatus, actor: Actor, *, on: datetime.date | None = None
) -> None:
    """Record how far a need has come, today or on an earlier day; the same again changes nothing.

    DomainError where its matches say it already: by hand is told what was agreed without one.
    """
    request = _writable(identifier, actor)
    if _stands(request, number, status):
        return
    matched = select(MatchRow.id).join(NeedRow, NeedRow.id == MatchRow.need_id)
    matched = matched.where(NeedRow.request_id == hold(identifier).key, NeedRow.number == number).limit(1)
    if db.session.scalar(matched) is not None:
        raise DomainError(sentence("How far this need has come follows from its matches."))
    _set_status(request, number, status, on or calendar.today())
    _note(actor, "request.need-status", request, need_id(identifier, number), status=status)


def _stands(request: Request, number: int, status: NeedStatus) -> bool:
    return any(need.number == number and need.status is status for need in request.needs)


def _set_status(request: Request, number: int, status: NeedStatus, on: datetime.date) -> None:
    held = hold(request.id)
    changed = db.session.execute(
        update(NeedRow)
        .where(NeedRow.request_id == held.key, NeedRow.number == number)
        .values(status=status, withdrawn_on=on if status is NeedStatus.WITHDRAWN else None)
        .returning(NeedRow.id)
    ).scalar_one_or_none()
    if changed is None:
        raise _no_need(request.id, number)
    bump(held.key)
    renew(held)


def _writable(identifier: str, actor: Actor) -> Request:
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    refuse_historical(request)
    return request


def _check(need: NeedValues) -> None:
    found = need_faults([need], layouts.layout())
    if found:
        raise Faulty(found)


def _no_need(identifier: str, number: int) -> NotFound:
    return NotFound(sentence("%(request)s has no need %(need)s.", request=identifier, need=str(number)))


def _note(actor: Actor, action: str, request: Request, need: str, **change: str) -> None:
    subjects = [f"request:{request.id}", *(f"state:{code}" for code in request.values.requester.states)]
    audit.record(actor.id, action, subjects, [{"need": need, **change}])

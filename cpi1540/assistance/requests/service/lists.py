"""Lists of requests: filtered, by step, by what is due, by area of the matrix. The number of queries never grows."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from cpi1540.assistance.procedure.course import Standing, stand
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.procedure.workdays import Holidays
from cpi1540.assistance.requests import agenda
from cpi1540.assistance.requests.agenda import Briefed, Line
from cpi1540.assistance.requests.request import Consent, Kind, NeedStatus, Request, Status, request_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.tables import NeedFieldRow, NeedRow, RequesterRow, RequestRow
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.states.tables import GroupMembershipRow, StateRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. ``kind``, ``domain`` and ``section`` hold for one and the same need."""

    step: Step | None = None
    status: Status | None = None
    group: str | None = None
    state: str | None = None
    kind: Kind | None = None
    domain: Domain | None = None
    section: str | None = None
    overdue: bool = False
    text: str = ""


EVERYTHING = Filters()
OPEN = Filters(status=Status.OPEN)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, counted from 1: its lines, how many requests the filters leave, how many are overdue."""

    lines: tuple[Line, ...]
    total: int
    overdue: int
    page: int
    pages: int
    without_table: tuple[int, ...]


def standing_of(request: Request, *, on: datetime.date | None = None, holidays: Holidays | None = None) -> Standing:
    """Where one request stands on a day, today in New York when none is named."""
    return stand(
        request.course,
        reading.day_of(request),
        calendar.holidays() if holidays is None else holidays,
        on or calendar.today(),
        consent=request.values.consent is Consent.YES,
    )


def listing(
    filters: Filters,
    actor: Actor,
    *,
    practice: bool,
    on: datetime.date | None = None,
    page: int = 1,
    size: int | None = PAGE,
    newest_first: bool = False,
) -> Listing:
    """The requests of one record that the filters leave and the actor may read: overdue first, or newest first.

    ``size`` None: all on one page. A page past the last is the last.
    """
    condition = and_(*_conditions(filters, actor, practice))
    standings = _standings(condition, on or calendar.today())
    if filters.overdue:
        standings = [each for each in standings if each.standing.overdue]
    standings.sort(key=_newest if newest_first else _urgent)
    total, late = len(standings), sum(1 for each in standings if each.standing.overdue)
    per_page = size or max(total, 1)
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    chosen = standings[(page - 1) * per_page : page * per_page]
    without = sorted({year for each in standings for year in each.standing.without_table})
    return Listing(_lines(chosen, condition, actor, everything=size is None), total, late, page, pages, tuple(without))


def board(actor: Actor, *, practice: bool, on: datetime.date | None = None) -> dict[Step, list[Line]]:
    """Every step with the open requests that stand there, overdue first."""
    return agenda.board(listing(OPEN, actor, practice=practice, on=on, size=None).lines)


def due(actor: Actor, *, practice: bool, on: datetime.date | None = None) -> list[Line]:
    """The open requests, overdue first, then by due date, then by how long they wait."""
    return agenda.due_list(listing(OPEN, actor, practice=practice, on=on, size=None).lines)


def to_brief(actor: Actor, *, practice: bool, on: datetime.date | None = None) -> tuple[datetime.date, list[Briefed]]:
    """The day of the last briefing, and what the Committee is to be briefed on since."""
    day = on or calendar.today()
    last = calendar.last_briefing(practice=practice, before=day)
    since = datetime.datetime.combine(last, datetime.time(23, 59, 59), calendar.NEW_YORK)
    lines = listing(EVERYTHING, actor, practice=practice, on=day, size=None).lines
    return last, agenda.briefing_list(lines, since)


def areas(actor: Actor, *, practice: bool, filters: Filters = OPEN) -> dict[tuple[str, Domain | None], int]:
    """(section, weapon domain or None where a row has one code) -> how many needs name a field there.

    Needs that were withdrawn do not count.
    """
    query = (
        select(NeedFieldRow.need_id, NeedFieldRow.field)
        .join(NeedRow, NeedRow.id == NeedFieldRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .where(NeedRow.status != NeedStatus.WITHDRAWN, *_conditions(filters, actor, practice))
    )
    found = set()
    for need, field in db.session.execute(query):
        parts = field.split(".")
        found.add((need, parts[0], Domain(parts[2]) if len(parts) > 2 else None))
    counts: dict[tuple[str, Domain | None], int] = {}
    for _need, section, domain in sorted(found, key=lambda each: (each[1], each[2] or "")):
        counts[section, domain] = counts.get((section, domain), 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class _Placed:
    key: int
    place: tuple[int, int]  # year and number
    identifier: str
    moved_at: datetime.datetime | None
    standing: Standing


def _standings(condition: ColumnElement[bool], on: datetime.date) -> list[_Placed]:
    holidays = calendar.holidays()
    columns = (
        RequestRow.id,
        RequestRow.practice,
        RequestRow.moved_at,
        RequestRow.year,
        RequestRow.number,
        RequestRow.dated,
        RequestRow.consent,
        RequestRow.step,
        RequestRow.next_act,
        RequestRow.step_since,
        RequestRow.acknowledged_on,
        RequestRow.followed_up_on,
        RequestRow.resumed_on,
    )
    return [
        _Placed(
            row.id,
            (row.year, row.number),
            request_id(row.practice, row.year, row.number),
            row.moved_at,
            stand(reading.course_of(row), _day(row.dated), holidays, on, consent=row.consent == Consent.YES),
        )
        for row in db.session.execute(select(*columns).where(condition))
    ]


def _day(dated: str | None) -> datetime.date | None:
    date = PartialDate.parse(dated) if dated else None
    return date.first_day if date is not None and date.precision == "day" else None


def _newest(placed: _Placed) -> tuple[int, int]:
    return (-placed.place[0], -placed.place[1])


def _urgent(placed: _Placed) -> tuple[object, ...]:
    standing = placed.standing
    return (
        standing.step is None,
        -standing.overdue,
        standing.due is None,
        standing.due or datetime.date.max,
        -(standing.waiting or 0),
        *_newest(placed),
    )


def _lines(
    chosen: Sequence[_Placed], condition: ColumnElement[bool], actor: Actor, *, everything: bool
) -> tuple[Line, ...]:
    """The requests in full, in the order chosen."""
    keys = [each.key for each in chosen]
    wanted = condition if everything else RequestRow.id.in_(keys)
    found = {request.id: request for request in reading.for_actor(reading.requests_where(wanted), actor)}
    return tuple(Line(found[each.identifier], each.standing, each.moved_at) for each in chosen)


def _conditions(filters: Filters, actor: Actor, practice: bool) -> Iterable[ColumnElement[bool]]:
    yield RequestRow.practice.is_(practice)
    yield _readable(actor)
    if filters.step is not None:
        yield RequestRow.step == filters.step
    if filters.status is not None:
        yield RequestRow.status == filters.status
    if filters.overdue:
        yield RequestRow.step.is_not(None)
    if filters.group is not None:
        yield _asked_by(
            exists().where(
                GroupMembershipRow.state_id == RequesterRow.state_id,
                GroupMembershipRow.group == filters.group,
                GroupMembershipRow.basis == "electoral",
            )
        )
    if filters.state is not None:
        yield _asked_by(exists().where(StateRow.id == RequesterRow.state_id, StateRow.code == filters.state))
    if filters.kind is not None or filters.domain is not None or filters.section is not None:
        yield _with_a_need(filters)
    wanted = normalise(filters.text)
    if wanted:
        named = exists().where(StateRow.id == RequesterRow.state_id, StateRow.search.contains(wanted, autoescape=True))
        yield or_(RequestRow.search.contains(wanted, autoescape=True), _asked_by(named))


def _with_a_need(filters: Filters) -> ColumnElement[bool]:
    """That one need is of the kind, domain and section chosen; found once for all requests, not once for each."""
    conditions = []
    if filters.kind is not None:
        conditions.append(NeedRow.kind == filters.kind)
    if filters.domain is not None:
        conditions.append(NeedRow.domains.contains(filters.domain.value))
    if filters.section is not None:
        conditions.append(NeedRow.id.in_(select(NeedFieldRow.need_id).where(NeedFieldRow.section == filters.section)))
    return RequestRow.id.in_(select(NeedRow.request_id).where(*conditions))


def _asked_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(RequesterRow.request_id == RequestRow.id, condition)


def _readable(actor: Actor) -> ColumnElement[bool]:
    """What ``may_read`` says, as a condition."""
    if actor.of_the_office:
        return true()
    public = and_(
        RequestRow.handling == Handling.PUBLIC,
        or_(RequestRow.status == Status.HISTORICAL, RequestRow.consent == Consent.YES),
    )
    grants = [grant for grant in actor.grants if grant.role is Role.FOCAL_POINT]
    if any(grant.states is None for grant in grants):
        own: ColumnElement[bool] = exists().where(RequesterRow.request_id == RequestRow.id)
    elif grants:
        codes = sorted({code for grant in grants for code in grant.states or ()})
        own = _asked_by(exists().where(StateRow.id == RequesterRow.state_id, StateRow.code.in_(codes)))
    else:
        own = false()
    return or_(public, and_(own, RequestRow.handling != Handling.INTERNAL))

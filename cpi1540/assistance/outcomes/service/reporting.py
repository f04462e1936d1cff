"""The yearly report, made from the whole record."""

import datetime
from dataclasses import replace

from sqlalchemy import select

from cpi1540.assistance.offers.service.terms import offers_on
from cpi1540.assistance.outcomes.report import Record, YearReport, yearly
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.procedure.course import Recorded
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Request, request_id
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import ActRow, RequestRow
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS


def report(year: int, *, practice: bool) -> YearReport:
    """The report of a year over one record as on its last day, or as on today in New York while it lasts."""
    as_of = min(calendar.today(), datetime.date(year, 12, 31))
    return yearly(year, record(practice, as_of), as_of, practice=practice)


def record(practice: bool, on: datetime.date) -> Record:
    """Everything that a report as on a day is made from."""
    return Record(
        _requests(practice),
        offers_on(on, SYSTEM, practice=practice),
        reading.matches(practice, SYSTEM),
        {state.code: state.group for state in states.states(practice=practice)},
        tuple(section.code for section in layouts.layout().sections),
        tuple(GROUPS),
    )


def years(practice: bool) -> list[int]:
    """The years of which the record holds a request or an act on a match, the latest first; this year always."""
    found = {calendar.today().year}
    query = select(RequestRow.year).where(RequestRow.practice.is_(practice), RequestRow.year > 0).distinct()
    found.update(db.session.scalars(query))
    found.update(done.on.year for match in reading.matches(practice, SYSTEM) for done in match.acts)
    return sorted(found, reverse=True)


def _requests(practice: bool) -> list[Request]:
    """Every request of a record with its acts, in as many queries for one as for a thousand."""
    query = (
        select(ActRow, RequestRow.year, RequestRow.number)
        .join(RequestRow, RequestRow.id == ActRow.request_id)
        .where(RequestRow.practice.is_(practice), ActRow.taken_back_at.is_(None))
        .order_by(ActRow.request_id, ActRow.number)
    )
    acts: dict[str, list[Recorded]] = {}
    for row, year, number in db.session.execute(query):
        done = Recorded(row.number, Act(row.act), row.on, row.note, row.paper, row.actor, row.at)
        acts.setdefault(request_id(practice, year, number), []).append(done)
    found = requests.requests_where(RequestRow.practice.is_(practice))
    return [replace(request, acts=tuple(acts.get(request.id, ()))) for request in found]

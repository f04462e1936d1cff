"""What follows from all matches of a record: how well the matcher does, and which providers overlap."""

import datetime

from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, MatchAct
from cpi1540.assistance.outcomes.measures import AskedNeed, Measures, measure
from cpi1540.assistance.outcomes.overlap import Overlap, Work, overlaps
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import NeedStatus, Status
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import RequestRow


def measures(practice: bool) -> Measures:
    """How well the matcher does, over every need of a record that can be met."""
    needs = [
        AskedNeed(need.id, need.status, requests.day_of(request))
        for request in requests.requests_where(RequestRow.practice.is_(practice))
        if request.status is not Status.HISTORICAL
        for need in request.needs
        if need.status is not NeedStatus.WITHDRAWN
    ]
    return measure(needs, [placed.match for placed in reading.placed_matches(practice)])


def overlapping(practice: bool, *, on: datetime.date | None = None) -> tuple[Overlap, ...]:
    """Works of two providers on one topic, in one State and quarter; what is not delivered yet goes on to today.

    Work begins when its delivery does, or, while only agreed, on the day of the agreement.
    """
    today = on or calendar.today()
    matches = [each for each in reading.placed_matches(practice) if each.match.status in AGREED_OR_LATER]
    fields = {
        need.id: need.values.fields
        for request in requests.requests_where(RequestRow.practice.is_(practice))
        for need in request.needs
    }
    works = []
    for placed in matches:
        match = placed.match
        first = match.on(MatchAct.BEGIN) or match.on(MatchAct.AGREE)
        if first is None:
            continue
        rows = frozenset(".".join(key.split(".")[:2]) for key in fields.get(match.need, ()))
        last = match.on(MatchAct.DELIVER) or max(first, today)
        states = frozenset(placed.requester.states)
        works.append(Work(match.id, match.provider, states, rows, first, last))
    return overlaps(works)

"""The invented requests for assistance written into the practice record, by its coordinator."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Channel, NeedStatus
from cpi1540.assistance.requests.service import acts, needs, requests
from cpi1540.desk.practice import assistance_requests, earlier_requests
from cpi1540.desk.practice.assistance_outcomes import People, Registered
from cpi1540.desk.practice.assistance_requests import InventedRequest
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.access import Actor, Role
from cpi1540.matrix.layout import Layout
from cpi1540.people.service import demo
from cpi1540.states import service as states_service


def load(
    folder: Path, states: Sequence[PracticeState], layout: Layout, seed: int
) -> tuple[People, tuple[Registered, ...]]:
    """Write the requests of the practice record; belongs to the caller's transaction.

    Returns its people and the requests, whose needs are still open but for those withdrawn: they follow their
    matches (see ``assistance_outcomes``).
    """
    texts = assistance_requests.read_texts(folder)
    person = texts["person"]
    codes = [state.code for state in states]
    coordinator = demo.make_practice_person(person["sign_in"], person["name"], Role.COORDINATOR, codes)
    now, holidays = calendar.today(), calendar.holidays()
    earlier = earlier_requests.earlier_requests(states, layout, texts, holidays, seed)
    drawn = assistance_requests.requests(states, layout, texts, now, holidays, seed)
    people = People(coordinator, _focal_points(texts["focal_points"], drawn))
    return people, tuple(
        _register(request, until, people) for request, until in [*earlier, *((request, None) for request in drawn)]
    )


def _focal_points(found: Sequence[Mapping[str, str]], drawn: Sequence[InventedRequest]) -> dict[str, Actor]:
    """Focal points of States that ask alone: first of those that submit in the portal, then by code."""
    alone = [each.values for each in drawn if len(each.values.requester.states) == 1]
    alone.sort(key=lambda values: (values.channel is not Channel.PORTAL, values.requester.states))
    codes = dict.fromkeys(values.requester.states[0] for values in alone)
    return {
        code: demo.make_practice_person(person["sign_in"], person["name"], Role.FOCAL_POINT, [code])
        for code, person in zip(codes, found, strict=False)
    }


def _register(request: InventedRequest, until: datetime.date | None, people: People) -> Registered:
    date = request.values.date
    day = date.first_day if date else calendar.today()
    at = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
    coordinator = people.coordinator
    focal_point = people.focal_points.get(next(iter(request.values.requester.states), ""))
    if request.values.channel is Channel.PORTAL and focal_point is not None and until is None:
        state = states_service.find(request.values.requester.states[0], practice=True)
        identifier = requests.submit(state, request.values, request.needs, focal_point, at=at)
    else:
        identifier = requests.register(request.values, request.needs, coordinator, at=at)
    if request.acts:
        acts.record_course(identifier, request.acts, coordinator)
    for number, status in enumerate(request.statuses, 1):
        if status is NeedStatus.WITHDRAWN:
            needs.set_status(identifier, number, status, coordinator, on=request.acts[-1][1] if request.acts else day)
    return Registered(identifier, request, until)

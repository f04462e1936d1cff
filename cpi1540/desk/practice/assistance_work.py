"""The invented requests for assistance written into the practice record, by its coordinator."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.assistance.requests.service import acts, needs, requests
from cpi1540.desk.practice import assistance_requests, earlier_requests
from cpi1540.desk.practice.assistance_outcomes import Registered
from cpi1540.desk.practice.assistance_requests import InventedRequest
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.access import Actor, Role
from cpi1540.matrix.layout import Layout
from cpi1540.people.service import demo


def load(
    folder: Path, states: Sequence[PracticeState], layout: Layout, seed: int
) -> tuple[Actor, tuple[Registered, ...]]:
    """Write the requests of the practice record; belongs to the caller's transaction.

    Returns its coordinator and the requests, whose needs are still open but for those withdrawn: they follow their
    matches (see ``assistance_outcomes``).
    """
    texts = assistance_requests.read_texts(folder)
    person = texts["person"]
    codes = [state.code for state in states]
    coordinator = demo.make_practice_person(person["sign_in"], person["name"], Role.COORDINATOR, codes)
    now, holidays = calendar.today(), calendar.holidays()
    earlier = earlier_requests.earlier_requests(states, layout, texts, holidays, seed)
    drawn = assistance_requests.requests(states, layout, texts, now, holidays, seed)
    return coordinator, tuple(
        _register(request, until, coordinator) for request, until in [*earlier, *((request, None) for request in drawn)]
    )


def _register(request: InventedRequest, until: datetime.date | None, coordinator: Actor) -> Registered:
    date = request.values.date
    day = date.first_day if date else calendar.today()
    at = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
    identifier = requests.register(request.values, request.needs, coordinator, at=at)
    if request.acts:
        acts.record_course(identifier, request.acts, coordinator)
    for number, status in enumerate(request.statuses, 1):
        if status is NeedStatus.WITHDRAWN:
            needs.set_status(identifier, number, status, coordinator, on=request.acts[-1][1] if request.acts else day)
    return Registered(identifier, request, until)

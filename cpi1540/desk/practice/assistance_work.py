"""The invented requests for assistance written into the practice record, by its coordinator."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.assistance.requests.service import acts, needs, requests
from cpi1540.desk.practice import assistance_requests
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.access import Role
from cpi1540.matrix.layout import Layout
from cpi1540.people.service import demo


def load(folder: Path, states: Sequence[PracticeState], layout: Layout, seed: int) -> None:
    """Write the requests of the practice record; belongs to the caller's transaction."""
    texts = assistance_requests.read_texts(folder)
    person = texts["person"]
    codes = [state.code for state in states]
    coordinator = demo.make_practice_person(person["sign_in"], person["name"], Role.COORDINATOR, codes)
    drawn = assistance_requests.requests(states, layout, texts, calendar.today(), calendar.holidays(), seed)
    for request in drawn:
        date = request.values.date
        day = date.first_day if date else calendar.today()
        at = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
        identifier = requests.register(request.values, request.needs, coordinator, at=at)
        if request.acts:
            acts.record_course(identifier, request.acts, coordinator)
        for number, status in enumerate(request.statuses, 1):
            if status is not NeedStatus.OPEN:
                needs.set_status(identifier, number, status, coordinator)

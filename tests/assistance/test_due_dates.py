"""Due dates in a calendar: whose, in which language, at an address that can be ended."""

import datetime
import re
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import AFRICAN, COORDINATOR, FOCAL, register
from desk_people import BRIEFER
from flask import Flask
from icalendar import Calendar
from people_of_tests import make
from strict_client import StrictClient

from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.due_dates_ics import Entry, write_calendar
from cpi1540.assistance.requests.request import Requester
from cpi1540.assistance.requests.service import acts, due_dates
from cpi1540.foundation.access import SYSTEM, Actor, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.people.service import accounts, calendar_addresses

D = datetime.date
STAMP = datetime.datetime(2026, 11, 4, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True):
        yield


@pytest.fixture
def here(practice_app: Flask) -> Iterator[None]:
    with practice_app.app_context():
        yield
        db.session.remove()


def acknowledged(**values: object) -> str:
    """A request whose requester may object until 18 November."""
    request = register(**values)
    with transaction():
        for act, day in ((Act.AUTHENTICATE, 3), (Act.CIRCULATE, 4), (Act.ACKNOWLEDGE, 11)):
            acts.record_act(request, act, COORDINATOR, on=D(2026, 11, day))
    return request


def dates(actor: Actor) -> list[tuple[str, str, datetime.date]]:
    return [(each.request, each.mark, each.on) for each in due_dates.due_dates(actor, practice=False)]


@pytest.mark.usefixtures("here")
def test_the_days_that_bind_each() -> None:
    request = acknowledged()
    other = acknowledged(requester=Requester(("FRA",)))
    own = [(request, "send-to-providers", D(2026, 11, 19)), (request, "follow-up", D(2027, 11, 2))]
    assert dates(AFRICAN) == own
    assert [each for each in dates(COORDINATOR) if each[0] == other] == [(other, mark, on) for _r, mark, on in own]
    assert dates(FOCAL) == [(request, "objection", D(2026, 11, 18))]
    assert dates(BRIEFER) == []


def test_an_event_lasts_its_day_and_keeps_its_name() -> None:
    entry = Entry("a", D(2026, 2, 28), "Título, ; \n", "Tekst", "https://1540.example.org/es", STAMP)
    made = write_calendar([entry], "Fechas", "es")
    assert made == write_calendar([entry], "Fechas", "es")
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert (event["uid"], event.decoded("dtstart"), event.decoded("dtend")) == ("a", D(2026, 2, 28), D(2026, 3, 1))
    assert (event["summary"], event["transp"], event["url"]) == ("Título, ; \n", "TRANSPARENT", entry.address)
    assert b"\r\n" in made
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


@pytest.mark.usefixtures("here")
def test_an_address_opens_until_it_is_ended_or_made_anew() -> None:
    me = Actor(make("ada", Role.COORDINATOR), "Ada")
    with transaction():
        first = calendar_addresses.make(me)
    assert calendar_addresses.person_of(first).id == me.id
    assert calendar_addresses.person_of(first).holds(Role.COORDINATOR)
    with transaction():
        second = calendar_addresses.make(me)
    with pytest.raises(NotFound):
        calendar_addresses.person_of(first)
    assert calendar_addresses.made_at(me) is not None
    with transaction():
        calendar_addresses.revoke(me)
        calendar_addresses.revoke(me)
    with pytest.raises(NotFound):
        calendar_addresses.person_of(second)
    assert calendar_addresses.made_at(me) is None


def test_the_calendar_of_a_person(practice_app: Flask) -> None:
    with practice_app.app_context():
        request = acknowledged()
        db.session.remove()
    client = StrictClient(practice_app)
    client.continue_as("coordinator")
    shown = client.post("/en/account/calendar", status=200)
    assert shown.headers["Cache-Control"] == "no-store"
    found = re.search(r"(http://localhost)(/en/calendar/[\w-]+\.ics)", shown.get_data(as_text=True))
    assert found
    address = found.group(2)
    assert address not in client.get("/en/account").get_data(as_text=True)
    stranger = StrictClient(practice_app)
    read = stranger.get(address)
    assert (read.mimetype, read.headers["Cache-Control"]) == ("text/calendar", "private, no-store")
    events = {event["uid"]: event for event in Calendar.from_ical(read.data).walk("VEVENT")}
    event = events[f"{request}.send-to-providers@1540-record"]
    assert event["summary"] == f"{request}: Send the request to potential providers"
    assert event.decoded("dtstart") == D(2026, 11, 19)
    assert "Kenya" in event["description"]
    assert not any(uid.startswith("XR-") for uid in events)
    practice = stranger.get(address.replace("/en/", "/ar/practice/"))
    assert all(event["uid"].startswith("XR-") for event in Calendar.from_ical(practice.data).walk("VEVENT"))
    client.post("/en/account/calendar/revoke")
    assert "opens no calendar" in stranger.get(address, status=404).get_data(as_text=True)


def test_a_disabled_persons_calendar_is_closed(practice_app: Flask) -> None:
    with practice_app.app_context():
        me = Actor(make("ada", Role.COORDINATOR), "Ada")
        with transaction():
            token = calendar_addresses.make(me)
        with transaction():
            accounts.disable(me.id, SYSTEM)
        db.session.remove()
    StrictClient(practice_app).get(f"/en/calendar/{token}.ics", status=404)

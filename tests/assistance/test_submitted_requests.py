"""A focal point changes what was submitted until the note verbale is registered; two who do so at once see both."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR
from desk_people import person
from flask import Flask
from strict_client import StrictClient

from cpi1540.assistance.requests.request import NeedStatus, Request
from cpi1540.assistance.requests.service import drafting, needs, reading, requests, submitted
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, Stale
from cpi1540.states import service as states

FOCAL_OF_XAG = person("focal", Role.FOCAL_POINT, states={"XAG"})
SUBMIT = "/en/practice/states/XAG/requests/new"


@pytest.fixture
def focal(practice_app: Flask) -> Iterator[StrictClient]:
    """The focal point of XAG, at noon in New York on 12 November 2026."""
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True):
        made = StrictClient(practice_app)
        made.continue_as("focal-point")
        yield made


@pytest.fixture
def request_id(focal: StrictClient) -> str:
    with focal.app.test_request_context("/en/"):
        field = min(drafting.gaps_of(states.find("XAG")))
        db.session.remove()
    typed = {"language": "fr", "title": "Aide", "contact": "Mme A.", "needs-0-kind": "training"}
    typed |= {"needs-0-objective": "Former des agents", "needs-0-fields": field}
    typed |= {"needs-1-kind": "equipment", "needs-1-objective": "Deux appareils", "needs-1-priority": "high"}
    return focal.post(SUBMIT, typed).headers["Location"].rpartition("/")[2]


def kept(focal: StrictClient, request_id: str) -> Request:
    with focal.app.app_context():
        found = reading.find(request_id, COORDINATOR)
        db.session.remove()
    return found


def edit(request_id: str) -> str:
    return f"/en/practice/states/XAG/requests/{request_id}/edit"


TYPED = {
    "language": "fr",
    "title": "Aide au transit",
    "contact": "M. B.",
    "revision": "0",
    "needs-0-number": "2",
    "needs-0-kind": "equipment",
    "needs-0-objective": "Trois appareils",
    "needs-1-number": "",
    "needs-1-kind": "funding",
    "needs-1-objective": "Le reste",
}


def test_what_was_submitted_is_changed_and_numbers_keep_their_meaning(focal: StrictClient, request_id: str) -> None:
    page = focal.get(f"/en/practice/assistance/requests/{request_id}").get_data(as_text=True)
    assert edit(request_id) in page
    form = focal.get(edit(request_id)).get_data(as_text=True)
    assert 'value="Mme A."' in form  # the contact, which others outside the office do not see
    assert 'name="needs-1-number" value="2"' in form
    dropped = focal.post(edit(request_id), {**TYPED, "do": "drop-2"}, 200).get_data(as_text=True)
    assert "Trois appareils" in dropped
    assert "Le reste" not in dropped
    focal.post(edit(request_id), TYPED)
    found = kept(focal, request_id)
    assert (found.values.title, found.values.contact, found.revision) == ("Aide au transit", "M. B.", 1)
    assert [(need.number, need.values.objective, need.status) for need in found.needs] == [
        (1, "Former des agents", NeedStatus.WITHDRAWN),
        (2, "Trois appareils", NeedStatus.OPEN),
        (3, "Le reste", NeedStatus.OPEN),
    ]
    assert "The request is changed." in focal.get(f"/en/practice/assistance/requests/{request_id}").get_data(
        as_text=True
    )


def test_two_windows_lose_nothing(focal: StrictClient, request_id: str) -> None:
    focal.post(edit(request_id), {**TYPED, "title": "Première", "needs-0-objective": "Quatre appareils"})
    told = focal.post(edit(request_id), TYPED, 409).get_data(as_text=True)
    for text in ("Somebody else saved this request meanwhile", "Première", "Quatre appareils", "Trois appareils"):
        assert text in told
    assert 'name="title" type="text" value="Aide au transit"' in told
    assert 'name="revision" value="1"' in told
    assert kept(focal, request_id).values.title == "Première"


def test_faults_stand_at_their_place(focal: StrictClient, request_id: str) -> None:
    wrong = {**TYPED, "title": " ", "needs-1-objective": "", "needs-0-number": "9" * 30}
    told = focal.post(edit(request_id), wrong, 422).get_data(as_text=True)
    assert '<a href="#title">Give the request a title.</a>' in told
    assert '<a href="#needs-1-objective">' in told
    assert kept(focal, request_id).revision == 0


def test_once_the_note_verbale_is_registered_the_office_alone_changes_it(focal: StrictClient, request_id: str) -> None:
    focal.get(f"/en/practice/states/XAC/requests/{request_id}/edit", 403)
    focal.get(edit("XR-2025-999"), 404)
    with focal.app.app_context(), transaction():
        requests.register_note(request_id, COORDINATOR, on=datetime.date(2026, 11, 12))
    focal.get(edit(request_id), 400)
    told = focal.post(edit(request_id), TYPED, 409).get_data(as_text=True)
    assert "Only the office changes this request now" in told
    assert "Trois appareils" in told  # nothing typed is lost
    page = focal.get(f"/en/practice/assistance/requests/{request_id}").get_data(as_text=True)
    assert edit(request_id) not in page
    assert kept(focal, request_id).values.title == "Aide"


def test_the_service_asks_who_and_at_which_revision(focal: StrictClient, request_id: str) -> None:
    before = kept(focal, request_id)
    told = submitted.needs_of(before)
    with focal.app.test_request_context("/en/"):
        with pytest.raises(NotAllowed), transaction():
            submitted.change(request_id, before.values, told, COORDINATOR, revision=0)
        with transaction():
            needs.set_status(request_id, 1, NeedStatus.PROPOSED, COORDINATOR)
        assert reading.find(request_id, COORDINATOR).revision == 1
        with pytest.raises(Stale), transaction():
            submitted.change(request_id, before.values, told, FOCAL_OF_XAG, revision=0)
        with transaction():
            submitted.change(request_id, before.values, [told[0], told[0]], FOCAL_OF_XAG, revision=1)
        found = reading.find(request_id, COORDINATOR)
        assert [(need.number, need.status) for need in found.needs] == [
            (1, NeedStatus.PROPOSED),
            (2, NeedStatus.WITHDRAWN),
            (3, NeedStatus.OPEN),
        ]
        with transaction():
            requests.register_note(request_id, COORDINATOR, on=datetime.date(2026, 11, 12))
        with pytest.raises(DomainError, match="Only the office"), transaction():
            submitted.change(request_id, before.values, told, FOCAL_OF_XAG, revision=3)

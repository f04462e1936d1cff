"""What each of the two sides reads of a match, and what is the office's alone."""

from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR, register
from flask import Flask
from outcome_offers import TENTH, offer, proposed, provider
from sqlalchemy import select, update
from strict_client import StrictClient

from cpi1540.assistance.offers.offer import parse_offer_id
from cpi1540.assistance.offers.tables import OfferRow
from cpi1540.assistance.outcomes.match import MatchAct
from cpi1540.assistance.outcomes.service import deciding, reading
from cpi1540.assistance.requests.request import Requester
from cpi1540.foundation.database import db, transaction
from cpi1540.people.tables import PersonRow

ONE = "/en/practice/assistance/matches/{}"
OF_THE_OFFICE = ("Track record", "Weight of the gaps", "Rank 1 among", "Score")


@pytest.fixture
def app(practice_app: Flask) -> Flask:
    return practice_app


@pytest.fixture
def client(app: Flask) -> Iterator[StrictClient]:
    with time_machine.travel("2026-11-20T17:00:00+00:00", tick=True):
        yield StrictClient(app)


@pytest.fixture
def match(app: Flask, client: StrictClient) -> str:
    """A match that the demo focal point and the demo provider contact share, both of the practice record."""
    with app.app_context():
        keeper = db.session.scalar(select(PersonRow.actor).where(PersonRow.sign_in_name == "provider-contact"))
        assert keeper is not None
        offered = offer(provider("Academy of Help", keeper, practice=True))
        with transaction():
            of_offer = OfferRow.practice & (OfferRow.number == (parse_offer_id(offered) or (True, 0))[1])
            values = {"conditions": "Two participants a State", "description": "Five days", "lead_days": 30}
            db.session.execute(update(OfferRow).where(of_offer).values(contact="course@giver.example", **values))
        made = proposed(register(requester=Requester(("XAG",), practice=True)), offered, MatchAct.APPROACH)
        db.session.remove()
    return made


def record(app: Flask, match: str, *acts: MatchAct) -> None:
    with app.app_context():
        with transaction():
            for act in acts:
                deciding.record_act(match, act, COORDINATOR, on=TENTH)
        db.session.remove()


def test_how_others_stand_beside_is_for_the_office_alone(client: StrictClient, match: str) -> None:
    for role, reads in (("coordinator", True), ("provider-contact", False), ("focal-point", False)):
        client.continue_as(role)
        page = client.get(ONE.format(match)).text
        assert "Why it was proposed" in page and "Working language" in page
        assert [told in page for told in OF_THE_OFFICE] == [reads] * len(OF_THE_OFFICE)


def test_the_requester_reads_what_it_agrees_to_and_the_contact_once_it_agreed(client: StrictClient, match: str) -> None:
    client.continue_as("focal-point")
    page = client.get(ONE.format(match)).text
    for told in ("Two participants a State", "Five days", "30 days", "no limit stated"):
        assert told in page
    assert "course@giver.example" not in page
    client.get(f"/en/practice/assistance/offers/{offer_of(client.app, match)}", 404)
    record(client.app, match, MatchAct.ACCEPT, MatchAct.AGREE)
    assert "course@giver.example" in client.get(ONE.format(match)).text


def test_an_offer_that_the_office_keeps_to_itself_is_not_told(client: StrictClient, match: str) -> None:
    with client.app.app_context():
        with transaction():
            db.session.execute(update(OfferRow).values(handling="internal"))
        db.session.remove()
    client.continue_as("focal-point")
    assert "Two participants a State" not in client.get(ONE.format(match)).text


def offer_of(app: Flask, match: str) -> str:
    with app.app_context():
        found = reading.placed(match).match.offer
        db.session.remove()
    return found

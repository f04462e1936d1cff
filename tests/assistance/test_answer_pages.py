"""The provider's view: circulated needs that fit the own programmes, the answer to each, and nothing more."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from outcome_offers import circulated, offer, provider
from sqlalchemy import Executable, delete, select, update
from strict_client import StrictClient

from cpi1540.assistance.offers.tables import OfferRow, ProviderPersonRow
from cpi1540.assistance.outcomes.match import MatchStatus
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.tables import ActRow, NeedRow, RequestRow
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, now, transaction
from cpi1540.people.tables import PersonRow

LIST = "/en/assistance/for-providers"


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """The demo provider contact, who keeps a provider of the members' record too, with one circulated need."""
    with time_machine.travel("2026-11-20T17:00:00+00:00", tick=True):
        made = StrictClient(practice_app)
        with practice_app.app_context():
            actor = db.session.scalar(select(PersonRow.actor).where(PersonRow.sign_in_name == "provider-contact"))
            assert actor is not None
            own = provider("World Customs", actor)
            offer(own, title="Course on transit")
            offer(own, title="Second course")
            offer(provider("Rival"), title="Rival course")
            circulated(contact="Secret Secretary", text="Text for the Committee alone")
            db.session.remove()
        made.continue_as("provider-contact")
        yield made


def matches(client: StrictClient) -> list[tuple[str, MatchStatus]]:
    with client.app.app_context():
        found = [(match.offer, match.status) for match in reading.matches(False, SYSTEM)]
        db.session.remove()
    return found


def test_a_need_that_fits_is_listed_with_the_own_programmes_alone(client: StrictClient) -> None:
    page = client.get(LIST).text
    assert "R-2026-001/1" in page and "Course on transit" in page and "not answered" in page
    page += client.get(f"{LIST}/R-2026-001/1").text
    assert "Train customs officers" in page and "Why your programmes fit" in page
    assert "Theme" in page
    for secret in ("Track record", "Weight of the gaps", "mean priority", "Score"):
        assert secret not in page
    for secret in ("Secret Secretary", "Text for the Committee", "Rival", "secret@giver.example"):
        assert secret not in page
    client.get("/en/assistance/requests/R-2026-001", 404)
    client.get(f"{LIST}/R-2026-001/2", 404)
    client.get(f"{LIST}/R-2026-002/1", 404)
    client.get(f"{LIST}/XR-2026-001/1", 404)


def test_a_programme_is_offered(client: StrictClient) -> None:
    answer = client.post(f"{LIST}/R-2026-001/1", {"offer-offer": "O-1", "offer-note": "In spring, in French"})
    page = client.get(answer.headers["Location"].removeprefix("http://localhost")).text
    assert "Accepted by the provider" in page and "by the provider itself" in page and "In spring, in French" in page
    assert matches(client) == [("O-1", MatchStatus.ACCEPTED)]
    assert "Accepted by the provider" in client.get(LIST).text
    second = client.get(f"{LIST}/R-2026-001/1").text
    assert 'value="O-2"' in second and 'value="O-1"' not in second


def test_a_programme_is_declined_with_a_reason(client: StrictClient) -> None:
    page = client.post(f"{LIST}/R-2026-001/1", {"decline-offer": "O-1", "decline-note": "kept words"}, 422).text
    assert "Choose the reason." in page and "kept words" in page
    client.post(f"{LIST}/R-2026-001/1", {"decline-offer": "O-1", "decline-answer": "capacity"})
    assert matches(client) == [("O-1", MatchStatus.DECLINED)]


def test_nobody_offers_what_is_not_the_own(client: StrictClient) -> None:
    page = client.post(f"{LIST}/R-2026-001/1", {"offer-offer": "O-3", "offer-note": "kept words"}, 422).text
    assert "This programme cannot be chosen here any more." in page and "kept words" in page
    assert "Choose a programme." in client.post(f"{LIST}/R-2026-001/1", {"offer-note": "forgot"}, 422).text
    assert matches(client) == []


def write(client: StrictClient, *statements: Executable) -> None:
    with client.app.app_context():
        with transaction():
            for each in statements:
                db.session.execute(each)
        db.session.remove()


ENDED, TODAY = datetime.date(2026, 11, 1), datetime.date(2026, 11, 24)
WORDS = {"offer-offer": "O-1", "offer-note": "In spring, in French"}


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        ([update(OfferRow).values(withdrawn=True)], "The offer was withdrawn."),
        ([update(OfferRow).values(valid_from=None, valid_to=ENDED)], "The offer ended on 1 November 2026."),
        ([update(OfferRow).values(eligible="FJI")], "The offer does not name as eligible: KEN."),
        ([update(NeedRow).values(status="withdrawn", withdrawn_on=TODAY)], "The need was withdrawn."),
        ([update(NeedRow).values(status="agreed")], "An offer was agreed on for this need"),
        ([update(RequestRow).values(status="closed", step=None)], "The request is not open."),
        ([update(RequestRow).values(status="withdrawn", step=None)], "The request was withdrawn."),
    ],
)
def test_an_answer_that_comes_too_late_gets_its_words_back_and_why(
    client: StrictClient, meanwhile: list[Executable], told: str
) -> None:
    write(client, *meanwhile)
    page = client.post(f"{LIST}/R-2026-001/1", WORDS, 422).text
    assert told in page and "In spring, in French" in page and "Nothing was recorded" in page
    for secret in ("Secret Secretary", "Text for the Committee", "Rival", "Train customs officers"):
        assert secret not in page
    refused = {"decline-offer": "O-1", "decline-answer": "capacity", "decline-note": "No trainer left"}
    page = client.post(f"{LIST}/R-2026-001/1", refused, 422).text
    assert told in page and "No trainer left" in page and "No capacity left" in page
    client.get(f"{LIST}/R-2026-001/1", 404)
    assert matches(client) == []


def test_an_answer_given_in_another_window_is_named(client: StrictClient) -> None:
    for each in ("O-1", "O-2"):
        client.post(f"{LIST}/R-2026-001/1", {**WORDS, "offer-offer": each})
    page = client.post(f"{LIST}/R-2026-001/1", {**WORDS, "offer-note": "once more"}, 422).text
    assert "This programme was answered for already." in page and "once more" in page and "R-2026-001/1/1" in page
    assert len(matches(client)) == 2


@pytest.mark.parametrize(
    "meanwhile",
    [
        delete(ActRow).where(ActRow.act == Act.SEND),
        update(ActRow).where(ActRow.act == Act.SEND).values(taken_back_at=now(), taken_back_by="somebody"),
        update(RequestRow).values(handling="internal"),
        update(NeedRow).values(status="withdrawn", withdrawn_on=datetime.date(2020, 1, 1)),
    ],
)
def test_nobody_learns_of_a_need_that_was_never_sent(client: StrictClient, meanwhile: Executable) -> None:
    write(client, meanwhile)
    client.post(f"{LIST}/R-2026-001/1", WORDS, 404)


def test_only_who_names_an_own_programme_of_that_record_learns_what_became_of_a_need(client: StrictClient) -> None:
    write(client, update(NeedRow).values(status="agreed"))
    client.post(f"{LIST}/R-2026-001/1", WORDS, 422)
    for address, named in (("R-2026-001/1", "O-3"), ("R-2026-001/1", "O-99"), ("R-2026-001/1", ""),
                           ("R-2026-001/9", "O-1"), ("XR-2026-001/1", "O-1")):  # fmt: skip
        client.post(f"{LIST}/{address}", {**WORDS, "offer-offer": named}, 404)


def test_who_keeps_no_provider_is_told_whom_to_ask(client: StrictClient) -> None:
    with client.app.app_context():
        with transaction():
            db.session.execute(delete(ProviderPersonRow))
        db.session.remove()
    assert "Ask an assistance coordinator to name you as a contact." in client.get(LIST).text

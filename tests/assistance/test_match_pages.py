"""Matches as a coordinator, a provider and a State meet them: the board, the list, one match, from gap to outcome."""

import csv
import datetime
import io
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import register
from flask import Flask
from openpyxl import load_workbook
from outcome_offers import offer, proposed, provider
from queries import counted
from sqlalchemy import update
from strict_client import StrictClient

from cpi1540.assistance.offers.tables import OfferRow, ProviderRow
from cpi1540.assistance.outcomes.match import MatchAct, MatchStatus
from cpi1540.assistance.outcomes.service import reading
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.partial_date import PartialDate

ALL = "/en/practice/assistance/matches"
ONE = "/en/assistance/matches/{}"


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """A coordinator, at noon in New York on 20 November 2026."""
    with time_machine.travel("2026-11-20T17:00:00+00:00", tick=True):
        made = StrictClient(practice_app)
        made.continue_as("coordinator")
        yield made


@pytest.fixture
def match(practice_app: Flask, client: StrictClient) -> str:
    with practice_app.app_context():
        made = proposed(register(), offer(provider("World Customs")))
        db.session.remove()
    return made


def status(client: StrictClient, match: str) -> MatchStatus:
    with client.app.app_context():
        found = reading.find(match, SYSTEM).match.status
        db.session.remove()
    return found


def record(client: StrictClient, match: str, verb: str, code: int = 302, **typed: str) -> str:
    data = {f"{verb}-{name}": value for name, value in typed.items()}
    answer = client.post(f"{ONE.format(match)}/{verb}", data, code)
    return answer.text


def test_one_thing_is_to_be_done_next_and_is_done_on_the_page(client: StrictClient, match: str) -> None:
    page = client.get(ONE.format(match)).text
    assert page.count("btn-main") == 1
    assert "Approach the provider" in page and "Why it was proposed" in page
    assert "1 field of the matrix stands in both" in page
    for verb, told in (
        ("approach", "provider approached"),
        ("accept", "provider accepted"),
        ("agree", "requester agreed"),
    ):
        record(client, match, verb, on="2026-11-20", note="by telephone")
        page = client.get(ONE.format(match)).text
        assert told in page and "by telephone" in page and page.count("btn-main") == 1
    assert status(client, match) is MatchStatus.AGREED


def test_a_fault_comes_back_at_its_field_with_what_was_typed(client: StrictClient, match: str) -> None:
    page = record(client, match, "approach", 422, on="2026-12-24", note="typed & kept")
    assert "The date lies in the future." in page and 'id="approach-on-err"' in page
    assert "typed &amp; kept" in page and "2026-12-24" in page
    page = record(client, match, "decline", 422, on="2026-11-20", answer="nonsense")
    assert "Choose the reason." in page and 'id="decline-answer-err"' in page
    page = record(client, match, "deliver", 422, on="2026-11-20")
    assert "This does not belong to how far the match has come." in page
    assert 'id="approach-on-err"' in record(client, match, "approach", 422, on="soon")
    assert "Enter the date as YYYY-MM-DD." in record(client, match, "approach", 422, on="")
    client.post(f"{ONE.format(match)}/nonsense", {}, 404)
    assert status(client, match) is MatchStatus.PROPOSED


@pytest.mark.parametrize("whose", [OfferRow, ProviderRow])
def test_that_no_place_is_left_is_said_before_anybody_agrees(
    client: StrictClient, whose: type[OfferRow | ProviderRow]
) -> None:
    with client.app.app_context():
        giver = provider("World Customs")
        offered = offer(giver)
        accepted = (MatchAct.APPROACH, MatchAct.ACCEPT)
        proposed(register(), offered, *accepted, MatchAct.AGREE)
        second = proposed(register(), offered, *accepted)
        with transaction():
            db.session.execute(update(whose).values(places=1))
        db.session.remove()
    page = client.get(ONE.format(second)).text
    told = "at the offer: 1 was stated" if whose is OfferRow else "at the provider: it stated 1 over all"
    assert f"No place is left in 2026 {told}" in page and "Record: requester agreed" not in page
    assert "earlier year" not in page and "Record: declined" in page
    page = record(client, second, "agree", 422, on="2026-11-20", note="typed & kept")
    assert "No place is left in 2026" in page and "typed &amp; kept" in page and "disabled" in page
    assert status(client, second) is MatchStatus.ACCEPTED
    with client.app.app_context():
        with transaction():
            db.session.execute(update(whose).values(places=2))
        db.session.remove()
    page = client.get(ONE.format(second)).text
    assert "No place is left" not in page and "Record: requester agreed" in page


def test_a_place_of_an_earlier_year_can_still_be_agreed_on(client: StrictClient) -> None:
    with client.app.app_context():
        offered = offer(provider("World Customs"))
        accepted = (MatchAct.APPROACH, MatchAct.ACCEPT)
        proposed(register(), offered, *accepted, MatchAct.AGREE)
        old = register(date=PartialDate(2025, 11, 2))
        second = proposed(old, offered, *accepted, on=datetime.date(2025, 12, 1))
        with transaction():
            db.session.execute(update(OfferRow).values(places=1))
        db.session.remove()
    page = client.get(ONE.format(second)).text
    assert "No place is left in 2026" in page and "with a date of an earlier year" in page
    record(client, second, "agree", 422, on="2026-11-20")
    record(client, second, "agree", on="2025-12-20")
    assert status(client, second) is MatchStatus.AGREED


def test_what_was_recorded_last_is_taken_back(client: StrictClient, match: str) -> None:
    record(client, match, "approach", on="2026-11-20")
    assert "Give a reason first." in record(client, match, "take-back", 422, number="2", reason="")
    record(client, match, "take-back", number="2", reason="a slip")
    assert status(client, match) is MatchStatus.PROPOSED
    assert "Take back" not in client.get(ONE.format(match)).text


def test_when_a_provider_accepts_the_procedure_is_told_by_hand(client: StrictClient) -> None:
    with client.app.app_context():
        made = proposed(register(formal=False), offer(provider("World Customs")), MatchAct.APPROACH)
        db.session.remove()
    told = "What the Committee is told of it is recorded in the procedure by itself"
    assert told not in client.get(ONE.format(made)).text
    record(client, made, "accept", on="2026-11-20")
    assert told in client.get(ONE.format(made)).text


def test_an_offer_is_proposed_from_the_list_of_those_that_fit(client: StrictClient) -> None:
    with client.app.app_context():
        request, offered = register(), offer(provider("World Customs"))
        db.session.remove()
    answer = client.post(f"/en/assistance/requests/{request}/needs/1/matches", {"offer": offered})
    assert answer.headers["Location"].endswith(f"/matches/{request}/1/1")
    page = client.get(f"/en/assistance/requests/{request}").text
    assert f"{request}/1/1" in page and "Match proposed" in page
    again = client.post(
        f"/en/assistance/requests/{request}/needs/1/matches", {"offer": offered, "note": "once more"}, 422
    )
    assert "goes on already" in again.text and "once more</textarea>" in again.text


def test_a_proposal_with_a_fault_comes_back_with_what_was_typed(client: StrictClient) -> None:
    with client.app.app_context():
        request, offered = register(), offer(provider("World Customs"))
        db.session.remove()
    address = f"/en/assistance/requests/{request}/needs/1/matches"
    for wrong, told in (("2026-12-24", "The date lies in the future."), ("soon", 'href="#on"')):
        typed = {"offer": offered, "on": wrong, "note": "typed & kept"}
        page = client.post(address, typed, 422).text
        assert told in page and 'id="on-err"' in page
        assert "typed &amp; kept</textarea>" in page and f'value="{wrong}"' in page
        assert f'name="offer" value="{offered}"' in page
    long = client.post(address, {"offer": offered, "note": "x" * 2001}, 422).text
    assert 'id="note-err"' in long and "x" * 2001 in long
    assert client.post(address, {"offer": offered, "on": "2026-11-20", "note": "typed"}).status_code == 302
    client.post(address, {"offer": "O-99", "on": "2026-12-24"}, 404)


def test_nobody_else_knows_of_a_match(client: StrictClient, match: str) -> None:
    for address in (ONE.format(match), "/en/assistance/matches/R-2026-999/1/1"):
        client.continue_as("provider-contact")
        client.get(address, 404)
        client.continue_as("focal-point")
        client.get(address, 404)
    client.continue_as("coordinator")
    client.get(ONE.format(match).replace("/en/", "/en/practice/"), 404)
    client.continue_as("desk-officer")
    page = client.get(ONE.format(match)).text
    assert "btn-main" not in page
    record(client, match, "approach", 403, on="2026-11-20")


def test_the_board_the_list_and_its_files(client: StrictClient) -> None:
    page = client.get(ALL).text
    for told in ("Proposed", "Provider approached", "Accepted by the provider", "Agreed by both sides", "In delivery"):
        assert told in page
    whole = client.get(f"{ALL}/list").text
    with client.app.app_context():
        n = len(reading.matches(True, SYSTEM))
        db.session.remove()
    assert f"{n} matches" in whole and "Page 1 of" in whole
    declined = client.get(f"{ALL}/list?status=declined&group=african").text
    assert "Declined" in declined and "Withdrawn" not in declined
    rows = list(csv.reader(io.StringIO(client.get(f"{ALL}.csv").text.lstrip("\ufeff"))))
    assert len(rows) == n + 1 and rows[0][0] == "Match"
    book = load_workbook(io.BytesIO(client.get(f"{ALL}.xlsx?status=agreed").get_data()))
    values = [row[7] for row in book.active.iter_rows(values_only=True) if row[0] and row[0].startswith("XR-")]
    assert values and set(values) == {"Agreed by both sides"}
    client.get(f"{ALL}/list?status=nonsense", 404)
    client.get(f"{ALL}.pdf", 404)
    assert "No match fits all of these filters." in client.get(f"{ALL}/list?q=nothing-of-that-name").text


def test_the_list_costs_the_same_for_few_and_for_many(client: StrictClient) -> None:
    client.get(f"{ALL}/list")  # the layout is read once
    with counted(client.app) as few:
        client.get(f"{ALL}/list?status=approached")
    with counted(client.app) as many:
        client.get(f"{ALL}/list")
    assert len(few) == len(many)


def test_measures_overlaps_and_outcomes_are_told_with_their_numbers(client: StrictClient) -> None:
    page = client.get("/en/practice/assistance/measures").text
    assert "Agreed offer ranked first" in page and "changed to X" in page and "How it is counted" in page
    assert "Two providers on one topic" in client.get("/en/practice/assistance/overlaps").text
    with client.app.app_context():
        delivered = [m for m in reading.matches(True, SYSTEM) if m.request.startswith("XR-2018")]
        state = reading.find(delivered[0].id, SYSTEM).requester.states[0]
        db.session.remove()
    page = client.get(f"/en/practice/states/{state}/outcomes").text
    assert delivered[0].id in page and "That a code changed after a delivery does not say" in page
    assert "From gap to outcome" in client.get(f"/en/practice/states/{state}").text
    client.post("/en/sign-out")
    assert (
        "No match of this State’s needs is on record that you may read."
        in client.get(f"/en/practice/states/{state}/outcomes").text
    )
    assert "From gap to outcome" not in client.get(f"/en/practice/states/{state}").text


def test_the_member_record_has_no_match_yet(client: StrictClient) -> None:
    assert "No match goes on in this record." in client.get("/en/assistance/matches").text
    assert "no figure" in client.get("/en/assistance/measures").text
    assert "No two providers work on one topic" in client.get("/en/assistance/overlaps").text

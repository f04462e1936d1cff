"""Requests as a coordinator and a reader meet them: the board, the list, a request and what is recorded on its page."""

import csv
import datetime
import io
import json
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR, NEED, VALUES, register
from flask import Flask
from openpyxl import load_workbook
from queries import counted
from strict_client import StrictClient

from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import Consent, NeedStatus, Request, Status
from cpi1540.assistance.requests.service import acts, needs, reading, requests
from cpi1540.foundation.database import db, transaction

NOON = "2026-11-12T17:00:00+00:00"
ALL = "/en/assistance/requests"


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """A coordinator, at noon in New York on 12 November 2026."""
    with time_machine.travel(NOON, tick=True):
        made = StrictClient(practice_app)
        made.continue_as("coordinator")
        yield made


@pytest.fixture
def request_id(practice_app: Flask, client: StrictClient) -> str:
    with practice_app.app_context():
        made = register()
        db.session.remove()
    return made


def kept(client: StrictClient, request_id: str) -> Request:
    with client.app.app_context():
        found = reading.find(request_id, COORDINATOR)
        db.session.remove()
    return found


def act_on(client: StrictClient, request_id: str, *done: tuple[Act, int]) -> None:
    with client.app.app_context():
        for act, day in done:
            with transaction():
                acts.record_act(request_id, act, COORDINATOR, on=datetime.date(2026, 11, day))
        db.session.remove()


def record(client: StrictClient, request_id: str, verb: str, status: int = 302, **typed: object) -> str:
    data = {f"{verb}-{name}": value for name, value in typed.items()}
    answer = client.post(f"{ALL}/{request_id}/record/{verb}", data, status)
    return answer.get_data(as_text=True)


def test_the_next_act_is_recorded_where_it_is_due_and_not_before(client: StrictClient, request_id: str) -> None:
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "Authenticate the request</h2>" in page
    for act in (Act.AUTHENTICATE, Act.CIRCULATE, Act.ACKNOWLEDGE):
        record(client, request_id, "next", act=act.value, on="2026-11-12")
    early = record(client, request_id, "next", 422, act=Act.SEND.value, on="2026-11-12", note="with annexes")
    assert '<a href="#next-on">The requester may object until 19 November 2026; this is due on' in early
    assert "with annexes</textarea>" in early  # nothing typed is lost
    assert "No table of holidays is loaded for 2026" in early
    assert kept(client, request_id).course.step is Step.SEND
    bad = record(client, request_id, "next", 422, act="sing", on="2026-11-12")
    assert "Choose what was done." in bad
    none = record(client, request_id, "next", 422, act=Act.SEND.value, on="soon")
    assert 'id="next-on-err"' in none


def test_a_paper_is_kept_with_its_act_and_only_for_who_may_read(client: StrictClient, request_id: str) -> None:
    paper = (io.BytesIO(b"%PDF-1.7 note"), "../../note.pdf")
    record(client, request_id, "next", act=Act.AUTHENTICATE.value, on="2026-11-03", paper=paper)
    (found,) = kept(client, request_id).papers
    assert found.name == "note.pdf"
    address = f"{ALL}/{request_id}/papers/{found.digest}"
    given = client.get(address)
    assert (given.data, given.mimetype) == (b"%PDF-1.7 note", "application/octet-stream")
    assert "attachment" in given.headers["Content-Disposition"]
    StrictClient(client.app).get(address, 404)
    record(client, request_id, "paper", file=(io.BytesIO(b"annex"), "annex.txt"))
    assert {paper.name for paper in kept(client, request_id).papers} == {"note.pdf", "annex.txt"}
    empty = record(client, request_id, "paper", 422, file=(io.BytesIO(b""), "empty.txt"))
    assert "The file is empty." in empty


def test_the_requesters_words_and_the_end_are_recorded(client: StrictClient, request_id: str) -> None:
    nothing = record(client, request_id, "objection", 422, on="2026-11-04")
    assert "Say what the requester objects to." in nothing
    assert 'id="d-objection" open' in nothing
    record(client, request_id, "objection", on="2026-11-04", posting="y")
    assert kept(client, request_id).values.consent is Consent.NO
    record(client, request_id, "consent", on="2026-11-05", agreed="yes")
    assert kept(client, request_id).values.consent is Consent.YES
    record(client, request_id, "referral", on="2026-11-06", by_member="A member")
    assert kept(client, request_id).course.step is Step.WORKING_GROUP
    record(client, request_id, "take-back", number=str(kept(client, request_id).acts[-1].number), reason="mistaken")
    assert kept(client, request_id).course.step is Step.AUTHENTICATE
    assert "Give a reason first." in record(client, request_id, "take-back", 422, number="3", reason=" ")
    assert "Say why, or with what result." in record(client, request_id, "withdrawal", 422, on="2026-11-07", note="")
    record(client, request_id, "withdrawal", on="2026-11-07", note="No longer needed")
    assert kept(client, request_id).status is Status.WITHDRAWN
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "No longer needed" in page
    assert "Withdrawn request" in page
    assert 'id="next"' not in page


def test_a_translation_stands_beside_its_original_and_turns_stale(client: StrictClient, request_id: str) -> None:
    record(client, request_id, "translation", part="title", language="fr", text="Aide en matière de transit")
    assert "Choose another language" in record(client, request_id, "translation", 422, part="title", language="en")
    assert "Aide en matière de transit" in client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    edit = f"{ALL}/{request_id}/edit"
    typed = {"state": "KEN", "channel": "note-verbale", "formal": "yes", "date": "2026-11-02", "language": "en"}
    typed |= {"handling": "restricted", "revision": "0", "title": "Help with transit and transshipment"}
    client.post(edit, typed)
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "The request is changed." in page
    assert 'tag-caution">stale</span>' in page


def test_two_who_change_a_request_see_both_values(client: StrictClient, request_id: str) -> None:
    edit = f"{ALL}/{request_id}/edit"
    typed = {"state": "KEN", "channel": "note-verbale", "formal": "yes", "date": "2026-11-02", "language": "en"}
    typed |= {"handling": "restricted", "revision": "0", "text": VALUES.text}
    client.post(edit, {**typed, "title": "The first"})
    told = client.post(edit, {**typed, "title": "The second"}, 409).get_data(as_text=True)
    assert "Somebody else saved this request meanwhile" in told
    assert "The first" in told
    assert 'name="title" type="text" value="The second"' in told
    assert 'name="revision" value="1"' in told
    client.post(edit, {**typed, "title": "The second", "revision": "1"})
    assert kept(client, request_id).values.title == "The second"
    wrong = client.post(edit, {**typed, "revision": "2", "title": "", "date": "2026-11"}, 422).get_data(as_text=True)
    assert '<a href="#title">Give the request a title.</a>' in wrong
    assert '<a href="#date">Enter the day as well' in wrong


def test_needs_are_added_changed_moved_on_and_withdrawn(client: StrictClient, request_id: str) -> None:
    page = f"{ALL}/{request_id}/needs"
    assert 'href="#objective"' in client.post(f"{page}/new", {"kind": "training"}, 422).get_data(as_text=True)
    field = "op2.use.cw.framework"
    client.post(f"{page}/new", {"kind": "equipment", "fields": [field], "languages": ["fr"], "priority": "high"})
    second = kept(client, request_id).needs[1]
    assert (second.values.fields, second.values.languages) == ((field,), ("fr",))
    shown = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert '/en/states/KEN/matrix/op2#use"' in shown
    client.post(f"{page}/2", {"kind": "equipment", "objective": "Detectors", "revision": "1"})
    late = client.post(f"{page}/2", {"kind": "training", "objective": "Courses", "revision": "1"}, 409)
    assert "Detectors" in late.get_data(as_text=True)
    assert "Courses</textarea>" in late.get_data(as_text=True)
    client.post(f"{page}/2/status", {"status": "proposed"})
    assert kept(client, request_id).needs[1].status is NeedStatus.PROPOSED
    assert "Give a reason first." in client.post(f"{page}/2/withdraw", {}, 422).get_data(as_text=True)
    client.post(f"{page}/2/withdraw", {"reason": "met at home"})
    assert [need.status for need in kept(client, request_id).needs] == [NeedStatus.OPEN, NeedStatus.WITHDRAWN]
    client.get(f"{page}/9", 404)


def test_overdue_stands_first_on_the_board_and_in_the_list(client: StrictClient, request_id: str) -> None:
    act_on(client, request_id, (Act.AUTHENTICATE, 3), (Act.CIRCULATE, 3), (Act.ACKNOWLEDGE, 3))
    with client.app.app_context():
        early = register(title="Registered today")
        with transaction():
            for act, day in ((Act.AUTHENTICATE, 3), (Act.CIRCULATE, 10), (Act.ACKNOWLEDGE, 10)):
                acts.record_act(early, act, COORDINATOR, on=datetime.date(2026, 11, day))
    board = client.get("/en/assistance").get_data(as_text=True)
    assert board.index(request_id) < board.index(early)
    assert "1 working day late" in board  # due on 11 November
    overdue = client.get(f"{ALL}?overdue=1").get_data(as_text=True)
    assert request_id in overdue
    assert early not in overdue
    due = client.get("/en/assistance/due").get_data(as_text=True)
    assert f"/en/assistance/requests/{request_id}" in due.partition("Start with the first")[0]
    waiting = client.get("/en/worklist").get_data(as_text=True)
    assert waiting.index(request_id) < waiting.index(early)


def test_the_list_is_narrowed_and_given_as_files(client: StrictClient, request_id: str) -> None:
    with client.app.app_context():
        other = register(title="=cmd()", requester=VALUES.requester)
        with transaction():
            needs.set_status(other, 1, NeedStatus.AGREED, COORDINATOR)
    query = "?kind=training&section=op3cd&domain=nw&group=african&step=1&status=open"
    assert request_id in client.get(ALL + query).get_data(as_text=True)
    assert "No request fits all of these filters." in client.get(f"{ALL}?kind=funding&step=1").get_data(as_text=True)
    for wrong in ("step=12", "kind=sonnet", "group=moon", "section=op9", "domain=xw", "status=lost"):
        client.get(f"{ALL}?{wrong}", 404)
    client.get(f"{ALL}.pdf", 404)
    rows = list(csv.reader(io.StringIO(client.get(f"{ALL}.csv?step=1").data.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {request_id, other}
    assert {row[3] for row in rows[1:]} == {"Help with transit controls", "'=cmd()"}
    book = load_workbook(io.BytesIO(client.get(f"{ALL}.xlsx?step=1").data)).active
    texts = [cell for row in book.iter_rows() for cell in row if cell.value == "=cmd()"]
    assert [cell.data_type for cell in texts] == ["s"]
    found = json.loads(client.get(f"{ALL}.json?step=1").data)["requests"]
    assert [each["request"] for each in found] == [request_id, other]
    assert request_id in client.get(f"/en/search?q={request_id}").get_data(as_text=True)


def test_a_long_list_asks_no_more_than_a_short_one(client: StrictClient) -> None:
    short, long = f"{ALL}?q=nowhere", "/en/practice/assistance/requests"
    client.get(short)
    with counted(client.app) as few:
        client.get("/en/practice/assistance/requests?step=9")
    with counted(client.app) as many:
        client.get(long)
    assert len(many) == len(few)


def test_who_is_outside_reads_only_what_is_public(client: StrictClient, request_id: str) -> None:
    outside = StrictClient(client.app)
    listed = outside.get("/en/assistance").get_data(as_text=True)
    assert "Historical request" in listed
    assert request_id not in listed
    outside.get(f"{ALL}/{request_id}", 404)
    outside.get(f"{ALL}/{request_id}/edit", 302)
    client.get(f"/en/practice/assistance/requests/{request_id}", 404)  # the other record
    client.continue_as("briefer")
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "First Secretary" in page
    assert "/record/" not in page
    record(client, request_id, "next", 403, act=Act.AUTHENTICATE.value, on="2026-11-12")


def test_the_committee_is_briefed_and_holidays_are_loaded(client: StrictClient, request_id: str) -> None:
    page = "/en/assistance/briefing-list"
    assert request_id in client.get(page).get_data(as_text=True)
    assert "The date lies in the future." in client.post(page, {"on": "2027-01-01"}, 422).get_data(as_text=True)
    client.post(page, {"on": "2026-11-12"})
    assert "The briefing is recorded." in client.get(page).get_data(as_text=True)
    table = "/en/assistance/holidays"
    wrong = client.post(table, {"file": (io.BytesIO(b"2026-11-26,Thanks\nsoon,Later\n"), "h.csv")}, 422)
    assert "soon is not a date" in wrong.get_data(as_text=True)
    client.post(table, {"file": (io.BytesIO(b"2026-11-26,Thanksgiving\n"), "h.csv")})
    loaded = client.get(table).get_data(as_text=True)
    assert "Loaded for 2026." in loaded
    assert "Thanksgiving" in loaded


def test_needs_are_counted_by_area(client: StrictClient, request_id: str) -> None:
    page = client.get("/en/assistance/areas").get_data(as_text=True)
    assert "section=op3cd&amp;domain=nw&amp;status=open" in page.replace("&amp;", "&").replace("&", "&amp;")
    assert page.count('class="area-n"') == 1
    with client.app.app_context(), transaction():
        requests.register(VALUES, [NEED, NEED], COORDINATOR)
    assert '<span class="area-n">3</span>' in client.get("/en/assistance/areas").get_data(as_text=True)


def test_consent_is_asked_before_a_summary_is_posted(client: StrictClient, request_id: str) -> None:
    act_on(client, request_id, (Act.AUTHENTICATE, 3), (Act.CIRCULATE, 3), (Act.ACKNOWLEDGE, 3), (Act.SEND, 11))
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "Ask the requester for consent, then post a summary of the request</h2>" in page
    main = page.partition('id="next"')[2].partition("</section>")[0]
    assert "/record/consent" in main
    record(client, request_id, "consent", on="2026-11-12", agreed="yes")
    again = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "/record/next" in again.partition('id="next"')[2].partition("</section>")[0]
    record(client, request_id, "next", act=Act.POST.value, on="2026-11-12")
    assert kept(client, request_id).course.step is Step.MATCH


def test_an_objection_is_taken_back_and_the_window_is_counted_anew(client: StrictClient, request_id: str) -> None:
    act_on(client, request_id, (Act.AUTHENTICATE, 3), (Act.CIRCULATE, 3), (Act.ACKNOWLEDGE, 4))
    assert 'id="d-agreement"' not in client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    told = record(client, request_id, "agreement", 422, on="2026-11-12")
    assert "No objection to sending is on record." in told
    record(client, request_id, "objection", on="2026-11-06", sending="y")
    assert 'id="d-agreement"' in client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    record(client, request_id, "agreement", on="2026-11-12", note="by telephone")
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    assert "Send the request to potential providers</h2>" in page
    assert "until 19 November 2026: five working days, counted anew from 12 November 2026." in page


def test_offers_in_hand_offer_only_the_acts_that_they_await(client: StrictClient, request_id: str) -> None:
    way = ((Act.AUTHENTICATE, 2), (Act.CIRCULATE, 2), (Act.ACKNOWLEDGE, 2), (Act.CONSENT, 2), (Act.SEND, 10))
    act_on(client, request_id, *way, (Act.POST, 10), (Act.RECEIVE_OFFER, 10), (Act.CIRCULATE_OFFER, 11))
    page = client.get(f"{ALL}/{request_id}").get_data(as_text=True)
    offered = page.partition('id="act-act"')[2].partition("</select>")[0]
    assert "offer acknowledged" in offered
    assert "requester informed" not in offered
    told = record(client, request_id, "act", 422, act=Act.INFORM_REQUESTER.value, on="2026-11-12")
    assert "The acts on an offer come in their order." in told
    early = record(client, request_id, "close", 422, on="2026-11-10", note="too early")
    assert "The date lies before the step that came last (11 November 2026)." in early


def test_a_historical_request_offers_nothing_to_record(client: StrictClient) -> None:
    page = client.get(f"{ALL}/R-2015-001").get_data(as_text=True)
    assert "/record/" not in page
    assert "/edit" not in page
    for rest in ("edit", "needs/new", "needs/1"):
        assert "loaded from its source" in client.get(f"{ALL}/R-2015-001/{rest}", 400).get_data(as_text=True)
    told = record(client, "R-2015-001", "paper", 422, file=(io.BytesIO(b"a file"), "a.txt"))
    assert "A historical request is loaded from its source and is not changed here." in told


def test_a_historical_request_says_nothing_of_its_outcome(client: StrictClient) -> None:
    page = StrictClient(client.app).get(f"{ALL}/R-2015-001").get_data(as_text=True)
    assert "What became of it is not recorded." in page
    assert "Need open" not in page
    assert "Not asked for consent" not in page
    assert 'rel="noreferrer">http' in page

"""The pages of the register: record, change beside a saved value, withdraw, take a file in."""

import io

import pytest
from commitment_cases import made
from flask import Flask
from strict_client import StrictClient

from cpi1540.foundation.database import transaction
from cpi1540.states import commitment_records as register
from cpi1540.states import commitments_csv, service
from cpi1540.states.commands import ACTOR

STATE = "/en/practice/states/XAD/commitments"
FILE = "/en/practice/commitments/csv"
RATING = {
    "value": "LC",
    "date": "2019-05",
    "source": "A report",
    "url": "https://example.org/r",
    "as_of": "2026-06-01",
    "note": "",
    "handling": "public",
    "confidence": "seen",
    "revision": "0",
}


@pytest.fixture
def officer(practice_app: Flask) -> StrictClient:
    client = StrictClient(practice_app)
    client.continue_as("desk-officer")
    return client


def test_nothing_is_not_recorded(practice_reader: StrictClient) -> None:
    page = practice_reader.get(STATE).get_data(as_text=True)
    assert page.count("not recorded") >= 12
    assert "0 of 12 kinds recorded" in page
    assert "Record a commitment" not in page


def test_record_change_and_withdraw(officer: StrictClient) -> None:
    new = f"{STATE}/new?kind=mutual-evaluation-r7"
    bad = officer.post(new, {**RATING, "value": "X", "as_of": "", "date": "soon"}, 422).get_data(as_text=True)
    assert "Write a year, a month or a day" in bad and 'value="soon"' in bad
    bad = officer.post(new, {**RATING, "as_of": "2018-01-01"}, 422).get_data(as_text=True)
    assert "after the date of the source" in bad and 'value="A report"' in bad
    officer.post(new, RATING)
    page = officer.get(STATE).get_data(as_text=True)
    assert "XAD-C1 is recorded." in page and 'href="https://example.org/r"' in page and "May 2019" in page
    again = officer.post(new, {**RATING, "date": "2020"}, 422).get_data(as_text=True)
    assert "XAD-C1 stands already" in again
    edit = f"{STATE}/XAD-C1/edit"
    officer.post(edit, {**RATING, "value": "C"})
    conflict = officer.post(edit, {**RATING, "value": "PC"}, 409).get_data(as_text=True)
    assert "Saved meanwhile" in conflict and "Yours, not saved" in conflict
    assert ">C</span>" in conflict and ">PC</span>" in conflict and 'name="revision" value="1"' in conflict
    officer.post(edit, {**RATING, "value": "PC", "revision": "1"})
    refused = officer.post(f"{STATE}/XAD-C1/withdraw", {"reason": "", "revision": "2"}, 422).get_data(as_text=True)
    assert "Write why the record is withdrawn." in refused and f'action="{edit}"' in refused
    officer.post(f"{STATE}/XAD-C1/withdraw", {"reason": "mistaken", "revision": "2"})
    assert "XAD-C1 is withdrawn" in officer.get(STATE).get_data(as_text=True)
    officer.get(edit, 404)


def test_kinds_that_do_not_exist(officer: StrictClient) -> None:
    officer.get(f"{STATE}/new?kind=nonsense", 404)
    officer.get(f"{STATE}/new?kind=regime-membership", 404)
    officer.get("/en/practice/commitments?kind=nonsense", 404)
    officer.get("/en/practice/commitments?group=nonsense", 404)


@pytest.mark.parametrize("kind", ["psi-endorsement", "regime-membership", "action-plan", "designations", "report-1540"])
def test_every_kind_of_the_whole_record(practice_reader: StrictClient, kind: str) -> None:
    page = practice_reader.get(f"/ar/practice/commitments?kind={kind}").get_data(as_text=True)
    assert page.count("<tbody>") == 40


def test_the_whole_record_counts_states(practice_reader: StrictClient, practice_app: Flask) -> None:
    with practice_app.app_context():
        members = service.states(practice=True, group="weog")
        found = register.commitments_of(members, ACTOR, ["psi-endorsement"])
        n = sum(any(not each.ended for each in listed) for listed in found.values())
    assert 0 < n < 6
    page = practice_reader.get("/en/practice/commitments?kind=psi-endorsement&group=weog").get_data(as_text=True)
    assert f"Recorded for {n} of 6 States" in page


def test_points_of_contact_keep_their_details_inside(practice_reader: StrictClient, officer: StrictClient) -> None:
    address = "/en/practice/states/XAF/commitments"
    assert "Ministère des affaires étrangères" not in practice_reader.get(address).get_data(as_text=True)
    assert "Ministère des affaires étrangères" in officer.get(address).get_data(as_text=True)
    assert "Ministère des affaires" not in practice_reader.get("/en/practice/commitments.csv").get_data(as_text=True)


def upload(content: bytes) -> dict[str, object]:
    return {"file": (io.BytesIO(content), "register.csv")}


def test_a_file_out_and_in(officer: StrictClient) -> None:
    content = officer.get("/en/practice/commitments.csv").get_data()
    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}state,id,kind".encode())
    assert "The file changes nothing" in officer.post(FILE, upload(content), 200).get_data(as_text=True)
    changed = content.replace(b"E.O. 13382", b"E.O. 13382, annex")
    preview = officer.post(FILE, upload(changed.replace(b"E.O. 13382, annex", b'"E.O. 13382, annex"')), 200)
    text = preview.get_data(as_text=True)
    assert "<del>" in text and "E.O. 13382, annex" in text and "Write into the register" in text


def test_what_was_previewed_is_applied_unless_the_register_moved_on(officer: StrictClient) -> None:
    content = commitments_csv.written([made(state="XAD", kind="designations", value="3", authority="=1+1")]).encode()
    page = officer.post(FILE, upload(content), 200).get_data(as_text=True)
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("file", "name", "against")}
    with officer.app.app_context(), transaction():
        register.record(service.find("XAD"), made(state="XAD"), ACTOR)
    refused = officer.post(f"{FILE}/apply", hidden, 409).get_data(as_text=True)
    assert "Nothing was written: look again" in refused
    hidden["against"] = refused.split('name="against" value="')[1].split('"')[0]
    officer.post(f"{FILE}/apply", hidden)
    assert "1 change was written into the register" in officer.get("/en/practice/commitments").get_data(as_text=True)
    assert "'=1+1" in officer.get("/en/practice/commitments.csv").get_data(as_text=True)
    assert "=1+1" in officer.get(STATE).get_data(as_text=True)


def test_problems_are_listed_by_line_and_column(officer: StrictClient) -> None:
    content = commitments_csv.written([made(state="XAD"), made(state="NAM")]).encode()
    page = officer.post(FILE, upload(content.replace(b"2026-06-01", b"soon", 1)), 200).get_data(as_text=True)
    assert "2 problems: nothing can be written" in page
    assert "as_of" in page and "“soon” is not a day" in page and "There is no State NAM" in page
    assert "Write into the register" not in page
    officer.post(FILE, {}, 422)
    officer.post(FILE, upload(b""), 200)

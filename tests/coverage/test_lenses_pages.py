"""Lenses as people meet them: listed, over the record, over a State, made by the office, with a sourced note."""

import datetime
import io
import json

from flask import Flask
from openpyxl import load_workbook
from queries import counted
from strict_client import StrictClient

from cpi1540.coverage.service import lenses
from cpi1540.foundation.database import db
from cpi1540.matrix.record import Code
from cpi1540.matrix.service import reading, versions
from cpi1540.states import service as states
from cpi1540.states.instruments import Standing, standing

LENSES = "/en/practice/lenses"
FINANCE = f"{LENSES}/proliferation-finance"
A_LENS = {
    "code": "maritime",
    "name_en": "Maritime transport",
    "name_fr": "Transport maritime",
    "purpose_en": "Transport services and transit.",
    "rows": ["op3cd.transit", "op3cd.transport-services"],
    "instruments": ["npt"],
    "commitments": ["psi-endorsement"],
    "revision": "0",
}


def answer(client: StrictClient, address: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(client.get(address).get_data())
    return found


def reviewer(app: Flask) -> StrictClient:
    client = StrictClient(app)
    client.continue_as("reviewer")
    return client


# Reading


def test_every_lens_is_listed_with_its_figure(practice_reader: StrictClient) -> None:
    listed = answer(practice_reader, f"{LENSES}/figures.json")["lenses"]
    assert [each["lens"] for each in listed] == [
        "1540", "wmd-sanctions", "psi", "dprk-resolutions", "iran-resolutions", "proliferation-finance", "procurement",
    ]  # fmt: skip
    for each in listed:
        one = answer(practice_reader, f"{LENSES}/{each['lens']}/figures.json")["figures"]["all"]
        assert {name: one[name] for name in ("low", "point", "high", "counts", "n_reviewed")} == {
            name: each[name] for name in ("low", "point", "high", "counts", "n_reviewed")
        }
        assert one["n_states"] == 40
    page = practice_reader.get(LENSES).get_data(as_text=True)
    assert "Procurement networks" in page and "Not a measure of compliance." in page


def test_a_lens_equals_a_recomputation(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        everyone = states.states(practice=True)
        effective = versions.effective(everyone, datetime.datetime.now(datetime.UTC).date())
        records = {code: reading.matrix(version).entries for code, version in effective.items()}
        party = sum(
            standing(act for act in acts if act.instrument == "giaba")[0] in (Standing.PARTY, Standing.MEMBER)
            for acts in states.actions_of(everyone).values()
        )
        db.session.remove()
    rows = ("op2.finance.", "op3cd.funds.")
    codes = [entry.code for entries in records.values() for key, entry in entries.items() if key.startswith(rows)]
    found = answer(practice_reader, f"{FINANCE}/figures.json")
    whole = found["figures"]["all"]
    assert whole["counts"]["X"] == codes.count(Code.FOUND)
    assert whole["counts"]["blank"] == codes.count(Code.BLANK)
    assert whole["fields"] == 40 * 12
    groups = [group for name, group in found["figures"].items() if name != "all"]
    assert sum(group["counts"]["X"] for group in groups) == whole["counts"]["X"]
    for part in whole["parts"]:
        own = [e.code for es in records.values() for k, e in es.items() if k.startswith(part["code"] + ".")]
        assert part["counts"]["X"] == own.count(Code.FOUND)
    assert {part["code"] for part in whole["parts"]} == {"op2.finance", "op3cd.funds"}
    gaps = found["common_gaps"]
    assert [each["states"] for each in gaps] == sorted((each["states"] for each in gaps), reverse=True)
    first = [entries[gaps[0]["field"]].code for entries in records.values() if gaps[0]["field"] in entries]
    assert gaps[0]["states"] == first.count(Code.BLANK) + first.count(Code.INCOMPLETE)
    assert gaps[0]["reviewed"] == gaps[0]["states"] + first.count(Code.FOUND)
    assert {each["instrument"]: each["states"] for each in found["instruments"]}["giaba"] == party
    assert [each["kind"] for each in found["commitments"]] == [
        "body-membership", "mutual-evaluation-r7", "mutual-evaluation-io11",
    ]  # fmt: skip


def test_a_state_under_a_lens(practice_reader: StrictClient) -> None:
    address = "/en/practice/states/XAC/lenses/proliferation-finance"
    found = answer(practice_reader, f"{address}/figures.json")
    assert found["fields"] == 12
    assert all(gap["field"].startswith(("op2.finance", "op3cd.funds")) for gap in found["gaps"])
    assert len(found["gaps"]) == found["counts"]["?"] + found["counts"]["blank"]
    assert len(found["not_reviewed"]) == found["counts"]["unreviewed"]
    everything = answer(practice_reader, "/en/practice/states/XAC/coverage/figures.json?lens=proliferation-finance")
    assert everything["figures"]["XAC"]["low"] == found["low"]
    page = practice_reader.get(address).get_data(as_text=True)
    assert "Finance" in page and "Mutual evaluation: Recommendation 7" in page and "not recorded" in page
    arabic = practice_reader.get(address.replace("/en/", "/ar/")).get_data(as_text=True)
    assert 'dir="rtl"' in arabic


def test_the_members_under_a_lens_have_no_figure_but_their_treaties(practice_reader: StrictClient) -> None:
    found = answer(practice_reader, "/en/lenses/1540/figures.json")
    assert found["figures"]["all"]["low"] is None
    npt = next(each for each in found["instruments"] if each["instrument"] == "npt")
    assert 180 < npt["states"] <= 193 and npt["as_of"] and found["states"] == 193
    page = practice_reader.get("/en/lenses/1540").get_data(as_text=True)
    assert f"{npt['states']} of 193 States parties or members" in page and "no figure" in page
    iran = practice_reader.get("/en/lenses/iran-resolutions").get_data(as_text=True)
    assert "This record takes no side." in iran


def test_workbooks_say_what_they_rest_on(practice_reader: StrictClient) -> None:
    for address in (LENSES, FINANCE, "/en/practice/states/XAC/lenses/procurement"):
        content = practice_reader.get(f"{address}/figures.xlsx?as-of=2025-01-01").get_data()
        sheet = load_workbook(io.BytesIO(content)).active
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
        assert "Not a measure of compliance." in text and "As of 1 January 2025" in text and "equal/1" in text
        practice_reader.get(f"{address}/figures.docx", status=404)


def test_queries_do_not_grow_with_the_rows(practice_reader: StrictClient) -> None:
    for address in (FINANCE, f"{LENSES}/procurement"):
        practice_reader.get(address)
    with counted(practice_reader.app) as few:
        practice_reader.get(FINANCE)
    with counted(practice_reader.app) as many:
        practice_reader.get(f"{LENSES}/procurement")
    assert len(many) == len(few)


def test_there_is_no_such_lens(practice_reader: StrictClient) -> None:
    page = practice_reader.get(f"{LENSES}/astrology", status=404).get_data(as_text=True)
    assert "There is no lens astrology" in page


# The office's own


def test_a_lens_is_added_changed_and_withdrawn(practice_app: Flask) -> None:
    client = reviewer(practice_app)
    client.get(f"{LENSES}/new")
    client.post(f"{LENSES}/new", A_LENS)
    with practice_app.app_context():
        kept = lenses.find("maritime")
        assert kept.own and kept.names == {"en": "Maritime transport", "fr": "Transport maritime"}
        assert kept.rows == {"op3cd.transit", "op3cd.transport-services"}
        assert (kept.instruments, kept.commitments) == (("npt",), ("psi-endorsement",))
    assert answer(client, f"{LENSES}/maritime/figures.json")["figures"]["all"]["fields"] == 40 * 12
    assert "Transport maritime" in client.get(f"{LENSES.replace('/en/', '/fr/')}/maritime").get_data(as_text=True)
    form = client.get(f"{LENSES}/maritime/edit").get_data(as_text=True)
    assert 'value="Maritime transport"' in form and 'value="op3cd.transit" checked' in form
    client.post(f"{LENSES}/maritime/edit", {**A_LENS, "rows": [], "every_row": "y", "code": "another"})
    with practice_app.app_context():
        assert lenses.find("maritime").rows is None
    client.post(f"{LENSES}/maritime/withdraw", {"revision": "1"})
    client.get(f"{LENSES}/maritime", status=404)
    again = client.post(f"{LENSES}/new", A_LENS, status=422).get_data(as_text=True)
    assert "There is a lens maritime already. Choose another code." in again


def test_a_stale_form_loses_nothing_and_overwrites_nothing(practice_app: Flask) -> None:
    client = reviewer(practice_app)
    client.post(f"{LENSES}/new", A_LENS)
    client.post(f"{LENSES}/maritime/edit", {**A_LENS, "name_en": "Ships"})
    page = client.post(f"{LENSES}/maritime/edit", {**A_LENS, "name_en": "Boats"}, status=409).get_data(as_text=True)
    assert "Somebody else changed this lens meanwhile" in page
    assert "Ships" in page and 'value="Boats"' in page and 'name="revision" value="1"' in page
    client.post(f"{LENSES}/maritime/withdraw", {"revision": "0"}, status=409)
    with practice_app.app_context():
        assert lenses.find("maritime").names["en"] == "Ships"


def test_faults_stand_at_their_fields_with_what_was_typed(practice_app: Flask) -> None:
    client = reviewer(practice_app)
    page = client.post(
        f"{LENSES}/new", {"code": "Not A Code", "name_en": "", "purpose_en": "Kept", "revision": "0"}, status=422
    ).get_data(as_text=True)
    for told in (
        "Use small letters, digits and single hyphens only.",
        "Give the lens a name, in one language at least.",
        "Tick some rows, or every row.",
    ):
        assert told in page
    assert 'value="Not A Code"' in page and ">Kept</textarea>" in page
    refused = client.post(f"{LENSES}/new", {**A_LENS, "code": "new"}, status=422).get_data(as_text=True)
    assert "taken by an address" in refused
    client.post(f"{LENSES}/new", {**A_LENS, "rows": ["op3cd.smuggling"]}, status=422)
    client.get(f"{LENSES}/psi/edit", status=404)
    with practice_app.app_context():
        assert len(lenses.lenses()) == 7


def test_those_who_may_not_are_not_offered_it(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("briefer")
    assert "Add a lens" not in client.get(LENSES).get_data(as_text=True)
    client.post(f"{LENSES}/new", A_LENS, status=403)
    client.get(f"{LENSES}/psi/note", status=403)


# The note


def test_a_note_is_shown_with_its_date_and_source(practice_app: Flask) -> None:
    client = reviewer(practice_app)
    address = f"{LENSES}/iran-resolutions/note"
    note = {
        "text": "Members of the Council hold differing views.",
        "language": "en",
        "source": "Letter S/2025/1",
        "url": "https://example.org/letter",
        "dated": "2025-09-28",
        "after": "0",
    }
    missing = client.post(address, {**note, "source": "", "dated": ""}, status=422).get_data(as_text=True)
    assert "Name the source" in missing and "Enter the date of the source" in missing
    assert "Members of the Council hold differing views." in missing
    client.post(address, {**note, "url": "javascript:alert(1)"}, status=422)
    client.post(address, note)
    for page in (f"{LENSES}/iran-resolutions", "/en/states/FRA/lenses/iran-resolutions"):
        text = StrictClient(practice_app).get(page).get_data(as_text=True)
        assert "Members of the Council hold differing views." in text
        assert "28 September 2025" in text and "Letter S/2025/1" in text and 'href="https://example.org/letter"' in text
    stale = client.post(address, {**note, "text": "Another text."}, status=409).get_data(as_text=True)
    assert "Somebody else changed this note meanwhile" in stale and "Another text." in stale
    client.post(f"{LENSES}/iran-resolutions/note/withdraw", {"after": "1"})
    assert "differing views" not in StrictClient(practice_app).get(f"{LENSES}/iran-resolutions").get_data(as_text=True)
    assert "taken away" in client.get(address).get_data(as_text=True)

"""A workbook out and back through the pages: preview, apply, refusals."""

import hashlib
import io
import re

import pytest
from flask import Flask
from sqlalchemy import select
from strict_client import StrictClient

from cpi1540 import paths
from cpi1540.exchange.commands import ACTOR as SYSTEM_OFFICER
from cpi1540.exchange.service import workbooks as service
from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import Stale
from cpi1540.foundation.tables import AuditEventRow, AuditSubjectRow
from cpi1540.matrix.record import Basis, Code, Entry, differences
from cpi1540.matrix.service import drafts, reading, versions
from cpi1540.states import service as states

RETURNED = paths.SEED / "practice" / "returned.xlsx"
EXCEL = "/en/practice/states/XAC/excel"


@pytest.fixture
def officer(practice_app: Flask) -> StrictClient:
    client = StrictClient(practice_app)
    client.continue_as("desk-officer")
    return client


def upload(client: StrictClient, content: bytes, name: str = "returned.xlsx", address: str = EXCEL) -> str:
    """Upload a file and return the address of its preview."""
    data = {"csrf_token": client.token("/en/x"), "file": (io.BytesIO(content), name)}
    answer = client.client.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.get_data(as_text=True)[:500]
    return answer.headers["Location"]


def seen(page: str) -> dict[str, str]:
    """The hidden fields by which the page says what its changes were shown against."""
    return dict(re.findall(r'name="(version|revision)" value="(\d+)"', page))


def test_the_prepared_workbook_is_previewed_and_applied(officer: StrictClient) -> None:
    preview = upload(officer, RETURNED.read_bytes())
    for lang in ("ar", "en", "es", "fr", "ru", "zh"):
        officer.get(preview.replace("/en/", f"/{lang}/"))
    page = officer.get(preview).get_data(as_text=True)
    assert "4 changes" in page
    assert page.count("op3cd.border-control.cw.framework") == 2
    with officer.app.app_context():
        assert versions.newest([states.find("XAC")], SYSTEM)["XAC"].number == 3
    done = officer.post(f"{preview}/apply", seen(page))
    assert "4 changes were written into the draft." in officer.get(done.headers["Location"]).get_data(as_text=True)
    with officer.app.app_context():
        state = states.find("XAC")
        draft = versions.newest([state], SYSTEM)["XAC"]
        after = reading.matrix(draft).entries
        before = reading.matrix(versions.find(state, 3, SYSTEM)).entries
        assert (draft.number, draft.status) == (4, "draft")
        changed = {change.field for change in differences(before, after)}
        assert changed == {"op3cd.border-control.cw.framework", "op3cd.border-technical-support.cw.framework"}
        found = after["op3cd.border-technical-support.cw.framework"]
        assert (found.code, found.basis) == (Code.FOUND, Basis.REFERENCE)
        assert [(source.measure, source.pinpoint) for source in found.sources] == [("XAC-M14", "art. 12")]
        assert audit.first_break() is None
    officer.get(preview, status=404)


def test_a_workbook_that_is_not_changed_changes_nothing(officer: StrictClient) -> None:
    for lang in ("en", "ar"):
        out = officer.client.get(f"/{lang}/practice/states/XAC/matrix.xlsx")
        page = officer.get(upload(officer, out.data)).get_data(as_text=True)
        assert "The workbook changes nothing." in page


def test_a_file_with_problems_cannot_be_applied(officer: StrictClient) -> None:
    preview = upload(officer, b"no workbook", "x.xlsx")
    page = officer.get(preview).get_data(as_text=True)
    assert "1 problem: nothing can be written" in page
    assert "/apply" not in page
    officer.post(f"{preview}/apply", status=400)
    with officer.app.app_context():
        assert versions.newest([states.find("XAC")], SYSTEM)["XAC"].number == 3


def test_the_workbook_of_another_state_is_refused(officer: StrictClient) -> None:
    page = officer.get(upload(officer, RETURNED.read_bytes(), address="/en/practice/states/XAH/excel"))
    assert "The file is of XAC, but XAH was named." in page.get_data(as_text=True)


def test_a_draft_that_moved_on_since_the_preview_is_not_written_into(officer: StrictClient) -> None:
    preview = upload(officer, RETURNED.read_bytes())
    page = officer.get(preview).get_data(as_text=True)
    assert seen(page)["version"] == "3"
    with officer.app.app_context(), transaction():
        state = states.find("XAC")
        draft = drafts.draft_of(state, SYSTEM_OFFICER)
        drafts.write(state, draft, {"op1.npt": Entry(Code.INCOMPLETE)}, SYSTEM_OFFICER)
    for told in (seen(page), {}, {"version": "x", "revision": "1"}):
        back = officer.post(f"{preview}/apply", told)
        assert back.headers["Location"].endswith(preview)
        again = officer.get(preview).get_data(as_text=True)
        assert "Nothing was written: look again." in again
    assert "The file was made from version 3, revision" in again
    assert seen(again)["version"] == "4"
    with officer.app.app_context():
        entries = reading.matrix(versions.newest([states.find("XAC")], SYSTEM)["XAC"]).entries
        assert entries["op3cd.border-control.cw.framework"].code is None
    officer.post(f"{preview}/apply", seen(again))
    with officer.app.app_context():
        entries = reading.matrix(versions.newest([states.find("XAC")], SYSTEM)["XAC"]).entries
        assert entries["op3cd.border-control.cw.framework"].code is Code.INCOMPLETE
        assert entries["op1.npt"].code is Code.INCOMPLETE


def test_what_is_written_was_compared_with_the_record_as_it_is(officer: StrictClient) -> None:
    with officer.app.app_context():
        state = states.find("XAC")
        proposal = service.read(RETURNED.read_bytes(), "r.xlsx", SYSTEM_OFFICER, state=state, practice=True)
        with transaction():
            drafts.draft_of(state, SYSTEM_OFFICER)
        with pytest.raises(Stale), transaction():
            service.apply(proposal, SYSTEM_OFFICER, practice=True)


def test_a_kept_upload_stands_in_the_audit_without_its_name(officer: StrictClient) -> None:
    upload(officer, RETURNED.read_bytes(), "secret name.xlsx")
    with officer.app.app_context():
        event = db.session.scalars(select(AuditEventRow).where(AuditEventRow.action == "upload.keep")).one()
        assert event.changes == [{"file": hashlib.sha256(RETURNED.read_bytes()).hexdigest()}]
        subjects = select(AuditSubjectRow.subject).where(AuditSubjectRow.event_id == event.id)
        assert list(db.session.scalars(subjects)) == ["state:XAC"]


def test_without_a_file_the_form_says_so(officer: StrictClient) -> None:
    page = officer.post(EXCEL, status=422).get_data(as_text=True)
    assert "Choose the workbook that came back." in page


def test_who_may_not_edit_may_not_upload(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("reviewer")
    data = {"csrf_token": client.token("/en/x"), "file": (io.BytesIO(RETURNED.read_bytes()), "r.xlsx")}
    assert client.client.post(EXCEL, data=data, content_type="multipart/form-data").status_code == 403
    assert "A desk officer of this State can read a workbook back." in client.get(EXCEL).get_data(as_text=True)


def test_somebody_else_s_upload_does_not_exist(officer: StrictClient) -> None:
    preview = upload(officer, RETURNED.read_bytes())
    officer.continue_as("reviewer")
    officer.get(preview, status=403)
    officer.get(f"{EXCEL}/no-such-token", status=403)


def test_a_download_in_each_language_is_the_same_file_each_time(practice_reader: StrictClient) -> None:
    client = practice_reader.client
    for lang in ("ar", "zh"):
        first, second = (client.get(f"/en/practice/states/XAC/matrix.xlsx?in={lang}") for _time in range(2))
        assert first.data == second.data
        assert f"practice-matrix-1540-XAC-v3-{lang}.xlsx" in first.headers["Content-Disposition"]
    practice_reader.get("/en/practice/states/XAC/matrix.xlsx?in=xx", status=404)
    practice_reader.get("/en/practice/states/XAD/matrix.xlsx", status=404)


def test_a_picture_in_each_format(practice_reader: StrictClient) -> None:
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    for form, start in starts.items():
        first = practice_reader.client.get(f"/ar/practice/states/XAC/coverage.{form}")
        assert first.data.startswith(start)
        again = practice_reader.client.get(
            f"/ar/practice/states/XAC/coverage.{form}", headers={"If-None-Match": first.headers["ETag"]}
        )
        assert again.status_code == 304
    practice_reader.get("/ar/practice/states/XAC/coverage.gif", status=404)

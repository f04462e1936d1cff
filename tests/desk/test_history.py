"""The history: who did what to which field, page by page, narrowed, and as a file."""

import ast
import csv
import datetime
import io
from pathlib import Path

import pytest
from desk_people import OFFICER, REVIEWER, SECOND
from flask import Flask
from people_of_tests import make
from queries import counted
from sqlalchemy import text
from strict_client import StrictClient

from cpi1540 import paths
from cpi1540.desk import history, history_csv, installation
from cpi1540.desk.history import Asked, ChangeShown, change_shown
from cpi1540.desk.messages import EVENT_NAMES
from cpi1540.desk.service import history as service
from cpi1540.foundation import audit, audit_history
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.triggers import release_audit
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import Basis, Code, Entry, Source
from cpi1540.matrix.service import drafts, saving, steps
from cpi1540.matrix.service.steps import Papers
from cpi1540.matrix.workflow import Act
from cpi1540.states import service as states

LAYOUT = parse_layout((paths.SEED / "layouts" / "2017.json").read_text("utf-8"), "2017.json")
KEY, OTHER = "op2.transfer.nw.framework", "op3ab.licensing.cw.framework"
FOUND = Entry(Code.FOUND, Basis.REFERENCE, (Source("Penal Code, art. 5", "en"),), "seen", "en")
FRANCE = ("state:FRA",)
TODAY = datetime.datetime.now(datetime.UTC).date()
DAY = datetime.timedelta(days=1)


def worked(officer: Actor = OFFICER) -> None:
    """Two saves by two officers and a submission, for France."""
    france = states.find("FRA")
    with transaction():
        drafts.draft_of(france, officer)
        saving.save(france, {KEY: lambda _entry: FOUND, OTHER: lambda _entry: Entry(Code.BLANK)}, officer)
    with transaction():
        saving.save(france, {KEY: lambda _entry: Entry(Code.INCOMPLETE, remarks="p. 5")}, SECOND)
    with transaction():
        draft = drafts.open_version(france, REVIEWER)
        assert draft is not None
        steps.take(france, draft, Act.SUBMIT, officer, Papers())


def test_newest_first_and_narrowed(app: Flask) -> None:
    with app.app_context():
        worked()
        found = audit_history.events(FRANCE)
        actions = [event.action for event in found]
        assert actions[:4] == ["version.submit", "draft.write", "draft.write", "version.write"]
        assert [event.id for event in found] == sorted((event.id for event in found), reverse=True)
        assert all("state:FRA" in event.subjects for event in found)
        assert [event.action for event in audit_history.events(FRANCE, actor="second")] == ["draft.write"]
        assert [event.actor for event in audit_history.events(FRANCE, action="draft.write")] == ["second", "officer"]
        assert [event.actor for event in audit_history.events(FRANCE, field=KEY)] == ["second", "officer"]
        assert [event.actor for event in audit_history.events(FRANCE, field=OTHER)] == ["officer"]
        assert audit_history.events(FRANCE, field="op2.transfer.nw") == []
        assert audit_history.events(FRANCE, field="%") == []
        assert audit_history.events(["state:KEN"], actor="second") == []
        assert [event.actor for event in audit_history.events(subject_prefix="version:FRA/", action="draft.write")] == [
            "second",
            "officer",
        ]


def test_days_are_whole_and_included(app: Flask) -> None:
    with app.app_context():
        worked()
        every = len(audit_history.events(FRANCE))
        assert len(audit_history.events(FRANCE, since=TODAY - DAY, until=TODAY + DAY)) == every
        assert audit_history.events(FRANCE, since=TODAY + DAY) == []
        assert audit_history.events(FRANCE, until=TODAY - 2 * DAY) == []
        assert len(audit_history.events(FRANCE, until=datetime.date.max)) == every


def test_pages_join_into_the_whole(app: Flask) -> None:
    with app.app_context():
        with transaction():
            for n in range(7):
                audit.record("officer", "test", ["state:KEN"], [{"n": n}])
        whole = [event.id for event in audit_history.all_events(["state:KEN"])]
        read, last = [], None
        while found := audit_history.events(["state:KEN"], before_event=last, limit=3):
            read += [event.id for event in found]
            last = found[-1].id
        assert read == whole
        assert len(whole) == len(set(whole)) >= 7


def test_the_choices(app: Flask) -> None:
    with app.app_context():
        worked()
        assert audit_history.actors_in(FRANCE) == ["officer", "second", "system"]
        assert audit_history.actions_in(FRANCE) == ["draft.write", "version.submit", "version.write"]


def test_the_same_number_of_queries(app: Flask) -> None:
    with app.app_context():
        worked()
        with counted(app) as few:
            service.page(["state:KEN"], Asked())
        with counted(app) as many:
            service.page(None, Asked())
        assert len(few) == len(many) == 5


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"field": KEY, "from": None, "to": "X", "text": "5f", "save": 3}, ChangeShown(KEY, "-", "X", ())),
        ({"field": KEY, "from": "X", "to": "", "text": "5f"}, ChangeShown(KEY, "X", "", ())),
        ({"field": KEY, "to": "NA", "text": "5f"}, ChangeShown(KEY, None, "NA", ())),
        ({"field": KEY, "to": None, "text": "5f"}, ChangeShown(KEY, None, None, ())),
        ({"field": KEY, "decision": "declined"}, ChangeShown(KEY, None, None, (("decision", "declined"),))),
        (
            {"from": "draft", "to": "in-review", "reason": "5f"},
            ChangeShown(None, None, None, (("from", "draft"), ("to", "in-review"))),
        ),
    ],
)
def test_a_change_taken_apart(change: dict[str, object], shown: ChangeShown) -> None:
    assert change_shown(change) == shown


@pytest.mark.parametrize(
    ("key", "where"),
    [
        (KEY, ("op2", "transfer")),
        (OTHER, ("op3ab", "cw-licensing")),
        ("op1.npt", ("op1", "npt")),
        ("op9.none", None),
    ],
)
def test_the_place_of_a_field(key: str, where: tuple[str, str] | None) -> None:
    assert history.anchor(LAYOUT, key) == where


def test_the_page_of_a_state(client: StrictClient) -> None:
    with client.app.app_context():
        officer = Actor(make("ada", Role.DESK_OFFICER), "Ada", OFFICER.grants)
        worked(officer)
    client.continue_as("briefer")
    page = client.get("/en/states/FRA/history").get_data(as_text=True)
    assert "<bdi>Ada</bdi>" in page
    assert "<bdi>the system</bdi>" in page
    assert "submitted the draft for review" in page
    assert '/en/states/FRA/matrix/op2?version=2#transfer">' in page
    assert '/en/states/FRA/matrix/op3ab?version=2#cw-licensing">' in page
    assert 'aria-label="before: Not reviewed"' in page
    assert 'aria-label="after: X, reference found"' in page
    narrowed = client.get(f"/en/states/FRA/history?field={KEY}&actor=second").get_data(as_text=True)
    assert narrowed.count('<tr id="e') == 1
    assert 'aria-label="before: X, reference found"' in narrowed
    one = client.get(f"/en/states/FRA/history?field={OTHER}").get_data(as_text=True)
    assert "#cw-licensing" in one
    assert "#transfer" not in one
    assert "Nothing of this kind happened." in client.get("/en/states/FRA/history?actor=x").get_data(as_text=True)
    client.get("/ar/states/FRA/history")
    client.get("/en/states/FRA/history?since=yesterday", status=404)
    client.get("/en/states/FRA/history?before=x", status=404)
    client.get("/en/history", status=403)


def test_who_may_read_it(client: StrictClient) -> None:
    assert "/sign-in?next=" in client.get("/en/states/FRA/history", status=302).headers["Location"]
    client.continue_as("focal-point")
    client.get("/en/states/FRA/history", status=403)
    client.get("/en/states/FRA/history.csv", status=403)
    assert "/en/states/FRA/history" not in client.get("/en/states/FRA").get_data(as_text=True)
    client.continue_as("desk-officer")
    assert 'href="/en/states/FRA/history"' in client.get("/en/states/FRA").get_data(as_text=True)


def test_long_histories_have_pages(client: StrictClient) -> None:
    with client.app.app_context(), transaction():
        made = [audit.record("officer", "test.thing", ["state:KEN"], [{"n": n}]) for n in range(60)]
    client.continue_as("briefer")
    first = client.get("/en/states/KEN/history?action=test.thing").get_data(as_text=True)
    assert first.count('<tr id="e') == 50
    assert f"before={made[10]}" in first
    second = client.get(f"/en/states/KEN/history?action=test.thing&before={made[10]}").get_data(as_text=True)
    assert second.count('<tr id="e') == 10
    assert "<bdi>test.thing</bdi>" in second
    assert "Newest" in second


def test_everything_for_administrators(client: StrictClient) -> None:
    with client.app.app_context():
        worked()
    client.continue_as("administrator")
    page = client.get("/en/history").get_data(as_text=True)
    assert 'href="/en/states/FRA">France</a>' in page
    assert "signed in" in page
    assert 'href="/en/history"' in client.get("/en/account").get_data(as_text=True)


def test_the_file(client: StrictClient) -> None:
    with client.app.app_context():
        worked()
        with transaction():
            audit.record("=2+3", "test", ["state:FRA"], [{"field": KEY, "from": "X", "to": "", "why": "@x"}])
    client.continue_as("briefer")
    answer = client.get(f"/en/states/FRA/history.csv?field={KEY}")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=FRA-history.csv"
    lines = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [(each["actor"], each["field"], each["from"], each["to"]) for each in lines] == [
        ("'=2+3", KEY, "X", "blank"),
        ("second", KEY, "X", "?"),
        ("officer", KEY, "not-reviewed", "X"),
    ]
    assert lines[0]["details"] == "why: @x"
    assert lines[1]["what"] == "wrote in the draft"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert history_csv.safe(cell) == f"'{cell}"
    assert history_csv.safe(f"a{cell}") == f"a{cell}"


def test_every_action_has_its_words() -> None:
    found = set()
    for file in Path(paths.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.record":
                said = call.args[1]
                choices = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
                found |= {each.value for each in choices if isinstance(each, ast.Constant)}
    assert {"draft.write", "comment.settle"} <= found
    assert found | {f"version.{act}" for act in Act} <= set(EVENT_NAMES)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_subject SET subject = 'state:XXX' WHERE event_id = :id",
        "DELETE FROM audit_event WHERE id = :id",
    ],
)
def test_the_check_of_the_data_names_the_event(app: Flask, change: str) -> None:
    with app.app_context():
        with transaction():
            last = audit.record("officer", "test", ["state:FRA"])
        with transaction():
            release_audit(db.session.connection())
            if change.startswith("DELETE"):
                db.session.execute(text("DELETE FROM audit_subject WHERE event_id = :id"), {"id": last})
            db.session.execute(text(change), {"id": last})
        chain = next(check for check in installation.checks() if check.name == "audit")
        assert not chain.ok
        assert str(chain.detail) == f"Event {last} is the first that does not hold."

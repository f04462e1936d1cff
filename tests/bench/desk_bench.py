"""The desk's work: a save against its own statements through Core, differences against reading, the pages."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import event

from cpi1540.foundation.access import SYSTEM, Actor, Grant, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.matrix.comparison import compare
from cpi1540.matrix.record import Basis, Code, Entry, Source
from cpi1540.matrix.service import drafts, layouts, reading, saving, speaking, versions
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio

OFFICER = Actor("bench", "bench", frozenset({Grant(Role.DESK_OFFICER)}))
FIELD = "op3cd.transit.nw.framework"


class Back(Exception):
    """Ends a transaction without keeping it, so that every run begins from the same record."""


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        state = states.find("KEN")
        layout = layouts.layout()
        filled = {
            field.key: Entry(Code.FOUND, Basis.REFERENCE, (Source(f"Law {place}, art. 5", "en"),), "As reported", "en")
            for place, field in enumerate(layout.fields)
        }
        with transaction():
            drafts.draft_of(state, OFFICER)
            saving.save(state, {key: _becomes(entry) for key, entry in filled.items()}, OFFICER)
    return [*_save(app), _differences(app), *_pages(app)]


def _becomes(entry: Entry) -> Callable[[Entry], Entry]:
    return lambda _before: entry


def _save(app: Flask) -> list[Measured]:
    """One code set by the service, against the statements it sends, sent again as they were."""
    state = _state(app)

    def incomplete(entry: Entry) -> Entry:
        return replace(entry, code=Code.INCOMPLETE, basis=None)

    def ours() -> None:
        with app.app_context():
            try:
                with transaction():
                    saving.save(state, {FIELD: incomplete}, OFFICER)
                    raise Back
            except Back:
                pass

    sent: list[tuple[Any, Any]] = []

    def note(_connection: Any, statement: Any, many: Any, one: Any, _options: Any) -> None:
        sent.append((statement, many or one))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_execute", note)
    ours()
    event.remove(engine, "before_execute", note)

    def bare() -> None:
        with app.app_context(), db.engine.connect() as connection:
            connection = connection.execution_options(begin_immediate=True)
            for statement, values in sent:
                result = connection.execute(statement, values or None)
                if result.returns_rows:
                    result.all()
            connection.rollback()

    found, mine, floor = ratio(ours, bare)
    return [
        Measured(
            "save of one field, service",
            found,
            f"its {len(sent)} statements, {floor:.2f} ms",
            5.0,
            f"(ours {mine:.2f} ms)",
        )
    ]


def _differences(app: Flask) -> Measured:
    """The differences of two full versions, against reading both."""
    state = _state(app)

    def read() -> tuple[Any, Any]:
        newest = versions.versions_of(state, SYSTEM)
        return reading.matrix(newest[0]), reading.matrix(newest[-1])

    def ours() -> None:
        with app.app_context():
            new, old = read()
            voice = speaking.voice(state, new.version, [*old.entries.values(), *new.entries.values()])
            assert len(compare(old.entries, new.entries, voice.say)) > 300

    def bare() -> None:
        with app.app_context():
            read()

    found, mine, floor = ratio(ours, bare)
    return Measured("differences of two versions", found, f"reading both, {floor:.1f} ms", 2.0, f"(ours {mine:.1f} ms)")


def _pages(app: Flask) -> list[Measured]:
    """The page of a section to write into, and the request that saves one code."""
    client = app.test_client()
    token = _token(client.get("/en/sign-in").get_data(as_text=True))
    client.post("/en/continue-as/desk-officer", data={"csrf_token": token})
    page = "/en/states/KEN/draft/op3cd"
    text = client.get(page).get_data(as_text=True)
    token, shown = _token(text), _median(lambda: client.get(page))
    state, revisions = _state(app), [1]

    def save() -> None:
        option = "?" if revisions[0] % 2 else "X"
        data = {"csrf_token": token, "field": FIELD, "option": option, "revision": str(revisions[0])}
        answer = client.post("/en/states/KEN/draft/save", data=data)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        revisions[0] = answer.get_json()["revision"]

    with app.app_context():
        draft = drafts.open_version(state, OFFICER)
        assert draft is not None
        revisions[0] = reading.revisions(draft)[FIELD]
        engine = db.engine
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    save()
    event.remove(engine, "before_cursor_execute", note)
    return [
        Measured("section to write into, 156 fields, ms", shown, "median of the whole request", 150.0),
        Measured("request that saves one code, ms", _median(save), "median, synchronous commit included", 30.0),
        Measured("statements of that request", float(len(statements)), "statements counted", 10.0),
    ]


def _state(app: Flask) -> Any:
    with app.app_context():
        return states.find("KEN")


def _token(text: str) -> str:
    return text.split('name="csrf_token" value="')[1].split('"')[0]


def _median(call: Callable[[], object], runs: int = 25) -> float:
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)

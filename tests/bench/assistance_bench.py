"""Two thousand requests: their list with filters, the board, what waits; the statements they take."""

import datetime
import statistics
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import event

from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import Channel, Consent, Kind, NeedValues, Requester, RequestValues
from cpi1540.assistance.requests.service import acts, lists, requests, waiting
from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from tests.bench.measuring import Measured

COORDINATOR = Actor("bench", "bench", frozenset({Grant(Role.COORDINATOR)}))
REQUESTS = 2000
_WAY = (Act.AUTHENTICATE, Act.CIRCULATE, Act.ACKNOWLEDGE, Act.SEND, Act.POST)
FILTERS = {
    "everything": lists.EVERYTHING,
    "overdue": lists.Filters(overdue=True),
    "a step and a group": lists.Filters(step=Step.MATCH, group="african"),
    "kind, domain and section": lists.Filters(kind=Kind.TRAINING, domain=Domain.BW, section="op3cd"),
    "a text": lists.Filters(text="item 7 transit"),
}


def measure(app: Flask) -> list[Measured]:
    _fill(app)
    found = [
        Measured(f"list of {REQUESTS} requests, {name}, ms", taken, "median of the first page", 150.0)
        for name, filters in FILTERS.items()
        for taken in [_median(app, lambda filters=filters: lists.listing(filters, COORDINATOR, practice=False))]  # type: ignore[misc]
    ]
    page = Measured(
        "statements of that list",
        float(max(_statements(app, filters) for filters in FILTERS.values())),
        "the most for any filter",
        8.0,
    )
    waits = _median(app, lambda: waiting.waiting_for(COORDINATOR, practice=False))
    return [*found, page, Measured(f"what waits, of {REQUESTS} requests, ms", waits, "median", 1000.0)]


def _fill(app: Flask) -> None:
    """Two thousand requests of all States over two years, three needs each, at every early step."""
    with app.app_context():
        codes = [state.code for state in states.states(practice=False)]
        keys = [field.key for field in layouts.layout().fields if field.section in ("op2", "op3cd")]
        kinds = [kind for kind in Kind if kind is not Kind.NOT_RECORDED]
        with transaction():
            for number in range(REQUESTS):
                day = datetime.date(2024, 1, 8) + datetime.timedelta(days=number % 500)
                needs = [
                    NeedValues(
                        kinds[(number + place) % len(kinds)],
                        tuple(keys[(number * 7 + place * 31 + step) % len(keys)] for step in range(6)),
                        objective=f"Item {number % 100} transit and more",
                    )
                    for place in range(3)
                ]
                asks = Requester((codes[number % len(codes)],))
                values = RequestValues(
                    asks, Channel.NOTE_VERBALE, True, PartialDate.of(day), "en", f"Request {number}", "A text. " * 40,
                    consent=Consent.YES, consent_on=day,
                )  # fmt: skip
                identifier = requests.register(values, needs, COORDINATOR)
                done = [
                    (act, day + datetime.timedelta(days=2 + place + (9 if place > 2 else 0)), "")
                    for place, act in enumerate(_WAY[: number % 6])
                ]
                if done:
                    acts.record_course(identifier, done, COORDINATOR)


def _median(app: Flask, call: Callable[[], object], runs: int = 15) -> float:
    taken = []
    for _run in range(runs + 1):
        with app.app_context():
            start = time.perf_counter()
            call()
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken[1:])


def _statements(app: Flask, filters: lists.Filters) -> int:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        lists.listing(filters, COORDINATOR, practice=False)
        event.remove(engine, "before_cursor_execute", note)
    return len(sent)

"""Matches and the plan from the record: the open needs of the practice record against its offers."""

import statistics
import time
from collections.abc import Callable

from flask import Flask
from installed import add_practice
from sqlalchemy import event

from cpi1540.assistance.matching.service import matches
from cpi1540.assistance.planning.service import plans
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db
from tests.bench.measuring import Measured, ratio


def measure(app: Flask) -> list[Measured]:
    add_practice(app)
    with app.app_context():
        read = matches.open_needs(True, SYSTEM)
        scored, _ours, floor = ratio(
            lambda: matches.open_needs(True, SYSTEM).matching().ranked, lambda: read.matching().ranked, 9
        )
        made = _median(lambda: plans.plan(True, SYSTEM))
        statements = _statements(lambda: plans.plan(True, SYSTEM))
        db.session.remove()
    what = f"{len(read.asked)} needs x {len(read.offers)} offers"
    return [
        Measured(f"{what}, from the record to ranks", scored, f"{floor:.0f} ms from values to ranks", 8.0),
        Measured(f"the plan over {what}, from the record, ms", made, "median", 1000.0),
        Measured("statements of that plan", float(statements), "the same however many needs there are", 35.0),
    ]


def _median(function: Callable[[], object]) -> float:
    taken = []
    for _run in range(5):
        start = time.perf_counter()
        function()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def _statements(function: Callable[[], object]) -> int:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        function()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)

"""The Committee's two-date table from the database, against one plain GROUP BY."""

import datetime

from flask import Flask
from sqlalchemy import func, select, text

from cpi1540.coverage.service import status_tables
from cpi1540.foundation.database import db
from cpi1540.matrix.record import Origin, Status
from cpi1540.matrix.tables import VersionRow
from cpi1540.states import service as states
from tests.bench import coverage_bench
from tests.bench.measuring import Measured, ratio

QUERY = """SELECT e.field, count(CASE WHEN e.code = 'X' THEN 1 END), count(e.code) FROM entry e
JOIN version v ON v.id = e.version_id JOIN state s ON s.id = v.state_id
WHERE v.status = 'approved' AND NOT s.practice GROUP BY e.field"""


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        approved = select(func.count()).where(
            VersionRow.status == Status.APPROVED, VersionRow.origin == Origin.COMMITTEE
        )
        filled = db.session.scalar(approved) or 0
        members = states.states(practice=False)
    if filled < len(members):
        coverage_bench.fill(app)
    with app.app_context():
        before, after = datetime.date(2026, 8, 1), datetime.date(2026, 10, 1)

        def ours() -> object:
            db.session.rollback()
            return status_tables.status_table(members, before, after)

        def floor() -> object:
            db.session.rollback()
            return db.session.execute(text(QUERY)).all()

        found, mine, bare = ratio(ours, floor)
        what = f"status table of {len(members)} States at two dates"
        return [Measured(what, found, f"one GROUP BY, {bare:.0f} ms", 3.0, f"(ours {mine:.0f} ms)")]

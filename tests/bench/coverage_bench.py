"""Coverage of the whole record from the database, against one plain SELECT and the reduction in numpy."""

import datetime
import random

import numpy as np
from flask import Flask
from sqlalchemy import text

from cpi1540.coverage import figures
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.service.figures import Question, coverage
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.matrix.record import NUMBER_OF, Code, Entry, Handling, Origin, Status
from cpi1540.matrix.service import layouts, recording
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio

QUERY = """SELECT e.version_id, e.field, e.code FROM entry e JOIN version v ON v.id = e.version_id
JOIN state s ON s.id = v.state_id WHERE v.status = 'approved' AND NOT s.practice"""


def fill(app: Flask) -> None:
    """Give every Member State an approved version with a code in each field, so that no row can be passed over."""
    draws = random.Random(1540)
    codes = list(Code)
    new = recording.NewVersion(
        Origin.COMMITTEE, Status.APPROVED, Handling.PUBLIC, approved_on=datetime.date(2026, 9, 1), symbol="bench"
    )
    with app.app_context(), transaction():
        layout = layouts.layout()
        for state in states.states(practice=False):
            entries = {field.key: Entry(draws.choice(codes)) for field in layout.fields}
            recording.write(state, layout, new, entries, SYSTEM.id)


def measure(app: Flask) -> list[Measured]:
    fill(app)
    with app.app_context():
        layout = layouts.layout()
        members = states.states(practice=False)
        numbers = {None: 0, **{code.value: NUMBER_OF[code] for code in Code}}
        groups = {group: [state.code for state in each] for group, each in states.by_group(members).items()}

        def ours() -> object:
            db.session.rollback()
            return coverage(states.states(practice=False), Question(), SYSTEM, groups)

        def floor() -> object:
            db.session.rollback()
            rows = db.session.execute(text(QUERY)).all()
            place = {version: row for row, version in enumerate(dict.fromkeys(row[0] for row in rows))}
            codes = np.zeros((len(place), len(layout.fields)), np.int8)
            for version, field, code in rows:
                codes[place[version], layout.positions[field]] = numbers[code]
            tally = figures.tally([str(version) for version in place], codes, layout, EQUAL)
            return figures.coverage([tally], {}, EQUAL.min_reviewed)

        found, mine, bare = ratio(ours, floor)
        what = f"coverage of {len(members)} States x {len(layout.fields)} fields, with five groups"
        return [Measured(what, found, f"SELECT and numpy, {bare:.0f} ms", 3.0, f"(ours {mine:.0f} ms)")]

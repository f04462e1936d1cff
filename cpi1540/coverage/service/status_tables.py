"""The Committee's table at two dates, from the record."""

import datetime
from collections.abc import Sequence

from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.status_table import Codes, StatusTable
from cpi1540.coverage.status_table import status_table as table_of
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states.state import State


def status_table(
    states: Sequence[State], before: datetime.date, after: datetime.date, narrowing: Narrowing = EVERYTHING
) -> StatusTable:
    """For each field, how many of ``states`` have measures recorded on two days, by their effective versions."""

    def blocks(day: datetime.date) -> list[Codes]:
        chosen = list(versions.effective(states, day).values())
        return [(each.layout, each.numbers) for each in reading.codes(chosen)]

    return table_of(layouts.layout(), blocks(before), blocks(after), len(states), narrowing)

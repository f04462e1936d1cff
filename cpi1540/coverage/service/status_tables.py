"""The Committee's table at two dates, from the record, and the States behind one of its cells."""

import datetime
from collections.abc import Collection, Sequence
from enum import StrEnum

from cpi1540.coverage.actions import SEE_STATES_BEHIND
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.statistics.status_table import Count, StatusTable
from cpi1540.coverage.statistics.status_table import status_table as table_of
from cpi1540.foundation.access import Actor, ensure
from cpi1540.matrix.record import Code
from cpi1540.matrix.service import evidence, layouts, versions
from cpi1540.states.state import State


class Which(StrEnum):
    """Which of the States behind a cell: those with X, all in which the field is reviewed, reviewed without X."""

    X = "x"
    REVIEWED = "reviewed"
    NOT_X = "not-x"


def status_table(
    states: Sequence[State], before: datetime.date, after: datetime.date, narrowing: Narrowing = EVERYTHING
) -> StatusTable:
    """For each field, how many of ``states`` have measures recorded on two days, by their effective versions."""
    chosen = [versions.effective(states, day) for day in (before, after)]
    used = {version.layout for of_day in chosen for version in of_day.values()}
    old, new = _counts(*({version.id for version in of_day.values()} for of_day in chosen))
    known = [layouts.layout(code) for code in sorted(used)]
    return table_of(layouts.layout(), known, old, new, len(states), narrowing)


def states_behind(
    states: Sequence[State], field: str, on: datetime.date, which: Which, actor: Actor
) -> list[tuple[State, Code]]:
    """The States that a cell counts on a day, each with its code in ``field``, in the order given; for the office."""
    ensure(actor, SEE_STATES_BEHIND)
    chosen = versions.effective(states, on)
    codes = evidence.codes_in(field, chosen.values())
    found = [(state, codes.get(chosen[state.code].id)) for state in states if state.code in chosen]
    return [(state, code) for state, code in found if code is not None and _asked(code, which)]


def _asked(code: Code, which: Which) -> bool:
    return which is Which.REVIEWED or (code is Code.FOUND) is (which is Which.X)


def _counts(before: Collection[int], after: Collection[int]) -> tuple[dict[str, Count], dict[str, Count]]:
    """The counts of two sets of versions in one pass: most versions are effective on both days."""
    earlier, later = set(before), set(after)
    old: dict[str, Count] = {}
    new: dict[str, Count] = {}
    in_both, only_earlier = 0, 1
    counted = evidence.counted_by_field((earlier & later, earlier - later, later - earlier))
    for field, place, x, reviewed in counted:
        for counts, counts_it in ((old, place in (in_both, only_earlier)), (new, place != only_earlier)):
            if counts_it:
                known = counts.get(field, Count())
                counts[field] = Count(known.x + x, known.reviewed + reviewed)
    return old, new

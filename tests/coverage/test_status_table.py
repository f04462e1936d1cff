"""The two-date table: counts by hand, common keys of two layouts, and laws."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from small_layouts import SMALL, layout, row, section

from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.statistics.status_table import Count, Counts, Pair, StatusRow, StatusTable, status_table
from cpi1540.matrix.layout import Aspect, Domain, Layout, Shape
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

OTHER = layout(section("op1", Shape.SINGLE, row("op1", "npt"), row("op1", "older")))


Block = tuple[Layout, np.ndarray]


def block(of: Layout, *states: dict[str, int]) -> Block:
    numbers = np.zeros((len(states), len(of.fields)), dtype=np.int8)
    for place, codes in enumerate(states):
        for key, number in codes.items():
            numbers[place, of.positions[key]] = number
    return of, numbers


def counted(blocks: Sequence[Block]) -> Counts:
    """Field key -> its count, from the codes of States: what the service asks the database for."""
    found: dict[str, Count] = {}
    for of, numbers in blocks:
        for key, place in of.positions.items():
            known, codes = found.get(key, Count()), numbers[:, place].tolist()
            found[key] = Count(known.x + codes.count(FOUND), known.reviewed + sum(code != UNREVIEWED for code in codes))
    return found


def table_of(printed: Layout, before: Sequence[Block], after: Sequence[Block], n: int, asked: Narrowing) -> StatusTable:
    used = [each for each, _numbers in (*before, *after)]
    return status_table(printed, used, counted(before), counted(after), n, asked)


def test_counts_by_hand() -> None:
    key = "op2.finance.cw."
    old = block(SMALL, {f"{key}framework": INCOMPLETE, "op1.npt": FOUND}, {f"{key}framework": UNREVIEWED})
    new = block(SMALL, {f"{key}framework": FOUND, f"{key}enforcement": BLANK}, {f"{key}framework": NOT_APPLICABLE})
    table = table_of(SMALL, [old], [new], 3, EVERYTHING)
    assert (table.n_states, table.left_out) == (3, 0)
    rows = {(each.section, each.row, each.domain): each for each in table.rows}
    finance = Pair(Count(0, 1), Count(1, 2)), Pair(Count(0, 0), Count(0, 1))
    assert rows["op2", "finance", Domain.CW] == StatusRow("op2", "finance", Domain.CW, *finance)
    assert rows["op1", "npt", None] == StatusRow("op1", "npt", None, Pair(Count(1, 1), Count(0, 0)), None)
    assert ("op1", "membership", None) in rows, "information rows are counted too"
    assert len(table.rows) == 3 + 6 + 5 + 6 + 2


def test_over_two_layouts_the_common_fields() -> None:
    table = table_of(SMALL, [block(OTHER, {"op1.npt": FOUND})], [block(SMALL, {"op1.npt": FOUND}, {})], 2, EVERYTHING)
    assert [(each.row, each.framework) for each in table.rows] == [("npt", Pair(Count(1, 1), Count(1, 1)))]
    assert table.left_out == len(SMALL.fields) - 1 + 1


def test_without_a_version_every_field_is_there_and_zero() -> None:
    table = table_of(SMALL, [], [], 5, EVERYTHING)
    assert {each.framework for each in table.rows} == {Pair(Count(), Count())}
    assert sum(1 + (each.enforcement is not None) for each in table.rows) == len(SMALL.fields)


def test_narrowed() -> None:
    asked = Narrowing("op2", Domain.BW, Aspect.ENFORCEMENT)
    table = table_of(SMALL, [], [], 1, asked)
    assert [(each.row, each.domain, each.framework) for each in table.rows] == [
        ("manufacture", Domain.BW, None),
        ("finance", Domain.BW, None),
    ]


@given(arrays.arrays(np.int8, (4, len(SMALL.fields)), elements=st.integers(0, 4)))
def test_no_more_x_than_reviewed_nor_reviewed_than_states(numbers: np.ndarray) -> None:
    table = table_of(SMALL, [], [(SMALL, numbers)], 4, EVERYTHING)
    pairs = [pair for each in table.rows for pair in (each.framework, each.enforcement) if pair]
    assert all(0 <= pair.after.x <= pair.after.reviewed <= 4 for pair in pairs)
    assert sum(pair.after.x for pair in pairs) == int((numbers == FOUND).sum())


def test_no_share_where_nobody_was_reviewed() -> None:
    assert [Count(0, 0).share, Count(0, 4).share, Count(3, 4).share] == [None, 0.0, 0.75]

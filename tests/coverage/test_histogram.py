"""States by their number of fields: bins by hand, and the laws of a histogram."""

import numpy as np
import pytest
from figure_cases import CODE_NUMBERS, N_FIELDS, narrowings, records
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.statistics.histogram import MOST_BINS, WIDTHS, Bin, bins, histogram
from cpi1540.coverage.statistics.totals import histogram_of, totals
from cpi1540.matrix.record import BLANK, FOUND, NOT_APPLICABLE, UNREVIEWED


def states_of(codes: np.ndarray) -> Block:
    return Block(tuple(f"S{place}" for place in range(len(codes))), codes, SMALL)


def test_bins_of_the_headline_have_the_committees_width() -> None:
    found = bins(316)
    assert [each.code for each in found[:3]] == ["0", "1-30", "31-60"]
    assert found[-1] == Bin(301, 316)


def test_few_fields_have_bins_of_one() -> None:
    assert [each.code for each in bins(3)] == ["0", "1", "2", "3"]


def test_by_hand() -> None:
    found = histogram({"A": 0, "B": None, "C": 30, "D": 31, "E": 61}, 316)
    assert [n for _bin, n in found.counts()][:4] == [1, 1, 1, 1]
    assert found.states_in(Bin(1, 30)) == ("C",)
    assert found.unreviewed == ("B",), "a State that nobody has reviewed is not one with no field"
    assert (found.n_states, found.n_reviewed, found.mean) == (5, 4, 30.5)
    assert found.at_most(30) == 2


def test_nobody_reviewed_has_no_mean() -> None:
    found = histogram({"A": None}, 10)
    assert found.mean is None
    assert sum(n for _bin, n in found.counts()) == 0


def test_more_fields_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="within 0 and 3"):
        histogram({"A": 4}, 3)


@given(st.integers(0, 400))
def test_bins_take_each_number_once(fields: int) -> None:
    found = bins(fields)
    assert all(sum(each.takes(n) for each in found) == 1 for n in range(fields + 1))
    assert len(found) - 1 <= MOST_BINS or fields > MOST_BINS * max(WIDTHS)


@given(records, narrowings)
def test_bins_and_the_unreviewed_make_all_states(codes: np.ndarray, narrowing: Narrowing) -> None:
    found = histogram_of([states_of(codes)], narrowing)
    assert sum(n for _bin, n in found.counts()) + len(found.unreviewed) == len(codes)


@given(records, narrowings)
def test_totals_are_the_sum_of_the_histogram(codes: np.ndarray, narrowing: Narrowing) -> None:
    block = states_of(codes)
    found, counted = histogram_of([block], narrowing), totals([block], [block], narrowing, {})
    assert sum(n or 0 for n in found.of_state.values()) == counted.whole.after.counts["X"]
    assert found.mean == counted.whole.after.mean_fields
    assert counted.whole.before == counted.whole.after
    assert counted.left_out == 0
    domains = [total for part, total in counted.parts.items() if part.kind == "domain"]
    if narrowing.section not in ("op1", "op678"):
        assert sum(total.after.counts["X"] for total in domains) == counted.whole.after.counts["X"]


def test_not_applicable_alone_is_not_reviewed() -> None:
    assert {UNREVIEWED, NOT_APPLICABLE} <= set(CODE_NUMBERS)
    codes = np.zeros((2, N_FIELDS), np.int8)
    place = SMALL.positions["op2.finance.nw.framework"]
    codes[0, place], codes[1, place] = NOT_APPLICABLE, BLANK
    assert histogram_of([states_of(codes)], EVERYTHING).of_state == {"S0": None, "S1": 0}
    codes[1, place] = FOUND
    assert histogram_of([states_of(codes)], EVERYTHING).of_state == {"S0": None, "S1": 1}

import numpy as np
from figure_cases import record
from uncertainty_cases import read

from cpi1540.coverage.uncertainty.bands import headline_draws
from cpi1540.coverage.uncertainty.distinction import RankRange, not_told_from, rank_ranges
from cpi1540.matrix.record import BLANK, FOUND

NOTHING = np.full(100, np.nan)


def test_states_differ_when_the_band_of_their_difference_excludes_0() -> None:
    base = np.linspace(0.4, 0.6, 100)
    # B is a little higher in every draw: told apart, though the two bands overlap almost wholly.
    draws = np.stack([base, base + 0.01, base[::-1], NOTHING, base])
    assert not_told_from("A", list("ABCDE"), draws) == ("C", "E")
    assert not_told_from("B", list("ABCDE"), draws) == ("C",)
    assert not_told_from("D", list("ABCDE"), draws) == ()


def test_a_difference_may_change_sign_in_a_few_draws() -> None:
    base = np.zeros(100)
    four, six = np.full(100, 0.1), np.full(100, 0.1)
    four[:4], six[:6] = -0.1, -0.1
    draws = np.stack([base, four, six])
    assert not_told_from("A", list("ABC"), draws) == ("C",)


def test_a_state_that_holds_more_in_every_section_is_told_apart() -> None:
    codes = np.concatenate([record(op2=FOUND, op3ab=FOUND, op3cd=BLANK), record(op2=FOUND, op3ab=BLANK, op3cd=BLANK)])
    of = read(codes)
    assert not_told_from("A", of.states, headline_draws(of, 50.0)) == ()


def test_a_rank_is_a_range_of_places() -> None:
    base = np.full(100, 0.5)
    changing = np.where(np.arange(100) < 50, 0.9, 0.1)
    draws = np.stack([base, changing, base, NOTHING])
    assert rank_ranges(list("ABCD"), draws) == {
        "A": RankRange(1, 2, 3),
        "B": RankRange(1, 3, 3),
        "C": RankRange(1, 2, 3),
    }
    assert rank_ranges(["D"], draws[3:]) == {}

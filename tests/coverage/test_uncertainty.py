import math
from dataclasses import replace

import numpy as np
import pytest
from figure_cases import CODE_NUMBERS, N_FIELDS, any_weights, narrowings, profiles, record, records
from figure_cases import ask as figures_of
from hypothesis import given, settings
from scipy import stats
from small_layouts import SMALL, layout, row, section
from uncertainty_cases import ONE_GROUP, ask, block, by_hand, read

from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.uncertainty import bands as uncertainty
from cpi1540.coverage.uncertainty.bands import Band, bands, headline_draws, readable
from cpi1540.matrix.layout import Shape
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

PARTS = (0.05, 0.5, 0.95)


def near(found: Band | None, expected: list[float], within: float = 0.012) -> None:
    assert found is not None
    assert [found.p5, found.p50, found.p95] == pytest.approx(expected, abs=within)


# Known beforehand


def test_what_is_certain_does_not_move() -> None:
    codes = np.concatenate([record(op2=code, op3ab=code, op3cd=code) for code in (FOUND, BLANK)])
    found = ask(codes)
    assert found.states["A"].total == Band(1, 1, 1)
    assert found.states["B"].total == Band(0, 0, 0)


def test_nothing_reviewed_or_applicable_is_no_band() -> None:
    codes = np.concatenate([record(), record(op2=NOT_APPLICABLE, op3ab=NOT_APPLICABLE, op3cd=NOT_APPLICABLE)])
    found = ask(codes, groups={"weog": ["A", "B"]})
    for each in (*found.states.values(), *found.groups.values(), found.all):
        assert each.total is None
        assert set(each.sections.values()) == {None}


def test_an_incomplete_field_is_read_anywhere_between_0_and_1() -> None:
    found = ask(record(op2=INCOMPLETE, op3ab=INCOMPLETE, op3cd=INCOMPLETE), draws=20_000)
    near(found.states["A"].total, list(PARTS))
    assert found.states["A"].total == found.states["A"].sections["op2"]  # one reading for all, whatever the weights


def test_weights_of_sections_move_the_total_and_no_section() -> None:
    found = ask(record(op2=FOUND, op3ab=BLANK, op3cd=BLANK), draws=20_000)
    # One of three normalised Gamma weights is a Beta: 12 of the 26 fields are of op2.
    expected = stats.beta(50 * 12 / 26, 50 * 14 / 26).ppf(PARTS)
    near(found.states["A"].total, list(expected))
    assert found.states["A"].sections["op2"] == Band(1, 1, 1)
    assert found.states["A"].sections["op3cd"] == Band(0, 0, 0)


@pytest.mark.parametrize(("kappa", "wide"), [(1.0, 0.9), (50.0, 0.3), (1e6, 0.0016), (0.1, 1.0)])
def test_the_larger_the_concentration_the_narrower_the_band(kappa: float, wide: float) -> None:
    found = ask(record(op2=FOUND, op3ab=BLANK, op3cd=BLANK), replace(EQUAL, concentration=kappa), draws=2000)
    band = found.states["A"].total
    assert band is not None
    assert band.p95 - band.p5 == pytest.approx(wide, rel=0.3)


def test_a_concentration_too_small_to_draw_with_still_gives_a_band() -> None:
    found = ask(record(op2=FOUND, op3ab=BLANK, op3cd=BLANK), replace(EQUAL, concentration=1e-9))
    band = found.states["A"].total
    assert band is not None and 0 <= band.p5 <= band.p95 <= 1


def test_weights_of_the_profile_are_what_is_varied_around() -> None:
    heavy = Profile("heavy", 1, sections={"op2": 3.0})
    found = ask(record(op2=FOUND, op3ab=BLANK, op3cd=BLANK), heavy, draws=20_000)
    near(found.states["A"].total, list(stats.beta(50 * 36 / 50, 50 * 14 / 50).ppf(PARTS)))


def test_one_section_alone_has_no_weight_to_vary() -> None:
    codes = record(op2=FOUND, op3ab=BLANK)
    codes[0, SMALL.positions["op2.finance.nw.framework"]] = BLANK
    found = ask(codes, narrowing=Narrowing("op2"))
    assert found.states["A"].total == found.states["A"].sections["op2"]
    near(found.states["A"].total, [11 / 12] * 3, 1e-11)


def test_the_band_may_exclude_the_point() -> None:
    # Three fields reviewed, each X, of 26: the point looks at nothing else, and the band reads the rest anywhere.
    codes = record()
    for key in ("op2.finance.nw.framework", "op3ab.itdb.nw.framework", "op3cd.transit.nw.framework"):
        codes[0, SMALL.positions[key]] = FOUND
    point = figures_of(codes).states["A"].total.point
    band = ask(codes).states["A"].total
    assert point == 1.0
    assert band is not None and band.p95 < point


def test_a_group_is_read_over_all_its_fields_and_averages_the_readings() -> None:
    codes = np.concatenate([record(op2=INCOMPLETE)] * 8)
    found = ask(codes, narrowing=Narrowing("op2"), groups={"weog": list("ABCD"), "one": ["C"]}, draws=20_000)
    near(found.states["C"].total, list(PARTS))
    near(found.groups["weog"].total, [stats.irwinhall(4).ppf(part) / 4 for part in PARTS])
    near(found.all.total, [stats.irwinhall(8).ppf(part) / 8 for part in PARTS])
    one, alone = found.groups["one"].total, found.states["C"].total
    assert one is not None and alone is not None
    assert (one.p5, one.p50, one.p95) == pytest.approx((alone.p5, alone.p50, alone.p95), abs=1e-12)


def test_a_group_that_names_a_stranger_is_refused() -> None:
    with pytest.raises(KeyError):
        ask(record(op2=FOUND), groups={"weog": ["A", "Z"]})


# Observed rates

FINANCE = [place for place, field in enumerate(SMALL.fields) if field.row == "finance"]


def in_the_row(reviewed: int) -> np.ndarray:
    """Eleven States: ``reviewed`` have half of the row with X and half blank, the last has one other field."""
    codes = np.concatenate([record() for _state in range(11)])
    codes[:reviewed, FINANCE[::2]], codes[:reviewed, FINANCE[1::2]] = FOUND, BLANK
    codes[10, SMALL.positions["op2.manufacture.nw.framework"]] = FOUND
    return codes


def test_a_row_that_ten_states_have_reviewed_is_read_at_their_rate() -> None:
    found = read(in_the_row(10), narrowing=Narrowing(rows=frozenset({"op2.finance"})))
    assert found.sure[10, 1] == 3.0  # 6 fields at 0.5
    assert found.open[10, 1] == 0.0
    found = read(in_the_row(9), narrowing=Narrowing(rows=frozenset({"op2.finance"})))
    assert found.sure[10, 1] == 0.0
    assert found.open[10, 1] == 6.0


def test_a_rate_takes_an_incomplete_field_as_half_and_leaves_out_what_does_not_apply() -> None:
    codes = in_the_row(10)
    codes[:, FINANCE[0]] = INCOMPLETE
    codes[:, FINANCE[1]] = NOT_APPLICABLE
    codes[10, FINANCE] = UNREVIEWED
    found = read(codes, narrowing=Narrowing(rows=frozenset({"op2.finance"})))
    assert found.sure[10, 1] == pytest.approx(6 * (2 + 0.5) / 5)


def test_the_rate_is_that_of_the_group_of_the_state() -> None:
    groups = {**ONE_GROUP, "K": "grulac"}
    found = readable([block(in_the_row(10))], groups, EQUAL, Narrowing(rows=frozenset({"op2.finance"})))
    assert found.open[10, 1] == 6.0


def test_a_rate_is_made_over_two_layouts() -> None:
    other = layout(section("op2", Shape.DOMAINS, row("op2", "finance")), *SMALL.sections[2:])
    half = in_the_row(10)
    blocks = [block(half[:5]), block(np.concatenate([record() for _ in range(6)])[:, : len(other.fields)], other, "F")]
    blocks[1].codes[:] = UNREVIEWED
    blocks[1].codes[:5, :6] = FOUND
    found = readable(blocks, ONE_GROUP, EQUAL, Narrowing("op2", rows=frozenset({"op2.finance"})))
    assert found.states == tuple("ABCDEFGHIJK")
    assert found.sure[10, 0] == pytest.approx(6 * 0.75)


# Laws


@settings(max_examples=40)
@given(records, profiles(any_weights), narrowings)
def test_bands_are_in_order_and_stand_where_there_is_a_point(
    codes: np.ndarray, profile: Profile, narrowing: Narrowing
) -> None:
    figures = figures_of(codes, profile, narrowing, {"g": ["A"]})
    found = ask(codes, profile, narrowing, {"g": ["A"]}, draws=50)
    pairs = [(figures.all, found.all), (figures.groups["g"], found.groups["g"])]
    pairs += [(figures.states[state], found.states[state]) for state in figures.states]
    for figure, band in pairs:
        assert list(figure.sections) == list(band.sections)
        known = [(figure.total, band.total), *zip(figure.sections.values(), band.sections.values(), strict=True)]
        for one, other in known:
            assert (one.point is None) == (other is None)
            if other is not None:
                assert 0 <= other.p5 <= other.p50 <= other.p95 <= 1


@settings(max_examples=20)
@given(records)
def test_draws_are_what_paper_and_pencil_give(codes: np.ndarray) -> None:
    states = [chr(ord("A") + place) for place in range(len(codes))]
    found = ask(codes, draws=7, seed=3)
    drawn = headline_draws(read(codes), EQUAL.concentration, draws=7, seed=3)
    for place, state in enumerate(states):
        if found.states[state].total is not None:
            expected = by_hand({state: codes[place].tolist()}, 7, 3, 50.0)
            assert drawn[place] == pytest.approx(expected)
            near(found.states[state].total, np.quantile(expected, PARTS).tolist(), 1e-9)
        else:
            assert np.isnan(drawn[place]).all()
    if found.all.total is not None:
        rows = {state: codes[place].tolist() for place, state in enumerate(states)}
        near(found.all.total, np.quantile(by_hand(rows, 7, 3, 50.0), PARTS).tolist(), 1e-9)


def test_a_state_has_the_same_band_whoever_stands_beside_it() -> None:
    codes = np.random.default_rng(1).choice(CODE_NUMBERS, (5, N_FIELDS)).astype(np.int8)
    every = read(codes)
    alone = bands(every.of(["D"]), {}, 50.0, 100, 1)
    assert alone.states["D"] == bands(every, {}, 50.0, 100, 1).states["D"]
    assert every.of(["D", "B"]).states == ("D", "B")


def test_the_seed_alone_decides() -> None:
    codes = np.random.default_rng(1).choice(CODE_NUMBERS, (3, N_FIELDS)).astype(np.int8)
    assert ask(codes, seed=1) == ask(codes, seed=1)
    assert ask(codes, seed=1).states != ask(codes, seed=2).states


def test_how_many_are_held_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = np.random.default_rng(1).choice(CODE_NUMBERS, (5, N_FIELDS)).astype(np.int8)
    every = ask(codes, groups={"g": ["A", "C", "E"]})
    monkeypatch.setattr(uncertainty, "_AT_ONCE", 2 * 200 * 6)
    few = ask(codes, groups={"g": ["A", "C", "E"]})
    assert few.states == every.states
    for one, other in ((few.groups["g"].total, every.groups["g"].total), (few.all.total, every.all.total)):
        assert one is not None and other is not None
        assert math.isclose(one.p5, other.p5) and math.isclose(one.p95, other.p95)


def test_weights_are_common_to_all_states() -> None:
    codes = np.concatenate([record(op2=FOUND, op3ab=BLANK, op3cd=BLANK)] * 2)
    drawn = headline_draws(read(codes), 50.0)
    assert (drawn[0] == drawn[1]).all()
    assert drawn[0].std() > 0.05

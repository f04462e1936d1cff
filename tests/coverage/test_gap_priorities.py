"""Factors of a priority: each value with its reason, and the sum that they make."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL

from cpi1540.coverage.gaps.gap_list import gaps
from cpi1540.coverage.gaps.priorities import NO_GROUND, SHARES, Ground, Peers
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.foundation.factor import Factor
from cpi1540.matrix.layout import Role
from cpi1540.matrix.record import Code, Entry, Source

FRAMEWORK, ENFORCEMENT = "op2.finance.nw.framework", "op2.finance.nw.enforcement"
ON = datetime.date(2026, 11, 24)
FINANCE = Lens("finance", {}, {}, frozenset({"op2.finance"}))
KEYS = [field.key for field in SMALL.fields if field.role is Role.COUNTED]


def factor(name: str, field: str, codes: dict[str, Entry], ground: Ground = NO_GROUND) -> Factor:
    (gap,) = [gap for gap in gaps(SMALL, codes, EQUAL, ground).gaps if gap.field == field]
    return next(each for each in gap.factors if each.name == name)


def test_the_shares_sum_to_1() -> None:
    assert sum(SHARES.values()) == pytest.approx(1.0, abs=1e-12)


def test_enforcement_waits_for_a_framework_that_is_a_gap_and_the_framework_is_awaited() -> None:
    both = {FRAMEWORK: Entry(Code.INCOMPLETE), ENFORCEMENT: Entry(Code.BLANK)}
    waits, awaited = factor("dependence", ENFORCEMENT, both), factor("dependence", FRAMEWORK, both)
    assert (waits.value, awaited.value) == (0.0, 1.0)
    assert FRAMEWORK in str(waits.because) and ENFORCEMENT in str(awaited.because)


@pytest.mark.parametrize(
    ("framework", "value"), [(Code.FOUND, 0.75), (Code.NOT_APPLICABLE, 0.75), (None, 0.5), (Code.BLANK, 0.0)]
)
def test_what_enforcement_waits_for(framework: Code | None, value: float) -> None:
    codes = {FRAMEWORK: Entry(framework), ENFORCEMENT: Entry(Code.BLANK)}
    assert factor("dependence", ENFORCEMENT, codes).value == value


@pytest.mark.parametrize("enforcement", [Code.FOUND, Code.NOT_APPLICABLE, None])
def test_a_framework_for_which_nothing_waits_is_neutral(enforcement: Code | None) -> None:
    codes = {FRAMEWORK: Entry(Code.BLANK), ENFORCEMENT: Entry(enforcement)}
    assert factor("dependence", FRAMEWORK, codes).value == 0.5


def test_a_row_with_one_code_waits_for_nothing() -> None:
    told = factor("dependence", "op678.contact-point", {"op678.contact-point": Entry(Code.BLANK)})
    assert (told.value, str(told.because)) == (
        0.5,
        "The row has one code: it waits for no other field, and none waits for it.",
    )


@pytest.mark.parametrize(
    ("peers", "value", "because"),
    [
        (None, 0.5, "Of the other States of the regional group, none is reviewed in this field."),
        (Peers(0, 0), 0.5, "Of the other States of the regional group, none is reviewed in this field."),
        (Peers(0, 4), 0.0, "Of 4 other States of the regional group reviewed in this field, 0 have measures recorded."),
        (
            Peers(3, 4),
            0.75,
            "Of 4 other States of the regional group reviewed in this field, 3 have measures recorded.",
        ),
        (Peers(1, 1), 1.0, "Of 1 other State of the regional group reviewed in this field, 1 has measures recorded."),
    ],
)
def test_how_many_of_the_group_have_it(peers: Peers | None, value: float, because: str) -> None:
    ground = Ground({FRAMEWORK: peers} if peers else {})
    told = factor("peers", FRAMEWORK, {FRAMEWORK: Entry(Code.BLANK)}, ground)
    assert (told.value, str(told.because)) == (value, because)


def test_a_lens_counts_only_where_one_is_asked_for() -> None:
    codes = {FRAMEWORK: Entry(Code.BLANK), "op3cd.transit.nw.framework": Entry(Code.BLANK)}
    without = gaps(SMALL, codes, EQUAL)
    assert all(each.name != "lens" for gap in without.gaps for each in gap.factors)
    within = gaps(SMALL, codes, EQUAL, Ground(lens=FINANCE))
    assert [factor("lens", gap.field, codes, Ground(lens=FINANCE)).value for gap in within.gaps] == [1.0, 0.0]
    assert within.gaps[0].field == FRAMEWORK
    assert factor("lens", FRAMEWORK, codes, Ground(lens=FINANCE)).weight == SHARES["lens"]
    assert factor("lens", "op3cd.transit.nw.framework", codes, Ground(lens=Lens("all", {}, {}))).value == 1.0


@pytest.mark.parametrize(
    ("version", "source", "value"),
    [
        (datetime.date(2026, 11, 24), None, 0.0),
        (datetime.date(2025, 11, 24), None, 12 / 60),
        (datetime.date(2025, 11, 25), None, 11 / 60),
        (datetime.date(2010, 1, 1), None, 1.0),
        (datetime.date(2010, 1, 1), datetime.date(2024, 11, 1), 24 / 60),
        (datetime.date(2025, 11, 24), datetime.date(2001, 1, 1), 12 / 60),
        (None, datetime.date(2023, 11, 24), 36 / 60),
        (datetime.date(2027, 1, 1), None, 0.0),
        (None, None, 0.5),
    ],
)
def test_age_is_counted_from_the_newest_date(
    version: datetime.date | None, source: datetime.date | None, value: float
) -> None:
    entry = Entry(Code.INCOMPLETE, sources=(Source("a law", as_of=source),) if source else ())
    assert factor("age", FRAMEWORK, {FRAMEWORK: entry}, Ground(dated=version, on=ON)).value == pytest.approx(value)


@given(
    codes=st.dictionaries(st.sampled_from(KEYS), st.sampled_from([None, *Code])),
    peers=st.dictionaries(
        st.sampled_from(KEYS), st.integers(0, 9).flatmap(lambda n: st.builds(Peers, st.integers(0, n), st.just(n)))
    ),
    lens=st.sampled_from([None, FINANCE]),
    dated=st.none() | st.dates(datetime.date(2000, 1, 1), ON),
    weights=st.dictionaries(st.sampled_from(["op2", "op3ab", "op3cd", "op678"]), st.floats(0, 100)),
)
def test_the_sum_and_the_list_say_the_same(
    codes: dict[str, Code | None],
    peers: dict[str, Peers],
    lens: Lens | None,
    dated: datetime.date | None,
    weights: dict[str, float],
) -> None:
    entries = {key: Entry(code) for key, code in codes.items()}
    for gap in gaps(SMALL, entries, Profile("p", 1, sections=weights), Ground(peers, lens, dated, ON)).gaps:
        assert sum(each.weight for each in gap.factors) == pytest.approx(1.0, abs=1e-12)
        assert all(0 <= each.value <= 1 for each in gap.factors)
        assert gap.priority == pytest.approx(sum(each.weight * each.value for each in gap.factors), abs=1e-12)
        assert 0 <= gap.priority <= 1
        assert [each.name for each in gap.factors] == [name for name in SHARES if name != "lens" or lens]

"""Figures taken apart: the parts of a figure hold together with the whole."""

import numpy as np
from figure_cases import N_FIELDS, TWELVE, any_weights, narrowings, profiles, records
from hypothesis import given
from small_layouts import SMALL

from cpi1540.coverage.breakdown import WHOLE, Block, Part, explained, parts
from cpi1540.coverage.figures import coverage, tally
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.matrix.record import FOUND, INCOMPLETE


def states_of(codes: np.ndarray) -> tuple[str, ...]:
    return tuple(chr(ord("A") + place) for place in range(len(codes)))


@given(records, narrowings, profiles(any_weights))
def test_the_whole_is_the_figure_that_coverage_gives(codes, narrowing, profile) -> None:
    states = states_of(codes)
    found = explained([Block(states, codes, SMALL)], parts([SMALL], narrowing), narrowing, profile, {"all": states})
    expected = coverage([tally(states, codes, SMALL, profile, narrowing)], {}, profile.min_reviewed).all
    assert found["all"][WHOLE].figure == expected.total
    for part, each in found["all"].items():
        if part.kind == "section":
            assert each.figure == expected.sections[part.code]


@given(records, narrowings)
def test_the_parts_of_each_kind_add_up_to_the_whole(codes, narrowing) -> None:
    states = states_of(codes)
    narrowing = Narrowing(narrowing.section or "op2", narrowing.domain, narrowing.aspect, narrowing.rows)
    asked = parts([SMALL], narrowing)
    found = explained([Block(states, codes, SMALL)], asked, narrowing, EQUAL, {"all": states})["all"]
    for kind in ("domain", "aspect", "row"):
        those = [each.figure for part, each in found.items() if part.kind == kind]
        if those and narrowing.section in HEADLINE_SECTIONS:
            assert sum(each.fields for each in those) == found[WHOLE].figure.fields
            assert sum(each.counts["X"] for each in those) == found[WHOLE].figure.counts["X"]


def test_the_formula_s_values_give_the_figure() -> None:
    codes = np.full((1, N_FIELDS), FOUND, np.int8)
    codes[0, SMALL.positions["op2.finance.cw.enforcement"]] = INCOMPLETE
    narrowing = Narrowing("op2", rows=frozenset(["op2.finance"]))
    whole = explained([Block(("A",), codes, SMALL)], (), narrowing, EQUAL, {"A": ["A"]})["A"][WHOLE]
    assert (whole.weights["X"], whole.weights["?"], whole.reviewed, whole.applicable) == (5, 1, 6, 6)
    assert whole.figure.low == 5 / 6
    assert whole.figure.point == 5.5 / 6


def test_a_part_of_another_layout_counts_no_field_of_this_one() -> None:
    blocks = [
        Block(("A",), np.full((1, N_FIELDS), FOUND, np.int8), SMALL),
        Block(("B",), np.full((1, len(TWELVE.fields)), FOUND, np.int8), TWELVE),
    ]
    asked = parts([SMALL, TWELVE], EVERYTHING)
    assert Part("section", "op3cd") in asked
    found = explained(blocks, asked, EVERYTHING, EQUAL, {"B": ["B"]})["B"]
    assert found[Part("section", "op3cd")].figure.fields == 0
    assert found[Part("section", "op3cd")].figure.point is None


def test_rows_are_told_only_where_a_section_or_some_rows_are_asked_for() -> None:
    assert not [part for part in parts([SMALL], EVERYTHING) if part.kind == "row"]
    assert Part("row", "op2.finance") in parts([SMALL], Narrowing("op2"))

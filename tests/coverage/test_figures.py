import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL, layout, row, section

from cpi1540.coverage.figures import KINDS, Coverage, Figure, SectionFigures, coverage, figure, tally
from cpi1540.coverage.figures_json import figure_json
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import EVERYTHING, HEADLINE, Narrowing, masks
from cpi1540.matrix.layout import SECTION_CODES, Aspect, Domain, Layout, Shape
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

N_FIELDS = len(SMALL.fields)
CODE_NUMBERS = (UNREVIEWED, BLANK, INCOMPLETE, FOUND, NOT_APPLICABLE)
TWELVE = layout(section("op2", Shape.DOMAINS, row("op2", "manufacture"), row("op2", "finance")))

Codes = npt.NDArray[np.int8]

# Eighths add up exactly, so that laws can be asked for without a margin.
exact_weights = st.integers(0, 40).map(lambda n: n / 8)
# Products of four of these neither overflow nor vanish, as those of absurd weights would.
any_weights = st.just(0.0) | st.floats(0.001, 1000)


def profiles(weights: st.SearchStrategy[float]) -> st.SearchStrategy[Profile]:
    def some(names: Sequence[str]) -> st.SearchStrategy[dict[str, float]]:
        return st.dictionaries(st.sampled_from(names), weights)

    return st.builds(
        Profile,
        name=st.just("drawn"),
        version=st.just(1),
        min_reviewed=st.floats(0.01, 1),
        sections=some(SECTION_CODES),
        rows=some(["op1.npt", "op2.finance", "op3ab.itdb", "op3cd.transit", "op678.contact-point"]),
        domains=some(list(Domain)),
        aspects=some(list(Aspect)),
    )


narrowings = st.builds(
    Narrowing,
    st.sampled_from([None, *SECTION_CODES]),
    st.sampled_from([None, *Domain]),
    st.sampled_from([None, *Aspect]),
)
code_rows = st.lists(st.sampled_from(CODE_NUMBERS), min_size=N_FIELDS, max_size=N_FIELDS)
records = st.lists(code_rows, min_size=1, max_size=5).map(lambda rows: np.array(rows, np.int8))


def ask(
    codes: Codes,
    profile: Profile = EQUAL,
    narrowing: Narrowing = EVERYTHING,
    groups: Mapping[str, Sequence[str]] | None = None,
    printed: Layout = SMALL,
) -> Coverage:
    """The figures of States A, B, ..., one a row of ``codes``."""
    states = [chr(ord("A") + place) for place in range(len(codes))]
    return coverage([tally(states, codes, printed, profile, narrowing)], groups or {}, profile.min_reviewed)


def record(**sections: int) -> Codes:
    """One State's codes: a code for all fields of each section named, the rest not reviewed."""
    return np.array([[sections.get(field.section, UNREVIEWED) for field in SMALL.fields]], np.int8)


def twelve(*numbers: int) -> Codes:
    """One State's codes in a layout of twelve op2 fields, those left out not reviewed."""
    return np.array([[*numbers, *[UNREVIEWED] * (12 - len(numbers))]], np.int8)


def every_figure(found: Coverage) -> list[Figure]:
    answers: list[SectionFigures] = [*found.states.values(), *found.groups.values(), found.all]
    return [each for answer in answers for each in (answer.total, *answer.sections.values())]


def bounds(found: Figure) -> tuple[float | None, float | None, float | None]:
    return found.low, found.point, found.high


# Worked examples


def test_a_figure_by_hand() -> None:
    # 4 X, 2 ?, 1 blank, 2 NA, 3 not reviewed: A = 10.
    codes = twelve(*[FOUND] * 4, *[INCOMPLETE] * 2, BLANK, *[NOT_APPLICABLE] * 2)
    found = ask(codes, printed=TWELVE).states["A"].total
    assert found == Figure(
        fields=12,
        counts={"X": 4, "?": 2, "NA": 2, "blank": 1, "unreviewed": 3},
        low=0.4,  # 4 / 10
        point=5 / 7,  # (4 + 1) / 7
        high=0.9,  # (4 + 2 + 3) / 10
        reviewed_share=0.7,
        sufficient=True,
        n_states=1,
        n_reviewed=1,
        mean_fields=4.0,
    )
    assert (found.reviewed, found.applicable) == (7, 10)


def test_a_weighted_figure_by_hand() -> None:
    # Framework weighs 3 and enforcement 1; fields alternate. X on one of each, blank on one of each, ? on a
    # framework, NA on its enforcement, 6 fields not reviewed: n_X 4, n_blank 4, n_? 3, n_unrev 12, A 23.
    profile = Profile("frame", 1, aspects={"framework": 3.0})
    codes = twelve(FOUND, FOUND, BLANK, BLANK, INCOMPLETE, NOT_APPLICABLE)
    found = ask(codes, profile, printed=TWELVE).all.total
    assert found.counts == {"X": 2, "?": 1, "NA": 1, "blank": 2, "unreviewed": 6}
    assert bounds(found) == (4 / 23, 5.5 / 11, 19 / 23)
    assert found.reviewed_share == 11 / 23
    assert not found.sufficient
    assert found.mean_fields == 2.0


def test_a_group_by_hand() -> None:
    # A: 6 X, 6 blank. B: 2 X, 2 ?, 8 not reviewed. C: nothing reviewed, and widens the interval.
    codes = np.concatenate(
        [
            twelve(*[FOUND] * 6, *[BLANK] * 6),
            twelve(FOUND, FOUND, INCOMPLETE, INCOMPLETE),
            twelve(),
        ]
    )
    found = ask(codes, printed=TWELVE, groups={"ab": ["A", "B"], "c": ["C"]})
    both, everybody = found.groups["ab"].total, found.all.total
    assert both.counts == {"X": 8, "?": 2, "NA": 0, "blank": 6, "unreviewed": 8}
    assert bounds(both) == (8 / 24, 9 / 16, 18 / 24)
    assert (both.n_states, both.n_reviewed, both.mean_fields) == (2, 2, 4.0)
    assert everybody.fields == 36
    assert bounds(everybody) == (8 / 36, 9 / 16, 30 / 36)
    assert (everybody.n_states, everybody.n_reviewed, everybody.mean_fields) == (3, 2, 4.0)
    assert everybody.reviewed_share == 16 / 36
    assert (both.sufficient, everybody.sufficient) == (True, False)
    assert bounds(found.groups["c"].total) == (None, None, None)


def test_treaties_alone_make_no_headline_figure() -> None:
    found = ask(record(op1=FOUND)).states["A"]
    assert bounds(found.total) == (None, None, None)
    assert (found.total.fields, found.total.reviewed_share, found.total.sufficient) == (26, 0.0, False)
    assert (found.total.n_reviewed, found.total.mean_fields) == (0, None)
    assert bounds(found.sections["op1"]) == (1.0, 1.0, 1.0)
    assert found.sections["op1"].counts["X"] == 2


def test_op1_and_op678_are_never_in_a_total() -> None:
    whole = record(op2=FOUND, op3ab=BLANK, op3cd=BLANK)
    more = record(op1=FOUND, op2=FOUND, op3ab=BLANK, op3cd=BLANK, op678=FOUND)
    assert ask(whole).all.total == ask(more).all.total
    assert ask(whole).all.total.low == 12 / 26


def test_nothing_applicable_is_no_figure() -> None:
    found = ask(record(op2=NOT_APPLICABLE, op3ab=NOT_APPLICABLE, op3cd=NOT_APPLICABLE)).all.total
    assert bounds(found) == (None, None, None)
    assert (found.fields, found.applicable, found.reviewed_share, found.sufficient) == (26, 0, None, False)
    assert found.counts["NA"] == 26
    assert found.mean_fields is None


def test_reviewed_and_all_blank_is_nought_and_not_no_figure() -> None:
    found = ask(record(op2=BLANK, op3ab=BLANK, op3cd=BLANK)).all.total
    assert bounds(found) == (0.0, 0.0, 0.0)
    assert (found.sufficient, found.n_reviewed, found.mean_fields) == (True, 1, 0.0)


def test_reviewed_fields_without_weight_are_no_figure() -> None:
    found = ask(record(op2=FOUND), Profile("none", 1, sections={"op2": 0.0})).states["A"]
    assert bounds(found.sections["op2"]) == (None, None, None)
    assert found.sections["op2"].reviewed_share is None
    assert bounds(found.total) == (None, None, None)
    assert found.total.reviewed_share == 0.0


def test_exactly_half_reviewed_is_sufficient_whatever_the_rounding() -> None:
    # 0.7 + 0.2 + 0.1 is a digit less than 1 where 0.7 + 0.3 is not.
    half = figure(np.array([[1, 1, 0, 1, 1]]), np.array([[0.7, 0.2, 0.0, 0.1, 1.0]]), 0.5)
    assert half.reviewed_share is not None and half.reviewed_share < 0.5
    assert half.sufficient
    assert not figure(np.array([[1, 1, 0, 1, 1]]), np.array([[0.7, 0.2, 0.0, 0.1, 1.001]]), 0.5).sufficient


def test_a_group_of_no_state_is_no_figure() -> None:
    found = ask(record(op2=FOUND), groups={"nobody": []}).groups["nobody"].total
    assert (found.fields, found.n_states, found.low, found.mean_fields) == (0, 0, None, None)


# Which fields a figure is over


def test_the_headline_is_over_op2_and_op3() -> None:
    sizes = {name: int(mask.sum()) for name, mask in masks(SMALL).items()}
    assert sizes == {HEADLINE: 26, "op1": 2, "op2": 12, "op3ab": 8, "op3cd": 6, "op678": 2}


@pytest.mark.parametrize("code", SECTION_CODES)
def test_a_named_section_is_the_headline_and_the_only_section(code: str) -> None:
    found = ask(record(op1=FOUND, op678=BLANK), narrowing=Narrowing(code)).states["A"]
    assert list(found.sections) == [code]
    assert found.total == found.sections[code]
    assert found.total.fields == {"op1": 2, "op2": 12, "op3ab": 8, "op3cd": 6, "op678": 2}[code]


def test_a_domain_or_an_aspect_leaves_rows_with_one_code_without_a_field() -> None:
    found = ask(record(op1=FOUND, op2=FOUND), narrowing=Narrowing(domain=Domain.NW, aspect=Aspect.FRAMEWORK))
    assert {name: each.fields for name, each in found.all.sections.items()} == {
        "op1": 0, "op2": 2, "op3ab": 2, "op3cd": 1, "op678": 0,
    }  # fmt: skip
    assert found.all.total.fields == 5
    assert found.all.sections["op1"].reviewed_share is None
    assert bounds(found.all.sections["op1"]) == (None, None, None)
    assert bounds(found.all.sections["op2"]) == (1.0, 1.0, 1.0)
    biological = masks(SMALL, Narrowing("op3ab", Domain.BW))
    assert [SMALL.fields[place].key for place in np.flatnonzero(biological[HEADLINE])] == [
        "op3ab.licensing.bw.framework",
        "op3ab.licensing.bw.enforcement",
    ]


def test_information_rows_are_in_no_figure() -> None:
    counted = np.any(list(masks(SMALL).values()), axis=0)
    left_out = {field.key for field, inside in zip(SMALL.fields, counted, strict=True) if not inside}
    assert len(left_out) == 1 + 2 + 6
    assert {key.split(".")[1] for key in left_out} == {"membership", "other"}


# What is refused


@pytest.mark.parametrize("number", [-1, 5])
def test_a_number_that_is_no_code_is_refused(number: int) -> None:
    codes = record(op2=FOUND)
    codes[0, 5] = number
    with pytest.raises(ValueError, match="no code"):
        ask(codes)


def test_codes_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="2 States x 39 fields"):
        tally(["A", "B"], record(op2=FOUND), SMALL, EQUAL)
    with pytest.raises(ValueError, match="1 States x 12 fields"):
        tally(["A"], record(op2=FOUND), TWELVE, EQUAL)


def test_a_section_that_no_matrix_has_is_refused() -> None:
    with pytest.raises(ValueError, match="op9"):
        masks(SMALL, Narrowing("op9"))


def test_tallies_that_do_not_belong_together_are_refused() -> None:
    first = tally(["A"], record(op2=FOUND), SMALL, EQUAL)
    with pytest.raises(ValueError, match="twice"):
        coverage([first, first], {}, 0.5)
    with pytest.raises(ValueError, match="different figures"):
        coverage([first, tally(["B"], record(), SMALL, EQUAL, Narrowing("op2"))], {}, 0.5)
    with pytest.raises(KeyError):
        coverage([first], {"g": ["B"]}, 0.5)


# Laws


@given(records, profiles(any_weights), narrowings)
def test_low_point_and_high_are_in_order_within_0_and_1(codes: Codes, profile: Profile, narrowing: Narrowing) -> None:
    for each in every_figure(ask(codes, profile, narrowing, {"g": ["A"]})):
        assert sum(each.counts.values()) == each.fields
        assert each.n_reviewed <= each.n_states
        if each.low is None or each.point is None or each.high is None:
            assert bounds(each) == (None, None, None)
            assert not each.sufficient
        else:
            assert 0 <= each.low <= each.point <= each.high <= 1
            assert each.reviewed_share is not None and 0 < each.reviewed_share <= 1


@given(records, profiles(any_weights), narrowings, st.data())
def test_figures_are_what_paper_and_pencil_give(
    codes: Codes, profile: Profile, narrowing: Narrowing, data: st.DataObject
) -> None:
    states = [chr(ord("A") + place) for place in range(len(codes))]
    members = data.draw(st.lists(st.sampled_from(states), unique=True))
    found = ask(codes, profile, narrowing, {"g": members})
    for answer, whose in [(found.groups["g"], members), (found.all, states), (found.states["A"], ["A"])]:
        rows = [codes[states.index(state)].tolist() for state in whose]
        headline = [narrowing.section] if narrowing.section else ["op2", "op3ab", "op3cd"]
        agrees(answer.total, by_hand(rows, headline, profile, narrowing))
        assert list(answer.sections) == ([narrowing.section] if narrowing.section else list(SECTION_CODES))
        for code, each in answer.sections.items():
            agrees(each, by_hand(rows, [code], profile, narrowing))


@given(records, profiles(any_weights))
def test_a_group_of_one_state_is_that_state(codes: Codes, profile: Profile) -> None:
    found = ask(codes, profile, groups={"g": ["A"]})
    assert found.groups["g"] == found.states["A"]


@given(records, profiles(exact_weights), st.data())
def test_the_order_of_rows_and_of_states_changes_nothing(codes: Codes, profile: Profile, data: st.DataObject) -> None:
    turned = layout(
        *[
            section(each.code, each.shape, *data.draw(st.permutations(each.rows)))
            for each in data.draw(st.permutations(SMALL.sections))
        ]
    )
    moved = codes[:, [SMALL.positions[field.key] for field in turned.fields]]
    before, after = ask(codes, profile), ask(moved, profile, printed=turned)
    assert before == after
    assert ask(codes[::-1], profile).all == before.all


@given(records, profiles(exact_weights))
def test_two_tallies_of_two_layouts_have_one_figure(codes: Codes, profile: Profile) -> None:
    # The second layout is the first without OP 3 (c) and (d): its States have fewer fields in the total.
    shorter = layout(*[each for each in SMALL.sections if each.code != "op3cd"])
    fewer = codes[:, [SMALL.positions[field.key] for field in shorter.fields]]
    names = [f"S{place}" for place in range(len(codes))]
    found = coverage(
        [tally(names, codes, SMALL, profile), tally([f"T{name}" for name in names], fewer, shorter, profile)],
        {},
        0.5,
    )
    padded = codes.copy()
    padded[:, [field.section == "op3cd" for field in SMALL.fields]] = NOT_APPLICABLE
    same = ask(np.concatenate([codes, padded]), profile).all.total
    assert bounds(found.all.total) == bounds(same)
    assert found.all.total.fields == (26 + 20) * len(codes)


@given(records, profiles(exact_weights), st.sampled_from(list(SMALL.rows)))
def test_na_leaves_the_denominator(codes: Codes, profile: Profile, gone: tuple[str, str]) -> None:
    # A row that is NA everywhere is as if it had no weight; only the number of fields stays.
    marked = codes.copy()
    marked[:, [(field.section, field.row) == gone for field in SMALL.fields]] = NOT_APPLICABLE
    weightless = replace(profile, rows={**profile.rows, ".".join(gone): 0.0})
    for one, other in zip(every_figure(ask(marked, profile)), every_figure(ask(codes, weightless)), strict=True):
        assert bounds(one) == bounds(other)
        assert one.reviewed_share == other.reviewed_share
        assert one.fields == other.fields


@given(records, profiles(exact_weights), st.integers(0, N_FIELDS - 1))
def test_a_step_up_never_lowers_a_figure(codes: Codes, profile: Profile, place: int) -> None:
    # blank -> ? -> X on an applicable, reviewed field.
    codes[0, place] = BLANK
    steps = []
    for number in (BLANK, INCOMPLETE, FOUND):
        codes[0, place] = number
        steps.append(ask(codes, profile))
    for worse, better in pairwise(steps):
        for before, after in zip(every_figure(worse), every_figure(better), strict=True):
            for old, new in zip(bounds(before), bounds(after), strict=True):
                assert (old is None) == (new is None)
                assert old is None or new is None or old <= new


@given(
    records,
    profiles(exact_weights),
    st.integers(0, N_FIELDS - 1),
    st.sampled_from([BLANK, INCOMPLETE, FOUND]),
)
def test_reviewing_a_field_never_widens_the_interval(codes: Codes, profile: Profile, place: int, number: int) -> None:
    codes[0, place] = UNREVIEWED
    before = ask(codes, profile)
    codes[0, place] = number
    for old, new in zip(every_figure(before), every_figure(ask(codes, profile)), strict=True):
        if old.low is not None and old.high is not None:
            assert new.low is not None and new.high is not None
            assert old.low <= new.low and new.high <= old.high


# The printed form


def test_only_groups_say_how_many_states_they_are_over() -> None:
    found = ask(twelve(FOUND, BLANK), printed=TWELVE).all.total
    one = {
        "fields": 12,
        "counts": {"X": 1, "?": 0, "NA": 0, "blank": 1, "unreviewed": 10},
        "low": 1 / 12,
        "point": 0.5,
        "high": 11 / 12,
        "reviewed_share": 2 / 12,
        "sufficient": False,
    }
    assert figure_json(found, several=False) == one
    assert figure_json(found, several=True) == {**one, "n_states": 1, "n_reviewed": 1, "mean_fields": 1.0}


# An independent recomputation, field by field, with exact fractions


def by_hand(rows: list[list[int]], sections: Sequence[str], profile: Profile, narrowing: Narrowing) -> dict[str, Any]:
    kind_of = {FOUND: "X", INCOMPLETE: "?", NOT_APPLICABLE: "NA", BLANK: "blank", UNREVIEWED: "unreviewed"}
    counts = dict.fromkeys(KINDS, 0)
    sums = dict.fromkeys(KINDS, Fraction(0))
    founds = []
    for numbers in rows:
        own = dict.fromkeys(KINDS, 0)
        for field, number in zip(SMALL.fields, numbers, strict=True):
            if field.section not in sections or field.role != "counted":
                continue
            if narrowing.domain and field.domain != narrowing.domain:
                continue
            if narrowing.aspect and field.aspect != narrowing.aspect:
                continue
            weight = Fraction(profile.sections.get(field.section, 1))
            weight *= Fraction(profile.rows.get(f"{field.section}.{field.row}", 1))
            if field.domain and field.aspect:
                weight *= Fraction(profile.domains.get(field.domain, 1))
                weight *= Fraction(profile.aspects.get(field.aspect, 1))
            own[kind_of[number]] += 1
            sums[kind_of[number]] += weight
        for kind, n in own.items():
            counts[kind] += n
        if own["X"] + own["?"] + own["blank"]:
            founds.append(own["X"])
    reviewed = sums["X"] + sums["?"] + sums["blank"]
    applicable = reviewed + sums["unreviewed"]
    figures: dict[str, Any] = {"low": None, "point": None, "high": None}
    if reviewed:
        figures["low"] = sums["X"] / applicable
        figures["point"] = (sums["X"] + sums["?"] / 2) / reviewed
        figures["high"] = (sums["X"] + sums["?"] + sums["unreviewed"]) / applicable
    return {
        "fields": sum(counts.values()),
        "counts": counts,
        **figures,
        "reviewed_share": reviewed / applicable if applicable else None,
        "n_states": len(rows),
        "n_reviewed": len(founds),
        "mean_fields": Fraction(sum(founds), len(founds)) if founds else None,
    }


def agrees(found: Figure, expected: dict[str, Any]) -> None:
    for name, value in expected.items():
        got = getattr(found, name)
        if isinstance(value, Fraction):
            assert got is not None and math.isclose(got, value, rel_tol=1e-9, abs_tol=1e-12), name
        else:
            assert got == value, name

import numpy as np
import pytest
from figure_cases import TWELVE, ask, bounds, record, twelve
from small_layouts import SMALL

from cpi1540.coverage.figures import Figure, coverage, figure, tally
from cpi1540.coverage.figures_json import figure_json
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import HEADLINE, Narrowing, masks
from cpi1540.matrix.layout import SECTION_CODES, Aspect, Domain
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE


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

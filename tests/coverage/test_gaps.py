from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL

from cpi1540.coverage.figures_json import gap_json
from cpi1540.coverage.gaps.gap_list import Gap, GapList, gaps
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.layout import Domain, Role
from cpi1540.matrix.record import Code, Entry

OUTSIDE_OP1 = [field.key for field in SMALL.fields if field.role is Role.COUNTED and field.section != "op1"]
HEAVY = Profile("heavy", 2, sections={"op3cd": 4.0}, domains={"bw": 0.5})

records = st.dictionaries(st.sampled_from([field.key for field in SMALL.fields]), st.sampled_from([None, *Code]))


def found(codes: Mapping[str, Code | None], profile: Profile = EQUAL) -> GapList:
    return gaps(SMALL, {key: Entry(code) for key, code in codes.items()}, profile)


def fields_of(answer: GapList) -> list[str]:
    return [gap.field for gap in answer.gaps]


def value(gap: Gap, name: str) -> float:
    return next(factor.value for factor in gap.factors if factor.name == name)


def test_nothing_reviewed_is_work_to_do_and_no_gap() -> None:
    answer = found({})
    assert answer.gaps == ()
    assert len(answer.not_reviewed) == 12 + 8 + 6 + 2
    assert answer.not_reviewed == tuple(OUTSIDE_OP1)


@pytest.mark.parametrize(
    ("code", "is_gap"),
    [
        (Code.BLANK, True),
        (Code.INCOMPLETE, True),
        (Code.FOUND, False),
        (Code.NOT_APPLICABLE, False),
        (None, False),
    ],
)
def test_a_gap_is_reviewed_applicable_and_not_x(code: Code | None, is_gap: bool) -> None:
    key = "op2.finance.bw.enforcement"
    answer = found({key: code})
    assert [(gap.field, gap.code) for gap in answer.gaps] == ([(key, code)] if is_gap else [])
    assert (key in answer.not_reviewed) == (code is None)


@pytest.mark.parametrize("key", ["op1.npt", "op1.membership", "op3cd.other.cw.framework"])
def test_treaties_and_information_rows_are_in_neither_list(key: str) -> None:
    for code in (Code.BLANK, Code.INCOMPLETE, None):
        answer = found({key: code})
        assert answer.gaps == ()
        assert key not in answer.not_reviewed


def test_a_missing_action_plan_is_never_a_gap_but_may_be_work_to_do() -> None:
    assert "op678.action-plan" in found({}).not_reviewed
    answer = found({"op678.action-plan": Code.BLANK, "op678.contact-point": Code.BLANK})
    assert fields_of(answer) == ["op678.contact-point"]
    assert "op678.action-plan" not in answer.not_reviewed


def test_the_weight_counts_against_the_heaviest_field_and_sorts_the_list() -> None:
    answer = found(
        {
            "op2.manufacture.nw.framework": Code.BLANK,  # 1
            "op2.manufacture.bw.framework": Code.BLANK,  # 0.5
            "op2.finance.nw.framework": Code.INCOMPLETE,  # 1
            "op3cd.transit.nw.framework": Code.INCOMPLETE,  # 4, the heaviest of all
            "op3cd.transit.bw.framework": Code.BLANK,  # 2
        },
        HEAVY,
    )
    assert [(gap.field, value(gap, "weight")) for gap in answer.gaps] == [
        ("op3cd.transit.nw.framework", 1.0),
        ("op3cd.transit.bw.framework", 0.5),
        ("op2.manufacture.nw.framework", 0.25),
        ("op2.finance.nw.framework", 0.25),
        ("op2.manufacture.bw.framework", 0.125),
    ]


def test_the_heaviest_field_counts_whether_or_not_it_is_a_gap_or_asked_for() -> None:
    codes = {"op2.finance.nw.framework": Code.BLANK}
    assert value(found(codes, HEAVY).gaps[0], "weight") == 0.25
    narrow = gaps(SMALL, {key: Entry(code) for key, code in codes.items()}, HEAVY, narrowing=Narrowing("op2"))
    assert value(narrow.gaps[0], "weight") == 0.25


def test_the_weight_of_a_treaty_row_changes_no_priority() -> None:
    treaties = Profile("treaties", 1, sections={"op1": 100.0})
    assert value(found({"op2.finance.nw.framework": Code.BLANK}, treaties).gaps[0], "weight") == 1.0


def test_without_any_weight_every_field_weighs_nought() -> None:
    nothing = Profile("nothing", 1, aspects={"framework": 0.0, "enforcement": 0.0}, sections={"op678": 0.0})
    assert value(found({"op2.finance.nw.framework": Code.BLANK}, nothing).gaps[0], "weight") == 0.0


def test_a_narrower_question_narrows_both_lists() -> None:
    codes = {"op2.finance.nw.framework": Code.BLANK, "op3cd.transit.nw.framework": Code.BLANK}
    entries = {key: Entry(code) for key, code in codes.items()}
    answer = gaps(SMALL, entries, EQUAL, narrowing=Narrowing("op3cd", Domain.NW))
    assert fields_of(answer) == ["op3cd.transit.nw.framework"]
    assert answer.not_reviewed == ("op3cd.transit.nw.enforcement",)


def test_the_reason_is_given_with_the_gap() -> None:
    (gap,) = found({"op3cd.transit.bw.framework": Code.BLANK}, HEAVY).gaps
    said = gap_json(gap, str)
    # Weights without the lens: .30, .25, .20 and .10 of .85.
    assert said["priority"] == pytest.approx((0.30 * 0.5 + 0.25 * 0.5 + 0.20 * 0.5 + 0.10 * 0.5) / 0.85)
    assert (said["field"], said["code"], said["action"]) == ("op3cd.transit.bw.framework", "", None)
    assert said["factors"][0] == {
        "name": "weight",
        "weight": pytest.approx(0.30 / 0.85),
        "value": 0.5,
        "because": "What the field weighs in the profile heavy/2, against the heaviest field of it.",
    }
    assert [factor["name"] for factor in said["factors"]] == ["weight", "peers", "dependence", "age"]


@given(records)
def test_every_counted_field_outside_op1_has_one_place(codes: dict[str, Code | None]) -> None:
    answer = found(codes)
    settled = [
        key
        for key in OUTSIDE_OP1
        if codes.get(key) in (Code.FOUND, Code.NOT_APPLICABLE)
        or (key == "op678.action-plan" and codes.get(key) is not None)
    ]
    places = [*fields_of(answer), *answer.not_reviewed, *settled]
    assert sorted(places) == sorted(OUTSIDE_OP1)


@given(records)
def test_priorities_lie_within_0_and_1_fall_and_equal_their_factors(codes: dict[str, Code | None]) -> None:
    answer = found(codes, HEAVY)
    order = [(-round(gap.priority, 12), SMALL.positions[gap.field]) for gap in answer.gaps]
    assert order == sorted(order)
    for gap in answer.gaps:
        assert 0 <= gap.priority <= 1
        assert gap.priority == pytest.approx(sum(factor.weight * factor.value for factor in gap.factors), abs=1e-12)

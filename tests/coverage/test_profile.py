import dataclasses

import numpy as np
import pytest
from small_layouts import SMALL

from cpi1540.coverage.profile import EQUAL, Profile


def weight_of(profile: Profile, key: str) -> float:
    return float(profile.weights(SMALL)[SMALL.positions[key]])


def test_the_equal_profile_weighs_every_field_one() -> None:
    weights = EQUAL.weights(SMALL)
    assert weights.dtype == np.float64
    assert weights.tolist() == [1.0] * 39
    assert (EQUAL.label, EQUAL.min_reviewed) == ("equal/1", 0.5)


def test_a_weight_is_the_product_of_those_given() -> None:
    profile = Profile(
        "finance",
        3,
        sections={"op2": 2.0},
        rows={"op2.finance": 5.0, "op1.npt": 7.0},
        domains={"cw": 3.0},
        aspects={"enforcement": 0.5},
    )
    assert profile.label == "finance/3"
    assert weight_of(profile, "op2.finance.cw.enforcement") == 2 * 5 * 3 * 0.5
    assert weight_of(profile, "op2.finance.nw.framework") == 2 * 5
    assert weight_of(profile, "op2.manufacture.cw.framework") == 2 * 3
    assert weight_of(profile, "op3ab.licensing.cw.enforcement") == 3 * 0.5
    assert weight_of(profile, "op3ab.licensing.bw.framework") == 1
    assert weight_of(profile, "op1.npt") == 7
    assert weight_of(profile, "op678.contact-point") == 1


def test_a_row_weighs_in_its_own_section_only() -> None:
    profile = Profile("other", 1, rows={"op3ab.other": 4.0})
    assert weight_of(profile, "op3ab.other.nw.framework") == 4
    assert weight_of(profile, "op3cd.other.nw.framework") == 1


@pytest.mark.parametrize("weight", [-0.1, float("nan"), float("inf")])
def test_a_weight_is_finite_and_not_negative(weight: float) -> None:
    with pytest.raises(ValueError, match="not negative"):
        Profile("bad", 1, sections={"op2": weight}).weights(SMALL)


def test_a_profile_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        EQUAL.min_reviewed = 0.1  # type: ignore[misc]

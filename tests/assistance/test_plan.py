"""The plan: brute force on small cases, capacities, locks, fairness, budgets, groups, what is missing."""

import itertools
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_cases import GROUND, needs, offers

from cpi1540.assistance.matching.ranking import Matching
from cpi1540.assistance.planning.plan import (
    Missing,
    OpenNeed,
    OpenOffer,
    Pair,
    Plan,
    Planning,
    fairness_factor,
    make_plan,
    pairs_of,
    standing_locks,
    with_more,
    without_offer,
)
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.errors import DomainError


def keeps(planning: Planning, chosen: tuple[Pair, ...]) -> bool:
    """Whether the pairs keep to everything, counted by hand."""
    offers_by_id = {one.id: one for one in planning.offers}
    of_need = {one.id: one for one in planning.needs}
    if len({pair.need for pair in chosen}) < len(chosen):
        return False
    if not planning.locked <= {(pair.need, pair.offer) for pair in chosen}:
        return False
    for one in planning.offers:
        own = [pair for pair in chosen if pair.offer == one.id]
        if own and (one.places is None or len(own) > one.places):
            return False
        if one.days is not None and sum(pair.days for pair in own) > one.days + 1e-6:
            return False
        if one.budget is not None and sum(pair.cost for pair in own) > one.budget + 1e-6:
            return False
        decided = any(offer == one.id for _need, offer in planning.locked)
        if 0 < len(own) < one.min_group and not decided:
            return False
    for provider, most in planning.provider_places.items():
        if sum(offers_by_id[pair.offer].provider == provider for pair in chosen) > most:
            return False
    for request, most in planning.request_needs.items():
        if sum(of_need[pair.need].request == request for pair in chosen) > most:
            return False
    return not any((pair.need, pair.offer) in planning.never for pair in chosen)


def best(planning: Planning) -> float | None:
    """The greatest total there is, by trying every choice; None when none keeps to everything."""
    factor = {need.id: need.factor for need in planning.needs}
    by_need = [[None, *(pair for pair in planning.pairs if pair.need == need.id)] for need in planning.needs]
    found: float | None = None
    for choice in itertools.product(*by_need):
        chosen = tuple(pair for pair in choice if pair is not None)
        if keeps(planning, chosen):
            total = sum(pair.score * (1 + planning.fairness * factor[pair.need]) for pair in chosen)
            found = total if found is None else max(found, total)
    return found


@st.composite
def plannings(draw: st.DrawFn, *, bound: bool = False) -> Planning:
    """Up to five needs of two requests, up to three offers of two providers; ``bound``: with days, money, groups."""
    many = draw(st.integers(1, 5))
    some = tuple(
        OpenNeed(f"R-1/{n}", draw(st.sampled_from(("R-1", "R-2"))), draw(st.floats(0, 1))) for n in range(1, many + 1)
    )
    found = tuple(
        OpenOffer(
            f"O-{n}",
            draw(st.sampled_from(("P-1", "P-2"))),
            draw(st.none() | st.integers(0, 3)),
            draw(st.none() | st.integers(0, 6)) if bound else None,
            draw(st.none() | st.integers(0, 6)) if bound else None,
            draw(st.integers(1, 3)) if bound else 1,
        )
        for n in range(1, draw(st.integers(1, 3)) + 1)
    )
    amount = st.integers(0, 4).map(float) if bound else st.just(0.0)
    pairs = tuple(
        Pair(need.id, one.id, draw(st.integers(0, 20)) / 20, draw(amount), draw(amount))
        for need in some
        for one in found
        if draw(st.booleans())
    )
    limits = st.dictionaries(st.sampled_from(("P-1", "P-2")), st.integers(0, 3))
    asked = st.dictionaries(st.sampled_from(("R-1", "R-2")), st.integers(0, 3))
    never = frozenset((pair.need, pair.offer) for pair in pairs if draw(st.integers(0, 5)) == 0)
    locked = frozenset((pair.need, pair.offer) for pair in pairs if draw(st.integers(0, 9)) == 0)
    fairness = draw(st.sampled_from((0.0, 0.5, 2.0)))
    return Planning(some, found, pairs, draw(limits), draw(asked), locked, never, fairness)


def chosen_of(planning: Planning, plan: Plan) -> tuple[Pair, ...]:
    by_ids = {(pair.need, pair.offer): pair for pair in planning.pairs}
    return tuple(by_ids[each.need, each.offer] for each in plan.assignments)


@given(plannings())
@settings(max_examples=200)
def test_the_plan_is_what_brute_force_finds(planning: Planning) -> None:
    greatest = best(planning)
    if greatest is None:
        with pytest.raises(DomainError):
            make_plan(planning)
        return
    plan = make_plan(planning)
    assert keeps(planning, chosen_of(planning, plan))
    assert plan.total == pytest.approx(greatest, abs=1e-6)
    assert plan.upper_bound == pytest.approx(plan.total, abs=1e-6)
    assert plan.relative_gap == pytest.approx(0, abs=1e-6)


@given(plannings(bound=True))
@settings(max_examples=200)
def test_with_days_money_and_groups_the_plan_keeps_to_them_between_greedy_and_bound(planning: Planning) -> None:
    greatest = best(planning)
    try:
        plan = make_plan(planning)
    except DomainError:
        assert greatest is None
        return
    assert keeps(planning, chosen_of(planning, plan))
    assert greatest is not None
    assert plan.greedy_total - 1e-9 <= plan.total <= greatest + 1e-6
    assert greatest <= plan.upper_bound + 1e-6
    assert plan.total == pytest.approx(sum(each.value for each in plan.assignments))


@given(plannings(bound=True), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_of_the_input_changes_nothing(planning: Planning, chance: object) -> None:
    try:
        plan = make_plan(planning)
    except DomainError:
        return
    mixed = list(planning.needs), list(planning.offers), list(planning.pairs)
    for each in mixed:
        chance.shuffle(each)  # type: ignore[attr-defined]
    first, second, third = mixed
    assert make_plan(replace(planning, needs=tuple(first), offers=tuple(second), pairs=tuple(third))) == plan


@given(plannings(bound=True))
@settings(max_examples=50)
def test_every_need_is_met_or_has_a_reason(planning: Planning) -> None:
    try:
        plan = make_plan(planning)
    except DomainError:
        return
    met = [each.need for each in plan.assignments] + [each.need for each in plan.unmet]
    assert sorted(met) == sorted(need.id for need in planning.needs)


@given(needs(), offers())
@settings(max_examples=30)
def test_a_plan_takes_only_offers_that_fit(asked: list, offered: list) -> None:  # type: ignore[type-arg]
    matching = Matching(asked, offered, GROUND)
    pairs = pairs_of(matching)
    assert len(pairs) == sum(len(each) for each in matching.ranked)
    open_needs = tuple(OpenNeed(need.id, need.request) for need in asked)
    plan = make_plan(Planning(open_needs, tuple(OpenOffer(one.id, one.provider, 1) for one in offered), pairs))
    rows = {need.id: row for row, need in enumerate(matching.needs)}
    columns = {one.id: column for column, one in enumerate(matching.offers)}
    for each in plan.assignments:
        assert matching.fits[rows[each.need], columns[each.offer]]
        assert each.value == each.score == matching.scores[rows[each.need], columns[each.offer]]


TWO = tuple(OpenNeed(f"R-1/{n}", "R-1") for n in (1, 2))
GREEDY_TRAP = Planning(
    TWO,
    (OpenOffer("O-1", "P-1", 1), OpenOffer("O-2", "P-1", 1)),
    (Pair("R-1/1", "O-1", 1.0), Pair("R-1/1", "O-2", 0.9), Pair("R-1/2", "O-1", 0.8)),
)


def chosen(planning: Planning) -> list[tuple[str, str]]:
    return [(each.need, each.offer) for each in make_plan(planning).assignments]


def why(planning: Planning) -> dict[str, str]:
    return {each.need: str(each.because) for each in make_plan(planning).unmet}


def test_the_plan_beats_greedy_where_the_best_pair_costs_another_need_its_only_offer() -> None:
    plan = make_plan(GREEDY_TRAP)
    assert [(each.need, each.offer) for each in plan.assignments] == [("R-1/1", "O-2"), ("R-1/2", "O-1")]
    assert plan.total == pytest.approx(1.7)
    assert plan.greedy_total == pytest.approx(1.0)


def test_a_locked_pair_stands_and_a_forbidden_one_does_not() -> None:
    assert chosen(replace(GREEDY_TRAP, locked=frozenset({("R-1/1", "O-1")}))) == [("R-1/1", "O-1")]
    forbidden = replace(GREEDY_TRAP, never=frozenset({("R-1/2", "O-1")}))
    assert chosen(forbidden) == [("R-1/1", "O-1")]
    assert why(forbidden) == {"R-1/2": "Every offer that fits was ruled out for this need."}


def test_locks_that_cannot_stand_are_refused() -> None:
    with pytest.raises(DomainError, match="they take more than there is"):
        make_plan(replace(GREEDY_TRAP, locked=frozenset({("R-1/1", "O-1"), ("R-1/2", "O-1")})))
    with pytest.raises(DomainError, match="O-2 is locked to R-1/2"):
        make_plan(replace(GREEDY_TRAP, locked=frozenset({("R-1/2", "O-2")})))


def test_of_locks_that_do_not_fit_together_the_earlier_stands() -> None:
    first, second, unknown = ("R-1/1", "O-1"), ("R-1/2", "O-1"), ("R-1/2", "O-2")
    assert standing_locks(GREEDY_TRAP, [first, second, unknown]) == (first,)
    assert standing_locks(GREEDY_TRAP, [second, first]) == (second,)
    assert standing_locks(GREEDY_TRAP, [second, ("R-1/1", "O-2")]) == (second, ("R-1/1", "O-2"))


@given(plannings(bound=True), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_locks_that_stand_never_keep_a_plan_from_being_made(planning: Planning, chance: Random) -> None:
    pairs = [(pair.need, pair.offer) for pair in planning.pairs]
    chance.shuffle(pairs)
    standing = standing_locks(planning, pairs)
    assert set(standing) <= set(chosen(replace(planning, locked=frozenset(standing))))
    for late in set(pairs) - set(standing):  # each of the others is one too many
        with pytest.raises(DomainError):
            make_plan(replace(planning, locked=frozenset([*standing, late])))


def test_fairness_gives_the_place_to_who_waits_longer() -> None:
    waits = (replace(TWO[0], factor=0.0), replace(TWO[1], factor=1.0))
    planning = Planning(waits, (OpenOffer("O-1", "P-1", 1),), (Pair("R-1/1", "O-1", 0.8), Pair("R-1/2", "O-1", 0.6)))
    assert chosen(planning) == [("R-1/1", "O-1")]
    plan = make_plan(replace(planning, fairness=0.5))
    (only,) = plan.assignments
    assert (only.need, only.score) == ("R-1/2", 0.6)
    assert only.value == pytest.approx(0.9)


def test_the_fairness_factor_grows_with_waiting_and_falls_with_what_was_delivered() -> None:
    assert fairness_factor(0, 0, 0) == 0.5
    assert fairness_factor(100, 100, 0) == 1.0
    assert fairness_factor(50, 100, 1) == 0.5
    assert fairness_factor(-3, 100, 4) == pytest.approx(0.1)


def test_an_offer_that_does_not_state_its_capacity_is_left_out() -> None:
    planning = Planning(TWO[:1], (OpenOffer("O-1", "P-1", None),), (Pair("R-1/1", "O-1", 0.8),))
    assert why(planning) == {"R-1/1": "Offers fit, but none of them states its capacity."}


def test_a_smallest_group_is_kept() -> None:
    course = OpenOffer("O-1", "P-1", 5, min_group=2)
    pairs = (Pair("R-1/1", "O-1", 0.8), Pair("R-1/2", "O-1", 0.6))
    assert len(chosen(Planning(TWO, (course,), pairs))) == 2
    alone = Planning(TWO, (course,), pairs[:1])
    assert chosen(alone) == []
    assert why(alone)["R-1/1"].startswith("Too few needs come together")
    assert chosen(replace(alone, locked=frozenset({("R-1/1", "O-1")}))) == [("R-1/1", "O-1")]


def test_what_if_an_offer_is_withdrawn_or_has_more() -> None:
    assert chosen(without_offer(GREEDY_TRAP, "O-2")) == [("R-1/1", "O-1")]
    poor = Planning(
        TWO,
        (OpenOffer("O-1", "P-1", 2, budget=100.0),),
        (Pair("R-1/1", "O-1", 0.8, cost=80.0), Pair("R-1/2", "O-1", 0.6, cost=70.0)),
    )
    assert chosen(poor) == [("R-1/1", "O-1")]
    assert why(poor) == {"R-1/2": "1 offer fits, but what it can carry goes to other needs."}
    assert len(chosen(with_more(poor, "O-1", budget=50.0))) == 2


def test_what_is_missing_is_told_together() -> None:
    asked = tuple(OpenNeed(f"R-{n}/1", f"R-{n}", 0.0, Kind.TRAINING, ("ar",), "op3cd.transit") for n in range(1, 8))
    other = OpenNeed("R-9/1", "R-9", 0.0, Kind.EQUIPMENT, ("fr",), "op3cd.transit")
    plan = make_plan(Planning((other, *asked), (), ()))
    assert plan.missing == (
        Missing(Kind.TRAINING, ("ar",), "op3cd.transit", tuple(need.id for need in asked)),
        Missing(Kind.EQUIPMENT, ("fr",), "op3cd.transit", ("R-9/1",)),
    )
    assert (plan.total, plan.upper_bound, plan.relative_gap, plan.assignments) == (0.0, 0.0, 0.0, ())

"""Plans beside each other: where they differ and why, what is supposed, what changed since one was kept, mandates."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matching_cases import LAYOUT, TRANSIT
from test_plan import plannings

from cpi1540.assistance.matching.mandates import Mandated, mandates_for
from cpi1540.assistance.planning.comparison import differences, exchanges
from cpi1540.assistance.planning.decision import parse_need_id
from cpi1540.assistance.planning.messages import missing_sentence
from cpi1540.assistance.planning.pages import by_reason
from cpi1540.assistance.planning.plan import (
    Assignment,
    Missing,
    OpenNeed,
    OpenOffer,
    Pair,
    Planning,
    Unmet,
    make_plan,
)
from cpi1540.assistance.planning.since import since
from cpi1540.assistance.planning.what_if import MOST, Change, WhatIf, parse_what_if, supposed
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence

_PAIRS = st.dictionaries(
    st.integers(1, 12).map(lambda n: f"R-2026-001/{n}"), st.integers(1, 4).map(lambda n: f"O-{n}"), max_size=8
)
WHAT_IFS = st.one_of(
    st.builds(lambda n: WhatIf(f"XO-{n}", Change.WITHDRAWN), st.integers(1, 999)),
    st.builds(
        lambda n, change, amount: WhatIf(f"O-{n}", change, amount),
        st.integers(1, 999),
        st.sampled_from((Change.PLACES, Change.DAYS, Change.BUDGET)),
        st.integers(1, MOST // 10),
    ),
)


def taken(pairs: dict[str, str]) -> tuple[Assignment, ...]:
    return tuple(Assignment("R-2026-001", need, offer, 0.5, 0.5) for need, offer in pairs.items())


@given(_PAIRS, _PAIRS)
def test_plans_differ_in_the_needs_that_take_another_offer(ours: dict[str, str], theirs: dict[str, str]) -> None:
    found = differences(taken(ours), taken(theirs))
    assert {each.need for each in found} == {need for need in {*ours, *theirs} if ours.get(need) != theirs.get(need)}
    for each in found:
        assert (each.ours.offer if each.ours else None) == ours.get(each.need)
        assert (each.theirs.offer if each.theirs else None) == theirs.get(each.need)
    assert [each.need for each in found] == [each.need for each in differences(taken(theirs), taken(ours))]
    assert [each.need for each in found] == [each.need for each in exchanges(taken(ours), taken(theirs))]


def test_an_exchange_says_what_it_is_for() -> None:
    needs = tuple(OpenNeed(f"R-2026-001/{n}", "R-2026-001") for n in (1, 2))
    offers = (OpenOffer("O-1", "P-1", 1), OpenOffer("O-2", "P-1", 1))
    pairs = (
        Pair(needs[0].id, "O-1", 0.9),
        Pair(needs[0].id, "O-2", 0.8),
        Pair(needs[1].id, "O-1", 0.7),
    )
    plan = make_plan(Planning(needs, offers, pairs))
    assert [(each.need, each.offer) for each in plan.assignments] == [(needs[0].id, "O-2"), (needs[1].id, "O-1")]
    assert [(each.need, each.offer) for each in plan.greedy] == [(needs[0].id, "O-1")]
    first, second = exchanges(plan.assignments, plan.greedy)
    assert [str(each) for each in first.because] == [
        "Here O-1 goes to R-2026-001/2: over all needs that is worth more."
    ]
    assert [str(each) for each in second.because] == [
        "Best pair first gives O-1 to R-2026-001/1, which takes O-2 here."
    ]


def test_exchanges_at_both_offers_are_named() -> None:
    one, two, three, four = (f"R-2026-001/{n}" for n in (1, 2, 3, 4))
    first = taken({one: "O-1", two: "O-2", three: "O-2"})
    found = {each.need: each for each in exchanges(taken({one: "O-2", two: "O-1", four: "O-1"}), first)}
    told = {need: [str(each) for each in difference.because] for need, difference in found.items()}
    assert told == {
        one: [
            f"Best pair first gives O-2 to {two}, which takes O-1 here.",
            f"Here O-1 goes to {two}: over all needs that is worth more.",
        ],
        two: [
            f"Best pair first gives O-1 to {one}, which takes O-2 here.",
            f"Here O-2 goes to {one}: over all needs that is worth more.",
        ],
        # Nobody comes to the place that it leaves at O-2, and the one it takes at O-1 nobody left.
        three: [],
        four: [],
    }


@given(_PAIRS, _PAIRS)
def test_exchanges_pair_those_who_leave_an_offer_with_those_who_come(
    ours: dict[str, str], first: dict[str, str]
) -> None:
    found = {each.need: each for each in exchanges(taken(ours), taken(first))}
    pairs = {(need, str(because.params["offer"]), str(because.params["need"]))
             for need, each in found.items() for because in each.because}  # fmt: skip
    assert {(other, offer, need) for need, offer, other in pairs} == pairs
    for offer in {*ours.values(), *first.values()}:
        left = {need for need, of in first.items() if of == offer and ours.get(need) != offer}
        came = {need for need, of in ours.items() if of == offer and first.get(need) != offer}
        assert sum(of == offer for _need, of, _other in pairs) == 2 * min(len(left), len(came))


@given(plannings(bound=True))
def test_what_greedy_takes_is_worth_what_is_said_of_it(planning: Planning) -> None:
    try:
        plan = make_plan(planning)
    except DomainError:
        assume(False)
        return
    assert sum(each.value for each in plan.greedy) == pytest.approx(plan.greedy_total)
    assert len({each.need for each in plan.greedy}) == len(plan.greedy)


@given(WHAT_IFS)
def test_a_what_if_comes_back_from_its_address(what_if: WhatIf) -> None:
    assert parse_what_if(str(what_if)) == what_if
    assert str(what_if.told).startswith(f"{what_if.offer} ")


@pytest.mark.parametrize(
    "text",
    ["", "XO-1", "XO-1:doubled", "XO-1:places", "XO-1:places:0", "XO-1:places:-2", "O-0:withdrawn", "O-1:withdrawn:3"],
)
def test_what_cannot_be_supposed_is_none(text: str) -> None:
    assert parse_what_if(text) is None


@given(plannings(), st.integers(1, 3))
def test_more_places_never_make_a_plan_worse_and_a_withdrawal_never_better(planning: Planning, places: int) -> None:
    assume(not planning.locked)
    before, offer = make_plan(planning).total, planning.offers[0].id
    assert make_plan(supposed(planning, [WhatIf(offer, Change.PLACES, places)])).total >= before - 1e-9
    assert make_plan(supposed(planning, [WhatIf(offer, Change.WITHDRAWN)])).total <= before + 1e-9


def test_since_a_plan_was_kept_needs_and_offers_come_and_go() -> None:
    kept = make_plan(
        Planning(
            (OpenNeed("R-2026-001/1", "R-2026-001"), OpenNeed("R-2026-001/2", "R-2026-001")),
            (OpenOffer("O-1", "P-1", 1),),
            (Pair("R-2026-001/1", "O-1", 0.9),),
        )
    )
    same = since(kept, ["R-2026-001/1", "R-2026-001/2"], ["O-1", "O-2"])
    assert not same.any
    found = since(kept, ["R-2026-001/2", "R-2026-001/10", "R-2026-001/9"], ["O-2"])
    assert (found.settled, found.opened, found.gone) == (
        ("R-2026-001/1",),
        ("R-2026-001/9", "R-2026-001/10"),
        ("O-1",),
    )


def test_needs_without_an_offer_stand_together_by_reason() -> None:
    fits, none = sentence("Offers fit, but none of them states its capacity."), sentence("No offer fits the need.")
    found = by_reason([Unmet("R-1", fits), Unmet("R-2", none), Unmet("R-3", none)])
    assert [(str(each.because), each.needs) for each in found] == [(str(none), ("R-2", "R-3")), (str(fits), ("R-1",))]


@pytest.mark.parametrize(
    ("languages", "row", "told"),
    [
        ("Arabic", "Transit", "Training in Arabic on “Transit”: 2 needs, no offer"),
        ("", "Transit", "Training on “Transit”: 2 needs, no offer"),
        ("Arabic", "", "Training in Arabic: 2 needs, no offer"),
        ("", "", "Training: 2 needs, no offer"),
    ],
)
def test_a_missing_offer_is_named(languages: str, row: str, told: str) -> None:
    missing = Missing(Kind.TRAINING, ("ar",), "op3cd.transit", ("R-1", "R-2"))
    assert str(missing_sentence(missing, languages, row)) == told


def test_a_mandate_fits_by_field_or_row_and_says_where_it_stands() -> None:
    providers = [
        Mandated("P-10", ("op3cd.transit",), "Statute"),
        Mandated("P-9", (TRANSIT,)),
        Mandated("P-8", ("op2.finance",), "Statute"),
    ]
    found = mandates_for([TRANSIT, "op1.npt"], providers, LAYOUT)
    assert [provider for provider, _because in found] == ["P-9", "P-10"]
    assert "provisional" in str(found[0][1])
    assert "(source: Statute)" in str(found[1][1])
    assert mandates_for([], providers, LAYOUT) == ()


@pytest.mark.parametrize("text", ["", "R-2026-001", "R-2026-001/", "R-2026-001/01", "R-2026-001/x", "R-1/2", "/2"])
def test_what_names_no_need_is_none(text: str) -> None:
    assert parse_need_id(text) is None


def test_a_needs_identifier_is_taken_apart() -> None:
    assert parse_need_id("XR-2026-014/2") == ("XR-2026-014", 2)

"""Matching: filters, factors, ranking, near misses; and that arrays and explanations say the same."""

import datetime
import math
from dataclasses import replace

import pytest
from hypothesis import given
from matching_cases import GROUND, GROUPS, LAYOUT, ON, TRANSIT, ground, need, needs, offer, offers

from cpi1540.assistance.matching.factors import FACTORS, FOCUS, NEUTRAL
from cpi1540.assistance.matching.ranking import MOST_OBSTACLES, Explained, Matching
from cpi1540.assistance.matching.sides import LEVELS, Asked, TrackRecord
from cpi1540.assistance.matching.weights import OFFICE, Weights
from cpi1540.assistance.offers.offer import Capacity, Offer, begins, is_stale
from cpi1540.assistance.requests.request import Kind, Priority

TOMORROW, YESTERDAY = ON + datetime.timedelta(days=1), ON - datetime.timedelta(days=1)


def explained(asked: Asked, *found: Offer, **known: object) -> Explained:
    return Matching([asked], found, ground(**known)).explain(0)


def value(name: str, asked: Asked, one: Offer, *others: Offer, **known: object) -> float:
    matching = Matching([asked], [one, *others], ground(**known))
    return float(matching.values[name][0, 0])


def said(asked: Asked, one: Offer, name: str, **known: object) -> str:
    (candidate,) = explained(asked, one, **known).candidates
    return next(str(factor.because) for factor in candidate.factors if factor.name == name)


def obstacles(asked: Asked, one: Offer) -> list[tuple[str, str, str]]:
    found = explained(asked, one)
    assert found.candidates == ()
    return [(each.filter, str(each.because), str(each.remedy)) for miss in found.near_misses for each in miss.obstacles]


def slow_filters(asked: Asked, one: Offer) -> dict[str, bool]:
    """The filters once more, a pair at a time."""
    tokens = [{state} | groups for state, groups in asked.states.items()]
    eligible = all(own & one.eligible for own in tokens) if tokens else False
    return {
        "eligible": not one.eligible or eligible,
        "valid": one.valid_to is None or begins(one, ON) <= one.valid_to,
        "kind": asked.kind is Kind.NOT_RECORDED or asked.kind in one.kinds,
        "field": not one.fields or bool(set(asked.fields) & set(one.fields)),
        "exclusions": not any(own & one.excluded for own in tokens),
    }


def slow_theme(asked: Asked, one: Offer, among: list[Offer]) -> float:
    """The thematic overlap once more, a pair at a time."""
    if not one.fields:
        return NEUTRAL

    def nodes(keys: tuple[str, ...], level: str) -> set[str]:
        fields = [LAYOUT.field(key) for key in keys]
        match level:
            case "domain":
                return {field.domain for field in fields if field.domain}
            case "row":
                return {f"{field.section}.{field.row}" for field in fields}
            case "section":
                return {field.section for field in fields}
        return {field.key for field in fields}

    total = whole = 0.0
    for level, share in LEVELS.items():
        asks = nodes(asked.fields, level)
        if not asks:
            continue
        named = {node: sum(node in nodes(other.fields, level) for other in among) for node in asks}
        rare = {node: 1 + math.log(len(among) / max(count, 1)) for node, count in named.items()}
        met = sum(rare[node] for node in asks & nodes(one.fields, level))
        total += share * met / sum(rare.values())
        whole += share
    focus = len(set(asked.fields) & set(one.fields)) / len(one.fields)
    return (1 - FOCUS) * (total / whole if whole else 0.0) + FOCUS * focus


@given(needs(), offers())
def test_arrays_and_explanations_say_the_same(asked: list[Asked], offered: list[Offer]) -> None:
    matching = Matching(asked, offered, GROUND)
    for row, one in enumerate(matching.needs):
        for column, other in enumerate(matching.offers):
            filters = slow_filters(one, other)
            assert {name: bool(passed[row, column]) for name, passed in matching.passed.items()} == filters
            assert matching.fits[row, column] == all(filters.values())
            assert matching.values["theme"][row, column] == pytest.approx(slow_theme(one, other, offered), abs=1e-12)
        told = matching.explain(row)
        for candidate in told.candidates:
            assert sum(each.weight for each in candidate.factors) == pytest.approx(1.0, abs=1e-12)
            assert candidate.score == pytest.approx(sum(f.weight * f.value for f in candidate.factors), abs=1e-12)
            assert [each.name for each in candidate.factors] == list(FACTORS)
        for miss in told.near_misses:
            other = next(each for each in offered if each.id == miss.offer)
            blocked = [name for name, passes in slow_filters(one, other).items() if not passes]
            assert [each.filter for each in miss.obstacles] == blocked
            assert 1 <= len(blocked) <= MOST_OBSTACLES


@given(needs(), offers())
def test_every_value_is_between_0_and_1_and_has_its_words(asked: list[Asked], offered: list[Offer]) -> None:
    matching = Matching(asked, offered, GROUND)
    for name, values in matching.values.items():
        assert values.shape == (len(asked), len(offered)), name
        assert ((values >= 0) & (values <= 1 + 1e-12)).all(), name
    for told in matching.explanations():
        for candidate in told.candidates:
            assert all("%(" not in str(factor.because) and str(factor.because) for factor in candidate.factors)


@given(needs(), offers())
def test_the_order_in_which_offers_are_read_changes_nothing(asked: list[Asked], offered: list[Offer]) -> None:
    told = Matching(asked, offered, GROUND).explanations()
    assert Matching(asked[::-1], offered[::-1], GROUND).explanations() == told
    for each in told:
        keys = [(-round(one.score, 12), int(one.offer.split("-")[1])) for one in each.candidates]
        assert keys == sorted(keys)


def test_equal_offers_stand_by_their_number() -> None:
    found = explained(need(), *(offer(number) for number in (10, 9, 100, 2)))
    assert [each.offer for each in found.candidates] == ["XO-2", "XO-9", "XO-10", "XO-100"]


def test_there_are_at_most_twenty_candidates_and_ten_near_misses() -> None:
    blocked = [offer(number + 100, valid_to=YESTERDAY) for number in range(12)]
    found = explained(need(), *(offer(number + 1) for number in range(25)), *blocked)
    assert [each.offer for each in found.candidates] == [f"XO-{number}" for number in range(1, 21)]
    assert [each.offer for each in found.near_misses] == [f"XO-{number}" for number in range(100, 110)]


@pytest.mark.parametrize(
    ("asked", "one", "name", "because", "remedy"),
    [
        (need(), offer(eligible=frozenset({"XBA"})), "eligible", "does not name as eligible: XAA", "opens the offer to XAA"),
        (need(states={}), offer(eligible=frozenset({"XBA"})), "eligible", "an organization asks", "asks for itself"),
        (need(), offer(valid_to=YESTERDAY), "valid", "ended on 2026-11-23", "extends the offer"),
        (need(), offer(valid_to=TOMORROW, lead_days=9), "valid", "ends on 2026-11-25", "to 2026-12-03 or later"),
        (need(kind=Kind.EQUIPMENT), offer(), "kind", "does not give the kind", "adds this kind"),
        (need(fields=("op3cd.transit.bw.framework",)), offer(), "field", "No field", "op3cd.transit.bw.framework"),
        (need(), offer(excluded=frozenset({"african"})), "exclusions", "excludes: XAA", "lifts the exclusion of XAA"),
    ],
)  # fmt: skip
def test_a_near_miss_says_what_blocks_and_what_would_make_it_fit(
    asked: Asked, one: Offer, name: str, because: str, remedy: str
) -> None:
    ((found, why, would),) = obstacles(asked, one)
    assert found == name
    assert because in why
    assert remedy in would


def test_every_state_of_a_joint_request_must_be_eligible() -> None:
    asked = need(states={"XAA": GROUPS["XAA"], "XBA": GROUPS["XBA"]})
    assert explained(asked, offer(eligible=frozenset({"african", "XBA"}))).candidates
    ((_name, why, _would),) = obstacles(asked, offer(eligible=frozenset({"african"})))
    assert "eligible: XBA." in why


def test_the_last_day_of_an_offer_is_still_a_day_of_it() -> None:
    assert explained(need(), offer(valid_to=ON)).candidates


def test_an_offer_far_from_the_theme_is_no_near_miss() -> None:
    found = explained(need(), offer(fields=("op1.npt",)))
    assert (found.candidates, found.near_misses) == ((), ())


def test_theme_counts_the_closest_first() -> None:
    order = [
        (TRANSIT,),
        ("op3cd.transit.bw.framework",),
        ("op3cd.transshipment.cw.framework",),
        ("op3cd.transshipment.bw.framework",),
        ("op2.manufacture.bw.framework",),
    ]
    values = [value("theme", need(), offer(fields=fields)) for fields in order]
    assert values == pytest.approx([1.0, 0.85 * 0.45, 0.85 * 0.3, 0.85 * 0.15, 0.0])


def test_a_rare_field_tells_more_than_a_common_one() -> None:
    common, rare = "op2.manufacture.cw.framework", "op3cd.transit.bw.framework"
    asked = need(fields=(common, rare))
    others = [offer(number, fields=(common,)) for number in range(3, 9)]
    assert value("theme", asked, offer(fields=(rare,)), *others) > value(
        "theme", asked, offer(fields=(common,)), *others
    )


def test_a_programme_for_the_fields_of_the_need_alone_stands_before_a_broad_one() -> None:
    broad = offer(fields=(TRANSIT, "op1.npt", "op2.manufacture.bw.framework", "op2.manufacture.cw.framework"))
    assert value("theme", need(), broad) == pytest.approx(1 - FOCUS * 0.75)
    assert "1 field of the matrix stands in both, of 1 in the need and 4 in the offer" in said(need(), broad, "theme")


def test_language_is_told() -> None:
    assert value("language", need(), offer()) == 1.0
    assert value("language", need(), offer(languages=("ru",))) == 0.0
    assert value("language", need(languages=()), offer()) == NEUTRAL
    assert said(need(languages=("ar", "fr")), offer(languages=("fr", "ar")), "language") == "Both work in: ar, fr."


def test_past_work_is_told() -> None:
    for worked, expected in [({"XAA"}, 1.0), ({"african"}, 0.75), ({"grulac"}, 0.25)]:
        assert value("past-work", need(), offer(), worked_in={"XP-1": frozenset(worked)}) == expected
    assert value("past-work", need(), offer(eligible=frozenset({"XAA"}))) == 0.75
    assert value("past-work", need(states={}), offer()) == NEUTRAL


def test_what_is_urgent_has_less_patience() -> None:
    slow = offer(lead_days=90)
    assert value("timing", need(priority=Priority.HIGH), slow) == 0.5
    assert value("timing", need(priority=Priority.LOW), slow) == pytest.approx(1 - 90 / 730)
    assert said(need(), slow, "timing") == "The offer can begin on 2027-02-22, after 90 days."


def test_capacity_and_record_are_told() -> None:
    assert value("capacity", need(), offer()) == NEUTRAL
    assert value("capacity", need(), offer(capacity=Capacity(2))) == 0.4
    assert value("capacity", need(), offer(capacity=Capacity(9)), left={"XO-1": 0}) == 0.0
    assert value("track-record", need(), offer()) == 0.5
    records = {"XP-1": TrackRecord(3, 1)}
    assert value("track-record", need(), offer(), records=records) == pytest.approx(4 / 6)
    assert "Of 4 earlier matches of the provider, 3 were delivered." in said(
        need(), offer(), "track-record", records=records
    )


def test_only_the_gaps_that_both_share_count() -> None:
    other = "op3cd.transit.bw.framework"
    asked = need(fields=(TRANSIT, other), gap_weights={TRANSIT: 0.9, other: 0.1})
    assert value("gap-weight", asked, offer()) == pytest.approx(0.9)
    assert value("gap-weight", asked, offer(fields=())) == pytest.approx(0.5)
    assert (
        said(asked, offer(fields=(TRANSIT, other)), "gap-weight")
        == "2 gaps that both share have a mean priority of 0.50."
    )
    assert said(asked, offer(fields=()), "gap-weight") == "2 gaps of the need have a mean priority of 0.50."
    unknown = replace(asked, gap_weights={})
    told = "The record does not say how pressing the gaps "
    assert said(unknown, offer(fields=()), "gap-weight") == f"{told}of the need are."
    assert said(unknown, offer(fields=(TRANSIT,)), "gap-weight") == f"{told}are that both share."


def test_a_confirmed_offer_is_more_complete_than_a_stale_one() -> None:
    stale = offer(last_confirmed=ON - datetime.timedelta(days=800))
    assert is_stale(stale, ON)
    assert value("completeness", need(), offer()) == pytest.approx(2 / 8)
    assert value("completeness", need(), stale) == pytest.approx(1 / 8)


def test_a_profile_of_weights_is_whole() -> None:
    assert OFFICE.label == "office/1"
    assert sum(OFFICE.of.values()) == pytest.approx(1.0, abs=1e-12)
    with pytest.raises(ValueError, match="sum other than 1"):
        Weights("broken", 1, {**OFFICE.of, "theme": 0.5})
    with pytest.raises(ValueError, match="weighs"):
        Weights("broken", 1, {"theme": 1.0})


def test_nothing_to_match_gives_nothing() -> None:
    assert Matching([], [offer()], ground()).explanations() == ()
    (found,) = Matching([need()], [], ground()).explanations()
    assert found == Explained("XR-2026-001/1", (), ())

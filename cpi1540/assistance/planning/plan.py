"""One plan over all open needs: which offer each takes, what it is worth, what stays unmet and why.

    value = score x (1 + fairness x factor)

The factor of a need (``fairness_factor``) is fixed before solving, so that fairness changes what pairs are worth and
not what may be chosen. Total, bound and greedy are measured on the same values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from cpi1540.assistance.matching.ranking import Matching
from cpi1540.assistance.matching.sides import natural
from cpi1540.assistance.planning.packing import Capacities, pack, within
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence


@dataclass(frozen=True, slots=True)
class Pair:
    """An offer that fits a need, its score, and what of the offer's days and budget it would take."""

    need: str
    offer: str
    score: float
    days: float = 0.0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need to plan for. ``factor`` is its fairness factor; the rest names the offer that is missing, if any."""

    id: str
    request: str
    factor: float = 0.0
    kind: Kind = Kind.NOT_RECORDED
    languages: tuple[str, ...] = ()
    row: str | None = None


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer to plan with. ``places`` None: its capacity is not stated, and the plan leaves it out."""

    id: str
    provider: str
    places: int | None
    days: float | None = None
    budget: float | None = None
    min_group: int = 1


@dataclass(frozen=True, slots=True)
class Planning:
    """All that a plan depends on.

    ``provider_places`` and ``request_needs`` limit how many needs a provider takes and a request has met; who is not
    named has no limit. ``locked`` pairs (need, offer) stand, those of ``never`` do not.
    """

    needs: tuple[OpenNeed, ...]
    offers: tuple[OpenOffer, ...]
    pairs: tuple[Pair, ...]
    provider_places: Mapping[str, int] = field(default_factory=dict)
    request_needs: Mapping[str, int] = field(default_factory=dict)
    locked: frozenset[tuple[str, str]] = frozenset()
    never: frozenset[tuple[str, str]] = frozenset()
    fairness: float = 0.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A need takes one unit of an offer."""

    request: str
    need: str
    offer: str
    score: float
    value: float


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need without an offer in the plan, and why."""

    need: str
    because: Sentence


@dataclass(frozen=True, slots=True)
class Missing:
    """An offer that nobody makes: needs of one kind, in these languages, on one row, that no offer fits."""

    kind: Kind
    languages: tuple[str, ...]
    row: str | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan, by need. ``total`` is the sum of the values, at most ``upper_bound``, at least ``greedy_total``: what
    ``greedy`` is worth, the assignments where the best pair is taken first.
    """

    fairness: float
    assignments: tuple[Assignment, ...]
    total: float
    upper_bound: float
    greedy: tuple[Assignment, ...]
    greedy_total: float
    unmet: tuple[Unmet, ...]
    missing: tuple[Missing, ...]

    @property
    def relative_gap(self) -> float:
        """How much better, at most, another plan could be; 0 when nothing can be planned."""
        return (self.upper_bound - self.total) / self.upper_bound if self.upper_bound > 0 else 0.0


def fairness_factor(waiting: int, longest: int, delivered: int) -> float:
    """0..1: half for how long a need waits (days) against the longest, half for how little its requester received."""
    waited = min(1.0, max(0, waiting) / longest) if longest > 0 else 0.0
    return 0.5 * waited + 0.5 / (1 + max(0, delivered))


def pairs_of(matching: Matching) -> tuple[Pair, ...]:
    """The candidates of each need, as a plan takes them."""
    scores = matching.scores
    return tuple(
        Pair(need.id, matching.offers[column].id, float(scores[row, column]))
        for row, need in enumerate(matching.needs)
        for column in matching.ranked[row]
    )


def make_plan(planning: Planning) -> Plan:
    """The plan. DomainError when locked pairs cannot stand together. The order of the input changes nothing."""
    needs, offers, pairs = _sides(planning)
    factors = np.array([need.factor for need in needs.values()])
    places = {identifier: place for place, identifier in enumerate(needs)}
    of_need = np.array([places[pair.need] for pair in pairs], np.intp)
    scores = np.array([pair.score for pair in pairs], float)
    values = scores * (1 + planning.fairness * factors[of_need]) if pairs else scores
    capacities = _capacities(planning, needs, offers, pairs)
    locked = _locked(planning, pairs, capacities)
    packed = pack(values, capacities, locked)

    def assigned(chosen: Iterable[int]) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(needs[pair.need].request, pair.need, pair.offer, pair.score, float(values[place]))
            for place in chosen
            for pair in [pairs[place]]
        )

    assignments = assigned(packed.chosen)
    unmet = tuple(_unmet(planning, needs, offers, assignments))
    return Plan(
        planning.fairness,
        assignments,
        packed.total,
        packed.upper_bound,
        assigned(packed.greedy),
        packed.greedy_total,
        unmet,
        _missing(needs, planning.pairs),
    )


def standing_locks(planning: Planning, earliest_first: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of the pairs (need, offer) that can be locked together, where an earlier one goes before a later one."""
    wanted = tuple(earliest_first)
    needs, offers, pairs = _sides(replace(planning, pairs=tuple(_among(planning.pairs, wanted))))
    capacities = _capacities(planning, needs, offers, pairs)
    places = {(pair.need, pair.offer): place for place, pair in enumerate(pairs)}
    standing: dict[tuple[str, str], int] = {}
    for each in wanted:
        if each in places and within([*standing.values(), places[each]], capacities).all():
            standing[each] = places[each]
    return tuple(standing)


def without_offer(planning: Planning, offer: str) -> Planning:
    """What would be planned from if the offer were withdrawn; pairs locked to it are free again."""
    return replace(
        planning,
        offers=tuple(one for one in planning.offers if one.id != offer),
        pairs=tuple(pair for pair in planning.pairs if pair.offer != offer),
        locked=frozenset(pair for pair in planning.locked if pair[1] != offer),
    )


def with_more(planning: Planning, offer: str, *, places: int = 0, days: float = 0.0, budget: float = 0.0) -> Planning:
    """What would be planned from if the offer had so much more; what it has not stated stays not stated."""

    def more(one: OpenOffer) -> OpenOffer:
        return replace(
            one,
            places=None if one.places is None else one.places + places,
            days=None if one.days is None else one.days + days,
            budget=None if one.budget is None else one.budget + budget,
        )

    return replace(planning, offers=tuple(more(one) if one.id == offer else one for one in planning.offers))


def _among(pairs: Iterable[Pair], wanted: Iterable[tuple[str, str]]) -> Iterable[Pair]:
    asked = frozenset(wanted)
    return (pair for pair in pairs if (pair.need, pair.offer) in asked)


def _sides(planning: Planning) -> tuple[dict[str, OpenNeed], dict[str, OpenOffer], list[Pair]]:
    """Needs and offers by identifier, and the pairs that a plan may choose, in the order of both."""
    needs = {need.id: need for need in sorted(planning.needs, key=lambda need: natural(need.id))}
    offers = {one.id: one for one in sorted(planning.offers, key=lambda one: natural(one.id))}
    need_places = {identifier: place for place, identifier in enumerate(needs)}
    offer_places = {identifier: place for place, identifier in enumerate(offers)}
    pairs = [
        pair
        for pair in planning.pairs
        if pair.need in needs
        and pair.offer in offers
        and offers[pair.offer].places is not None
        and (pair.need, pair.offer) not in planning.never
    ]
    pairs.sort(key=lambda pair: (need_places[pair.need], offer_places[pair.offer]))
    return needs, offers, pairs


def _capacities(
    planning: Planning, needs: Mapping[str, OpenNeed], offers: Mapping[str, OpenOffer], pairs: list[Pair]
) -> Capacities:
    """Capacities x pairs. Only what limits something gets a row."""
    group_places = {identifier: place for place, identifier in enumerate(offers)}
    need_places = {identifier: place for place, identifier in enumerate(needs)}
    of_need = np.array([need_places[pair.need] for pair in pairs], np.intp)
    of_offer = np.array([group_places[pair.offer] for pair in pairs], np.intp)
    ones = np.ones(len(pairs))
    limits: list[float] = []
    rows: list[NDArray[np.intp]] = []
    columns: list[NDArray[np.intp]] = []
    amounts: list[NDArray[np.float64]] = []

    def limit(each_has: list[float | None], whose: NDArray[np.intp], used: NDArray[np.float64]) -> None:
        """Rows for those that have a limit; ``whose`` gives each pair its place among them, ``used`` what it takes."""
        limited = np.array([most is not None for most in each_has], bool)
        places = len(limits) + np.cumsum(limited) - 1
        touched = np.flatnonzero(limited[whose] & (used > 0)) if len(whose) else np.zeros(0, np.intp)
        rows.append(places[whose[touched]])
        columns.append(touched)
        amounts.append(used[touched])
        limits.extend(float(most) for most in each_has if most is not None)

    limit([1.0] * len(needs), of_need, ones)
    limit([one.places for one in offers.values()], of_offer, ones)
    if planning.provider_places:
        providers = sorted({one.provider for one in offers.values()})
        provider_of = np.array([providers.index(one.provider) for one in offers.values()], np.intp)
        limit([planning.provider_places.get(one) for one in providers], provider_of[of_offer], ones)
    if planning.request_needs:
        requests = {
            request: place for place, request in enumerate(dict.fromkeys(one.request for one in needs.values()))
        }
        request_of = np.array([requests[one.request] for one in needs.values()], np.intp)
        limit([planning.request_needs.get(one) for one in requests], request_of[of_need], ones)
    limit([one.days for one in offers.values()], of_offer, np.array([pair.days for pair in pairs], float))
    limit([one.budget for one in offers.values()], of_offer, np.array([pair.cost for pair in pairs], float))
    entries = (np.concatenate(amounts), (np.concatenate(rows), np.concatenate(columns)))
    uses = csc_array(entries, shape=(len(limits), len(pairs)))
    return Capacities(
        uses,
        np.array(limits),
        of_offer,
        np.array([one.min_group for one in offers.values()], np.intp),
    )


def _locked(planning: Planning, pairs: list[Pair], capacities: Capacities) -> list[int]:
    """The places of the locked pairs."""
    places = {(pair.need, pair.offer): place for place, pair in enumerate(pairs)}
    for need, offer in sorted(planning.locked):
        if (need, offer) not in places:
            raise DomainError(
                sentence(
                    "%(offer)s is locked to %(need)s, but it is none of the offers to plan with for that need.",
                    offer=offer,
                    need=need,
                )
            )
    found = sorted(places[pair] for pair in planning.locked)
    if found and not within(found, capacities).all():
        raise DomainError(sentence("The locked pairs do not fit together: they take more than there is."))
    return found


def _unmet(
    planning: Planning,
    needs: Mapping[str, OpenNeed],
    offers: Mapping[str, OpenOffer],
    assignments: Iterable[Assignment],
) -> Iterable[Unmet]:
    met, taken, of_request = set(), set(), dict[str, int]()
    for each in assignments:
        met.add(each.need)
        taken.add(each.offer)
        of_request[each.request] = of_request.get(each.request, 0) + 1
    fitting: dict[str, list[OpenOffer]] = {}
    for pair in planning.pairs:
        if pair.offer in offers:
            fitting.setdefault(pair.need, []).append(offers[pair.offer])
    for identifier, need in needs.items():
        if identifier in met:
            continue
        most = planning.request_needs.get(need.request)
        full = most is not None and of_request.get(need.request, 0) >= most
        yield Unmet(identifier, _why(identifier, fitting.get(identifier, []), planning, taken, full))


def _why(need: str, fitting: list[OpenOffer], planning: Planning, taken: set[str], full: bool) -> Sentence:
    if not fitting:
        return sentence("No offer fits the need.")
    allowed = [one for one in fitting if (need, one.id) not in planning.never]
    if not allowed:
        return sentence("Every offer that fits was ruled out for this need.")
    stated = [one for one in allowed if one.places is not None]
    if not stated:
        return sentence("Offers fit, but none of them states its capacity.")
    if full:
        return sentence("The request has as many needs met as it may have.")
    if all(one.min_group > 1 and one.id not in taken for one in stated):
        return sentence("Too few needs come together for the smallest group of an offer that fits.")
    return plural_sentence(
        "%(n)s offer fits, but what it can carry goes to other needs.",
        "%(n)s offers fit, but what they can carry goes to other needs.",
        len(stated),
    )


def _missing(needs: Mapping[str, OpenNeed], pairs: Iterable[Pair]) -> tuple[Missing, ...]:
    """Needs that no offer fits, together where one offer could serve them; the most needs first."""
    served = {pair.need for pair in pairs}
    groups: dict[tuple[Kind, tuple[str, ...], str | None], list[str]] = {}
    for identifier, need in needs.items():
        if identifier not in served:
            groups.setdefault((need.kind, need.languages, need.row), []).append(identifier)
    found = [Missing(*about, tuple(each)) for about, each in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.needs), one.kind, one.languages, one.row or "")))

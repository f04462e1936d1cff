"""The plan over all open needs of a record, made from what is recorded; nothing is written here."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from cpi1540.assistance.matching.ranking import Matching
from cpi1540.assistance.matching.service import matches
from cpi1540.assistance.matching.service.matches import ToMatch
from cpi1540.assistance.matching.weights import Weights
from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.offers.tables import OfferRow
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.planning.decision import Decision, DecisionKind, Estimate
from cpi1540.assistance.planning.plan import (
    OpenNeed,
    Pair,
    Plan,
    Planning,
    fairness_factor,
    make_plan,
    pairs_of,
    standing_locks,
)
from cpi1540.assistance.planning.service.decisions import decisions
from cpi1540.assistance.planning.service.estimates import estimates
from cpi1540.assistance.planning.service.needs_and_offers import provider_of
from cpi1540.assistance.planning.service.what_is_left import open_offers, provider_places, request_needs
from cpi1540.assistance.planning.what_if import WhatIf, supposed
from cpi1540.assistance.requests.request import Need, NeedStatus, Request, Requester, Status
from cpi1540.assistance.requests.service import lists
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db
from cpi1540.foundation.messages import Sentence, sentence

# Needs scored at once: with two thousand offers their arrays take a few hundred megabytes.
BLOCK = 500
# Pairs of a need and an offer up to which a page makes its plan while the reader waits.
AT_ONCE = 250_000
Step = Callable[[int, int, Sentence], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with all that it rests on.

    ``plan`` is made with the ``what_ifs``, ``recorded`` without them (the same one where there are none). ``idle``
    are locks that change nothing: of needs that are not open, or of offers that do not fit, or state no capacity.
    ``crowded`` are locks that change nothing for another reason: too little is left beside those decided earlier.
    ``unstated`` are offers left out, for they do not state their capacity.
    """

    practice: bool
    plan: Plan
    recorded: Plan
    fairness: float
    weights: Weights
    on: datetime.date
    what_ifs: tuple[WhatIf, ...]
    needs: Mapping[str, tuple[Request, Need]]
    offers: Mapping[str, Offer]
    providers: Mapping[str, Provider]
    decisions: tuple[Decision, ...]
    idle: tuple[Decision, ...]
    crowded: tuple[Decision, ...]
    unstated: tuple[str, ...]


def size(practice: bool) -> int:
    """How many pairs of an open need and an offer there are in one record."""
    needs = (
        select(func.count(NeedRow.id))
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .where(RequestRow.practice.is_(practice), RequestRow.status == Status.OPEN, NeedRow.status == NeedStatus.OPEN)
    )
    every = select(func.count(OfferRow.id)).where(OfferRow.practice.is_(practice))
    return (db.session.scalar(needs) or 0) * (db.session.scalar(every) or 0)


def plan(
    practice: bool,
    actor: Actor,
    *,
    fairness: float = 0.0,
    what_ifs: Sequence[WhatIf] = (),
    weights: Weights | None = None,
    on: datetime.date | None = None,
    step: Step | None = None,
) -> Planned:
    """The plan over the open needs of one record. A constant number of queries.

    ``step(done, of, stage)`` is told how far it is. Locks that do not fit together never keep a plan from being made:
    those decided first stand.
    """
    told = step or _silent
    told(0, 0, sentence("Reading needs and offers"))
    read = matches.open_needs(practice, actor, weights=weights, on=on)
    decided, taken, promised = decisions(practice), estimates(practice), outcomes.promised_pairs(practice)
    pairs, idle = _pairs(read, decided, taken, told)
    providers = {one.id: one for one in offers.providers(practice, actor)}
    planning = Planning(
        tuple(_open_needs(read, _delivered(practice, actor))),
        tuple(open_offers(read.offers, promised, taken)),
        tuple(pairs),
        provider_places(providers.values(), promised, provider_of(practice)),
        request_needs(request for request, _need in read.needs.values()),
        never=frozenset(_pairs_of(decided, DecisionKind.NEVER)),
        fairness=fairness,
    )
    told(len(read.asked), len(read.asked), sentence("Choosing among all pairs"))
    earliest = sorted(decided, key=lambda each: each.at)
    locks = [each for each in earliest if each.kind is DecisionKind.LOCK and each not in idle]
    firm = _with_locks(planning, locks)
    recorded = make_plan(firm)
    made = make_plan(_with_locks(supposed(planning, what_ifs), locks)) if what_ifs else recorded
    return Planned(
        practice,
        made,
        recorded,
        fairness,
        read.weights,
        read.ground.on,
        tuple(what_ifs),
        read.needs,
        {one.id: one for one in read.offers},
        providers,
        decided,
        tuple(idle),
        tuple(each for each in locks if (each.need, each.offer) not in firm.locked),
        tuple(one.id for one in read.offers if one.capacity.places is None),
    )


def _pairs(
    read: ToMatch, decided: Sequence[Decision], taken: Mapping[str, Estimate], told: Step
) -> tuple[list[Pair], list[Decision]]:
    """The pairs to choose among, with what each takes, and the locks of pairs that are not among them."""
    found: list[Pair] = []
    idle = {(each.need, each.offer): each for each in decided if each.kind is DecisionKind.LOCK}
    locked = tuple(idle)
    stated = {one.id for one in read.offers if one.capacity.places is not None}
    for place, block in enumerate(read.blocks(BLOCK)):
        told(min(place * BLOCK, len(read.asked)), len(read.asked), sentence("Scoring needs against offers"))
        chosen = {(pair.need, pair.offer): pair for pair in pairs_of(block)}
        chosen |= {(pair.need, pair.offer): pair for pair in _fitting(block, locked)}
        for pair in chosen.values():
            estimate = taken.get(pair.need, Estimate())
            found.append(Pair(pair.need, pair.offer, pair.score, estimate.person_days or 0.0, estimate.budget or 0.0))
        idle = {pair: each for pair, each in idle.items() if pair not in chosen or pair[1] not in stated}
    return found, list(idle.values())


def _with_locks(planning: Planning, locks: Iterable[Decision]) -> Planning:
    """With those of the locks that fit together, the earliest decided first."""
    pairs = _pairs_of(locks, DecisionKind.LOCK)
    return replace(planning, locked=frozenset(standing_locks(planning, pairs)))


def _fitting(block: Matching, wanted: Iterable[tuple[str, str]]) -> Iterable[Pair]:
    """Those of the wanted pairs that pass every filter, though others may be better."""
    rows = {need.id: row for row, need in enumerate(block.needs)}
    columns = {offer.id: column for column, offer in enumerate(block.offers)}
    for need, offer in wanted:
        if need in rows and offer in columns and block.fits[rows[need], columns[offer]]:
            yield Pair(need, offer, float(block.scores[rows[need], columns[offer]]))


def _open_needs(read: ToMatch, delivered: Mapping[Requester, int]) -> Iterable[OpenNeed]:
    waits = {need: _waiting(request, read.ground.on) for need, (request, _need) in read.needs.items()}
    longest = max(waits.values(), default=0)
    for asked in read.asked:
        request, need = read.needs[asked.id]
        received = delivered.get(request.values.requester, 0)
        yield OpenNeed(
            asked.id,
            asked.request,
            fairness_factor(waits[asked.id], longest, received),
            asked.kind,
            tuple(sorted(asked.languages)),
            ".".join(need.values.fields[0].split(".")[:2]) if need.values.fields else None,
        )


def _waiting(request: Request, on: datetime.date) -> int:
    date = request.values.date
    return (on - (date.first_day if date else request.registered_at.date())).days


def _delivered(practice: bool, actor: Actor) -> dict[Requester, int]:
    """How many needs of each requester were met before."""
    found: dict[Requester, int] = {}
    for line in lists.listing(lists.EVERYTHING, actor, practice=practice, size=None).lines:
        met = sum(1 for need in line.request.needs if need.status is NeedStatus.DELIVERED)
        requester = line.request.values.requester
        found[requester] = found.get(requester, 0) + met
    return found


def _pairs_of(decided: Iterable[Decision], kind: DecisionKind) -> Iterable[tuple[str, str]]:
    return ((each.need, each.offer) for each in decided if each.kind is kind)


def _silent(_done: int, _of: int, _stage: Sentence) -> None:
    """Nobody follows how far it is."""

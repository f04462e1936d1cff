"""What the pages of matches show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.assistance.matching.ranking import Candidate
from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.foundation.factor import Factor

STRONG, WEAK = 0.75, 0.5
MOST_STRONG, MOST_WEAK = 3, 2


@dataclass(frozen=True, slots=True)
class Card:
    """An offer that fits, with the factors that speak most for it and those that cost it most."""

    rank: int
    candidate: Candidate
    offer: Offer
    provider: Provider
    strong: tuple[Factor, ...]
    weak: tuple[Factor, ...]


def cards(
    candidates: Sequence[Candidate], offers: Mapping[str, Offer], providers: Mapping[str, Provider]
) -> tuple[Card, ...]:
    """A card for each candidate, in their order."""
    return tuple(
        card(rank, candidate, offers[candidate.offer], providers[candidate.provider])
        for rank, candidate in enumerate(candidates, 1)
    )


def card(rank: int, candidate: Candidate, offer: Offer, provider: Provider) -> Card:
    """One card. Strong are the factors of 0.75 or more that add most, weak those below 0.5 that cost most."""
    adds = sorted(candidate.factors, key=lambda each: -each.weight * each.value)
    costs = sorted(candidate.factors, key=lambda each: -each.weight * (1 - each.value))
    return Card(
        rank,
        candidate,
        offer,
        provider,
        tuple(each for each in adds if each.value >= STRONG)[:MOST_STRONG],
        tuple(each for each in costs if each.value < WEAK)[:MOST_WEAK],
    )

"""Which offers fit a need, which almost fit, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cpi1540.assistance.matching.factors import FACTORS
from cpi1540.assistance.matching.filters import FILTERS, Obstacle, obstacles
from cpi1540.assistance.matching.sides import Array, Asked, Ground, Pairs, Sides
from cpi1540.assistance.matching.weights import OFFICE, Weights
from cpi1540.assistance.offers.offer import Offer
from cpi1540.foundation.factor import Factor

MOST_CANDIDATES = 20
MOST_NEAR_MISSES = 10
# A pair that more filters block than these is no near miss.
MOST_OBSTACLES = 2
# Scores that agree so far are equal: sums in another order may differ in the last digits.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that passes every filter; the score is the sum of weight x value over its factors."""

    offer: str
    provider: str
    score: float
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An offer on the need's theme that one or two filters block; ``score`` is what it would have."""

    offer: str
    provider: str
    score: float
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What there is for one need: the best candidates and the nearest misses, best first."""

    need: str
    candidates: tuple[Candidate, ...]
    near_misses: tuple[NearMiss, ...]


class Matching:
    """Every need against every offer. Arrays are needs x offers, in the order of ``needs`` and ``offers``."""

    def __init__(
        self, needs: Iterable[Asked], offers: Iterable[Offer], ground: Ground, weights: Weights = OFFICE
    ) -> None:
        self.sides = Sides(needs, offers, ground)
        self.weights = weights

    @property
    def needs(self) -> tuple[Asked, ...]:
        """The needs by identifier."""
        return self.sides.needs

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The offers by identifier."""
        return self.sides.offers

    @cached_property
    def values(self) -> dict[str, Array]:
        """The value of each factor for each pair."""
        return {name: factor.values(self.sides) for name, factor in FACTORS.items()}

    @cached_property
    def scores(self) -> Array:
        """The score of each pair, whether or not a filter blocks it."""
        found = np.zeros((len(self.needs), len(self.offers)))
        for name, values in self.values.items():
            found += self.weights.of[name] * values
        return found

    @cached_property
    def passed(self) -> dict[str, Pairs]:
        """For each filter, the pairs that pass it."""
        return {name: each.passes(self.sides) for name, each in FILTERS.items()}

    @cached_property
    def fits(self) -> Pairs:
        """The pairs that pass every filter."""
        found = np.ones((len(self.needs), len(self.offers)), bool)
        for passed in self.passed.values():
            found &= passed
        return found

    @cached_property
    def ranked(self) -> tuple[tuple[int, ...], ...]:
        """For each need the places of the best candidates; equal ones by identifier."""
        return self._best(self.fits, np.zeros_like(self.scores), MOST_CANDIDATES)

    @cached_property
    def nearly(self) -> tuple[tuple[int, ...], ...]:
        """For each need the places of the nearest misses: fewer obstacles first, then the better score."""
        blocked = np.zeros(self.fits.shape)
        for passed in self.passed.values():
            blocked += ~passed
        wanted = (blocked > 0) & (blocked <= MOST_OBSTACLES) & (self.values["theme"] > 0)
        return self._best(wanted, blocked, MOST_NEAR_MISSES)

    def explain(self, place: int) -> Explained:
        """The best candidates and nearest misses of the need at ``place``, with their reasons."""
        need = self.needs[place]
        candidates = tuple(self.candidate(place, column) for column in self.ranked[place])
        return Explained(need.id, candidates, tuple(self._near_miss(place, each) for each in self.nearly[place]))

    def explanations(self) -> tuple[Explained, ...]:
        """``explain`` for every need."""
        return tuple(self.explain(place) for place in range(len(self.needs)))

    def candidate(self, place: int, column: int) -> Candidate:
        """The pair of that need and that offer with its reasons, whether or not a filter blocks it."""
        need, offer, ground, of = self.needs[place], self.offers[column], self.sides.ground, self.weights.of
        factors = []
        for name, factor in FACTORS.items():
            value = float(self.values[name][place, column])
            factors.append(Factor(name, of[name], value, factor.because(need, offer, ground, value)))
        return Candidate(offer.id, offer.provider, float(self.scores[place, column]), tuple(factors))

    def rank(self, place: int, column: int) -> int | None:
        """The place of an offer among all that fit the need, from 1; None when a filter blocks it."""
        if not self.fits[place, column]:
            return None
        own = np.round(self.scores[place], DIGITS)
        before = (own > own[column]) | ((own == own[column]) & (np.arange(len(own)) < column))
        return 1 + int((before & self.fits[place]).sum())

    def obstacles(self, place: int, column: int) -> tuple[Obstacle, ...]:
        """The filters that block that pair; none when it passes them all."""
        blocking = {name: not passed[place, column] for name, passed in self.passed.items()}
        return obstacles(blocking, self.needs[place], self.offers[column], self.sides.ground)

    def _near_miss(self, place: int, column: int) -> NearMiss:
        offer = self.offers[column]
        return NearMiss(offer.id, offer.provider, float(self.scores[place, column]), self.obstacles(place, column))

    def _best(self, wanted: Pairs, after: Array, most: int) -> tuple[tuple[int, ...], ...]:
        """For each need the wanted places: lower ``after`` first, then higher score, then the order of offers."""
        keys = np.where(wanted, after * 2.0 - np.round(self.scores, DIGITS), np.inf)
        order = np.argsort(keys, axis=1, kind="stable")[:, :most]
        counts = np.minimum(wanted.sum(1), most)
        return tuple(tuple(row[:count]) for row, count in zip(order.tolist(), counts.tolist(), strict=True))

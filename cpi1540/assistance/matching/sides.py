"""The two sides of a match, needs and offers, each once as values and once as arrays.

A row of an array of needs is a need, a column of an array of offers an offer, so that one product of two arrays
speaks of all pairs. Both sides are in the order of their identifiers: whatever comes out does not depend on the
order in which they were read.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cpi1540.assistance.offers.offer import Offer, begins, is_stale
from cpi1540.assistance.requests.request import Kind, Priority
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain, Field, Layout

Array: TypeAlias = NDArray[np.float64]
Pairs: TypeAlias = NDArray[np.bool_]

# How much of the thematic overlap each level of the matrix tree carries: the closer, the more.
LEVELS: Mapping[str, float] = {"field": 0.4, "row": 0.3, "section": 0.15, "domain": 0.15}
KINDS = tuple(Kind)
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A need as it is matched: whose it is, what it asks for, how pressing its gaps are.

    ``states`` maps each State that asks to its groups; an organization's need has none. ``gap_weights`` gives the
    priority (0..1) of the gaps among ``fields``; without any the record does not tell.
    """

    id: str
    request: str
    kind: Kind
    fields: tuple[str, ...] = ()
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    priority: Priority | None = None
    gap_weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """What came of a provider's earlier matches: so many delivered, so many that fell through."""

    delivered: int = 0
    fallen_through: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What matching rests on beside both sides: the day, the layout, what happened before.

    ``worked_in`` maps a provider to the States and groups in which it delivered; ``left`` an offer to the places
    that are not promised yet, where its capacity is stated.
    """

    on: datetime.date
    layout: Layout
    worked_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    records: Mapping[str, TrackRecord] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)

    def left_of(self, offer: Offer) -> int | None:
        """Places of the offer that are not promised yet; None where its capacity is not stated."""
        return max(0, self.left[offer.id]) if offer.id in self.left else offer.capacity.places


def natural(identifier: str) -> tuple[tuple[int, str], ...]:
    """What identifiers are sorted by: O-9 before O-31."""
    parts = _DIGITS.split(identifier)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


class Sides:
    """Needs and offers with their arrays, each made once when it is first asked for."""

    def __init__(self, needs: Iterable[Asked], offers: Iterable[Offer], ground: Ground) -> None:
        self.needs = tuple(sorted(needs, key=lambda need: natural(need.id)))
        self.offers = tuple(sorted(offers, key=lambda offer: natural(offer.id)))
        self.ground = ground

    @cached_property
    def asked(self) -> Array:
        """Needs x fields: 1 where the need names the field."""
        positions = self.ground.layout.positions
        return _marks([[positions[key] for key in need.fields if key in positions] for need in self.needs], positions)

    @cached_property
    def covered(self) -> Array:
        """Offers x fields: 1 where the offer covers the field."""
        positions = self.ground.layout.positions
        return _marks([[positions[key] for key in one.fields if key in positions] for one in self.offers], positions)

    @cached_property
    def shared(self) -> Array:
        """Needs x offers: how many fields both name."""
        return self.asked @ self.covered.T

    @cached_property
    def gaps(self) -> Array:
        """Needs x fields: the priority of the gap, where the record tells."""
        found = np.zeros_like(self.asked)
        positions = self.ground.layout.positions
        for row, need in enumerate(self.needs):
            for key in need.fields:
                if key in need.gap_weights and key in positions:
                    found[row, positions[key]] = need.gap_weights[key]
        return found

    @cached_property
    def general(self) -> Pairs:
        """offers: whether it covers no field in particular."""
        found: Pairs = self.covered.sum(1) == 0
        return found

    @cached_property
    def nodes(self) -> tuple[Array, Array]:
        """(needs x nodes, offers x nodes) over all levels of the matrix tree.

        A need's row sums to 1: within a level each node it names counts by its rarity among the offers, and the
        levels by ``LEVELS``; one that it has no node on leaves its share to the others.
        """
        theirs: list[Array] = []
        ours: list[Array] = []
        for level, share in LEVELS.items():
            named, offered = self.asked, self.covered
            if level != "field":
                tree = tree_of(self.ground.layout.fields, level)
                named = ((self.asked @ tree) > 0).astype(float)
                offered = ((self.covered @ tree) > 0).astype(float)
            weighed = named * rarity(offered)
            total = weighed.sum(1, keepdims=True)
            ours.append(np.divide(weighed * share, total, out=np.zeros_like(weighed), where=total > 0))
            theirs.append(offered)
        whole = np.concatenate(ours, axis=1)
        total = whole.sum(1, keepdims=True)
        return np.divide(whole, total, out=np.zeros_like(whole), where=total > 0), np.concatenate(theirs, axis=1)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every State that asks, each once."""
        return tuple(sorted({state for need in self.needs for state in need.states}))

    @cached_property
    def asking(self) -> Array:
        """Needs x States: 1 where the State asks."""
        places = {state: place for place, state in enumerate(self.states)}
        return _marks([[places[state] for state in need.states] for need in self.needs], places)

    @cached_property
    def tokens(self) -> tuple[Array, Mapping[str, int]]:
        """(States x tokens: 1 for the State itself and each of its groups, the place of each token)."""
        own: dict[str, frozenset[str]] = {}
        for need in self.needs:
            for state, groups in need.states.items():
                own[state] = own.get(state, frozenset({state})) | groups
        places = {token: place for place, token in enumerate(sorted({each for one in own.values() for each in one}))}
        return _marks([[places[token] for token in own[state]] for state in self.states], places), places

    def places_named(self, names: Sequence[frozenset[str]]) -> Pairs:
        """States x names: whether the State, or one of its groups, is among the names."""
        of_states, places = self.tokens
        of_names = _marks([[places[token] for token in one if token in places] for one in names], places)
        found: Pairs = (of_states @ of_names.T) > 0
        return found

    @cached_property
    def named_eligible(self) -> Pairs:
        """States x offers: whether the offer names the State, or one of its groups, as eligible."""
        return self.places_named([offer.eligible for offer in self.offers])

    @cached_property
    def kinds_asked(self) -> Array:
        """Needs x kinds; a need whose kind is not recorded has none."""
        return _marks([[KINDS.index(need.kind)] if is_kind(need) else [] for need in self.needs], KINDS)

    @cached_property
    def kinds_offered(self) -> Array:
        """Offers x kinds."""
        return _marks([[KINDS.index(kind) for kind in offer.kinds] for offer in self.offers], KINDS)

    @cached_property
    def languages(self) -> tuple[Array, Array]:
        """(needs x languages, offers x languages), of the six."""
        ours = [[CODES.index(each) for each in need.languages if each in CODES] for need in self.needs]
        theirs = [[CODES.index(each) for each in offer.languages if each in CODES] for offer in self.offers]
        return _marks(ours, CODES), _marks(theirs, CODES)

    @cached_property
    def waits(self) -> Array:
        """offers: days until it can begin."""
        on = self.ground.on
        return np.array([(begins(offer, on) - on).days for offer in self.offers], float)

    @cached_property
    def stale(self) -> Pairs:
        """offers: whether nobody confirmed it within twelve months."""
        return np.array([is_stale(offer, self.ground.on) for offer in self.offers], bool)


def is_kind(need: Asked) -> bool:
    """Whether it is recorded what kind of assistance the need asks for."""
    return need.kind is not Kind.NOT_RECORDED


def rarity(offered: Array) -> Array:
    """nodes: 1 + ln(offers / offers that name the node); a node that no offer names counts as if one did.

    The inverse document frequency of text retrieval (Spärck Jones, 1972): what few offers cover tells more.
    """
    named = np.maximum(offered.sum(0), 1.0)
    found: Array = 1.0 + np.log(max(len(offered), 1) / named)
    return found


def _marks(places: Sequence[Sequence[int]], among: Sequence[object] | Mapping[str, int]) -> Array:
    found = np.zeros((len(places), len(among)))
    rows = np.repeat(np.arange(len(places)), [len(each) for each in places])
    found[rows, [place for each in places for place in each]] = 1.0
    return found


def tree_of(fields: Sequence[Field], level: str) -> Array:
    """Fields x nodes of a level: 1 where the field lies under the node."""
    names = [_node(each, level) for each in fields]
    nodes = {name: place for place, name in enumerate(dict.fromkeys(name for name in names if name is not None))}
    return _marks([[nodes[name]] if name is not None else [] for name in names], nodes)


def _node(each: Field, level: str) -> str | Domain | None:
    if level == "domain":
        return each.domain
    return {"field": each.key, "row": f"{each.section}.{each.row}", "section": each.section}[level]

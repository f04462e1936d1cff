"""What must hold before a need and an offer are matched at all. Each filter says what stands in the way.

A filter has ``passes(sides) -> needs x offers`` and ``because(need, offer, ground)``: what blocks the pair, and what
would make it fit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from cpi1540.assistance.matching.sides import Asked, Ground, Pairs, Sides
from cpi1540.assistance.offers.offer import Offer, begins
from cpi1540.foundation.messages import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A filter that a pair does not pass: what blocks it, and what would make it fit."""

    filter: str
    because: Sentence
    remedy: Sentence


@dataclass(frozen=True, slots=True)
class Filter:
    """One hard condition on pairs."""

    passes: Callable[[Sides], Pairs]
    because: Callable[[Asked, Offer, Ground], tuple[Sentence, Sentence]]


def obstacles(blocking: Mapping[str, bool], need: Asked, offer: Offer, ground: Ground) -> tuple[Obstacle, ...]:
    """The obstacles of a pair, of the filters that ``blocking`` names, in the order of ``FILTERS``."""
    return tuple(
        Obstacle(name, *each.because(need, offer, ground)) for name, each in FILTERS.items() if blocking.get(name)
    )


def _eligible(sides: Sides) -> Pairs:
    open_to_all = np.array([not offer.eligible for offer in sides.offers], bool)
    barred = ~(sides.named_eligible | open_to_all)
    found: Pairs = (sides.asking @ barred.astype(float)) == 0
    # An organization is no State: only what is open to everybody is open to it.
    found &= (sides.asking.sum(1) > 0)[:, None] | open_to_all
    return found


def _why_eligible(need: Asked, offer: Offer, _ground: Ground) -> tuple[Sentence, Sentence]:
    barred = [state for state, groups in sorted(need.states.items()) if not ({state} | groups) & offer.eligible]
    if not barred:
        return (
            sentence("The offer is for States that it names; an organization asks."),
            sentence("A State in which the offer is open asks for itself."),
        )
    named = ", ".join(barred)
    return (
        sentence("The offer does not name as eligible: %(states)s.", states=named),
        sentence("The provider opens the offer to %(states)s.", states=named),
    )


def _not_excluded(sides: Sides) -> Pairs:
    barred = sides.places_named([offer.excluded for offer in sides.offers])
    found: Pairs = (sides.asking @ barred.astype(float)) == 0
    return found


def _why_excluded(need: Asked, offer: Offer, _ground: Ground) -> tuple[Sentence, Sentence]:
    barred = [state for state, groups in sorted(need.states.items()) if ({state} | groups) & offer.excluded]
    named = ", ".join(barred)
    return (
        sentence("The offer excludes: %(states)s.", states=named),
        sentence("The provider lifts the exclusion of %(states)s.", states=named),
    )


def _valid(sides: Sides) -> Pairs:
    on = sides.ground.on
    lasts = [offer.valid_to is None or begins(offer, on) <= offer.valid_to for offer in sides.offers]
    return np.broadcast_to(np.array(lasts, bool), (len(sides.needs), len(sides.offers)))


def _why_valid(_need: Asked, offer: Offer, ground: Ground) -> tuple[Sentence, Sentence]:
    if offer.valid_to is not None and offer.valid_to < ground.on:
        return (
            sentence("The offer ended on %(day)s.", day=offer.valid_to),
            sentence("The provider extends the offer."),
        )
    return (
        sentence("The offer ends on %(day)s, before it could begin.", day=offer.valid_to),
        sentence("The provider extends the offer to %(day)s or later.", day=begins(offer, ground.on)),
    )


def _same_kind(sides: Sides) -> Pairs:
    unknown = sides.kinds_asked.sum(1) == 0
    found: Pairs = ((sides.kinds_asked @ sides.kinds_offered.T) > 0) | unknown[:, None]
    return found


def _why_kind(_need: Asked, _offer: Offer, _ground: Ground) -> tuple[Sentence, Sentence]:
    return (
        sentence("The offer does not give the kind of assistance that is asked for."),
        sentence("The provider adds this kind of assistance, or the requester takes another kind."),
    )


def _common_field(sides: Sides) -> Pairs:
    found: Pairs = (sides.shared > 0) | sides.general
    return found


def _why_field(need: Asked, _offer: Offer, _ground: Ground) -> tuple[Sentence, Sentence]:
    if not need.fields:
        return (
            sentence("The need names no field of the matrix, and the offer is for certain fields only."),
            sentence("The requester says which fields the assistance is to close."),
        )
    return (
        sentence("No field of the matrix stands in both."),
        sentence("The provider extends the offer to %(field)s, or to another field of the need.", field=need.fields[0]),
    )


FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        "eligible": Filter(_eligible, _why_eligible),
        "valid": Filter(_valid, _why_valid),
        "kind": Filter(_same_kind, _why_kind),
        "field": Filter(_common_field, _why_field),
        "exclusions": Filter(_not_excluded, _why_excluded),
    }
)

"""What speaks for a match: factors with a value 0..1 for each pair and a reason in words.

A factor has ``values(sides) -> needs x offers`` and ``because(need, offer, ground, value)``. Where the record does not
tell, its value is ``NEUTRAL`` and it says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from cpi1540.assistance.matching.sides import Array, Asked, Ground, Sides, is_kind
from cpi1540.assistance.offers.offer import Offer, begins, is_stale
from cpi1540.assistance.requests.request import Priority
from cpi1540.foundation.messages import LanguageNames, Sentence, plural_sentence, sentence
from cpi1540.locales import CODES

NEUTRAL = 0.5
# How much of the theme is how far the offer is for the need's fields alone: a programme made for them over a broad one.
FOCUS = 0.15
# So many days after which help comes too late to count as timely; without a priority as for medium.
PATIENCE: Mapping[Priority | None, float] = MappingProxyType(
    {Priority.HIGH: 180.0, Priority.MEDIUM: 365.0, Priority.LOW: 730.0, None: 365.0}
)
# Places left from which on there is no hurry.
PLENTY = 5.0
# What a complete offer states: part -> whether it does.
STATED: Mapping[str, Callable[[Offer], bool]] = MappingProxyType(
    {
        "languages": lambda offer: bool(offer.languages),
        "places": lambda offer: offer.capacity.places is not None,
        "means": lambda offer: offer.capacity.person_days is not None or offer.capacity.budget is not None,
        "validity": lambda offer: offer.valid_to is not None,
        "lead time": lambda offer: offer.lead_days is not None,
        "contact": lambda offer: bool(offer.contact),
        "source": lambda offer: bool(offer.source),
    }
)


@dataclass(frozen=True, slots=True)
class FactorOfPairs:
    """One thing that speaks for a pair or against it."""

    values: Callable[[Sides], Array]
    because: Callable[[Asked, Offer, Ground, float], Sentence]


def _everywhere(sides: Sides, of_offers: Array) -> Array:
    """The same value for each need."""
    return np.broadcast_to(of_offers, (len(sides.needs), len(sides.offers)))


def _theme(sides: Sides) -> Array:
    named, offered = sides.nodes
    focus = sides.shared / np.maximum(sides.covered.sum(1), 1.0)
    found: Array = (1.0 - FOCUS) * (named @ offered.T) + FOCUS * focus
    found[:, sides.general] = NEUTRAL
    return found


def _why_theme(need: Asked, offer: Offer, _ground: Ground, _value: float) -> Sentence:
    if not offer.fields:
        return sentence("The offer is a general one: it covers no field in particular.")
    return plural_sentence(
        "%(n)s field of the matrix stands in both, of %(asked)s in the need and %(offered)s in the offer; rows, "
        "sections and domains in common count less.",
        "%(n)s fields of the matrix stand in both, of %(asked)s in the need and %(offered)s in the offer; rows, "
        "sections and domains in common count less.",
        len(set(need.fields) & set(offer.fields)),
        asked=str(len(need.fields)),
        offered=str(len(offer.fields)),
    )


def _kind(sides: Sides) -> Array:
    offered = sides.kinds_offered
    # A programme for one kind of assistance alone is made for it; each further kind shares the provider's attention.
    devoted = 0.5 + 0.5 / np.maximum(offered.sum(1), 1.0)
    found: Array = (sides.kinds_asked @ offered.T) * devoted
    found[sides.kinds_asked.sum(1) == 0] = NEUTRAL
    return found


def _why_kind(need: Asked, offer: Offer, _ground: Ground, _value: float) -> Sentence:
    if not is_kind(need):
        return sentence("It is not recorded what kind of assistance is asked for.")
    if need.kind not in offer.kinds:
        return sentence("The offer does not give the kind of assistance that is asked for.")
    return plural_sentence(
        "The offer is for this kind of assistance alone.",
        "The offer gives this kind of assistance, one of %(n)s.",
        len(offer.kinds),
    )


def _language(sides: Sides) -> Array:
    ours, theirs = sides.languages
    found: Array = ((ours @ theirs.T) > 0).astype(float)
    found[ours.sum(1) == 0, :] = NEUTRAL
    found[:, theirs.sum(1) == 0] = NEUTRAL
    return found


def _why_language(need: Asked, offer: Offer, _ground: Ground, _value: float) -> Sentence:
    if not set(need.languages) & set(CODES) or not set(offer.languages) & set(CODES):
        return sentence("It is not recorded in which languages the assistance can be given on both sides.")
    common = tuple(sorted(set(need.languages) & set(offer.languages)))
    if not common:
        return sentence("The provider works in none of the languages of the need.")
    return sentence("Both work in: %(languages)s.", languages=LanguageNames(common))


_TOGETHER, _NEARBY, _MEANT, _NEW = 1.0, 0.75, 0.75, 0.25


def _past(sides: Sides) -> Array:
    needs, offers, ground = sides.needs, sides.offers, sides.ground
    if not sides.states:
        return np.full((len(needs), len(offers)), NEUTRAL)
    worked = [ground.worked_in.get(offer.provider, frozenset()) for offer in offers]
    here = np.array([[state in each for each in worked] for state in sides.states], bool)
    near = sides.places_named(worked)
    meant = sides.named_eligible
    by_state = np.where(here, _TOGETHER, np.where(near, _NEARBY, np.where(meant, _MEANT, _NEW)))
    asking = sides.asking.sum(1)
    found: Array = (sides.asking @ by_state) / np.maximum(asking, 1.0)[:, None]
    found[asking == 0] = NEUTRAL
    return found


def _why_past(need: Asked, offer: Offer, ground: Ground, _value: float) -> Sentence:
    if not need.states:
        return sentence("An organization asks: its region is not recorded.")
    worked = ground.worked_in.get(offer.provider, frozenset())
    if any(state in worked for state in need.states):
        return sentence("The provider has delivered assistance there before.")
    if any(groups & worked for groups in need.states.values()):
        return sentence("The provider has delivered assistance in the same regional group.")
    if any(({state} | groups) & offer.eligible for state, groups in need.states.items()):
        return sentence("The offer names the State, or a group of it, as eligible.")
    return sentence("The provider has not yet delivered assistance there, nor in the regional group.")


def _timing(sides: Sides) -> Array:
    patience = np.array([PATIENCE[need.priority] for need in sides.needs], float)
    found: Array = np.clip(1.0 - sides.waits[None, :] / patience[:, None], 0.0, 1.0)
    return found


def _why_timing(_need: Asked, offer: Offer, ground: Ground, _value: float) -> Sentence:
    day = begins(offer, ground.on)
    return sentence("The offer can begin on %(day)s, after %(days)s days.", day=day, days=str((day - ground.on).days))


def _capacity(sides: Sides) -> Array:
    left = [sides.ground.left_of(offer) for offer in sides.offers]
    return _everywhere(sides, np.array([NEUTRAL if each is None else min(1.0, each / PLENTY) for each in left]))


def _why_capacity(_need: Asked, offer: Offer, ground: Ground, _value: float) -> Sentence:
    left = ground.left_of(offer)
    if left is None:
        return sentence("The provider has not stated its capacity.")
    return plural_sentence("%(n)s place is left.", "%(n)s places are left.", left)


def _completeness(sides: Sides) -> Array:
    stated = [sum(states(offer) for states in STATED.values()) for offer in sides.offers]
    fresh = ~sides.stale
    return _everywhere(sides, (np.array(stated, float) + fresh) / (len(STATED) + 1))


def _why_completeness(_need: Asked, offer: Offer, ground: Ground, _value: float) -> Sentence:
    stated, whole = sum(states(offer) for states in STATED.values()), str(len(STATED))
    if is_stale(offer, ground.on):
        return sentence(
            "The offer states %(stated)s of %(all)s details; it was not confirmed within twelve months.",
            stated=str(stated),
            all=whole,
        )
    return sentence(
        "The offer states %(stated)s of %(all)s details; it was confirmed within twelve months.",
        stated=str(stated),
        all=whole,
    )


def _track(sides: Sides) -> Array:
    found = []
    for offer in sides.offers:
        record = sides.ground.records.get(offer.provider)
        delivered, fallen = (record.delivered, record.fallen_through) if record else (0, 0)
        # Laplace's rule of succession: one good outcome is not yet certainty.
        found.append((delivered + 1) / (delivered + fallen + 2))
    return _everywhere(sides, np.array(found, float))


def _why_track(_need: Asked, offer: Offer, ground: Ground, _value: float) -> Sentence:
    record = ground.records.get(offer.provider)
    if record is None or not record.delivered + record.fallen_through:
        return sentence("No earlier match of the provider is on record.")
    return plural_sentence(
        "Of %(n)s earlier match of the provider, %(delivered)s was delivered.",
        "Of %(n)s earlier matches of the provider, %(delivered)s were delivered.",
        record.delivered + record.fallen_through,
        delivered=str(record.delivered),
    )


def _gaps(sides: Sides) -> Array:
    known = (sides.gaps > 0).astype(float)
    offered = np.where(sides.general[:, None], 1.0, sides.covered)
    weight, count = sides.gaps @ offered.T, known @ offered.T
    # A shared field whose gap the record does not weigh speaks neither for the pair nor against it.
    found: Array = np.divide(weight, count, out=np.full(weight.shape, NEUTRAL), where=count > 0)
    return found


def _why_gaps(need: Asked, offer: Offer, _ground: Ground, value: float) -> Sentence:
    offered = set(need.fields) & set(offer.fields) if offer.fields else set(need.fields)
    weighed = [key for key in offered if need.gap_weights.get(key, 0.0) > 0]
    if not weighed and not offer.fields:
        return sentence("The record does not say how pressing the gaps of the need are.")
    if not weighed:
        return sentence("The record does not say how pressing the gaps are that both share.")
    if not offer.fields:
        return plural_sentence(
            "%(n)s gap of the need has a mean priority of %(mean)s.",
            "%(n)s gaps of the need have a mean priority of %(mean)s.",
            len(weighed),
            mean=f"{value:.2f}",
        )
    return plural_sentence(
        "%(n)s gap that both share has a mean priority of %(mean)s.",
        "%(n)s gaps that both share have a mean priority of %(mean)s.",
        len(weighed),
        mean=f"{value:.2f}",
    )


FACTORS: Mapping[str, FactorOfPairs] = MappingProxyType(
    {
        "theme": FactorOfPairs(_theme, _why_theme),
        "kind": FactorOfPairs(_kind, _why_kind),
        "language": FactorOfPairs(_language, _why_language),
        "past-work": FactorOfPairs(_past, _why_past),
        "timing": FactorOfPairs(_timing, _why_timing),
        "capacity": FactorOfPairs(_capacity, _why_capacity),
        "completeness": FactorOfPairs(_completeness, _why_completeness),
        "track-record": FactorOfPairs(_track, _why_track),
        "gap-weight": FactorOfPairs(_gaps, _why_gaps),
    }
)

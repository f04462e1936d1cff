"""Matches from the record: needs, offers and what happened before, read in a constant number of queries."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cpi1540.assistance.matching.actions import READ_MATCHES
from cpi1540.assistance.matching.filters import Obstacle
from cpi1540.assistance.matching.mandates import Mandated, mandates_for
from cpi1540.assistance.matching.ranking import Explained, Matching
from cpi1540.assistance.matching.service import match_weights
from cpi1540.assistance.matching.sides import Asked, Ground
from cpi1540.assistance.matching.weights import Weights
from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Need, NeedStatus, Request
from cpi1540.assistance.requests.service import lists
from cpi1540.coverage.service.gap_priorities import gap_priorities
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.factor import Factor
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class ToMatch:
    """Both sides as read from the record, and the request and need behind each identifier of ``asked``."""

    asked: tuple[Asked, ...]
    offers: tuple[Offer, ...]
    ground: Ground
    weights: Weights
    needs: Mapping[str, tuple[Request, Need]]

    def matching(self) -> Matching:
        """Every need against every offer."""
        return Matching(self.asked, self.offers, self.ground, self.weights)

    def blocks(self, size: int) -> Iterator[Matching]:
        """The same in pieces of so many needs, so that the memory taken does not grow with the record."""
        for first in range(0, len(self.asked), size):
            yield Matching(self.asked[first : first + size], self.offers, self.ground, self.weights)


@dataclass(frozen=True, slots=True)
class NeedMatches:
    """A need with what was found for it; ``fitting`` is how many offers pass every filter, of which the best are told.

    ``mandates`` are providers without an offer on record, and why one may ask them.
    """

    need: Need
    told: Explained
    fitting: int
    mandates: tuple[tuple[str, Sentence], ...]


@dataclass(frozen=True, slots=True)
class RequestMatches:
    """What there is for a request, need by need, with the offers and providers that are spoken of."""

    request: Request
    needs: tuple[NeedMatches, ...]
    offers: Mapping[str, Offer]
    providers: Mapping[str, Provider]
    weights: Weights
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Ranked:
    """One pair as the matcher sees it: ``rank`` counts from 1 among all offers that pass its filters; None where a
    filter blocks the pair.
    """

    score: float
    rank: int | None
    factors: tuple[Factor, ...]
    weights: str
    offer: Offer
    provider: Provider


def open_needs(
    practice: bool, actor: Actor, *, weights: Weights | None = None, on: datetime.date | None = None
) -> ToMatch:
    """Every open need of the open requests of one record, and every offer of it."""
    ensure(actor, READ_MATCHES)
    day = on or calendar.today()
    found = [line.request for line in lists.listing(lists.OPEN, actor, practice=practice, on=day, size=None).lines]
    wanted = [(request, need) for request in found for need in request.needs if need.status is NeedStatus.OPEN]
    return to_match(practice, actor, wanted, weights or match_weights.newest(), day)


def for_request(
    request: Request, actor: Actor, *, weights: Weights | None = None, on: datetime.date | None = None
) -> RequestMatches:
    """What fits each need of a request that was not withdrawn, however far the need has come."""
    ensure(actor, READ_MATCHES)
    day, practice = on or calendar.today(), request.values.requester.practice
    needs = [need for need in request.needs if need.status is not NeedStatus.WITHDRAWN]
    used = weights or match_weights.newest()
    matching = to_match(practice, actor, [(request, need) for need in needs], used, day).matching()
    providers = {one.id: one for one in offers.providers(practice, actor)}
    asked_for = _without_offers(providers.values(), matching.offers)
    places = {need.id: place for place, need in enumerate(matching.needs)}
    layout, fitting = layouts.layout(), matching.fits.sum(1).tolist()
    return RequestMatches(
        request,
        tuple(
            NeedMatches(
                need,
                matching.explain(places[need.id]),
                fitting[places[need.id]],
                mandates_for(need.values.fields, asked_for, layout),
            )
            for need in needs
        ),
        {one.id: one for one in matching.offers},
        providers,
        used,
        day,
    )


def ranked(request: Request, number: int, offer: str, actor: Actor) -> Ranked:
    """One pair of a need of the request with an offer of its record; NotFound where either is missing."""
    matching, column = _pair(request, number, offer, actor)
    candidate = matching.candidate(0, column)
    chosen = matching.offers[column]
    provider = offers.find_provider(chosen.provider, actor)
    label = matching.weights.label
    return Ranked(candidate.score, matching.rank(0, column), candidate.factors, label, chosen, provider)


def obstacles_of(request: Request, number: int, offer: str, actor: Actor) -> tuple[Obstacle, ...]:
    """What blocks a pair; nothing where it passes every filter. NotFound as above."""
    matching, column = _pair(request, number, offer, actor)
    return matching.obstacles(0, column)


def _pair(request: Request, number: int, offer: str, actor: Actor) -> tuple[Matching, int]:
    """One need of the request against every offer of its record, and the place of that offer."""
    ensure(actor, READ_MATCHES)
    needs = [need for need in request.needs if need.number == number]
    practice, weights = request.values.requester.practice, match_weights.newest()
    matching = to_match(practice, actor, [(request, need) for need in needs], weights, calendar.today()).matching()
    column = next((place for place, one in enumerate(matching.offers) if one.id == offer), None)
    if not needs or column is None:
        raise NotFound(sentence("There is no such offer for this need."))
    return matching, column


def to_match(
    practice: bool, actor: Actor, wanted: Sequence[tuple[Request, Need]], weights: Weights, on: datetime.date
) -> ToMatch:
    """These needs of one record with every offer of it, and what happened before. A constant number of queries."""
    every = offers.offers(practice, actor)
    by_code = {state.code: state for state in states.states(practice=practice)}
    promised = outcomes.promised(practice)
    left = {one.id: one.capacity.places - promised.get(one.id, 0) for one in every if one.capacity.places is not None}
    ground = Ground(on, layouts.layout(), outcomes.worked_in(practice), outcomes.track_records(practice), left)
    asked = tuple(_asked(wanted, by_code, on))
    return ToMatch(asked, every, ground, weights, {need.id: (request, need) for request, need in wanted})


def _asked(wanted: Sequence[tuple[Request, Need]], by_code: Mapping[str, State], on: datetime.date) -> Iterable[Asked]:
    codes = {code for request, _need in wanted for code in request.values.requester.states if code in by_code}
    rows = {".".join(field.split(".")[:2]) for _request, need in wanted for field in need.values.fields}
    priorities = gap_priorities([by_code[code] for code in sorted(codes)], rows, on)
    for request, need in wanted:
        own = [code for code in request.values.requester.states if code in by_code]
        yield Asked(
            need.id,
            request.id,
            need.values.kind,
            need.values.fields,
            {code: frozenset({by_code[code].group}) for code in own},
            need.values.languages,
            need.values.priority,
            _pressing(need, [priorities.get(code, {}) for code in own]),
        )


def _pressing(need: Need, of_states: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The priority of each gap that the need would close; of several States that ask, of the one it presses most."""
    found: dict[str, float] = {}
    for field in need.values.fields:
        known = [gaps[field] for gaps in of_states if field in gaps]
        if known:
            found[field] = max(known)
    return found


def _without_offers(providers: Iterable[Provider], every: Iterable[Offer]) -> list[Mandated]:
    giving = {one.provider for one in every}
    return [
        Mandated(one.id, one.mandate_fields, one.mandate.title if one.mandate and not one.mandate.provisional else "")
        for one in providers
        if one.id not in giving and one.mandate_fields
    ]

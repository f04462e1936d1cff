"""Circulated needs against the programmes of one provider: which fit, why, and what was answered already.

The matcher is asked in the name of the system over all offers, so that scores are the office's; only the columns of
the own programmes leave this file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.assistance.matching.ranking import Candidate
from cpi1540.assistance.matching.service import match_weights
from cpi1540.assistance.matching.service import matches as matcher
from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.outcomes.match import Match, MatchStatus
from cpi1540.assistance.outcomes.service import circulated, reading
from cpi1540.assistance.outcomes.service.circulated import CirculatedNeed
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import parse_id
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.foundation.access import SYSTEM, Actor
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable


@dataclass(frozen=True, slots=True)
class Fit:
    """One of the own programmes that passes every filter, with its reasons; ``match``: what was answered, or asked."""

    offer: Offer
    candidate: Candidate
    match: Match | None

    @property
    def answered(self) -> bool:
        """Whether the provider has answered for this programme."""
        return self.match is not None and self.match.status is not MatchStatus.APPROACHED


@dataclass(frozen=True, slots=True)
class Answerable:
    """A circulated need with the own programmes that fit it, the best first."""

    circulated: CirculatedNeed
    fits: tuple[Fit, ...]

    @property
    def open_fits(self) -> tuple[Fit, ...]:
        """The programmes for which the provider has not answered."""
        return tuple(fit for fit in self.fits if not fit.answered)


@dataclass(frozen=True, slots=True)
class ForProvider:
    """What a provider finds: needs that fit, of how many circulated; the own programmes."""

    providers: tuple[str, ...]
    needs: tuple[Answerable, ...]
    n_circulated: int
    offers: tuple[Offer, ...]


def for_provider(practice: bool, actor: Actor) -> ForProvider:
    """The circulated needs that fit the own programmes; those that wait for an answer first, the latest sent first."""
    own = circulated.own_offers(practice, actor)
    asked = circulated.circulated(practice)
    found = _answerable(practice, asked, own, actor) if own and asked else []
    found.sort(key=lambda each: not each.open_fits)
    return ForProvider(circulated.own_providers(practice, actor), tuple(found), len(asked), own)


def answerable(request: str, number: int, actor: Actor, *, practice: bool) -> Answerable:
    """One circulated need; NotFound when it is none, or no programme of the actor's fits it."""
    parsed = parse_id(request)
    own = circulated.own_offers(practice, actor)
    if parsed is not None and parsed[0] is practice and own:
        asked = circulated.find(request, number)
        for found in _answerable(practice, [asked], own, actor):
            return found
    raise NotFound(sentence("There is no need %(need)s here.", need=printable(f"{request}/{number}")[:40]))


def _answerable(
    practice: bool, asked: Sequence[CirculatedNeed], own: Sequence[Offer], actor: Actor
) -> list[Answerable]:
    of_request = {found.id: found for found in requests.requests_where(RequestRow.practice.is_(practice))}
    wanted = [(of_request[each.request], each.need) for each in asked]
    matching = matcher.to_match(practice, SYSTEM, wanted, match_weights.newest(), calendar.today()).matching()
    places = {need.id: place for place, need in enumerate(matching.needs)}
    columns = {offer.id: column for column, offer in enumerate(matching.offers)}
    mine = [(offer, columns[offer.id]) for offer in own if offer.id in columns]
    known = {(match.need, match.offer): match for match in _own_matches(practice, actor)}
    found = []
    for each in asked:
        place = places[each.need.id]
        fits = [
            Fit(offer, matching.candidate(place, column), known.get((each.need.id, offer.id)))
            for offer, column in mine
            if matching.fits[place, column]
        ]
        if fits:
            fits.sort(key=lambda fit: -fit.candidate.score)
            found.append(Answerable(each, tuple(fits)))
    return found


def _own_matches(practice: bool, actor: Actor) -> tuple[Match, ...]:
    return reading.matches(practice, actor)

"""Circulated needs against the programmes of one provider: which fit, why, and what was answered already.

The matcher is asked in the name of the system over all offers, so that scores are the office's; only the columns of
the own programmes leave this file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.assistance.matching.ranking import Candidate
from cpi1540.assistance.matching.service import match_weights
from cpi1540.assistance.matching.service import matches as matcher
from cpi1540.assistance.offers.offer import Offer, of_practice
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.match import Match, MatchStatus
from cpi1540.assistance.outcomes.service import circulated, reading
from cpi1540.assistance.outcomes.service.circulated import CirculatedNeed
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import NeedStatus, Request, Status, parse_id
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.foundation.access import SYSTEM, Actor
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import Sentence, sentence


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
class Lapsed:
    """A need that cannot be answered any more with one of the own programmes, and why.

    ``match`` is the one that goes on between the two already.
    """

    request: Request
    need: str
    offer: Offer
    because: Sentence
    match: str | None = None


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
    raise circulated.not_here(request, number)


def lapsed(request: str, number: int, offer: str, actor: Actor, *, practice: bool) -> Lapsed:
    """Why a need that providers were told of cannot be answered any more with ``offer``, for somebody who just tried.

    NotFound when it was never sent to providers, or the actor keeps no such programme.
    """
    parsed = parse_id(request)
    if parsed is None or parsed[0] is not practice:
        raise circulated.not_here(request, number)
    try:
        own = circulated.own_offer(offer, actor, practice=practice)
    except NotFound as error:
        raise circulated.not_here(request, number) from error
    found, need = circulated.once_sent(request, number)
    because = _why_over(found, need.status)
    known = reading.going_on(request, number, own.id)
    if known is not None and known.match.status not in (MatchStatus.PROPOSED, MatchStatus.APPROACHED):
        because = because or sentence("This programme was answered for already.")
        return Lapsed(found, need.id, own, because, known.match.id)
    because = because or _why_unfit(found, number, own)
    return Lapsed(found, need.id, own, because or sentence("None of your programmes fits this need any more."))


def _why_over(request: Request, need: NeedStatus) -> Sentence | None:
    """Why a need does not wait for providers any more, whatever is on offer; None when it does."""
    if request.status is Status.WITHDRAWN:
        return sentence("The request was withdrawn.")
    if need is NeedStatus.WITHDRAWN:
        return sentence("The need was withdrawn.")
    if request.status is not Status.OPEN:
        return sentence("The request is not open.")
    if need not in circulated.WANTED:
        return sentence("An offer was agreed on for this need: it waits for no further one.")
    return None


def _why_unfit(request: Request, number: int, offer: Offer) -> Sentence | None:
    """What stands in the way of the two, as the first obstacle says it; None when nothing does."""
    if all(each.id != offer.id for each in offers.offers(of_practice(offer.id), SYSTEM)):
        return sentence("The offer was withdrawn.")
    found = matcher.obstacles_of(request, number, offer.id, SYSTEM)
    return found[0].because if found else None


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

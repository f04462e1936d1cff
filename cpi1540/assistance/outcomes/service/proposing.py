"""Matches proposed: by the office from the matcher's list, or by a provider that answers a circulated need."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.matching.service import matches as matcher
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.actions import ANSWER_NEEDS
from cpi1540.assistance.outcomes.match import (
    Done,
    MatchAct,
    MatchStatus,
    Reasons,
    Side,
    reached,
    why_no_answer,
    why_not,
    why_not_on,
)
from cpi1540.assistance.outcomes.service import circulated, deciding, reading
from cpi1540.assistance.outcomes.service.match_keeping import HeldNeed, hold_need, insert_match
from cpi1540.assistance.outcomes.service.surroundings import standing_of
from cpi1540.assistance.outcomes.standing import GOING_ON, why_not_agreed, why_not_back
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import NeedStatus, Status
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM, Actor, ensure
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import Sentence, sentence


def propose(
    request: str,
    number: int,
    offer: str,
    actor: Actor,
    *,
    on: datetime.date | None = None,
    note: str = "",
    language: str = "en",
) -> str:
    """Propose an offer for a need; returns the match's identifier. The matcher's reasons are kept with it.

    DomainError when the request is not open, the need was withdrawn, or a match of the two goes on already.
    """
    found = requests.find(request, actor)
    ensure(actor, REGISTER_REQUEST, found.values.requester)
    offered = offers.find_offer(offer, actor)
    need = hold_need(request, number)
    day = on or calendar.today()
    asked = requests.day_of(found)
    refusal = _why_not(need, offered.id) or why_not_on(asked, day, calendar.today())
    if refusal is not None:
        raise DomainError(refusal)
    reasons = _reasons(request, number, offered.id)
    done = Done(0, MatchAct.PROPOSE, day, Side.OFFICE, "", note, language, actor.id)
    return _write(need, offered.id, reasons, [done], actor)


def offer_help(request: str, number: int, offer: str, actor: Actor, *, note: str = "", language: str = "en") -> str:
    """Say for the own provider that one of its offers is meant for a circulated need; returns the match's identifier.

    Where the office has proposed the two already, that match is accepted. NotFound when the need was not circulated to
    providers, or the offer is not one of the actor's.
    """
    return _answer(request, number, offer, actor, MatchAct.ACCEPT, "", note, language)


def turn_down(
    request: str, number: int, offer: str, actor: Actor, *, answer: str, note: str = "", language: str = "en"
) -> str:
    """Say for the own provider that an offer of it is not for a circulated need, and why; as ``offer_help``."""
    reason = why_no_answer(MatchAct.DECLINE, answer, note)
    if reason is not None:
        raise DomainError(reason)
    return _answer(request, number, offer, actor, MatchAct.DECLINE, answer, note, language)


def record_history(request: str, number: int, offer: str, reasons: Reasons, done: Sequence[Done], actor: Actor) -> str:
    """Record a match with all its acts at once, as an earlier register tells them; returns its identifier.

    Each act counts as recorded on the day it bears, by whom it names, else by the actor. DomainError for the first that
    does not belong where it stands, for a second agreement at one time, and for more than an offer has places.
    """
    found = requests.find(request, actor)
    ensure(actor, REGISTER_REQUEST, found.values.requester)
    need, today = hold_need(request, number), calendar.today()
    kept: list[Done] = []
    for place, each in enumerate(done):
        status = reached(kept).status
        refusal = why_not(status, kept[-1].on, each.act, each.side, each.on, today) if place else None
        refusal = refusal or why_no_answer(each.act, each.answer, each.note)
        if refusal is not None:
            raise DomainError(refusal)
        at = datetime.datetime.combine(each.on, datetime.time(16), datetime.UTC)
        kept.append(replace(each, by=each.by or actor.id, at=at))
    refusal = _why_no_history(need, offer, kept)
    if refusal is not None:
        raise DomainError(refusal)
    return _write(need, offer, reasons, kept, actor)


def _answer(
    request: str, number: int, offer: str, actor: Actor, act: MatchAct, answer: str, note: str, language: str
) -> str:
    ensure(actor, ANSWER_NEEDS)
    circulated.find(request, number)
    own = circulated.own_offer(offer, actor)
    need = hold_need(request, number)
    day = calendar.today()
    known = reading.going_on(request, number, own.id)
    if known is not None and known.match.status in (MatchStatus.PROPOSED, MatchStatus.APPROACHED):
        told = Done(0, act, day, Side.PROVIDER, answer, note, language, actor.id)
        deciding.write_act(known, told, actor)
        return known.match.id
    refusal = _why_not(need, own.id)
    if refusal is not None:
        raise DomainError(refusal)
    acts = [
        Done(0, MatchAct.PROPOSE, day, Side.PROVIDER, by=actor.id),
        Done(0, act, day, Side.PROVIDER, answer, note, language, actor.id),
    ]
    return _write(need, own.id, _reasons(request, number, own.id), acts, actor)


def _why_not(need: HeldNeed, offer: str) -> Sentence | None:
    if need.of_request is not Status.OPEN:
        return sentence("The request is not open.")
    if need.status is NeedStatus.WITHDRAWN:
        return sentence("The need was withdrawn.")
    known = reading.going_on(need.request, need.number, offer)
    if known is not None:
        return sentence("A match of this need with this offer goes on already: %(match)s.", match=known.match.id)
    return None


def _why_no_history(need: HeldNeed, offer: str, acts: Sequence[Done]) -> Sentence | None:
    """Why a match told at once cannot have gone so beside what is recorded already; None when it can."""
    found = reached(acts)
    agreed_on = found.on.get(MatchStatus.AGREED)
    around = standing_of(need, offer, (agreed_on or acts[-1].on).year)
    if found.status in GOING_ON:
        refusal = why_not_back(found.status, agreed_on, around)
        if refusal is None and around.offer_withdrawn:
            refusal = sentence("The offer was withdrawn.")
        return refusal
    if agreed_on is None:
        return None
    ended = found.on.get(MatchStatus.CLOSED) or found.on.get(MatchStatus.WITHDRAWN)
    if found.status is MatchStatus.WITHDRAWN:
        around = replace(around, places=())
    return why_not_agreed(agreed_on, ended, around)


def _reasons(request: str, number: int, offer: str) -> Reasons:
    """What the matcher says of the two, whoever proposes: a provider may not ask it for others' needs."""
    found = matcher.ranked(requests.find(request, SYSTEM), number, offer, SYSTEM)
    return Reasons(found.weights, found.score, found.rank, found.factors)


def _write(need: HeldNeed, offer: str, reasons: Reasons, acts: list[Done], actor: Actor) -> str:
    identifier = insert_match(need, offer, reasons, acts)
    placed = reading.placed(identifier)
    subjects, told = reading.subjects(placed), [(done.by, _change(done)) for done in acts]
    audit.record(actor.id, "match.propose", subjects, [change for by, change in told if by == actor.id])
    for by, change in told:
        if by != actor.id:
            audit.record(by, "match.act", subjects, [change])
    return identifier


def _change(done: Done) -> dict[str, str]:
    return {"act": done.act, "on": str(done.on), "side": done.side}

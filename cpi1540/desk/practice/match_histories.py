"""How invented matches went: who was asked, who declined, what was agreed and delivered, day by day."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cpi1540.assistance.outcomes.match import DeclineReason, Done, Fulfilment, MatchAct, MatchStatus, Side
from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.desk.practice.draws import Draws

_TO_ACCEPTED = (MatchAct.PROPOSE, MatchAct.APPROACH, MatchAct.ACCEPT)
_TO_DELIVERED = (*_TO_ACCEPTED, MatchAct.AGREE, MatchAct.BEGIN, MatchAct.DELIVER)
_FEEDBACK = (MatchAct.FEEDBACK_REQUESTER, MatchAct.FEEDBACK_PROVIDER)
WAYS: Mapping[MatchStatus, tuple[MatchAct, ...]] = {
    MatchStatus.PROPOSED: _TO_ACCEPTED[:1],
    MatchStatus.APPROACHED: _TO_ACCEPTED[:2],
    MatchStatus.ACCEPTED: _TO_ACCEPTED,
    MatchStatus.DECLINED: (*_TO_ACCEPTED[:2], MatchAct.DECLINE),
    MatchStatus.AGREED: _TO_DELIVERED[:4],
    MatchStatus.IN_DELIVERY: _TO_DELIVERED[:5],
    MatchStatus.DELIVERED: (*_TO_DELIVERED, _FEEDBACK[0]),
    MatchStatus.CLOSED: (*_TO_DELIVERED, *_FEEDBACK, MatchAct.CLOSE),
    MatchStatus.WITHDRAWN: (*_TO_DELIVERED[:4], MatchAct.WITHDRAW),
}
# How far the matches come of which a need stands so, one after the other.
ENDS: Mapping[NeedStatus, tuple[MatchStatus, ...]] = {
    NeedStatus.OPEN: (MatchStatus.DECLINED, MatchStatus.WITHDRAWN, MatchStatus.DECLINED),
    NeedStatus.PROPOSED: (MatchStatus.PROPOSED, MatchStatus.APPROACHED),
    NeedStatus.AGREED: (MatchStatus.AGREED,),
    NeedStatus.IN_DELIVERY: (MatchStatus.IN_DELIVERY,),
    NeedStatus.DELIVERED: (MatchStatus.CLOSED, MatchStatus.DELIVERED, MatchStatus.CLOSED),
}
# Days from one act to the next, at least and at most.
_APART: Mapping[MatchAct, tuple[int, int]] = {
    MatchAct.PROPOSE: (0, 3),
    MatchAct.APPROACH: (1, 4),
    MatchAct.ACCEPT: (5, 20),
    MatchAct.DECLINE: (5, 15),
    MatchAct.AGREE: (2, 12),
    MatchAct.BEGIN: (15, 45),
    MatchAct.DELIVER: (20, 80),
    MatchAct.FEEDBACK_REQUESTER: (5, 15),
    MatchAct.FEEDBACK_PROVIDER: (1, 10),
    MatchAct.CLOSE: (1, 10),
    MatchAct.WITHDRAW: (10, 30),
}
# What goes on began so many days ago, at least and at most.
_RECENT: Mapping[MatchStatus, tuple[int, int]] = {
    MatchStatus.PROPOSED: (1, 12),
    MatchStatus.APPROACHED: (3, 15),
    MatchStatus.AGREED: (5, 60),
    MatchStatus.IN_DELIVERY: (10, 150),
}
# One in so many open needs has a match that came to nothing; one in so many others was declined first, or had another
# provider before: one need has one match at a time.
_OPEN_EVERY, _DECLINED_EVERY, _BEFORE_EVERY = 4, 3, 4
# How the match before ended of a need that stands so.
_BEFORE: Mapping[NeedStatus, MatchStatus] = {
    NeedStatus.IN_DELIVERY: MatchStatus.WITHDRAWN,
    NeedStatus.DELIVERED: MatchStatus.CLOSED,
}
_REASONS = (DeclineReason.CAPACITY, DeclineReason.TIMING, DeclineReason.LANGUAGE, DeclineReason.SUBJECT)
_FULFILMENT = (Fulfilment.FULLY, Fulfilment.FULLY, Fulfilment.PARTLY, Fulfilment.FULLY, Fulfilment.NOT)


@dataclass(frozen=True, slots=True)
class Way:
    """What is known of a need before its matches: how far it comes, and the days of its request.

    ``place`` counts the needs of that status before it. ``sent_on``: providers knew of it; ``offered_on``: the
    procedure has an offer, which is of this need when ``first``; ``informed_on``: the requester knew of it.
    Everything was done by ``until``; ``closed``: the request was closed on that day.
    """

    status: NeedStatus
    place: int
    first: bool
    sent_on: datetime.date
    offered_on: datetime.date | None
    informed_on: datetime.date | None
    until: datetime.date
    closed: bool
    language: str


@dataclass(frozen=True, slots=True)
class InventedMatch:
    """A match with the ``choice``-th of the offers that fit (from 0), and its acts as the office recorded them."""

    choice: int
    acts: tuple[Done, ...]


def histories(
    way: Way, providers: Sequence[str], room: Sequence[bool], texts: Mapping[str, Any], draws: Draws
) -> list[InventedMatch]:
    """The matches of one need, in the order in which they went on; ``providers`` are those of the offers that fit,
    best first, ``room`` says which of them have a place left. Without one, nothing is agreed.
    """
    free = [choice for choice, left in enumerate(room) if left]
    if not free or way.status not in ENDS:
        return []
    if way.status is NeedStatus.OPEN:
        return [_match(way, free[0], _end(way), texts, draws)] if way.place % _OPEN_EVERY == 0 else []
    found = []
    chosen = 0 if draws.happens(0.72) else min(draws.between(1, 6), len(providers) - 1)
    if way.place % _DECLINED_EVERY == 1 and len(providers) > 1:
        found.append(_match(way, 0, MatchStatus.DECLINED, texts, draws))
        free = [choice for choice in free if choice > 0] or free
        chosen = max(1, chosen)
    chosen = next((choice for choice in free if choice >= chosen), free[-1])
    if way.place % _BEFORE_EVERY == 0 and way.status in _BEFORE:
        # The first of another provider.
        used = {match.choice for match in found}
        before = next((n for n in free if providers[n] != providers[chosen] and n not in used), None)
        if before is not None:
            found.append(_match(way, before, _BEFORE[way.status], texts, draws))
            way = replace(way, sent_on=_ended(found[-1]), first=False)
    return [*found, _match(way, chosen, _end(way), texts, draws)]


def _ended(match: InventedMatch) -> datetime.date:
    return match.acts[-1].on


def counted(statuses: Sequence[NeedStatus]) -> Iterator[tuple[NeedStatus, int]]:
    """Each status with its place among the equal ones before it."""
    seen: dict[NeedStatus, int] = {}
    for status in statuses:
        place = seen.get(status, 0)
        seen[status] = place + 1
        yield status, place


def _end(way: Way) -> MatchStatus:
    if way.status is NeedStatus.PROPOSED and way.first and way.offered_on is not None:
        return MatchStatus.ACCEPTED
    if way.closed and way.status is NeedStatus.DELIVERED:
        return MatchStatus.CLOSED
    ends = ENDS[way.status]
    every = _OPEN_EVERY if way.status is NeedStatus.OPEN else 1
    return ends[way.place // every % len(ends)]


def _match(way: Way, choice: int, end: MatchStatus, texts: Mapping[str, Any], draws: Draws) -> InventedMatch:
    acts = WAYS[end]
    recent = way.until - datetime.timedelta(days=draws.between(*_RECENT[end])) if end in _RECENT else None
    done: list[Done] = []
    day = way.sent_on
    for act in acts:
        day += datetime.timedelta(days=draws.between(*_APART[act]))
        if act is MatchAct.ACCEPT and way.first and way.offered_on is not None:
            day = way.offered_on
        if act is MatchAct.AGREE and way.informed_on is not None:
            day = max(day, way.informed_on)
        if act is acts[-1] and recent is not None:
            day = max(day, recent)
        day = min(max(day, done[-1].on if done else way.sent_on), way.until)
        done.append(_done(act, day, way.language, texts, draws))
    return InventedMatch(choice, tuple(done))


def _done(act: MatchAct, on: datetime.date, language: str, texts: Mapping[str, Any], draws: Draws) -> Done:
    answer, note = "", ""
    if act is MatchAct.DECLINE:
        answer = draws.one_of(_REASONS)
    elif act in _FEEDBACK:
        answer = draws.one_of(_FULFILMENT)
        note = draws.one_of(texts["feedback"][answer])[language]
    elif act is MatchAct.WITHDRAW:
        note = draws.one_of(texts["withdrawn"])[language]
    return Done(0, act, on, Side.OFFICE, answer, note, language)

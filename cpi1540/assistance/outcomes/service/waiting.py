"""Matches that wait for a person: for the coordinator, the provider's contact, the focal point of who asked."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_

from cpi1540.assistance.outcomes.match import Match, MatchAct, MatchStatus, Side
from cpi1540.assistance.outcomes.pages import since
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.outcomes.tables import MatchRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Requester, Status
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.messages import Sentence, sentence

# A side that was asked may take so long before the office asks again.
PATIENCE = datetime.timedelta(days=14)
_WAITS = (MatchStatus.PROPOSED, MatchStatus.APPROACHED, MatchStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class WaitingMatch:
    """One match that waits for the person, what is to be done, since when."""

    match: str
    requester: Requester
    what: Sentence
    since: datetime.date


def waiting_for(actor: Actor, *, practice: bool, on: datetime.date | None = None) -> list[WaitingMatch]:
    """What waits for the actor in one record, by identifier of the match: as many queries for one as for a thousand.

    The provider's contact is asked for an answer, the focal point for an agreement, both how a need was met that was
    delivered; the coordinator approaches providers, closes what was delivered, and asks again who was asked a
    fortnight ago. Of a request that is not open nothing more is agreed.
    """
    if not any(actor.holds(role) for role in (Role.COORDINATOR, Role.PROVIDER_CONTACT, Role.FOCAL_POINT)):
        return []
    day = on or calendar.today()
    pending = and_(MatchRow.status.in_(_WAITS), RequestRow.status == Status.OPEN)
    condition = and_(RequestRow.practice.is_(practice), or_(pending, MatchRow.status == MatchStatus.DELIVERED))
    found = []
    for placed in reading.readable(condition, actor):
        side = reading.side_of(actor, placed)
        what = _of_office(placed.match, day) if side is Side.OFFICE else _of_side(placed.match, side)
        if what is not None:
            found.append(WaitingMatch(placed.match.id, placed.requester, what, since(placed.match)))
    return found


def _of_office(match: Match, day: datetime.date) -> Sentence | None:
    if match.status in _OFFICE_DOES:
        return _OFFICE_DOES[match.status]
    asked = since(match)
    if match.status in (MatchStatus.APPROACHED, MatchStatus.ACCEPTED) and asked + PATIENCE <= day:
        if match.status is MatchStatus.APPROACHED:
            return sentence("The provider was approached on %(day)s and has not answered", day=asked)
        return sentence("The provider accepted on %(day)s; the requester has not answered", day=asked)
    return None


def _of_side(match: Match, side: Side | None) -> Sentence | None:
    if side is Side.PROVIDER and match.status is MatchStatus.APPROACHED:
        return sentence("Say whether you accept")
    if side is Side.REQUESTER and match.status is MatchStatus.ACCEPTED:
        return sentence("Say whether you agree to this offer")
    if match.status is not MatchStatus.DELIVERED:
        return None
    if side is Side.PROVIDER and match.on(MatchAct.FEEDBACK_PROVIDER) is None:
        return sentence("Say how far the need was met")
    if side is Side.REQUESTER and match.on(MatchAct.FEEDBACK_REQUESTER) is None:
        return sentence("Say how far your need was met")
    return None


_OFFICE_DOES: Mapping[MatchStatus, Sentence] = {
    MatchStatus.PROPOSED: sentence("Approach the provider"),
    MatchStatus.DELIVERED: sentence("Close the match"),
}

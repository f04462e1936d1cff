"""A match of one need with one offer as a table: from which status which act leads where, and who may do it.

People decide; the matcher only proposes. What the procedure of the Committee knows as an offer received, circulated
and acknowledged is recorded there: a match says how far the two sides have come, the procedure what the Committee did.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cpi1540.assistance.requests.request import NeedStatus, need_id, parse_id
from cpi1540.foundation.factor import Factor
from cpi1540.foundation.messages import Sentence, sentence

_MATCH = re.compile(r"(X?R-\d{4}-\d{3,6})/([1-9]\d{0,3})/([1-9]\d{0,3})")


class MatchStatus(StrEnum):
    """How far a match has come."""

    PROPOSED = "proposed"
    APPROACHED = "approached"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    AGREED = "agreed"
    IN_DELIVERY = "in-delivery"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class MatchAct(StrEnum):
    """What is recorded of a match, with its date."""

    PROPOSE = "propose"
    APPROACH = "approach"
    ACCEPT = "accept"
    DECLINE = "decline"
    AGREE = "agree"
    BEGIN = "begin"
    DELIVER = "deliver"
    FEEDBACK_REQUESTER = "feedback-requester"
    FEEDBACK_PROVIDER = "feedback-provider"
    CLOSE = "close"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    """For whom somebody acts."""

    OFFICE = "office"
    PROVIDER = "provider"
    REQUESTER = "requester"


class DeclineReason(StrEnum):
    """Why a match is declined."""

    CAPACITY = "capacity"
    TIMING = "timing"
    SUBJECT = "subject"
    LANGUAGE = "language"
    ELIGIBILITY = "eligibility"
    NOT_NEEDED = "not-needed"
    OTHER = "other"


class Fulfilment(StrEnum):
    """How far a side says that the need was met."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: ``act`` leads ``sides`` from any status of ``starts`` to ``end``; None: where it was."""

    act: MatchAct
    starts: frozenset[MatchStatus]
    end: MatchStatus | None
    sides: frozenset[Side]


@dataclass(frozen=True, slots=True)
class Done:
    """One act of a match: its number there, the date it bears, its reason or answer, words and their language."""

    number: int
    act: MatchAct
    on: datetime.date
    side: Side
    answer: str = ""
    note: str = ""
    language: str = "en"
    by: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the matcher said when the match was proposed. ``rank`` counts from 1 among all offers that passed its
    filters; None: a filter blocked the offer, or the matcher was not asked.
    """

    weights: str = ""
    score: float | None = None
    rank: int | None = None
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A match as recorded (``R-2026-014/2/1``): the first of need 2. ``acts`` are those that were not taken back."""

    id: str
    number: int
    request: str
    need: str
    offer: str
    provider: str
    status: MatchStatus
    reasons: Reasons = Reasons()
    acts: tuple[Done, ...] = ()
    revision: int = 0

    def on(self, act: MatchAct) -> datetime.date | None:
        """The date of the last act of that sort, None when it is not recorded."""
        return next((done.on for done in reversed(self.acts) if done.act is act), None)

    @property
    def shared_with_both(self) -> bool:
        """Whether the two sides know of it: anything but a proposal, and its withdrawal, was recorded."""
        return any(done.act not in _OF_THE_OFFICE_ALONE for done in self.acts)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the acts of a match have led, and the days on which each status was reached the first time."""

    status: MatchStatus
    on: Mapping[MatchStatus, datetime.date] = field(default_factory=dict)


_OF_THE_OFFICE_ALONE = frozenset({MatchAct.PROPOSE, MatchAct.WITHDRAW})
_S, _A = MatchStatus, MatchAct


def _line(act: MatchAct, end: MatchStatus | None, sides: Iterable[Side], *starts: MatchStatus) -> Move:
    return Move(act, frozenset(starts), end, frozenset(sides))


_BY_PROVIDER = (Side.OFFICE, Side.PROVIDER)
_BY_REQUESTER = (Side.OFFICE, Side.REQUESTER)
_WITH_RESULT = (_S.IN_DELIVERY, _S.DELIVERED, _S.CLOSED)
# The office records what a side told it otherwise; the sides act for themselves.
MOVES = (
    _line(_A.APPROACH, _S.APPROACHED, (Side.OFFICE,), _S.PROPOSED),
    _line(_A.ACCEPT, _S.ACCEPTED, _BY_PROVIDER, _S.PROPOSED, _S.APPROACHED),
    _line(_A.DECLINE, _S.DECLINED, _BY_PROVIDER, _S.PROPOSED, _S.APPROACHED, _S.ACCEPTED),
    _line(_A.DECLINE, _S.DECLINED, _BY_REQUESTER, _S.ACCEPTED),
    _line(_A.AGREE, _S.AGREED, _BY_REQUESTER, _S.ACCEPTED),
    _line(_A.BEGIN, _S.IN_DELIVERY, _BY_PROVIDER, _S.AGREED),
    _line(_A.DELIVER, _S.DELIVERED, _BY_PROVIDER, _S.IN_DELIVERY),
    _line(_A.FEEDBACK_REQUESTER, None, _BY_REQUESTER, *_WITH_RESULT),
    _line(_A.FEEDBACK_PROVIDER, None, _BY_PROVIDER, *_WITH_RESULT),
    _line(_A.CLOSE, _S.CLOSED, (Side.OFFICE,), _S.DELIVERED),
    _line(_A.WITHDRAW, _S.WITHDRAWN, (Side.OFFICE,), _S.PROPOSED, _S.APPROACHED),
    _line(_A.WITHDRAW, _S.WITHDRAWN, _BY_PROVIDER, _S.ACCEPTED, _S.AGREED, _S.IN_DELIVERY),
)
NEXT_OF: Mapping[MatchStatus, MatchAct] = {
    _S.PROPOSED: _A.APPROACH,
    _S.APPROACHED: _A.ACCEPT,
    _S.ACCEPTED: _A.AGREE,
    _S.AGREED: _A.BEGIN,
    _S.IN_DELIVERY: _A.DELIVER,
    _S.DELIVERED: _A.CLOSE,
}
# The two sides have said yes: what is promised, and what the matcher's rank is measured on.
AGREED_OR_LATER = (_S.AGREED, _S.IN_DELIVERY, _S.DELIVERED, _S.CLOSED)
ENDED = (_S.DECLINED, _S.WITHDRAWN)
_NEED_OF: Mapping[MatchStatus, NeedStatus] = {
    _S.PROPOSED: NeedStatus.PROPOSED,
    _S.APPROACHED: NeedStatus.PROPOSED,
    _S.ACCEPTED: NeedStatus.PROPOSED,
    _S.AGREED: NeedStatus.AGREED,
    _S.IN_DELIVERY: NeedStatus.IN_DELIVERY,
    _S.DELIVERED: NeedStatus.DELIVERED,
    _S.CLOSED: NeedStatus.DELIVERED,
    _S.DECLINED: NeedStatus.OPEN,
    _S.WITHDRAWN: NeedStatus.OPEN,
}
_FARTHEST = (
    NeedStatus.OPEN,
    NeedStatus.PROPOSED,
    NeedStatus.AGREED,
    NeedStatus.IN_DELIVERY,
    NeedStatus.DELIVERED,
)


def match_id(request: str, need: int, number: int) -> str:
    """``R-2026-014/2/1``."""
    return f"{need_id(request, need)}/{number}"


def parse_match_id(text: str) -> tuple[str, int, int] | None:
    """(request, number of the need, number of the match) of a match's identifier; None for anything else."""
    found = _MATCH.fullmatch(text)
    if found is None or parse_id(found[1]) is None:
        return None
    return found[1], int(found[2]), int(found[3])


def move(status: MatchStatus, act: MatchAct) -> MatchStatus | None:
    """Where ``act`` leads from ``status``; None when that status does not know the act."""
    for line in MOVES:
        if line.act is act and status in line.starts:
            return status if line.end is None else line.end
    return None


def acts_from(status: MatchStatus, side: Side) -> tuple[MatchAct, ...]:
    """The acts that a side may record in that status, in the table's order."""
    return tuple(dict.fromkeys(line.act for line in MOVES if status in line.starts and side in line.sides))


def next_act(match: Match, side: Side) -> MatchAct | None:
    """The one act that the side is to do next; None when the other side, or nobody, has to act.

    The office waits for both sides, and records their answers when they come another way than the portal. A side that
    has not said how the need was met is asked for that once there is a delivery.
    """
    found = NEXT_OF.get(match.status)
    feedback = {Side.PROVIDER: _A.FEEDBACK_PROVIDER, Side.REQUESTER: _A.FEEDBACK_REQUESTER}.get(side)
    if match.status in (_S.DELIVERED, _S.CLOSED) and feedback and match.on(feedback) is None:
        return feedback
    return found if found is not None and found in acts_from(match.status, side) else None


def reached(acts: Sequence[Done]) -> Reached:
    """How far the acts lead, in their order. The first proposes; an act that its status does not know moves nothing."""
    status = _S.PROPOSED
    on: dict[MatchStatus, datetime.date] = {}
    for done in acts:
        to = _S.PROPOSED if done.act is _A.PROPOSE else move(status, done.act)
        if to is None:
            continue
        status = to
        on.setdefault(to, done.on)
    return Reached(status, on)


def why_not(
    status: MatchStatus, last: datetime.date, act: MatchAct, side: Side, on: datetime.date, today: datetime.date
) -> Sentence | None:
    """Why the side cannot record ``act`` with the date ``on``, after an act of the day ``last``; None when it can."""
    if move(status, act) is None:
        return sentence("This does not belong to how far the match has come.")
    if act not in acts_from(status, side):
        return sentence("This is for the other side, or for the office, to record.")
    return why_not_on(last, on, today)


def why_not_on(last: datetime.date | None, on: datetime.date, today: datetime.date) -> Sentence | None:
    """Why nothing can be recorded of a match with the date ``on``; None when it can."""
    if on > today:
        return sentence("The date lies in the future.")
    if last is not None and on < last:
        return sentence("The date lies before what was recorded last (%(day)s).", day=last)
    return None


def why_no_answer(act: MatchAct, answer: str, note: str) -> Sentence | None:
    """What an act lacks to be understood later: the reason of a refusal, how a need was met, why something ended."""
    if act is _A.DECLINE and answer not in list(DeclineReason):
        return sentence("Choose the reason.")
    if act is _A.DECLINE and answer == DeclineReason.OTHER and not note.strip():
        return sentence("Say the reason in words.")
    if act in (_A.FEEDBACK_PROVIDER, _A.FEEDBACK_REQUESTER) and answer not in list(Fulfilment):
        return sentence("Say how far the need was met.")
    if act is _A.WITHDRAW and not note.strip():
        return sentence("Say the reason in words.")
    return None


def need_status(matches: Iterable[MatchStatus]) -> NeedStatus:
    """How far a need has come by its matches: as far as the farthest of them; open without any that goes on."""
    return max((_NEED_OF[each] for each in matches), key=_FARTHEST.index, default=NeedStatus.OPEN)

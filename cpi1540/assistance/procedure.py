"""The Committee's procedure of October 2010 as a table: from which step which act leads where, and what is due.

Informal requests are handled apart: no windows, only match-making, offers and the follow-up. What a focal
point submitted here waits at the first step for its note verbale. Historical requests have no step.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cpi1540.assistance.workdays import Holidays, Window, follow_up, window, workdays_late
from cpi1540.foundation.messages import N_, Sentence, sentence

OBJECTION_DAYS = 5


class Step(IntEnum):
    """The steps of the procedure, by their numbers there."""

    AUTHENTICATE = 1
    CIRCULATE = 2
    ACKNOWLEDGE = 3
    SEND = 4
    POST = 5
    MATCH = 6
    OFFERS = 7
    FOLLOW_UP = 8
    WORKING_GROUP = 9


class Act(StrEnum):
    """What is recorded of a request, with its date."""

    REGISTER_NOTE = "register-note"
    AUTHENTICATE = "authenticate"
    CIRCULATE = "circulate"
    ACKNOWLEDGE = "acknowledge"
    SEND = "send-to-providers"
    POST = "post-summary"
    RECEIVE_OFFER = "receive-offer"
    CIRCULATE_OFFER = "circulate-offer"
    ACKNOWLEDGE_OFFER = "acknowledge-offer"
    INFORM_REQUESTER = "inform-requester"
    FOLLOW_UP = "follow-up"
    REFER = "refer"
    RETURN = "return"
    OBJECT_TO_SENDING = "object-to-sending"
    OBJECT_TO_POSTING = "object-to-posting"
    CONSENT = "consent"
    REFUSE_CONSENT = "refuse-consent"
    WITHDRAW = "withdraw"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: ``act`` leads from any step of ``starts`` to ``end``; None: where it stood."""

    act: Act
    starts: frozenset[Step]
    end: Step | None


def _line(act: Act, end: Step | None, *starts: Step) -> Move:
    return Move(act, frozenset(starts), end)


_UNDER_WAY = tuple(step for step in Step if step is not Step.WORKING_GROUP)
_LATE = (Step.MATCH, Step.OFFERS, Step.FOLLOW_UP)
MOVES = (
    _line(Act.AUTHENTICATE, Step.CIRCULATE, Step.AUTHENTICATE),
    _line(Act.CIRCULATE, Step.ACKNOWLEDGE, Step.CIRCULATE),
    _line(Act.ACKNOWLEDGE, Step.SEND, Step.ACKNOWLEDGE),
    _line(Act.SEND, Step.POST, Step.SEND),
    _line(Act.POST, Step.MATCH, Step.POST),
    _line(Act.RECEIVE_OFFER, Step.OFFERS, *_LATE),
    _line(Act.CIRCULATE_OFFER, Step.OFFERS, Step.OFFERS),
    _line(Act.ACKNOWLEDGE_OFFER, Step.OFFERS, Step.OFFERS),
    _line(Act.INFORM_REQUESTER, Step.FOLLOW_UP, Step.OFFERS),
    _line(Act.FOLLOW_UP, Step.FOLLOW_UP, *_LATE),
    _line(Act.REFER, Step.WORKING_GROUP, *_UNDER_WAY),
    _line(Act.RETURN, None, Step.WORKING_GROUP),
    _line(Act.OBJECT_TO_SENDING, None, *_UNDER_WAY[:4]),
    _line(Act.OBJECT_TO_POSTING, None, *_UNDER_WAY[:5]),
    _line(Act.CONSENT, None, *Step),
    _line(Act.REFUSE_CONSENT, None, *Step),
)
# What passes a step over, and the step that follows then.
PASSED_OVER: Mapping[Step, tuple[frozenset[Act], Step]] = {
    Step.SEND: (frozenset({Act.OBJECT_TO_SENDING}), Step.POST),
    Step.POST: (frozenset({Act.OBJECT_TO_POSTING, Act.REFUSE_CONSENT}), Step.MATCH),
}
# A later word takes an earlier one back.
TAKES_BACK: Mapping[Act, frozenset[Act]] = {
    Act.CONSENT: frozenset({Act.REFUSE_CONSENT, Act.OBJECT_TO_POSTING}),
    Act.REFUSE_CONSENT: frozenset({Act.CONSENT}),
}
NEXT_OF: Mapping[Step, Act] = {
    Step.AUTHENTICATE: Act.AUTHENTICATE,
    Step.CIRCULATE: Act.CIRCULATE,
    Step.ACKNOWLEDGE: Act.ACKNOWLEDGE,
    Step.SEND: Act.SEND,
    Step.POST: Act.POST,
    Step.MATCH: Act.RECEIVE_OFFER,
    Step.OFFERS: Act.CIRCULATE_OFFER,
    Step.FOLLOW_UP: Act.FOLLOW_UP,
    Step.WORKING_GROUP: Act.RETURN,
}
_ON_AN_OFFER = (Act.CIRCULATE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER)

STEP_NAMES: Mapping[Step, str] = {
    Step.AUTHENTICATE: N_("Authenticate"),
    Step.CIRCULATE: N_("Circulate to the Committee"),
    Step.ACKNOWLEDGE: N_("Acknowledge"),
    Step.SEND: N_("Send to potential providers"),
    Step.POST: N_("Post a summary"),
    Step.MATCH: N_("Informal match-making"),
    Step.OFFERS: N_("Offers"),
    Step.FOLLOW_UP: N_("Follow-up"),
    Step.WORKING_GROUP: N_("Working group"),
}
NEXT_ACTS: Mapping[Act, str] = {
    Act.REGISTER_NOTE: N_("Register the note verbale when it comes"),
    Act.AUTHENTICATE: N_("Authenticate the request"),
    Act.CIRCULATE: N_("Circulate the request to the members and experts of the Committee"),
    Act.ACKNOWLEDGE: N_("Acknowledge the request in a letter of the Chair"),
    Act.SEND: N_("Send the request to potential providers"),
    Act.POST: N_("Post a summary of the request"),
    Act.RECEIVE_OFFER: N_("Look for a match, and record the offer that comes"),
    Act.CIRCULATE_OFFER: N_("Circulate the offer to the Committee"),
    Act.ACKNOWLEDGE_OFFER: N_("Acknowledge the offer"),
    Act.INFORM_REQUESTER: N_("Inform the requester of the offer"),
    Act.FOLLOW_UP: N_("Follow up on the request"),
    Act.RETURN: N_("Await the working group, and record its return"),
    Act.CLOSE: N_("Close the request, or go on with match-making"),
}
ACTS_DONE: Mapping[Act, str] = {
    Act.REGISTER_NOTE: N_("note verbale registered"),
    Act.AUTHENTICATE: N_("request authenticated"),
    Act.CIRCULATE: N_("circulated to the Committee"),
    Act.ACKNOWLEDGE: N_("acknowledged by the Chair"),
    Act.SEND: N_("sent to potential providers"),
    Act.POST: N_("summary posted"),
    Act.RECEIVE_OFFER: N_("offer received"),
    Act.CIRCULATE_OFFER: N_("offer circulated"),
    Act.ACKNOWLEDGE_OFFER: N_("offer acknowledged"),
    Act.INFORM_REQUESTER: N_("requester informed of the offer"),
    Act.FOLLOW_UP: N_("followed up"),
    Act.REFER: N_("referred to the working group"),
    Act.RETURN: N_("returned by the working group"),
    Act.OBJECT_TO_SENDING: N_("requester objected to sending"),
    Act.OBJECT_TO_POSTING: N_("requester objected to posting"),
    Act.CONSENT: N_("requester consented to publication"),
    Act.REFUSE_CONSENT: N_("requester refused publication"),
    Act.WITHDRAW: N_("withdrawn"),
    Act.CLOSE: N_("closed"),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One act of a request: its number there, the date it bears, a note, the paper it was done with, by whom."""

    number: int
    act: Act
    on: datetime.date
    note: str = ""
    paper: str | None = None
    by: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How far the acts have led, without any clock. ``step`` None: not in the procedure (any more).

    ``since`` is the date of the act that led here; ``acknowledged`` and ``followed_up`` those of the letters.
    """

    step: Step | None = None
    next_act: Act | None = None
    since: datetime.date | None = None
    acknowledged: datetime.date | None = None
    followed_up: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """An act with the day it is due, and by how many working days it is late."""

    act: Act
    on: datetime.date
    late: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands on a day: step, next act, what is due.

    ``due`` is the next act's day, None where the procedure sets none. ``dues`` are all days that bind, the
    first first; ``overdue`` is the most by which one is late, in working days. ``window`` is the one for
    objections, at the steps that wait for it. ``waiting`` counts the days since the last step.
    ``without_table`` are the years counted without a table of holidays.
    """

    step: Step | None = None
    next_act: Act | None = None
    what: Sentence | None = None
    due: datetime.date | None = None
    dues: tuple[Due, ...] = ()
    overdue: int = 0
    window: Window | None = None
    waiting: int | None = None
    without_table: tuple[int, ...] = ()


def move(step: Step, act: Act) -> Step | None:
    """Where ``act`` leads from ``step``; None when that step does not know the act.

    An act that leads nowhere else gives the step itself: words of the requester, and a return, which leads
    back to where the referral began (see ``course``).
    """
    for line in MOVES:
        if line.act is act and step in line.starts:
            return step if line.end is None else line.end
    return None


def acts_from(step: Step) -> tuple[Act, ...]:
    """The acts that a step knows, in the table's order."""
    return tuple(line.act for line in MOVES if step in line.starts)


def course(
    acts: Sequence[Recorded], began: datetime.date | None, *, formal: bool | None, submitted: bool = False
) -> Course:
    """How far the acts lead, in the order recorded. An act that its step does not know moves nothing.

    ``began`` is the request's date. A formal request and a submitted one begin at the first step, others at
    match-making.
    """
    step = Step.AUTHENTICATE if formal or submitted else Step.MATCH
    since, acknowledged, followed_up = began, None, None
    said: set[Act] = set()
    offer: Act = Act.CIRCULATE_OFFER
    referred_from: Step | None = None
    for done in acts:
        if done.act in (Act.WITHDRAW, Act.CLOSE):
            return Course(None, None, done.on, acknowledged, followed_up)
        to = move(step, done.act)
        if to is None:
            continue
        said = (said - TAKES_BACK.get(done.act, frozenset())) | {done.act}
        if done.act is Act.REFER:
            referred_from = step
        elif done.act is Act.RETURN:
            to = referred_from or step
        elif done.act is Act.ACKNOWLEDGE:
            acknowledged = done.on
        elif done.act is Act.FOLLOW_UP:
            followed_up = done.on
        elif done.act is Act.RECEIVE_OFFER:
            offer = Act.CIRCULATE_OFFER
        elif done.act in _ON_AN_OFFER[:-1]:
            offer = _ON_AN_OFFER[_ON_AN_OFFER.index(done.act) + 1]
        while to in PASSED_OVER and said & PASSED_OVER[to][0]:
            to = PASSED_OVER[to][1]
        if to is not step:
            step, since = to, done.on
    return Course(step, _next(step, offer, followed_up, submitted), since, acknowledged, followed_up)


def stand(
    found: Course, requested: datetime.date | None, holidays: Holidays, today: datetime.date, *, consent: bool = True
) -> Standing:
    """Where a request stands on ``today``. ``requested`` is its date, None when the day is not known.

    ``consent``: the requester's consent to publication is on record; else the next act asks for it.
    """
    if found.step is None or found.next_act is None:
        return Standing()
    dues: list[Due] = []
    waits: Window | None = None
    if found.step in (Step.SEND, Step.POST) and found.acknowledged:
        waits = window(found.acknowledged, OBJECTION_DAYS, holidays)
        dues.append(Due(found.next_act, waits.due, workdays_late(waits.due, today, holidays)))
    without = set(waits.without_table if waits else ())
    if requested and not found.followed_up:
        day = follow_up(requested, holidays)
        dues.append(Due(Act.FOLLOW_UP, day, workdays_late(day, today, holidays)))
        if found.step in _LATE:
            without |= set(holidays.missing(day, day))
    dues.sort(key=lambda each: each.on)
    own = [each for each in dues if each.act is found.next_act or found.step in _LATE]
    return Standing(
        found.step,
        found.next_act,
        _what(found.next_act, consent),
        own[0].on if own else None,
        tuple(dues),
        max((each.late for each in dues), default=0),
        waits,
        (today - found.since).days if found.since else None,
        tuple(sorted(without)),
    )


def why_not(found: Course, act: Act, on: datetime.date, holidays: Holidays, today: datetime.date) -> Sentence | None:
    """Why ``act`` cannot be recorded with the date ``on``; None when it can."""
    if on > today:
        return sentence("The date lies in the future.")
    if found.step is None:
        return sentence("This request is not in the procedure any more.")
    if act in (Act.WITHDRAW, Act.CLOSE):
        return None
    if found.next_act is Act.REGISTER_NOTE and act not in (Act.CONSENT, Act.REFUSE_CONSENT):
        return sentence("Register the note verbale first.")
    if move(found.step, act) is None:
        return sentence("This act does not belong to the step at which the request stands.")
    if found.since and on < found.since and act not in (Act.CONSENT, Act.REFUSE_CONSENT):
        return sentence("The date lies before the step that came last (%(day)s).", day=found.since)
    if act in (Act.SEND, Act.POST) and found.acknowledged:
        waits = window(found.acknowledged, OBJECTION_DAYS, holidays)
        if on < waits.due:
            return sentence("The requester may object until %(last)s; this is due on %(due)s.", last=waits.last,
                            due=waits.due)  # fmt: skip
    return None


def _next(step: Step, offer: Act, followed_up: datetime.date | None, submitted: bool) -> Act:
    if submitted and step is Step.AUTHENTICATE:
        return Act.REGISTER_NOTE
    if step is Step.OFFERS:
        return offer
    if step is Step.FOLLOW_UP and followed_up:
        return Act.CLOSE
    return NEXT_OF[step]


def _what(act: Act, consent: bool) -> Sentence:
    if act is Act.POST and not consent:
        return sentence("Ask the requester for consent, then post a summary of the request")
    return Sentence(NEXT_ACTS[act])

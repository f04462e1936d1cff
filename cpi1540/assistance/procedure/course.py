"""How far the acts recorded of a request have led, where it stands on a day, and what is due then."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.assistance.procedure.steps import (
    NEXT_ACTS,
    NEXT_OF,
    OBJECTION_DAYS,
    ON_AN_OFFER,
    PASSED_OVER,
    TAKES_BACK,
    WITH_PROVIDERS,
    Act,
    Step,
    move,
)
from cpi1540.assistance.procedure.workdays import Holidays, Window, follow_up, window, workdays_late
from cpi1540.foundation.messages import Sentence, sentence


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
        elif done.act in ON_AN_OFFER[:-1]:
            offer = ON_AN_OFFER[ON_AN_OFFER.index(done.act) + 1]
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
        if found.step in WITH_PROVIDERS:
            without |= set(holidays.missing(day, day))
    dues.sort(key=lambda each: each.on)
    own = [each for each in dues if each.act is found.next_act or found.step in WITH_PROVIDERS]
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

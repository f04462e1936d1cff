"""How far the acts recorded of a request have led, where it stands on a day, and what is due then."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from cpi1540.assistance.procedure.steps import (
    NEXT_ACTS,
    NEXT_OF,
    OBJECTION_DAYS,
    ON_AN_OFFER,
    PASSED_OVER,
    TAKES_BACK,
    WITH_PROVIDERS,
    WORDS,
    Act,
    Step,
    acts_from,
    move,
)
from cpi1540.assistance.procedure.workdays import (
    Holidays,
    Window,
    follow_up,
    window,
    workdays_late,
    year_later,
)
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

    ``since`` is the date of the act that led here; ``acknowledged`` that of the Chair's letter, ``followed_up``
    that of the follow-up a year after the request. ``resumed``: since when the windows are counted anew.
    """

    step: Step | None = None
    next_act: Act | None = None
    since: datetime.date | None = None
    acknowledged: datetime.date | None = None
    followed_up: datetime.date | None = None
    resumed: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class OfferInHand:
    """An offer that is not through yet: the act it awaits, and the date of the last one on it."""

    awaits: Act
    on: datetime.date


@dataclass(frozen=True, slots=True)
class History:
    """What the acts of a request tell when they are read in their order: where they led, and what binds the next.

    ``began`` is the request's date, ``last`` that of the latest act that is no word of the requester. ``offers``
    stand in the order they came. ``consented`` and ``objected`` (to sending) are the dates of words that hold.
    """

    course: Course = Course()
    began: datetime.date | None = None
    last: datetime.date | None = None
    offers: tuple[OfferInHand, ...] = ()
    consented: datetime.date | None = None
    objected: datetime.date | None = None


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
    """How far the acts lead, in the order recorded: see ``follow``."""
    return follow(acts, began, formal=formal, submitted=submitted).course


def follow(
    acts: Sequence[Recorded], began: datetime.date | None, *, formal: bool | None, submitted: bool = False
) -> History:
    """The acts read in the order recorded. An act that does not belong where it stands moves nothing.

    ``began`` is the request's date. A formal request and a submitted one begin at the first step, others at
    match-making.
    """
    way = _Way(Step.AUTHENTICATE if formal or submitted else Step.MATCH, began, began)
    for done in acts:
        if done.act in (Act.WITHDRAW, Act.CLOSE):
            return History(Course(None, None, done.on, way.acknowledged, way.followed_up), began, done.on)
        way.take(done)
    return way.history(submitted)


@dataclass(slots=True)
class _Way:
    """The acts read so far."""

    step: Step
    began: datetime.date | None
    since: datetime.date | None
    acknowledged: datetime.date | None = None
    followed_up: datetime.date | None = None
    resumed: datetime.date | None = None
    last: datetime.date | None = None
    referred_from: Step | None = None
    said: dict[Act, datetime.date] = field(default_factory=dict)  # what holds of what was done and said
    passed: set[Step] = field(default_factory=set)
    offers: list[OfferInHand] = field(default_factory=list)

    def take(self, done: Recorded) -> None:
        """Read one act more."""
        to = move(self.step, done.act)
        if to is None or (done.act in ON_AN_OFFER and _awaiting(self.offers, done.act) is None):
            return
        for word in TAKES_BACK.get(done.act, ()):
            self.said.pop(word, None)
        self.said[done.act] = done.on
        if done.act not in WORDS:
            self.last = max(self.last or done.on, done.on)
        if done.act is Act.REFER:
            self.referred_from = self.step
        elif done.act is Act.RETURN:
            to, self.resumed = self.referred_from or self.step, done.on
        elif done.act is Act.ACKNOWLEDGE:
            self.acknowledged = done.on
        elif done.act is Act.FOLLOW_UP:
            if before_the_year(done.on, self.began):
                return
            self.followed_up = done.on
        elif done.act is Act.RECEIVE_OFFER:
            self.offers.append(OfferInHand(Act.CIRCULATE_OFFER, done.on))
        elif done.act in ON_AN_OFFER:
            self._move_offer(done)
        to = self._onward(self._back(to, done.on))
        if to is not self.step:
            self.step, self.since = to, done.on

    def history(self, submitted: bool) -> History:
        """What the acts read so far tell."""
        found = Course(
            self.step,
            self._next(submitted),
            self.since,
            self.acknowledged,
            self.followed_up,
            self.resumed,
        )
        consented, objected = self.said.get(Act.CONSENT), self.said.get(Act.OBJECT_TO_SENDING)
        return History(found, self.began, self.last, tuple(self.offers), consented, objected)

    def _move_offer(self, done: Recorded) -> None:
        """The act is on the offer that came first of those that await it; the last one ends that offer."""
        place = next(n for n, offer in enumerate(self.offers) if offer.awaits is done.act)
        if done.act is ON_AN_OFFER[-1]:
            del self.offers[place]
        else:
            self.offers[place] = OfferInHand(ON_AN_OFFER[ON_AN_OFFER.index(done.act) + 1], done.on)

    def _back(self, to: Step, on: datetime.date) -> Step:
        """``to``, or the step that was passed over for a word which does not hold any more; its window begins anew."""
        for step in PASSED_OVER:
            again = step in self.passed and not self.said.keys() & PASSED_OVER[step][0]
            if again and step < to is not Step.WORKING_GROUP:
                self.passed.discard(step)
                self.resumed = on
                return step
        return to

    def _onward(self, to: Step) -> Step:
        """``to``, or the step after those that are passed over; offers in hand keep a request at their step."""
        while to in PASSED_OVER and self.said.keys() & PASSED_OVER[to][0]:
            self.passed.add(to)
            to = PASSED_OVER[to][1]
        return Step.OFFERS if to in WITH_PROVIDERS and self.offers else to

    def _next(self, submitted: bool) -> Act:
        if submitted and self.step is Step.AUTHENTICATE:
            return Act.REGISTER_NOTE
        if self.step is Step.OFFERS:
            return self.offers[0].awaits
        if self.step is Step.FOLLOW_UP and self.followed_up:
            return Act.CLOSE
        return NEXT_OF[self.step]


def before_the_year(on: datetime.date, began: datetime.date | None) -> bool:
    """Whether a follow-up of that day comes too early to be the one a year after the request."""
    return began is not None and on < year_later(began)


def recordable(found: History) -> tuple[Act, ...]:
    """The acts that can be recorded where the request stands, in the table's order, whatever their dates."""
    step = found.course.step
    if step is None or found.course.next_act is Act.REGISTER_NOTE:
        return ()
    return tuple(act for act in acts_from(step) if _missing(found, act) is None)


def stand(
    found: Course, requested: datetime.date | None, holidays: Holidays, today: datetime.date, *, consent: bool = True
) -> Standing:
    """Where a request stands on ``today``. ``requested`` is its date, None when the day is not known. No clock runs
    before the note verbale of a request that was submitted.

    ``consent``: the requester's consent to publication is on record; else the next act asks for it.
    """
    if found.step is None or found.next_act is None:
        return Standing()
    dues: list[Due] = []
    waits: Window | None = None
    if found.step in (Step.SEND, Step.POST) and found.acknowledged:
        waits = window(_counted_from(found), OBJECTION_DAYS, holidays)
        dues.append(Due(found.next_act, waits.due, workdays_late(waits.due, today, holidays)))
    without = set(waits.without_table if waits else ())
    if requested and not found.followed_up and found.next_act is not Act.REGISTER_NOTE:
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


def why_not(found: History, act: Act, on: datetime.date, holidays: Holidays, today: datetime.date) -> Sentence | None:
    """Why ``act`` cannot be recorded with the date ``on``; None when it can."""
    stands = found.course
    if on > today:
        return sentence("The date lies in the future.")
    if stands.step is None:
        return sentence("This request is not in the procedure any more.")
    ends = act in (Act.WITHDRAW, Act.CLOSE)
    if stands.next_act is Act.REGISTER_NOTE and not ends and act not in (Act.CONSENT, Act.REFUSE_CONSENT):
        return sentence("Register the note verbale first.")
    if not ends and move(stands.step, act) is None:
        return sentence("This act does not belong to the step at which the request stands.")
    return (None if ends else _missing(found, act)) or _too_early(found, act, on, holidays)


def _missing(found: History, act: Act) -> Sentence | None:
    """What must be on record before the act, whatever its date."""
    if act in ON_AN_OFFER and _awaiting(found.offers, act) is None:
        following = found.offers[0].awaits if found.offers else Act.RECEIVE_OFFER
        return sentence(
            "The acts on an offer come in their order. Next comes: “%(act)s”.", act=Sentence(NEXT_ACTS[following])
        )
    if act is Act.POST and found.consented is None:
        return sentence(
            "A summary is posted only with the requester’s consent: ask for it, and record the answer first."
        )
    if act is Act.AGREE_TO_SENDING and found.objected is None:
        return sentence("No objection to sending is on record.")
    return None


def _too_early(found: History, act: Act, on: datetime.date, holidays: Holidays) -> Sentence | None:
    """Why the date is too early for the act."""
    stands = found.course
    if found.began and on < found.began:
        return sentence("The date lies before the request itself (%(day)s).", day=found.began)
    if act in (Act.CONSENT, Act.REFUSE_CONSENT):
        return None
    if act is Act.AGREE_TO_SENDING:
        if found.objected and on < found.objected:
            return sentence("The date lies before the objection (%(day)s).", day=found.objected)
        return None
    before = [day for day in (stands.since, found.last if act in (Act.WITHDRAW, Act.CLOSE) else None) if day]
    if before and on < max(before):
        return sentence("The date lies before the step that came last (%(day)s).", day=max(before))
    offer = _awaiting(found.offers, act)
    if offer and on < offer.on:
        return sentence("The date lies before the act on this offer that came last (%(day)s).", day=offer.on)
    if act in (Act.SEND, Act.POST) and stands.acknowledged:
        waits = window(_counted_from(stands), OBJECTION_DAYS, holidays)
        if on < waits.due:
            return sentence("The requester may object until %(last)s; this is due on %(due)s.", last=waits.last,
                            due=waits.due)  # fmt: skip
    if act is Act.POST and found.consented and on < found.consented:
        return sentence("The requester consented on %(day)s: a summary is not posted before.", day=found.consented)
    return None


def _awaiting(offers: Sequence[OfferInHand], act: Act) -> OfferInHand | None:
    """The offer that came first of those that await the act."""
    return next((offer for offer in offers if offer.awaits is act), None)


def _counted_from(found: Course) -> datetime.date:
    """The day after which the windows are counted: the Chair's letter, or what made them begin anew since."""
    return max(day for day in (found.acknowledged, found.resumed) if day)


def _what(act: Act, consent: bool) -> Sentence:
    if act is Act.POST and not consent:
        return sentence("Ask the requester for consent, then post a summary of the request")
    return Sentence(NEXT_ACTS[act])

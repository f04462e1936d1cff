"""The procedure: each step of the table, what passes a step over, what is due, what cannot be recorded yet."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.procedure.course import (
    Course,
    History,
    Recorded,
    Standing,
    course,
    follow,
    recordable,
    stand,
    why_not,
)
from cpi1540.assistance.procedure.steps import (
    ACTS_DONE,
    MOVES,
    NEXT_ACTS,
    NEXT_OF,
    STEP_NAMES,
    Act,
    Step,
    acts_from,
    move,
)
from cpi1540.assistance.procedure.workdays import NO_HOLIDAYS, Holidays

D = datetime.date
ASKED = D(2026, 11, 2)
STRAIGHT = (Act.AUTHENTICATE, Act.CIRCULATE, Act.ACKNOWLEDGE, Act.SEND, Act.POST, Act.RECEIVE_OFFER,
            Act.CIRCULATE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER)  # fmt: skip
A_YEAR_ON = Recorded(99, Act.FOLLOW_UP, D(2027, 11, 2))


def done(*acts: Act, first: datetime.date = ASKED) -> list[Recorded]:
    """The acts, one on each day from the first on."""
    return [Recorded(n, act, first + datetime.timedelta(days=n)) for n, act in enumerate(acts, 1)]


def told(*acts: Act, formal: bool | None = True, submitted: bool = False) -> History:
    return follow(done(*acts), ASKED, formal=formal, submitted=submitted)


def at(*acts: Act, formal: bool | None = True, submitted: bool = False) -> Course:
    return course(done(*acts), ASKED, formal=formal, submitted=submitted)


def test_the_straight_way_through_all_steps() -> None:
    steps = [at(*STRAIGHT[:n]).step for n in range(len(STRAIGHT) + 1)]
    assert steps == [1, 2, 3, 4, 5, 6, 7, 7, 7, 8]
    acts = [at(*STRAIGHT[:n]).next_act for n in range(len(STRAIGHT) + 1)]
    assert acts == [*STRAIGHT, Act.FOLLOW_UP]
    end = course([*done(*STRAIGHT), A_YEAR_ON], ASKED, formal=True)
    assert (end.step, end.next_act, end.followed_up) == (Step.FOLLOW_UP, Act.CLOSE, A_YEAR_ON.on)


@pytest.mark.parametrize("step", Step)
def test_every_step_has_its_next_act_and_words(step: Step) -> None:
    assert STEP_NAMES[step]
    assert NEXT_OF[step] in acts_from(step)
    assert NEXT_ACTS[NEXT_OF[step]]
    assert set(ACTS_DONE) == set(Act)


def test_any_member_may_refer_at_any_step() -> None:
    assert {step for step in Step if move(step, Act.REFER) is Step.WORKING_GROUP} == set(Step) - {Step.WORKING_GROUP}


@pytest.mark.parametrize("n", range(len(STRAIGHT) + 1))
def test_a_return_leads_back_to_where_the_referral_began(n: int) -> None:
    before = at(*STRAIGHT[:n])
    referred = at(*STRAIGHT[:n], Act.REFER)
    assert (referred.step, referred.next_act) == (Step.WORKING_GROUP, Act.RETURN)
    back = at(*STRAIGHT[:n], Act.REFER, Act.RETURN)
    assert (back.step, back.next_act) == (before.step, before.next_act)


@pytest.mark.parametrize(
    ("acts", "step"),
    [
        pytest.param((*STRAIGHT[:3], Act.OBJECT_TO_SENDING), Step.POST, id="objection in the window"),
        pytest.param((Act.OBJECT_TO_SENDING, *STRAIGHT[:3]), Step.POST, id="objection before the letter"),
        pytest.param((*STRAIGHT[:4], Act.OBJECT_TO_POSTING), Step.MATCH, id="to the summary"),
        pytest.param((Act.REFUSE_CONSENT, *STRAIGHT[:4]), Step.MATCH, id="consent refused from the start"),
        pytest.param((*STRAIGHT[:3], Act.OBJECT_TO_POSTING, Act.OBJECT_TO_SENDING), Step.MATCH, id="to both"),
        pytest.param((Act.REFUSE_CONSENT, Act.CONSENT, *STRAIGHT[:4]), Step.POST, id="refused, then given"),
        pytest.param((Act.OBJECT_TO_POSTING, Act.CONSENT, *STRAIGHT[:4]), Step.POST, id="objected, then agreed"),
        pytest.param((*STRAIGHT[:5], Act.REFUSE_CONSENT), Step.MATCH, id="refused after it was posted"),
    ],
)
def test_what_passes_a_step_over(acts: tuple[Act, ...], step: Step) -> None:
    assert at(*acts).step is step


def test_informal_requests_are_handled_apart() -> None:
    informal = at(formal=False)
    assert (informal.step, informal.next_act) == (Step.MATCH, Act.RECEIVE_OFFER)
    assert stand(informal, ASKED, NO_HOLIDAYS, ASKED).window is None
    assert at(Act.AUTHENTICATE, Act.ACKNOWLEDGE, formal=None) == informal


def test_what_was_submitted_waits_for_its_note() -> None:
    waits = told(formal=False, submitted=True)
    assert recordable(waits) == ()
    assert stand(waits.course, ASKED, NO_HOLIDAYS, D(2028, 1, 1)).dues == ()
    assert (waits.course.step, waits.course.next_act) == (Step.AUTHENTICATE, Act.REGISTER_NOTE)
    refused = why_not(waits, Act.AUTHENTICATE, ASKED, NO_HOLIDAYS, ASKED)
    assert str(refused) == "Register the note verbale first."


@given(st.lists(st.sampled_from(list(Act)), max_size=25), st.booleans())
def test_any_acts_lead_to_a_step_of_the_table_or_to_the_end(acts: list[Act], formal: bool) -> None:
    found = at(*acts, formal=formal)
    ended = bool({Act.CLOSE, Act.WITHDRAW} & set(acts))
    assert (found.step is None) == ended
    assert (found.next_act is None) == ended
    if found.step is not None:
        assert found.next_act in (*acts_from(found.step), Act.CLOSE)
        assert found.step not in (Step.SEND, Step.POST) or found.acknowledged is not None


@given(st.lists(st.sampled_from(list(Act)), max_size=15), st.data())
def test_only_what_belongs_where_it_stands_can_be_recorded(acts: list[Act], data: st.DataObject) -> None:
    found, act = told(*acts), data.draw(st.sampled_from(list(Act)))
    later = D(2030, 1, 1)
    may = why_not(found, act, later, NO_HOLIDAYS, later) is None
    ends = act in (Act.CLOSE, Act.WITHDRAW)
    assert may == (found.course.step is not None and (ends or act in recordable(found)))
    if may and not ends and found.course.step is not None:
        assert move(found.course.step, act) is not None


def test_the_table_has_no_two_lines_for_one_act_from_one_step() -> None:
    pairs = [(line.act, step) for line in MOVES for step in line.starts]
    assert len(pairs) == len(set(pairs))
    assert {line.act for line in MOVES} == set(Act) - {Act.REGISTER_NOTE, Act.WITHDRAW, Act.CLOSE}


def test_the_clock_of_a_note_verbale() -> None:
    acknowledged = course(done(*STRAIGHT[:3]), ASKED, formal=True)  # acknowledged on Thursday, 5 November
    holidays = Holidays.of([D(2026, 11, 11)])
    before = stand(acknowledged, ASKED, holidays, D(2026, 11, 13))
    assert before.window is not None
    assert (before.window.first, before.window.last) == (D(2026, 11, 6), D(2026, 11, 13))
    assert (before.step, before.due, before.overdue) == (Step.SEND, D(2026, 11, 16), 0)
    assert before.without_table == ()
    late = stand(acknowledged, ASKED, holidays, D(2026, 11, 21))  # a Saturday
    assert (late.overdue, late.waiting) == (4, 16)
    assert stand(acknowledged, ASKED, NO_HOLIDAYS, D(2026, 11, 13)).due == D(2026, 11, 13)
    assert stand(acknowledged, ASKED, NO_HOLIDAYS, D(2026, 11, 13)).without_table == (2026,)


def test_nothing_is_sent_or_posted_while_the_requester_may_object() -> None:
    acknowledged = told(*STRAIGHT[:3])
    refused = why_not(acknowledged, Act.SEND, D(2026, 11, 12), NO_HOLIDAYS, D(2026, 12, 1))
    assert str(refused) == "The requester may object until 2026-11-12; this is due on 2026-11-13."
    assert why_not(acknowledged, Act.SEND, D(2026, 11, 13), NO_HOLIDAYS, D(2026, 12, 1)) is None
    future = why_not(acknowledged, Act.SEND, D(2026, 12, 2), NO_HOLIDAYS, D(2026, 12, 1))
    assert str(future) == "The date lies in the future."
    early = why_not(acknowledged, Act.OBJECT_TO_SENDING, D(2026, 11, 4), NO_HOLIDAYS, D(2026, 12, 1))
    assert "2026-11-05" in str(early)


def test_the_follow_up_falls_due_a_year_after_the_request() -> None:
    matched = course(done(*STRAIGHT[:5]), ASKED, formal=True)
    standing = stand(matched, ASKED, NO_HOLIDAYS, D(2027, 11, 4))
    assert (standing.due, standing.overdue) == (D(2027, 11, 2), 2)
    followed = course([*done(*STRAIGHT[:5]), Recorded(6, Act.FOLLOW_UP, D(2027, 11, 4))], ASKED, formal=True)
    assert (followed.step, followed.next_act, followed.followed_up) == (Step.FOLLOW_UP, Act.CLOSE, D(2027, 11, 4))
    assert stand(followed, ASKED, NO_HOLIDAYS, D(2028, 1, 1)).dues == ()
    assert stand(matched, None, NO_HOLIDAYS, D(2027, 11, 4)).due is None  # the day of the request is not known


def test_early_steps_have_no_date_but_the_follow_up_is_never_forgotten() -> None:
    circulating = course(done(Act.AUTHENTICATE), ASKED, formal=True)
    standing = stand(circulating, ASKED, NO_HOLIDAYS, D(2027, 11, 3))
    assert (standing.step, standing.due) == (Step.CIRCULATE, None)
    assert (standing.dues[0].act, standing.overdue) == (Act.FOLLOW_UP, 1)


def test_without_consent_the_next_act_asks_for_it() -> None:
    sent = course(done(*STRAIGHT[:4]), ASKED, formal=True)
    assert "consent" in str(stand(sent, ASKED, NO_HOLIDAYS, ASKED, consent=False).what)
    assert "consent" not in str(stand(sent, ASKED, NO_HOLIDAYS, ASKED, consent=True).what)


def test_no_clock_runs_outside_the_procedure() -> None:
    assert stand(Course(), ASKED, NO_HOLIDAYS, D(2040, 1, 1)) == Standing()
    assert stand(at(Act.WITHDRAW), ASKED, NO_HOLIDAYS, D(2040, 1, 1)) == Standing()


@given(st.integers(0, 800), st.integers(0, len(STRAIGHT)))
def test_only_a_follow_up_on_the_year_s_day_or_after_it_ends_the_clock(days: int, n: int) -> None:
    before = course(done(*STRAIGHT[:n]), ASKED, formal=True)
    day = ASKED + datetime.timedelta(days=days)
    after = course([*done(*STRAIGHT[:n]), Recorded(99, Act.FOLLOW_UP, day)], ASKED, formal=True)
    if day < D(2027, 11, 2):
        assert after == before
        assert stand(after, ASKED, NO_HOLIDAYS, D(2027, 11, 4)).overdue >= 2
    else:
        assert after.followed_up == day
        assert not [due for due in stand(after, ASKED, NO_HOLIDAYS, D(2028, 1, 1)).dues if due.act is Act.FOLLOW_UP]


def test_a_follow_up_can_be_recorded_wherever_it_falls_due() -> None:
    assert all(Act.FOLLOW_UP in acts_from(step) for step in Step)
    away = course([*done(*STRAIGHT[:3], Act.REFER), A_YEAR_ON], ASKED, formal=True)
    assert (away.step, away.next_act, away.followed_up) == (Step.WORKING_GROUP, Act.RETURN, A_YEAR_ON.on)
    leap = course([Recorded(1, Act.FOLLOW_UP, D(2025, 2, 28))], D(2024, 2, 29), formal=True)
    assert leap.followed_up == D(2025, 2, 28)


def test_nothing_is_posted_without_consent() -> None:
    sent, late = told(*STRAIGHT[:4]), D(2026, 12, 1)
    assert "consent: ask for it" in str(why_not(sent, Act.POST, late, NO_HOLIDAYS, late))
    assert Act.POST not in recordable(sent)
    assert why_not(told(Act.CONSENT, *STRAIGHT[:4]), Act.POST, late, NO_HOLIDAYS, late) is None
    asked = follow([*done(*STRAIGHT[:4]), Recorded(5, Act.CONSENT, D(2026, 11, 30))], ASKED, formal=True)
    refused = why_not(asked, Act.POST, D(2026, 11, 27), NO_HOLIDAYS, late)
    assert str(refused) == "The requester consented on 2026-11-30: a summary is not posted before."
    assert why_not(asked, Act.POST, D(2026, 11, 30), NO_HOLIDAYS, late) is None
    assert told(Act.CONSENT, Act.OBJECT_TO_POSTING).consented is None
    assert told(Act.CONSENT, Act.REFUSE_CONSENT).consented is None


def test_the_acts_on_an_offer_come_in_their_order() -> None:
    late, received = D(2026, 12, 1), told(*STRAIGHT[:6])
    for act in (Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER):
        assert str(why_not(received, act, late, NO_HOLIDAYS, late)) == (
            "The acts on an offer come in their order. Next comes: “Circulate the offer to the Committee”."
        )
        assert told(*STRAIGHT[:6], act).offers == received.offers
    assert why_not(received, Act.CIRCULATE_OFFER, late, NO_HOLIDAYS, late) is None
    early = why_not(told(*STRAIGHT[:7]), Act.ACKNOWLEDGE_OFFER, D(2026, 11, 8), NO_HOLIDAYS, late)
    assert str(early) == "The date lies before the act on this offer that came last (2026-11-09)."


def test_a_second_offer_keeps_the_place_of_the_first() -> None:
    two = told(*STRAIGHT[:7], Act.RECEIVE_OFFER)
    assert [offer.awaits for offer in two.offers] == [Act.ACKNOWLEDGE_OFFER, Act.CIRCULATE_OFFER]
    assert two.course.next_act is Act.ACKNOWLEDGE_OFFER
    first_through = told(*STRAIGHT[:7], Act.RECEIVE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER)
    assert (first_through.course.step, first_through.course.next_act) == (Step.OFFERS, Act.CIRCULATE_OFFER)
    followed = follow([*done(*STRAIGHT[:7]), A_YEAR_ON], ASKED, formal=True).course
    assert (followed.step, followed.next_act) == (Step.OFFERS, Act.ACKNOWLEDGE_OFFER)


@given(st.permutations([*STRAIGHT[5:9]] * 3))
def test_every_offer_passes_every_act_once_in_whatever_order_they_are_mixed(mixed: list[Act]) -> None:
    taken = list(STRAIGHT[:5])
    for act in mixed * 4:  # what cannot be recorded yet is tried again
        if taken.count(act) < 3 and act in recordable(told(*taken)):
            taken.append(act)
    found = told(*taken)
    assert len(taken) == 5 + 12
    assert (found.offers, found.course.step) == ((), Step.FOLLOW_UP)


def test_windows_are_counted_anew_from_the_return_of_the_working_group() -> None:
    away = [*done(*STRAIGHT[:3], Act.REFER), Recorded(5, Act.RETURN, D(2027, 3, 1))]  # a Monday
    back = follow(away, ASKED, formal=True)
    standing = stand(back.course, ASKED, NO_HOLIDAYS, D(2027, 3, 1))
    assert standing.window is not None
    assert (standing.window.letter, standing.window.last) == (D(2027, 3, 1), D(2027, 3, 8))
    assert (standing.step, standing.due, standing.overdue) == (Step.SEND, D(2027, 3, 9), 0)
    refused = why_not(back, Act.SEND, D(2027, 3, 8), NO_HOLIDAYS, D(2027, 4, 1))
    assert str(refused) == "The requester may object until 2027-03-08; this is due on 2027-03-09."
    assert stand(course(away[:4], ASKED, formal=True), ASKED, NO_HOLIDAYS, D(2027, 11, 4)).overdue == 2  # the year runs
    late = follow([*away[:2], Recorded(3, Act.REFER, D(2026, 11, 5)), Recorded(4, Act.RETURN, D(2026, 12, 1)),
                   Recorded(5, Act.ACKNOWLEDGE, D(2026, 12, 3))], ASKED, formal=True)  # fmt: skip
    assert stand(late.course, ASKED, NO_HOLIDAYS, D(2026, 12, 3)).due == D(2026, 12, 11)


@given(st.integers(0, 400), st.integers(3, 4))
def test_a_request_is_not_late_on_the_day_it_returns(days: int, n: int) -> None:
    referred = done(*STRAIGHT[:n], Act.REFER)
    day = referred[-1].on + datetime.timedelta(days=days)
    back = course([*referred, Recorded(9, Act.RETURN, day)], ASKED, formal=True)
    assert [due.late for due in stand(back, ASKED, NO_HOLIDAYS, day).dues if due.act is back.next_act] == [0]


@pytest.mark.parametrize("act", [Act.CLOSE, Act.WITHDRAW])
def test_a_request_does_not_end_before_it_began_or_before_its_last_step(act: Act) -> None:
    late = D(2027, 1, 1)
    assert str(why_not(told(), act, D(2026, 11, 1), NO_HOLIDAYS, late)) == (
        "The date lies before the request itself (2026-11-02)."
    )
    through = told(*STRAIGHT[:8])  # the offer was acknowledged on the tenth
    assert str(why_not(through, act, D(2026, 11, 9), NO_HOLIDAYS, late)) == (
        "The date lies before the step that came last (2026-11-10)."
    )
    assert why_not(through, act, D(2026, 11, 10), NO_HOLIDAYS, late) is None
    assert why_not(told(), act, ASKED, NO_HOLIDAYS, late) is None


def test_an_objection_to_sending_is_taken_back() -> None:
    late = D(2026, 12, 1)
    assert str(why_not(told(), Act.AGREE_TO_SENDING, late, NO_HOLIDAYS, late)) == (
        "No objection to sending is on record."
    )
    objected = told(*STRAIGHT[:3], Act.OBJECT_TO_SENDING)  # on the sixth
    assert (objected.course.step, objected.objected) == (Step.POST, D(2026, 11, 6))
    early = why_not(objected, Act.AGREE_TO_SENDING, D(2026, 11, 5), NO_HOLIDAYS, late)
    assert str(early) == "The date lies before the objection (2026-11-06)."
    agreed = told(*STRAIGHT[:3], Act.OBJECT_TO_SENDING, Act.AGREE_TO_SENDING)  # on Saturday, the seventh
    assert (agreed.course.step, agreed.course.next_act, agreed.objected) == (Step.SEND, Act.SEND, None)
    assert stand(agreed.course, ASKED, NO_HOLIDAYS, D(2026, 11, 9)).due == D(2026, 11, 16)
    assert at(Act.OBJECT_TO_SENDING, Act.AGREE_TO_SENDING, *STRAIGHT[:3]).step is Step.SEND


@pytest.mark.parametrize(
    ("acts", "steps"),
    [
        pytest.param(
            (Act.OBJECT_TO_SENDING, Act.CONSENT, Act.POST, Act.RECEIVE_OFFER, Act.AGREE_TO_SENDING, Act.SEND),
            [5, 5, 6, 7, 4, 7],
            id="with an offer in hand",
        ),
        pytest.param((Act.SEND, Act.REFUSE_CONSENT, Act.CONSENT, Act.POST), [5, 6, 5, 6], id="consent that comes late"),
        pytest.param(
            (Act.REFUSE_CONSENT, Act.OBJECT_TO_SENDING, Act.AGREE_TO_SENDING, Act.CONSENT, Act.SEND),
            [4, 6, 4, 4, 5],
            id="both, sending first",
        ),
        pytest.param(
            (Act.REFER, Act.OBJECT_TO_SENDING, Act.RETURN, Act.REFER, Act.AGREE_TO_SENDING, Act.RETURN),
            [9, 9, 5, 9, 9, 4],
            id="while away",
        ),
    ],
)
def test_a_step_passed_over_comes_when_the_requester_agrees_after_all(acts: tuple[Act, ...], steps: list[int]) -> None:
    assert [at(*STRAIGHT[:3], *acts[: n + 1]).step for n in range(len(acts))] == steps

"""The procedure: each step of the table, what passes a step over, what is due, what cannot be recorded yet."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.procedure.course import Course, Recorded, Standing, course, stand, why_not
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
            Act.CIRCULATE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER, Act.FOLLOW_UP)  # fmt: skip


def done(*acts: Act, first: datetime.date = ASKED) -> list[Recorded]:
    """The acts, one on each day from the first on."""
    return [Recorded(n, act, first + datetime.timedelta(days=n)) for n, act in enumerate(acts, 1)]


def at(*acts: Act, formal: bool | None = True, submitted: bool = False) -> Course:
    return course(done(*acts), ASKED, formal=formal, submitted=submitted)


def test_the_straight_way_through_all_steps() -> None:
    steps = [at(*STRAIGHT[:n]).step for n in range(len(STRAIGHT) + 1)]
    assert steps == [1, 2, 3, 4, 5, 6, 7, 7, 7, 8, 8]
    acts = [at(*STRAIGHT[:n]).next_act for n in range(len(STRAIGHT) + 1)]
    assert acts == [*STRAIGHT[:9], Act.FOLLOW_UP, Act.CLOSE]


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
    waits = at(formal=False, submitted=True)
    assert (waits.step, waits.next_act) == (Step.AUTHENTICATE, Act.REGISTER_NOTE)
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
def test_only_what_the_table_knows_can_be_recorded(acts: list[Act], data: st.DataObject) -> None:
    found, act = at(*acts), data.draw(st.sampled_from(list(Act)))
    later = D(2030, 1, 1)
    may = why_not(found, act, later, NO_HOLIDAYS, later) is None
    ends = act in (Act.CLOSE, Act.WITHDRAW)
    assert may == (found.step is not None and (ends or move(found.step, act) is not None))


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
    acknowledged = course(done(*STRAIGHT[:3]), ASKED, formal=True)
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

"""The table of a match: which act leads where, who may do it, what follows for the need."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.outcomes.match import (
    AGREED_OR_LATER,
    ENDED,
    MOVES,
    NEXT_OF,
    DeclineReason,
    Done,
    Fulfilment,
    Match,
    MatchAct,
    MatchStatus,
    Side,
    acts_from,
    match_id,
    move,
    need_status,
    next_act,
    parse_match_id,
    reached,
    why_no_answer,
    why_not,
    why_not_on,
)
from cpi1540.assistance.requests.request import NeedStatus

DAY = datetime.date(2026, 3, 2)
STRAIGHT = (
    MatchAct.PROPOSE,
    MatchAct.APPROACH,
    MatchAct.ACCEPT,
    MatchAct.AGREE,
    MatchAct.BEGIN,
    MatchAct.DELIVER,
    MatchAct.CLOSE,
)


def done(*acts: MatchAct, side: Side = Side.OFFICE) -> tuple[Done, ...]:
    return tuple(Done(place, act, DAY + datetime.timedelta(days=place), side) for place, act in enumerate(acts, 1))


def match(*acts: MatchAct) -> Match:
    found = done(*acts)
    return Match("R-2026-014/2/1", 1, "R-2026-014", "R-2026-014/2", "O-31", "P-7", reached(found).status, acts=found)


@pytest.mark.parametrize(
    ("n", "status"),
    [
        (1, MatchStatus.PROPOSED),
        (2, MatchStatus.APPROACHED),
        (3, MatchStatus.ACCEPTED),
        (4, MatchStatus.AGREED),
        (5, MatchStatus.IN_DELIVERY),
        (6, MatchStatus.DELIVERED),
        (7, MatchStatus.CLOSED),
    ],
)
def test_the_straight_way_reaches_every_status(n: int, status: MatchStatus) -> None:
    assert reached(done(*STRAIGHT[:n])).status is status


def test_the_days_on_which_a_status_was_reached_are_kept() -> None:
    found = reached(done(*STRAIGHT[:6], MatchAct.FEEDBACK_REQUESTER))
    assert found.on[MatchStatus.AGREED] == DAY + datetime.timedelta(days=4)
    assert found.on[MatchStatus.DELIVERED] == DAY + datetime.timedelta(days=6)
    assert MatchStatus.CLOSED not in found.on


@pytest.mark.parametrize("status", MatchStatus)
@pytest.mark.parametrize("act", MatchAct)
def test_an_act_has_one_end_from_each_status(status: MatchStatus, act: MatchAct) -> None:
    assert len({line.end for line in MOVES if line.act is act and status in line.starts}) <= 1


@pytest.mark.parametrize("status", MatchStatus)
def test_whatever_a_side_may_do_the_office_may_record_for_it(status: MatchStatus) -> None:
    for side in (Side.PROVIDER, Side.REQUESTER):
        assert set(acts_from(status, side)) <= set(acts_from(status, Side.OFFICE))


def test_what_has_ended_knows_no_act() -> None:
    assert [acts_from(status, Side.OFFICE) for status in ENDED] == [(), ()]
    assert move(MatchStatus.DECLINED, MatchAct.ACCEPT) is None


def test_what_is_agreed_is_not_declined_any_more_but_withdrawn() -> None:
    assert move(MatchStatus.AGREED, MatchAct.DECLINE) is None
    assert move(MatchStatus.AGREED, MatchAct.WITHDRAW) is MatchStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("status", "provider", "requester"),
    [
        (MatchStatus.PROPOSED, {MatchAct.ACCEPT, MatchAct.DECLINE}, set()),
        (MatchStatus.APPROACHED, {MatchAct.ACCEPT, MatchAct.DECLINE}, set()),
        (MatchStatus.ACCEPTED, {MatchAct.DECLINE, MatchAct.WITHDRAW}, {MatchAct.AGREE, MatchAct.DECLINE}),
        (MatchStatus.AGREED, {MatchAct.BEGIN, MatchAct.WITHDRAW}, set()),
        (MatchStatus.CLOSED, {MatchAct.FEEDBACK_PROVIDER}, {MatchAct.FEEDBACK_REQUESTER}),
    ],
)
def test_each_side_acts_for_itself(status: MatchStatus, provider: set[MatchAct], requester: set[MatchAct]) -> None:
    assert set(acts_from(status, Side.PROVIDER)) == provider
    assert set(acts_from(status, Side.REQUESTER)) == requester


def test_the_next_act_is_one_and_belongs_to_the_side() -> None:
    approached, delivered = match(*STRAIGHT[:2]), match(*STRAIGHT[:6])
    assert next_act(approached, Side.PROVIDER) is MatchAct.ACCEPT
    assert next_act(approached, Side.REQUESTER) is None
    assert next_act(delivered, Side.REQUESTER) is MatchAct.FEEDBACK_REQUESTER
    assert next_act(delivered, Side.OFFICE) is MatchAct.CLOSE
    told = match(*STRAIGHT[:6], MatchAct.FEEDBACK_REQUESTER)
    assert next_act(told, Side.REQUESTER) is None
    assert next_act(told, Side.PROVIDER) is MatchAct.FEEDBACK_PROVIDER


@pytest.mark.parametrize("status", NEXT_OF)
def test_the_office_may_do_whatever_is_next(status: MatchStatus) -> None:
    assert NEXT_OF[status] in acts_from(status, Side.OFFICE)


def test_both_sides_know_of_a_match_from_the_approach_on() -> None:
    assert not match(MatchAct.PROPOSE).shared_with_both
    assert not match(MatchAct.PROPOSE, MatchAct.WITHDRAW).shared_with_both
    assert match(MatchAct.PROPOSE, MatchAct.APPROACH, MatchAct.WITHDRAW).shared_with_both
    assert match(MatchAct.PROPOSE, MatchAct.ACCEPT).shared_with_both


def test_dates_go_forward_and_end_today() -> None:
    today = DAY + datetime.timedelta(days=30)
    before, after = DAY - datetime.timedelta(days=1), today + datetime.timedelta(days=1)
    arguments = (MatchStatus.PROPOSED, DAY, MatchAct.APPROACH, Side.OFFICE)
    assert why_not(*arguments, DAY, today) is None
    assert str(why_not(*arguments, before, today)) == ("The date lies before what was recorded last (2026-03-02).")
    assert str(why_not(*arguments, after, today)) == "The date lies in the future."
    assert why_not_on(None, before, today) is None


def test_what_cannot_be_recorded_is_said() -> None:
    told = why_not(MatchStatus.PROPOSED, DAY, MatchAct.DELIVER, Side.OFFICE, DAY, DAY)
    assert str(told) == "This does not belong to how far the match has come."
    told = why_not(MatchStatus.PROPOSED, DAY, MatchAct.APPROACH, Side.PROVIDER, DAY, DAY)
    assert str(told) == "This is for the other side, or for the office, to record."


@pytest.mark.parametrize(
    ("act", "answer", "note", "told"),
    [
        (MatchAct.DECLINE, "", "", "Choose the reason."),
        (MatchAct.DECLINE, "fully", "", "Choose the reason."),
        (MatchAct.DECLINE, DeclineReason.OTHER, " ", "Say the reason in words."),
        (MatchAct.DECLINE, DeclineReason.CAPACITY, "", None),
        (MatchAct.FEEDBACK_REQUESTER, "", "Good", "Say how far the need was met."),
        (MatchAct.FEEDBACK_REQUESTER, Fulfilment.PARTLY, "", None),
        (MatchAct.WITHDRAW, "", "", "Say the reason in words."),
        (MatchAct.APPROACH, "", "", None),
    ],
)
def test_an_act_says_what_is_needed_to_understand_it_later(
    act: MatchAct, answer: str, note: str, told: str | None
) -> None:
    found = why_no_answer(act, answer, note)
    assert (None if found is None else str(found)) == told


def test_identifiers_are_read_as_they_are_written() -> None:
    assert match_id("XR-2026-014", 2, 1) == "XR-2026-014/2/1"
    assert parse_match_id("XR-2026-014/2/1") == ("XR-2026-014", 2, 1)
    for text in ("R-2026-014/2", "R-2026-014/0/1", "R-2026-014/2/01", "R-26-14/2/1", "R-2026-0014/1/1", ""):
        assert parse_match_id(text) is None


@given(st.lists(st.sampled_from(MatchStatus)))
def test_a_need_stands_where_its_farthest_match_stands(statuses: list[MatchStatus]) -> None:
    found = need_status(statuses)
    if any(each in (MatchStatus.DELIVERED, MatchStatus.CLOSED) for each in statuses):
        assert found is NeedStatus.DELIVERED
    elif MatchStatus.IN_DELIVERY in statuses:
        assert found is NeedStatus.IN_DELIVERY
    elif MatchStatus.AGREED in statuses:
        assert found is NeedStatus.AGREED
    elif any(each not in ENDED for each in statuses):
        assert found is NeedStatus.PROPOSED
    else:
        assert found is NeedStatus.OPEN


@given(st.data())
def test_any_way_through_the_table_is_what_replaying_it_says(data: st.DataObject) -> None:
    status, acts = MatchStatus.PROPOSED, [MatchAct.PROPOSE]
    for _step in range(data.draw(st.integers(0, 9))):
        known = acts_from(status, Side.OFFICE)
        if not known:
            break
        act = data.draw(st.sampled_from(known))
        to = move(status, act)
        assert to is not None
        acts.append(act)
        status = to
    found = reached(done(*acts))
    assert found.status is status
    assert (MatchStatus.AGREED in found.on) == (MatchAct.AGREE in acts)
    assert status not in AGREED_OR_LATER or MatchStatus.AGREED in found.on

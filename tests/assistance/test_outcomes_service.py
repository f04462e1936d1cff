"""Matches in the record: who may do and see what, what follows for needs and offers, on both databases."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR, FOCAL, NEED, OTHER_FOCAL, register
from desk_people import OFFICER
from flask import Flask
from outcome_offers import GIVER, OTHER_GIVER, circulated, offer, proposed, provider
from sqlalchemy import event, select

from cpi1540.assistance.matching.sides import TrackRecord
from cpi1540.assistance.outcomes.match import DeclineReason, Fulfilment, MatchAct, MatchStatus, Side
from cpi1540.assistance.outcomes.service import answering, deciding, listing, proposing, reading
from cpi1540.assistance.outcomes.service import circulated as circulation
from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.assistance.requests.service import acts, needs
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.matrix.record import Handling

D = datetime.date


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-20T17:00:00+00:00"):
        yield


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield


def need_status(request: str, number: int = 1) -> NeedStatus:
    return requests.find(request, SYSTEM).needs[number - 1].status


def test_a_match_goes_all_the_way_and_the_need_with_it(context: None) -> None:
    request, offered = register(), offer(provider("World Customs"))
    match = proposed(request, offered)
    assert match == f"{request}/1/1"
    stands = [need_status(request)]
    for act, answer in (
        (MatchAct.APPROACH, ""),
        (MatchAct.ACCEPT, ""),
        (MatchAct.AGREE, ""),
        (MatchAct.BEGIN, ""),
        (MatchAct.DELIVER, ""),
        (MatchAct.FEEDBACK_REQUESTER, Fulfilment.PARTLY),
        (MatchAct.CLOSE, ""),
    ):
        with transaction():
            deciding.record_act(match, act, COORDINATOR, on=D(2026, 11, 12), answer=answer, note="said")
        stands.append(need_status(request))
    assert stands == [
        *(NeedStatus.PROPOSED,) * 3,
        NeedStatus.AGREED,
        NeedStatus.IN_DELIVERY,
        *(NeedStatus.DELIVERED,) * 3,
    ]
    found = reading.find(match, COORDINATOR).match
    assert found.status is MatchStatus.CLOSED
    assert found.reasons.rank == 1
    assert found.reasons.weights == "office/1"
    score = sum(each.weight * each.value for each in found.reasons.factors)
    assert found.reasons.score == pytest.approx(score)
    assert found.reasons.factors[0].because.params["n"] == 1
    assert [(done.act, done.answer) for done in found.acts][-2:] == [
        (MatchAct.FEEDBACK_REQUESTER, "partly"),
        (MatchAct.CLOSE, ""),
    ]
    told = db.session.scalars(select(AuditEventRow).where(AuditEventRow.action == "match.act")).all()
    assert len(told) == 7
    assert told[0].changes[0] == {"act": "approach", "on": "2026-11-12", "side": "office", "note": audit.digest("said")}
    assert audit.first_break() is None


def test_what_was_declined_leaves_the_need_open_and_may_be_proposed_again(context: None) -> None:
    request, offered = register(), offer(provider("World Customs"))
    proposed(request, offered, MatchAct.APPROACH, MatchAct.DECLINE)
    assert need_status(request) is NeedStatus.OPEN
    assert proposed(request, offered) == f"{request}/1/2"
    with pytest.raises(DomainError, match=f"goes on already: {request}/1/2"):
        proposed(request, offered)


def test_an_act_recorded_by_mistake_is_taken_back_with_a_reason(context: None) -> None:
    request, offered = register(), offer(provider("World Customs"))
    match = proposed(request, offered, MatchAct.APPROACH, MatchAct.ACCEPT, MatchAct.AGREE)
    assert reading.promised(False) == {offered: 1}
    with pytest.raises(DomainError, match="Give a reason first"), transaction():
        deciding.take_back(match, 4, COORDINATOR, reason=" ")
    with pytest.raises(DomainError, match="recorded last"), transaction():
        deciding.take_back(match, 3, COORDINATOR, reason="a slip")
    with transaction():
        deciding.take_back(match, 4, COORDINATOR, reason="a slip")
    found = reading.find(match, COORDINATOR).match
    assert (found.status, len(found.acts)) == (MatchStatus.ACCEPTED, 3)
    assert need_status(request) is NeedStatus.PROPOSED
    assert reading.promised(False) == {}
    with transaction():
        deciding.record_act(match, MatchAct.AGREE, COORDINATOR, on=D(2026, 11, 12))
    assert [done.number for done in reading.find(match, COORDINATOR).match.acts] == [1, 2, 3, 5]
    again = proposed(register(), offered)
    with pytest.raises(DomainError, match="withdraw the match instead"), transaction():
        deciding.take_back(again, 1, COORDINATOR, reason="a slip")


@pytest.mark.parametrize(
    ("act", "on", "told"),
    [
        (MatchAct.DELIVER, D(2026, 11, 12), "does not belong"),
        (MatchAct.APPROACH, D(2026, 11, 9), "before what was recorded last"),
        (MatchAct.APPROACH, D(2026, 11, 21), "in the future"),
        (MatchAct.WITHDRAW, D(2026, 11, 12), "reason in words"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_written(
    context: None, act: MatchAct, on: datetime.date, told: str
) -> None:
    match = proposed(register(), offer(provider("World Customs")))
    with pytest.raises(DomainError, match=told), transaction():
        deciding.record_act(match, act, COORDINATOR, on=on)
    assert len(reading.find(match, COORDINATOR).match.acts) == 1


def test_nothing_is_proposed_for_a_need_withdrawn_or_a_request_that_is_over(context: None) -> None:
    offered = offer(provider("World Customs"))
    first, second = register(NEED, NEED), register()
    with transaction():
        needs.withdraw_need(first, 1, COORDINATOR, reason="solved")
        acts.close(second, COORDINATOR, on=D(2026, 11, 12), note="done")
    with pytest.raises(DomainError, match="need was withdrawn"):
        proposed(first, offered)
    with pytest.raises(DomainError, match="not open"):
        proposed(second, offered)
    with pytest.raises(DomainError, match="before what was recorded last"):
        proposed(register(), offered, on=D(2026, 11, 1))
    with pytest.raises(NotFound):
        proposed(register(), "O-99")
    with pytest.raises(NotAllowed), transaction():
        proposing.propose(first, 2, offered, OFFICER)


def test_how_far_a_need_has_come_is_not_told_by_hand_beside_its_matches(context: None) -> None:
    request, offered = register(NEED, NEED), offer(provider("World Customs"))
    proposed(request, offered)
    with pytest.raises(DomainError, match="follows from its matches"), transaction():
        needs.set_status(request, 1, NeedStatus.DELIVERED, COORDINATOR)
    with transaction():
        needs.set_status(request, 2, NeedStatus.DELIVERED, COORDINATOR)
    assert [need_status(request, number) for number in (1, 2)] == [NeedStatus.PROPOSED, NeedStatus.DELIVERED]


def test_each_side_knows_of_a_match_once_it_is_approached(context: None) -> None:
    request = register(handling=Handling.PUBLIC)
    match = proposed(request, offer(provider("World Customs", "giver")))
    for actor in (GIVER, FOCAL, OTHER_GIVER, OTHER_FOCAL, NOBODY):
        with pytest.raises(NotFound):
            reading.find(match, actor)
    with transaction():
        deciding.record_act(match, MatchAct.APPROACH, COORDINATOR, on=D(2026, 11, 12))
    assert reading.side_of(GIVER, reading.find(match, GIVER)) is Side.PROVIDER
    assert reading.side_of(FOCAL, reading.find(match, FOCAL)) is Side.REQUESTER
    assert reading.side_of(OFFICER, reading.find(match, OFFICER)) is None
    for actor in (OTHER_GIVER, OTHER_FOCAL, NOBODY):
        with pytest.raises(NotFound):
            reading.find(match, actor)
        assert reading.matches(False, actor) == ()
    assert [each.id for each in reading.matches_of(GIVER, need=f"{request}/1")] == [match]
    assert reading.matches_of(GIVER, request="R-2026-999") == ()


def test_the_focal_point_does_not_know_of_what_the_office_keeps_to_itself(context: None) -> None:
    request = register(handling=Handling.INTERNAL)
    match = proposed(request, offer(provider("World Customs", "giver")), MatchAct.APPROACH)
    with pytest.raises(NotFound):
        reading.find(match, FOCAL)
    assert reading.find(match, GIVER).match.id == match


def test_the_two_sides_answer_for_themselves(context: None) -> None:
    match = proposed(register(), offer(provider("World Customs", "giver")), MatchAct.APPROACH)
    today = D(2026, 11, 20)
    with pytest.raises(DomainError, match="for the other side"), transaction():
        deciding.record_act(match, MatchAct.ACCEPT, FOCAL, on=today)
    with transaction():
        deciding.record_act(match, MatchAct.ACCEPT, GIVER, on=today, note="With pleasure")
    with pytest.raises(DomainError, match="for the other side"), transaction():
        deciding.record_act(match, MatchAct.AGREE, GIVER, on=today)
    with transaction():
        deciding.record_act(match, MatchAct.AGREE, FOCAL, on=today)
    with pytest.raises(NotAllowed), transaction():
        deciding.record_act(match, MatchAct.BEGIN, OFFICER, on=today)
    found = reading.find(match, FOCAL).match
    assert found.status is MatchStatus.AGREED
    assert [(done.act, done.side, done.by) for done in found.acts][2:] == [
        (MatchAct.ACCEPT, Side.PROVIDER, "giver"),
        (MatchAct.AGREE, Side.REQUESTER, "focal"),
    ]
    with pytest.raises(NotAllowed), transaction():
        deciding.take_back(match, 4, GIVER, reason="no")


def test_promises_are_of_the_year_and_records_of_what_was_agreed(context: None) -> None:
    mine, other = provider("World Customs"), provider("Other")
    first, second, third = offer(mine), offer(mine), offer(other)
    deliver = (MatchAct.APPROACH, MatchAct.ACCEPT, MatchAct.AGREE, MatchAct.BEGIN, MatchAct.DELIVER)
    proposed(register(), first, *deliver)
    proposed(register(), first, *deliver[:3])
    proposed(register(), second, *deliver[:3], MatchAct.WITHDRAW)
    proposed(register(), third, MatchAct.APPROACH, MatchAct.DECLINE)
    assert reading.promised(False) == {first: 2}
    assert reading.promised(False, 2025) == {}
    assert [pair[1] for pair in reading.promised_pairs(False)] == [first, first]
    assert reading.track_records(False) == {mine: TrackRecord(1, 1)}
    assert reading.worked_in(False) == {mine: frozenset({"KEN", "african"})}
    assert reading.promised(True) == {} and reading.track_records(True) == {} and reading.worked_in(True) == {}


def test_a_provider_sees_circulated_needs_that_fit_and_nothing_more(context: None) -> None:
    own = offer(provider("World Customs", "giver"))
    offer(provider("Other", "other-giver"), "op2.use.cw.framework")
    request = circulated(contact="First Secretary", text="for the Committee")
    register(title="Not circulated")
    internal = circulated(handling=Handling.INTERNAL)
    found = answering.for_provider(False, GIVER)
    assert [each.circulated.need.id for each in found.needs] == [f"{request}/1"]
    assert found.n_circulated == 1
    assert [fit.offer.id for fit in found.needs[0].fits] == [own]
    assert found.needs[0].circulated.sent_on == D(2026, 11, 11)
    assert "First Secretary" not in repr(found) and "for the Committee" not in repr(found)
    assert answering.for_provider(False, OTHER_GIVER).needs == ()
    assert answering.for_provider(True, GIVER).providers == ()
    for unknown in (internal, "R-2026-999", "nonsense"):
        with pytest.raises(NotFound):
            answering.answerable(unknown, 1, GIVER, practice=False)


def test_a_provider_offers_its_programme_for_a_need(context: None) -> None:
    own, request = offer(provider("World Customs", "giver")), circulated()
    with transaction():
        match = proposing.offer_help(request, 1, own, GIVER, note="In spring")
    found = reading.find(match, GIVER).match
    assert (found.status, found.reasons.rank) == (MatchStatus.ACCEPTED, 1)
    assert [(done.act, done.side) for done in found.acts] == [
        (MatchAct.PROPOSE, Side.PROVIDER),
        (MatchAct.ACCEPT, Side.PROVIDER),
    ]
    assert need_status(request) is NeedStatus.PROPOSED
    with pytest.raises(DomainError, match="goes on already"), transaction():
        proposing.offer_help(request, 1, own, GIVER)
    assert answering.for_provider(False, GIVER).needs[0].open_fits == ()


def test_a_provider_declines_with_a_reason_and_accepts_what_the_office_proposed(context: None) -> None:
    giver = provider("World Customs", "giver")
    first, second, request = offer(giver), offer(giver), circulated()
    match = proposed(request, first)
    with transaction():
        assert proposing.offer_help(request, 1, first, GIVER) == match
        declined = proposing.turn_down(request, 1, second, GIVER, answer=DeclineReason.CAPACITY)
    assert reading.find(match, GIVER).match.status is MatchStatus.ACCEPTED
    assert reading.find(declined, GIVER).match.status is MatchStatus.DECLINED
    with pytest.raises(DomainError, match="Choose the reason"), transaction():
        proposing.turn_down(request, 1, second, GIVER, answer="")


def test_nobody_answers_for_another_provider_or_an_uncirculated_need(context: None) -> None:
    own, request = offer(provider("World Customs", "giver")), circulated()
    with pytest.raises(NotFound), transaction():
        proposing.offer_help(request, 1, own, OTHER_GIVER)
    with pytest.raises(NotFound), transaction():
        proposing.offer_help(register(), 1, own, GIVER)
    with pytest.raises(NotAllowed), transaction():
        proposing.offer_help(request, 1, own, FOCAL)
    assert reading.matches(False, SYSTEM) == ()


def test_lists_are_narrowed_and_cost_the_same_for_one_and_for_many(context: None) -> None:
    giver = provider("World Customs")
    offers = [offer(giver, title=f"Course {n}") for n in range(3)]
    asked: list[int] = []
    event.listen(db.engine, "after_cursor_execute", lambda *_: asked.append(1))
    counts = []
    for offered in offers:
        proposed(register(), offered, MatchAct.APPROACH)
        db.session.expire_all()
        asked.clear()
        lines = listing.lines(COORDINATOR, practice=False)
        counts.append(len(asked))
        assert len(lines) == len(counts)
    assert len(set(counts)) == 1
    assert [line.offer_title for line in lines] == ["Course 0", "Course 1", "Course 2"]
    assert len(listing.lines(COORDINATOR, practice=False, filters=listing.Filters(text="course 2"))) == 1
    assert len(listing.lines(COORDINATOR, practice=False, filters=listing.Filters(group="african"))) == 3
    assert listing.lines(COORDINATOR, practice=False, filters=listing.Filters(section="op2")) == ()
    assert listing.lines(COORDINATOR, practice=True) == ()
    assert listing.listing(COORDINATOR, practice=False, page=9).page == 1
    assert circulation.circulated(False) == []

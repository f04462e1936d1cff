"""One need has one match at a time, an offer its places, and nothing goes on of what was withdrawn; both databases."""

import datetime
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
import time_machine
from assistance_people import COORDINATOR, FOCAL, NEED, register
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from outcome_offers import GIVER, offer, proposed, provider
from sqlalchemy import update

from cpi1540.assistance.matching.sides import TrackRecord
from cpi1540.assistance.offers.tables import OfferRow, ProviderRow
from cpi1540.assistance.outcomes.match import Done, MatchAct, MatchStatus, Reasons, Side
from cpi1540.assistance.outcomes.service import deciding, proposing, reading
from cpi1540.assistance.outcomes.standing import Span
from cpi1540.assistance.requests.request import Channel, NeedStatus
from cpi1540.assistance.requests.service import acts, needs, requests, submitted
from cpi1540.assistance.requests.service import reading as of_requests
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.states import service as states

D = datetime.date
TWELFTH = D(2026, 11, 12)
TO_ACCEPTED = (MatchAct.APPROACH, MatchAct.ACCEPT)
TO_AGREED = (*TO_ACCEPTED, MatchAct.AGREE)
TO_DELIVERED = (*TO_AGREED, MatchAct.BEGIN, MatchAct.DELIVER)


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-20T17:00:00+00:00"):
        yield


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield


def record(match: str, act: MatchAct, on: datetime.date = TWELFTH, note: str = "") -> None:
    with transaction():
        deciding.record_act(match, act, COORDINATOR, on=on, note=note)


def status(match: str) -> MatchStatus:
    return reading.find(match, SYSTEM).match.status


def of_provider(**values: object) -> None:
    with transaction():
        db.session.execute(update(ProviderRow).values(**values))


def of_offer(**values: object) -> None:
    with transaction():
        db.session.execute(update(OfferRow).values(**values))


def test_a_need_takes_one_agreed_match_at_a_time(context: None) -> None:
    giver, request = provider("World Customs"), register()
    first = proposed(request, offer(giver), *TO_DELIVERED)
    second = proposed(request, offer(giver), *TO_ACCEPTED)
    with pytest.raises(DomainError, match=f"has a match agreed already: {first}"):
        record(second, MatchAct.AGREE)
    assert status(second) is MatchStatus.ACCEPTED
    record(first, MatchAct.CLOSE, D(2026, 11, 14))
    with pytest.raises(DomainError, match="has a match agreed already"):
        record(second, MatchAct.AGREE, D(2026, 11, 13))
    record(second, MatchAct.AGREE, D(2026, 11, 14))
    with pytest.raises(DomainError, match=f"has a match agreed already: {second}"), transaction():
        deciding.take_back(first, 7, COORDINATOR, reason="a slip")
    assert (status(first), status(second)) == (MatchStatus.CLOSED, MatchStatus.AGREED)


def test_an_earlier_register_tells_no_two_matches_at_once(context: None) -> None:
    giver, request = provider("World Customs"), register()
    told = [
        Done(0, act, on, Side.OFFICE, note="said")
        for act, on in (
            (MatchAct.PROPOSE, D(2026, 11, 3)),
            *((act, D(2026, 11, 4)) for act in TO_DELIVERED),
            (MatchAct.CLOSE, D(2026, 11, 8)),
        )
    ]
    with transaction():
        proposing.record_history(request, 1, offer(giver), Reasons(), told, COORDINATOR)
    with pytest.raises(DomainError, match="has a match agreed already"), transaction():
        proposing.record_history(request, 1, offer(giver), Reasons(), told[:4], COORDINATOR)
    assert len(reading.matches(False, SYSTEM)) == 1


@pytest.mark.parametrize("whose", ["offer", "provider"])
def test_no_more_places_are_promised_than_stated(context: None, whose: str) -> None:
    giver = provider("World Customs")
    offers = (offer(giver), offer(giver))
    of_offer(places=1) if whose == "offer" else of_provider(places=1)
    first = proposed(register(), offers[0], *TO_AGREED)
    second = proposed(register(), offers[0 if whose == "offer" else 1], *TO_ACCEPTED)
    with pytest.raises(DomainError, match=f"No place is left in 2026 at the {whose}: "):
        record(second, MatchAct.AGREE)
    assert reading.promised(False) == {offers[0]: 1}
    record(first, MatchAct.WITHDRAW, note="fell through")
    record(second, MatchAct.AGREE)
    with pytest.raises(DomainError, match="No place is left"), transaction():
        deciding.take_back(first, 5, COORDINATOR, reason="a slip")


def test_a_place_left_is_promised_once_when_two_agree_at_one_moment(app: Flask) -> None:
    with app.test_request_context("/en/"):
        offered = offer(provider("World Customs"))
        of_offer(places=1)
        matches = [proposed(register(), offered, *TO_ACCEPTED) for _ in range(2)]
    begin, refused = Barrier(2), []

    def agree(match: str) -> None:
        with app.test_request_context("/en/"):
            begin.wait()
            try:
                record(match, MatchAct.AGREE)
            except DomainError as error:
                refused.append(str(error.sentence.text))

    threads = [Thread(target=agree, args=(match,)) for match in matches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.test_request_context("/en/"):
        assert reading.promised(False) == {offered: 1}
        assert len(refused) == 1


@pytest.mark.parametrize("rows", ["offer", "provider"])
def test_a_withdrawn_offer_is_neither_accepted_nor_agreed(context: None, rows: str) -> None:
    offered = offer(provider("World Customs", "giver"))
    approached, accepted = proposed(register(), offered, MatchAct.APPROACH), proposed(register(), offered, *TO_ACCEPTED)
    of_offer(withdrawn=True) if rows == "offer" else of_provider(withdrawn=True)
    with pytest.raises(DomainError, match="offer was withdrawn"), transaction():
        deciding.record_act(approached, MatchAct.ACCEPT, GIVER, on=TWELFTH)
    with pytest.raises(DomainError, match="offer was withdrawn"):
        record(accepted, MatchAct.AGREE)
    record(accepted, MatchAct.WITHDRAW, note="no offer")
    with transaction():
        deciding.record_act(approached, MatchAct.DECLINE, GIVER, on=TWELFTH, answer="capacity")


def test_what_is_agreed_ends_with_its_need(context: None) -> None:
    giver, request = provider("World Customs", "giver"), register(NEED, NEED)
    agreed = proposed(request, offer(giver), *TO_AGREED, on=D(2026, 11, 20))
    proposal, declined = proposed(request, offer(giver)), proposed(request, offer(giver), MatchAct.DECLINE)
    before = db.session.query(AuditEventRow).count()
    with transaction():
        needs.withdraw_need(request, 1, COORDINATOR, reason="solved")
    assert db.session.query(AuditEventRow).count() == before + 3
    assert [status(each) for each in (agreed, proposal, declined)] == [
        MatchStatus.WITHDRAWN,
        MatchStatus.WITHDRAWN,
        MatchStatus.DECLINED,
    ]
    assert of_requests.find(request, SYSTEM).needs[0].status is NeedStatus.WITHDRAWN
    assert reading.promised(False) == {}
    assert reading.track_records(False) == {}  # the provider did nothing to let it fall through
    last = reading.find(agreed, GIVER).match.acts[-1]
    assert (last.act, last.on, last.answer, last.note) == (MatchAct.WITHDRAW, D(2026, 11, 20), "need-ended", "")
    with pytest.raises(DomainError, match="need was withdrawn"), transaction():
        deciding.take_back(agreed, 5, COORDINATOR, reason="a slip")


def test_what_is_not_delivered_ends_with_its_request(context: None) -> None:
    giver, request = provider("World Customs"), register()
    delivered = proposed(request, offer(giver), *TO_DELIVERED)
    other = proposed(request, offer(giver), *TO_ACCEPTED)
    with transaction():
        acts.withdraw(request, COORDINATOR, on=TWELFTH, note="no longer asked")
    assert (status(delivered), status(other)) == (MatchStatus.DELIVERED, MatchStatus.WITHDRAWN)
    assert of_requests.find(request, SYSTEM).needs[0].status is NeedStatus.DELIVERED
    record(delivered, MatchAct.CLOSE)
    with pytest.raises(DomainError, match="request was withdrawn"), transaction():
        deciding.take_back(other, 4, COORDINATOR, reason="a slip")


def test_what_was_agreed_is_delivered_after_the_request_was_closed_and_nothing_else_agreed(context: None) -> None:
    giver = provider("World Customs")
    first, second = register(), register()
    agreed, accepted = proposed(first, offer(giver), *TO_AGREED), proposed(second, offer(giver), *TO_ACCEPTED)
    with transaction():
        for request in (first, second):
            acts.close(request, COORDINATOR, on=TWELFTH, note="done")
    for act in (MatchAct.BEGIN, MatchAct.DELIVER, MatchAct.CLOSE):
        record(agreed, act)
    with pytest.raises(DomainError, match="request is not open"):
        record(accepted, MatchAct.AGREE)


def test_a_need_left_out_by_its_state_ends_its_matches(context: None) -> None:
    kenya = states.find("KEN")
    values = of_requests.find(register(), SYSTEM).values
    with transaction():
        request = requests.submit(kenya, values, [NEED, NEED], FOCAL)
    match = proposed(request, offer(provider("World Customs")), on=D(2026, 11, 20))
    own = submitted.own(request, FOCAL)
    assert own.values.channel is Channel.PORTAL
    with transaction():
        submitted.change(request, own.values, [(2, NEED)], FOCAL, revision=own.revision)
    assert status(match) is MatchStatus.WITHDRAWN
    last = reading.find(match, SYSTEM).match.acts[-1]
    assert (last.side, last.by) == (Side.REQUESTER, "focal")


DAYS = st.dates(D(2026, 1, 1), D(2026, 3, 1))


@given(DAYS, st.none() | DAYS, DAYS, st.none() | DAYS)
def test_spans_meet_when_they_share_more_than_a_border(
    first: datetime.date, last: datetime.date | None, other: datetime.date, ended: datetime.date | None
) -> None:
    far = D(2026, 12, 31)
    mine = {first + datetime.timedelta(days=n) for n in range(((last or far) - first).days)}
    theirs = {other + datetime.timedelta(days=n) for n in range(((ended or far) - other).days)}
    if mine and theirs:
        assert Span("", first, last).meets(other, ended) is bool(mine & theirs)


def test_what_fell_through_by_itself_counts_and_what_ended_with_its_need_does_not(context: None) -> None:
    giver = provider("World Customs")
    proposed(register(), offer(giver), *TO_AGREED, MatchAct.WITHDRAW)
    request = register(NEED, NEED)
    proposed(request, offer(giver), *TO_AGREED)
    with transaction():
        needs.withdraw_need(request, 1, COORDINATOR, reason="solved")
    assert reading.track_records(False) == {giver: TrackRecord(0, 1)}

"""Acts of the procedure as the service keeps them: consent before posting, offers in their order, words taken back."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR, acknowledged, record
from flask import Flask
from sqlalchemy import update

from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import Status
from cpi1540.assistance.requests.service import acts, course_keeping, lists, reading
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError

D = datetime.date


@pytest.fixture(autouse=True)
def in_november(app: Flask) -> Iterator[None]:
    """A fresh copy; it is 20 November 2026, noon in New York."""
    with time_machine.travel("2026-11-20T17:00:00+00:00", tick=True), app.test_request_context("/en/"):
        yield
        db.session.remove()


def test_a_summary_is_not_posted_without_consent_and_offers_pass_in_their_order() -> None:
    identifier = acknowledged()
    record(identifier, (Act.SEND, 12))
    with pytest.raises(DomainError, match="only with the requester’s consent"):
        record(identifier, (Act.POST, 12))
    with transaction():
        acts.answer_consent(identifier, COORDINATOR, agreed=True, on=D(2026, 11, 13))
    with pytest.raises(DomainError, match="consented on 2026-11-13"):
        record(identifier, (Act.POST, 12))
    record(identifier, (Act.POST, 13), (Act.RECEIVE_OFFER, 14))
    with pytest.raises(DomainError, match="come in their order"):
        record(identifier, (Act.INFORM_REQUESTER, 16))
    record(identifier, (Act.CIRCULATE_OFFER, 16), (Act.RECEIVE_OFFER, 16))
    found = reading.find(identifier, COORDINATOR)
    assert (found.course.step, found.course.next_act) == (Step.OFFERS, Act.ACKNOWLEDGE_OFFER)
    with pytest.raises(DomainError, match="before the step that came last"):
        record(identifier, (Act.CLOSE, 15))
    record(identifier, (Act.FOLLOW_UP, 17))
    followed = reading.find(identifier, COORDINATOR)
    assert (followed.course, len(followed.acts)) == (found.course, len(found.acts) + 1)
    assert lists.standing_of(followed).due == D(2027, 11, 2)


def test_an_objection_to_sending_is_taken_back() -> None:
    identifier = acknowledged()
    with pytest.raises(DomainError, match="No objection to sending"), transaction():
        acts.agree_to_sending(identifier, COORDINATOR, on=D(2026, 11, 9))
    with transaction():
        acts.object_to(identifier, COORDINATOR, on=D(2026, 11, 6), sending=True, posting=False)
    assert reading.find(identifier, COORDINATOR).course.step is Step.POST
    with transaction():
        acts.agree_to_sending(identifier, COORDINATOR, on=D(2026, 11, 9))
    found = reading.find(identifier, COORDINATOR)
    assert (found.course.step, found.course.resumed) == (Step.SEND, D(2026, 11, 9))
    assert lists.standing_of(found).due == D(2026, 11, 17)


def test_what_a_row_keeps_is_counted_anew_by_the_rules_of_a_newer_release() -> None:
    identifier = acknowledged()
    record(identifier, (Act.REFER, 5), (Act.RETURN, 10))
    right = reading.find(identifier, COORDINATOR).course
    where = RequestRow.status == Status.OPEN, RequestRow.practice.is_(False)
    with transaction():
        db.session.execute(update(RequestRow).where(*where).values(resumed_on=None, followed_up_on=D(2026, 11, 9)))
    with transaction():
        assert course_keeping.renew_all() == 1
    assert reading.find(identifier, COORDINATOR).course == right
    with transaction():
        assert course_keeping.renew_all() == 0

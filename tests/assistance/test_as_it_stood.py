"""A past day is told as it stood then, whatever was withdrawn, added or extended since."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import COORDINATOR, NEED, register
from flask import Flask
from sqlalchemy import func, select

from cpi1540.assistance.offers.offer import Capacity, Offer, Provider, ProviderKind
from cpi1540.assistance.offers.service import offers, providers, reading
from cpi1540.assistance.offers.service.terms import offers_on
from cpi1540.assistance.outcomes.report import YearReport
from cpi1540.assistance.outcomes.service import reporting
from cpi1540.assistance.requests.request import Kind, NeedStatus
from cpi1540.assistance.requests.service import needs
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.matrix.record import Handling

D = datetime.date
OFFER = Offer(
    "", "", "Course", frozenset({Kind.TRAINING}), ("op3cd.transit.nw.framework",), capacity=Capacity(3),
    source="a letter", last_confirmed=D(2025, 3, 1), handling=Handling.PUBLIC,
)  # fmt: skip


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield


def on(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day}T17:00:00+00:00", tick=False)


def provider() -> str:
    return providers.register(
        Provider("", {"en": "Customs Academy"}, ProviderKind.OTHER, source="a letter"), SYSTEM, practice=False
    )


def made_in_2025() -> tuple[str, str, list[str]]:
    """A request with two needs and five offers, as of spring 2025; (request, provider, offers)."""
    with on("2025-03-03"):
        request = register(NEED, NEED, date=PartialDate(2025, 3, 3))
        with transaction():
            giver, other = provider(), provider()
            told = (
                OFFER,
                OFFER,
                replace(OFFER, valid_to=D(2025, 6, 1)),
                OFFER,
                replace(OFFER, valid_from=D(2024, 2, 1)),
            )
            made = [
                offers.register(replace(each, provider=other if place == 3 else giver, title=f"Course {place}"), SYSTEM)
                for place, each in enumerate(told)
            ]
    return request, other, made


def told(report: YearReport) -> tuple[object, ...]:
    return report.as_of, report.whole, report.by_area, report.by_kind, report.by_group


def ids(day: datetime.date) -> list[str]:
    return [offer.id for offer in offers_on(day, SYSTEM, practice=False)]


def test_the_report_of_a_year_that_is_over_does_not_change_any_more(context: None) -> None:
    request, other, made = made_in_2025()
    with on("2025-12-31"):
        then = reporting.report(2025, practice=False)
    assert (then.whole.needs, then.whole.offers) == (2, 5)
    with on("2026-03-10"), transaction():
        needs.withdraw_need(request, 2, COORDINATOR, reason="met otherwise")
        needs.add_need(request, NEED, COORDINATOR)
        offers.withdraw(made[0], SYSTEM, reason="over")
        providers.withdraw(other, SYSTEM, reason="closed")
        late = reading.find_offer(made[2], SYSTEM)
        offers.change(made[2], replace(late, valid_to=D(2027, 1, 1)), SYSTEM, revision=late.revision)
        early = reading.find_offer(made[1], SYSTEM)
        offers.change(made[1], replace(early, valid_from=D(2026, 5, 1)), SYSTEM, revision=early.revision)
        offers.register(replace(OFFER, provider=early.provider, title="New course"), SYSTEM)
    with on("2026-11-20"):
        assert told(reporting.report(2025, practice=False)) == told(then)
        now = reporting.report(2026, practice=False)
        assert (now.as_of, now.whole.offers) == (D(2026, 11, 20), 4)
        assert reporting.report(2024, practice=False).whole.offers == 1
    assert ids(D(2026, 3, 9)) == made and ids(D(2026, 3, 10)) == [made[1], made[2], made[4], "O-6"]
    assert ids(D(2024, 2, 1)) == [made[4]] and ids(D(2024, 1, 31)) == []


def test_what_was_withdrawn_for_a_while_was_not_on_offer_then(context: None) -> None:
    _request, other, made = made_in_2025()
    for day, act in (
        ("2025-05-01", lambda: offers.withdraw(made[0], SYSTEM, reason="a pause")),
        ("2025-06-01", lambda: providers.withdraw(other, SYSTEM, reason="a pause")),
        ("2026-01-02", lambda: offers.resume(made[0], SYSTEM)),
        ("2026-02-01", lambda: providers.resume(other, SYSTEM)),
    ):
        with on(day), transaction():
            act()
    with on("2026-11-20"):
        assert reporting.report(2025, practice=False).whole.offers == 3
        assert reporting.report(2026, practice=False).whole.offers == 4
    found = {day: [made.index(each) for each in ids(D.fromisoformat(day))] for day in ("2025-05-31", "2026-01-31")}
    assert found == {"2025-05-31": [1, 2, 3, 4], "2026-01-31": [0, 1, 2, 4]}


def test_a_need_stands_until_it_is_withdrawn_and_again_when_that_is_taken_back(context: None) -> None:
    request, _other, _made = made_in_2025()
    with on("2025-07-01"), transaction():
        needs.set_status(request, 1, NeedStatus.WITHDRAWN, COORDINATOR, on=D(2025, 6, 1))
    (found,) = requests.requests_where(requests.condition_of(request))  # type: ignore[arg-type]
    need = found.needs[0]
    assert [need.stood(D(2025, 5, 31)), need.stood(D(2025, 6, 1))] == [True, False]
    assert not replace(need, withdrawn_on=None).stood(D(2020, 1, 1))
    with on("2025-08-01"), transaction():
        needs.set_status(request, 1, NeedStatus.OPEN, COORDINATOR)
    (found,) = requests.requests_where(requests.condition_of(request))  # type: ignore[arg-type]
    assert found.needs[0].stood(D(2025, 7, 1)) and found.needs[0].withdrawn_on is None


def test_a_need_that_was_withdrawn_is_not_withdrawn_again_later(context: None) -> None:
    request, _other, _made = made_in_2025()
    for day in ("2025-12-30", "2026-01-04"):
        with on(day), transaction():
            needs.withdraw_need(request, 1, COORDINATOR, reason="met at home")
    (found,) = requests.requests_where(requests.condition_of(request))  # type: ignore[arg-type]
    assert found.needs[0].withdrawn_on == D(2025, 12, 30)
    noted = select(func.count()).where(AuditEventRow.action == "request.need-withdraw")
    assert db.session.scalar(noted) == 1


def test_the_practice_record_has_offers_that_stood_otherwise(practice_app: Flask) -> None:
    with practice_app.test_request_context("/en/practice"):
        today = datetime.datetime.now(datetime.UTC).date()
        then = today - datetime.timedelta(days=200)
        now = {offer.id: offer for offer in offers_on(today, SYSTEM, practice=True)}
        before = {offer.id: offer for offer in offers_on(then, SYSTEM, practice=True)}
        assert now == {offer.id: offer for offer in reading.offers(True, SYSTEM)}
        assert len(now) == 120 and 5 <= len(now) - len(before) <= 15
        assert sum(before[each].valid_to != now[each].valid_to for each in before) >= 5

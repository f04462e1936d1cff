"""A record of before days were kept is told, once it is upgraded, as far as its audit goes."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import time_machine
from alembic import command
from assistance_people import COORDINATOR, FOCAL, NEED, VALUES
from flask import Flask
from sqlalchemy import select

from cpi1540.assistance.offers.offer import Offer, Provider, ProviderKind
from cpi1540.assistance.offers.service import offers, providers
from cpi1540.assistance.offers.tables import OfferRow, OfferTermRow
from cpi1540.assistance.requests.request import Kind, NeedStatus
from cpi1540.assistance.requests.service import needs, reading, requests, submitted
from cpi1540.foundation import upgrades
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.record import Handling
from cpi1540.states import service as states

D = datetime.date
T = TypeVar("T")


def done(day: str, act: Callable[[], T]) -> T:
    """What an act gives that is done at noon in New York on a day."""
    with time_machine.travel(f"{day}T17:00:00+00:00", tick=False), transaction():
        return act()


def upgraded_again() -> None:
    """Bring the database back to before days were kept, and up again."""
    db.session.remove()
    with db.engine.connect() as connection:
        config = upgrades.alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0017")
    upgrades.upgrade()


def days_of_needs(identifier: str) -> list[tuple[datetime.date | None, datetime.date | None]]:
    (found,) = reading.requests_where(reading.condition_of(identifier))  # type: ignore[arg-type]
    return [(need.added_on, need.withdrawn_on) for need in found.needs]


def test_needs_stood_from_when_the_office_added_them_until_it_withdrew_them(app: Flask) -> None:
    with app.test_request_context("/en/"):
        values = replace(VALUES, date=PartialDate(2025, 3, 1))
        request = done("2025-03-01", lambda: requests.register(values, [NEED] * 4, COORDINATOR))
        done("2025-03-03", lambda: needs.add_need(request, NEED, COORDINATOR))
        done("2025-03-04", lambda: needs.add_need(request, NEED, COORDINATOR))
        done("2025-04-01", lambda: needs.withdraw_need(request, 2, COORDINATOR, reason="met at home"))
        done("2025-04-02", lambda: needs.withdraw_need(request, 3, COORDINATOR, reason="an error"))
        done("2025-04-03", lambda: needs.set_status(request, 3, NeedStatus.OPEN, COORDINATOR))
        done("2025-04-04", lambda: needs.set_status(request, 4, NeedStatus.WITHDRAWN, COORDINATOR))
        done("2025-04-05", lambda: needs.withdraw_need(request, 6, COORDINATOR, reason="met at home"))
        before = days_of_needs(request)
        upgraded_again()
        assert days_of_needs(request) == before == [
            (None, None),
            (None, D(2025, 4, 1)),
            (None, None),
            (None, D(2025, 4, 4)),
            (D(2025, 3, 3), None),
            (D(2025, 3, 4), D(2025, 4, 5)),
        ]  # fmt: skip


def test_needs_that_a_state_left_out_stood_until_it_last_changed_its_request(app: Flask) -> None:
    def submit() -> str:
        return requests.submit(states.find("KEN"), VALUES, [NEED, NEED, NEED], FOCAL)

    def change(identifier: str, *numbers: int, title: str) -> None:
        own = submitted.own(identifier, FOCAL)
        kept = [(number, NEED) for number in numbers]
        submitted.change(identifier, replace(own.values, title=title), kept, FOCAL, revision=own.revision)

    def change_as_office(identifier: str) -> None:
        own = reading.find(identifier, COORDINATOR)
        requests.change(identifier, replace(own.values, title="Aid"), COORDINATOR, revision=own.revision)

    with app.test_request_context("/en/"):
        request = done("2025-03-03", submit)
        untouched = done("2025-03-03", submit)
        done("2025-04-01", lambda: needs.withdraw_need(request, 3, COORDINATOR, reason="met at home"))
        done("2025-04-02", lambda: change(request, 1, title="Help"))
        done("2025-05-02", lambda: change(request, 1, title="Help with transit"))
        done("2025-06-01", lambda: change_as_office(request))
        upgraded_again()
        assert days_of_needs(request) == [(None, None), (None, D(2025, 5, 2)), (None, D(2025, 4, 1))]
        assert days_of_needs(untouched) == [(None, None)] * 3


def test_offers_stood_from_when_they_were_registered_until_they_or_their_provider_were_withdrawn(app: Flask) -> None:
    academy = Provider("", {"en": "Customs Academy"}, ProviderKind.OTHER, source="a letter")
    course = Offer(
        "", "", "Course", frozenset({Kind.TRAINING}), ("op3cd.transit.nw.framework",),
        source="a letter", last_confirmed=D(2025, 3, 1), handling=Handling.PUBLIC,
    )  # fmt: skip

    def offer(provider: str, **values: datetime.date) -> str:
        return done("2025-03-03", lambda: offers.register(replace(course, provider=provider, **values), SYSTEM))

    with app.test_request_context("/en/"):
        giver, closed = (
            done("2025-03-01", lambda: providers.register(academy, SYSTEM, practice=False)) for _each in range(2)
        )
        made = [offer(giver), offer(giver, valid_from=D(2024, 2, 1)), offer(giver), offer(closed)]
        done("2025-05-01", lambda: offers.withdraw(made[2], SYSTEM, reason="over"))
        done("2025-06-01", lambda: providers.withdraw(closed, SYSTEM, reason="closed"))
        query = select(OfferRow.number, OfferTermRow.since, OfferTermRow.withdrawn)
        query = query.join(OfferTermRow, OfferTermRow.offer_id == OfferRow.id)
        query = query.order_by(OfferRow.number, OfferTermRow.since)
        before = db.session.execute(query).all()
        upgraded_again()
        assert db.session.execute(query).all() == before == [
            (1, D(2025, 3, 3), False),
            (2, D(2024, 2, 1), False),
            (3, D(2025, 3, 3), False),
            (3, D(2025, 5, 1), True),
            (4, D(2025, 3, 3), False),
            (4, D(2025, 6, 1), True),
        ]  # fmt: skip

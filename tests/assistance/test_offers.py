"""Offers: their identifiers, when they can begin, when they are stale."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.offers.offer import (
    Offer,
    StatedMandate,
    begins,
    is_stale,
    offer_id,
    parse_offer_id,
    parse_provider_id,
    provider_id,
    text_in,
)
from cpi1540.assistance.requests.request import Kind

DAY = datetime.date(2026, 11, 24)


def offer(**values: object) -> Offer:
    return Offer("O-1", "P-1", "A course", frozenset({Kind.TRAINING}), **values)  # type: ignore[arg-type]


@given(st.booleans(), st.integers(1, 999_999))
def test_identifiers_read_back(practice: bool, number: int) -> None:
    assert parse_offer_id(offer_id(practice, number)) == (practice, number)
    assert parse_provider_id(provider_id(practice, number)) == (practice, number)


@pytest.mark.parametrize("text", ["O-0", "O-01", "o-1", "XXO-1", "O-1 ", "P-1", "O-", "O-٣"])
def test_no_other_text_is_an_offers_identifier(text: str) -> None:
    assert parse_offer_id(text) is None


@pytest.mark.parametrize(
    ("confirmed", "today", "stale"),
    [
        (None, DAY, True),
        (datetime.date(2025, 11, 24), DAY, False),
        (datetime.date(2025, 11, 23), DAY, True),
        (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28), False),
        (datetime.date(2024, 2, 29), datetime.date(2025, 3, 1), True),
        (datetime.date(2024, 12, 31), datetime.date(2025, 12, 31), False),
    ],
)
def test_an_offer_is_stale_a_year_after_it_was_confirmed(
    confirmed: datetime.date | None, today: datetime.date, stale: bool
) -> None:
    assert is_stale(offer(last_confirmed=confirmed), today) is stale


def test_an_offer_begins_after_its_lead_time() -> None:
    assert begins(offer(), DAY) == DAY
    assert begins(offer(lead_days=10), DAY) == datetime.date(2026, 12, 4)
    assert begins(offer(lead_days=10, valid_from=datetime.date(2027, 1, 1)), DAY) == datetime.date(2027, 1, 11)


def test_a_mandate_without_an_address_is_provisional() -> None:
    assert StatedMandate({"en": "Helps"}).provisional
    assert not StatedMandate({"en": "Helps"}, "A page", "https://example.org/").provisional


def test_a_text_is_given_in_the_language_asked_for_or_in_one_that_there_is() -> None:
    assert text_in({"en": "Course", "fr": "Cours"}, "fr") == ("Cours", "fr")
    assert text_in({"en": "Course", "fr": "Cours"}, "ru") == ("Course", "en")
    assert text_in({"ru": "Курс", "fr": "Cours"}, "ar") == ("Cours", "fr")
    assert text_in({"en": ""}, "ar") == ("", "ar")

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
    stale_before,
    text_in,
    validity,
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


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(-400, 800))
def test_the_first_day_that_is_not_stale_parts_stale_offers_from_others(today: datetime.date, before: int) -> None:
    confirmed = today - datetime.timedelta(days=before)
    assert is_stale(offer(last_confirmed=confirmed), today) is (confirmed < stale_before(today))
    assert not is_stale(offer(last_confirmed=today), today)
    assert stale_before(today) <= today - datetime.timedelta(days=365)


def test_an_offer_is_valid_from_its_first_day_to_its_last() -> None:
    dated = offer(valid_from=DAY, valid_to=DAY)
    one = datetime.timedelta(days=1)
    assert [validity(dated, day) for day in (DAY - one, DAY, DAY + one)] == ["coming", "current", "ended"]
    assert validity(offer(), DAY) == "current"

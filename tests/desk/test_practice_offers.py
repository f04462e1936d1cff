"""The invented providers and offers: the same for the same day, of every kind, and sound whatever the day."""

import datetime
from collections import Counter

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from test_practice_requests import FOLDER, made

from cpi1540.assistance.offers import checking
from cpi1540.assistance.offers.offer import ProviderKind, is_stale, validity
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.requests.request import Kind
from cpi1540.desk.practice import assistance_offers, offer_work
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.foundation.database import transaction
from cpi1540.locales import CODES
from cpi1540.matrix.record import Handling
from cpi1540.people.service import directory

TEXTS = assistance_offers.read_texts(FOLDER)
DAY = datetime.date(2026, 11, 24)


def providers(today: datetime.date = DAY) -> list[assistance_offers.InventedProvider]:
    layout, record = made()
    return assistance_offers.providers(record.states, layout, TEXTS, today, record.seed)


@settings(max_examples=20)
@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2032, 12, 31)))
def test_on_any_day_every_offer_may_be_recorded(today: datetime.date) -> None:
    layout, record = made()
    codes = {state.code for state in record.states}
    found = providers(today)
    assert found == providers(today)
    assert (len(found), sum(len(each.offers) for each in found)) == (45, 120)
    for each in found:
        assert checking.provider_faults(each.provider, codes, layout) == []
        for offer in each.offers:
            assert checking.offer_faults(offer, codes, layout, today) == []


def test_the_offers_are_of_all_kinds() -> None:
    found = providers()
    every = [offer for each in found for offer in each.offers]
    assert {each.provider.kind for each in found} == set(ProviderKind)
    assert [set(each.provider.names) == set(CODES) for each in found].count(False) == 0
    assert {kind for offer in every for kind in offer.kinds} == set(Kind) - {Kind.NOT_RECORDED}
    assert {key.split(".")[0] for offer in every for key in offer.fields} == {"op2", "op3ab", "op3cd", "op678"}
    assert {offer.language for offer in every} == set(CODES)
    assert {code for offer in every for code in offer.languages} == set(CODES)
    assert all(count >= 8 for count in Counter(validity(offer, DAY) for offer in every).values())
    assert {offer.handling for offer in every} == {Handling.PUBLIC, Handling.RESTRICTED}
    for told in (
        [offer for offer in every if is_stale(offer, DAY)],
        [offer for offer in every if not offer.fields],
        [offer for offer in every if offer.excluded],
        [offer for offer in every if not offer.eligible],
        [offer for offer in every if offer.eligible],
        [offer for offer in every if offer.capacity.places is None],
        [offer for offer in every if offer.min_group > 1],
        [offer for offer in every if offer.capacity.budget],
    ):
        assert 5 <= len(told) <= 100


def test_the_record_has_them_and_the_demo_contact_keeps_one_provider(practice_app: Flask) -> None:
    with practice_app.test_request_context("/en/practice/"):
        found = reading.providers(True, SYSTEM)
        assert (len(found), len(reading.offers(True, SYSTEM))) == (45, 120)
        assert all(each.id.startswith("XP-") for each in found)
        (contact,) = directory.actors_named(["provider-contact"])
        kept = [each for each in found if contact in each.people]
        assert [each.names["en"] for each in kept] == ["International Customs and Border Academy"]
        with transaction():
            offer_work.give_to_demo_contact()
        assert [len(reading.offers_of(kept[0], actor)) for actor in (SYSTEM, NOBODY)] == [6, 5]

"""A search finds States, rows, measures, requests, offers and providers, and only in its own record."""

import pytest
from assistance_people import COORDINATOR, FOCAL
from flask import Flask
from offer_cases import register_offer, register_provider
from queries import counted
from strict_client import StrictClient

from cpi1540.assistance.offers.service import offers
from cpi1540.desk.service import portal
from cpi1540.foundation.access import NOBODY
from cpi1540.foundation.database import transaction
from cpi1540.matrix.record import Handling


@pytest.mark.parametrize(("query", "title"), [("export control act", "Export Control Act"), ("douanes", "Customs Act")])
def test_measures_by_their_titles(practice_reader: StrictClient, query: str, title: str) -> None:
    with practice_reader.app.test_request_context("/en/"):
        found = portal.search(query, True, NOBODY).measures
        assert any(hit.titles["en"] == title for hit in found)
        assert portal.search(query, False, NOBODY).measures == ()


def test_nothing_and_everything(practice_reader: StrictClient) -> None:
    with practice_reader.app.test_request_context("/en/"):
        assert portal.search("  ", True, NOBODY).measures == ()
        assert portal.search("100%_", True, NOBODY).measures == ()
        assert len(portal.search("act", True, NOBODY).measures) == 50
    page = practice_reader.get("/ar/practice/search?q=customs").get_data(as_text=True)
    assert "/ar/practice/states/XAA/measures/" in page


def test_offers_and_providers_by_their_words_and_who_may_read_them(practice_app: Flask) -> None:
    with practice_app.test_request_context("/en/"):
        provider = register_provider(names={"en": "Body for Help", "fr": "Organisme d’aide"}, handling=Handling.STATES)
        hidden = register_offer(provider, title="Course on quaint locks")
        shown = register_offer(provider, title="Course on quaint seals", handling=Handling.STATES)
        gone = register_offer(provider, title="Course on quaint chains")
        with transaction():
            offers.withdraw(gone, COORDINATOR, reason="Ended")
        for actor, found in ((COORDINATOR, [hidden, shown]), (FOCAL, [shown]), (NOBODY, [])):
            assert [hit.offer for hit in portal.search("quaint", False, actor).offers] == found
        assert [code for code, _names in portal.search("organisme", False, FOCAL).providers] == [provider]
        assert portal.search("organisme", False, NOBODY).providers == ()
        assert not portal.search("quaint", True, COORDINATOR).found
        (hit,) = portal.search(shown, False, COORDINATOR).offers
        assert (hit.title, hit.provider, hit.provider_names["en"]) == (
            "Course on quaint seals",
            provider,
            "Body for Help",
        )


def test_a_search_takes_as_many_queries_for_many_offers_as_for_one(practice_app: Flask) -> None:
    with practice_app.test_request_context("/en/"):
        register_offer(register_provider(), title="A quaint course")
        portal.search("quaint", False, COORDINATOR)  # what is read once and kept
        with counted(practice_app) as one:
            portal.search("quaint", False, COORDINATOR)
        for _each in range(4):
            register_offer(register_provider(), title="A quaint course")
        with counted(practice_app) as many:
            assert len(portal.search("quaint", False, COORDINATOR).offers) == 5
        assert len(many) == len(one)

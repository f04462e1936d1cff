"""A search finds States, rows and measures, each in any language, and only in its own record."""

import pytest
from strict_client import StrictClient

from cpi1540.desk.service import portal
from cpi1540.foundation.access import NOBODY


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

"""The practice record in a real browser, and the journey of a workbook that came back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from test_pages_in_browser import violations

from cpi1540 import paths

pytestmark = pytest.mark.browser

ADDRESSES = ["", "states", "states/XAC", "states/XAC/matrix/op3cd", "states/XAC/matrix/op3ab", "states/XAC/gaps"]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_accessible_and_inside_the_smallest_screen(page: Page, pictures: Path, path: str, lang: str) -> None:
    page.goto(f"/{lang}/practice/{path}")
    page.screenshot(path=pictures / f"{lang}-practice-{path.replace('/', '_') or 'home'}.png", full_page=True)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_workbook_that_came_back(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/sign-in?next=/{lang}/practice/states/XAC/excel")
    page.locator(f"button[formaction$='/{lang}/continue-as/desk-officer']").click()
    page.locator("#file").set_input_files(paths.SEED / "practice" / "returned.xlsx")
    page.locator("main form button[type=submit]").click()
    rows = page.locator("main tbody tr")
    if lang == "en":
        assert rows.count() == 4
        assert violations(page) == []
        page.get_by_role("button", name="Write into the draft").click()
        assert "4 changes were written into the draft." in page.locator("[role=status]").first.inner_text()
        assert page.url.endswith("version=4")
    else:
        # The English file again, read by an Arabic reader: the draft has its changes already.
        assert rows.count() == 0
        assert violations(page) == []


def test_codes_are_told_by_words(page: Page) -> None:
    page.goto("/en/practice/states/XAC/matrix/op3cd")
    label = "Export control legislation in place, Chemical weapons, Enforcement: ?"
    assert page.get_by_role("img", name=label).count() == 1

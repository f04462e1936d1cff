"""The practice record in a real browser, and the journey of a workbook that came back."""

from collections.abc import Callable

import pytest
from accessibility import too_narrow, violations
from playwright.sync_api import Page
from pressing import pressed

from cpi1540 import paths

pytestmark = pytest.mark.browser

ADDRESSES = ["", "states", "states/XAC", "states/XAC/matrix/op3cd", "states/XAC/matrix/op3ab", "states/XAC/gaps"]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_accessible_and_inside_the_smallest_screens(
    page: Page, pictured: Callable[[Page, str], None], path: str, lang: str
) -> None:
    page.goto(f"/{lang}/practice/{path}")
    pictured(page, f"{lang}-practice-{path.replace('/', '_') or 'home'}")
    assert violations(page) == []
    assert too_narrow(page) == []


def test_a_workbook_that_came_back(sign_in: Callable[..., Page]) -> None:
    page = previewed(sign_in, "en")
    assert page.locator("main tbody tr").count() == 4
    assert violations(page) == []
    pressed(page, page.get_by_role("button", name="Write into the draft"))
    assert "4 changes were written into the draft." in page.locator("[role=status]").first.inner_text()
    assert page.url.endswith("version=4")
    # The English file again, read by an Arabic reader: the draft has its changes already.
    page = previewed(sign_in, "ar")
    assert page.locator("main tbody tr").count() == 0
    assert violations(page) == []


def previewed(sign_in: Callable[..., Page], lang: str) -> Page:
    """The preview of the prepared workbook."""
    page = sign_in("desk-officer", f"/{lang}/practice/states/XAC/excel")
    page.locator("#file").set_input_files(paths.SEED / "practice" / "returned.xlsx")
    pressed(page, "main form button[type=submit]")
    return page


def test_codes_are_told_by_words(page: Page) -> None:
    page.goto("/en/practice/states/XAC/matrix/op3cd")
    label = "Export control legislation in place, Chemical weapons, Enforcement: ?"
    assert page.get_by_role("img", name=label).count() == 1

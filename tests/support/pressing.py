"""From one page to the next in the browser: each step ends when the next page stands, its scripts with it.

Playwright's ``click`` returns as soon as the mouse is up, when the page that is left may still be there; and a page's
deferred scripts have run only when its ``load`` event has come. Whoever asks, counts or types before depends on luck.
"""

from playwright.sync_api import Locator, Page, Response


def pressed(page: Page, control: str | Locator) -> Response:
    """Press a link or a button that leads to another page, the first that fits; returns what was answered."""
    found = page.locator(control) if isinstance(control, str) else control
    with page.expect_navigation() as led:
        found.first.click()
    return led.value


def entered(page: Page) -> Response:
    """Press Enter where the focus is, on what leads to another page; returns what was answered."""
    with page.expect_navigation() as led:
        page.keyboard.press("Enter")
    return led.value

"""What a page in the browser is held to: accessible, and no wider than the smallest screens."""

from pathlib import Path

import axe_core_python
from playwright.sync_api import Page, expect

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only violations are told in full: describing every element that passed takes five times as long as the rules. The
# styles of other servers, which axe would fetch first, no page may have.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
# A drawing is one picture with a text of its own: its parts are not read one by one, and their colours are no styles of
# the page, which is all that axe can see. tests/briefing/test_chart_colours.py holds them to the same contrast. Left in
# the page, its thousands of shapes take axe half a minute.
TAKE_OUT = """() => { window.takenOut = [...document.querySelectorAll("svg.chart")].map(drawing => {
    const parts = [...drawing.childNodes]; drawing.replaceChildren(); return () => drawing.replaceChildren(...parts) }) }"""
PUT_BACK = "() => window.takenOut.forEach(put => put())"
WIDTHS = (320, 360)


def violations(page: Page) -> list[tuple[str, str]]:
    """The rules of WCAG 2.2 AA that the page breaks, each with the first element that does."""
    expect(page.locator("[data-chart] picture")).to_have_count(0)  # the drawing stands in its picture's place
    page.evaluate(AXE)
    page.evaluate(TAKE_OUT)
    found = page.evaluate("options => axe.run(document, options).then(found => found.violations)", OPTIONS)
    page.evaluate(PUT_BACK)
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def too_narrow(page: Page) -> list[int]:
    """The widths of small screens at which the open page scrolls sideways."""
    narrow = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            narrow.append(width)
    return narrow

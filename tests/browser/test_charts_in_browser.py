"""A chart in a real browser: its room is kept, its shapes say their values to mouse and keyboard, it reads well."""

import pytest
from accessibility import too_narrow, violations
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
CHART = "/practice/briefing/charts/tiles"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_shapes_say_their_values(page: Page, lang: str) -> None:
    page.goto(f"/{lang}{CHART}")
    drawing = page.locator("svg.chart")
    drawing.wait_for()
    said = page.locator(".chart-value")
    assert drawing.locator("[id^='value-']").count() == 40
    drawing.locator("#value-3").hover()
    expect(said).to_contain_text("XA")
    page.mouse.move(0, 0)  # a shape that moves under the mouse would be read instead
    drawing.focus()
    read = drawing.locator(".is-read")
    page.keyboard.press("Home")
    expect(read).to_have_id("value-1")
    first = said.inner_text()
    page.keyboard.press("ArrowDown")
    expect(read).to_have_id("value-2")
    assert said.inner_text() != first
    # The next State stands at the left in Arabic.
    page.keyboard.press("ArrowLeft")
    expect(read).to_have_id("value-1" if lang == "en" else "value-3")
    assert (said.inner_text() == first) == (lang == "en")
    page.keyboard.press("End")
    expect(read).to_have_id("value-40")


@pytest.mark.parametrize("path", ["/briefing", CHART.replace("/practice", ""), "/briefing/charts/map?section=op1"])
def test_pages_of_charts_read_well(page: Page, path: str) -> None:
    page.goto(f"/en{path}")
    assert violations(page) == []
    assert too_narrow(page) == []


def test_phones_get_the_narrow_picture_in_its_room(page: Page) -> None:
    page.set_viewport_size({"width": 380, "height": 800})
    page.goto(f"/en{CHART}")
    drawing = page.locator("svg.chart")
    drawing.wait_for()
    box = drawing.bounding_box()
    assert box is not None
    view = [float(number) for number in str(drawing.get_attribute("viewBox")).split()]
    assert view[2] == pytest.approx(380 * 0.72, abs=1)
    assert box["height"] / box["width"] == pytest.approx(view[3] / view[2], rel=0.02)

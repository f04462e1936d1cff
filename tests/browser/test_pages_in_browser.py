"""Every page in a real browser: accessible, without sideways scrolling, quiet on the console."""

import re
from collections.abc import Callable

import pytest
from accessibility import too_narrow, violations
from flask import Flask
from pages_table import PUBLIC, address, name
from playwright.sync_api import Page, expect
from pressing import entered, pressed

pytestmark = pytest.mark.browser

PAGES = pytest.mark.parametrize(("endpoint", "values"), PUBLIC, ids=[name(*page) for page in PUBLIC])


@PAGES
def test_accessible_and_inside_the_smallest_screens(
    page: Page, read_app: Flask, pictured: Callable[[Page, str], None], endpoint: str, values: dict[str, str]
) -> None:
    for lang in ("en", "ar"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address(read_app, endpoint, values, lang))
        pictured(page, f"{lang}-{name(endpoint, values)}")
        assert (lang, violations(page), too_narrow(page)) == (lang, [], [])


@PAGES
def test_inside_the_smallest_screens(page: Page, read_app: Flask, endpoint: str, values: dict[str, str]) -> None:
    for lang in ("zh", "ru"):
        page.goto(address(read_app, endpoint, values, lang))
        assert (lang, too_narrow(page)) == (lang, [])


def test_dark_is_accessible_too(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    for path in ("", "states/FRA", "states/FRA/matrix/op1"):
        page.goto(f"/en/{path}")
        assert violations(page) == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.goto("/en/states/FRA")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (page.evaluate("document.activeElement.closest('main') !== null"), style) == (True, "solid")


def test_the_menu_opens_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/en/")
    page.get_by_role("button", name="Menu").click()
    pressed(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="States"))
    assert page.get_by_role("heading", level=1).inner_text() == "States"


def test_a_demo_role_signs_in_with_one_click_and_out_again(page: Page) -> None:
    page.goto("/en/account")
    assert "/en/sign-in" in page.url
    pressed(page, page.get_by_role("button", name="desk officer"))
    assert page.get_by_role("heading", level=1).inner_text() == "My account"
    pressed(page, page.locator("main").get_by_role("button", name="Sign out"))
    assert page.get_by_role("link", name="Sign in").first.is_visible()


def test_a_wrong_password_says_so_and_keeps_the_name(page: Page) -> None:
    page.goto("/en/sign-in")
    page.get_by_label("Name").fill("reviewer")
    page.get_by_label("Password").fill("wrong")
    answer = pressed(page, page.locator("main").get_by_role("button", name="Sign in"))
    assert answer.status == 422
    assert page.get_by_label("Name").input_value() == "reviewer"
    assert page.get_by_role("alert").is_visible()


def test_finding_a_state_by_its_arabic_name(page: Page) -> None:
    page.goto("/ar/")
    page.locator("#q").fill("سنغافورة")
    entered(page)
    pressed(page, page.locator("main").get_by_role("link", name="سنغافورة"))
    assert page.locator("h1 bdi").inner_text() == "SGP"

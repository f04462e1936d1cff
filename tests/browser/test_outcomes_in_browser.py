"""Matches in a real browser: a provider answers in the portal, both sides agree, and the year is reported."""

from collections.abc import Callable
from typing import Any

import pytest
from accessibility import too_narrow, violations
from flask import Flask
from playwright.sync_api import Page
from pressing import pressed

from cpi1540.assistance.outcomes.match import MatchAct, MatchStatus, Side
from cpi1540.assistance.outcomes.service import reading
from cpi1540.foundation.access import SYSTEM

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("lang", ["en", "ar"])
SignedIn = Callable[..., Page]


@LANGUAGES
def test_a_provider_answers_and_the_coordinator_goes_on(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("provider-contact", f"/{lang}/practice/assistance/for-providers")
    assert violations(page) == []
    pressed(page, ".head a.btn-main")
    assert violations(page) == []
    page.locator(".next > form details summary").click()
    page.locator(".next > form textarea").fill("In spring")
    pressed(page, ".next > form button.btn[type=submit]")
    assert page.locator(".line").inner_text().count("In spring") == 1
    assert violations(page) == []
    request, need, number = page.url.split("/matches/")[1].split("/")
    match = f"{request}/{need}/{number}"
    with desk.app_context():
        found = reading.find(match, SYSTEM).match
        assert found.status is MatchStatus.ACCEPTED
        assert [(done.act, done.side) for done in found.acts] == [
            (MatchAct.PROPOSE, Side.PROVIDER),
            (MatchAct.ACCEPT, Side.PROVIDER),
        ]
    page = sign_in("coordinator", f"/{lang}/practice/assistance/matches/{match}")
    assert page.locator(".btn-main").count() == 1
    pressed(page, ".next > form button.btn[type=submit]")
    assert violations(page) == []
    with desk.app_context():
        assert reading.find(match, SYSTEM).match.status is MatchStatus.AGREED


@LANGUAGES
def test_a_programme_is_declined_without_losing_what_was_typed(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("provider-contact", f"/{lang}/practice/assistance/for-providers")
    pressed(page, ".head a.btn-main")
    page.locator(".next > details summary").first.click()
    page.locator("#decline-note").fill("Our experts are booked")
    pressed(page, ".next > details form button.btn[type=submit]")
    assert page.locator("#decline-answer-err").is_visible()
    assert page.locator("#decline-note").input_value() == "Our experts are booked"
    assert violations(page) == []
    page.locator("#decline-answer").select_option("capacity")
    pressed(page, ".next > details form button.btn[type=submit]")
    with desk.app_context():
        match = page.url.split("/matches/")[1]
        assert reading.find(match, SYSTEM).match.status is MatchStatus.DECLINED


@pytest.mark.parametrize("lang", ["en", "ar", "zh"])
@pytest.mark.parametrize(
    "path",
    [
        "matches",
        "matches/list?status=declined",
        "matches/XR-2018-001/1/1",
        "measures",
        "overlaps",
        "report/2026",
    ],
)
def test_pages_of_matches_keep_to_the_smallest_screen(
    page: Page, cookies: Callable[[str], list[Any]], lang: str, path: str
) -> None:
    page.context.add_cookies(cookies("coordinator"))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/{lang}/practice/assistance/{path}")
    assert too_narrow(page) == []
    assert violations(page) == []

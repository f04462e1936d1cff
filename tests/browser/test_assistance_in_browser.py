"""A request in a real browser: registered, its clock run with the date moved, overdue first; submitted by a State."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from accessibility import too_narrow, violations
from flask import Flask
from playwright.sync_api import Page
from pressing import pressed

from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests.service import reading
from cpi1540.foundation.access import SYSTEM

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("lang", ["en", "ar"])
SignedIn = Callable[..., Page]


def on_the(day: datetime.date) -> time_machine.travel:
    """Three in the afternoon of a day in New York, the clock running on."""
    return time_machine.travel(datetime.datetime.combine(day, datetime.time(20), datetime.UTC), tick=True)


def sent(page: Page, form: str) -> None:
    """Send a form of the page by its last button."""
    pressed(page, page.locator(f"{form} button.btn[type=submit]").last)


@LANGUAGES
def test_a_note_verbale_is_registered_and_its_clock_runs(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    begin, board = datetime.date(2026, 11, 24), f"/{lang}/practice/assistance"
    with on_the(begin):
        page = sign_in("coordinator", board)
        pressed(page, ".head a.btn-main")
        page.locator("#state").select_option("XAC")
        page.locator("#date").fill("2026-11-23")
        page.locator("#title").fill("Help with transit controls")
        page.locator("#needs-0-objective").fill("Train customs officers")
        page.locator("details.pick summary").nth(3).click()
        page.locator("input[name=needs-0-fields][value='op3cd.transit.nw.framework']").check()
        pressed(page, "button[value=add]")
        assert page.locator("input[name=needs-0-fields][value='op3cd.transit.nw.framework']").is_checked()
        page.locator("#needs-1-objective").fill("Equipment for two border posts")
        assert violations(page) == []
        sent(page, ".form-end")
        request_id = page.url.rpartition("/")[2]
        for _act in ("authenticate", "circulate", "acknowledge"):
            sent(page, ".next")
        sent(page, ".next")  # too early: the requester may still object
        assert page.locator("#next-on-err").is_visible()
        assert violations(page) == []
        with desk.app_context():
            found = reading.find(request_id, SYSTEM)
            assert (found.course.step, len(found.needs)) == (Step.SEND, 2)
    with on_the(begin + datetime.timedelta(days=365)):  # the window ended long ago, and nobody sent it
        page = sign_in("coordinator", f"{board}/due")
        assert page.locator("main tbody tr").first.locator(".tag-alert").is_visible()
        page.goto(f"{board}/requests?overdue=1&q={request_id}")
        assert page.locator("main tbody tr").count() == 1
        page.goto(f"{board}?")
        step = page.locator("section:has(#step-4) .card")
        late = [card.locator(".tag-alert").count() for card in step.all()]
        assert late == sorted(late, reverse=True)
        page.goto(f"{board}/requests/{request_id}")
        assert page.locator(".next.is-late").is_visible()
        sent(page, ".next")
        with desk.app_context():
            assert reading.find(request_id, SYSTEM).course.step is Step.POST
        assert too_narrow(page) == []


@LANGUAGES
def test_a_focal_point_submits_from_the_own_gap_list(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("focal-point", f"/{lang}/practice/states/XAG/requests")
    pressed(page, ".head a.btn-main")
    assert violations(page) == []
    picked = page.locator("details[open] input[name=field]")
    chosen = [box.get_attribute("value") for box in picked.all()[:2]]
    for box in picked.all()[:2]:
        box.check()
    sent(page, ".bar-end")
    assert page.locator("#title").input_value() != ""
    page.locator("#title").fill("")
    sent(page, ".form-end")
    assert page.locator("#title-err").is_visible()
    assert page.locator("input[name=needs-0-fields]:checked").count() == 2
    page.locator("#title").fill("Training of inspectors")
    sent(page, ".form-end")
    request_id = page.url.rpartition("/")[2]
    assert page.locator(".tag-caution").is_visible()
    assert violations(page) == []
    with desk.app_context():
        found = reading.find(request_id, SYSTEM)
        assert found.submitted
        assert [list(need.values.fields) for need in found.needs] == [chosen]
    page.goto(f"/{lang}/practice/worklist")
    assert page.locator(f"a[href$='/{request_id}']").count() == 1

"""A coordinator in a real browser: an offer chosen with its reasons, the plan beside best pair first, a pair locked."""

from collections.abc import Callable

import pytest
from accessibility import too_narrow, violations
from flask import Flask
from playwright.sync_api import Page
from pressing import pressed

from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.planning.decision import DecisionKind
from cpi1540.assistance.planning.service import decisions, plans
from cpi1540.foundation.access import SYSTEM

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("lang", ["en", "ar"])
SignedIn = Callable[..., Page]


@LANGUAGES
def test_an_offer_is_chosen_and_a_pair_is_locked(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    with desk.app_context():
        planned = plans.plan(True, SYSTEM)
    taken = next(each for each in planned.plan.assignments if each.score < 0.9)
    number = taken.need.rpartition("/")[2]
    page = sign_in("coordinator", f"/{lang}/practice/assistance/requests/{taken.request}")
    pressed(page, ".head a[href$='/candidates']")
    assert violations(page) == []
    pressed(page, f"a.btn[href$='/needs/{number}/candidates']")
    reasons = page.locator(".cand").first.locator(".why tbody tr")
    assert reasons.count() == 9
    assert violations(page) == []
    assert too_narrow(page) == []
    first = page.locator(".cand").first.locator(".cand-meta .mono").inner_text()

    pressed(page, ".cand button.btn-main")
    with desk.app_context():
        *_earlier, match = [each for each in outcomes.matches_of(SYSTEM, need=taken.need) if each.offer == first]
        assert (match.status.value, match.reasons.rank) == ("proposed", 1)

    page.goto(f"/{lang}/practice/assistance/plan")
    assert page.locator(".pins > div").count() == 4
    assert page.locator("tr.is-diff").count() >= 1  # in the practice record the plan is another than best pair first
    assert violations(page) == []
    locked = page.locator("td a[href*='/plan/pairs/']").first.get_attribute("href") or ""
    pressed(page, "td a[href*='/plan/pairs/']")
    pressed(page, "button[value=lock]")  # without a reason
    assert page.locator("#reason-err").is_visible()
    assert violations(page) == []
    page.locator("#reason").fill("Agreed with both")
    pressed(page, "button[value=lock]")
    with desk.app_context():
        (decision,) = decisions.decisions(True)
        assert decision.kind is DecisionKind.LOCK
        assert locked.endswith(f"/{decision.need}/{decision.offer}")
    page.goto(f"/{lang}/practice/assistance/plan")
    assert page.locator(f"tr[id='{decision.need}'] .lock").is_visible()
    pressed(page, "section button[value=free]")
    with desk.app_context():
        assert decisions.decisions(True) == ()

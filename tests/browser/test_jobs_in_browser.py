"""Background work in a real browser: it is seen going on and ending, accessible and inside the smallest screens."""

from collections.abc import Callable

import pytest
from accessibility import too_narrow, violations
from flask import Flask
from jobs_of_tests import STAGE, Make, kind  # noqa: F401
from playwright.sync_api import Page, expect

from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.jobs import leases, queue
from cpi1540.foundation.jobs.job import JobKind, NewFile, Progress, Result, Task
from cpi1540.foundation.jobs.working import work_once
from cpi1540.people.service import directory

pytestmark = pytest.mark.browser
SignedIn = Callable[..., Page]


def make_files(_task: Task, _progress: Progress) -> Result:
    return Result(files=tuple(NewFile(f"a-file-with-a-long-name-of-the-group-{n}.pptx", b"a") for n in range(2)))


def ask(app: Flask, of: JobKind) -> int:
    with app.app_context():
        (briefer,) = directory.actors_named([Role.BRIEFER.value])
        actor = directory.acting(briefer)
        assert actor is not None
        with transaction():
            number = queue.ask(of, {"to": 3}, actor, practice=True, about=STAGE)
        db.session.remove()
    return number


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_it_is_seen_going_on_and_ending(
    desk: Flask,
    sign_in: SignedIn,
    kind: Make,  # noqa: F811
    lang: str,
) -> None:
    number = ask(desk, kind(make_files))
    page = sign_in("briefer", f"/{lang}/jobs/{number}")
    assert page.locator("progress").count() == 0
    with desk.app_context():
        held = leases.take()
        assert held is not None
        leases.keep(held, (2, 5), STAGE)
        expect(page.locator("progress")).to_have_attribute("value", "2")  # by itself
        for address in (f"/{lang}/jobs/{number}", f"/{lang}/jobs"):
            page.goto(address)
            assert violations(page) == []
            assert too_narrow(page) == []
        page.goto(f"/{lang}/jobs/{number}")
        leases.hand_back(held)
        assert work_once()
    page.get_by_role("link", name="a-file-with-a-long-name-of-the-group-1.pptx").wait_for()
    for address in (f"/{lang}/jobs/{number}", f"/{lang}/jobs"):
        page.goto(address)
        assert violations(page) == []
        assert too_narrow(page) == []

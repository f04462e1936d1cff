"""A server on loopback, and Debian's Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from chromium import executable, served, started
from flask import Flask
from installed import close, lent_app, make_app, need
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pressing import pressed

SignedIn = Callable[..., Page]
# What a page is waited for, in milliseconds: long enough for a machine that does much else. Only a fault takes it all.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server_address(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server for all who only read."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(practice_made, folder / "record.sqlite")
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    with served(app) as address:
        yield address
    close(app)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = executable()
    need(found, "Chromium")
    with started(str(found)) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, server_address: str) -> Iterator[Page]:
    """A page that fails its test when the console shows an error."""
    context = _context(browser, server_address)
    opened = _page(context)
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def _context(browser: Browser, address: str) -> BrowserContext:
    """A browser that has not been here before."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    return context


def _page(context: BrowserContext) -> Page:
    """A page, on a slower machine where ``CPI1540_BROWSER_SLOWER`` says how many times slower."""
    page = context.new_page()
    if slower := os.environ.get("CPI1540_BROWSER_SLOWER"):
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": float(slower)})
    return page


def _is_fault(message: ConsoleMessage) -> bool:
    """Errors, but not the browser's own remark that a form came back with a fault in it."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture(scope="session")
def cookies(browser: Browser, server_address: str) -> Callable[[str], list[Any]]:
    """What the server that is read from gives a demo person to keep, who signs in once for all pages."""

    @cache
    def given(role: str) -> list[Any]:
        context = _context(browser, server_address)
        page = _page(context)
        page.goto("/en/sign-in")
        pressed(page, f"button[formaction$='/continue-as/{role}']")
        found = context.cookies()
        context.close()
        return [{"name": each["name"], "value": each["value"], "url": server_address} for each in found]

    return given


@pytest.fixture
def desk(practice_made: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application with a practice record of its own: these journeys write."""
    shutil.copy(practice_made, tmp_path / "record.sqlite")
    with lent_app(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}") as lent:
        yield lent


@pytest.fixture
def sign_in(desk: Flask, browser: Browser) -> Iterator[SignedIn]:
    """Open a browser of its own as a demo person, at an address."""
    contexts: list[BrowserContext] = []
    with served(desk) as address:

        def opened(role: str | None, path: str) -> Page:
            context = _context(browser, address)
            contexts.append(context)
            page = _page(context)
            if role is None:
                page.goto(path)
            else:
                page.goto(f"/en/sign-in?next={quote(path)}")
                pressed(page, f"button[formaction$='/continue-as/{role}']")
            return page

        yield opened
        for context in contexts:  # before the server that they talk to
            context.close()


@pytest.fixture(scope="session")
def pictured() -> Callable[[Page, str], None]:
    """Keep a picture of a page where ``CPI1540_SCREENSHOTS`` names a folder for them."""
    folder = os.environ.get("CPI1540_SCREENSHOTS")

    def kept(page: Page, picture: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{picture}.png", full_page=True)

    return kept

"""A server on loopback, and Debian's Chromium."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import executable, served, started
from installed import close, make_app, need
from playwright.sync_api import Browser, ConsoleMessage, Page


@pytest.fixture(scope="session")
def server_address(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a database of its own."""
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
    context = browser.new_context(base_url=server_address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def _is_fault(message: ConsoleMessage) -> bool:
    """Errors, but not the browser's own remark that a form came back with a fault in it."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots are kept: outside the repository."""
    folder = Path(os.environ.get("CPI1540_SCREENSHOTS") or Path(tempfile.gettempdir()) / "cpi1540-screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder

"""A server on loopback, and Debian's Chromium."""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from installed import close, make_app, need
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from waitress.server import create_server

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def address(sqlite_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a database of its own."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(sqlite_made, folder / "record.sqlite")
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    close(app)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    need(found, "Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails its test when the console shows an error."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
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

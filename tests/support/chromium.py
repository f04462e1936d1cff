"""Debian's Chromium and a server for it, for the tests in the browser and for the pictures of the README."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from waitress.server import BaseWSGIServer, create_server

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """Where Chromium is; None when it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which ``app`` is served meanwhile, on a free port of this machine."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Answers under way come first: each wakes the loop when it is written.
        server.task_dispatcher.shutdown(timeout=60)
        # The loop itself closes what it waits on; closed from here, it would wait on sockets that are gone.
        server.trigger.pull_trigger(lambda: _close(server))
        loop.join()


def _close(server: BaseWSGIServer) -> None:
    for channel in list(server.active_channels.values()):
        channel.handle_close()
    server.close()

"""A server that is killed while it saves a hundred fields leaves all of them or none."""

import contextlib
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from installed import close, make_app

from cpi1540.desk import installation
from cpi1540.foundation.access import SYSTEM
from cpi1540.matrix.layout import Field
from cpi1540.matrix.record import Code
from cpi1540.matrix.service import drafts, layouts, reading
from cpi1540.states import service as states

PAGE = "/en/practice/states/XAF/draft/many"


def command(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "CPI1540_INSTANCE": str(folder), "CPI1540_DATABASE_URL": ""}
    return subprocess.Popen(
        [sys.executable, "-m", "cpi1540", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Officer:
    """A desk officer at a server, without a browser."""

    def __init__(self, port: int) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.address = f"http://127.0.0.1:{port}"
        self.token = ""

    def get(self, path: str) -> str:
        text = self.opener.open(self.address + path, timeout=20).read().decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.token = found.group(1) if found else self.token
        return str(text)

    def post(self, path: str, data: list[tuple[str, str]]) -> str:
        body = urllib.parse.urlencode([("csrf_token", self.token), *data]).encode()
        return str(self.opener.open(self.address + path, body, timeout=20).read().decode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(port: int) -> None:
    for _attempt in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.mark.long
@pytest.mark.parametrize("wait", [0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3])
def test_a_hundred_fields_are_saved_or_none(tmp_path: Path, wait: float) -> None:
    assert command(tmp_path, "demo", "--no-serve").wait(180) == 0
    port = free_port()
    server = command(tmp_path, "serve", "--port", str(port))
    try:
        ready(port)
        officer = Officer(port)
        officer.get("/en/sign-in")
        officer.post("/en/continue-as/desk-officer", [])
        officer.get(PAGE)
        keys = [field.key for field in _fields(tmp_path)]
        asked = [("work", "set"), ("option", "NA"), *(("field", key) for key in keys)]
        preview = officer.post(PAGE, [*asked, ("step", "preview")])
        read = re.findall(r'name="(read:[^"]+)" value="(\d+)"', preview)
        assert len(read) == 100

        def apply() -> None:
            with contextlib.suppress(OSError, urllib.error.URLError, EOFError):
                officer.post(PAGE, [*asked, *read, ("step", "apply")])

        sending = threading.Thread(target=apply)
        sending.start()
        time.sleep(wait)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
    sending.join()
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}")
    with app.app_context():
        draft = drafts.open_version(states.find("XAF"), SYSTEM)
        assert draft is not None
        entries = reading.matrix(draft).entries
        applied = {entries[key].code is Code.NOT_APPLICABLE for key in keys}
        assert len(applied) == 1
        assert draft.revision == (1 if applied == {True} else 0)
        assert all(check.ok for check in installation.checks())
    close(app)


def _fields(folder: Path) -> list[Field]:
    """A hundred fields of OP 3 (c) and (d) that are not NA yet."""
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    with app.app_context():
        draft = drafts.open_version(states.find("XAF"), SYSTEM)
        assert draft is not None
        entries = reading.matrix(draft).entries
        layout = layouts.layout(draft.layout)
        found = [
            field
            for field in layout.fields
            if field.section == "op3cd" and entries[field.key].code is not Code.NOT_APPLICABLE
        ][:100]
    close(app)
    return found

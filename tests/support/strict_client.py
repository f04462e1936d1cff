"""A client that reads each page strictly: language, direction, one heading, labels, valid HTML, nothing inline."""

import datetime
import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cpi1540.locales import BY_CODE

HALF_AN_HOUR = datetime.timedelta(minutes=30)
_LABELLED = ("aria-label", "aria-labelledby", "title")


class StrictClient:
    """Wraps Flask's test client; ``get`` and ``post`` check what comes back before they return it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.kept: tuple[datetime.datetime, str, str] | None = None  # when, for which session, the token

    def get(self, address: str, status: int = 200) -> TestResponse:
        return self._checked(self.client.get(address), address, status)

    def post(self, address: str, data: dict[str, Any] | None = None, status: int = 302) -> TestResponse:
        """Post with the token of a page seen before, as a browser would."""
        token = self.token(address)
        sent = self.client.post(address, data={"csrf_token": token, **(data or {})})
        return self._checked(sent, address, status)

    def token(self, address: str) -> str:
        """The token of the sign-in page, fetched again when the session is another or half an hour has gone by."""
        with self.client.session_transaction() as session:
            secret = session.get("csrf_token")
        now = datetime.datetime.now(datetime.UTC)
        if self.kept and self.kept[1] == secret and datetime.timedelta() <= now - self.kept[0] < HALF_AN_HOUR:
            return self.kept[2]
        language = address.split("/")[1]
        page = self.client.get(f"/{language}/sign-in").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, "the sign-in page has no token"
        with self.client.session_transaction() as session:
            self.kept = (now, session["csrf_token"], found.group(1))
        return found.group(1)

    def continue_as(self, role: str) -> None:
        self.post(f"/en/continue-as/{role}")

    def _checked(self, response: TestResponse, address: str, status: int) -> TestResponse:
        assert response.status_code == status, (address, response.status_code, response.get_data(as_text=True)[:600])
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        if response.mimetype == "text/html" and status != 302:
            check_page(response.get_data(as_text=True), address)
        return response


def check_page(text: str, address: str) -> Element:
    """Assert what every page keeps to; returns its tree."""
    assert "Traceback" not in text, address
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(text)
    assert not parser.errors, (address, parser.errors[:3])
    language = BY_CODE.get(address.split("/")[1])
    if language:
        assert tree.get("lang") == language.tag, address
        assert tree.get("dir") == language.direction, address
    assert len(list(tree.iter("h1"))) == 1, address
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids)), (address, sorted(each for each in ids if ids.count(each) > 1))
    labelled = {label.get("for") for label in tree.iter("label")}
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        assert not any(name == "style" or name.startswith("on") for name in node.attrib), (address, node.tag)
        if node.tag in ("input", "select", "textarea") and node.get("type") not in ("hidden", "submit"):
            assert node.get("id") in labelled or any(node.get(name) for name in _LABELLED), (address, node.get("name"))
        if node.tag == "script":
            assert node.get("src") and not (node.text or "").strip(), address
        assert node.tag != "style", address
    return tree

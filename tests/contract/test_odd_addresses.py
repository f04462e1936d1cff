"""Odd addresses get a page, never a fault: on both databases."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from strict_client import StrictClient

from cpi1540.matrix.service import drafts

ODD = [
    ("/en/states/FRA?version=" + "9" * 30, 404),
    ("/en/states/FRA/matrix.xlsx?version=" + "9" * 30, 404),
    ("/en/states/FRA?version=-1", 404),
    ("/en/states/FRA?version=%00", 404),
    ("/en/states/%00", 404),
    ("/en/states/F%00A", 404),
    ("/en/states?group=%00", 404),
    ("/en/states?q=%00", 200),
    ("/en/states?q=%25_", 200),
    ("/en/states?lang=fr&record=practice&endpoint=x&_anchor=y&_external=1&_method=POST", 200),
    ("/en/states/FRA?state=KEN", 200),
    ("/en/search?q=%F0%9F%98%80%00%01", 200),
]


def test_odd_addresses(client: StrictClient) -> None:
    for address, status in ODD:
        client.get(address, status=status)


def test_a_sign_in_name_with_a_control_character(client: StrictClient) -> None:
    client.post("/en/sign-in", {"sign_in_name": "a\0b", "password": "x"}, status=422)


def test_signing_in_never_leads_elsewhere(client: StrictClient) -> None:
    for target in (
        "/\t/evil.example",
        "/\r\nX: y",
        "/en\\evil",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
    ):
        answer = client.post("/en/continue-as/briefer", {"next": target})
        assert answer.headers["Location"] == "/en/"


def test_two_writers_at_the_same_moment_are_told(practice_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def collide(*_arguments: object, **_values: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("uq_version_open"))

    monkeypatch.setattr(drafts, "draft_of", collide)
    client = StrictClient(practice_app)
    client.continue_as("desk-officer")
    page = client.post("/en/practice/states/XAA/draft/start", {}, 409).get_data(as_text=True)
    assert "Somebody else saved at the same moment" in page


def test_a_field_with_odd_characters_is_refused_as_data(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("desk-officer")
    data = {"field": "op2.use\0.nw", "option": "X", "revision": "9" * 30}
    answer = client.post("/en/practice/states/XAF/draft/save", data, 400)
    assert answer.get_json()["error"] == "refused"

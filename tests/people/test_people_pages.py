"""The pages of people: inviting, the link, roles, one's own password, and a form that outlives its session."""

import re

import pytest
from flask import Flask
from people_of_tests import LONG, make
from strict_client import StrictClient, check_page

from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import transaction
from cpi1540.people.account import Held, Standing
from cpi1540.people.service import accounts, sessions

TYPED = {"reason-0": "Line one\nالسطر الثاني & <b>", "place": "0", "password": "secret words", "csrf_token": "old"}
EXPLAIN = "/en/practice/states/XAA/draft/explain"
ORIGIN = {"Origin": "http://localhost"}


def account(app: Flask, sign_in_name: str) -> accounts.Account:
    with app.app_context():
        return accounts.account_named(sign_in_name, SYSTEM)


def hidden(page: str) -> list[tuple[str, str]]:
    tree = check_page(page, "/en/")
    main = next(node for node in tree.iter("main"))
    return [
        (node.get("name") or "", node.get("value") or "") for node in main.iter("input") if node.get("type") == "hidden"
    ]


def test_from_an_invitation_to_the_first_page(client: StrictClient) -> None:
    client.continue_as("administrator")
    typed = {"name": "Ada Obi", "sign_in_name": "ada", "role": "desk-officer", "scope": "weog"}
    page = client.post("/en/people/invite", typed, status=200)
    assert page.headers["Cache-Control"] == "no-store"
    link = re.search(r'value="http://localhost(/en/invitation/[^"]+)"', page.get_data(as_text=True))
    assert link
    assert "Ada Obi" in client.get("/fr/people").get_data(as_text=True)

    guest = StrictClient(client.app)
    shown = guest.get(link.group(1))
    assert (shown.headers["Referrer-Policy"], shown.headers["Cache-Control"]) == ("no-referrer", "no-store")
    for password, again, said in (
        ("short", "short", "at least 12 characters"),
        (LONG, "different", "not the same"),
        ("passwordpassword", "passwordpassword", "among the first that are tried"),
    ):
        refused = guest.post(link.group(1), {"password": password, "again": again}, status=422)
        assert said in refused.get_data(as_text=True)
        assert password not in refused.get_data(as_text=True)
    guest.post(link.group(1), {"password": LONG, "again": LONG})
    assert "Ada Obi" in guest.get("/en/account").get_data(as_text=True)
    late = guest.get(link.group(1), status=404).get_data(as_text=True)
    assert "This link does not open anything" in late
    assert "This link does not open anything" in guest.get("/en/invitation/x", status=404).get_data(as_text=True)


def test_what_is_wrong_in_an_invitation_stands_at_its_field(client: StrictClient) -> None:
    client.continue_as("administrator")
    for typed, at in (
        ({"name": "", "sign_in_name": "a", "role": "briefer"}, "name-err"),
        ({"name": "A", "sign_in_name": "reviewer", "role": "briefer"}, "sign_in_name-err"),
        ({"name": "A", "sign_in_name": "a b", "role": "briefer"}, "sign_in_name-err"),
        ({"name": "A", "sign_in_name": "a", "role": "moon"}, "role-err"),
        ({"name": "A", "sign_in_name": "a", "role": "focal-point", "scope": "all"}, "scope-err"),
        ({"name": "A", "sign_in_name": "a", "role": "briefer", "scope": "ZZZ"}, "scope-err"),
    ):
        page = client.post("/en/people/invite", typed, status=422).get_data(as_text=True)
        assert f'id="{at}"' in page
        assert f'value="{typed["sign_in_name"]}"' in page
    with client.app.app_context():
        assert len(accounts.people(SYSTEM)) == 7


def test_roles_disabling_and_links_on_a_page(client: StrictClient) -> None:
    with client.app.app_context():
        actor = make("ada", Role.BRIEFER)
    client.continue_as("administrator")
    page = f"/en/people/{actor}"
    client.post(f"{page}/roles", {"role": "focal-point", "scope": "KEN"})
    assert account(client.app, "ada").held == (Held("briefer", "all"), Held("focal-point", "KEN"))
    assert "Kenya" in client.get(page).get_data(as_text=True)
    client.post(f"{page}/roles", {"role": "focal-point", "scope": "all"}, status=422)
    client.post(f"{page}/roles/remove", {"held": "briefer|all"})
    client.post(f"{page}/roles/remove", {"held": "briefer|all"}, status=409)
    client.post(f"{page}/roles/remove", {"held": "moon|all"}, status=400)
    assert account(client.app, "ada").held == (Held("focal-point", "KEN"),)
    client.post(f"{page}/disable")
    assert account(client.app, "ada").standing is Standing.DISABLED
    client.post(f"{page}/link", status=409)
    client.post(f"{page}/enable")
    assert "/en/invitation/" in client.post(f"{page}/link", status=200).get_data(as_text=True)
    own = account(client.app, "administrator").actor
    refused = client.post(f"/en/people/{own}/disable", status=409).get_data(as_text=True)
    assert "This is the last administrator." in refused
    for act in ("", "/roles", "/roles/remove", "/disable", "/enable", "/link"):
        if act:
            client.post(
                f"/en/people/unknown{act}", {"role": "briefer", "scope": "all", "held": "briefer|all"}, status=404
            )
        else:
            client.get("/en/people/unknown", status=404)


def test_changing_one_s_own_password(client: StrictClient) -> None:
    with client.app.app_context():
        make("ada", Role.BRIEFER)
    client.post("/en/sign-in", {"sign_in_name": "ada", "password": LONG})
    other = StrictClient(client.app)
    other.post("/en/sign-in", {"sign_in_name": "ada", "password": LONG})
    new = "nine boats and a bridge"
    client.post("/en/account", {"old": "wrong", "password": new, "again": new}, status=422)
    client.post("/en/account", {"old": LONG, "password": "short", "again": "short"}, status=422)
    client.post("/en/account", {"old": LONG, "password": new, "again": new})
    assert "Your password is changed" in client.get("/en/account").get_data(as_text=True)
    other.get("/en/account", status=302)
    other.post("/en/sign-in", {"sign_in_name": "ada", "password": LONG}, status=422)
    other.post("/en/sign-in", {"sign_in_name": "ada", "password": new})


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Anything"])
def test_a_role_is_continued_on_this_machine_only(client: StrictClient, header: str) -> None:
    assert "continue-as" in client.get("/en/sign-in").get_data(as_text=True)
    token = client.token("/en/sign-in")
    for headers in ({header: "for=10.0.0.1"}, {"Host": "portal.example"}):
        assert "continue-as" not in client.client.get("/en/sign-in", headers=headers).get_data(as_text=True)
        sent = client.client.post("/en/continue-as/administrator", data={"csrf_token": token}, headers=headers)
        assert sent.status_code in (400, 404)
    away = client.client.post(
        "/en/continue-as/administrator", data={"csrf_token": token}, environ_base={"REMOTE_ADDR": "10.0.0.1"}
    )
    assert away.status_code == 404


def expired(client: StrictClient, role: str = "desk-officer") -> str:
    """Sign in, let the session end behind the browser's back, and return the form's token."""
    client.continue_as(role)
    token = client.token("/en/")
    with client.app.app_context(), transaction():
        for person in accounts.people(SYSTEM):
            row = accounts._person(person.actor)
            sessions.end_all(row.id)
    return token


def test_a_form_outlives_its_session(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    token = expired(client)
    sent = client.client.post(EXPLAIN + "?from=here", data={**TYPED, "csrf_token": token})
    assert sent.status_code == 401
    kept = dict(hidden(sent.get_data(as_text=True)))
    assert kept["carried:reason-0"] == TYPED["reason-0"]
    assert kept["carried-address"] == EXPLAIN + "?from=here"
    assert "secret words" not in sent.get_data(as_text=True)
    assert "carried:csrf_token" not in kept

    wrong = client.client.post("/en/sign-in", data={**kept, "sign_in_name": "x", "password": "y"})
    assert wrong.status_code == 422
    assert dict(hidden(wrong.get_data(as_text=True)))["carried:reason-0"] == TYPED["reason-0"]

    back = client.client.post("/en/continue-as/desk-officer", data=kept)
    assert back.status_code == 200
    assert "Your form is here again" in back.get_data(as_text=True)
    again = dict(hidden(back.get_data(as_text=True)))
    assert again["reason-0"] == TYPED["reason-0"]
    assert set(again) == {"csrf_token", "reason-0", "place"}
    assert f'action="{EXPLAIN}?from=here"' in back.get_data(as_text=True)
    arrived = client.client.post(EXPLAIN, data=again)
    assert arrived.status_code in (302, 404)  # the view answers: there may be no draft


def test_another_person_who_signs_in_meets_the_permissions(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    token = expired(client)
    sent = client.client.post(EXPLAIN, data={**TYPED, "csrf_token": token})
    kept = dict(hidden(sent.get_data(as_text=True)))
    back = client.client.post("/en/continue-as/briefer", data=kept)
    again = dict(hidden(back.get_data(as_text=True)))
    assert client.client.post(EXPLAIN, data=again).status_code == 403


def test_a_form_whose_cookie_is_gone_waits_too(practice_app: Flask) -> None:
    client = practice_app.test_client()
    for headers in (ORIGIN, {"Sec-Fetch-Site": "same-origin"}):
        sent = client.post(EXPLAIN, data=TYPED, headers=headers)
        assert sent.status_code == 401
        assert ("carried:place", "0") in hidden(sent.get_data(as_text=True))
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.post(EXPLAIN, data=TYPED, headers=headers).status_code == 400


def test_a_long_form_says_so(practice_app: Flask) -> None:
    client = practice_app.test_client()
    sent = client.post(EXPLAIN, data={"a": "x" * 200_001}, headers=ORIGIN)
    assert sent.status_code == 401
    assert "too long to be kept" in sent.get_data(as_text=True)
    assert "xxxx" not in sent.get_data(as_text=True)


def test_a_script_gets_a_sentence(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    token = expired(client)
    for data in ({"csrf_token": token}, {}):
        headers = {"Accept": "application/json", **ORIGIN}
        sent = client.client.post("/en/practice/states/XAA/draft/save", data=data, headers=headers)
        assert sent.status_code == 401
        assert sent.get_json()["error"] == "signed-out"
        assert sent.get_json()["sentence"].startswith("You are not signed in any more.")


@pytest.mark.parametrize("address", ["https://evil.example/x", "//evil.example", "/\\evil.example", "/\t/evil.example"])
def test_a_carried_form_stays_here(client: StrictClient, address: str) -> None:
    answer = client.post("/en/continue-as/briefer", {"carried-address": address, "carried:a": "b"})
    assert answer.headers["Location"] == "/en/"

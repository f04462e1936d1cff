"""Every page opens in every language, reads strictly, and is marked with who may open it."""

import re

import pytest
from flask import Flask
from pages_table import (
    ADMINISTRATORS,
    AFTER_AN_UPLOAD,
    AT_THE_DESK,
    BY_A_LINK,
    NO_PAGE,
    PERSON,
    PRACTICE,
    PUBLIC,
    SIGNED_IN,
    address,
    name,
)
from strict_client import StrictClient

from cpi1540.locales import CODES

IDS = [name(*page) for page in PUBLIC]


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize(("endpoint", "values"), PUBLIC, ids=IDS)
def test_every_page_in_every_language(reader: StrictClient, endpoint: str, values: dict[str, str], lang: str) -> None:
    response = reader.get(address(reader.app, endpoint, values, lang))
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_pages_of_those_signed_in(client: StrictClient) -> None:
    pages = [address(client.app, *page, lang) for page in SIGNED_IN for lang in CODES]
    for page in pages:
        refused = client.get(page, status=302)
        assert f"/{page.split('/')[1]}/sign-in?next=" in refused.headers["Location"]
    client.continue_as("briefer")
    for page in pages:
        client.get(page)


def test_pages_of_administrators(client: StrictClient) -> None:
    client.continue_as("administrator")
    account = client.get("/en/account").get_data(as_text=True)
    actor = re.search(r"<bdi>([0-9a-f]{16})</bdi>", account)
    assert actor
    pages = []
    for endpoint, values in ADMINISTRATORS:
        known = {key: actor.group(1) if value == PERSON else value for key, value in values.items()}
        pages += [address(client.app, endpoint, known, lang) for lang in CODES]
    for page in pages:
        client.get(page)
    client.continue_as("desk-officer")
    for page in pages:
        client.get(page, status=403)


@pytest.mark.parametrize("role", ["desk-officer", "reviewer", "focal-point", "coordinator"])
def test_pages_at_the_desk(practice_app: Flask, role: str) -> None:
    client = StrictClient(practice_app)
    client.continue_as(role)
    for endpoint, values, who in AT_THE_DESK:
        for lang in CODES if who == role else ():
            client.get(address(practice_app, endpoint, values, lang, "practice"))


def test_no_page_is_left_out(read_app: Flask) -> None:
    routed = {
        rule.endpoint for rule in read_app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint
    }
    listed = {endpoint for endpoint, _values in (*PUBLIC, *SIGNED_IN, *ADMINISTRATORS)}
    listed |= {endpoint for endpoint, _values, _role in AT_THE_DESK}
    listed |= NO_PAGE | AFTER_AN_UPLOAD | BY_A_LINK
    assert routed == listed


def test_every_view_says_who_may_open_it(read_app: Flask) -> None:
    unmarked = [name for name, view in read_app.view_functions.items() if not getattr(view, "access", None)]
    assert unmarked == []


@pytest.mark.parametrize("lang", CODES)
def test_a_missing_page_is_translated(reader: StrictClient, lang: str) -> None:
    page = reader.get(f"/{lang}/no-such-page", status=404).get_data(as_text=True)
    assert ("<h1>There is no page at this address</h1>" in page) == (lang == "en")


@pytest.mark.parametrize(
    "path",
    [
        "/en/states/ZZZ",
        "/en/states/FRA/matrix/op9",
        "/en/states/FRA?version=99",
        "/en/states/FRA?version=x",
        "/en/states?group=moon",
        "/en/practice/states/FRA",
        "/xx/states",
    ],
)
def test_what_does_not_exist_answers_404(reader: StrictClient, path: str) -> None:
    reader.get(path, status=404)


def test_the_root_chooses_by_the_browser(read_app: Flask) -> None:
    client = read_app.test_client()
    for wanted, lang in (("ar,en;q=0.5", "ar"), ("zh-CN", "zh"), ("de", "en"), ("ru-RU,ru;q=0.9", "ru")):
        response = client.get("/", headers={"Accept-Language": wanted})
        assert response.headers["Location"] == f"/{lang}/"
        assert "Accept-Language" in response.headers["Vary"]


def test_switching_the_language_keeps_page_and_query(reader: StrictClient) -> None:
    page = reader.get("/en/states?group=weog&q=land").get_data(as_text=True)
    assert 'href="/ar/states?group=weog&amp;q=land"' in page


@pytest.mark.parametrize("asked", ["新加坡", "سنغافورة", "Сингапур", "singapur", "SGP"])
def test_a_state_is_found_in_any_language(reader: StrictClient, asked: str) -> None:
    page = reader.get(f"/en/states?q={asked}").get_data(as_text=True)
    assert 'href="/en/states/SGP"' in page
    assert page.count('class="cov-name"') == 1


def test_no_headline_from_op_1_alone(reader: StrictClient) -> None:
    page = reader.get("/en/states").get_data(as_text=True)
    assert page.count("no figure</span>") == 193
    assert "ivl-point" not in page.split('<ul class="key">')[0]


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize(("endpoint", "values"), PRACTICE, ids=[name(*page) for page in PRACTICE])
def test_every_page_of_the_practice_record(
    practice_reader: StrictClient, endpoint: str, values: dict[str, str], lang: str
) -> None:
    page = practice_reader.get(address(practice_reader.app, endpoint, values, lang, "practice"))
    assert 'class="practice"' in page.get_data(as_text=True)


def test_no_page_mixes_the_two_records(practice_reader: StrictClient) -> None:
    assert "XAC" not in practice_reader.get("/en/states").get_data(as_text=True)
    assert "FRA" not in practice_reader.get("/en/practice/states").get_data(as_text=True)
    assert 'href="/en/states/' not in practice_reader.get("/en/search?q=dzavanga").get_data(as_text=True)
    practice_reader.get("/en/states/XAC", status=404)
    practice_reader.get("/en/practice/states/FRA", status=404)


def test_a_page_that_answers_a_form_leads_home_in_another_language(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("reviewer")
    page = client.post("/en/practice/states/XBF/draft/steps/submit", {"revision": "0"}, 409).get_data(as_text=True)
    assert 'hreflang="fr" href="/fr/practice/"' in page

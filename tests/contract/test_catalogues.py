"""The catalogues: up to date with the sources, complete in all six languages, placeholders and tags kept."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from catalogues import FOLDER, LOCALES, extract

PLACEHOLDER = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?[a-z][^>]*>")
TRANSLATED = [locale for locale in LOCALES if locale != "en"]


def catalogue(locale: str) -> Catalog:
    with (FOLDER / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=locale)


def messages(locale: str) -> list[Message]:
    return [message for message in catalogue(locale) if message.id]


def forms(value: object) -> list[str]:
    return list(value) if isinstance(value, (list, tuple)) else [str(value)]


def test_the_template_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER.parent)
    fresh = tmp_path / "messages.pot"
    extract(fresh)
    assert fresh.read_text("utf-8") == (FOLDER / "messages.pot").read_text("utf-8"), "run: make translations"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_catalogue_has_the_sentences_of_the_template(locale: str) -> None:
    with (FOLDER / "messages.pot").open("rb") as file:
        wanted = {str(message.id) for message in read_po(file) if message.id}
    assert {str(message.id) for message in messages(locale)} == wanted


@pytest.mark.parametrize("locale", TRANSLATED)
def test_complete_and_none_fuzzy(locale: str) -> None:
    plurals = catalogue(locale).num_plurals
    open_messages = [
        message.id
        for message in messages(locale)
        if message.fuzzy
        or not all(forms(message.string))
        or (message.pluralizable and len(forms(message.string)) != plurals)
    ]
    assert open_messages == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_placeholders_and_tags_are_kept(locale: str) -> None:
    for message in messages(locale):
        wanted = {tuple(sorted(PLACEHOLDER.findall(text))) for text in forms(message.id)}
        tags = {tuple(sorted(TAG.findall(text))) for text in forms(message.id)}
        for text in filter(None, forms(message.string)):  # an open one is the other test's business
            assert tuple(sorted(PLACEHOLDER.findall(text))) in wanted, (locale, message.id, text)
            assert tuple(sorted(TAG.findall(text))) in tags, (locale, message.id, text)


def test_french_marks_never_begin_a_line() -> None:
    """A colon and its like, and the inside of guillemets, stand at a space that breaks no line."""
    loose = re.compile(r" [:;!?»](?=[\s.,)…]|$)|« ")
    found = [text for message in messages("fr") for text in forms(message.string) if loose.search(text)]
    assert found == []

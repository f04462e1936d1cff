"""Every chart in a language made up to be longer than any of the six, from left to right and from right to left.

Every sentence and every name is longer by two fifths, and many words are run together, as German does.
"""

import re
import sys
from collections.abc import Iterator, Mapping

import pytest
from drawn_texts import outside, overlapping, texts_of
from flask import Flask
from flask_babel import get_translations
from strict_client import StrictClient
from test_every_chart import KINDS, app_of, questions

from cpi1540.briefing.charts.canvas import NARROW, SLIDE, WIDE
from cpi1540.briefing.charts.slides import draw_slides
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import drawing, typefaces, words
from cpi1540.foundation import languages
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.languages import current_language, speaking

# A placeholder, which stays, or a word of four letters or more, with the one after it.
PART = re.compile(r"%\(\w+\)s|%%|([^\W\d_]{4,})( ?)")


@pytest.fixture(scope="module")
def record(practice_reader: StrictClient, read_app: Flask) -> dict[str, Flask]:
    return {"practice": practice_reader.app, "members": read_app}


def lengthened(text: str) -> str:
    """The text with every longer word longer by two fifths, every third run together with the next."""
    place = 0

    def longer(found: re.Match[str]) -> str:
        nonlocal place
        word, space = found[1], found[2]
        if word is None:
            return found[0]
        place += 1
        return word + word[: max(2, round(len(word) * 0.4))] + ("" if place % 3 == 0 else space)

    return PART.sub(longer, text)


@pytest.fixture
def long_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All sentences and names of the portal, lengthened."""
    name = languages.name

    def said(text: str, **params: object) -> str:
        told = lengthened(get_translations().gettext(text))
        return told % params if params else told

    def counted(one: str, several: str, num: int, /, **params: object) -> str:
        return lengthened(get_translations().ngettext(one, several, num)) % params

    def named(names: Mapping[str, str]) -> str:
        return lengthened(name(names))

    monkeypatch.setattr(languages, "gettext", said)
    monkeypatch.setattr(languages, "ngettext", counted)
    for module in [each for key, each in sys.modules.items() if key.startswith("cpi1540.")]:
        if getattr(module, "name", None) is name:
            monkeypatch.setattr(module, "name", named)
    yield


def test_words_are_longer_and_placeholders_stay() -> None:
    assert lengthened("%(scope)s: measures are recorded") == "%(scope)s: measuresmea are recordedrec"
    assert lengthened("each State with measures now") == "eachea StateSt withwimeasuresmea now"
    assert len(lengthened("Wissenschaftliche Untersuchungen")) >= 1.35 * len("Wissenschaftliche Untersuchungen")


@pytest.mark.usefixtures("long_words")
@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("name", KINDS)
def test_long_texts_stand_apart_and_inside(name: str, code: str, record: dict[str, Flask]) -> None:
    with app_of(KINDS[name], record).app_context(), speaking(code):
        chart = make(name, next(questions(KINDS[name])), SYSTEM).chart
        for shape in (WIDE, NARROW):
            drawn = drawing(chart, shape)
            texts = texts_of(drawn.figure)
            assert outside(drawn.figure, texts, shape.margin) == [], shape.name
            assert overlapping(texts) == [], shape.name
        for slide in draw_slides(chart, current_language(), words(), typefaces()):
            texts = texts_of(slide.figure)
            assert outside(slide.figure, texts, SLIDE.margin) == []
            assert overlapping(texts) == []

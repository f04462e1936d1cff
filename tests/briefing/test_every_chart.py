"""Every chart that is registered, on the record: in every language and in both shapes."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from drawn_texts import broken_words, outside, overlapping, texts_of
from flask import Flask
from strict_client import StrictClient

from cpi1540.briefing.chart_kinds import CHARTS, GROUP, RECORD, STATE, STATES, ChartKind
from cpi1540.briefing.charts.canvas import NARROW, WIDE
from cpi1540.briefing.recipe import canonical
from cpi1540.briefing.service.making import MAKERS, make
from cpi1540.briefing.service.numbers import numbers_csv
from cpi1540.briefing.service.pictures import drawing, picture, typefaces, words
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.languages import speaking
from cpi1540.locales import CODES
from cpi1540.states import service as states

KINDS = {kind.name: kind for kind in CHARTS}
# What a chart is tried on: the practice record's States that have much and nothing, a group, the record.
NAMED = {"practice": ("XAH",), "members": ("FRA",)}
SEVERAL = {"practice": ("XAA", "XAB", "XAH"), "members": ("FRA", "PRK", "STP")}
# Three columns of a phone hold no word of eighteen letters.
BROKEN = {("heatmap-fields", "ru", NARROW)}


@pytest.fixture(scope="module")
def record(practice_reader: StrictClient, read_app: Flask) -> dict[str, Flask]:
    return {"practice": practice_reader.app, "members": read_app}


def questions(kind: ChartKind) -> Iterator[ChartQuestion]:
    """One for each scope that the chart takes; the whole record first."""
    practice = "practice" in kind.records
    name = "practice" if practice else "members"
    for scope in (RECORD, GROUP, STATES, STATE):
        if scope not in kind.scopes:
            continue
        if scope == RECORD:
            yield ChartQuestion(tuple(states.states(practice=practice)), practice=practice)
        elif scope == GROUP:
            chosen = states.states(practice=practice, group="grulac")
            yield ChartQuestion(tuple(chosen), group="grulac", practice=practice)
        else:
            codes = (NAMED if scope == STATE else SEVERAL)[name]
            yield ChartQuestion(tuple(states.find(code) for code in codes), named=True, practice=practice)


def app_of(kind: ChartKind, record: dict[str, Flask]) -> Flask:
    return record["practice" if "practice" in kind.records else "members"]


def test_each_kind_has_its_maker() -> None:
    assert set(MAKERS) == set(KINDS)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", KINDS)
def test_texts_stand_apart_and_inside(name: str, code: str, record: dict[str, Flask]) -> None:
    with app_of(KINDS[name], record).app_context(), speaking(code):
        # The widest scope everywhere; others where words are longest, and mirrored.
        others = {"ru": (WIDE,), "ar": (NARROW,)}.get(code, ())
        asked = list(questions(KINDS[name]))
        for place, question in enumerate(asked if others else asked[:1]):
            chart = make(name, question, SYSTEM).chart
            for shape in others if place else (WIDE, NARROW):
                with broken_words() as broken:
                    drawn = drawing(chart, shape)
                known = code == "zh" or (name, code, shape) in BROKEN
                assert broken == [] or known, (question.scope, shape.name)
                texts = texts_of(drawn.figure)
                typefaces().check("".join(text for text, _place in texts))
                assert outside(drawn.figure, texts, shape.margin) == [], (question.scope, shape.name)
                assert overlapping(texts) == [], (question.scope, shape.name)
                assert all(text.startswith("\u200f") for text, _ in texts) == (code == "ar")


@pytest.mark.parametrize("name", KINDS)
def test_it_says_what_it_rests_on(name: str, record: dict[str, Flask]) -> None:
    with app_of(KINDS[name], record).app_context():
        made = make(name, next(questions(KINDS[name])), SYSTEM)
        said = "".join(text for text, _ in texts_of(drawing(made.chart).figure)).replace(" ", "")
        for sentence in (
            made.chart.finding(words()),
            made.chart.source(words()),
            *(each for line in made.chart.facts(words()) for each in line),
            *made.chart.method(words()),
        ):
            assert words().translate(sentence).replace(" ", "") in said
        assert made.recipe.id in said
        assert "Notameasureofcompliance." in said


@pytest.mark.parametrize("name", KINDS)
def test_the_same_figures_give_the_same_bytes(name: str, record: dict[str, Flask]) -> None:
    with app_of(KINDS[name], record).app_context(), speaking("ar"):
        question = next(questions(KINDS[name]))
        made = make(name, question, SYSTEM)
        once, again = (picture(make(name, question, SYSTEM).chart, "svg") for _ in range(2))
        assert once == again
        assert canonical(made.recipe.content) == canonical(make(name, question, SYSTEM).recipe.content)
        root = ET.fromstring(once)
        values = [each.find("{*}title") for each in root.iter() if (each.get("id") or "").startswith("value-")]
        assert values
        assert all(value is not None and value.text for value in values)
        assert "style=" not in once.decode()
        assert "<style" not in once.decode()


@pytest.mark.parametrize("name", KINDS)
def test_the_numbers_behind_it_are_whole(name: str, record: dict[str, Flask]) -> None:
    with app_of(KINDS[name], record).app_context():
        chart = make(name, next(questions(KINDS[name])), SYSTEM).chart
        table = chart.table(words())
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert len({column.head for column in table.columns}) == len(table.columns)
        read = list(csv.reader(io.StringIO(numbers_csv(chart).decode("utf-8-sig"))))
        assert read[0] == [column.head for column in table.columns]
        assert len(read) > len(table.rows) + 5
        assert any("Not a measure of compliance." in line[0] for line in read if line)

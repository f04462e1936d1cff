"""Charts on slides: high as a slide has room, letters large enough, nothing lost between one slide and the next."""

from itertools import pairwise

import pytest
from drawn_texts import outside, overlapping, texts_of
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text
from strict_client import StrictClient
from test_every_chart import KINDS, app_of, questions

from cpi1540.briefing.charts.canvas import SLIDE
from cpi1540.briefing.charts.slides import Slide, divided, draw_slides
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import typefaces, words
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.languages import current_language, speaking
from cpi1540.locales import CODES

# Points that a pixel takes on the packs' slides, 873.6 points between the margins.
POINTS = 873.6 / SLIDE.width
LEAST = 9.0


@pytest.fixture(scope="module")
def record(practice_reader: StrictClient, read_app: Flask) -> dict[str, Flask]:
    return {"practice": practice_reader.app, "members": read_app}


@pytest.mark.parametrize("name", KINDS)
def test_each_chart_fits_slides_in_every_language(name: str, record: dict[str, Flask]) -> None:
    kind = KINDS[name]
    with app_of(kind, record).app_context():
        question = next(questions(kind))
        for code in CODES:
            with speaking(code):
                chart = make(name, question, SYSTEM).chart
                for slide in draw_slides(chart, current_language(), words(), typefaces()):
                    assert SLIDE.room is not None
                    assert slide.height <= SLIDE.room, (code, slide.parts)
                    assert smallest(slide) >= LEAST, (code, slide.parts)
                    drawn = texts_of(slide.figure)
                    assert outside(slide.figure, drawn, SLIDE.margin) == [], (code, slide.parts)
                    assert overlapping(drawn) == [], (code, slide.parts)


def smallest(slide: Slide) -> float:
    """The size of the smallest letters, in points on a slide."""
    sizes = [text.get_fontsize() for text in slide.figure.findobj(Text) if text.get_text().strip("\u200f")]
    return round(float(min(sizes)) * 100 / 72 * POINTS, 2)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("tiles", ()),
        ("heatmap-fields", ("OP 2 Prohibitions", "OP 3 (a) (b) Account, secure, protect")),
    ],
)
def test_long_charts_are_divided_by_what_belongs_together(
    name: str, parts: tuple[str, ...], record: dict[str, Flask]
) -> None:
    kind = KINDS[name]
    with app_of(kind, record).app_context():
        chart = make(name, next(questions(kind)), SYSTEM).chart
        slides = draw_slides(chart, current_language(), words(), typefaces())
        assert [slide.parts for slide in slides][: len(parts) or 1] == ([(part,) for part in parts] or [()])
        assert all(slide.width == SLIDE.width for slide in slides)
        assert all(slide.description.startswith(slide.parts) for slide in slides if slide.parts)


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("map", "histogram", "trend")])
def test_portions_together_are_the_whole(name: str, record: dict[str, Flask]) -> None:
    kind = KINDS[name]
    with app_of(kind, record).app_context():
        chart = make(name, next(questions(kind)), SYSTEM).chart
        n = len(chart.portions())
        if n < 2:
            return
        halves = [chart.portion(0, n // 2), chart.portion(n // 2, n)]
        assert [len(half.portions()) for half in halves] == [n // 2, n - n // 2]
        assert (*halves[0].portions(), *halves[1].portions()) == chart.portions()
        rows = [row for half in halves for row in half.table(words()).rows]
        assert set(rows) >= set(chart.table(words()).rows)


@given(names=st.lists(st.sampled_from("abc"), max_size=30), room=st.integers(1, 12))
def test_a_division_keeps_order_and_names_together(names: list[str], room: int) -> None:
    found = divided(tuple(sorted(names)), lambda each: each[1] - each[0] <= room)
    assert found[0][0] == 0
    assert found[-1][1] == len(names)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(past - start <= room for start, past in found)
    for name in set(names):
        if names.count(name) <= room:
            first = sorted(names).index(name)
            assert any(start <= first and first + names.count(name) <= past for start, past in found)

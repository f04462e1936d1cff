"""Every chart in every language: no text is clipped, none lies on another."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from chart_cases import CASES, chart, words
from matplotlib.backend_bases import RendererBase
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from cpi1540.briefing.charts import drawing, fonts
from cpi1540.foundation.messages import sentence
from cpi1540.locales import BY_CODE, CODES

DPI = 200
MARGIN = 40 * DPI / 100


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> fonts.Typefaces:
    return fonts.load(tmp_path_factory.mktemp("typefaces"))


def ink(text: Text, renderer: RendererBase) -> Bbox:
    """Where one line leaves ink: its window extent is a typeface's tallest letter high, whatever it says."""
    width, height, descent = renderer.get_text_width_height_descent(
        text.get_text(), text.get_fontproperties(), ismath=False
    )
    bottom = text.get_transform().transform(text.get_position())[1] - descent
    return Bbox.from_bounds(text.get_window_extent(renderer).x0, bottom, width, height)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Bbox]]:
    """What is really drawn, with the place it takes."""
    found: list[tuple[str, Bbox]] = []
    draw = Text.draw

    def record(self: Text, renderer: RendererBase, *args: Any, **kwargs: Any) -> None:
        draw(self, renderer, *args, **kwargs)
        if self.get_visible() and self.get_text():
            found.append((self.get_text(), ink(self, renderer)))

    monkeypatch.setattr(Text, "draw", record)
    return found


def overlap(one: Bbox, other: Bbox) -> bool:
    common = Bbox.intersection(one, other)
    return common is not None and common.width > 1 and common.height > 1


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_inside(
    case: str, code: str, faces: fonts.Typefaces, drawn: list[tuple[str, Bbox]]
) -> None:
    figure = drawing.draw(CASES[case](code), BY_CODE[code], words(code), faces).figure
    figure.set_dpi(DPI)
    figure.draw_without_rendering()
    width, height = figure.bbox.width, figure.bbox.height
    assert len(drawn) > 30
    for text, place in drawn:
        assert MARGIN <= place.x0 < place.x1 <= width - MARGIN, text
        assert 0 <= place.y0 < place.y1 <= height, text
        faces.check(text)
    assert [(a, b) for (a, one), (b, other) in combinations(drawn, 2) if overlap(one, other)] == []


def test_the_check_would_see_an_overlap(faces: fonts.Typefaces, drawn: list[tuple[str, Bbox]]) -> None:
    figure = drawing.draw(chart("en"), BY_CODE["en"], words("en"), faces).figure
    title = next(text for text in figure.findobj(Text) if "121" in text.get_text())
    figure.text(0, 0, "over", transform=figure.transFigure).set_position(
        figure.transFigure.inverted().transform(title.get_window_extent().min)
    )
    figure.draw_without_rendering()
    assert any(overlap(one, other) for (_, one), (_, other) in combinations(drawn, 2))


@pytest.mark.parametrize("code", CODES)
def test_every_figure_says_what_it_is(code: str, faces: fonts.Typefaces, drawn: list[tuple[str, Bbox]]) -> None:
    spoken = words(code)
    figure = drawing.draw(chart(code), BY_CODE[code], spoken, faces).figure
    figure.draw_without_rendering()
    said = " ".join(text.lstrip("\u200f") for text, _ in drawn)
    values = chart(code)
    told = [each for line in values.facts(spoken) for each in line]
    told += [*values.method(spoken), values.source(spoken), values.finding(spoken)]
    squeezed = said.replace(" ", "")
    for each in told:
        assert spoken.translate(each).replace(" ", "") in squeezed
    for notice in ("Not a measure of compliance.", "Practice data."):
        assert spoken.translate(sentence(notice)) in said
    assert "XAH" in said


def test_arabic_lines_take_their_direction_from_the_language(
    faces: fonts.Typefaces, drawn: list[tuple[str, Bbox]]
) -> None:
    drawing.draw(chart("ar"), BY_CODE["ar"], words("ar"), faces).figure.draw_without_rendering()
    assert all(text.startswith("\u200f") for text, _ in drawn)


def test_a_missing_character_stops_the_picture(faces: fonts.Typefaces) -> None:
    with pytest.raises(fonts.MissingGlyphs):
        values = chart("en")
        unknown = replace(values, ground=replace(values.ground, scope_name="กขค"))
        drawing.draw(unknown, BY_CODE["en"], words("en"), faces)

"""Every chart in every language: no text is clipped, none lies on another."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from chart_cases import CASES, chart, words
from drawn_texts import DPI, Drawn, outside, overlapping, recording
from matplotlib.text import Text

from cpi1540.briefing.charts import drawing, fonts
from cpi1540.briefing.charts.canvas import WIDE
from cpi1540.foundation.messages import sentence
from cpi1540.locales import BY_CODE, CODES


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> fonts.Typefaces:
    return fonts.load(tmp_path_factory.mktemp("typefaces"))


@pytest.fixture
def drawn() -> Iterator[Drawn]:
    """What is really drawn, with the place it takes."""
    with recording() as found:
        yield found


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_inside(case: str, code: str, faces: fonts.Typefaces, drawn: Drawn) -> None:
    figure = drawing.draw(CASES[case](code), BY_CODE[code], words(code), faces).figure
    figure.set_dpi(DPI)
    figure.draw_without_rendering()
    assert len(drawn) > 30
    faces.check("".join(text for text, _place in drawn))
    assert outside(figure, drawn, WIDE.margin) == []
    assert overlapping(drawn) == []


def test_the_check_would_see_an_overlap(faces: fonts.Typefaces, drawn: Drawn) -> None:
    figure = drawing.draw(chart("en"), BY_CODE["en"], words("en"), faces).figure
    title = next(text for text in figure.findobj(Text) if "121" in text.get_text())
    figure.text(0, 0, "over", transform=figure.transFigure).set_position(
        figure.transFigure.inverted().transform(title.get_window_extent().min)
    )
    figure.draw_without_rendering()
    assert overlapping(drawn)


@pytest.mark.parametrize("code", CODES)
def test_every_figure_says_what_it_is(code: str, faces: fonts.Typefaces, drawn: Drawn) -> None:
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


def test_arabic_lines_take_their_direction_from_the_language(faces: fonts.Typefaces, drawn: Drawn) -> None:
    drawing.draw(chart("ar"), BY_CODE["ar"], words("ar"), faces).figure.draw_without_rendering()
    assert all(text.startswith("\u200f") for text, _ in drawn)


def test_a_missing_character_stops_the_picture(faces: fonts.Typefaces) -> None:
    with pytest.raises(fonts.MissingGlyphs):
        values = chart("en")
        unknown = replace(values, ground=replace(values.ground, scope_name="กขค"))
        drawing.draw(unknown, BY_CODE["en"], words("en"), faces)

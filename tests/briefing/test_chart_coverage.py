"""The coverage chart: the finding it names, the shapes it draws, the way it reads."""

from dataclasses import replace

import numpy as np
import pytest
from chart_cases import ONLY_TREATIES, STATES, THIN, UNSEEN, chart, group_chart, row, words
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from cpi1540.briefing.charts import coverage, drawing, fonts
from cpi1540.briefing.charts.coverage_words import Row, read_aloud, reason
from cpi1540.coverage.figures import figure as coverage_figure
from cpi1540.locales import BY_CODE, CODES


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> fonts.Typefaces:
    return fonts.load(tmp_path_factory.mktemp("typefaces"))


def on_axes(figure: Figure, label: str) -> list[Artist]:
    (axes,) = figure.axes
    return [artist for artist in axes.get_children() if artist.get_label() == label]


def texts(figure: Figure) -> list[Text]:
    return [artist for artist in figure.artists if isinstance(artist, Text)]


def draw(values: coverage.CoverageChart, code: str, faces: fonts.Typefaces) -> Figure:
    return drawing.draw(values, BY_CODE[code], words(code), faces).figure


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (None, "Morwezi: measures are recorded in 121 of 308 applicable fields"),
        (THIN, "Morwezi: 63 of 308 applicable fields are reviewed, too few for a point"),
        (ONLY_TREATIES, "Morwezi: no field of OP 2 and OP 3 is reviewed yet; 1 section outside them has a figure"),
        (UNSEEN, "Morwezi: no figure yet, because no field is reviewed"),
    ],
)
def test_the_finding_fits_the_figures(counts: dict[str, dict[str, int]] | None, told: str) -> None:
    values = chart("en") if counts is None else chart("en", counts)
    assert words("en").translate(values.finding(words("en"))) == told


def test_where_no_field_applies_there_is_nothing_to_review() -> None:
    values = replace(chart("en", UNSEEN), total=row("Total", {"NA": 4}))
    assert str(values.finding(words("en"))) == "Morwezi: no figure, because no field applies"
    assert str(reason(values.total)) == "no field applies: no figure"
    assert str(reason(values.rows[0])) == "nothing reviewed: no figure"


def test_one_and_two_sections_are_said_in_their_forms() -> None:
    values = chart("en", {**ONLY_TREATIES, "op678": {"X": 3}})
    assert str(values.finding(words("en"))).endswith("2 sections outside them have a figure")
    arabic = chart("ar", {**ONLY_TREATIES, "op678": {"X": 3}})
    assert "ولقسمين خارجهما رقمان" in words("ar").translate(arabic.finding(words("ar")))


def test_scope_day_n_and_profile_stand_under_the_title() -> None:
    first, second = group_chart("en").facts(words("en"))
    assert [str(each) for each in first] == [
        "Coverage by regional group.",
        "As of November 24, 2026; layout 2017; weights of profile equal/1.",
    ]
    assert [words("en").translate(each) for each in second] == [
        "33 of 193 States reviewed.",
        "n = 57,953 fields, 264 not applicable; 7,689 of 57,689 reviewed.",
    ]
    values = chart("en")
    narrowed = replace(values, ground=replace(values.ground, narrowed_to=("nuclear weapons",)))
    assert "Only nuclear weapons." in [str(each) for each in narrowed.facts(words("en"))[0]]


def test_a_figure_is_a_box_with_its_point(faces: fonts.Typefaces) -> None:
    figure = draw(chart("en"), "en", faces)
    boxes, points = on_axes(figure, "range"), on_axes(figure, "point")
    assert len(boxes) == len(points) == 5
    box = boxes[0]
    assert isinstance(box, Rectangle)
    assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((38 / 66, 53 / 66))
    assert points[0].get_xdata() == pytest.approx([42.5 / 60] * 2)  # type: ignore[attr-defined]


def test_too_little_reviewed_is_dashed_and_has_no_point(faces: fonts.Typefaces) -> None:
    values = replace(chart("en", THIN), rows=(), own=())
    figure = draw(values, "en", faces)
    (thin,) = on_axes(figure, "thin")
    assert isinstance(thin, Rectangle)
    assert (thin.get_x(), thin.get_x() + thin.get_width()) == pytest.approx((41 / 308, 301 / 308))
    assert thin.get_linestyle() != "-"
    assert on_axes(figure, "point") == on_axes(figure, "range") == []


def test_no_figure_is_hatched_and_never_zero(faces: fonts.Typefaces) -> None:
    figure = draw(chart("en", UNSEEN), "en", faces)
    hatched = on_axes(figure, "none")
    assert len(hatched) == 6
    assert all(isinstance(each, Rectangle) and each.get_hatch() for each in hatched)
    assert on_axes(figure, "point") == on_axes(figure, "range") == on_axes(figure, "thin") == []
    said = [text.get_text() for text in texts(figure)]
    assert said.count("nothing reviewed: no figure") == 6
    assert "0.00" not in said


def test_the_key_shows_only_what_occurs(faces: fonts.Typefaces) -> None:
    def key(values: coverage.CoverageChart) -> set[str]:
        figure = draw(values, "en", faces)
        return {str(each.get_label()) for each in figure.artists} & {"range", "thin", "none"}

    assert key(chart("en")) == {"range", "thin"}
    assert key(chart("en", UNSEEN)) == {"none"}
    assert key(group_chart("en")) == {"range", "thin", "none"}


@pytest.mark.parametrize("code", CODES)
def test_the_scale_is_0_to_1_and_mirrored_in_arabic(code: str, faces: fonts.Typefaces) -> None:
    figure = draw(chart(code), code, faces)
    (axes,) = figure.axes
    assert axes.get_xlim() == ((1.0, 0.0) if code == "ar" else (0.0, 1.0))
    place = axes.get_position()
    start = 1 - place.x1 if code == "ar" else place.x0
    assert start > 0.3
    scale = [text for text in texts(figure) if text.get_text().lstrip("\u200f") in ("0", "1")]
    zero, one = (float(text.get_transform().transform(text.get_position())[0]) for text in scale)
    assert (zero > one) == (code == "ar")
    at_zero = float(axes.transData.transform((0.0, 0.0))[0])
    assert zero == pytest.approx(at_zero, abs=0.5)


def test_shapes_differ_without_colour(faces: fonts.Typefaces) -> None:
    figure = draw(group_chart("en"), "en", faces)
    looks = {
        (label, bool(each.get_hatch()), str(each.get_linestyle()))  # type: ignore[attr-defined]
        for label in ("range", "thin", "none")
        for each in on_axes(figure, label)
    }
    assert len({look[1:] for look in looks}) == 3


def test_rows_are_read_aloud() -> None:
    title, desc = drawing.describe(chart("en"), words("en"))
    assert title == "Morwezi: measures are recorded in 121 of 308 applicable fields"
    lines = desc.splitlines()
    assert "OP 2 Prohibitions: low 0.58, point 0.71, high 0.80; 60 of 66 reviewed." in lines
    assert (
        "OP 6, 7, 8 (d) Lists, assistance, information: low 0.17, high 0.83; too little reviewed for a point; 2 of 6 reviewed."
        in lines
    )
    assert lines[-1] == "Not a measure of compliance."
    assert str(read_aloud(row("OP 1", {}), words("en"))) == "OP 1: no field applies: no figure."


def test_a_row_is_made_of_a_figure() -> None:
    counts = np.array([[3, 2, 1, 1, 4]])
    made = Row.of("OP 2", coverage_figure(counts, counts.astype(np.float64), 0.5))
    assert made == row("OP 2", {"X": 3, "?": 2, "NA": 1, "blank": 1, "unreviewed": 4})


@pytest.mark.parametrize("code", CODES)
def test_the_scope_is_named_in_the_title(code: str) -> None:
    told = words(code).translate(chart(code).finding(words(code)))
    assert STATES[code] in told
    assert "%" not in told

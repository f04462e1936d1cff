"""The charts of the coverage family: their figures are those of the record, and their shapes say what they are."""

import datetime
from dataclasses import replace
from itertools import pairwise

import pytest
from chart_cases import row, words
from drawn_texts import texts_of
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Circle
from strict_client import StrictClient

from cpi1540.briefing.charts.canvas import NARROW, PAPER, WIDE, Shape
from cpi1540.briefing.charts.change_words import drawn_point, moved, signed
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.heatmap_fields import HeatmapFields
from cpi1540.briefing.charts.heatmap_sections import HeatmapSections
from cpi1540.briefing.charts.histogram import HistogramChart
from cpi1540.briefing.charts.shading import STEPS, step_of
from cpi1540.briefing.charts.tiles import Tiles
from cpi1540.briefing.charts.trend import Trend
from cpi1540.briefing.service import pictures
from cpi1540.briefing.service.coverage_charts import section_names
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import drawing
from cpi1540.briefing.service.questions import ChartQuestion, years_before
from cpi1540.briefing.service.time_charts import yearly
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service.figures import Question, coverage
from cpi1540.coverage.service.statistics import histograms
from cpi1540.coverage.service.status_tables import status_table
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import speaking
from cpi1540.matrix.layout import Domain
from cpi1540.states import service as states

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))


@pytest.fixture
def practice(practice_reader: StrictClient) -> Flask:
    return practice_reader.app


def record(figures: Question = Question(), **values: object) -> ChartQuestion:  # noqa: B008 (frozen)
    return ChartQuestion(tuple(states.states(practice=True)), figures, practice=True, **values)  # type: ignore[arg-type]


def named(code: str) -> ChartQuestion:
    found = states.find(code)
    return ChartQuestion((found,), named=True, practice=found.practice)


def test_the_heat_map_has_the_figures_of_coverage(practice: Flask) -> None:
    with practice.app_context():
        chart = make("heatmap-sections", record(), SYSTEM).chart
        assert isinstance(chart, HeatmapSections)
        found = coverage(states.states(practice=True), Question(), SYSTEM).figures.states
        assert len(chart.states) == 40
        for state in chart.states:
            total, op2, op3ab, op3cd, op1, op678 = state.rows
            figures = found[state.code]
            assert (total.low, total.point, total.high) == (
                figures.total.low,
                figures.total.point,
                figures.total.high,
            )
            for part, section in zip(
                (op1, op2, op3ab, op3cd, op678), ("op1", "op2", "op3ab", "op3cd", "op678"), strict=True
            ):
                assert part.counts == figures.sections[section].counts
        assert chart.n_own == 2
        sufficient = [each.total.point for each in found.values() if each.total.sufficient]
        halves = sum(point >= 0.5 for point in sufficient if point is not None)
        assert words("en").translate(chart.finding(words("en"))).startswith(f"Practice record: {halves} of 40 States")


@pytest.mark.parametrize("code", ["ar", "en", "zh"])
def test_states_stand_alphabetically_in_their_groups(practice: Flask, code: str) -> None:
    with practice.app_context(), speaking(code):
        chart = make("tiles", record(), SYSTEM).chart
        assert isinstance(chart, Tiles)
        for group in chart.groups:
            members = [states.find(state.code) for state in group.states]
            assert members == sorted(members, key=lambda state: state.sort_names[code])
            assert len({state.group for state in members}) == 1


def test_narrowed_to_a_section_there_is_one_column(practice: Flask) -> None:
    with practice.app_context():
        chart = make("heatmap-sections", record(Question(narrowing=Narrowing("op1"))), SYSTEM).chart
        assert isinstance(chart, HeatmapSections)
        assert {len(state.rows) for state in chart.states} == {1}
        assert chart.heads == ("OP 1",)


def test_cells_are_known_without_colour(practice: Flask) -> None:
    with practice.app_context():
        chart = make("tiles", record(), SYSTEM).chart
        figure = drawing(chart).figure
        marked = [artist for artist in figure.artists if (artist.get_gid() or "").startswith("value-")]
        by_label: dict[str, list[object]] = {}
        for artist in marked:
            by_label.setdefault(str(artist.get_label()), []).append(artist)
        assert set(by_label) == {"shade", "thin", "none"}
        assert sum(map(len, by_label.values())) == 40
        assert all(each.get_hatch() for each in by_label["none"])  # type: ignore[attr-defined]
        assert all(each.get_linestyle() != "-" for each in by_label["thin"])  # type: ignore[attr-defined]


def test_the_steps_get_darker_one_by_one() -> None:
    def light(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = [light(fill) for fill, _ink in STEPS]
    assert shades == sorted(shades, reverse=True)
    assert min(a - b for a, b in pairwise(shades)) > 25
    assert [step_of(share) for share in (0.0, 0.19, 0.2, 0.5, 0.6, 0.79, 0.8, 1.0)] == [0, 0, 1, 2, 3, 3, 4, 4]
    assert STEPS[-1][1] == PAPER


def test_the_codes_of_one_state_are_those_of_its_matrix(practice: Flask) -> None:
    with practice.app_context():
        question = named("XAH")
        chart = make("heatmap-fields", question, SYSTEM).chart
        assert isinstance(chart, HeatmapFields)
        assert len(chart.cells) == 316
        assert (
            sum(cell.kind == "X" for cell in chart.cells)
            == coverage(question.chosen, Question(), SYSTEM).figures.all.total.counts["X"]
        )
        assert str(chart.finding(words("en"))).startswith("Morwezi: measures are recorded in 128 of ")


def test_the_counts_of_fields_are_those_of_the_status_table(practice: Flask) -> None:
    with practice.app_context():
        question = record()
        chart = make("heatmap-fields", question, SYSTEM).chart
        assert isinstance(chart, HeatmapFields)
        table = status_table(question.chosen, question.on, question.on)
        expected = {
            (each.section, each.row, each.domain): each.framework.after
            for each in table.rows
            if each.domain and each.framework
        }
        cells = [
            cell
            for section in chart.sections
            for row in section.rows
            for key, cell in row.cells.items()
            if key.endswith(".framework")
        ]
        # The table's States reviewed are also those that said it does not apply.
        assert sorted((cell.x, cell.reviewed + 40 - cell.states) for cell in cells) == sorted(
            (count.x, count.reviewed)
            for (_section, row_code, _domain), count in expected.items()
            if row_code != "other"
        )


def test_fields_without_weapon_domains_are_refused(practice: Flask) -> None:
    with practice.app_context(), pytest.raises(DomainError, match="have no weapon domains"):
        make("heatmap-fields", record(Question(narrowing=Narrowing("op1"))), SYSTEM)


def test_bars_are_the_states_of_the_histogram(practice: Flask) -> None:
    with practice.app_context():
        question = record(Question(narrowing=Narrowing(domain=Domain.BW)))
        chart = make("histogram", question, SYSTEM).chart
        assert isinstance(chart, HistogramChart)
        found = histograms(question.chosen, question.on, question.figures.fields)["all"]
        assert [bar.n for bar in chart.bars if bar.reviewed] == [n for _bin, n in found.counts()]
        assert sum(bar.n for bar in chart.bars) == 40
        assert [bar.label for bar in chart.bars if not bar.reviewed] == ["Not reviewed"]
        assert chart.bars[0].label == "0"


def test_change_is_between_the_figures_of_both_days(practice: Flask) -> None:
    with practice.app_context():
        since = datetime.date(2019, 6, 1)
        question = record(since=since, by="group")
        table = make("change", question, SYSTEM).chart.table(words("en"))
        later = coverage(question.chosen, Question(), SYSTEM).figures.all.total
        earlier = coverage(question.chosen, Question(since), SYSTEM).figures.all.total
        assert len(table.rows) == 12
        assert table.rows[-2][2:5] == (earlier.low, earlier.point, earlier.high)
        assert table.rows[-1][2:5] == (later.low, later.point, later.high)


def test_a_state_begins_with_the_version_of_the_first_day(practice: Flask) -> None:
    with practice.app_context():
        chart = make("trend", named("XAH"), SYSTEM).chart
        assert isinstance(chart, Trend)
        days = [moment.day.isoformat() for moment in chart.moments]
        assert days[1:-1] == ["2017-11-18", "2023-01-20"]
        assert days[0] == years_before(chart.moments[-1].day, 15).isoformat()
        assert chart.of_versions
        later = replace(named("XAH"), since=datetime.date(2000, 1, 1))
        shown = make("trend", later, SYSTEM).chart
        assert isinstance(shown, Trend)
        assert [moment.day.year for moment in shown.moments][:3] == [2008, 2017, 2023]


@given(first=DAYS, last=DAYS)
def test_yearly_days_end_with_the_last_and_are_few(first: datetime.date, last: datetime.date) -> None:
    first, last = min(first, last), max(first, last)
    days = yearly(first, last)
    assert days[-1] == last
    assert 1 <= len(days) <= 12
    assert days == sorted(set(days))
    assert first <= days[0]
    gaps = {later.year - earlier.year for earlier, later in pairwise(days)}
    assert len(gaps) <= 1 or len(days) == 2


SHARES = st.floats(0, 1)


@given(before=SHARES, after=SHARES)
def test_the_change_printed_is_that_between_the_numbers_printed(before: float, after: float) -> None:
    text = signed(before, after, words("en")).lstrip("\u200e").replace("−", "-")
    assert float(text) == pytest.approx(float(f"{after:.2f}") - float(f"{before:.2f}"), abs=0.0051)
    assert text.startswith(("+", "-")) == (float(text) != 0)


def test_moves_are_told_as_printed() -> None:
    low, high = row("a", {"X": 5, "blank": 5}), row("b", {"X": 8, "blank": 2})
    told = [str(moved("S", *pair, words("en"))) for pair in ((low, high), (high, low), (low, low))]
    assert told == [
        "S: coverage rises from 0.50 to 0.80",
        "S: coverage falls from 0.80 to 0.50",
        "S: coverage stays at 0.50",
    ]
    thin = row("c", {"X": 1, "unreviewed": 9})
    assert drawn_point(thin) is None
    assert str(moved("S", thin, high, words("en"))).startswith("S: no comparison")
    assert isinstance(thin, Row)


@pytest.mark.parametrize("shape", [WIDE, NARROW], ids=lambda shape: shape.name)
@pytest.mark.parametrize("code", ["ar", "ru"])
def test_no_head_of_a_heat_map_is_broken_within_a_word(shape: Shape, code: str, practice: Flask) -> None:
    with practice.app_context(), speaking(code):
        chart = make("heatmap-sections", record(), SYSTEM).chart
        assert isinstance(chart, HeatmapSections)
        drawn = {text.strip("\u200f") for text, _place in texts_of(drawing(chart, shape).figure)}
        lines = {word for text in drawn for word in text.split(" ")}
        assert {word for head in chart.heads for word in head.split(" ")} <= lines


@pytest.mark.parametrize("name", ["coverage", "uncertainty"])
@pytest.mark.parametrize("section", ["op2", "op1"])
def test_the_total_over_one_section_bears_its_name_and_stands_alone(name: str, section: str, practice: Flask) -> None:
    with practice.app_context():
        chart = make(name, record(Question(narrowing=Narrowing(section)), by="section"), SYSTEM).chart
        (row,) = chart.table(pictures.words()).rows
        assert row[0] == section_names()[section]
        for shape in (WIDE, NARROW):
            assert drawing(chart, shape).values


@pytest.mark.parametrize("shape", [WIDE, NARROW], ids=lambda shape: shape.name)
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_marks_of_small_states_stand_on_the_sea(shape: Shape, code: str, read_app: Flask) -> None:
    with read_app.app_context(), speaking(code):
        chart = make("map", ChartQuestion(tuple(states.states(practice=False))), SYSTEM).chart
        figure = drawing(chart, shape).figure
        sea = next(each for each in figure.artists if each.get_label() == "sea").get_window_extent()
        marks = [each.get_window_extent() for each in figure.artists if isinstance(each, Circle) and each.get_gid()]
        assert len(marks) > 30
        assert all(sea.x0 < mark.x0 and mark.x1 < sea.x1 and sea.y0 < mark.y0 and mark.y1 < sea.y1 for mark in marks)

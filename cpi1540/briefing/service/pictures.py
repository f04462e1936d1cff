"""Charts drawn: in the reader's language, as files."""

from pathlib import Path

from flask import current_app

from cpi1540.briefing.chart_kinds import Form
from cpi1540.briefing.charts import output
from cpi1540.briefing.charts.canvas import WIDE, Shape
from cpi1540.briefing.charts.chart import Chart
from cpi1540.briefing.charts.drawing import Drawing, describe, draw
from cpi1540.briefing.charts.fonts import Typefaces, load
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.languages import current_language, day, listed, number, percent, say, share
from cpi1540.foundation.messages import Sentence


def drawing(chart: Chart, shape: Shape = WIDE) -> Drawing:
    """The chart drawn in the reader's language."""
    return draw(chart, current_language(), words(), typefaces(), shape)


def picture(chart: Chart, form: Form, shape: Shape = WIDE) -> bytes:
    """The chart as a file in the reader's language; the same values give the same bytes."""
    drawn = drawing(chart, shape)
    if form == "svg":
        return output.to_svg(drawn.figure, drawn.title, drawn.description, drawn.values)
    return output.to_pdf(drawn.figure, drawn.title) if form == "pdf" else output.to_png(drawn.figure)


def read_aloud(chart: Chart) -> tuple[str, str]:
    """The chart's title, and its reading aloud, for those who do not see the picture."""
    return describe(chart, words())


def words() -> Words:
    """The functions that put a chart into the reader's language."""
    return Words(translate=plain, number=number, share=share, percent=percent, day=day, listed=listed)


def typefaces() -> Typefaces:
    """The typefaces, their cuts made once and kept in the instance folder."""
    folder = Path(current_app.config["CPI1540"].instance) / "typefaces"
    folder.mkdir(parents=True, exist_ok=True)
    return load(folder)


def plain(told: Sentence) -> str:
    """A sentence without the marks that isolate names on a page: a picture sets its own direction."""
    return say(told).translate({0x2068: None, 0x2069: None})

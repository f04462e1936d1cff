"""A chart as a file of any form: its picture or the numbers behind it; and its recipe kept."""

from collections.abc import Mapping

from cpi1540.briefing.chart_kinds import FORMS
from cpi1540.briefing.charts.canvas import NARROW, WIDE
from cpi1540.briefing.charts.chart import Chart
from cpi1540.briefing.service import recipes
from cpi1540.briefing.service.making import Made
from cpi1540.briefing.service.numbers import numbers_csv, numbers_xlsx, shown_numbers
from cpi1540.briefing.service.pictures import picture
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence

MEDIA_TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def known(form: str) -> str:
    """The form; NotFound when charts have no file of it."""
    if form not in MEDIA_TYPES:
        raise NotFound(sentence("There is no chart of that format."))
    return form


def file(chart: Chart, form: str, *, narrow: bool = False) -> bytes:
    """The chart as "png", "svg", "pdf", "csv" or "xlsx"; ``narrow`` is the shape of pictures for phones."""
    if form in FORMS:
        return picture(chart, form, NARROW if narrow else WIDE)
    return numbers_csv(chart) if known(form) == "csv" else numbers_xlsx(chart)


def name_of(form: str, *, narrow: bool = False) -> str:
    """What a file is called in its recipe: "chart.png", "chart-narrow.png"."""
    return f"chart-narrow.{form}" if narrow and form in FORMS else f"chart.{form}"


def every_file(chart: Chart) -> dict[str, bytes]:
    """All files of a chart in the wide shape, by their names in its recipe."""
    return {name_of(form): file(chart, form) for form in MEDIA_TYPES}


def keep(made: Made, written: Mapping[str, bytes], actor: Actor) -> None:
    """Keep the recipe of a chart with the digests of the files ``written`` by it, so that they can be compared with
    later ones; the caller's transaction takes it in.
    """
    recipes.keep(made.recipe, written, actor, shown_numbers(made.chart))

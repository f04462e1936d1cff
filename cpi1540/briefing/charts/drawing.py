"""A chart with all that stands around it, as one picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.figure import Figure

from cpi1540.briefing.charts.canvas import WIDE, Canvas, Shape
from cpi1540.briefing.charts.chart import Chart
from cpi1540.briefing.charts.fonts import Typefaces
from cpi1540.briefing.charts.frame import Heading, Words, draw_foot, draw_head, joined
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.locales import Language


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture drawn, and what it says: ``values`` by the id of the shape that says each."""

    figure: Figure
    title: str
    description: str
    values: Mapping[str, str]


def draw(chart: Chart, language: Language, words: Words, typefaces: Typefaces, shape: Shape = WIDE) -> Drawing:
    """The chart ``shape`` wide and as high as it needs; no text is clipped or overlaps.

    MissingGlyphs when a text has a character that no typeface has.
    """
    canvas = Canvas(language, typefaces, shape)
    facts = [[words.translate(each) for each in line] for line in chart.facts(words)]
    told = tuple(joined(canvas, line) for line in facts if line)
    title, description = describe(chart, words)
    top = draw_head(canvas, words, Heading(title, chart.ground.scope, told), chart.ground.practice)
    top = chart.draw(canvas, words, top + 24)
    method = joined(canvas, [words.translate(each) for each in chart.method(words)])
    closing = [words.translate(chart.source(words))]
    if chart.ground.recipe:
        closing.append(words.translate(_rebuilt_by(chart)))
    source = joined(canvas, closing)
    canvas.close(draw_foot(canvas, words, top + 8, method, source, chart.ground.practice, chart.ground.office))
    return Drawing(canvas.figure, title, description, dict(canvas.values))


def describe(chart: Chart, words: Words) -> tuple[str, str]:
    """Title and description in words: what stands in an SVG and beside the picture for those who do not see it."""
    told = [sentence_ for line in chart.facts(words) for sentence_ in line]
    notice = sentence("Not a measure of compliance.")
    spoken = [words.translate(each) for each in (*told, *chart.read_aloud(words), notice)]
    return words.translate(chart.finding(words)), "\n".join(spoken)


def _rebuilt_by(chart: Chart) -> Sentence:
    return sentence("To rebuild it: %(recipe)s.", recipe=chart.ground.recipe)

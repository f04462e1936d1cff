"""The figures of a chart for slides: as high as a slide has room, over several slides where one cannot hold them.

What stands around the figures (finding, facts, method, notices) stands on the slide itself. Each slide has its own
key, and the same scale as the others of its chart; only the bands of the flow are as thick as a slide has room.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from matplotlib.figure import Figure

from cpi1540.briefing.charts.canvas import SLIDE, SLIDE_ROOM, Canvas
from cpi1540.briefing.charts.chart import Chart
from cpi1540.briefing.charts.fonts import Typefaces
from cpi1540.briefing.charts.frame import Words
from cpi1540.locales import Language

_AROUND = 4.0

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slide:
    """The figures for one slide, ``width`` x ``height`` pixels; three quarters of a point each on a slide 13.3 inches
    wide.

    ``parts`` names what of the chart is on it ("African States"), empty where it is the whole or has no name of its
    own. ``description`` is what is said aloud of it.
    """

    figure: Figure
    width: float
    height: float
    parts: tuple[str, ...]
    description: str


def draw_slides(chart: Chart, language: Language, words: Words, typefaces: Typefaces) -> tuple[Slide, ...]:
    """The chart on as few slides as hold it; MissingGlyphs when a text has a character that no typeface has."""

    def fits(part: Chart) -> bool:
        return part.draw(Canvas(language, typefaces, SLIDE), words, _AROUND) + _AROUND <= SLIDE_ROOM

    names = chart.portions()
    ranges = divided(names, lambda each: fits(_part(chart, each)))
    return tuple(_slide(_part(chart, each), Canvas(language, typefaces, SLIDE), words,
                        _named(names, each) if len(ranges) > 1 else ()) for each in ranges)  # fmt: skip


def divided(names: tuple[str, ...], fits: Callable[[Range], bool]) -> tuple[Range, ...]:
    """The portions of those names as ranges that each fit: what has one name stays together where it can, and is
    divided evenly where not. A portion that does not fit by itself stands alone.
    """
    whole = (0, len(names))
    if len(names) < 2 or fits(whole):
        return (whole,)
    found: list[Range] = []
    open_: Range | None = None
    for run in _runs(names):
        if open_ is not None and fits((open_[0], run[1])):
            open_ = (open_[0], run[1])
            continue
        if open_ is not None:
            found.append(open_)
        open_ = run if fits(run) else None
        if open_ is None:
            found += _evenly(run, fits)
    return (*found, *([open_] if open_ is not None else []))


def _runs(names: tuple[str, ...]) -> Iterator[Range]:
    start = 0
    for _name, members in groupby(names):
        past = start + len(list(members))
        yield start, past
        start = past


def _evenly(run: Range, fits: Callable[[Range], bool]) -> list[Range]:
    start, past = run
    n = past - start
    for slides in range(2, n + 1):
        cuts = [start + n * place // slides for place in range(slides + 1)]
        ranges = list(pairwise(cuts))
        if slides == n or all(map(fits, ranges)):
            return ranges
    return [run]


def _part(chart: Chart, range_: Range) -> Chart:
    return chart.portion(*range_) if range_ != (0, len(chart.portions())) else chart


def _named(names: tuple[str, ...], range_: Range) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names[range_[0] : range_[1]] if name))


def _slide(part: Chart, canvas: Canvas, words: Words, parts: tuple[str, ...]) -> Slide:
    height = part.draw(canvas, words, _AROUND) + _AROUND
    canvas.close(height)
    spoken = "\n".join((*parts, *(words.translate(each) for each in part.read_aloud(words))))
    return Slide(canvas.figure, canvas.width, height, parts, spoken)

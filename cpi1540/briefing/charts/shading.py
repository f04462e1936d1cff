"""A share as a shade, in five steps from light to dark, so that it is read in grey too; the same steps everywhere.

What has too little reviewed for a point is dashed and empty, what has no figure is hatched.
"""

from collections.abc import Iterable, Sequence

from matplotlib.patches import Patch, Rectangle

from cpi1540.briefing.charts.canvas import EDGE, HATCH, INK, INK_3, NOTE, PAPER, Canvas, Style
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.foundation.messages import Sentence, sentence

# Fill and ink of a fifth of the scale each.
STEPS = (("#e4eff0", INK), ("#b5d3d6", INK), ("#7fb3b8", INK), ("#347a82", PAPER), ("#0b5a63", PAPER))
_SCALE = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_LINE = 0.6
_SWATCH = 34.0
_TALLEST = 30.0
_TICK = Style(12, INK_3)


def step_of(share: float) -> int:
    """Which of the five steps a share 0..1 is in; 1 belongs to the last."""
    return min(len(STEPS) - 1, int(share * len(STEPS) + 1e-9))


def shade(artist: Patch, row: Row) -> None:
    """Fill a shape by a figure: its point; dashed where too little is reviewed; hatched where there is none."""
    if row.low is None or row.point is None:
        artist.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (1.5, 2.0)), label="none")
        artist.set_hatch("/////")
        artist.set_hatchcolor(HATCH)
        artist.set_hatch_linewidth(0.6)
    elif not row.sufficient:
        artist.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (3.0, 2.2)), label="thin")
    else:
        artist.set(facecolor=STEPS[step_of(row.point)][0], edgecolor=PAPER, label="shade")


def ink_on(row: Row) -> str:
    """The colour of a text that stands on a shaded shape."""
    if row.point is None or not row.sufficient:
        return INK
    return STEPS[step_of(row.point)][1]


def draw_cell(
    canvas: Canvas, row: Row, words: Words, x: float, top: float, width: float, height: float, size: float = 12.0
) -> Rectangle:
    """A figure as a cell with its point in it; nothing is written where there is no point."""
    inset, tall = 1.5, min(height, _TALLEST)
    above = top + (height - tall) / 2 + inset
    cell = canvas.box(x + inset, above, width - 2 * inset, tall - 2 * inset, linewidth=_LINE, zorder=3)
    shade(cell, row)
    if row.point is not None and row.sufficient:
        style = Style(size, ink_on(row), BOLD)
        canvas.text(x + width / 2, top + height / 2 + 0.36 * size, words.share(row.point), style, "middle").set_zorder(
            4
        )
    return cell


def draw_scale(
    canvas: Canvas,
    words: Words,
    top: float,
    rows: Iterable[Row],
    min_reviewed: float,
    more: Sequence[tuple[Shape, str]] = (),
    start: float | None = None,
) -> float:
    """The key of the shades, with the shapes of what has no point where they occur, then ``more``; gives the place
    where it ends. It begins at ``start``, or at the margin.
    """
    told = words.translate(sentence("Point: the share of measures recorded in the reviewed fields"))
    return draw_steps(canvas, words, top, told, (*_exceptions(canvas, words, rows, min_reviewed), *more), start=start)


def draw_steps(
    canvas: Canvas,
    words: Words,
    top: float,
    told: str,
    items: Sequence[tuple[Shape, str]],
    width: float = 24.0,
    start: float | None = None,
) -> float:
    """The five shades with the numbers between them, under ``told``; beside them, or below in a narrow place, shapes
    ``width`` pixels wide with their words; gives the place where they end.
    """
    begin = canvas.margin if start is None else start
    top = canvas.paragraph(begin, top, told, NOTE, canvas.end - begin)
    x, height = begin + 8, 14.0
    beside = None if canvas.narrow or start is not None else x + len(STEPS) * _SWATCH + 40
    middle = top + 4 + height / 2
    for fill, _ink in STEPS:
        canvas.box(x, top + 4, _SWATCH, height, facecolor=fill, edgecolor=PAPER, linewidth=_LINE)
        x += _SWATCH
    for place, value in enumerate(_SCALE):
        named = words.number(int(value)) if value in (0.0, 1.0) else words.share(value)
        at = begin + 8 + place * _SWATCH
        canvas.text(at, top + 4 + height + canvas.baseline(_TICK) - 1, named, _TICK, "middle")
    top += 4 + height + canvas.line_height(_TICK) + 4
    if beside is None:
        return draw_legend(canvas, items, top, width, start)
    return max(top, draw_legend(canvas, items, middle - (canvas.line_height(NOTE) + 6) / 2, width, beside))


def _exceptions(
    canvas: Canvas, words: Words, rows: Iterable[Row], min_reviewed: float
) -> tuple[tuple[Shape, str], ...]:
    """The key of what has no point: dashed, hatched; only what occurs."""
    every = list(rows)
    items = []
    if any(row.low is not None and not row.sufficient for row in every):
        thin = next(row for row in every if row.low is not None and not row.sufficient)
        items.append((_sample(canvas, thin), words.translate(too_little(min_reviewed, words))))
    if any(row.low is None for row in every):
        nothing = next(row for row in every if row.low is None)
        items.append(
            (_sample(canvas, nothing), words.translate(sentence("no figure: nothing reviewed, or no field applies")))
        )
    return tuple(items)


def too_little(min_reviewed: float, words: Words) -> Sentence:
    """Why no point is drawn."""
    if min_reviewed == 0.5:
        return sentence("less than half reviewed: no point drawn")
    return sentence("less than %(share)s reviewed: no point drawn", share=words.share(min_reviewed))


def _sample(canvas: Canvas, row: Row) -> Shape:
    def shape(x: float, middle: float) -> None:
        box = canvas.box(x, middle - 8, 22, 16, linewidth=_LINE)
        shade(box, row)

    return shape

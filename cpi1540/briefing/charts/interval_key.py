"""The key of a chart: the shapes that occur in it, with their words."""

from collections.abc import Callable, Sequence

from cpi1540.briefing.charts.canvas import NOTE, Canvas
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.intervals import Add, draw_none, draw_range, draw_thin
from cpi1540.foundation.messages import Sentence, sentence

Shape = Callable[[float, float], None]


def draw_key(canvas: Canvas, rows: Sequence[Row], min_reviewed: float, words: Words, top: float) -> float:
    """The shapes that occur in this chart, with their words."""
    thin = (
        sentence("less than half reviewed: no point drawn")
        if min_reviewed == 0.5
        else sentence("less than %(share)s reviewed: no point drawn", share=words.share(min_reviewed))
    )
    figured = [row for row in rows if row.low is not None]
    items: list[tuple[Shape, Sentence]] = []
    add: Add = canvas.figure.add_artist
    if any(row.sufficient for row in figured):
        items.append(
            (
                lambda x, y: draw_range(add, canvas.down, x, x + 28, x + 48, y),
                sentence("low to high, with the point"),
            )
        )
    if any(not row.sufficient for row in figured):
        items.append((lambda x, y: draw_thin(add, canvas.down, x, x + 48, y), thin))
    if len(figured) < len(rows):
        items.append(
            (
                lambda x, y: draw_none(add, canvas.down, x, x + 48, y),
                sentence("no figure, for the reason given there"),
            )
        )
    return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top)


def draw_legend(
    canvas: Canvas, items: Sequence[tuple[Shape, str]], top: float, width: float = 48.0, start: float | None = None
) -> float:
    """Shapes ``width`` pixels wide, each with its words, as many on a line as fit; gives the place where they end.

    A shape is drawn by a function of its start and of the middle of its line. Lines begin at ``start``, or at the
    margin.
    """
    begin = canvas.margin if start is None else start
    x, line = begin, canvas.line_height(NOTE)
    for shape, text in items:
        lines = canvas.lines(text, NOTE, canvas.end - begin - width - 10)
        taken = width + 10 + canvas.widest(lines, NOTE)
        if x > begin and x + taken > canvas.end:
            x, top = begin, top + line + 6
        shape(x, top + (line + 6) / 2)
        for place, each in enumerate(lines):
            canvas.text(x + width + 10, top + 3 + canvas.baseline(NOTE) + place * line, each, NOTE)
        if len(lines) > 1:
            x, top = begin, top + line * len(lines) + 6
        else:
            x += taken + 32
    return top + line + 6 if x > begin else top

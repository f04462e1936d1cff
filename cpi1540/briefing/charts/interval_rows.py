"""Figures with their intervals for a phone: each one its name, its interval over the whole width, its numbers."""

from matplotlib.lines import Line2D

from cpi1540.briefing.charts.canvas import (
    HEAD,
    INK_2,
    INK_3,
    LABEL,
    LABEL_STRONG,
    NOTE,
    NUMBER_SOFT,
    NUMBER_STRONG,
    PAPER,
    RULE,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.coverage_words import CoverageWords, Row, read_aloud, reason, reviewed_of
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_key
from cpi1540.briefing.charts.intervals import draw_none, draw_range, draw_thin
from cpi1540.foundation.messages import sentence

SCALE = (0.0, 0.25, 0.5, 0.75, 1.0)
_TICKS = Style(12.5, INK_2)
_AXIS = 30.0
_DASH = "–"
_BETWEEN = 20.0


def draw_narrow(canvas: Canvas, chart: CoverageWords, words: Words, top: float) -> float:
    """The rows of a coverage chart one below the other, then the key; gives the place where they end."""
    top = canvas.paragraph(
        canvas.margin,
        top,
        words.translate(sentence("Share of the applicable fields with measures recorded")),
        HEAD,
        canvas.text_width,
    )
    top = draw_scale(canvas, words, top + 4)
    for row in chart.rows:
        top = _draw_row(canvas, row, words, top)
    canvas.rule(top, INK_3)
    top = _draw_row(canvas, chart.total, words, top, strong=True)
    canvas.rule(top, INK_3)
    if chart.own:
        heading = words.translate(sentence("Figures of their own, never part of the total"))
        top = canvas.paragraph(canvas.margin, top + 12, heading, NOTE, canvas.text_width) + 4
        for row in chart.own:
            top = _draw_row(canvas, row, words, top)
    return draw_key(canvas, chart.every, chart.min_reviewed, words, top + 10)


def draw_scale(canvas: Canvas, words: Words, top: float) -> float:
    """The numbers of the scale from 0 to 1 over the width between the margins; gives the place where they end."""
    for value in SCALE:
        named = words.number(int(value)) if value in (0.0, 1.0) else words.share(value)
        x = canvas.margin + value * canvas.text_width
        align = "start" if value == 0.0 else "end" if value == 1.0 else "middle"
        canvas.text(x, top + canvas.baseline(_TICKS), named, _TICKS, align)  # type: ignore[arg-type]
    top += canvas.line_height(_TICKS) + 2
    canvas.rule(top, INK_2)
    return top


def _draw_row(canvas: Canvas, row: Row, words: Words, top: float, *, strong: bool = False) -> float:
    style = LABEL_STRONG if strong else LABEL
    begun = top
    top = canvas.paragraph(canvas.margin, top + 8, row.label, style, canvas.text_width)
    middle = top + _AXIS / 2
    _grid(canvas, top + 2, top + _AXIS - 2)
    _interval(canvas, row, words, middle)
    top += _AXIS
    reviewed = words.translate(sentence("%(share)s reviewed", share=reviewed_of(row, words)))
    canvas.text(canvas.margin, top + canvas.baseline(NOTE), reviewed, NOTE)
    if row.low is not None and row.high is not None:
        point = row.point if row.sufficient else None
        shown = [words.share(row.low), *([words.share(point)] if point is not None else []), words.share(row.high)]
        taken = sum(canvas.width_of(text, NUMBER_STRONG) for text in shown) + len(shown) * _BETWEEN
        if canvas.width_of(reviewed, NOTE) + taken > canvas.text_width:
            top += canvas.line_height(NOTE)
        _numbers(canvas, shown, top + canvas.baseline(NOTE), middle_strong=point is not None)
    top += canvas.line_height(NOTE) + 10
    canvas.hit(canvas.margin, begun, canvas.text_width, top - begun, words.translate(read_aloud(row, words)))
    if not strong:
        canvas.rule(top, RULE)
    return top


def _numbers(canvas: Canvas, shown: list[str], baseline: float, *, middle_strong: bool) -> None:
    """Low, point and high at the end edge, each in its weight; low stands first in the reader's direction."""
    x = canvas.end
    for place, text in reversed(list(enumerate(shown))):
        style = NUMBER_STRONG if middle_strong and place == 1 else NUMBER_SOFT
        canvas.text(x, baseline, text, style, "end")
        x -= canvas.width_of(text, style)
        if place:
            canvas.text(x - _BETWEEN / 2, baseline, _DASH, NUMBER_SOFT, "middle")
            x -= _BETWEEN


def _grid(canvas: Canvas, top: float, bottom: float) -> None:
    for value in SCALE:
        x = canvas.margin + value * canvas.text_width
        canvas.put(Line2D([x, x], [top, bottom], color=RULE, linewidth=0.72, transform=canvas.down, zorder=1))


def _interval(canvas: Canvas, row: Row, words: Words, middle: float) -> None:
    def place(value: float) -> float:
        return canvas.margin + value * canvas.text_width

    if row.low is None or row.high is None or row.point is None:
        draw_none(canvas.put, canvas.down, place(0.0), place(1.0), middle)
        text = words.translate(reason(row))
        x, width = place(0.5), canvas.width_of(text, NOTE) + 16
        canvas.box(x - width / 2, middle - 10, width, 20, facecolor=PAPER, edgecolor="none", zorder=4)
        canvas.text(x, middle + 0.36 * NOTE.size, text, NOTE, "middle").set_zorder(5)
    elif row.sufficient:
        draw_range(canvas.put, canvas.down, place(row.low), place(row.point), place(row.high), middle)
    else:
        draw_thin(canvas.put, canvas.down, place(row.low), place(row.high), middle)

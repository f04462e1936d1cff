"""Coverage at two dates: two lanes a row, the earlier one above, its points joined."""

from dataclasses import dataclass, replace
from typing import Self

from matplotlib.lines import Line2D

from cpi1540.briefing.charts.canvas import (
    ACCENT,
    ACCENT_LINE,
    ACCENT_SOFT,
    EDGE,
    HATCH,
    HEAD,
    INK,
    INK_2,
    INK_3,
    LABEL,
    LABEL_STRONG,
    NOTE,
    NUMBER,
    NUMBER_SOFT,
    NUMBER_STRONG,
    PAPER,
    RULE,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.change_words import ChangeRow, ChangeWords, row_told, signed
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.briefing.charts.interval_rows import SCALE
from cpi1540.briefing.charts.shading import too_little
from cpi1540.foundation.messages import sentence

_LANES, _LANES_ON_SLIDE = 44.0, 30.0
_BAR = 8.0
_POINT = 9.0
_PIXEL = 0.72
_GAP = 26.0
_NUMBER_GAP = 16.0


@dataclass(frozen=True, slots=True)
class _Axis:
    start: float
    width: float

    def x(self, share: float) -> float:
        return self.start + share * self.width


@dataclass(frozen=True, slots=True)
class Change(ChangeWords):
    """The dumbbell chart."""

    def portions(self) -> tuple[str, ...]:
        """Each row."""
        return ("",) * len(self.rows)

    def portion(self, first: int, past: int) -> Self:
        """Some of them, under the figure of all."""
        return replace(self, rows=self.rows[first:past])

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """The rows on one scale from 0 to 1, then the key."""
        top = self._narrow(canvas, words, top) if canvas.narrow else self._wide(canvas, words, top)
        return self._key(canvas, words, top + 14)

    def _wide(self, canvas: Canvas, words: Words, top: float) -> float:
        heads = [words.translate(each) for each in (sentence("Earlier"), sentence("Later"), sentence("Change"))]
        columns = zip(heads, *(_numbers(row, words) for row in self.every), strict=True)
        widths = [
            max(canvas.width_of(head, HEAD), *(canvas.width_of(text, look) for text, look in numbers)) * 1.02
            for head, *numbers in columns
        ]
        numbers = canvas.end - sum(widths) - _NUMBER_GAP * (len(widths) - 1)
        label = min(300.0, canvas.widest([row.label for row in self.every], LABEL_STRONG) * 1.02)
        axis = _Axis(canvas.margin + label + _GAP, numbers - canvas.margin - label - 2 * _GAP)
        title = canvas.lines(
            words.translate(sentence("Share of the applicable fields with measures recorded")), HEAD, axis.width
        )
        for place, line in enumerate(title):
            canvas.text(axis.start, top + place * canvas.line_height(HEAD) + canvas.baseline(HEAD), line, HEAD)
        top += canvas.line_height(HEAD) * len(title)
        baseline = top + canvas.baseline(HEAD)
        _draw_scale(canvas, words, axis, baseline)
        x = numbers
        for width, head in zip(widths, heads, strict=True):
            canvas.text(_right(canvas, x, width), baseline, head, HEAD, "right")
            x += width + _NUMBER_GAP
        top += canvas.line_height(HEAD) + 2
        canvas.rule(top, INK, 1.2)
        for row in self.every:
            style = LABEL_STRONG if row is self.total else LABEL
            lines = canvas.lines(row.label, style, label)
            least = _LANES if canvas.room is None else _LANES_ON_SLIDE
            height = max(least, canvas.line_height(style) * len(lines) + (14 if canvas.room is None else 5))
            first = top + (height - canvas.line_height(style) * len(lines)) / 2 + canvas.baseline(style)
            for place, text in enumerate(lines):
                canvas.text(canvas.margin, first + place * canvas.line_height(style), text, style)
            _draw_lanes(canvas, axis, row, top + height / 2, height)
            x, middle = numbers, top + height / 2 + 5
            for width, (text, look) in zip(widths, _numbers(row, words), strict=True):
                canvas.text(_right(canvas, x, width), middle, text, look, "right")
                x += width + _NUMBER_GAP
            canvas.hit(axis.start, top, axis.width, height, words.translate(row_told(row, words)))
            top += height
            canvas.rule(top, INK_3 if row is self.total or row is self.rows[-1] else RULE)
        return top

    def _narrow(self, canvas: Canvas, words: Words, top: float) -> float:
        axis = _Axis(canvas.margin + 6, canvas.text_width - 12)
        title = words.translate(sentence("Share of the applicable fields with measures recorded"))
        top = canvas.paragraph(canvas.margin, top, title, HEAD, canvas.text_width)
        _draw_scale(canvas, words, axis, top + canvas.baseline(HEAD))
        top += canvas.line_height(HEAD) + 2
        canvas.rule(top, INK, 1.2)
        for row in self.every:
            begun = top
            style = LABEL_STRONG if row is self.total else LABEL
            top = canvas.paragraph(canvas.margin, top + 8, row.label, style, canvas.text_width)
            _draw_lanes(canvas, axis, row, top + _LANES / 2, _LANES)
            top += _LANES
            told = words.translate(
                sentence(
                    "Earlier %(before)s, later %(after)s, change %(change)s",
                    before=_numbers(row, words)[0][0],
                    after=_numbers(row, words)[1][0],
                    change=_numbers(row, words)[2][0],
                )
            )
            top = canvas.paragraph(canvas.margin, top, told, NOTE, canvas.text_width) + 8
            canvas.hit(canvas.margin, begun, canvas.text_width, top - begun, words.translate(row_told(row, words)))
            canvas.rule(top, INK_3 if row is self.total or row is self.rows[-1] else RULE)
        return top

    def _key(self, canvas: Canvas, words: Words, top: float) -> float:
        first, last = (words.day(day) for day in self.ground.days)
        figures = [figure for row in self.every for figure in (row.before, row.after)]

        def earlier(x: float, middle: float) -> None:
            _bar(canvas, _Axis(x, 48.0), _sample(0.1, 0.5, 0.9), middle, later=False)

        def later(x: float, middle: float) -> None:
            _bar(canvas, _Axis(x, 48.0), _sample(0.1, 0.5, 0.9), middle, later=True)

        def thin(x: float, middle: float) -> None:
            _bar(canvas, _Axis(x, 48.0), _sample(0.1, 0.5, 0.9, sufficient=False), middle, later=True)

        def nothing(x: float, middle: float) -> None:
            _bar(canvas, _Axis(x, 48.0), _sample(None, None, None), middle, later=True)

        items: list[tuple[Shape, str]] = [
            (earlier, words.translate(sentence("%(date)s: low to high, with the point", date=first))),
            (later, words.translate(sentence("%(date)s: low to high, with the point", date=last))),
        ]
        if any(figure.low is not None and not figure.sufficient for figure in figures):
            items.append((thin, words.translate(too_little(self.min_reviewed, words))))
        if any(figure.low is None for figure in figures):
            items.append((nothing, words.translate(sentence("no figure: nothing reviewed, or no field applies"))))
        return draw_legend(canvas, items, top)


def _right(canvas: Canvas, start: float, width: float) -> float:
    """Where the right-hand end of a column's numbers stands: unit digits line up in every language."""
    return start if canvas.mirrored else start + width


def _draw_scale(canvas: Canvas, words: Words, axis: _Axis, baseline: float) -> None:
    for value in SCALE:
        named = words.number(int(value)) if value in (0.0, 1.0) else words.share(value)
        canvas.text(axis.x(value), baseline, named, NOTE, "middle")


def _draw_lanes(canvas: Canvas, axis: _Axis, row: ChangeRow, middle: float, height: float) -> None:
    for value in SCALE:
        x = axis.x(value)
        ends = [middle - height / 2, middle + height / 2]
        canvas.put(Line2D([x, x], ends, color=RULE, linewidth=_PIXEL, transform=canvas.down, zorder=1))
    apart = 9.0 if height >= _LANES else 6.5
    above, below = middle - apart, middle + apart
    _bar(canvas, axis, row.before, above, later=False)
    _bar(canvas, axis, row.after, below, later=True)
    before, after = row.points
    if before is not None and after is not None:
        ends = [axis.x(before), axis.x(after)]
        canvas.put(Line2D(ends, [above, below], color=INK_2, linewidth=1.1, transform=canvas.down, zorder=4))


def _bar(canvas: Canvas, axis: _Axis, figure: Row, middle: float, *, later: bool) -> None:
    low, high = figure.low, figure.high
    start, end = axis.x(0.0 if low is None else low), axis.x(1.0 if high is None else high)
    bar = canvas.box(start, middle - _BAR / 2, end - start, _BAR, linewidth=1.1 * _PIXEL, zorder=3)
    if low is None:
        bar.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (1.5, 2.0)), label="none")
        bar.set_hatch("////")
        bar.set_hatchcolor(HATCH)
        bar.set_hatch_linewidth(0.6)
    elif not figure.sufficient:
        bar.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (3.5, 2.5)), label="thin")
    else:
        bar.set(facecolor=ACCENT_SOFT if later else PAPER, edgecolor=ACCENT_LINE if later else EDGE, label="range")
    if figure.point is not None and figure.sufficient:
        point = Line2D(
            [axis.x(figure.point)],
            [middle],
            marker="o",
            markersize=_POINT * _PIXEL,
            markerfacecolor=ACCENT if later else PAPER,
            markeredgecolor=ACCENT if later else INK_2,
            markeredgewidth=1.4,
            transform=canvas.down,
            label="point",
            zorder=5,
        )
        canvas.put(point)


def _numbers(row: ChangeRow, words: Words) -> tuple[tuple[str, Style], ...]:
    """Earlier point, later point, change: each as text with its look."""
    before, after = row.points
    texts = [("–" if point is None else words.share(point)) for point in (before, after)]
    change = "–" if before is None or after is None else signed(before, after, words)
    return (texts[0], NUMBER_SOFT), (texts[1], NUMBER), (change, NUMBER_STRONG)


def _sample(low: float | None, point: float | None, high: float | None, *, sufficient: bool = True) -> Row:
    return Row("", low, point, high, sufficient and low is not None, 1, 1, {})

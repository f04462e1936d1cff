"""The coverage chart: each figure with the interval that the unknown leaves open.

A box from low to high with a tick at the point; dashed and without a tick where too little is reviewed;
hatched with its reason where there is no figure. Each is known by its shape, in grey too.
"""

from dataclasses import dataclass, replace
from typing import Self

from matplotlib.collections import LineCollection

from cpi1540.briefing.charts.canvas import (
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
    RULE_2,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.coverage_words import CoverageWords, Row, read_aloud, reason, reviewed_of
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_key
from cpi1540.briefing.charts.interval_rows import draw_narrow
from cpi1540.briefing.charts.intervals import Add, draw_none, draw_range, draw_thin
from cpi1540.foundation.messages import Sentence, sentence

_GAP = 30.0
_SHARE_GAP = 18.0
_LABEL_ROOM = 310.0
_LABEL_LEAST = 170.0
_AXIS_LEAST = 300.0
_HEAD_ROOM = 120.0
_ROW_PADDING = 18.0
_SCALE = (0.0, 0.25, 0.5, 0.75, 1.0)
_TICKS = Style(12.5, INK_2)
_DASH = "–"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row laid out: its lines of label, its strength, and where it stands."""

    row: Row
    label: tuple[str, ...]
    strong: bool
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class _Columns:
    """Start and width of each column, from the start edge."""

    label: tuple[float, float]
    reviewed: tuple[float, float]
    axis: tuple[float, float]
    shares: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows laid out, and where they begin, where the own figures begin if there are any, and the end."""

    lines: tuple[_Line, ...]
    top: float
    own_top: float | None
    bottom: float


@dataclass(frozen=True, slots=True)
class CoverageChart(CoverageWords):
    """The coverage chart of one State, of a group or of a whole record."""

    def portions(self) -> tuple[str, ...]:
        """Each row."""
        return ("",) * len(self.rows)

    def portion(self, first: int, past: int) -> Self:
        """Some of them, under the figure of all; those of their own stand with the last."""
        return replace(self, rows=self.rows[first:past], own=self.own if past == len(self.rows) else ())

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """The rows with their intervals on one scale, then the key."""
        if canvas.narrow:
            return draw_narrow(canvas, self, words, top)
        columns = _columns(canvas, self, words)
        top = _draw_heads(canvas, self, words, columns, top)
        body = _lay_out(canvas, self, words, columns, top)
        _draw_text(canvas, words, columns, body)
        canvas.when_closed(lambda: _draw_intervals(canvas, words, columns, body))
        return draw_key(canvas, self.every, self.min_reviewed, words, body.bottom + 16)


def _columns(canvas: Canvas, chart: CoverageChart, words: Words) -> _Columns:
    every = chart.every
    label = min(_LABEL_ROOM, canvas.widest([row.label for row in every], LABEL_STRONG) * 1.02)
    heads = [words.translate(each) for each in _share_heads()]
    values = canvas.widest([words.share(0.88)], NUMBER_STRONG)
    shares = [max(values, canvas.width_of(head, HEAD)) for head in heads]
    reviewed = max(
        canvas.widest([words.translate(reviewed_of(row, words)) for row in every], NUMBER_STRONG),
        min(_HEAD_ROOM, canvas.width_of(words.translate(_reviewed_head()), HEAD)),
    )
    places = []
    start = canvas.end
    for width in reversed(shares):
        start -= width
        places.append((start, width))
        start -= _SHARE_GAP
    axis_end = start + _SHARE_GAP - _GAP
    # Long labels take another line rather than the room of the axis and of the reasons that stand in it.
    reasons = canvas.widest([words.translate(reason(row)) for row in every if row.low is None], NOTE)
    axis_least = max(_AXIS_LEAST, reasons + 2 * _GAP)
    label = max(_LABEL_LEAST, min(label, axis_end - axis_least - reviewed - 2 * _GAP - canvas.margin))
    reviewed_start = canvas.margin + label + _GAP
    axis_start = reviewed_start + reviewed + _GAP
    return _Columns(
        (canvas.margin, label),
        (reviewed_start, reviewed),
        (axis_start, axis_end - axis_start),
        tuple(reversed(places)),
    )


def _share_heads() -> tuple[Sentence, Sentence, Sentence]:
    return sentence("Low"), sentence("Point"), sentence("High")


def _reviewed_head() -> Sentence:
    return sentence("Fields reviewed")


def _numeric(canvas: Canvas, column: tuple[float, float]) -> float:
    """Where the right-hand end of a column's numbers stands: unit digits line up in every language."""
    start, width = column
    return start if canvas.mirrored else start + width


def _draw_heads(canvas: Canvas, chart: CoverageChart, words: Words, columns: _Columns, top: float) -> float:
    axis_start, axis_width = columns.axis
    axis_title = words.translate(sentence("Share of the applicable fields with measures recorded"))
    first = {"section": sentence("Section"), "group": sentence("Regional group"), "state": sentence("State")}[chart.by]
    reviewed = canvas.lines(words.translate(_reviewed_head()), HEAD, columns.reviewed[1] * 1.03)
    title = canvas.lines(axis_title, HEAD, axis_width)
    step = canvas.line_height(HEAD)
    height = max(step * len(title) + canvas.line_height(_TICKS), step * len(reviewed)) + 4
    bottom = top + height
    for place, line in enumerate(title):
        canvas.text(axis_start, top + canvas.baseline(HEAD) + place * step, line, HEAD)
    baseline = bottom - canvas.line_height(HEAD) + canvas.baseline(HEAD) - 4
    for place, line in enumerate(reviewed):
        above = (len(reviewed) - 1 - place) * step
        canvas.text(_numeric(canvas, columns.reviewed), baseline - above, line, HEAD, "right")
    canvas.text(canvas.margin, baseline, words.translate(first), HEAD)
    for column, head in zip(columns.shares, _share_heads(), strict=True):
        canvas.text(_numeric(canvas, column), baseline, words.translate(head), HEAD, "right")
    for value in _SCALE:
        name = words.number(int(value)) if value in (0.0, 1.0) else words.share(value)
        canvas.text(axis_start + value * axis_width, baseline, name, _TICKS, "middle")
    canvas.rule(bottom + 4, INK, 1.2)
    return bottom + 4


def _padding(canvas: Canvas) -> float:
    """What a row has above and below its label together; less on slides, where room is short."""
    return _ROW_PADDING if canvas.room is None else _ROW_PADDING / 2


def _lay_out(canvas: Canvas, chart: CoverageChart, words: Words, columns: _Columns, top: float) -> _Body:
    lines = []

    def add(row: Row, top: float, *, strong: bool = False) -> float:
        style = LABEL_STRONG if strong else LABEL
        label = tuple(canvas.lines(row.label, style, columns.label[1] * 1.01))
        height = canvas.line_height(style) * len(label) + _padding(canvas)
        lines.append(_Line(row, label, strong, top, height))
        return top + height

    begun = top
    for row in chart.rows:
        top = add(row, top)
    top = add(chart.total, top, strong=True)
    own_top = None
    if chart.own:
        own_top = top + 14
        top = own_top + canvas.line_height(NOTE) + 8
        for row in chart.own:
            top = add(row, top)
    return _Body(tuple(lines), begun, own_top, top)


def _draw_text(canvas: Canvas, words: Words, columns: _Columns, body: _Body) -> None:
    for place, line in enumerate(body.lines):
        style = LABEL_STRONG if line.strong else LABEL
        step = canvas.line_height(style)
        baseline = line.top + _padding(canvas) / 2 + canvas.baseline(style)
        for number, text in enumerate(line.label):
            canvas.text(columns.label[0], baseline + number * step, text, style)
        # Numbers stand in the middle of a row whose label takes several lines.
        middle = baseline + (len(line.label) - 1) * step / 2
        canvas.hit(
            columns.axis[0], line.top, columns.axis[1], line.height, words.translate(read_aloud(line.row, words))
        )
        numbers = NUMBER_STRONG if line.strong else NUMBER
        reviewed = words.translate(reviewed_of(line.row, words))
        canvas.text(_numeric(canvas, columns.reviewed), middle, reviewed, numbers, "right")
        point = line.row.point if line.row.sufficient else None
        soft = NUMBER_STRONG if line.strong else NUMBER_SOFT
        for column, value, look in zip(
            columns.shares, (line.row.low, point, line.row.high), (soft, NUMBER_STRONG, soft), strict=True
        ):
            if value is None:
                canvas.text(_numeric(canvas, column), middle, _DASH, NUMBER_SOFT, "right")
            else:
                canvas.text(_numeric(canvas, column), middle, words.share(value), look, "right")
        if line.strong:
            canvas.rule(line.top, INK_3)
            canvas.rule(line.top + line.height, INK_3)
        elif place and not body.lines[place - 1].strong:
            canvas.rule(line.top, RULE)
    if body.own_top is not None:
        heading = words.translate(sentence("Figures of their own, never part of the total"))
        canvas.text(columns.label[0], body.own_top + canvas.baseline(NOTE), heading, NOTE)
        canvas.rule(body.own_top + canvas.line_height(NOTE) + 8, RULE)
    canvas.rule(body.bottom, RULE_2 if body.own_top is not None else INK_3)


def _draw_intervals(canvas: Canvas, words: Words, columns: _Columns, body: _Body) -> None:
    axis_start, axis_width = columns.axis
    axes = canvas.axes(axis_start, body.top, axis_width, body.bottom - body.top)
    # The scale runs through the rows, not through the heading of the own figures.
    spans = [(each.top - body.top, each.top + each.height - body.top) for each in body.lines]
    for value in _SCALE:
        axes.add_collection(
            LineCollection(
                [[(value, start), (value, end)] for start, end in spans],
                colors=RULE,
                linewidths=0.72,
                zorder=1,
                clip_on=False,
            )
        )
    for line in body.lines:
        row, middle = line.row, line.middle - body.top
        add: Add = axes.add_artist
        if row.low is None or row.high is None or row.point is None:
            draw_none(add, axes.transData, 0.0, 1.0, middle)
            text = words.translate(reason(row))
            middle_x, width = axis_start + axis_width / 2, canvas.width_of(text, NOTE) + 16
            canvas.box(middle_x - width / 2, line.middle - 10, width, 20, facecolor=PAPER, edgecolor="none", zorder=4)
            canvas.text(middle_x, line.middle + 0.36 * NOTE.size, text, NOTE, "middle").set_zorder(5)
        elif row.sufficient:
            draw_range(add, axes.transData, row.low, row.point, row.high, middle)
        else:
            draw_thin(add, axes.transData, row.low, row.high, middle)

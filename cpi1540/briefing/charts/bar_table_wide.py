"""A bar table for pages and slides: names, scales and numbers in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.collections import LineCollection

from cpi1540.briefing.charts.bar_lines import TICKS, BarTable, Line, Panel, Part
from cpi1540.briefing.charts.bars import NONE, bar
from cpi1540.briefing.charts.canvas import (
    HEAD,
    INK,
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

_GAP = 26.0
_NUMBER_GAP = 16.0
# The last mark of a scale stands with half its width beyond it.
_AFTER_AXIS = 12.0
_LABEL_ROOM, _LABEL_ROOM_ON_SLIDE, _OF_ROOM = 330.0, 440.0, 250.0
_LABEL_LEAST = 150.0
# A name that stands once has the height of all its lines: it gives way to theirs.
_OF_LEAST = 108.0
# The least width of a scale: of one alone, and of one of several beside each other.
_AXIS_LEAST, _AXIS_LEAST_OF_SEVERAL = 140.0, 116.0
_HEAD_ROOM, _HEAD_ROOM_OF_SEVERAL = 92.0, 58.0
_PADDING, _PADDING_ON_SLIDE = 10.0, 5.0


@dataclass(frozen=True, slots=True)
class _Columns:
    """Start and width of each column: names of what belongs together, names, and per panel scale and numbers."""

    of: tuple[float, float]
    label: tuple[float, float]
    axes: tuple[tuple[float, float], ...]
    numbers: tuple[tuple[tuple[float, float], ...], ...]


def draw(canvas: Canvas, table: BarTable, top: float) -> float:
    """The heads, then line by line; gives the place where the table ends."""
    columns = _columns(canvas, table)
    top = _heads(canvas, table, columns, top)
    spans: list[tuple[float, float]] = []
    begun, before = top, False
    for of, members in table.together:
        first = members[0]
        if first.above:
            spans.append((begun, top))
            canvas.rule(top, INK_3)
            begun = top = canvas.paragraph(
                canvas.margin, top + (14 if canvas.room is None else 6), first.above, NOTE, canvas.text_width
            ) + (6 if canvas.room is None else 2)
        if first.above or spans or top > begun:
            canvas.rule(top, INK_3 if first.strong or before else RULE)
        top = _together(canvas, table, columns, of, members, top)
        before = members[-1].strong
    canvas.rule(top, INK_3)
    spans.append((begun, top))
    grid = [
        [(_at(axis, value / panel.scale.most), start), (_at(axis, value / panel.scale.most), end)]
        for axis, panel in zip(columns.axes, table.panels, strict=True)
        for value, _word in panel.scale.ticks
        for start, end in spans
    ]
    canvas.put(LineCollection(grid, colors=RULE, linewidths=0.72, transform=canvas.down, zorder=1))
    return top


def _columns(canvas: Canvas, table: BarTable) -> _Columns:
    widths = [
        [_number_width(canvas, table, place, number) for number in range(len(panel.heads))]
        for place, panel in enumerate(table.panels)
    ]
    taken = sum(sum(each) + len(each) * _NUMBER_GAP + _AFTER_AXIS + _GAP for each in widths) - _GAP
    least = _AXIS_LEAST if len(table.panels) == 1 else _AXIS_LEAST_OF_SEVERAL * len(table.panels)
    of = 0.0
    below = [line.label for line in table.lines if line.of]
    labels = below or [line.label for line in table.lines]
    if below:
        of = min(_OF_ROOM, canvas.widest([line.of for line in table.lines], LABEL) * 1.02)
    most = _LABEL_ROOM if canvas.room is None else _LABEL_ROOM_ON_SLIDE
    label = min(most, canvas.widest(labels, LABEL_STRONG) * 1.02)
    # The head of the names has a line of its own room.
    label = max(label, canvas.width_of(table.first, HEAD) - (of + _NUMBER_GAP if of else 0) + _NUMBER_GAP)
    # Long names take another line rather than the room of the scales.
    room = canvas.text_width - taken - least - _GAP - (_NUMBER_GAP if of else 0)
    if of + label > room:
        narrowest = _word(canvas, labels, LABEL_STRONG)
        if of:
            whole = _word(canvas, [line.of for line in table.lines], LABEL)
            of = max(min(of, room - label), min(_OF_LEAST, room - narrowest), whole)
        label = max(min(label, room - of), narrowest, _LABEL_LEAST / 2)
    start = canvas.margin + of + (_NUMBER_GAP if of else 0)
    axis = (canvas.end - start - label - _GAP - taken) / len(table.panels)
    x, axes, numbers = start + label + _GAP, [], []
    for each in widths:
        axes.append((x, axis))
        x += axis + _AFTER_AXIS
        places = []
        for width in each:
            places.append((x + _NUMBER_GAP, width))
            x += _NUMBER_GAP + width
        numbers.append(tuple(places))
        x += _GAP
    return _Columns((canvas.margin, of), (start, label), tuple(axes), tuple(numbers))


def _number_width(canvas: Canvas, table: BarTable, place: int, number: int) -> float:
    said = [part.numbers[number] for line in table.lines if (part := line.parts[place]) is not None]
    head = table.panels[place].heads[number]
    lines = canvas.lines(head, HEAD, max(_head_room(table), _word(canvas, [head], HEAD) * 1.02))
    return max(canvas.widest(said, NUMBER_STRONG), canvas.widest(lines, HEAD))


def _head_room(table: BarTable) -> float:
    """How wide the head of numbers is on one line, unless a word of it is wider."""
    return _HEAD_ROOM if len(table.panels) == 1 else _HEAD_ROOM_OF_SEVERAL


def _word(canvas: Canvas, texts: Sequence[str], style: Style) -> float:
    """The width of the widest word, which no column breaks; 0 in Chinese, where lines end between characters."""
    if canvas.language.code == "zh":
        return 0.0
    return canvas.widest([word for text in texts for word in text.split(" ")], style) * 1.02


def _heads(canvas: Canvas, table: BarTable, columns: _Columns, top: float) -> float:
    step = canvas.line_height(HEAD)
    if any(panel.name for panel in table.panels):
        deepest = top
        for panel, axis, numbers in zip(table.panels, columns.axes, columns.numbers, strict=True):
            width = (numbers[-1][0] + numbers[-1][1] if numbers else axis[0] + axis[1]) - axis[0]
            deepest = max(deepest, canvas.paragraph(axis[0], top, panel.name, LABEL_STRONG, width))
        top = deepest + 2
    headings = [canvas.lines(panel.scale.heading, HEAD, axis[1]) for panel, axis in _scaled(table, columns)]
    heads = [
        [canvas.lines(head, HEAD, max(_head_room(table), width[1] * 1.02))
         for head, width in zip(panel.heads, numbers, strict=True)]
        for panel, numbers in zip(table.panels, columns.numbers, strict=True)
    ]  # fmt: skip
    over = max(len(lines) for lines in headings) * step + canvas.line_height(TICKS)
    bottom = top + max([over, *(len(lines) * step for panel in heads for lines in panel)]) + 4
    baseline = bottom - step + canvas.baseline(HEAD) - 4
    for (panel, axis), lines in zip(_scaled(table, columns), headings, strict=True):
        above = bottom - over - 4
        for place, text in enumerate(lines):
            canvas.text(axis[0], above + canvas.baseline(HEAD) + place * step, text, HEAD)
        for value, word in panel.scale.ticks:
            canvas.text(_at(axis, value / panel.scale.most), baseline, word, TICKS, "middle")
    for told, numbers in zip(heads, columns.numbers, strict=True):
        for lines, column in zip(told, numbers, strict=True):
            for place, text in enumerate(reversed(lines)):
                canvas.text(_numeric(canvas, column), baseline - place * step, text, HEAD, "right")
    canvas.text(canvas.margin, baseline, table.first, HEAD)
    canvas.rule(bottom + 4, INK, 1.2)
    return bottom + 4


def _scaled(table: BarTable, columns: _Columns) -> list[tuple[Panel, tuple[float, float]]]:
    return list(zip(table.panels, columns.axes, strict=True))


def _together(canvas: Canvas, table: BarTable, columns: _Columns, of: str, lines: list[Line], top: float) -> float:
    step = canvas.line_height(LABEL)
    # A name that belongs to nothing wider, or has none below it, has both columns.
    both = columns.label[0] + columns.label[1] - canvas.margin
    x, width = columns.label if of else (canvas.margin, both)
    labels = [canvas.balanced(line.label, _label(line), width * 1.01) for line in lines]
    padding, least = (_PADDING, table.row) if canvas.room is None else (_PADDING_ON_SLIDE, table.row_on_slide)
    heights = [max(least, step * len(label) + (padding if len(label) > 1 or not of else 0)) for label in labels]
    named = columns.of[1] if any(line.label for line in lines) else both
    whole = canvas.balanced(of, LABEL, named * 1.01) if of else []
    # What belongs together is as high as its name needs.
    needed = step * len(whole) + (padding if len(whole) > 1 else 0)
    heights[-1] = max(heights[-1], needed - sum(heights[:-1]))
    inside = step * len(whole) if len(lines) == 1 else step
    pad = (heights[0] - inside) / 2
    for place, text in enumerate(whole):
        canvas.text(columns.of[0], top + pad + canvas.baseline(LABEL) + place * step, text, LABEL)
    for line, label, height in zip(lines, labels, heights, strict=True):
        row = height if len(lines) == 1 or line is not lines[-1] else min(height, max(least, step * len(label)))
        style = _label(line)
        first = top + row / 2 - step * len(label) / 2 + canvas.baseline(style)
        for place, text in enumerate(label):
            if text:
                canvas.text(x, first + place * step, text, style)
        _line(canvas, table, columns, line, top, row)
        top += height
    return top


def _line(canvas: Canvas, table: BarTable, columns: _Columns, line: Line, top: float, height: float) -> None:
    middle = top + height / 2
    baseline = middle + 0.36 * NUMBER.size
    for (panel, axis), numbers, part in zip(_scaled(table, columns), columns.numbers, line.parts, strict=True):
        if part is not None:
            _part(canvas, panel, axis, part, middle)
            for place, (text, column) in enumerate(zip(part.numbers, numbers, strict=True)):
                look = number_style(part, place, strong=line.strong)
                canvas.text(_numeric(canvas, column), baseline, text, look, "right")
            canvas.hit(axis[0], top, axis[1], height, part.spoken)


def _part(canvas: Canvas, panel: Panel, axis: tuple[float, float], part: Part, middle: float) -> None:
    if part.shapes is not None:
        part.shapes(canvas, lambda value: _at(axis, value / panel.scale.most), middle)
        return
    draw_nothing(canvas, axis[0], axis[1], middle, part.reason)


def draw_nothing(canvas: Canvas, start: float, width: float, middle: float, reason: str) -> None:
    """Hatching where there is no figure, with its reason where that has room; the key has it too."""
    bar(canvas, NONE, start, start + width, middle)
    taken = canvas.width_of(reason, NOTE) + 12 if reason else 0.0
    if reason and taken <= width - 12:
        centre = start + width / 2
        canvas.box(centre - taken / 2, middle - 9, taken, 18, facecolor=PAPER, edgecolor="none", zorder=4)
        canvas.text(centre, middle + 0.36 * NOTE.size, reason, NOTE, "middle").set_zorder(5)


def number_style(part: Part, place: int, *, strong: bool = False) -> Style:
    """How the number at that place is set."""
    if strong or part.strong == place:
        return NUMBER_STRONG
    return NUMBER if part.strong is None else NUMBER_SOFT


def _label(line: Line) -> Style:
    return LABEL_STRONG if line.strong else LABEL


def _at(axis: tuple[float, float], share: float) -> float:
    return axis[0] + share * axis[1]


def _numeric(canvas: Canvas, column: tuple[float, float]) -> float:
    """Where the right-hand end of a column's numbers stands: unit digits line up in every language."""
    start, width = column
    return start if canvas.mirrored else start + width

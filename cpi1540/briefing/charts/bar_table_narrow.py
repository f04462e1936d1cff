"""A bar table for phones: each line its name, its shapes over the whole width, its numbers with their heads."""

from collections.abc import Sequence

from matplotlib.collections import LineCollection

from cpi1540.briefing.charts.bar_lines import TICKS, BarTable, Line, Panel, Part, Scale
from cpi1540.briefing.charts.bar_table_wide import draw_nothing, number_style
from cpi1540.briefing.charts.canvas import (
    HEAD,
    INK_2,
    INK_3,
    LABEL,
    LABEL_STRONG,
    NOTE,
    RULE,
    Canvas,
)

_BETWEEN, _INSIDE = 16.0, 5.0


def draw(canvas: Canvas, table: BarTable, top: float) -> float:
    """The scale, then line by line; gives the place where the table ends."""
    scale = table.panels[0].scale
    top = canvas.paragraph(canvas.margin, top, scale.heading, HEAD, canvas.text_width)
    top = _scale(canvas, scale, top + 4)
    grid: list[tuple[float, float]] = []
    for of, members in table.together:
        if members[0].above:
            top = canvas.paragraph(canvas.margin, top + 12, members[0].above, NOTE, canvas.text_width) + 4
        if of:
            top = canvas.paragraph(canvas.margin, top + 8, of, LABEL_STRONG, canvas.text_width)
        for line in members:
            top = _line(canvas, table, line, top + (4 if of else 8), grid)
        top += 6
        canvas.rule(top, INK_3 if members[-1].strong else RULE)
    places = [canvas.margin + value / scale.most * canvas.text_width for value, _word in scale.ticks]
    lines = [[(x, start), (x, end)] for start, end in grid for x in places]
    canvas.put(LineCollection(lines, colors=RULE, linewidths=0.72, transform=canvas.down, zorder=1))
    return top


def _scale(canvas: Canvas, scale: Scale, top: float) -> float:
    for place, (value, word) in enumerate(scale.ticks):
        x = canvas.margin + value / scale.most * canvas.text_width
        baseline = top + canvas.baseline(TICKS)
        if place == 0:
            canvas.text(x, baseline, word, TICKS, "start")
        elif value == scale.most:
            canvas.text(x, baseline, word, TICKS, "end")
        else:
            canvas.text(x, baseline, word, TICKS, "middle")
    top += canvas.line_height(TICKS) + 2
    canvas.rule(top, INK_2)
    return top


def _line(canvas: Canvas, table: BarTable, line: Line, top: float, grid: list[tuple[float, float]]) -> float:
    if line.label:
        style = LABEL_STRONG if line.strong else LABEL
        top = canvas.paragraph(canvas.margin, top, line.label, style, canvas.text_width)
    for panel, part in zip(table.panels, line.parts, strict=True):
        if part is None:
            continue
        begun = top
        if panel.name:
            top = canvas.paragraph(canvas.margin, top, panel.name, NOTE, canvas.text_width)
        _part(canvas, panel, part, top + table.depth / 2)
        grid.append((top + 1, top + table.depth - 1))
        top = _numbers(canvas, panel, part, top + table.depth, strong=line.strong)
        canvas.hit(canvas.margin, begun, canvas.text_width, top - begun, part.spoken)
    return top


def _part(canvas: Canvas, panel: Panel, part: Part, middle: float) -> None:
    if part.shapes is None:
        draw_nothing(canvas, canvas.margin, canvas.text_width, middle, part.reason)
        return
    part.shapes(canvas, lambda value: canvas.margin + value / panel.scale.most * canvas.text_width, middle)


def _numbers(canvas: Canvas, panel: Panel, part: Part, top: float, *, strong: bool) -> float:
    """The numbers, each after its head, as many on a line as fit and the last line the fullest; gives the place where
    they end.
    """
    x = canvas.margin
    height = canvas.line_height(NOTE) + 2
    # A number that carries its head needs no other: "89%".
    told = [("" if head in number else head, number) for head, number in zip(panel.heads, part.numbers, strict=True)]
    breaks = _breaks(canvas, [
        (canvas.width_of(head, NOTE) + _INSIDE if head else 0.0)
        + canvas.width_of(number, number_style(part, place, strong=strong))
        for place, (head, number) in enumerate(told)
    ])  # fmt: skip
    for place, (head, number) in enumerate(told):
        style = number_style(part, place, strong=strong)
        if place in breaks:
            x, top = canvas.margin, top + height
        lines = canvas.lines(head, NOTE, canvas.text_width - canvas.width_of(number, style) - _INSIDE)
        for each, text in enumerate(lines if head else ()):
            canvas.text(x, top + canvas.baseline(NOTE) + each * height, text, NOTE)
        top += (len(lines) - 1) * height
        after = x + (canvas.width_of(lines[-1], NOTE) + _INSIDE if head else 0.0)
        canvas.text(after, top + canvas.baseline(NOTE), number, style)
        x = after + canvas.width_of(number, style) + _BETWEEN
    return top + height


def _breaks(canvas: Canvas, widths: Sequence[float]) -> set[int]:
    """Before which of the numbers a new line begins."""
    found: set[int] = set()
    used = 0.0
    for place in range(len(widths) - 1, -1, -1):
        needed = widths[place] + (_BETWEEN if used else 0.0)
        if used and used + needed > canvas.text_width:
            found.add(place + 1)
            used, needed = 0.0, widths[place]
        used += needed
    return found

"""A bar table of many short lines for phones: the name, a short bar and one number beside each other."""

from cpi1540.briefing.charts.bar_lines import BarTable, Line, Part
from cpi1540.briefing.charts.canvas import HEAD, INK, INK_3, LABEL_STRONG, NOTE_STRONG, RULE, Canvas, Style
from cpi1540.briefing.charts.fonts import BOLD

_NAME = Style(13.5, INK, leading=1.25)
_NUMBER = Style(13.5, INK, BOLD)
# How much of the width the names have; how high a line is at least; between name, bar and number.
_NAMES, _ROW, _GAP = 0.52, 25.0, 10.0


def draw(canvas: Canvas, table: BarTable, top: float) -> float:
    """Line by line, without a scale: each number is written. One panel of one number; gives where the table ends."""
    (panel,) = table.panels
    parts = [line.parts[0] for line in table.lines]
    numbers = canvas.widest([part.numbers[0] for part in parts if part], _NUMBER)
    start = canvas.margin + _NAMES * canvas.text_width
    end = canvas.end - numbers - _GAP
    top = canvas.paragraph(canvas.margin, top, table.first, HEAD, canvas.text_width) + 2
    canvas.rule(top, INK_3)
    for of, members in table.together:
        if of:
            top = canvas.paragraph(canvas.margin, top + 8, of, NOTE_STRONG, canvas.text_width)
        for line in members:
            part = line.parts[0]
            if part is not None:
                top = _line(canvas, line, part, top, (start, end, panel.scale.most))
        if of:
            top += 4
            canvas.rule(top, RULE)
    return top + 2


def _line(canvas: Canvas, line: Line, part: Part, top: float, scale: tuple[float, float, float]) -> float:
    start, end, most = scale
    names = canvas.lines(line.label, LABEL_STRONG if line.strong else _NAME, start - canvas.margin - _GAP)
    step = canvas.line_height(_NAME)
    height = max(_ROW, len(names) * step + 6)
    first = top + (height - len(names) * step) / 2 + canvas.baseline(_NAME)
    for place, name in enumerate(names):
        canvas.text(canvas.margin, first + place * step, name, _NAME)
    middle = top + height / 2
    if part.shapes is not None:
        part.shapes(canvas, lambda value: start + value / most * (end - start), middle)
    canvas.text(canvas.end, middle + 0.36 * _NUMBER.size, part.numbers[0], _NUMBER, "end")
    canvas.hit(canvas.margin, top, canvas.text_width, height, part.spoken)
    return top + height

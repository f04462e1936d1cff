"""States and sections: a shaded cell for each, by regional group."""

from dataclasses import dataclass

from cpi1540.briefing.charts.canvas import INK, INK_2, RULE, Canvas, Style
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.shading import draw_cell, draw_scale
from cpi1540.briefing.charts.state_figures import ChartOfStates, StateFigures, value_of
from cpi1540.foundation.messages import Sentence, sentence

_LABEL = Style(13, INK, leading=1.25)
_GROUP = Style(13, INK_2, BOLD, 1.3)
_HEAD = Style(12, INK_2, BOLD, 1.25)
_GAP = 40.0
_ROW, _ROW_ON_SLIDE = 26.0, 22.0
_MOST_IN_ONE_BLOCK, _MOST_ON_SLIDE = 14, 8
_LEAST_LABEL = 150.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block: a State with its lines of label (``group``: in a group that is named), or a group's name."""

    state: StateFigures | None
    lines: tuple[str, ...]
    height: float
    group: bool = False


@dataclass(frozen=True, slots=True)
class HeatmapSections(ChartOfStates):
    """``heads`` are short names of the parts; the last ``n_own`` of them are no part of the total."""

    heads: tuple[str, ...] = ()
    n_own: int = 0

    def what(self) -> Sentence:
        """States and sections."""
        return sentence("Coverage by State and section.")

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """One block of rows, or two side by side, then the key of the shades."""
        cell = 36.0 if canvas.narrow else 46.0
        n_blocks = self._n_blocks(canvas, cell)
        width = (canvas.text_width - _GAP * (n_blocks - 1)) / n_blocks
        if n_blocks == 1 and not canvas.narrow:
            # Names stand near their cells, where they have the sheet to themselves.
            names = canvas.widest([state.label for state in self.states], _LABEL) * 1.05
            width = min(width, max(names, 2 * _LEAST_LABEL) + cell * len(self.heads) + 30)
        room = width - cell * len(self.heads) - (8 if self.n_own else 0) - 10
        lines = self._lines(canvas, room, width)
        ends = []
        for place, block in enumerate(_split(lines, n_blocks)):
            ends.append(
                self._draw_block(canvas, words, block, canvas.margin + place * (width + _GAP), top, width, cell)
            )
        every = [row for state in self.states for row in state.rows]
        return draw_scale(canvas, words, max(ends) + (16 if canvas.room is None else 8), every, self.min_reviewed)

    def _n_blocks(self, canvas: Canvas, cell: float) -> int:
        """How many blocks stand side by side: as many as leave room for names, and are no mere stubs."""
        if canvas.narrow:
            return 1
        most = _MOST_IN_ONE_BLOCK if canvas.room is None else _MOST_ON_SLIDE
        needed = _LEAST_LABEL + cell * len(self.heads) + 18
        fitting = int((canvas.text_width + _GAP) // (needed + _GAP))
        return max(1, min(fitting, -(-len(self.states) // most)))

    def _lines(self, canvas: Canvas, room: float, width: float) -> list[_Line]:
        found = []
        for group in self.groups:
            named = tuple(canvas.lines(group.label, _GROUP, width))
            if len(self.groups) > 1:
                height = canvas.line_height(_GROUP) * len(named) + (14 if canvas.room is None else 6)
                found.append(_Line(None, named, height))
            for state in group.states:
                lines = tuple(canvas.lines(state.label, _LABEL, room))
                least, padding = (_ROW, 6) if canvas.room is None else (_ROW_ON_SLIDE, 4)
                height = max(least, canvas.line_height(_LABEL) * len(lines) + padding)
                found.append(_Line(state, lines, height, len(self.groups) > 1))
        return found

    def _draw_block(
        self, canvas: Canvas, words: Words, block: list[_Line], x: float, top: float, width: float, cell: float
    ) -> float:
        style = canvas.fitted(self.heads, _HEAD, cell - 2)
        heads = [canvas.lines(head, style, cell - 2) for head in self.heads]
        step = canvas.line_height(style)
        height = max(map(len, heads)) * step
        for place, lines in enumerate(heads):
            middle = x + self._place(place, width, cell) + cell / 2
            above = height - len(lines) * step
            for number, text in enumerate(lines):
                canvas.text(middle, top + above + number * step + canvas.baseline(style), text, style, "middle")
        top += height + 4
        canvas.rule(top, INK, 1.2, x=x, until=x + width)
        for line in block:
            style = _LABEL if line.state else _GROUP
            step = canvas.line_height(style)
            above = (line.height - step * len(line.lines)) / (2 if line.state else 1.3)
            for number, text in enumerate(line.lines):
                canvas.text(x, top + above + number * step + canvas.baseline(style), text, style)
            if line.state:
                for place, row in enumerate(line.state.rows):
                    at = x + self._place(place, width, cell)
                    drawn = draw_cell(canvas, row, words, at, top, cell, line.height)
                    canvas.mark(drawn, value_of(line.state, row, words))
            top += line.height
            canvas.rule(top, RULE, x=x, until=x + width)
        return top

    def _place(self, column: int, width: float, cell: float) -> float:
        """Where a column of cells begins in its block; those of their own stand apart."""
        start = width - cell * len(self.heads)
        apart = 8 if self.n_own and column < len(self.heads) - self.n_own else 0
        return start + column * cell - apart


def _split(lines: list[_Line], n_blocks: int) -> list[list[_Line]]:
    """The lines in blocks of about the same height; a group that goes on is named again."""
    share, taken = sum(line.height for line in lines) / n_blocks, 0.0
    blocks: list[list[_Line]] = [[]]
    for place, line in enumerate(lines):
        # A group's name goes to where its first State does.
        together = line.height + (lines[place + 1].height if line.state is None and place + 1 < len(lines) else 0.0)
        due = taken + together / 2 > share * len(blocks) and len(blocks) < n_blocks and bool(blocks[-1])
        if due and not _ends_a_group(lines, place):
            blocks.append([])
            if line.state is not None and line.group:
                named = next(each for each in reversed(lines[:place]) if each.state is None)
                blocks[-1].append(named)
        blocks[-1].append(line)
        taken += line.height
    return blocks


def _ends_a_group(lines: list[_Line], place: int) -> bool:
    """Whether a State is one of the last two of its group: they are not torn from it."""
    following = lines[place : place + 3]
    return lines[place].group and (len(following) < 3 or any(line.state is None for line in following))

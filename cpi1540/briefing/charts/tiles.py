"""Equal squares, one a State, in the regional groups: a small State is as large as any other."""

from dataclasses import dataclass

from cpi1540.briefing.charts.canvas import INK_2, Canvas, Style
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.shading import draw_scale, ink_on, shade
from cpi1540.briefing.charts.state_figures import ChartOfStates, Group, StateFigures, first_rows, value_of
from cpi1540.briefing.charts.wrapping import pieces
from cpi1540.foundation.messages import Sentence, sentence

_GROUP = Style(13.5, INK_2, BOLD, 1.3)
_LARGEST, _SMALLEST = 64.0, 36.0
# The width of the names beside the squares, the room between groups, and the height of the key on a slide.
_NAMES, _BETWEEN, _KEY = 150.0, 6.0, 62.0
_FEW = 60


@dataclass(frozen=True, slots=True)
class Tiles(ChartOfStates):
    """The tile grid of the States asked for."""

    def what(self) -> Sentence:
        """Squares in groups."""
        return sentence("Coverage of each State: one equal square each, in alphabetical order.")

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """Group by group, then the key of the shades."""
        if canvas.room is not None or (not canvas.narrow and len(self.states) <= _FEW):
            return self._beside(canvas, words, top)
        across = 8 if canvas.narrow else 19
        side = min(_LARGEST, canvas.text_width / across)
        for group in self.groups:
            top = canvas.paragraph(canvas.margin, top, _named(group, words), _GROUP, canvas.text_width) + 3
            for place, state in enumerate(group.states):
                line, column = divmod(place, across)
                _draw_tile(canvas, words, state, canvas.margin + column * side, top + line * side, side)
            top += side * -(-len(group.states) // across) + 12
        return draw_scale(canvas, words, top + 4, first_rows(self.states), self.min_reviewed)

    def _beside(self, canvas: Canvas, words: Words, top: float) -> float:
        """The names of the groups beside their squares, which on a slide are as large as there is room."""
        told = [_named(group, words) for group in self.groups]
        width = max(_NAMES, canvas.widest([word for name in told for word in pieces(name)], _GROUP) * 1.02)
        names = [canvas.lines(name, _GROUP, width) for name in told]
        least = [canvas.line_height(_GROUP) * len(lines) + 3 for lines in names]
        start = canvas.margin + width + 12
        side = _LARGEST
        while side > _SMALLEST:
            across = int((canvas.end - start) // side)
            heights = [max(side * -(-len(group.states) // across), high)
                       for group, high in zip(self.groups, least, strict=True)]  # fmt: skip
            if canvas.room is None or top + sum(heights) + _BETWEEN * len(heights) + _KEY <= canvas.room:
                break
            side -= 1
        for group, lines, high in zip(self.groups, names, least, strict=True):
            above = max((side - 3 - canvas.line_height(_GROUP) * len(lines)) / 2, 0.0)
            for place, text in enumerate(lines):
                at = top + above + place * canvas.line_height(_GROUP) + canvas.baseline(_GROUP)
                canvas.text(canvas.margin, at, text, _GROUP)
            across = int((canvas.end - start) // side)
            for place, state in enumerate(group.states):
                line, column = divmod(place, across)
                _draw_tile(canvas, words, state, start + column * side, top + line * side, side)
            top += max(side * -(-len(group.states) // across), high) + _BETWEEN
        return draw_scale(canvas, words, top, first_rows(self.states), self.min_reviewed)


def _named(group: Group, words: Words) -> str:
    return words.translate(sentence("%(group)s, %(n)s", group=group.label, n=words.number(len(group.states))))


def _draw_tile(canvas: Canvas, words: Words, state: StateFigures, x: float, top: float, side: float) -> None:
    row = state.first
    tile = canvas.box(x, top, side - 3, side - 3, linewidth=0.7, zorder=3)
    shade(tile, row)
    canvas.mark(tile, value_of(state, row, words))
    # Letters of a slide are no smaller than others there, however small the squares.
    size = min(13.0, side * 0.26) if canvas.room is None else max(12.0, min(13.0, side * 0.26))
    ink, middle = ink_on(row), x + (side - 3) / 2
    if row.point is not None and row.sufficient:
        share = words.share(row.point)
        canvas.text(middle, top + side * 0.42, state.code, Style(size, ink, BOLD), "middle").set_zorder(4)
        canvas.text(middle, top + side * 0.74, share, Style(size, ink), "middle").set_zorder(4)
        return
    code = Style(size, ink, BOLD)
    if row.low is None:
        # The hatching stops around the code.
        width = canvas.width_of(state.code, code) + 6
        canvas.box(
            middle - width / 2, top + side / 2 - size, width, size * 1.5, facecolor="white", edgecolor="none", zorder=4
        )
    canvas.text(middle, top + side / 2 + 0.14 * size, state.code, code, "middle").set_zorder(5)

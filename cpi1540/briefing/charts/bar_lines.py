"""Figures as the lines of a table: a name, shapes on a scale, and the numbers beside them.

Wide: names, then one scale or several beside each other, each followed by its numbers. Narrow: every line has its
name, its shapes over the whole width, and its numbers below with their heads.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cpi1540.briefing.charts.canvas import INK_2, Canvas, Style
from cpi1540.briefing.charts.frame import Words

TICKS = Style(12.5, INK_2)
ROOMY, COMPACT = 36.0, 23.0

# Where a value of the scale stands, in pixels from the start edge.
Place = Callable[[float], float]
# Draws the shapes of a line: on the sheet, by that scale, with that middle.
Shapes = Callable[[Canvas, Place, float], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from 0 to ``most``: what it counts, and its marks with their words."""

    heading: str
    most: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One scale with the heads of the numbers that follow it; ``name`` tells several apart."""

    scale: Scale
    heads: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a line has in one panel: its shapes, None where there is no figure, for the ``reason`` written there.

    ``numbers`` are as many as the panel has heads; the one at ``strong`` stands out. ``spoken`` says it all.
    """

    spoken: str
    numbers: tuple[str, ...]
    shapes: Shapes | None = None
    reason: str = ""
    strong: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a part for each panel, None where it has nothing to say there.

    Lines one after another that name the same ``of`` belong together: it stands once, before them. ``above`` is a
    heading over the line and those that follow.
    """

    label: str
    parts: tuple[Part | None, ...]
    of: str = ""
    strong: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class BarTable:
    """The whole: ``first`` is the head of the names, ``row`` the least height of a line when wide, ``depth`` that of
    its shapes when narrow; ``compact`` sets name, shapes and the one number of a line beside each other there.
    ``nothing`` is why there is no line, where there is none.
    """

    first: str
    panels: tuple[Panel, ...]
    lines: tuple[Line, ...]
    row: float = ROOMY
    depth: float = 26.0
    nothing: str = ""
    compact: bool = False

    @property
    def row_on_slide(self) -> float:
        """The least height of a line on a slide, where room is short: its shapes with a hair between them."""
        return min(self.row, self.depth + 3)

    @property
    def together(self) -> list[tuple[str, list[Line]]]:
        """The lines as they belong together; a line that names nothing stands alone."""
        found: list[tuple[str, list[Line]]] = []
        for of, grouped in groupby(self.lines, key=lambda line: line.of):
            members = list(grouped)
            found += [(of, members)] if of else [("", [line]) for line in members]
        return found


def share_scale(words: Words, heading: str) -> Scale:
    """Shares from 0 to 1."""
    marks = ((0.0, words.number(0)), *((each, words.share(each)) for each in (0.25, 0.5, 0.75)), (1.0, words.number(1)))
    return Scale(heading, 1.0, marks)


def count_scale(words: Words, heading: str, values: Sequence[int], most: int | None = None) -> Scale:
    """Whole numbers from 0 to the greatest of ``values``, rounded up to a mark; or to ``most`` exactly."""
    greatest = max([*values, 1]) if most is None else max(most, 1)
    step = next(step for step in _STEPS if greatest / step <= 5)
    end = greatest if most is not None else -(-greatest // step) * step
    marks = [*range(0, end + 1, step)]
    if marks[-1] != end:
        # The end of the scale has its mark; one that would touch it gives way.
        marks = [mark for mark in marks if end - mark > step / 2] + [end]
    return Scale(heading, float(end), tuple((float(mark), words.number(mark)) for mark in marks))


_STEPS = [base * 10**power for power in range(9) for base in (1, 2, 5)]

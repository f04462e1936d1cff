"""One field of a matrix as a cell: the code of one State, or how many States have measures recorded in it."""

from dataclasses import dataclass

from matplotlib.patches import Rectangle

from cpi1540.briefing.charts.canvas import ACCENT, EDGE, HATCH, INK, INK_3, PAPER, Canvas, Style
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape
from cpi1540.briefing.charts.shading import STEPS, step_of

HALF = 0.5
# The looks of codes, in the order of the key.
KINDS = ("X", "?", "NA", "blank", "unreviewed")


@dataclass(frozen=True, slots=True)
class FieldCell:
    """A field. ``kind`` is its code where the chart is of one State ("X", "?", "NA", "blank", "unreviewed"), else "".

    It applies to ``states`` (as far as is known: NA leaves the count); ``reviewed`` of them are reviewed in it, ``x``
    have measures recorded.
    """

    kind: str
    x: int
    reviewed: int
    states: int

    @property
    def share(self) -> float | None:
        """The share of X in the States reviewed; None when none is."""
        return self.x / self.reviewed if self.reviewed else None

    @property
    def sufficient(self) -> bool:
        """Whether half of the States to which it applies are reviewed in it."""
        return self.reviewed >= HALF * self.states


def look_of_code(canvas: Canvas, box: Rectangle, kind: str, middle: float, baseline: float) -> None:
    """Make the box look like the code, its letter in the ``middle`` on ``baseline``."""
    box.set_label(kind)
    if kind == "X":
        box.set(facecolor=ACCENT, edgecolor=ACCENT)
        canvas.text(middle, baseline, "X", Style(12, PAPER, BOLD), "middle").set_zorder(4)
    elif kind == "?":
        box.set(facecolor=PAPER, edgecolor=ACCENT, linewidth=1.6)
        canvas.text(middle, baseline, "?", Style(12, ACCENT, BOLD), "middle").set_zorder(4)
    elif kind == "NA":
        box.set(facecolor=PAPER, edgecolor="none")
        canvas.text(middle, baseline, "NA", Style(11, INK_3), "middle").set_zorder(4)
    elif kind == "blank":
        box.set(facecolor=PAPER, edgecolor=EDGE)
    else:
        _hatch(box)


def look_of_count(
    canvas: Canvas, words: Words, box: Rectangle, field: FieldCell, middle: float, baseline: float
) -> None:
    """Shade the box by the share of X in the States reviewed, and write how many have it."""
    share = field.share
    if share is None:
        _hatch(box)
        box.set_label("none")
        return
    if field.sufficient:
        fill, ink = STEPS[step_of(share)]
        box.set(facecolor=fill, edgecolor=PAPER, label="shade")
    else:
        ink = INK
        box.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (3.0, 2.2)), label="thin")
    canvas.text(middle, baseline, words.number(field.x), Style(12, ink, BOLD), "middle").set_zorder(4)


def _hatch(box: Rectangle) -> None:
    box.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (1.5, 2.0)))
    box.set_hatch("/////")
    box.set_hatchcolor(HATCH)
    box.set_hatch_linewidth(0.6)


def sample_code(canvas: Canvas, kind: str) -> Shape:
    """The look of a code, for a key."""

    def shape(x: float, middle: float) -> None:
        box = canvas.box(x, middle - 9, 28, 18, linewidth=0.7)
        look_of_code(canvas, box, kind, x + 14, middle + 0.36 * 12)

    return shape


def sample_count(canvas: Canvas, *, reviewed: bool) -> Shape:
    """The look of a field with too little reviewed, or of one that nobody reviewed, for a key."""

    def shape(x: float, middle: float) -> None:
        box = canvas.box(x, middle - 9, 28, 18, linewidth=0.7)
        if reviewed:
            box.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (3.0, 2.2)))
        else:
            _hatch(box)

    return shape

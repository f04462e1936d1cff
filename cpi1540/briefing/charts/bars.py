"""Bars and marks that are told apart by their shape and shade, in grey too, and as samples in a key."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from cpi1540.briefing.charts.canvas import (
    ACCENT,
    ACCENT_LINE,
    ACCENT_SOFT,
    CAUTION,
    EDGE,
    HATCH,
    INK,
    PAPER,
    Canvas,
)

BAR = 14.0
THIN = 8.0
_PIXEL = 0.72


@dataclass(frozen=True, slots=True)
class Look:
    """How a bar looks. ``name`` is the label by which tests find it."""

    name: str
    face: str
    edge: str
    hatch: str = ""
    dashed: bool = False


SOLID = Look("solid", ACCENT, ACCENT)
MIDDLE = Look("middle", "#8fb6ba", ACCENT_LINE)
SOFT = Look("soft", ACCENT_SOFT, ACCENT_LINE)
EMPTY = Look("empty", PAPER, EDGE)
DASHED = Look("dashed", PAPER, EDGE, dashed=True)
STRIPED = Look("striped", PAPER, CAUTION, hatch="\\\\\\\\")
NONE = Look("none", PAPER, EDGE, hatch="////", dashed=True)


def bar(
    canvas: Canvas, look: Look, start: float, end: float, middle: float, height: float = BAR, zorder: float = 3
) -> Rectangle:
    """A bar from ``start`` to ``end``, in pixels; one of no length leaves nothing."""
    drawn = canvas.box(
        start,
        middle - height / 2,
        end - start,
        height,
        facecolor=look.face,
        edgecolor=look.edge if end > start else "none",
        linewidth=1.1 * _PIXEL,
        label=look.name,
        zorder=zorder,
        linestyle=(0, (3.0, 2.0)) if look.dashed else "solid",
    )
    if look.hatch:
        drawn.set_hatch(look.hatch)
        drawn.set_hatchcolor(HATCH if look is NONE else look.edge)
        drawn.set_hatch_linewidth(0.6)
    return drawn


def mark(canvas: Canvas, x: float, middle: float, height: float = 22.0, colour: str = INK, width: float = 3.0) -> None:
    """An upright stroke: a single value."""
    canvas.put(
        Line2D(
            [x, x],
            [middle - height / 2, middle + height / 2],
            color=colour,
            linewidth=width * _PIXEL,
            solid_capstyle="butt",
            transform=canvas.down,
            label="mark",
            zorder=5,
        )
    )


def diamond(canvas: Canvas, x: float, middle: float, size: float = 5.0) -> None:
    """An empty diamond: a value of an earlier day."""
    corners = [(x - size, middle), (x, middle - size), (x + size, middle), (x, middle + size)]
    canvas.put(
        Polygon(
            corners,
            closed=True,
            facecolor=PAPER,
            edgecolor=INK,
            linewidth=1.3 * _PIXEL,
            transform=canvas.down,
            label="diamond",
            zorder=6,
        )
    )


def sample(canvas: Canvas, look: Look, height: float = BAR) -> Callable[[float, float], None]:
    """The look as a sample in a key."""
    return lambda x, middle: _sampled(canvas, look, x, middle, height)


def _sampled(canvas: Canvas, look: Look, x: float, middle: float, height: float) -> None:
    bar(canvas, look, x, x + 48, middle, height)

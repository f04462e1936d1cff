"""How an interval is drawn: by the same shapes on a chart's axis and in its key.

A full box with a tick where a point is given; a dashed, empty box where too little is reviewed; hatching
where there is no figure. Artists carry a label ("range", "point", "thin", "none") by which tests find them.
"""

from collections.abc import Callable

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from cpi1540.briefing.charts.canvas import ACCENT, ACCENT_LINE, ACCENT_SOFT, EDGE, HATCH, PAPER

BOX = 14.0
TICK = 24.0
_PIXEL = 0.72

Add = Callable[[Artist], object]


def draw_range(add: Add, transform: Transform, low: float, point: float, high: float, middle: float) -> None:
    """The box from ``low`` to ``high`` with its tick, ``middle`` down, in the coordinates of ``transform``."""
    add(_box(transform, low, high, middle, "range", facecolor=ACCENT_SOFT, edgecolor=ACCENT_LINE))
    tick = Line2D(
        [point, point],
        [middle - TICK / 2, middle + TICK / 2],
        color=ACCENT,
        linewidth=4 * _PIXEL,
        solid_capstyle="butt",
        transform=transform,
        label="point",
        zorder=4,
        clip_on=False,
    )
    add(tick)


def draw_thin(add: Add, transform: Transform, low: float, high: float, middle: float) -> None:
    """The dashed box of a figure that has too little reviewed for a point."""
    add(_box(transform, low, high, middle, "thin", facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (3.5, 2.5))))


def draw_none(add: Add, transform: Transform, start: float, end: float, middle: float) -> None:
    """The hatching where there is no figure."""
    hatched = _box(transform, start, end, middle, "none", facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (1.5, 2.0)))
    hatched.set_hatch("////")
    hatched.set_hatchcolor(HATCH)
    hatched.set_hatch_linewidth(0.6)
    add(hatched)


def _box(transform: Transform, start: float, end: float, middle: float, label: str, **look: object) -> Rectangle:
    return Rectangle(
        (start, middle - BOX / 2),
        end - start,
        BOX,
        linewidth=1.2 * _PIXEL,
        transform=transform,
        label=label,
        zorder=3,
        clip_on=False,
        **look,  # type: ignore[arg-type]
    )

"""The Member States on a map of the world; small ones as marks. Never mirrored: east is east in every language."""

from dataclasses import dataclass

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from cpi1540 import paths
from cpi1540.briefing.charts.canvas import EDGE, PAPER, RULE, SUNKEN, Canvas
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape
from cpi1540.briefing.charts.shading import draw_scale, shade
from cpi1540.briefing.charts.state_figures import ChartOfStates, first_rows, value_of
from cpi1540.briefing.charts.world_shapes import Land, Points, read_world, thinned
from cpi1540.foundation.messages import Sentence, sentence

WORLD = paths.SEED / "world"
# A State whose shape takes less than so many square pixels gets a mark of this radius.
_LEAST_AREA, _LEAST_AREA_NARROW = 24.0, 7.0
_RADIUS, _RADIUS_NARROW = 3.6, 2.2
_FINEST = 0.9  # pixels
# Between the lands and the edge of the sea, so that the mark of a small State at the edge stands on the sea.
_SHORE = _RADIUS + 2.4
_DASHES = (0, (2.2, 1.8))
_SEA = "#f2f6f6"
# On slides: the share of the width that the key beside the map has, and the room between them.
_KEY, _GAP = 0.24, 28.0


@dataclass(frozen=True, slots=True)
class _Place:
    """From the plane of the projection to the pixels of the sheet."""

    scale: float
    x: float
    y: float

    def put(self, ring: Points) -> Points:
        """Pixels from the left edge and from the top."""
        return np.stack([self.x + ring[:, 0] * self.scale, self.y - ring[:, 1] * self.scale], axis=1)


@dataclass(frozen=True, slots=True)
class WorldMap(ChartOfStates):
    """The map of the Member States asked for."""

    def what(self) -> Sentence:
        """On a map."""
        return sentence("Coverage of each State on a map; the same figures stand in a table.")

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """The shares; and what a map of the United Nations says of its boundaries."""
        return (
            *ChartOfStates.method(self, words),
            sentence(
                "The boundaries and names shown and the designations used on this map do not imply official "
                "endorsement or acceptance by the United Nations."
            ),
            sentence("Geometry: Natural Earth, 1:50 million, public domain; Equal Earth projection."),
        )

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """Lands, marks of small States, the key."""
        world = read_world(WORLD)
        left, bottom, right, upper = world.box
        scale = (canvas.text_width - 2 * _SHORE) / (right - left)
        if canvas.room is not None:
            # The key stands beside the map.
            key = _KEY * canvas.text_width
            scale = min((canvas.text_width - key - _GAP - 2 * _SHORE) / (right - left),
                        (canvas.room - top - 14) / (upper - bottom))  # fmt: skip
        width = (right - left) * scale + 2 * _SHORE
        # The sheet runs from the start edge: for a map that is put back to run from the left.
        at = canvas.width - canvas.margin - width if canvas.mirrored else canvas.margin
        place = _Place(scale, at + _SHORE - left * scale, top + upper * scale)
        sea = canvas.box(canvas.margin, top - 6, width, (upper - bottom) * scale + 12, facecolor=_SEA, edgecolor="none")
        sea.set(zorder=0, label="sea")
        members = {state.code: state for state in self.states}
        small, radius = [], _RADIUS_NARROW if canvas.narrow else _RADIUS
        for code in sorted(world.lands):
            if code not in members:
                patch = _patch(canvas, place, world.lands[code])
                patch.set(facecolor=SUNKEN, edgecolor=RULE, linewidth=0.3)
                canvas.put(patch)
        for code, state in members.items():
            land = world.lands[code]
            patch = _patch(canvas, place, land)
            shade(patch, state.first)
            patch.set(linewidth=0.35, linestyle="solid", zorder=3)
            patch.set_edgecolor(PAPER if state.first.sufficient else EDGE)
            canvas.put(patch)
            if land.area * scale**2 < (_LEAST_AREA_NARROW if canvas.narrow else _LEAST_AREA):
                small.append((state, land))
            else:
                canvas.mark(patch, value_of(state, state.first, words))
        for line in world.dashed:
            _draw_dashed(canvas, _across(canvas, thinned(place.put(line), _FINEST)))
        for state, land in small:
            x, y = _across(canvas, place.put(np.array([land.middle]))[0])
            mark = Circle((float(x), float(y)), radius, transform=canvas.down, linewidth=0.6, zorder=4)
            shade(mark, state.first)
            mark.set_edgecolor(EDGE)
            canvas.put(mark)
            canvas.mark(mark, value_of(state, state.first, words))
        below = top + (upper - bottom) * scale + 14
        others = _other_shapes(canvas, words, any_small=bool(small))
        rows = first_rows(self.states)
        if canvas.room is None:
            return draw_scale(canvas, words, below, rows, self.min_reviewed, others)
        beside = canvas.margin + width + _GAP
        return max(below - 6, draw_scale(canvas, words, top - 6, rows, self.min_reviewed, others, beside))

    def portions(self) -> tuple[str, ...]:
        """A map stays whole."""
        return ()


def _other_shapes(canvas: Canvas, words: Words, *, any_small: bool) -> list[tuple[Shape, str]]:
    """The key of small States and of what has no figure here."""

    def mark(x: float, middle: float) -> None:
        circle = Circle(
            (x + 12, middle),
            _RADIUS_NARROW if canvas.narrow else _RADIUS,
            transform=canvas.down,
            facecolor=PAPER,
            edgecolor=EDGE,
            linewidth=0.6,
        )
        canvas.put(circle)

    def other(x: float, middle: float) -> None:
        canvas.box(x, middle - 8, 22, 16, facecolor=SUNKEN, edgecolor=RULE, linewidth=0.6)

    def dashes(x: float, middle: float) -> None:
        line = Line2D(
            [x, x + 22], [middle, middle], color=EDGE, linewidth=0.9, linestyle=_DASHES, transform=canvas.down
        )
        canvas.put(line)

    items: list[tuple[Shape, str]] = []
    if any_small:
        items.append((mark, words.translate(sentence("a State too small to be seen at this size"))))
    items.append((other, words.translate(sentence("no figure is shown: not asked for, or not a Member State"))))
    items.append(
        (dashes, words.translate(sentence("a line that is not a settled boundary: not determined, or not agreed")))
    )
    return items


def _draw_dashed(canvas: Canvas, points: Points) -> None:
    """A line that is not settled; what is solid under it is covered."""
    under = Line2D(*points.T, color=PAPER, linewidth=0.8, zorder=3.5, transform=canvas.down)
    over = Line2D(*points.T, color=EDGE, linewidth=0.5, linestyle=_DASHES, zorder=3.5, transform=canvas.down)
    canvas.put(under)
    canvas.put(over)


def _patch(canvas: Canvas, place: _Place, land: Land) -> PathPatch:
    rings = []
    for ring in land.rings:
        points = thinned(place.put(ring), _FINEST)
        if len(points) > 3:
            rings.append(points)
    if not rings:
        rings = [place.put(land.rings[0])]
    vertices = np.concatenate([_across(canvas, ring) for ring in rings])
    codes = np.concatenate([[Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY] for ring in rings]).astype(
        np.uint8
    )
    return PathPatch(Path(vertices, codes), transform=canvas.down)


def _across(canvas: Canvas, points: Points) -> Points:
    """Points from the left edge as points from the start edge, which in Arabic is the right one."""
    if not canvas.mirrored:
        return points
    turned = points.copy()
    turned[..., 0] = canvas.width - turned[..., 0]
    return turned

"""What a picture really draws: each text with the place where it leaves ink, and what is wrong with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from cpi1540.briefing.charts import canvas
from cpi1540.briefing.charts.wrapping import wrap

DPI = 200
Drawn = list[tuple[str, Bbox]]


def ink(text: Text, renderer: RendererBase) -> Bbox:
    """Where one line leaves ink: its window extent is a typeface's tallest letter high, whatever it says."""
    width, height, descent = renderer.get_text_width_height_descent(
        text.get_text(), text.get_fontproperties(), ismath=False
    )
    if text.get_rotation():
        return text.get_window_extent(renderer)
    bottom = text.get_transform().transform(text.get_position())[1] - descent
    return Bbox.from_bounds(text.get_window_extent(renderer).x0, bottom, width, height)


@contextmanager
def recording() -> Iterator[Drawn]:
    """Record the texts that are drawn meanwhile."""
    found: Drawn = []
    draw = Text.draw

    def record(self: Text, renderer: RendererBase, *args: Any, **kwargs: Any) -> None:
        draw(self, renderer, *args, **kwargs)
        if self.get_visible() and self.get_text():
            found.append((self.get_text(), ink(self, renderer)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", record)
        yield found


def texts_of(figure: Figure) -> Drawn:
    """The texts of a figure, at the density of PNGs."""
    with recording() as found:
        figure.set_dpi(DPI)
        figure.draw_without_rendering()
    return found


def overlap(one: Bbox, other: Bbox) -> bool:
    """Whether two places have more than a hair in common."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(width > 1 and height > 1)


def outside(figure: Figure, drawn: Drawn, margin: float) -> list[str]:
    """The texts that reach into the margin (in pixels of the sheet) or beyond the sheet; a hair is allowed."""
    side, width, height = (margin - 4) * DPI / 100, figure.bbox.width, figure.bbox.height
    return [
        text
        for text, place in drawn
        if not (side <= place.x0 < place.x1 <= width - side and 0 <= place.y0 < place.y1 <= height)
    ]


def overlapping(drawn: Drawn) -> list[tuple[str, str]]:
    """The pairs of texts that lie on each other."""
    # From start to end: a text is compared only with those that begin before it ends.
    placed = sorted(drawn, key=lambda each: each[1].x0)
    found = []
    for number, (a, one) in enumerate(placed):
        for b, other in placed[number + 1 :]:
            if other.x0 >= one.x1:
                break
            if overlap(one, other):
                found.append((a, b))
    return found


@contextmanager
def broken_words() -> Iterator[list[str]]:
    """Record the words that lines end within meanwhile; Chinese, which has no spaces, aside."""
    found: list[str] = []

    def record(text: str, *args: Any, **kwargs: Any) -> list[str]:
        lines = wrap(text, *args, **kwargs)
        whole = set(text.split(" "))
        found.extend(word for line in lines for word in line.split(" ") if word and word not in whole)
        return lines

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canvas, "wrap", record)
        yield found

"""A sheet on which a picture is laid out from the start edge and from the top, in pixels.

In a right-to-left language the start edge is the right one: every place mirrors by itself, letters do not.
A pixel is 1/100 inch; a PNG at scale 2 has two dots for each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from cpi1540.briefing.charts.fonts import BOLD, REGULAR, Typefaces
from cpi1540.briefing.charts.wrapping import pieces, wrap
from cpi1540.locales import Language

# The light palette of the pages' stylesheet.
PAPER = "#ffffff"
SUNKEN = "#f1efe9"
INK, INK_2, INK_3 = "#1b1f22", "#454c51", "#5f666b"
RULE, RULE_2, EDGE = "#dcd9d0", "#b9b6ac", "#7b7f7e"
ACCENT, ACCENT_SOFT, ACCENT_LINE = "#0b5a63", "#e2eeee", "#5a8f95"
CAUTION, CAUTION_SOFT, CAUTION_LINE = "#6d4e00", "#f8f0da", "#d9bf7d"
HATCH = "#a9a69b"

PIXELS = 100
_POINTS = 72 / PIXELS
# Widths differ by a hair between a screen, a PDF and an SVG: lines are broken a little early.
_SLACK = 1.01
_RIGHT_TO_LEFT_MARK = "\u200f"

# Widths that were measured, for all sheets: notices, heads and names come again in chart after chart.
_measured: dict[tuple[str, str, float, int], float] = {}
_MOST_MEASURED = 20_000

Align = Literal["start", "middle", "end", "right"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The width of a picture and its margin, in pixels: wide for pages, narrow for phones, slide for slides.

    ``room`` is how high the figures alone may be where the shape sets that; None: as high as they need.
    """

    name: str
    width: float
    margin: float
    room: float | None = None


WIDE = Shape("wide", 1080.0, 44.0)
NARROW = Shape("narrow", 380.0, 16.0)
# What a 16:9 slide has between title and foot, 873 points wide: a pixel is three quarters of a point there, so that
# the smallest letters, 12 pixels high, come out at 9 points.
SLIDE_ROOM = 430.0
SLIDE = Shape("slide", 1160.0, 4.0, room=SLIDE_ROOM)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size in pixels, colour, weight, and line height as a multiple of the size."""

    size: float
    colour: str = INK
    weight: int = REGULAR
    leading: float = 1.45


TITLE = Style(23, INK, BOLD, 1.3)
SUBTITLE = Style(14, INK_2)
HEAD = Style(13, INK_2, BOLD, 1.35)
LABEL = Style(14.5, INK, leading=1.35)
LABEL_STRONG = Style(14.5, INK, BOLD, 1.35)
NUMBER = Style(14, INK)
NUMBER_SOFT = Style(14, INK_2)
NUMBER_STRONG = Style(14, INK, BOLD)
NOTE = Style(12.5, INK_3)
NOTE_STRONG = Style(12.5, INK, BOLD)
# Arabic lines are taller, Chinese characters fill their square.
_ROOMIER = {"ar": 1.18, "zh": 1.08}
_LARGER = {"ar": 1.04}


class Canvas:
    """The sheet. ``down`` places artists given in pixels from the start edge and from the top.

    ``values`` has what the artists that were marked say, in the order in which they are read.
    """

    def __init__(self, language: Language, typefaces: Typefaces, shape: Shape = WIDE) -> None:
        self.language = language
        self.shape = shape
        self.width, self.margin = shape.width, shape.margin
        self.narrow = shape is NARROW
        self.room = shape.room
        self.mirrored = language.direction == "rtl"
        self.height = 0.0
        self.values: dict[str, str] = {}
        self._after: list[Callable[[], None]] = []
        self.figure = Figure(figsize=(self.width / PIXELS, 1.0), dpi=PIXELS, facecolor=PAPER)
        self._typefaces = typefaces
        self._from_top = Affine2D()
        self.down = self._from_top + self.figure.dpi_scale_trans
        self._ruler = RendererAgg(1, 1, 2 * PIXELS)  # type: ignore[no-untyped-call]

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @property
    def end(self) -> float:
        """Where the text ends: the margin at the end edge."""
        return self.width - self.margin

    def put(self, artist: Artist) -> None:
        """Put an artist on the sheet that has its own transform, mostly ``down``."""
        self.figure.add_artist(artist)

    def mark(self, artist: Artist, value: str) -> None:
        """Let the artist say ``value`` to who points at it or comes to it by the keyboard."""
        gid = f"value-{len(self.values) + 1}"
        artist.set_gid(gid)
        self.values[gid] = value

    def hit(self, x: float, top: float, width: float, height: float, value: str) -> None:
        """An unseen rectangle that says ``value``: for shapes too thin to be pointed at, or of several parts."""
        self.mark(self.box(x, top, width, height, facecolor="none", edgecolor="none", zorder=9), value)

    def when_closed(self, act: Callable[[], None]) -> None:
        """Do this once the height of the sheet is known: what needs axes."""
        self._after.append(act)

    def width_of(self, text: str, style: Style) -> float:
        """How wide one line of ``text`` comes out, in pixels; MissingGlyphs when it would show boxes."""
        if not text:
            return 0.0
        key = (self.language.code, text, style.size, style.weight)
        known = _measured.get(key)
        if known is not None:
            return known
        self._typefaces.check(text)
        properties = self._typefaces.properties(self.language.code, self._points(style), style.weight)
        # The renderer that draws PNGs measures, at the density they are mostly made in.
        measure = self._ruler.get_text_width_height_descent
        width, _height, _descent = measure(self._directed(text), properties, False)  # type: ignore[no-untyped-call]
        if len(_measured) >= _MOST_MEASURED:
            _measured.clear()
        found = _measured[key] = float(width) / 2
        return found

    def lines(self, text: str, style: Style, width: float, indent: float = 0.0) -> list[str]:
        """``text`` broken into lines of ``width`` pixels, the first one shorter by ``indent``."""
        return wrap(text, width / _SLACK, lambda line: self.width_of(line, style), indent)

    def balanced(self, text: str, style: Style, width: float) -> list[str]:
        """As ``lines``, in as many lines, but of even length: no last word stands alone."""
        lines = self.lines(text, style, width)
        if len(lines) == 1:
            return lines
        # Never so narrow that a word is broken that was not.
        widest = max(self.width_of(piece, style) for piece in pieces(text)) * _SLACK
        narrow, wide = min(max(width / 2, widest), width), width
        while wide - narrow > width / 40:
            middle = (narrow + wide) / 2
            if len(self.lines(text, style, middle)) > len(lines):
                narrow = middle
            else:
                wide = middle
        return self.lines(text, style, wide)

    def fitted(self, texts: Sequence[str], style: Style, width: float, least: float = 8.5) -> Style:
        """The style, smaller where a word would not fit in ``width``, so that none is broken as long as its letters
        are ``least`` pixels.
        """
        every = [piece for text in texts for piece in pieces(text)]
        # Widths do not follow the size exactly: it is tried, not reckoned.
        while style.size > least and self.widest(every, style) * _SLACK * 1.01 > width:
            style = replace(style, size=style.size - 0.25)
        return style

    def line_height(self, style: Style) -> float:
        """From one baseline to the next, in pixels."""
        return style.size * style.leading * _ROOMIER.get(self.language.code, 1.0)

    def text(self, x: float, baseline: float, text: str, style: Style, align: Align = "start") -> Text:
        """One line, its baseline ``baseline`` pixels from the top; MissingGlyphs when it would show boxes.

        ``align`` says which end of the line stands at ``x``; "right" is the right end in every language, for
        numbers in a column.
        """
        self._typefaces.check(text)
        if align == "middle":
            side: Literal["left", "center", "right"] = "center"
        elif align == "right":
            side = "right"
        else:
            side = "left" if (align == "start") != self.mirrored else "right"
        drawn = Text(
            x,
            baseline,
            self._directed(text),
            color=style.colour,
            fontproperties=self._typefaces.properties(self.language.code, self._points(style), style.weight),
            horizontalalignment=side,
            verticalalignment="baseline",
            parse_math=False,
            transform=self.down,
        )
        if self.language.code == "zh" and style.weight == BOLD:
            # The Chinese face has no bold: its strokes are thickened.
            stroke = Stroke(linewidth=style.size * 0.03, foreground=style.colour)
            drawn.set_path_effects([stroke, Normal()])
        self.figure.add_artist(drawn)
        return drawn

    def paragraph(
        self,
        x: float,
        top: float,
        text: str,
        style: Style,
        width: float,
        lead: tuple[str, Style] | None = None,
    ) -> float:
        """Lines from ``top`` on, after ``lead`` on the same line; gives the place where they end."""
        indent = 0.0
        step = self.line_height(style)
        baseline = top + self.baseline(style)
        if lead is not None:
            *above, last = self.lines(*lead, width)
            for place, line in enumerate((*above, last)):
                self.text(x, baseline + place * step, line, lead[1])
            baseline += step * len(above)
            top += step * len(above)
            indent = self.width_of(last, lead[1]) + 0.4 * style.size
        lines = self.lines(text, style, width, indent)
        for place, line in enumerate(lines):
            if line:
                self.text(x + (indent if place == 0 else 0.0), baseline + place * step, line, style)
        return top + step * len(lines)

    def baseline(self, style: Style) -> float:
        """How far below the top of a line its baseline stands."""
        return self.line_height(style) / 2 + 0.36 * style.size

    def rule(
        self, y: float, colour: str = RULE, width: float = 1.0, x: float | None = None, until: float | None = None
    ) -> None:
        """A level line over the width of the text."""
        self.figure.add_artist(
            Line2D(
                [self.margin if x is None else x, self.end if until is None else until],
                [y, y],
                color=colour,
                linewidth=width * _POINTS,
                transform=self.down,
                solid_capstyle="butt",
            )
        )

    def box(self, x: float, top: float, width: float, height: float, **look: object) -> Rectangle:
        """A rectangle; ``look`` as matplotlib's."""
        drawn = Rectangle((x, top), width, height, transform=self.down, **look)  # type: ignore[arg-type]
        self.figure.add_artist(drawn)
        return drawn

    def close(self, height: float) -> None:
        """The sheet ends here; what was put on it takes its place."""
        self.height = height
        self.figure.set_size_inches(self.width / PIXELS, height / PIXELS)
        sign, origin = (-1.0, self.width) if self.mirrored else (1.0, 0.0)
        self._from_top.clear().scale(sign, -1.0).translate(origin, height).scale(1 / PIXELS)
        for act in self._after:
            act()

    def axes(self, x: float, top: float, width: float, height: float) -> Axes:
        """Bare axes in that place; the sheet is closed first. Down is down; 0..1 across, mirrored in Arabic."""
        left = self.width - x - width if self.mirrored else x
        axes = self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height),
            frameon=False,
        )
        axes.set_axis_off()
        axes.set_xlim(*((1.0, 0.0) if self.mirrored else (0.0, 1.0)))
        axes.set_ylim(height, 0.0)
        return axes

    def widest(self, texts: Sequence[str], style: Style) -> float:
        """The width of the widest of ``texts``; 0 when there is none."""
        return max((self.width_of(text, style) for text in texts), default=0.0)

    def _points(self, style: Style) -> float:
        return style.size * _LARGER.get(self.language.code, 1.0) * _POINTS

    def _directed(self, text: str) -> str:
        """A line's own first letter would set its direction: in Arabic the language does."""
        return _RIGHT_TO_LEFT_MARK + text if self.mirrored and text else text

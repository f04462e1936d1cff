"""A PDF paper on which texts are set from the start edge: lines broken and drawn in any of the six languages.

Arabic is shaped and keeps its order in the file, so that it can be searched; Chinese ends a line anywhere and is
not shaped. Lengths are millimetres, sizes of letters points. Equal values give equal bytes.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection, TextMode
from fpdf.fonts import TTFFont

from cpi1540.briefing.charts.wrapping import wrap
from cpi1540.briefing.packs.typefaces_pdf import CHINESE, Faces
from cpi1540.locales import Language

MM_OF_POINT = 25.4 / 72
_VOWEL_MARKS = re.compile("[\u064b-\u0652]")
Align = Literal["start", "end", "middle", "right"]
# Marks that steer the order draw nothing, though a face may give them a width or a box.
_UNDRAWN = str.maketrans(dict.fromkeys("\u200e\u200f\u2066\u2067\u2068\u2069"))


class Paper(FPDF):
    """An A4 page after another; ``on_page`` draws what stands on each, before anything else."""

    def __init__(
        self, language: Language, faces: Faces, margin: float, title: str, made_at: datetime.datetime,
        on_page: Callable[["Paper"], None],
    ) -> None:  # fmt: skip
        super().__init__(format="A4")
        self.language, self.faces, self.side = language, faces, margin
        self.rtl = language.direction == "rtl"
        self._on_page = on_page
        self._measured: dict[tuple[str, float, bool], float] = {}
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self._loaded: set[tuple[str, bool]] = set()
        self.set_creation_date(made_at)
        self.set_producer("")
        self.set_title(title)
        self.set_lang(language.tag)

    @property
    def room(self) -> float:
        """The width between the margins."""
        return float(self.w) - 2 * self.side

    def header(self) -> None:
        """What stands on every page."""
        self._on_page(self)

    def at(self, x: float, width: float = 0.0) -> float:
        """Where something ``width`` wide stands on the sheet that begins ``x`` from the start edge."""
        return float(self.w) - x - width if self.rtl else x

    def width_of(self, text: str, size: float, bold: bool = False) -> float:
        """How wide one line of ``text`` is; MissingGlyphs when it would show boxes."""
        key = (text, size, bold)
        if key not in self._measured:
            self._measured[key] = sum(self._width(*piece, size, bold) for piece in self._pieces(text))
        return self._measured[key]

    def lines(self, text: str, size: float, width: float, bold: bool = False) -> list[str]:
        """``text`` in lines of ``width``."""
        return [
            line
            for part in text.split("\n")
            for line in wrap(part, width, lambda piece: self.width_of(piece, size, bold))
        ]

    def line_height(self, size: float) -> float:
        """From one baseline to the next."""
        roomy = {"ar": 1.6, "zh": 1.42}.get(self.language.code, 1.3)
        return size * roomy * MM_OF_POINT

    def put(self, x: float, top: float, text: str, size: float, *, colour: str = "1B1F22", bold: bool = False,
             align: Align = "start", width: float = 0.0) -> None:  # fmt: skip
        """One line whose box begins ``x`` from the start edge and ``top`` from the top, ``width`` wide.

        "right" is the right end in every language: for numbers in a column.
        """
        own = self.width_of(text, size, bold)
        left = self.at(x, width)
        if align == "middle":
            left += (width - own) / 2
        elif align == "right" or (align == "end") != self.rtl:
            left += width - own
        self.set_text_color(*_rgb(colour))
        x_now = left + own if self.rtl else left
        for piece in self._pieces(text):
            wide = self._width(*piece, size, bold)
            x_now -= wide if self.rtl else 0.0
            self._draw(*piece, x_now, top, size, bold, colour)
            x_now += 0.0 if self.rtl else wide

    def paragraph(self, x: float, top: float, text: str, size: float, width: float, **look: Any) -> float:
        """Lines from ``top`` on; gives where they end."""
        step = self.line_height(size)
        for place, line in enumerate(self.lines(text, size, width, look.get("bold", False))):
            self.put(x, top + place * step, line, size, width=width, **look)
        return top + step * len(self.lines(text, size, width, look.get("bold", False)))

    def rule(self, x: float, y: float, width: float, colour: str = "DCD9D0", weight: float = 0.2) -> None:
        """A level line."""
        self.set_draw_color(*_rgb(colour))
        self.set_line_width(weight)
        left = self.at(x, width)
        self.line(left, y, left + width, y)

    def upright(self, x: float, top: float, bottom: float, colour: str, weight: float = 0.2) -> None:
        """An upright line ``x`` from the start edge."""
        self.set_draw_color(*_rgb(colour))
        self.set_line_width(weight)
        self.line(self.at(x), top, self.at(x), bottom)

    def box(self, x: float, top: float, width: float, height: float, *, fill: str = "", edge: str = "",
            dashed: bool = False, weight: float = 0.25) -> None:  # fmt: skip
        """A rectangle, filled, outlined or both."""
        if fill:
            self.set_fill_color(*_rgb(fill))
        if edge:
            self.set_draw_color(*_rgb(edge))
            self.set_line_width(weight)
        if dashed:
            self.set_dash_pattern(dash=1.0, gap=0.7)
        self.rect(self.at(x, width), top, width, height, style=("D" if edge else "") + ("F" if fill else ""))
        if dashed:
            self.set_dash_pattern()

    def to_bytes(self) -> bytes:
        """The file."""
        return bytes(self.output())

    def close(self) -> None:
        """Close the files of the faces, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _pieces(self, text: str) -> Iterator[tuple[str, str, bool]]:
        """(face, text, whether it runs from right to left), as they stand on the line: each of one face and direction.

        The marks that steer the order are heeded here, by the Unicode bidirectional algorithm, and are gone then.
        """
        parts: Sequence[tuple[str, TextDirection]] = ((text, TextDirection.LTR),)
        if self.rtl and text:
            parts = BidiParagraph(text, base_direction=TextDirection.RTL).get_bidi_fragments()
        for part, direction in parts:
            runs = self.faces.runs(part.translate(_UNDRAWN), self.language.code)
            # Pieces are laid from the start of the line on: of a part that runs the other way, the last one first.
            turned = self.rtl and direction is TextDirection.LTR
            for run in reversed(runs) if turned else runs:
                yield run.face, run.text, direction is TextDirection.RTL or _right_to_left(run.text)

    def _width(self, face: str, text: str, shaped: bool, size: float, bold: bool) -> float:
        self._set_face(face, size, bold, shaped=shaped)
        # A vowel mark stands above its letter, and the library counts it as a letter of its own.
        return float(self.get_string_width(_VOWEL_MARKS.sub("", text) if shaped else text))

    def _draw(
        self, face: str, text: str, shaped: bool, left: float, top: float, size: float, bold: bool, colour: str
    ) -> None:
        inked = text.strip(" ")
        if not inked:
            return
        self._set_face(face, size, bold, shaped=shaped)
        height = self.line_height(size)
        thick = bold and face == CHINESE
        if thick:
            # The Chinese face has no bold: its strokes are thickened.
            self.text_mode = TextMode.FILL_STROKE
            self.set_draw_color(*_rgb(colour))
            self.set_line_width(size * 0.03 * MM_OF_POINT)
        if shaped:
            # A cell drops the spaces at its ends: what stands at the left ends a text from right to left.
            left += self.get_string_width(text[len(text.rstrip(" ")) :])
            self.set_xy(left, top)
            # Room enough that the line is not broken once more: its own measure may differ by a hair.
            self.multi_cell(2 * float(self.w), height, inked, align="L", new_x="RIGHT", new_y="TOP")
        else:
            baseline = top + height / 2 + 0.355 * size * MM_OF_POINT
            self.text(left, baseline, text)
        if thick:
            self.text_mode = TextMode.FILL

    def _set_face(self, face: str, size: float, bold: bool, *, shaped: bool) -> None:
        if (face, bold) not in self._loaded:
            # A face is read when it is needed first: the Chinese one takes its time.
            self.add_font(face, "B" if bold else "", self.faces.files[face][bold])
            self._loaded.add((face, bold))
        self.set_font(face, "B" if bold else "", size)
        if shaped:
            self.set_text_shaping(True, direction="rtl", script="arab", language="ar")
        else:
            self.set_text_shaping(False)


def _rgb(colour: str) -> Sequence[int]:
    return tuple(bytes.fromhex(colour))


def _right_to_left(text: str) -> bool:
    return any("\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc" for letter in text)

"""The looks of a workbook's cells: formats by name, column widths, row heights."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from cpi1540.exchange.printed_form import Column, Content
from cpi1540.exchange.wording import Wording
from cpi1540.matrix.layout import Shape

PETROL, PETROL_SOFT, PETROL_LINE = "#0B5A63", "#E2EEEE", "#5A8F95"
INK, INK_SOFT, RULE, PAPER = "#1B1F22", "#5F666B", "#B8BEC0", "#F4F5F4"
FONT = "Arial"
LINE = 12.0  # points a line of text of size 9
HIGHEST = 409.0  # points, the most a row can have

_WIDTHS = {
    Shape.DOMAINS: {Content.NUMBER: 5.5, Content.LABEL: 32, Content.CODE: 5, Content.SOURCES: 42, Content.REMARKS: 30},
    Shape.TABLES: {Content.NUMBER: 5.5, Content.LABEL: 44, Content.CODE: 12, Content.SOURCES: 44, Content.REMARKS: 30},
    Shape.SINGLE: {Content.NUMBER: 5.5, Content.LABEL: 50, Content.CODE: 8, Content.SOURCES: 74, Content.REMARKS: 44},
}  # fmt: skip


class Looks:
    """The formats of one workbook, made once. Texts of the other direction have formats of their own."""

    def __init__(self, workbook: Any, wording: Wording) -> None:
        self.rtl = wording.right_to_left
        self._workbook = workbook
        middle = {"align": "center", "valign": "vcenter"}
        box = {"border": 1, "border_color": RULE}
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": PETROL, "text_wrap": True, **middle}
        self.title = self._make(bold=True, font_size=14, font_color=PETROL)
        self.subtitle = self._make(font_size=10, bold=True)
        self.note = self._make(font_color=INK_SOFT)
        self.head = self._make(**head, border=1, border_color=PETROL_LINE)
        self.subhead = self._make(
            **{**head, "bg_color": PETROL_SOFT, "font_color": PETROL}, border=1, border_color=PETROL_LINE
        )
        self.band = self._make(
            bold=True, font_size=10, font_color=PETROL, bg_color=PETROL_SOFT, bottom=1, bottom_color=PETROL_LINE
        )
        self.number = self._make(**box, align="center", valign="top", font_color=INK_SOFT)
        self.label = self._make(**box, text_wrap=True, valign="top", bg_color=PAPER)
        self.code = self._make(**box, **middle, bold=True, font_size=10, locked=False)
        self.text = self._make(**box, text_wrap=True, valign="top", locked=False)
        self.text_latin = self._make(**box, text_wrap=True, valign="top", locked=False, reading_order=1, align="right")
        self.key = self._make(font_color="#FFFFFF")
        self.fact_name = self._make(bold=True, font_color=INK_SOFT, valign="vcenter", bottom=1, bottom_color=RULE)
        self.fact = self._make(text_wrap=True, valign="vcenter", bottom=1, bottom_color=RULE)
        self.heading = self._make(bold=True, font_size=11, font_color=PETROL, bottom=2, bottom_color=PETROL)
        self.paragraph = self._make(text_wrap=True, valign="vcenter")
        self.step = self._make(valign="vcenter", align="center", bold=True, font_color=PETROL)
        self.strong = self._make(text_wrap=True, valign="vcenter", bold=True, bg_color=PETROL_SOFT)
        self.link = self._make(font_color=PETROL, underline=1, valign="vcenter", bottom=1, bottom_color=RULE)
        self.sample = self._make(**box, **middle, bold=True, font_size=10)
        self._codes = {
            "X": self._cell(bg_color=PETROL, font_color="#FFFFFF"),
            "X*": self._cell(bg_color="#FFFFFF", font_color=PETROL, border=1, border_color=PETROL),
            "?": self._cell(bg_color="#F6E7C1", font_color="#5B4300"),
        }
        self._unreviewed = self._cell(pattern=17, bg_color="#FFFFFF", fg_color="#C9CECF")

    def for_text(self, text: str) -> Any:
        """The format of a source or remark; Latin texts keep their direction on a right-to-left sheet."""
        if self.rtl and text and not any("\u0590" <= letter <= "\u08ff" for letter in text):
            return self.text_latin
        return self.text

    def colour_codes(self, sheet: Any, ranges: Sequence[str]) -> None:
        """Let the cells of some ranges show their code's look, also after they were changed."""
        whole = " ".join(ranges)
        for spelling, look in self._codes.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{spelling}"', "format": look}
            sheet.conditional_format(ranges[0], {**rule, "multi_range": whole})
        sheet.conditional_format(ranges[0], {"type": "blanks", "format": self._unreviewed, "multi_range": whole})

    def _make(self, **looks: Any) -> Any:
        reading = {"reading_order": 2} if self.rtl else {}
        return self._workbook.add_format({"font_name": FONT, "font_size": 9, "font_color": INK, **reading, **looks})

    def _cell(self, **looks: Any) -> Any:
        return self._workbook.add_format(looks)


def set_page(sheet: Any, wording: Wording, start: str, middle: str) -> None:
    """The sheet's direction, and how it prints: A4 landscape, one page wide, the two texts and page numbers below."""
    if wording.right_to_left:
        sheet.right_to_left()
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    first, second, third = _of_foot(start, 90, wording), _of_foot(middle, 110, wording), " &P / &N "
    if wording.right_to_left:
        first, third = third, first
    sheet.set_footer(f"&L&8{first}&C&8{second}&R&8{third}")


def _of_foot(text: str, most: int, wording: Wording) -> str:
    """A text of the footer, in its own direction: a footer runs left to right whatever the sheet does, and LibreOffice
    knows embeddings there, no isolates.
    """
    if not wording.right_to_left:
        return text[:most].replace("&", "&&")
    bare = text.translate(_NO_ISOLATES)[:most].replace("&", "&&")
    return f"{_EMBEDDED}{bare}{_END}" if bare else ""


_NO_ISOLATES = str.maketrans(dict.fromkeys("\u2066\u2067\u2068\u2069"))
_EMBEDDED, _END = "\u202b", "\u202c"


def protect(sheet: Any) -> None:
    """Lock all cells but those whose format unlocks them; widths and heights may be changed."""
    sheet.protect("", {"format_columns": True, "format_rows": True})


def width_of(shape: Shape, column: Column) -> float:
    """The width of a printed column, in characters."""
    return _WIDTHS[shape][column.content]


def width_for(shape: Shape, column: Column, head: str) -> float:
    """The width of a printed column under a head of one word, which is not cut."""
    return max(width_of(shape, column), len(head) + 2.0) if column.domain else width_of(shape, column)


@lru_cache(maxsize=4096)
def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a wrapped cell of that width, roughly."""
    if not text:
        return 1
    room = width * 1.2
    return sum(max(1, -int(-_span(line) // room)) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """The height of a row with so many lines, in points."""
    return min(HIGHEST, max(15.0, lines * LINE + 3))


def _span(line: str) -> float:
    if line.isascii():
        return len(line)
    return sum(2.0 if letter >= "\u2e80" else 1.05 if letter >= "\u0400" else 1.0 for letter in line)


def write_choices(workbook: Any, name: str, mark: str, lists: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """A hidden sheet of the texts one may choose in a workbook, with the code of each; list -> the range of its texts.

    The sheet is known again by its ``mark``, so that texts chosen in any language are read back by their codes.
    """
    sheet = workbook.add_worksheet(name)
    sheet.write_string(0, 0, mark)
    place, ranges = 1, {}
    for part, shown in lists.items():
        first = place
        for code, text in shown.items():
            for column, value in enumerate((part, code, text)):
                sheet.write_string(place, column, value)
            place += 1
        ranges[part] = f"='{name}'!$C${first + 1}:$C${place}"
    sheet.very_hidden()
    return ranges

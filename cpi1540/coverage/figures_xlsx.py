"""A table of figures as a workbook of one sheet: what it rests on above, then the table."""

import datetime
import io
import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter

Cell = str | int | float | None

PETROL, PETROL_LINE, INK, INK_SOFT, RULE = "#0B5A63", "#5A8F95", "#1B1F22", "#5F666B", "#B8BEC0"
FONT = "Arial"
NARROWEST, WIDEST = 9, 60  # characters
LINE = 13.0  # points a line of text of size 9
MOST_LETTERS = 32_767  # in one cell, by the format's own limit
SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def figures_workbook(
    title: str,
    notes: Sequence[str],
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    rtl: bool,
    created: datetime.date | None = None,
) -> bytes:
    """The workbook: ``title``, one line for each of ``notes`` (date, scope, n, method, ...), an empty line, the table.

    Texts are written as text whatever they begin with, so that none becomes a formula or a link; None and what is
    not a finite number leave their cell empty, never 0. With ``rtl`` the sheet begins at the right.
    ``created`` is the day that its properties name, this moment if left out: with it the same figures give the same
    bytes.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = {"created": datetime.datetime.combine(created, datetime.time())} if created else {}
        book.set_properties({"title": title, **day})
        sheet = book.add_worksheet(title.translate(_NOT_IN_SHEET_NAMES).strip()[:SHEET_NAME_LENGTH] or "1540")
        if rtl:
            sheet.right_to_left()
        _set_page(sheet)
        widths = _widths(head, rows)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        heading = _look(book, rtl, bold=True, font_size=14, font_color=PETROL)
        note = _look(book, rtl, font_color=INK_SOFT, text_wrap=True, valign="top")
        sheet.write_string(0, 0, title, heading)
        for line, text in enumerate(notes, 1):
            _write_across(sheet, line, text, widths, note)
        top = len(notes) + 2
        _write_table(book, sheet, top, head, rows, rtl)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        if head:
            sheet.autofilter(top, 0, top + max(len(rows), 1), len(head) - 1)
    return file.getvalue()


def _write_table(
    book: Any, sheet: Any, top: int, head: Sequence[str], rows: Sequence[Sequence[Cell]], rtl: bool
) -> None:
    box = {"border": 1, "border_color": RULE, "valign": "top"}
    names = _look(
        book, rtl, bold=True, font_color="#FFFFFF", bg_color=PETROL, text_wrap=True, border=1, border_color=PETROL_LINE
    )
    text, whole = _look(book, rtl, **box, text_wrap=True), _look(book, rtl, **box, num_format="0")
    fraction, nothing = _look(book, rtl, **box, num_format="0.0##"), _look(book, rtl, **box)
    for column, name in enumerate(head):
        sheet.write_string(top, column, name, names)
    for line, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, column, value[:MOST_LETTERS], text)
            elif value is None or not math.isfinite(value):
                sheet.write_blank(line, column, None, nothing)
            else:
                sheet.write_number(line, column, value, whole if isinstance(value, int) else fraction)


def _write_across(sheet: Any, line: int, text: str, widths: Sequence[int], look: Any) -> None:
    """A line of text over the whole width of the table, as high as it needs."""
    if len(widths) > 1:
        sheet.merge_range(line, 0, line, len(widths) - 1, "", look)
    sheet.write_string(line, 0, text[:MOST_LETTERS], look)
    room = max(sum(widths), NARROWEST)
    sheet.set_row(line, LINE * max(1, math.ceil(_span(text) / room)) + 2)


def _set_page(sheet: Any) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&8&P / &N")


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The width of each column: its longest text, within bounds; heads may break between words."""
    found = [max((_span(word) for word in name.split()), default=0) + 3 for name in head]
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and column < len(found):
                found[column] = max(found[column], _span(value) + 2)
    return [min(max(width, NARROWEST), WIDEST) for width in found]


def _span(text: str) -> int:
    """How wide a text is, in characters: Chinese ones take two."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


def _look(book: Any, rtl: bool, **looks: Any) -> Any:
    reading = {"reading_order": 2} if rtl else {}
    return book.add_format({"font_name": FONT, "font_size": 9, "font_color": INK, **reading, **looks})

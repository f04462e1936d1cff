"""The yearly report as a workbook: what it rests on, then a sheet for each table; the same values, the same bytes."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook

from cpi1540.assistance.outcomes.report_table import Cell, ReportTable
from cpi1540.exchange.sheet_style_xlsx import FONT, INK, INK_SOFT, PETROL, PETROL_LINE, RULE, lines_of, set_page
from cpi1540.exchange.wording import Wording

_NAME_WIDTH, _NUMBER_WIDTH = 44, 16
_SHEET_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LINE = 13.0


def write_report_xlsx(
    title: str, notes: Sequence[str], tables: Sequence[ReportTable], wording: Wording, *, made_at: datetime.datetime
) -> bytes:
    """The workbook. Texts are written as text, never as a formula; no figure leaves its cell empty."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        made = made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        workbook.set_properties({"title": title, "created": made})
        looks = _Looks(workbook, rtl=wording.right_to_left)
        first = workbook.add_worksheet(title.translate(_NOT_IN_NAMES)[:_SHEET_NAME])
        # A digit right after the footer's font size would be read as part of it.
        foot = title if wording.right_to_left else f" {title}"
        set_page(first, wording, foot, notes[0])
        _head(first, title, notes, looks)
        _table(first, len(notes) + 2, tables[0], looks)
        for number, table in enumerate(tables[1:], 2):
            sheet = workbook.add_worksheet(f"{number} {table.title}".translate(_NOT_IN_NAMES)[:_SHEET_NAME].strip())
            set_page(sheet, wording, foot, notes[0])
            _head(sheet, table.title, notes[:2], looks)
            _table(sheet, 4, table, looks)
            sheet.freeze_panes(5, 1)
    return target.getvalue()


class _Looks:
    def __init__(self, workbook: Any, *, rtl: bool) -> None:
        own = {"font_name": FONT, "font_size": 9, "font_color": INK, **({"reading_order": 2} if rtl else {})}
        box = {**own, "border": 1, "border_color": RULE, "valign": "top"}
        self.title = workbook.add_format({**own, "bold": True, "font_size": 14, "font_color": PETROL})
        self.note = workbook.add_format({**own, "font_color": INK_SOFT, "text_wrap": True, "valign": "top"})
        head = {**own, "bold": True, "font_color": "#FFFFFF", "bg_color": PETROL, "text_wrap": True}
        head |= {"valign": "vcenter", "border": 1, "border_color": PETROL_LINE}
        self.head = workbook.add_format(head)
        self.number_head = workbook.add_format({**head, "align": "right"})
        self.name = workbook.add_format({**box, "text_wrap": True})
        self.whole = workbook.add_format({**box, "num_format": "0"})
        self.half = workbook.add_format({**box, "num_format": "0.#"})
        self.nothing = workbook.add_format({**box, "font_color": INK_SOFT})


def _head(sheet: Any, title: str, notes: Sequence[str], looks: _Looks) -> None:
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, 4, _NUMBER_WIDTH)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, looks.title)
    room = _NAME_WIDTH + 4 * _NUMBER_WIDTH
    for line, text in enumerate(notes, 1):
        sheet.merge_range(line, 0, line, 4, "", looks.note)
        sheet.write_string(line, 0, text, looks.note)
        sheet.set_row(line, _LINE * lines_of(text, room) + 3)


def _table(sheet: Any, top: int, table: ReportTable, looks: _Looks) -> None:
    for column, text in enumerate(table.head):
        sheet.write_string(top, column, text, looks.number_head if column else looks.head)
    for line, row in enumerate(table.rows, top + 1):
        for column, value in enumerate(row):
            _cell(sheet, line, column, value, looks)


def _cell(sheet: Any, line: int, column: int, value: Cell, looks: _Looks) -> None:
    if isinstance(value, str):
        sheet.write_string(line, column, value, looks.name)
        sheet.set_row(line, _LINE * lines_of(value, _NAME_WIDTH) + 2)
    elif value is None:
        sheet.write_blank(line, column, None, looks.nothing)
    else:
        whole = float(value).is_integer()
        sheet.write_number(line, column, value, looks.whole if whole else looks.half)

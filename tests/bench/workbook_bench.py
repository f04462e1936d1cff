"""Workbooks of the 193 out and in, against plain XlsxWriter and python-calamine on the same cells."""

import io
from collections.abc import Callable

import xlsxwriter
from flask import Flask
from python_calamine import CalamineWorkbook

from cpi1540.exchange.service import workbooks as service
from cpi1540.foundation.access import SYSTEM
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio

RUNS = 3


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        members = states.states(practice=False)
        made = list(service.workbooks(members, "en", None, SYSTEM, ""))
        cells = [_cells(content) for _name, content in made]

        def export() -> object:
            return sum(len(content) for _name, content in service.workbooks(members, "en", None, SYSTEM, ""))

        def read() -> object:
            return [proposal.changes for proposal in service.read_many(made, service.asking(SYSTEM))]

        out = _row("export of 193 workbooks", export, lambda: [_write(sheets) for sheets in cells], "XlsxWriter", 2.0)
        back = _row("dry-run import of 193", read, lambda: [_cells(content) for _, content in made], "calamine", 10.0)
        return [out, back]


def _row(what: str, ours: Callable[[], object], floor: Callable[[], object], named: str, bar: float) -> Measured:
    found, mine, bare = ratio(ours, floor, RUNS)
    return Measured(what, found, f"{named}, {bare / 1000:.1f} s", bar, f"(ours {mine / 1000:.1f} s)")


def _cells(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        each.name: book.get_sheet_by_name(each.name).to_python(skip_empty_area=False) for each in book.sheets_metadata
    }


def _write(sheets: dict[str, list[list[object]]]) -> int:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    look = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        # Every cell of the form has a look, the empty ones too.
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(place, column, value, look)
    book.close()
    return len(target.getvalue())

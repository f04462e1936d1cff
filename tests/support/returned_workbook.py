"""Make ``seed/practice/returned.xlsx``: the workbook of XAC as it comes back with four changes.

Run by hand after the practice record or the form of workbooks changed; a test holds that the four are found.
"""

import io
import sys
import tempfile
from pathlib import Path

import openpyxl
from installed import add_practice, close, make_app, set_up
from openpyxl.worksheet.worksheet import Worksheet

from cpi1540.exchange.service import workbooks as service
from cpi1540.foundation.access import SYSTEM
from cpi1540.matrix.service import reading, versions
from cpi1540.states import service as states

LAW = "XAC-M14"
# (column key of the form, what the State writes): a code, its source, a code of a field nobody reviewed, a remark.
TARGET = Path(__file__).parents[2] / "seed/practice/returned.xlsx"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), f"sqlite:///{folder}/record.sqlite")
        set_up(app)
        add_practice(app)
        with app.app_context():
            state = states.find("XAC")
            version = versions.newest([state], SYSTEM)["XAC"]
            entries = reading.matrix(version).entries
            content = service.workbook(state, version, "en", "")
        close(app)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = next(each for each in book.worksheets if each["A1"].value == "cpi1540:op3cd")
    columns = {cell.value: cell.column for cell in sheet[1]}
    blank = _row(sheet, entries, "", columns)
    unknown = _row(sheet, entries, None, columns)
    sheet.cell(blank, columns["code.cw.framework"]).value = "X"
    law = f"CW: Export Control Act, art. 12 [{LAW}]"
    source = sheet.cell(blank, columns["sources.framework"])
    source.value = "\n".join(part for part in (source.value, law) if part)
    sheet.cell(unknown, columns["code.cw.framework"]).value = "?"
    remark = sheet.cell(unknown, columns["remarks"])
    remark.value = "\n".join(part for part in (remark.value, "CW framework: a decree is being drafted") if part)
    book.save(TARGET)
    sys.stdout.write(f"{TARGET.name}: rows {blank} and {unknown} of {sheet.title}\n")


def _row(sheet: Worksheet, entries: dict, code: str | None, columns: dict) -> int:  # type: ignore[type-arg]
    for row in range(2, sheet.max_row + 1):
        key = sheet.cell(row, 1).value
        field = f"{key}.cw.framework" if key else ""
        other = entries.get(f"{key}.nw.framework")
        if field in entries and entries[field].code == code and other is not None and not entries[field].sources:
            return row
    raise LookupError(code)


if __name__ == "__main__":
    main()

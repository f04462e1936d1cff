"""A State's filled sheet as a workbook, as Excel or LibreOffice saved it."""

import io
import zipfile
from collections.abc import Sequence

from cpi1540.exchange.comment_sheet import OF_STATE, SHEET_KEYS, SHEET_SECTION, AskSheet, Part, SheetReading
from cpi1540.exchange.comment_sheet_reading import Filled, FilledRow, judge
from cpi1540.exchange.keys import FileKeys, read_keys
from cpi1540.exchange.sheet import Sheet
from cpi1540.exchange.workbook_in_xlsx import open_workbook
from cpi1540.foundation.files.zip_guard import UnsafeFile
from cpi1540.foundation.problems import Problem

_WITHIN = 40  # rows in which the hidden keys of a sheet are looked for
_PARTS = {part.value: part for part in Part}


def read_comment_sheet_xlsx(data: bytes, name: str, ask: AskSheet) -> SheetReading:
    """What the State proposes in the workbook ``data``. ``name`` is the file as given.

    Never raises for what a file holds. Nothing is executed, and no formula's result is believed.
    """
    try:
        sheets = open_workbook(data, name)
    except UnsafeFile as unsafe:
        return SheetReading(problems=(unsafe.problem,))
    rows: list[FilledRow] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    seen: dict[str, str] = {}
    for sheet in sheets:
        found = _keys_row(sheet)
        if found is None:
            continue
        section, keys_row, keys_column = found
        if section in seen:
            problems.append(Problem("repeated-sheet", sheet.name, {"section": section, "first": seen[section]}))
            continue
        seen[section] = sheet.name
        rows += _rows(sheet, keys_row, keys_column, problems)
        if any(cell not in _of_state(sheet, keys_row) for cell in sheet.formulas):
            notes.append(Problem("formula-passed-over", sheet.name))
    if _has_notes(data):
        notes.append(Problem("margin-comments", name))
    return judge(_file_keys(sheets), rows, name, ask, problems, notes)


def is_comment_sheet(sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook is a sheet for the comments of a State, by its hidden keys."""
    return any(sheet.text(0, 0) == SHEET_KEYS or _keys_row(sheet) is not None for sheet in sheets)


def _has_notes(data: bytes) -> bool:
    """Whether somebody pinned notes or comments to cells; the container has been checked before."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return any("comment" in part.rpartition("/")[2].lower() for part in container.namelist())


def _file_keys(sheets: Sequence[Sheet]) -> FileKeys | None:
    sheet = next((sheet for sheet in sheets if sheet.text(0, 0) == SHEET_KEYS), None)
    return read_keys({cells[0]: cells[1] for cells in sheet.texts[1:] if len(cells) > 1}) if sheet else None


def _keys_row(sheet: Sheet) -> tuple[str, int, int] | None:
    """The section that the sheet's hidden keys name, and the cell that names it."""
    for row, cells in enumerate(sheet.texts[:_WITHIN]):
        for column, text in enumerate(cells[:_WITHIN]):
            if text.startswith(SHEET_SECTION):
                return text.removeprefix(SHEET_SECTION), row, column
    return None


def _columns(sheet: Sheet, keys_row: int) -> dict[Part, int]:
    found: dict[Part, int] = {}
    for column, key in enumerate(sheet.texts[keys_row]):
        if key in _PARTS:
            found.setdefault(_PARTS[key], column)
    return found


def _of_state(sheet: Sheet, keys_row: int) -> set[tuple[int, int]]:
    columns = _columns(sheet, keys_row)
    places = [columns[part] for part in OF_STATE if part in columns]
    return {(row, place) for row in range(keys_row + 1, len(sheet.texts)) for place in places}


def _rows(sheet: Sheet, keys_row: int, keys_column: int, problems: list[Problem]) -> list[FilledRow]:
    columns = _columns(sheet, keys_row)
    missing = [part for part in OF_STATE if part not in columns]
    problems += [Problem("missing-column", sheet.name, {"column": part.value}) for part in missing]
    merged = _merged(sheet, {columns[part] for part in OF_STATE if part in columns}, keys_row)
    written = [at for at in range(keys_row + 1, len(sheet.texts)) if sheet.text(at, keys_column).strip()]
    body = written[0] if written else len(sheet.texts)  # what stands above the first field are heads
    rows = []
    for at in range(body, len(sheet.texts)):
        cells = {part: _filled(sheet, at, column, part, merged) for part, column in columns.items()}
        mark = cells.pop(Part.MARK).text if Part.MARK in cells else ""
        rows.append(FilledRow(sheet.text(at, keys_column).strip(), mark, sheet.at(at, keys_column), cells))
    return rows


def _filled(sheet: Sheet, at: int, column: int, part: Part, merged: dict[tuple[int, int], str]) -> Filled:
    text, where, here = sheet.text(at, column), sheet.at(at, column), (at, column)
    if part not in OF_STATE:
        return Filled(text, where)
    if here in sheet.formulas:
        return Filled(text, where, "formula")
    if here in sheet.faults:
        return Filled(text, where, "cell-fault")
    if here in merged and text.strip():
        return Filled(text, where, "merged-cells", {"range": merged[here]})
    if text.strip() and sheet.hides(at, column):
        return Filled(text, where, "hidden-change")
    return Filled(text, where)


def _merged(sheet: Sheet, columns: set[int], keys_row: int) -> dict[tuple[int, int], str]:
    """The cells of the State that are merged with others, and the range they are merged in."""
    found: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in sheet.merged:
        if top <= keys_row or not columns & set(range(left, right + 1)):
            continue
        corners = (sheet.at(top, left).rpartition("!")[2], sheet.at(bottom, right).rpartition("!")[2])
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                found[row, column] = ":".join(corners)
    return found

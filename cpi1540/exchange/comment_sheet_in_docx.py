"""A State's filled sheet as a Word document, as Word or LibreOffice saved it."""

import re

from cpi1540.exchange.comment_sheet import OF_STATE, SHEET_KEYS, AskSheet, Part, SheetReading
from cpi1540.exchange.comment_sheet_reading import Filled, FilledRow, judge
from cpi1540.exchange.keys import FileKeys, read_keys
from cpi1540.exchange.sheet import cell_name
from cpi1540.exchange.tables_in_docx import TableCell, Tables, open_tables
from cpi1540.foundation.files.zip_guard import UnsafeFile
from cpi1540.foundation.problems import Problem

_FACT = re.compile(r"(\w+)=(\S*)")
_KEY = re.compile(r"[a-z0-9]+\.[a-z0-9.-]+")
# The columns from the last one back: tables of one code a row have one column less before them.
_FROM_END = (
    Part.FIELD,
    Part.COMMENT,
    Part.PROPOSED_REMARKS,
    Part.PROPOSED_SOURCES,
    Part.PROPOSED_CODE,
    Part.REMARKS,
    Part.SOURCES,
    Part.CODE,
)


def read_comment_sheet_docx(data: bytes, name: str, ask: AskSheet) -> SheetReading:
    """What the State proposes in the document ``data``. ``name`` is the file as given.

    Never raises for what a file holds. Changes that are tracked in it are taken as accepted.
    """
    try:
        found = open_tables(data, name)
    except UnsafeFile as unsafe:
        return SheetReading(problems=(unsafe.problem,))
    rows: list[FilledRow] = []
    problems: list[Problem] = []
    for number, table in enumerate(found.tables, start=1):
        keyed = [at for at, cells in enumerate(table) if cells and _KEY.fullmatch(_key_of(cells[-1]))]
        if not keyed:
            continue
        for at in range(keyed[0], len(table)):
            row = _row(table[at], f"T{number}", at)
            if row is None:
                problems.append(Problem("row-reshaped", f"T{number}!{at + 1}"))
            else:
                rows.append(row)
    notes = [Problem("margin-comments", name)] if found.in_margin else []
    return judge(_file_keys(found), rows, name, ask, problems, notes)


def _file_keys(found: Tables) -> FileKeys | None:
    """The keys on the line that begins with ``SHEET_KEYS``, which may have been broken."""
    _before, marked, line = found.text.partition(SHEET_KEYS)
    return read_keys(dict(_FACT.findall(line[:600]))) if marked else None


def _key_of(cell: TableCell) -> str:
    return "".join(cell.text.split())


def _row(cells: list[TableCell], table: str, at: int) -> FilledRow | None:
    """The row as it stands there; None when its cells were merged or taken away."""
    width = sum(cell.span for cell in cells)
    if any(cell.span > 1 for cell in cells) or len(cells) < len(_FROM_END):
        empty = not any(cell.text.strip() for cell in cells)
        return FilledRow("", "", f"{table}!{cell_name(at, width - 1)}", {}) if empty else None
    last = len(cells) - 1
    found: dict[Part, Filled] = {}
    for back, part in enumerate(_FROM_END):
        place = last - back
        cell = cells[place]
        found[part] = Filled(cell.text, f"{table}!{cell_name(at, place)}", _trouble(cell, part))
    where = f"{table}!{cell_name(at, last)}"
    return FilledRow(_key_of(cells[last]), cells[last].hidden, where, found, names_row=False)


def _trouble(cell: TableCell, part: Part) -> str | None:
    """Why a cell of the State cannot be read, if so."""
    if part not in OF_STATE:
        return None
    if cell.goes_on:
        return "cell-joined"
    if cell.field and cell.text.strip():
        return "formula"
    return "hidden-text" if cell.hidden else None

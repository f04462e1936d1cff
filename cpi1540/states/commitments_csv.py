"""The register of commitments as a CSV file, out and in: one line a record."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cpi1540.foundation.files.csv_guard import guarded, unguarded
from cpi1540.foundation.problems import Problem
from cpi1540.foundation.search_text import printable
from cpi1540.states.commitment import PARTS, Commitment

COLUMNS = ("state", "id", *PARTS)
LARGEST = 2 * 1024 * 1024
MOST_LINES = 20_000
DELIMITERS = (",", ";", "\t")
# So that a spreadsheet program knows the file for UTF-8.
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number as an editor counts, and the text of each column."""

    number: int
    cells: Mapping[str, str]

    def where(self, column: str) -> str:
        """The place of a cell, for a problem: "12, as_of"."""
        return place(self.number, column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its lines, and why nothing can be taken from it when there are problems."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def place(number: int, column: str) -> str:
    """The place of a cell, for a problem: the line, and the column where one is meant."""
    return f"{number}, {column}" if column else str(number)


def written(records: Iterable[Commitment]) -> str:
    """The file: the names of the columns, then a line for each record; no cell starts a formula."""
    file = io.StringIO()
    file.write(_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([guarded(_cell(record, column)) for column in COLUMNS])
    return file.getvalue()


def _cell(record: Commitment, column: str) -> str:
    value = getattr(record, column)
    return "" if value is None else str(value)


def read(content: bytes) -> Sheet:
    """Read a file in UTF-8, its cells parted by commas, semicolons or tabs, its columns in any order.

    Cells come trimmed and without control characters; "NA" is two letters like any other. Empty lines are passed
    over. Every problem that concerns the file as such is named; cells are judged where they are compared.
    """
    if len(content) > LARGEST:
        return _refused(Problem("too-large", "1", {"n": LARGEST // (1024 * 1024)}))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(Problem("no-utf-8", place(content[: error.start].count(b"\n") + 1, "")))
    if "\0" in text:
        return _refused(Problem("no-utf-8", place(text[: text.index("\0")].count("\n") + 1, "")))
    return _rows(text)


def _refused(*problems: Problem) -> Sheet:
    return Sheet(problems=problems)


def _rows(text: str) -> Sheet:
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    faults: list[Problem] = []
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        if problems := _head_problems(names):
            return _refused(*problems)
        before = reader.line_num
        for row in reader:
            number, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(names):
                faults.append(Problem("other-number-of-cells", place(number, ""), {"n": len(row), "all": len(names)}))
                continue
            if len(lines) == MOST_LINES:
                return _refused(Problem("too-many-lines", place(number, ""), {"n": MOST_LINES}))
            lines.append(Line(number, {name: _text(name, cell) for name, cell in zip(names, row, strict=True)}))
    except csv.Error as error:
        return _refused(Problem("no-csv", place(reader.line_num, ""), {"found": str(error)}))
    return Sheet(tuple(lines), tuple(faults))


def _head_problems(names: list[str]) -> list[Problem]:
    wanted = ", ".join(COLUMNS)
    missing = [
        Problem("missing-column", "1", {"found": name, "known": wanted}) for name in COLUMNS if name not in names
    ]
    unknown = [
        Problem("unknown-column", "1", {"found": printable(name)[:60], "known": wanted})
        for name in names
        if name not in COLUMNS
    ]
    twice = [Problem("repeated-column", "1", {"found": name}) for name in COLUMNS if names.count(name) > 1]
    return [*missing, *unknown, *twice]


def _text(column: str, cell: str) -> str:
    """A cell as a form would take it: notes keep their lines, everything else is one line."""
    told = unguarded(cell.strip(" \r\n\t\N{NO-BREAK SPACE}"))
    if column != "note":
        return printable(told).strip()
    lines = (printable(each).rstrip() for each in told.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()

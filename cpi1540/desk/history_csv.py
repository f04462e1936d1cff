"""A history as a CSV file: one line a change, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

COLUMNS = ("event", "at", "actor", "name", "action", "what", "subjects", "field", "from", "to", "details")
# What a spreadsheet would take for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula: an apostrophe goes before one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def written(lines: Iterable[Sequence[str]]) -> str:
    """The file: the names of the columns, then the lines; every cell made safe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return file.getvalue()

"""One sheet of a workbook that came in: its texts, and what else must be known to trust them."""

import datetime
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """``texts`` are rows of cells from A1 on; ragged rows are allowed. Rows and columns count from 0.

    ``hidden_columns`` and ``merged`` are inclusive ranges: (first, last) and (row, column, row, column).
    """

    name: str
    texts: list[list[str]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    faults: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())
    visible: bool = True

    def text(self, row: int, column: int) -> str:
        """The text of a cell; "" beyond the used ones."""
        return self.texts[row][column] if row < len(self.texts) and column < len(self.texts[row]) else ""

    def hides(self, row: int, column: int) -> bool:
        """Whether a person who looks at the sheet does not see that cell."""
        if row in self.hidden_rows or not self.visible:
            return True
        return any(first <= column <= last for first, last in self.hidden_columns)

    def at(self, row: int, column: int) -> str:
        """The place of a cell as problems name it: ``OP 2!F14``."""
        return f"{self.name}!{cell_name(row, column)}"


def cell_name(row: int, column: int) -> str:
    """``F14`` for row 13, column 5."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


@lru_cache(1 << 16)
def cell_place(name: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell named ``F14``; ValueError for what is no such name."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3 or not 0 < len(digits) < 8:
        raise ValueError(f"not a cell: {name!r}")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def text_of(value: Any) -> str:
    """A cell's value as text: whole numbers without a decimal point, days and moments as ISO text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)

"""A filled sheet as rows of texts, judged: whose it is, what is proposed for which field, what cannot be accepted.

Readers of files hand over what they found; what it means is settled here, the same for every format.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.exchange.cell_text import plain
from cpi1540.exchange.code_spelling import SPELLINGS, is_code, read_code
from cpi1540.exchange.comment_sheet import (
    CHOICES,
    NO_CHANGE,
    OF_STATE,
    AskSheet,
    NoChange,
    Part,
    Proposed,
    SheetReading,
    mark_of,
)
from cpi1540.exchange.keys import FORM, FileKeys
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.record import Code

_SHOWN = 120  # characters of a text in a problem


@dataclass(frozen=True, slots=True)
class Filled:
    """One cell as it was found. ``trouble`` is the code of a problem that keeps it from being read."""

    text: str
    where: str
    trouble: str | None = None
    params: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: its field's key as it stands there, its mark, and its cells.

    ``names_row`` tells whether the cells have what names the row, so that it can be held against the mark.
    """

    field: str
    mark: str
    where: str
    cells: Mapping[Part, Filled]
    names_row: bool = True


def judge(
    keys: FileKeys | None,
    rows: Sequence[FilledRow],
    name: str,
    ask: AskSheet,
    found: Sequence[Problem] = (),
    notes: Sequence[Problem] = (),
) -> SheetReading:
    """The reading of a sheet whose ``keys`` and ``rows`` a format's reader found; ``name`` is the file.

    ``found`` and ``notes`` are what that reader has to say itself.
    """
    if keys is None:
        return SheetReading(problems=(*found, Problem("no-sheet-keys", name)))
    reading = _Judging(ask, keys)
    head = _head_problems(keys, name, ask)
    if not head:
        for row in rows:
            reading.row(row)
        if not rows and not found:
            reading.problems.append(Problem("no-matrix", name))
    return SheetReading(
        keys.state,
        keys.version,
        keys.revision,
        keys.layout,
        keys.language,
        tuple(reading.proposed),
        (*head, *found, *reading.problems),
        (*notes, *reading.notes),
    )


def _head_problems(keys: FileKeys, name: str, ask: AskSheet) -> list[Problem]:
    if keys.form > FORM:
        return [Problem("unknown-format", name, {"found": keys.form})]
    if keys.digest != keys.seal({}):
        return [Problem("keys-damaged", name)]
    if keys.practice != ask.practice:
        return [Problem("other-record", name)]
    if keys.state != ask.state:
        return [Problem("other-state", name, {"found": keys.state, "state": ask.state})]
    if keys.layout != ask.layout.code:
        return [Problem("other-layout", name, {"found": keys.layout, "layout": ask.layout.code})]
    return []


class _Judging:
    """Goes through the rows once."""

    def __init__(self, ask: AskSheet, keys: FileKeys) -> None:
        self.fields = ask.layout.positions
        self.proposed: list[Proposed] = []
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self._first: dict[str, str] = {}

    def row(self, row: FilledRow) -> None:
        written = [row.cells[part] for part in OF_STATE if part in row.cells]
        said = [cell for cell in written if cell.trouble or plain(cell.text)]
        if row.field not in self.fields:
            if said or row.field:
                where, text = (said[0].where, said[0].text) if said else (row.where, row.field)
                params = {"found": (row.field or plain(text))[:_SHOWN]}
                self.problems.append(Problem("unknown-field" if row.field else "text-without-field", where, params))
            return
        if row.field in self._first:
            params = {"row": row.field, "first": self._first[row.field]}
            self.problems.append(Problem("repeated-row", row.where, params))
            return
        self._first[row.field] = row.where
        unchanged = self._held_against_mark(row, bool(said))
        for cell in said:
            if cell.trouble:
                self.problems.append(Problem(cell.trouble, cell.where, cell.params or {}))
        if not said or any(cell.trouble for cell in said):
            return
        code = self._code(row, unchanged)
        texts = [self._text(row.cells.get(part)) for part in OF_STATE[1:]]
        if code is not NO_CHANGE or any(texts):
            self.proposed.append(Proposed(row.field, code, texts[0], texts[1], texts[2], said[0].where))

    def _held_against_mark(self, row: FilledRow, said: bool) -> bool:
        """Whether the draft's own texts still are what they were when the sheet was made."""
        naming, _, draft = mark_of({part: cell.text for part, cell in row.cells.items()}).partition("-")
        marked_naming, between, marked_draft = row.mark.partition("-")
        if not between:
            return False
        if row.names_row and naming != marked_naming and said:
            self.problems.append(Problem("row-moved", row.where, {"field": row.field}))
        if draft != marked_draft:
            self.notes.append(Problem("draft-text-changed", row.where, {"field": row.field}))
        return draft == marked_draft

    def _code(self, row: FilledRow, unchanged: bool) -> Code | NoChange:
        cell = row.cells.get(Part.PROPOSED_CODE)
        text = plain(cell.text) if cell else ""
        spelling = read_code(text)
        if cell is None or spelling == "":
            return NO_CHANGE
        if spelling is None:
            params = {"found": text[:_SHOWN], "known": ", ".join(CHOICES)}
            self.problems.append(Problem("unknown-code", cell.where, params))
            return NO_CHANGE
        if text.upper() != spelling:
            self.notes.append(Problem("understood", cell.where, {"found": text, "code": spelling}))
        code = SPELLINGS[spelling].code
        drafted = row.cells.get(Part.CODE)
        if unchanged and drafted and SPELLINGS[read_code(drafted.text) or ""].code is code:
            self.notes.append(Problem("same-code", cell.where, {"code": spelling}))
            return NO_CHANGE
        return NO_CHANGE if code is None else code

    def _text(self, cell: Filled | None) -> str | None:
        text = plain(cell.text) if cell else ""
        if cell and is_code(text):
            self.problems.append(Problem("misplaced-code", cell.where, {"found": text}))
        return text or None

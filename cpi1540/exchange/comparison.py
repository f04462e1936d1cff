"""The cells of a file against the record: exactly what changed, and what cannot be accepted.

A cell that still is what it was when the file was made changes nothing, whatever the record says by now. A
changed cell is compared with the record; where the record was changed as well, both values are told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from unicodedata import name as character_name

from cpi1540.exchange import cell_text
from cpi1540.exchange.code_spelling import CHOICES, SPELLINGS, is_code, read_code, spell
from cpi1540.exchange.placing import Placed, Placing
from cpi1540.exchange.printed_form import Column, Content, Place, value_keys
from cpi1540.exchange.proposal import AskRecord, Part, ProposedChange
from cpi1540.exchange.row_text import RowWriting
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.record import NOT_REVIEWED, Basis, Code, Entry, Source

_SHOWN = 120  # characters of a text in a problem


class Comparison:
    """Goes through the placed rows once; ``changes``, ``entries``, ``problems`` and ``notes`` are the result."""

    def __init__(self, entries: Mapping[str, Entry], writing: RowWriting, ask: AskRecord) -> None:
        self.record, self.writing, self.ask = entries, writing, ask
        self.language = writing.wording.language
        self.changes: list[ProposedChange] = []
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.entries: dict[str, Entry] = {}
        self._passed_over = 0

    def compare(self, placing: Placing, file: str) -> None:
        """Compare every cell of the placed rows; notes for the whole file name ``file``."""
        placed_cells: dict[str, set[tuple[int, int]]] = {}
        for placed in placing.rows:
            cells = placed_cells.setdefault(placed.sheet.name, set())
            cells |= {(placed.at, place) for place, _column in placed.values}
        unclear = self._merged(placing.rows, placed_cells)
        for placed in placing.rows:
            self._row(placed, unclear.get(placed.sheet.name, set()))
        changed_unseen = {
            problem.where.rpartition("!")[0] for problem in self.problems if problem.code == "hidden-change"
        }
        for sheet in {id(placed.sheet): placed.sheet for placed in placing.rows}.values():
            cells = placed_cells[sheet.name]
            if sheet.formulas - cells:
                self.notes.append(Problem("formula-passed-over", sheet.name))
            if sheet.name not in changed_unseen and any(sheet.hides(*cell) for cell in cells):
                self.notes.append(Problem("hidden-read", sheet.name))
        if self._passed_over:
            self.notes.append(Problem("empty-passed-over", file, {"n": self._passed_over}))

    def _merged(
        self, rows: Iterable[Placed], cells: Mapping[str, set[tuple[int, int]]]
    ) -> dict[str, set[tuple[int, int]]]:
        """The value cells, by sheet, that are merged so that their value may belong to another."""
        unclear: dict[str, set[tuple[int, int]]] = {}
        for sheet in {id(placed.sheet): placed.sheet for placed in rows}.values():
            for top, left, bottom, right in sheet.merged:
                inside = {
                    (row, column)
                    for row, column in cells[sheet.name]
                    if top <= row <= bottom and left <= column <= right
                }
                if inside and inside != {(top, left)}:
                    unclear.setdefault(sheet.name, set()).update(inside)
                    params = {"range": f"{sheet.at(top, left).rpartition('!')[2]}:"
                              f"{sheet.at(bottom, right).rpartition('!')[2]}"}  # fmt: skip
                    self.problems.append(Problem("merged-cells", sheet.at(top, left), params))
        return unclear

    def _row(self, placed: Placed, unclear: set[tuple[int, int]]) -> None:
        sheet = placed.sheet
        tokens = placed.tokens()
        marks = dict(zip(value_keys(placed.row.shape), tokens, strict=True)) if tokens else {}
        for place, column in placed.values:
            here, mark = (placed.at, place), marks.get(column.key)
            written = sheet.text(*here)
            if here in sheet.formulas:
                self.problems.append(Problem("formula", sheet.at(*here)))
            elif here in sheet.faults:
                self.problems.append(Problem("cell-fault", sheet.at(*here)))
            elif here not in unclear and written != mark:
                text = cell_text.plain(written)
                changed = len(self.changes)
                if column.content is Content.CODE:
                    self._code(placed, column, text, mark, sheet.at(*here))
                else:
                    self._text(placed, column, text, mark, sheet.at(*here))
                if len(self.changes) > changed and sheet.hides(*here):
                    self.problems.append(Problem("hidden-change", sheet.at(*here)))

    # codes

    def _code(self, placed: Placed, column: Column, text: str, mark: str | None, where: str) -> None:
        (place,) = placed.row.places(column)
        entry = self.record.get(place.field, NOT_REVIEWED)
        spelling = read_code(text)
        if spelling is None:
            params = {"found": text[:_SHOWN], "known": ", ".join(CHOICES)}
            self.problems.append(Problem("unknown-code", where, params))
            return
        if mark is not None and spelling == mark:
            return
        if mark is None and not spelling:
            self._passed_over += entry.code is not None
            return
        if text.upper() != spelling and text != spelling:
            self.notes.append(Problem("understood", where, {"found": _named(text), "code": spelling}))
        recorded = spell(entry)
        if spelling == recorded:
            return
        if mark is not None and recorded != mark:
            params = {"field": place.field, "file": spelling, "record": recorded}
            self.problems.append(Problem("changed-since", where, params))
            return
        standing = SPELLINGS[spelling]
        if standing.code is entry.code:
            self._note_change(place, Part.BASIS, entry.basis, standing.basis, where)
        else:
            self._note_change(place, Part.CODE, entry.code, standing.code, where)
        self._propose(place.field, code=standing.code, basis=standing.basis)

    # texts

    def _text(self, placed: Placed, column: Column, text: str, mark: str | None, where: str) -> None:
        if mark is not None and cell_text.token(text) == mark:
            return
        recorded = self.writing.cell(placed.row, column, self.record)
        if text == cell_text.plain(recorded):
            return
        places = placed.row.places(column)
        if mark is None and not text:
            self._passed_over += 1
            return
        if is_code(text):
            self.problems.append(Problem("misplaced-code", where, {"found": text}))
            return
        if mark is not None and cell_text.token(recorded) != mark:
            params = {"field": placed.row.key, "file": text[:_SHOWN], "record": recorded[:_SHOWN]}
            self.problems.append(Problem("changed-since", where, params))
            return
        if cell_text.CUT in (text[-len(cell_text.CUT) :], recorded[-len(cell_text.CUT) :]):
            self.problems.append(Problem("cut-text", where))
            return
        told = self._told(places, column, text, where)
        if told is None:
            return
        known = self._known(places)
        for place in places:
            of_field = told.get(place.field, [])
            if column.content is Content.REMARKS:
                self._remarks(place, "\n".join(of_field), where)
            else:
                self._sources(place, of_field, known, where)

    def _told(self, places: tuple[Place, ...], column: Column, text: str, where: str) -> dict[str, list[str]] | None:
        """Field -> the texts that the cell has for it; None, with a problem, when that is not clear."""
        if len(places) == 1 and column.content is Content.REMARKS:
            return {places[0].field: [text] if text else []}
        if len(places) == 1:
            return {places[0].field: cell_text.decompose(text, None).get("", [])}
        leaders = self.writing.leaders(places, column.content)
        try:
            return cell_text.decompose(text, leaders)
        except cell_text.Unled as unled:
            named = [self.writing.leader(place, column.content, alone=False) for place in places]
            params = {"leaders": ", ".join(f"{leader}:" for leader in named), "found": str(unled)[:_SHOWN]}
            self.problems.append(Problem("unled-text", where, params))
            return None

    def _known(self, places: tuple[Place, ...]) -> dict[str, Source]:
        """The sources of the row by their full text."""
        say = self.writing.wording.say_source
        return {
            cell_text.source_text(source, say): source
            for place in places
            for source in self.record.get(place.field, NOT_REVIEWED).sources
        }

    def _sources(self, place: Place, texts: list[str], known: Mapping[str, Source], where: str) -> None:
        entry = self.record.get(place.field, NOT_REVIEWED)
        recorded = self.writing.sources(entry)
        if texts == recorded:
            return
        say = self.writing.wording.say_source
        own = {cell_text.source_text(source, say): source for source in entry.sources}
        found = []
        for text in texts:
            measure = cell_text.measure_cited(text)
            if measure and text not in known and not self.ask.measure_known(measure):
                self.problems.append(Problem("unknown-measure", where, {"found": measure}))
                return
            source = cell_text.read_source(text, {**known, **own}, lambda cited: say(Source(measure=cited)))
            if text not in known and source.text:
                source = replace(source, language=cell_text.language_of(source.text, self.language))
            found.append(source)
        self._note_change(place, Part.SOURCES, "\n".join(recorded), "\n".join(texts), where)
        self._propose(place.field, sources=tuple(found))

    def _remarks(self, place: Place, text: str, where: str) -> None:
        recorded = cell_text.plain(self.record.get(place.field, NOT_REVIEWED).remarks)
        if text != recorded:
            self._note_change(place, Part.REMARKS, recorded, text, where)
            language = cell_text.language_of(text, self.language) if text else None
            self._propose(place.field, remarks=text, remarks_language=language)

    def _note_change(self, place: Place, part: Part, before: str | None, after: str | None, where: str) -> None:
        plain_before, plain_after = (
            value.value if isinstance(value, Code | Basis) else value for value in (before, after)
        )
        self.changes.append(ProposedChange(place.field, part, plain_before, plain_after, where))

    def _propose(self, field: str, **changed: object) -> None:
        entry = self.entries.get(field) or self.record.get(field, NOT_REVIEWED)
        self.entries[field] = replace(entry, **changed)  # type: ignore[arg-type]


def _named(text: str) -> str:
    """A code as it was found; letters that look like others are told by name."""
    if len(text) == 1 and not text.isascii():
        return f"{text} ({character_name(text, f'U+{ord(text):04X}')})"
    return text

"""Where the rows and columns of the printed form stand on a sheet that came in.

Rows are recognised by their hidden keys, else by their label in any of the six languages; columns by their
hidden keys, else by the printed order, counted from the labels.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from cpi1540.exchange.code_spelling import CHOICES
from cpi1540.exchange.keys import ROW_MARK, SECTION_MARK
from cpi1540.exchange.printed_form import Column, Content, PrintedRow, columns, printed_rows, rows_by_key, value_keys
from cpi1540.exchange.row_text import read_row_mark
from cpi1540.exchange.sheet import Sheet
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.layout import Domain, Layout, Section

_WITHIN = 40  # rows and columns in which the hidden keys are looked for
_LEAST_SHARE = 0.5  # of a section's labels, for a sheet without keys to be taken for it
_APART = re.compile(r"[\W_]+")
_UNREAD = (Content.NUMBER, Content.LABEL)
_NUMBERED = re.compile(r"^\d+ ")


@dataclass(frozen=True, slots=True)
class Placed:
    """One printed row found on a sheet. ``mark`` is its hidden mark, None where it has none."""

    row: PrintedRow
    sheet: Sheet
    at: int
    columns: Mapping[int, Column]
    mark: str | None = None

    @property
    def values(self) -> Iterator[tuple[int, Column]]:
        """Place and column of each cell with a code, sources or remarks, in printed order."""
        return ((place, column) for place, column in self.columns.items() if column.content not in _UNREAD)

    def tokens(self) -> list[str] | None:
        """The marks of the row's value cells in printed order; None without a mark that can be read."""
        return None if self.mark is None else read_row_mark(self.mark, len(value_keys(self.row.shape)))


@dataclass(slots=True)
class Placing:
    """All rows found in a file, with what is wrong and what was passed over."""

    rows: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def section_marked(sheet: Sheet) -> tuple[str, int, int] | None:
    """The section that a sheet's hidden keys name, and the cell that names it."""
    for row, cells in enumerate(sheet.texts[:_WITHIN]):
        for column, text in enumerate(cells[:_WITHIN]):
            if text.startswith(SECTION_MARK):
                return text.removeprefix(SECTION_MARK), row, column
    return None


def place_all(sheets: Sequence[Sheet], layout: Layout, domain_words: Mapping[str, Domain], keyed: bool) -> Placing:
    """Find every row of the layout on the sheets. ``keyed``: the file has keys, so nothing may be missing.

    ``domain_words`` are names of weapon domains, folded by ``fold_label``, for tables without keys.
    """
    placing = Placing()
    first_sheet: dict[str, str] = {}
    codes = {section.code for section in layout.sections}
    unmarked = []
    for sheet in sheets:
        marked = section_marked(sheet)
        if marked is None or marked[0] not in codes:
            unmarked.append(sheet)
        elif marked[0] in first_sheet:
            params = {"section": marked[0], "first": first_sheet[marked[0]]}
            placing.problems.append(Problem("repeated-sheet", sheet.name, params))
        else:
            first_sheet[marked[0]] = sheet.name
            _by_keys(placing, sheet, layout.section(marked[0]), marked[1], marked[2])
    for sheet in unmarked if len(first_sheet) < len(codes) else ():
        if found := _likeliest(sheet, layout):
            first_sheet.setdefault(found[0].code, sheet.name)
            _by_labels(placing, sheet, found[0], found[1], domain_words)
    _refuse_repeated(placing)
    _find_missing(placing, layout, first_sheet, keyed)
    return placing


def likeliest_layout(sheets: Sequence[Sheet], layouts: Mapping[str, Layout], default: str) -> str | None:
    """The layout whose labels most rows of the sheets have; the default where two have as many; None: none."""
    counts = {
        code: sum(
            len(_labelled(sheet, _labels_of(section), found[1]))
            for sheet in sheets
            if (found := _likeliest(sheet, layout))
            for section in (found[0],)
        )
        for code, layout in layouts.items()
    }
    best = max(counts.values(), default=0)
    fitting = [code for code, count in counts.items() if count == best]
    return None if not best else default if default in fitting else fitting[0]


def fold_label(text: str) -> str:
    """A label as it is compared: letters and digits only, without case."""
    return _APART.sub(" ", normalize("NFKC", text).casefold()).strip()


def _by_keys(placing: Placing, sheet: Sheet, section: Section, keys_row: int, keys_column: int) -> None:
    form = {column.key: column for column in columns(section.shape)}
    found: dict[str, int] = {}
    marks_column: int | None = None
    for place, key in enumerate(sheet.texts[keys_row]):
        if key == ROW_MARK:
            marks_column = place
        elif key in form and key in found:
            params = {"column": key, "first": sheet.at(keys_row, found[key])}
            placing.problems.append(Problem("repeated-column", sheet.at(keys_row, place), params))
        elif key in form:
            found[key] = place
    for key in form:
        if key not in found:
            placing.problems.append(Problem("missing-column", sheet.name, {"column": key}))
    placed_columns = {found[key]: column for key, column in form.items() if key in found}
    rows = rows_by_key(section)
    taken: set[int] = set()
    for at in range(keys_row + 1, len(sheet.texts)):
        row = rows.get(sheet.text(at, keys_column).strip())
        if row is not None:
            mark = sheet.text(at, marks_column) if marks_column is not None else ""
            placing.rows.append(Placed(row, sheet, at, placed_columns, mark or None))
            taken.add(at)
    label_column = found.get(Content.LABEL.value)
    if len(taken) < len(rows) and label_column is not None:
        for at, same in _labelled(sheet, _labels_of(section), label_column).items():
            if at not in taken and len(same) == 1:
                placing.rows.append(Placed(same[0], sheet, at, placed_columns))
                taken.add(at)
    _note_beyond(placing, sheet, placed_columns, taken, section, {keys_column, marks_column})


def _by_labels(
    placing: Placing, sheet: Sheet, section: Section, label_column: int, domain_words: Mapping[str, Domain]
) -> None:
    form = columns(section.shape)
    placed_columns = {place: column for place, column in enumerate(form, start=label_column - 1) if place >= 0}
    labelled = _labelled(sheet, _labels_of(section), label_column)
    domain = _domain_in(sheet.name, domain_words)
    times: dict[str, int] = {}
    counts: dict[str, int] = {}
    for rows in labelled.values():
        counts[rows[0].row.key] = counts.get(rows[0].row.key, 0) + 1
    for at in range(len(sheet.texts)):
        rows = labelled.get(at, [])
        if not rows:
            named = {_domain_in(text, domain_words) for text in sheet.texts[at] if text} - {None}
            domain = named.pop() if len(named) == 1 else domain
            continue
        nth = times[rows[0].row.key] = times.get(rows[0].row.key, -1) + 1
        if len(rows) > 1:
            if domain is not None:
                rows = [row for row in rows if row.domain is domain]
            elif counts[rows[0].row.key] == len(rows):
                rows = [rows[nth]]
        if len(rows) != 1:
            params = {"row": sheet.text(at, label_column)}
            placing.problems.append(Problem("unclear-domain", sheet.at(at, label_column), params))
            continue
        placing.rows.append(Placed(rows[0], sheet, at, placed_columns))
    placing.notes.append(Problem("by-label", sheet.name))
    _note_beyond(placing, sheet, placed_columns, set(labelled), section, set())


def _note_beyond(
    placing: Placing,
    sheet: Sheet,
    placed: Mapping[int, Column],
    taken: set[int],
    section: Section,
    keys: set[int | None],
) -> None:
    """Problems for rows, notes for columns that have content but no place in the form."""
    values = [place for place, column in placed.items() if column.content not in _UNREAD]
    first = min(taken, default=len(sheet.texts))
    for at, cells in enumerate(sheet.texts):
        if at in taken:
            continue
        written = [place for place in values if place < len(cells) and cells[place].strip()]
        if at < first:
            codes = (place for place in written if placed[place].content is Content.CODE)
            written = [place for place in codes if cells[place].strip().upper() in CHOICES]
        if written:
            params = {"found": cells[written[0]].strip()[:60], "section": section.code}
            placing.problems.append(Problem("unknown-row", sheet.at(at, written[0]), params))
    width = max((len(sheet.texts[at]) for at in taken), default=0)
    for column in range(width):
        if column in placed or column in keys:
            continue
        filled = next((at for at in sorted(taken) if sheet.text(at, column).strip()), None)
        if filled is not None:
            placing.notes.append(Problem("extra-column", sheet.at(filled, column)))


def _refuse_repeated(placing: Placing) -> None:
    first: dict[str, Placed] = {}
    for placed in placing.rows:
        known = first.setdefault(placed.row.key, placed)
        if known is not placed:
            params = {"row": placed.row.key, "first": known.sheet.at(known.at, 0)}
            placing.problems.append(Problem("repeated-row", placed.sheet.at(placed.at, 0), params))
    placing.rows = list(first.values())


def _find_missing(placing: Placing, layout: Layout, sheets: Mapping[str, str], keyed: bool) -> None:
    found = {placed.row.key for placed in placing.rows}
    for section in layout.sections:
        if section.code not in sheets:
            if keyed:
                placing.problems.append(Problem("missing-sheet", section.code, {"section": section.code}))
            continue
        for row in printed_rows(section):
            if row.key not in found:
                placing.problems.append(Problem("missing-row", sheets[section.code], {"row": row.key}))


def _labels_of(section: Section) -> dict[str, list[PrintedRow]]:
    labels: dict[str, list[PrintedRow]] = {}
    for row in printed_rows(section):
        for label in {fold_label(text) for text in row.row.labels.values()}:
            labels.setdefault(label, []).append(row)
    return labels


def _rows_labelled(labels: Mapping[str, list[PrintedRow]], text: str) -> list[PrintedRow]:
    folded = fold_label(text)
    if not folded:
        return []
    return labels.get(folded) or labels.get(_NUMBERED.sub("", folded), [])


def _labelled(sheet: Sheet, labels: Mapping[str, list[PrintedRow]], column: int) -> dict[int, list[PrintedRow]]:
    """Row of the sheet -> the printed rows that its label in ``column`` can mean."""
    cells = ((at, sheet.text(at, column)) for at in range(len(sheet.texts)))
    return {at: rows for at, text in cells if (rows := _rows_labelled(labels, text))}


def _likeliest(sheet: Sheet, layout: Layout) -> tuple[Section, int] | None:
    """The section whose labels a sheet without keys has, and the column that has them."""
    best: tuple[int, Section, int] | None = None
    width = min(_WITHIN, max((len(cells) for cells in sheet.texts), default=0))
    for section in layout.sections:
        labels = _labels_of(section)
        for column in range(width):
            found = {rows[0].row.key for rows in _labelled(sheet, labels, column).values()}
            enough = len(found) >= _LEAST_SHARE * len(section.rows)
            if found and enough and (best is None or len(found) > best[0]):
                best = (len(found), section, column)
    return (best[1], best[2]) if best else None


def _domain_in(text: str, words: Mapping[str, Domain]) -> Domain | None:
    folded = fold_label(text)
    named = {domain for word, domain in words.items() if folded == word or f" {word} " in f" {folded} "}
    return named.pop() if len(named) == 1 else None

"""A workbook of a matrix that comes back: what it would change, and every problem by sheet and cell."""

import re
from collections.abc import Mapping, Sequence

from cpi1540.exchange.comment_sheet_in_xlsx import is_comment_sheet
from cpi1540.exchange.comparison import Comparison
from cpi1540.exchange.keys import FORM, SHEET_MARK, FileKeys, read_keys
from cpi1540.exchange.placing import Placing, fold_label, likeliest_layout, place_all
from cpi1540.exchange.proposal import AskRecord, Proposal
from cpi1540.exchange.row_text import RowWriting
from cpi1540.exchange.sheet import Sheet
from cpi1540.exchange.workbook_in_xlsx import open_workbook
from cpi1540.foundation.files.zip_guard import UnsafeFile
from cpi1540.foundation.problems import Problem
from cpi1540.locales import BY_CODE, CODES, DEFAULT
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.messages import DOMAIN_NAMES, DOMAIN_SHORT
from cpi1540.matrix.record import OPEN, Matrix

_STATE_IN_BRACKETS = re.compile(r"\(([A-Z]{3})\)\s*$")


def read_matrix_file(data: bytes, name: str, ask: AskRecord) -> Proposal:
    """What the workbook ``data`` proposes. ``name`` is the file as given; problems of the whole file name it.

    Never raises for what a file holds. Nothing is executed, and no formula's result is believed.
    """
    try:
        opened = open_workbook(data, name)
    except UnsafeFile as unsafe:
        return Proposal(name, problems=(unsafe.problem,))
    if is_comment_sheet(opened):
        return Proposal(name, problems=(Problem("comment-sheet", name),))
    keys_sheet, sheets = _apart(opened)
    keys = read_keys(_facts(keys_sheet)) if keys_sheet else None
    problems: list[Problem] = []
    if keys_sheet and keys is None:
        problems.append(Problem("keys-damaged", name))
    if keys and keys.form > FORM:
        problems.append(Problem("unknown-format", name, {"found": keys.form}))
    state = _state(sheets, keys, name, ask, problems)
    layout = _layout(sheets, keys, name, ask, problems)
    language = keys.language if keys and keys.language in BY_CODE else DEFAULT
    head = Proposal(name, state, layout, language, keys.version if keys else None, keys.revision if keys else None)
    if problems or state is None or layout is None:
        return _with(head, problems)
    placing = place_all(sheets, ask.layouts[layout], {} if keys else _domain_words(ask), keyed=keys is not None)
    problems += placing.problems
    if not placing.rows:
        return _with(head, problems or [Problem("no-matrix", name)])
    if keys and not problems and not _sealed(keys, placing):
        return _with(head, [Problem("keys-damaged", name)])
    current = ask.current(state, layout)
    if current is not None and current.version.layout != layout:
        params = {"found": layout, "layout": current.version.layout}
        return _with(head, [*problems, Problem("other-layout", name, params)])
    comparison = Comparison(current.entries if current else {}, RowWriting(ask.wording(language)), ask)
    comparison.compare(placing, name)
    used = {placed.sheet.name for placed in placing.rows}
    against = (current.version.number, current.version.revision) if current else None
    older = [Problem("older-version", name, _ages(keys, against))] if keys and _is_older(keys, current) else []
    passed = [Problem("sheet-passed-over", sheet.name) for sheet in sheets[1:] if sheet.name not in used]
    return Proposal(
        name,
        state,
        layout,
        language,
        head.version,
        head.revision,
        tuple(comparison.changes),
        (*problems, *comparison.problems),
        (*older, *placing.notes, *passed, *comparison.notes),
        comparison.entries,
        against,
    )


def _with(head: Proposal, problems: Sequence[Problem]) -> Proposal:
    return Proposal(
        head.file, head.state, head.layout, head.language, head.version, head.revision, problems=tuple(problems)
    )


def _is_older(keys: FileKeys, current: Matrix | None) -> bool:
    """Whether the draft was saved, or made, since the file was made."""
    if current is None or current.version.status not in OPEN:
        return False
    return (current.version.number, current.version.revision) > (keys.version, keys.revision)


def _ages(keys: FileKeys, against: tuple[int, int] | None) -> dict[str, object]:
    number, revision = against or (0, 0)
    made = {"version": str(keys.version), "revision": str(keys.revision)}
    return {**made, "number": str(number), "now": str(revision)}


def _apart(sheets: tuple[Sheet, ...]) -> tuple[Sheet | None, list[Sheet]]:
    """The sheet of keys, and the others."""
    keys = next((sheet for sheet in sheets if sheet.text(0, 0) == SHEET_MARK), None)
    return keys, [sheet for sheet in sheets if sheet is not keys]


def _facts(sheet: Sheet) -> dict[str, str]:
    return {cells[0]: cells[1] for cells in sheet.texts[1:] if len(cells) > 1 and cells[0]}


def _state(
    sheets: Sequence[Sheet], keys: FileKeys | None, name: str, ask: AskRecord, problems: list[Problem]
) -> str | None:
    if keys and keys.practice != ask.practice:
        problems.append(Problem("other-record", name))
        return keys.state
    found = keys.state if keys else ask.state or _state_on_cover(sheets, ask)
    if found is None:
        problems.append(Problem("no-state", name))
    elif found not in ask.states:
        problems.append(Problem("unknown-state", name, {"found": found}))
    elif ask.state not in (None, found):
        problems.append(Problem("other-state", name, {"found": found, "state": ask.state}))
    return found


def _state_on_cover(sheets: Sequence[Sheet], ask: AskRecord) -> str | None:
    """The one State whose code stands in brackets on the first sheet, "Fiji (FJI)"."""
    texts = (text for sheet in sheets[:1] for cells in sheet.texts[:30] for text in cells)
    codes = {match[1] for text in texts if (match := _STATE_IN_BRACKETS.search(text))} & set(ask.states)
    return codes.pop() if len(codes) == 1 else None


def _layout(
    sheets: Sequence[Sheet], keys: FileKeys | None, name: str, ask: AskRecord, problems: list[Problem]
) -> str | None:
    found = keys.layout if keys else likeliest_layout(sheets, ask.layouts, ask.default_layout)
    if found is None:
        problems.append(Problem("no-matrix", name))
    elif found not in ask.layouts:
        problems.append(Problem("unknown-layout", name, {"found": found}))
    return found


def _sealed(keys: FileKeys, placing: Placing) -> bool:
    """Whether the hidden keys are those that the file was made with; rows without keys can't be checked."""
    marks = {placed.row.key: placed.mark for placed in placing.rows}
    whole = {key: mark for key, mark in marks.items() if mark is not None}
    return len(whole) < len(marks) or keys.seal(whole) == keys.digest


def _domain_words(ask: AskRecord) -> Mapping[str, Domain]:
    """The names of the weapon domains in the six languages, folded."""
    return {
        fold_label(ask.wording(code).say(text)): domain
        for code in CODES
        for names in (DOMAIN_NAMES, DOMAIN_SHORT)
        for domain, text in names.items()
    }

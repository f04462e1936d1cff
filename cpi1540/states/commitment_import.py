"""A file of commitments compared with the register: what it would change, and every problem by line and column.

A line with an identifier speaks of that record; one without speaks of the record that has the same kind, value,
date, authority and revised record, or of a new one. A record that the file leaves out stays as it is.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.problems import Problem
from cpi1540.states.commitment import (
    LARGEST_NAMED,
    Commitment,
    Confidence,
    Handling,
    commitment_id,
    commitment_number,
    differing,
    faults,
    faults_together,
)
from cpi1540.states.commitment_kind import KINDS, spelled
from cpi1540.states.commitments_csv import Line, Sheet

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Register:
    """A State's register: the records in it by identifier, and every number that was ever given."""

    records: Mapping[str, Commitment] = field(default_factory=dict)
    numbers: frozenset[int] = frozenset()

    @property
    def next_number(self) -> int:
        """The number of the next record."""
        return max(self.numbers, default=0) + 1


@dataclass(frozen=True, slots=True)
class Change:
    """What one line changes: ``before`` is None for a new record; ``parts`` are those that differ."""

    line: int
    before: Commitment | None
    after: Commitment
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file would change, and what is wrong with it; nothing may be written while anything is wrong."""

    lines: int
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The States whose register would change, sorted."""
        return tuple(sorted({change.after.state for change in self.changes}))

    @property
    def against(self) -> str:
        """A digest of what the changes are and of the revisions they were compared with; another one, when somebody
        saved one of the records meanwhile.
        """
        told = [repr((change.before and change.before.revision, change.after)) for change in self.changes]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def compared(sheet: Sheet, registers: Mapping[str, Register], today: datetime.date) -> Comparison:
    """Compare a file with the registers of the States it may speak of; the keys of ``registers`` are these States."""
    problems = list(sheet.problems)
    by_state: dict[str, list[tuple[Line, Commitment]]] = {}
    for line in sheet.lines:
        record, wrong = _record(line, registers, today)
        problems += wrong
        if record is not None:
            by_state.setdefault(record.state, []).append((line, record))
    changes: list[Change] = []
    for state, told in by_state.items():
        made, wrong = _against(registers[state], told)
        changes += made
        problems += wrong
    ordered = sorted(problems, key=lambda problem: int(problem.where.split(",")[0]))
    return Comparison(len(sheet.lines), tuple(sorted(changes, key=lambda change: change.line)), tuple(ordered))


def _record(
    line: Line, registers: Mapping[str, Register], today: datetime.date
) -> tuple[Commitment | None, list[Problem]]:
    """The record that a line tells, or every problem of its cells."""
    cells, found = line.cells, []

    def problem(code: str, column: str, **params: object) -> None:
        found.append(Problem(code, line.where(column), params))

    state = cells["state"].upper()
    if state not in registers:
        problem("unknown-state" if state else "no-state", "state", found=cells["state"])
        return None, found
    identifier = cells["id"].upper()
    number = commitment_number(identifier, state) if identifier else None
    register = registers[state]
    unheard_of = number is not None and number not in register.numbers and number > LARGEST_NAMED
    if identifier and (number is None or unheard_of):
        problem("no-identifier", "id", found=cells["id"], state=state)
    if number is not None and identifier not in register.records and number in register.numbers:
        problem("withdrawn-record", "id", found=identifier)
    kind = KINDS.get(cells["kind"].casefold())
    value = spelled(kind, cells["value"]) if kind else None
    told = Commitment(
        state,
        kind.code if kind else cells["kind"],
        cells["source"],
        _day(cells["as_of"]),
        cells["value"] if value is None else value,
        _partial(cells["date"]),
        cells["authority"],
        cells["url"],
        cells["note"],
        _word(Handling, cells["handling"]) or Handling.PUBLIC,
        _word(Confidence, cells["confidence"]) or Confidence.SEEN,
        _partial(cells["ended"]),
        cells["revises"].upper() or None,
        id=identifier or None,
    )
    for column in ("date", "ended"):
        if cells[column] and getattr(told, column) is None:
            problem("no-partial-date", column, found=cells[column])
    if cells["as_of"] and told.as_of is None:
        problem("no-day", "as_of", found=cells["as_of"])
    for column, words in (("handling", Handling), ("confidence", Confidence)):
        if cells[column] and _word(words, cells[column]) is None:
            problem("unknown-word", column, found=cells[column], known=", ".join(words))
    named = {each.where for each in found}
    for fault in faults(told, today):
        where = line.where(fault.where)
        if where not in named:
            found.append(Problem(fault.code, where, fault.params))
    return (None if found else told), found


def _against(register: Register, told: Sequence[tuple[Line, Commitment]]) -> tuple[list[Change], list[Problem]]:
    """The changes of one State's lines, and what is wrong when they stand beside the rest of its register."""
    by_key = {record.key: record for record in register.records.values()}
    numbers = [_number(record) for _line, record in told if record.id]
    next_number = max([register.next_number, *(number + 1 for number in numbers)])
    lines: dict[str, Line] = {}
    spoken_of: dict[str, Commitment] = {}
    changes, problems = [], []
    for line, record in told:
        same = by_key.get(record.key)
        identifier = record.id or (same.id if same else None)
        if identifier is None:
            identifier = commitment_id(record.state, next_number)
            next_number += 1
        if identifier in lines:
            params = {"found": identifier, "first": lines[identifier].number}
            problems.append(Problem("repeated-record", line.where("id"), params))
            continue
        lines[identifier] = line
        before = register.records.get(identifier)
        after = replace(record, id=identifier, revision=before.revision if before else 0)
        spoken_of[identifier] = after
        parts = differing(before, after) if before else ()
        if before is None or parts:
            changes.append(Change(line.number, before, after, parts))
    left = [record for record in register.records.values() if record.id not in spoken_of]
    for record, problem in faults_together([*left, *spoken_of.values()]):
        line = lines.get(record.id or "", told[0][0])
        problems.append(Problem(problem.code, line.where(problem.where), problem.params))
    return changes, problems


def _number(record: Commitment) -> int:
    return commitment_number(record.id or "", record.state) or 0


def _partial(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> datetime.date | None:
    told = _partial(text)
    return told.first_day if told and told.precision == "day" else None


def _word(words: type[Word], text: str) -> Word | None:
    """The word of a closed list; "provisional" is what the pages call what is remembered."""
    bare = text.casefold()
    bare = {"provisional": "remembered"}.get(bare, bare)
    return next((each for each in words if each.value == bare), None)

"""The reference data as files: read strictly, every fault with its file and line."""

import csv
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.locales import CODES
from cpi1540.states.groups import BASES, GROUPS
from cpi1540.states.instruments import Action, ActionKind, Instrument, InstrumentKind


class SeedFault(DomainError):
    """A file of reference data is broken; nothing of it was loaded."""

    def __init__(self, file: str, line: int, fault: str) -> None:
        super().__init__(
            sentence(
                "%(file)s, line %(line)s: %(fault)s. Nothing was loaded.",
                file=file,
                line=str(line),
                fault=fault,
            )
        )


@dataclass(frozen=True, slots=True)
class StateRecord:
    """A Member State as the file gives it."""

    code: str
    names: dict[str, str]
    other_names: dict[str, str]
    sort_names: dict[str, str]
    formal_name: str
    admitted: datetime.date


@dataclass(frozen=True, slots=True)
class Membership:
    """A State's place in a regional group; ``basis`` is full, electoral or observer."""

    state: str
    group: str
    basis: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """The date of a report to the Committee, according to one source."""

    state: str
    kind: str
    date: PartialDate
    source: str


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """Everything the files say, checked against itself."""

    states: tuple[StateRecord, ...]
    memberships: tuple[Membership, ...]
    instruments: tuple[Instrument, ...]
    actions: tuple[Action, ...]
    reports: tuple[ReportRecord, ...]


NAME_COLUMNS = tuple(f"name_{code}" for code in CODES)
OTHER_NAME_COLUMNS = tuple(f"m49_name_{code}" for code in CODES)
STATE_COLUMNS = (
    "iso3",
    "iso2",
    "m49",
    *NAME_COLUMNS,
    *OTHER_NAME_COLUMNS,
    "sort_zh",
    "formal_en",
    "admitted",
)
ACTION_COLUMNS = ("iso3", "instrument", "kind", "date", "source", "as_of", "note", "confidence")


def read(folder: Path) -> ReferenceData:
    """Read and check the whole folder; SeedFault names the first fault."""
    states = _states(folder / "states.csv")
    known = {state.code for state in states}
    instruments = _instruments(folder / "instruments.json")
    codes = {instrument.code for instrument in instruments}
    actions = [
        action
        for name in ("treaty-actions.csv", "regime-actions.csv")
        for action in _actions(folder / name, known, codes)
    ]
    memberships = _memberships(folder / "groups.csv", known)
    return ReferenceData(
        tuple(states),
        tuple(memberships),
        tuple(instruments),
        tuple(actions),
        tuple(_reports(folder / "reports.csv", known)),
    )


def _states(path: Path) -> list[StateRecord]:
    found: dict[str, StateRecord] = {}
    for line, row in _rows(path, STATE_COLUMNS):
        code = row["iso3"]
        if not (len(code) == 3 and code.isascii() and code.isupper()):
            raise SeedFault(path.name, line, f"iso3 {code!r} is not three capital letters")
        if code in found:
            raise SeedFault(path.name, line, f"{code} stands twice")
        for column in STATE_COLUMNS:
            if not row[column]:
                raise SeedFault(path.name, line, f"{column} of {code} is blank")
        names = {language: row[f"name_{language}"] for language in CODES}
        found[code] = StateRecord(
            code,
            names,
            {language: row[f"m49_name_{language}"] for language in CODES},
            {**names, "zh": row["sort_zh"]},
            row["formal_en"],
            _day(path, line, row["admitted"]),
        )
    return list(found.values())


def _memberships(path: Path, states: set[str]) -> list[Membership]:
    found, electoral, last = [], set(), 1
    for last, row in _rows(path, ("iso3", "group", "basis", "source", "note")):
        _known(path, last, row["iso3"], states, "State")
        _known(path, last, row["group"], GROUPS, "group")
        _known(path, last, row["basis"], BASES, "basis")
        _sourced(path, last, row)
        if row["basis"] == "electoral":
            if row["iso3"] in electoral:
                raise SeedFault(path.name, last, f"{row['iso3']} is in two groups on the electoral basis")
            electoral.add(row["iso3"])
        found.append(Membership(row["iso3"], row["group"], row["basis"], row["source"], row["note"]))
    if missing := sorted(states - electoral):
        raise SeedFault(path.name, last, f"{missing[0]} is in no group on the electoral basis")
    return found


def _instruments(path: Path) -> list[Instrument]:
    try:
        listed: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        found = [
            Instrument(
                each["code"],
                InstrumentKind(each["kind"]),
                {language: each["names"][language] for language in CODES},
                each["row"],
                each["confidence"],
                bool(each["lists_every_state"]),
            )
            for each in listed
        ]
    except json.JSONDecodeError as error:
        raise SeedFault(path.name, error.lineno, error.msg) from error
    except (KeyError, TypeError, ValueError) as error:
        raise SeedFault(path.name, 1, f"not a list of instruments ({error})") from error
    except OSError as error:
        raise SeedFault(path.name, 0, error.strerror or "cannot be read") from error
    codes = [each.code for each in found]
    for each in found:
        if codes.count(each.code) > 1:
            raise SeedFault(path.name, 1, f"instrument {each.code} stands twice")
        if not all(each.names.values()):
            raise SeedFault(path.name, 1, f"a name of {each.code} is blank")
    return found


def _actions(path: Path, states: set[str], instruments: set[str]) -> Iterator[Action]:
    for line, row in _rows(path, ACTION_COLUMNS):
        _known(path, line, row["iso3"], states, "State")
        _known(path, line, row["instrument"], instruments, "instrument")
        _known(path, line, row["kind"], list(ActionKind), "kind")
        _known(path, line, row["confidence"], ("seen", "remembered"), "confidence")
        _sourced(path, line, row)
        yield Action(
            row["iso3"],
            row["instrument"],
            ActionKind(row["kind"]),
            _partial(path, line, row["date"]) if row["date"] else None,
            row["source"],
            _day(path, line, row["as_of"]),
            row["note"],
            row["confidence"],
        )


def _reports(path: Path, states: set[str]) -> Iterator[ReportRecord]:
    for line, row in _rows(path, ("iso3", "kind", "date", "source")):
        _known(path, line, row["iso3"], states, "State")
        _known(path, line, row["kind"], ("first", "additional"), "kind")
        _sourced(path, line, row)
        yield ReportRecord(row["iso3"], row["kind"], _partial(path, line, row["date"]), row["source"])


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file that has exactly ``columns``; "NA" is Namibia's code, never a missing value."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != tuple(columns):
                raise SeedFault(path.name, 1, f"the columns must be {', '.join(columns)}")
            for row in reader:
                if None in row or None in row.values():
                    raise SeedFault(path.name, reader.line_num, "the number of cells is not that of the columns")
                yield reader.line_num, row
    except OSError as error:
        raise SeedFault(path.name, 0, error.strerror or "cannot be read") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise SeedFault(path.name, 0, f"not a CSV file in UTF-8 ({error})") from error


def _known(path: Path, line: int, value: str, known: Sequence[str] | set[str], what: str) -> None:
    if value not in known:
        raise SeedFault(path.name, line, f"unknown {what} {value!r}")


def _sourced(path: Path, line: int, row: dict[str, str]) -> None:
    if not row["source"].strip():
        raise SeedFault(path.name, line, "source is blank")


def _day(path: Path, line: int, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise SeedFault(path.name, line, f"{text!r} is not a date of the form YYYY-MM-DD") from error


def _partial(path: Path, line: int, text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise SeedFault(path.name, line, str(error)) from error

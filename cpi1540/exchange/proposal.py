"""What a file proposes to change in a State's record, and what is wrong with it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cpi1540.exchange.wording import Wording
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import Entry, Matrix


class Part(StrEnum):
    """What of an entry changes."""

    CODE = "code"
    BASIS = "basis"
    SOURCES = "sources"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """One part of one field that the file would change.

    ``before`` and ``after`` are codes ("X", "?", "NA", "" blank, None not reviewed), bases, or texts as the
    file writes them, one paragraph a line. ``where`` is the cell, "OP 2!F14".
    """

    field: str
    part: Part
    before: str | None
    after: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was read from one file. ``problems`` are faults: while there is one, nothing may be written.

    ``notes`` say what was understood or passed over, in the same shape. ``entries`` has each changed field's
    entry as the file would leave it, by field key. ``version`` and ``revision`` are those the file was made
    from, where it says so; ``against`` is the number and revision of the version it was compared with, None
    where nothing is recorded yet.
    """

    file: str
    state: str | None = None
    layout: str | None = None
    language: str | None = None
    version: int | None = None
    revision: int | None = None
    changes: tuple[ProposedChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    against: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AskRecord:
    """What a reader asks of the record.

    ``current`` gives the matrix that the file would change, in the layout asked for (None: nothing recorded
    yet); it is asked at most once a file. ``measure_known`` tells whether a State has a measure of that
    identifier. ``state`` is the State that the person named, ``practice`` the record that is meant.
    """

    layouts: Mapping[str, Layout]
    states: Collection[str]
    current: Callable[[str, str], Matrix | None]
    wording: Callable[[str], Wording]
    measure_known: Callable[[str], bool]
    state: str | None = None
    practice: bool = False
    default_layout: str = "2017"


def change_json(change: ProposedChange) -> dict[str, Any]:
    """A change as ``matrix import --json`` prints it: ``part`` stands there for all but codes."""
    told: dict[str, Any] = {"field": change.field, "from": change.before, "to": change.after}
    return told if change.part is Part.CODE else {**told, "part": change.part.value}

"""What the pages of the register of commitments show: frozen values, nothing left to compute in a template."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.states.commitment import Commitment, recorded_for, standing
from cpi1540.states.commitment_kind import KINDS, CommitmentKind
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Line:
    """One record as it is shown: whether it stands, whether its source is stale, and what takes its place."""

    record: Commitment
    stands: bool
    stale: bool
    revised_by: str | None


@dataclass(frozen=True, slots=True)
class KindLines:
    """A kind with the records of one State; none of them: "not recorded"."""

    kind: CommitmentKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StateCommitments:
    """What is recorded of one State, kind by kind; ``n_recorded`` counts the kinds of which something stands."""

    state: State
    kinds: tuple[KindLines, ...]
    n_recorded: int
    n_stale: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """For how many States something of a kind stands, the newest date of a source, and how many are stale."""

    kind: CommitmentKind
    n: int
    newest: datetime.date | None
    n_stale: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list: a link, with how many States it leaves."""

    label: str
    url: str
    n: int
    current: bool


@dataclass(frozen=True, slots=True)
class WholeRegister:
    """The commitments of a record or of a regional group; with ``kind`` those of one kind alone."""

    kind: CommitmentKind | None
    group: str | None
    choices: tuple[Choice, ...]
    counts: tuple[KindCount, ...]
    states: tuple[StateCommitments, ...]
    n_recorded: int
    as_of: datetime.date


def state_commitments(
    state: State, records: Sequence[Commitment], today: datetime.date, kinds: Sequence[CommitmentKind] = ()
) -> StateCommitments:
    """The records of one State under their kinds, every kind named; those of ``kinds`` alone where they are given."""
    standing_now = {id(record) for record in standing(records)}
    revised_by = {record.revises: record.id for record in records if record.revises}
    lines = [
        Line(
            record,
            id(record) in standing_now,
            id(record) in standing_now and record.stale(today),
            revised_by.get(record.id) if record.id else None,
        )
        for record in records
    ]
    shown = tuple(
        KindLines(kind, tuple(line for line in lines if line.record.kind == kind.code))
        for kind in kinds or KINDS.values()
    )
    return StateCommitments(
        state,
        shown,
        sum(any(line.stands for line in each.lines) for each in shown),
        sum(line.stale for each in shown for line in each.lines),
    )


def counts(records: Mapping[str, Sequence[Commitment]], today: datetime.date) -> tuple[KindCount, ...]:
    """For each kind, for how many of the States something stands."""
    standing_now = [record for listed in records.values() for record in standing(listed)]
    return tuple(
        KindCount(
            kind,
            recorded_for(records, kind.code),
            max((each.as_of for each in standing_now if each.kind == kind.code and each.as_of), default=None),
            sum(each.stale(today) for each in standing_now if each.kind == kind.code),
        )
        for kind in KINDS.values()
    )

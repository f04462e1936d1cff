"""The register of commitments kept: read with what the reference data adds, recorded, changed, withdrawn, imported."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, can, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.problems import Problem
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.templating import today
from cpi1540.states import commitment_reference, commitments_csv, service
from cpi1540.states.actions import RECORD_COMMITMENTS
from cpi1540.states.commitment import (
    Commitment,
    Confidence,
    Handling,
    as_of_day,
    commitment_id,
    commitment_number,
    differing,
    faults,
    faults_together,
)
from cpi1540.states.commitment_import import Comparison, Register, compared
from cpi1540.states.commitment_kind import KINDS
from cpi1540.states.instrument_history import known_by
from cpi1540.states.state import State
from cpi1540.states.tables import CommitmentRow, StateRow

CHANGED_SINCE = sentence(
    "The register was changed since you looked at what the file changes. Nothing was written: look again."
)


class Unsound(DomainError):
    """What was to be recorded is wrong; ``problems`` say what, each at its part."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(sentence("The record has problems: nothing was written."))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Saved:
    """Who saved a record last, and when."""

    by: str
    at: datetime.datetime


def commitments_of(
    states: Sequence[State],
    actor: Actor,
    kinds: Collection[str] | None = None,
    *,
    on: datetime.date | None = None,
) -> dict[str, tuple[Commitment, ...]]:
    """State code -> what is recorded of it that ``actor`` may read, by kind and date; an empty tuple is "not recorded".

    The register and the reference data together: memberships with their dated acts, reports. ``kinds`` are codes
    of ``commitment_kind.KINDS``, all without it; with ``on`` as they were on that day. The same number of queries for
    one State and for many.
    """
    found: dict[str, list[Commitment]] = {state.code: [] for state in states}
    for code, listed in register_of(states, actor).items():
        found[code] += listed
    instruments = service.instruments()
    for code, actions in service.actions_of(states).items():
        done = actions if on is None else known_by(actions, on)
        found[code] += commitment_reference.memberships(code, done, instruments)
    for code, reports in service.reports(states).items():
        found[code] += commitment_reference.reported(code, reports)
    order = list(KINDS)
    return {
        code: tuple(
            sorted(
                (
                    each
                    for each in (listed if on is None else as_of_day(listed, on))
                    if kinds is None or each.kind in kinds
                ),
                key=lambda each: (order.index(each.kind), str(each.date or ""), each.value),
            )
        )
        for code, listed in found.items()
    }


def register_of(states: Sequence[State], actor: Actor) -> dict[str, tuple[Commitment, ...]]:
    """State code -> the records of its register that ``actor`` may read, by number; without the reference data."""
    found: dict[str, list[Commitment]] = {state.code: [] for state in states}
    query = (
        select(CommitmentRow, StateRow.code)
        .join(StateRow, StateRow.id == CommitmentRow.state_id)
        .where(CommitmentRow.state_id.in_([state.id for state in states]), CommitmentRow.withdrawn.is_(False))
        .order_by(StateRow.code, CommitmentRow.number)
    )
    for row, code in db.session.execute(query):
        record = _commitment(row, code)
        shown = record if actor.of_the_office else record.for_the_public()
        if shown is not None:
            found[code].append(shown)
    return {code: tuple(listed) for code, listed in found.items()}


def find(state: State, identifier: str, actor: Actor) -> Commitment:
    """The record of that identifier; NotFound when the register has none that ``actor`` may read."""
    for record in register_of([state], actor)[state.code]:
        if record.id == identifier:
            return record
    raise NotFound(
        sentence("The register of %(state)s has no record %(record)s.", state=state.code, record=printable(identifier))
    )


def last_saved(state: State, identifier: str) -> Saved | None:
    """Who saved the record of that identifier last; None when there is none."""
    query = select(CommitmentRow.changed_by, CommitmentRow.changed_at).where(
        CommitmentRow.state_id == state.id, CommitmentRow.number == commitment_number(identifier, state.code)
    )
    found = db.session.execute(query).one_or_none()
    return Saved(found.changed_by, found.changed_at) if found else None


def record(state: State, told: Commitment, actor: Actor) -> str:
    """Record a commitment of a State and return its identifier; Unsound when something is wrong with it."""
    ensure(actor, RECORD_COMMITMENTS, state.code)
    register = _locked([state])[state.code]
    identifier = commitment_id(state.code, register.next_number)
    new = replace(told, state=state.code, id=identifier, revision=0)
    _ensure_sound(register, new)
    _insert({state.code: state.id}, [new], actor.id)
    audit.record(
        actor.id,
        "commitment.record",
        [f"state:{state.code}", f"commitment:{identifier}"],
        [{"kind": new.kind, "text": _digest(new)}],
    )
    return identifier


def change(state: State, told: Commitment, actor: Actor) -> None:
    """Record a commitment anew under its identifier; ``told.revision`` is the one it was read at.

    Stale when somebody else saved it meanwhile, Unsound when something is wrong with it; nothing is lost either way.
    """
    ensure(actor, RECORD_COMMITMENTS, state.code)
    register = _locked([state])[state.code]
    before = register.records.get(told.id or "") or find(state, told.id or "", actor)
    if before.revision != told.revision:
        raise Stale(sentence("Somebody else saved this record meanwhile. Compare the two before you save."))
    after = replace(told, state=state.code)
    _ensure_sound(register, after)
    parts = differing(before, after)
    if not parts:
        return
    _update(state.id, after, actor.id)
    audit.record(
        actor.id,
        "commitment.change",
        [f"state:{state.code}", f"commitment:{after.id}"],
        [*({"part": part} for part in parts), {"text": _digest(after)}],
    )


def withdraw(state: State, identifier: str, revision: int, reason: str, actor: Actor) -> None:
    """Take a mistaken record out of the register; it stays in the history with the reason, its number is not reused.

    DomainError without a reason, or while another record revises it; Stale when it was saved meanwhile.
    """
    ensure(actor, RECORD_COMMITMENTS, state.code)
    register = _locked([state])[state.code]
    known = register.records.get(identifier) or find(state, identifier, actor)
    if not reason:
        raise DomainError(sentence("Write why the record is withdrawn."))
    if known.revision != revision:
        raise Stale(sentence("Somebody else saved this record meanwhile. Compare the two before you save."))
    for other in register.records.values():
        if other.revises == identifier:
            raise DomainError(
                sentence("%(record)s revises this record. Withdraw or change that one first.", record=other.id)
            )
    db.session.execute(
        update(CommitmentRow)
        .where(_is(state.id, identifier))
        .values(withdrawn=True, reason=reason, revision=revision + 1, changed_by=actor.id, changed_at=now())
    )
    audit.record(
        actor.id,
        "commitment.withdraw",
        [f"state:{state.code}", f"commitment:{identifier}"],
        [{"kind": known.kind, "reason": audit.digest(reason)}],
    )


def compare_file(content: bytes, actor: Actor, *, practice: bool) -> Comparison:
    """What a CSV file would change in the registers of one record, and every problem by line and column; a change
    to a register that the actor does not keep is one.
    """
    ensure(actor, RECORD_COMMITMENTS)
    chosen = service.states(practice=practice)
    found = compared(commitments_csv.read(content), _registers(chosen), today())
    refused = [
        Problem("not-yours", commitments_csv.place(change.line, "state"), {"found": change.after.state})
        for change in found.changes
        if not can(actor, RECORD_COMMITMENTS, change.after.state)
    ]
    return replace(found, problems=(*found.problems, *refused))


def import_file(content: bytes, against: str | None, actor: Actor, *, practice: bool) -> Comparison:
    """Write what a CSV file changes, all of it; ``against`` is the digest of the comparison that was shown, if any.

    Unsound when the file has problems, NotAllowed when the actor does not keep the register of each State it
    changes, Stale when a register moved on since the comparison.
    """
    ensure(actor, RECORD_COMMITMENTS)
    chosen = {state.code: state for state in service.states(practice=practice)}
    sheet = commitments_csv.read(content)
    named = {line.cells["state"].upper() for line in sheet.lines}
    _lock([chosen[code].id for code in sorted(named & chosen.keys())])
    found = compared(sheet, _registers(list(chosen.values())), today())
    if found.problems:
        raise Unsound(found.problems)
    for code in found.states:
        ensure(actor, RECORD_COMMITMENTS, code)
    if against is not None and against != found.against:
        raise Stale(CHANGED_SINCE)
    if not found.changes:
        return found
    write_all(chosen, [change.after for change in found.changes if change.before is None], actor.id)
    for each in found.changes:
        if each.before is not None:
            _update(chosen[each.after.state].id, each.after, actor.id)
    audit.record(
        actor.id,
        "commitment.import",
        [*(f"state:{code}" for code in found.states), *(f"commitment:{each.after.id}" for each in found.changes)],
        [{"file": audit.digest(content.decode("utf-8-sig"))}],
    )
    return found


def write_all(states: Mapping[str, State], records: Iterable[Commitment], by: str) -> None:
    """Write new records that carry their identifiers, without an audit line: a part of a larger use case."""
    _insert({code: state.id for code, state in states.items()}, list(records), by)


def _ensure_sound(register: Register, told: Commitment) -> None:
    found = faults(told, today())
    if not found:
        others = [each for identifier, each in register.records.items() if identifier != told.id]
        found = [problem for _record, problem in faults_together([*others, told])]
    if found:
        raise Unsound(found)


def _locked(states: Sequence[State]) -> dict[str, Register]:
    """The registers of these States; nobody else numbers or saves a record of theirs until the transaction ends."""
    _lock([state.id for state in states])
    return _registers(states)


def _lock(state_ids: Sequence[int]) -> None:
    db.session.execute(select(StateRow.id).where(StateRow.id.in_(state_ids)).order_by(StateRow.id).with_for_update())


def _registers(states: Sequence[State]) -> dict[str, Register]:
    records: dict[str, dict[str, Commitment]] = {state.code: {} for state in states}
    numbers: dict[str, set[int]] = {state.code: set() for state in states}
    query = (
        select(CommitmentRow, StateRow.code)
        .join(StateRow, StateRow.id == CommitmentRow.state_id)
        .where(CommitmentRow.state_id.in_([state.id for state in states]))
        .order_by(CommitmentRow.state_id, CommitmentRow.number)
    )
    for row, code in db.session.execute(query):
        numbers[code].add(row.number)
        if not row.withdrawn:
            records[code][commitment_id(code, row.number)] = _commitment(row, code)
    return {state.code: Register(records[state.code], frozenset(numbers[state.code])) for state in states}


def _insert(state_ids: Mapping[str, int], records: Sequence[Commitment], by: str) -> None:
    if records:
        db.session.execute(
            insert(CommitmentRow),
            [
                {
                    "state_id": state_ids[each.state],
                    "number": commitment_number(each.id or "", each.state),
                    **_columns(each),
                    "revision": 0,
                    "withdrawn": False,
                    "reason": "",
                    "changed_by": by,
                    "changed_at": now(),
                }
                for each in records
            ],
        )


def _update(state_id: int, told: Commitment, by: str) -> None:
    db.session.execute(
        update(CommitmentRow)
        .where(_is(state_id, told.id or ""))
        .values(**_columns(told), revision=told.revision + 1, changed_by=by, changed_at=now())
    )


def _is(state_id: int, identifier: str) -> ColumnElement[bool]:
    number = int(identifier.rpartition("-C")[2])
    return and_(CommitmentRow.state_id == state_id, CommitmentRow.number == number)


def _columns(told: Commitment) -> dict[str, object]:
    return {
        "kind": told.kind,
        "value": told.value,
        "date": str(told.date) if told.date else None,
        "authority": told.authority,
        "source": told.source,
        "url": told.url,
        "as_of": told.as_of,
        "note": told.note,
        "handling": told.handling.value,
        "confidence": told.confidence.value,
        "ended": str(told.ended) if told.ended else None,
        "revises": commitment_number(told.revises, told.state) if told.revises else None,
    }


def _commitment(row: CommitmentRow, state: str) -> Commitment:
    return Commitment(
        state,
        row.kind,
        row.source,
        row.as_of,
        row.value,
        PartialDate.parse(row.date) if row.date else None,
        row.authority,
        row.url,
        row.note,
        Handling(row.handling),
        Confidence(row.confidence),
        PartialDate.parse(row.ended) if row.ended else None,
        commitment_id(state, row.revises) if row.revises else None,
        commitment_id(state, row.number),
        row.revision,
    )


def _digest(told: Commitment) -> str:
    return audit.digest(repr(told))

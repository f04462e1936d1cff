"""Saves of a draft: some fields at once, all of them or none, each kept with what it replaced."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.matrix import stored_entry_json
from cpi1540.matrix.actions import ANSWER_STATE, EDIT_MATRIX
from cpi1540.matrix.record import Basis, Code, Entry, Source, Status
from cpi1540.matrix.service import reading, recording
from cpi1540.matrix.tables import CitationRow, EntryRow, MeasureRow, SavedEntryRow, VersionRow
from cpi1540.matrix.workflow import ANSWERABLE, WRITABLE
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow

Change = Callable[[Entry], Entry]


class SaveKind(StrEnum):
    """What a save was made by."""

    EDIT = "edit"
    MANY = "many"
    IMPORT = "import"
    PROPOSAL = "proposal"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Held:
    """What a field of the draft records now: its revision, and who saved it last."""

    entry: Entry
    revision: int
    changed_by: str | None
    changed_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the draft's number and new revision, and the fields that changed, as they are now."""

    version: int
    revision: int
    fields: Mapping[str, Held]


class Conflict(Stale):
    """Somebody saved some of the fields first; ``held`` has what they record now."""

    def __init__(self, held: Mapping[str, Held]) -> None:
        super().__init__(sentence("Somebody else saved this field first. Both values are shown: choose one."))
        self.held = held


def save(
    state: State,
    changes: Mapping[str, Change],
    actor: Actor,
    *,
    kind: SaveKind = SaveKind.EDIT,
    read_at: Mapping[str, int] | None = None,
    at_revision: int | None = None,
    undoes: int | None = None,
) -> Saved:
    """Change fields of the State's open draft, all of them or none.

    ``changes`` turns what each field records into what it shall record. ``read_at`` has the revisions at which
    fields were read: Conflict when one was saved since. ``at_revision`` is that of the whole draft: Stale when
    anything was saved since. DomainError when no draft may be written into at its step, or a measure cited is
    not the State's; NotFound for a field that the draft's layout does not have. A save that changes nothing
    leaves no trace.
    """
    answering = kind is SaveKind.PROPOSAL
    ensure(actor, ANSWER_STATE if answering else EDIT_MATRIX, state.code)
    draft, number, revision = _moved_on(state, ANSWERABLE if answering else WRITABLE)
    if at_revision is not None and revision != at_revision + 1:
        raise Stale(
            sentence("The draft of %(state)s was changed meanwhile. Read it again before you save.", state=state.code)
        )
    keys, before = _held(draft, list(changes))
    for field in changes:
        if field not in before:
            raise NotFound(sentence("The draft has no field %(field)s.", field=field))
    if read_at is not None:
        moved = {field: held for field, held in before.items() if held.revision != read_at.get(field, held.revision)}
        if moved:
            raise Conflict(moved)
    after = {field: change(before[field].entry) for field, change in changes.items()}
    after = {field: entry for field, entry in after.items() if entry != before[field].entry}
    if not after:
        db.session.execute(update(VersionRow).where(VersionRow.id == draft).values(revision=VersionRow.revision - 1))
        return Saved(number, revision - 1, {})
    at = now()
    _write(state, keys, before, after, actor, at)
    db.session.execute(
        insert(SavedEntryRow),
        [
            {
                "version_id": draft,
                "save": revision,
                "field": field,
                "kind": kind,
                "actor": actor.id,
                "at": at,
                "before": stored_entry_json.written(before[field].entry),
                "after": stored_entry_json.written(entry),
                "undoes": undoes,
            }
            for field, entry in after.items()
        ],
    )
    audit.record(
        actor.id,
        "draft.write",
        [f"state:{state.code}", f"version:{state.code}/{number}"],
        [
            {
                "field": field,
                "from": before[field].entry.code,
                "to": entry.code,
                "text": audit.digest(repr((entry.sources, entry.remarks))),
                "save": revision,
            }
            for field, entry in sorted(after.items())
        ],
    )
    fields = {field: Held(entry, before[field].revision + 1, actor.id, at) for field, entry in after.items()}
    return Saved(number, revision, fields)


def undo(state: State, actor: Actor) -> Saved:
    """Take back the actor's last save of the open draft that is not taken back yet.

    Conflict when one of its fields was saved again since; DomainError when there is nothing to take back.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    mine = (
        select(SavedEntryRow.save, SavedEntryRow.undoes, SavedEntryRow.kind)
        .join(VersionRow, VersionRow.id == SavedEntryRow.version_id)
        .where(VersionRow.state_id == state.id, VersionRow.status == Status.DRAFT, SavedEntryRow.actor == actor.id)
        .distinct()
        .order_by(SavedEntryRow.save.desc())
    )
    saves = db.session.execute(mine).all()
    undone = {row.undoes for row in saves}
    last = next((row.save for row in saves if row.kind != SaveKind.UNDO and row.save not in undone), None)
    if last is None:
        raise DomainError(sentence("There is nothing of yours to take back in this draft."))
    rows = db.session.execute(
        select(SavedEntryRow.field, SavedEntryRow.before, SavedEntryRow.after)
        .join(VersionRow, VersionRow.id == SavedEntryRow.version_id)
        .where(VersionRow.state_id == state.id, VersionRow.status == Status.DRAFT, SavedEntryRow.save == last)
    ).all()
    after = {row.field: stored_entry_json.read(row.after) for row in rows}
    before = {row.field: stored_entry_json.read(row.before) for row in rows}

    def back(field: str) -> Change:
        def change(entry: Entry) -> Entry:
            if entry != after[field]:
                raise Conflict({field: Held(entry, 0, None, None)})
            return before[field]

        return change

    return save(state, {field: back(field) for field in before}, actor, kind=SaveKind.UNDO, undoes=last)


def _moved_on(state: State, statuses: Sequence[Status]) -> tuple[int, int, int]:
    """Key, number and new revision of the open draft, locked until the transaction ends."""
    found = db.session.execute(
        update(VersionRow)
        .where(VersionRow.state_id == state.id, VersionRow.status.in_(statuses))
        .values(revision=VersionRow.revision + 1)
        .returning(VersionRow.id, VersionRow.number, VersionRow.revision)
    ).one_or_none()
    if found is None:
        raise DomainError(
            sentence(
                "%(state)s has no draft that can be changed now: start one, or have it returned from review.",
                state=state.code,
            )
        )
    return found.id, found.number, found.revision


def _held(draft: int, fields: Sequence[str]) -> tuple[dict[str, int], dict[str, Held]]:
    """Field -> key of its row, and field -> what it records; read in one statement."""
    query = (
        select(EntryRow, CitationRow, MeasureRow.number, StateRow.code)
        .outerjoin(CitationRow, CitationRow.entry_id == EntryRow.id)
        .outerjoin(MeasureRow, MeasureRow.id == CitationRow.measure_id)
        .outerjoin(StateRow, StateRow.id == MeasureRow.state_id)
        .where(EntryRow.version_id == draft, EntryRow.field.in_(fields))
        .order_by(EntryRow.id, CitationRow.position)
        .execution_options(populate_existing=True)
    )
    rows: dict[str, EntryRow] = {}
    sources: dict[str, list[Source]] = {}
    for row, citation, number, code in db.session.execute(query):
        rows[row.field] = row
        if citation is not None:
            sources.setdefault(row.field, []).append(reading.source_of(citation, number, code))
    held = {
        field: Held(
            Entry(
                code=None if row.code is None else Code(row.code),
                basis=None if row.basis is None else Basis(row.basis),
                sources=tuple(sources.get(field, ())),
                remarks=row.remarks,
                remarks_language=row.remarks_language,
            ),
            row.revision,
            row.changed_by,
            row.changed_at,
        )
        for field, row in rows.items()
    }
    return {field: row.id for field, row in rows.items()}, held


def _write(
    state: State,
    keys: Mapping[str, int],
    before: Mapping[str, Held],
    after: Mapping[str, Entry],
    actor: Actor,
    at: datetime.datetime,
) -> None:
    """Write the entries, and the sources of those whose sources changed."""
    sourced = {field: entry for field, entry in after.items() if entry.sources != before[field].entry.sources}
    if any(before[field].entry.sources for field in sourced):
        db.session.execute(delete(CitationRow).where(CitationRow.entry_id.in_([keys[field] for field in sourced])))
    db.session.execute(
        update(EntryRow),
        [
            {
                "id": keys[field],
                "code": entry.code,
                "basis": entry.basis,
                "remarks": entry.remarks,
                "remarks_language": entry.remarks_language,
                "revision": before[field].revision + 1,
                "changed_at": at,
                "changed_by": actor.id,
            }
            for field, entry in after.items()
        ],
    )
    citations = recording.citations(state, {keys[field]: entry.sources for field, entry in sourced.items()})
    if citations:
        db.session.execute(insert(CitationRow), citations)

"""What was saved in drafts, and what the versions recorded: the history of one field, or of one draft."""

import datetime
from dataclasses import dataclass

from sqlalchemy import func, select

from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db
from cpi1540.matrix import stored_entry_json
from cpi1540.matrix.record import Entry, Version
from cpi1540.matrix.service import versions
from cpi1540.matrix.service.saving import SaveKind
from cpi1540.matrix.tables import SavedEntryRow
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class FieldSave:
    """One save of a field: in which version, by what, by whom, when, from what to what."""

    version: int
    save: int
    kind: SaveKind
    actor: str
    at: datetime.datetime
    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class DraftSave:
    """One save of a draft: how many fields it changed; ``undone`` when it was taken back."""

    save: int
    kind: SaveKind
    actor: str
    at: datetime.datetime
    fields: int
    undone: bool


def of_field(state: State, field: str, actor: Actor) -> list[FieldSave]:
    """Every save of one field in the versions that ``actor`` may read, newest first."""
    numbers = {version.id: version.number for version in versions.versions_of(state, actor)}
    query = (
        select(SavedEntryRow)
        .where(SavedEntryRow.version_id.in_(list(numbers)), SavedEntryRow.field == field)
        .order_by(SavedEntryRow.version_id.desc(), SavedEntryRow.save.desc())
    )
    return [
        FieldSave(
            numbers[row.version_id],
            row.save,
            SaveKind(row.kind),
            row.actor,
            row.at,
            stored_entry_json.read(row.before),
            stored_entry_json.read(row.after),
        )
        for row in db.session.scalars(query)
    ]


def of_draft(version: Version, limit: int = 50) -> list[DraftSave]:
    """The newest saves of a version, newest first."""
    query = (
        select(
            SavedEntryRow.save,
            SavedEntryRow.kind,
            SavedEntryRow.actor,
            func.max(SavedEntryRow.at),
            func.count(SavedEntryRow.field),
            func.max(SavedEntryRow.undoes),
        )
        .where(SavedEntryRow.version_id == version.id)
        .group_by(SavedEntryRow.save, SavedEntryRow.kind, SavedEntryRow.actor)
        .order_by(SavedEntryRow.save.desc())
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    undone = {undoes for *_rest, undoes in rows}
    return [
        DraftSave(save, SaveKind(kind), actor, at, fields, save in undone)
        for save, kind, actor, at, fields, _undoes in rows
    ]

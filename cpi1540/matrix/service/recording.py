"""Whole versions written into the record."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from sqlalchemy import func, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import NOT_REVIEWED, Entry, Handling, Origin, Source, Status
from cpi1540.matrix.tables import CitationRow, EntryRow, LayoutRow, MeasureRow, VersionRow
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be written. ``status`` approved or reference seals it at once."""

    origin: Origin
    status: Status
    handling: Handling
    as_of: datetime.date | None = None
    approved_on: datetime.date | None = None
    symbol: str | None = None
    based_on: int | None = None
    recorded_at: datetime.datetime | None = None  # None: now


def write(state: State, layout: Layout, new: NewVersion, entries: Mapping[str, Entry], by: str) -> int:
    """Write a complete version of ``state`` and return its number.

    Fields of the layout that ``entries`` leaves out are not reviewed; a field that the layout does not have
    is a KeyError. Sources that cite a measure name one of this State's.
    """
    for field in entries:
        layout.positions[field]
    number = (db.session.scalar(select(func.max(VersionRow.number)).where(VersionRow.state_id == state.id)) or 0) + 1
    content = digest(entries)
    version_id = db.session.execute(
        insert(VersionRow)
        .values(
            state_id=state.id,
            number=number,
            layout_id=select(LayoutRow.id).where(LayoutRow.code == layout.code).scalar_subquery(),
            origin=new.origin,
            status=Status.DRAFT,
            handling=new.handling,
            as_of=new.as_of,
            approved_on=new.approved_on,
            symbol=new.symbol,
            based_on=new.based_on,
            digest=content,
            revision=0 if new.status is Status.DRAFT else -1,
            recorded_at=new.recorded_at or now(),
        )
        .returning(VersionRow.id)
    ).scalar_one()
    _write_entries(state, version_id, layout, entries, by)
    if new.status is not Status.DRAFT:
        db.session.execute(update(VersionRow).where(VersionRow.id == version_id).values(status=new.status, revision=0))
    audit.record(
        by,
        "version.write",
        [f"state:{state.code}", f"version:{state.code}/{number}"],
        [{"origin": new.origin, "status": new.status, "layout": layout.code, "digest": content}],
    )
    return number


def digest(entries: Mapping[str, Entry]) -> str:
    """A hash of what the entries record, the same whatever their order."""
    recorded = {key: entry for key, entry in sorted(entries.items()) if entry != NOT_REVIEWED}
    text = json.dumps(recorded, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """An entry, and what it holds, as JSON tells it: the parts of a record by their names, all else as text."""
    if is_dataclass(value):
        return {part.name: getattr(value, part.name) for part in fields(value)}
    return str(value)


def _write_entries(state: State, version_id: int, layout: Layout, entries: Mapping[str, Entry], by: str) -> None:
    changed_at = now()
    rows = []
    for field in layout.fields:
        entry = entries.get(field.key, NOT_REVIEWED)
        rows.append(
            {
                "version_id": version_id,
                "field": field.key,
                "code": entry.code,
                "basis": entry.basis,
                "remarks": entry.remarks,
                "remarks_language": entry.remarks_language,
                "revision": 0,
                "changed_at": changed_at,
                "changed_by": by,
            }
        )
    plainly = db.session.connection()  # tens of thousands of rows, of which the session need not know
    plainly.execute(insert(EntryRow), rows)
    cited = {key: entry.sources for key, entry in entries.items() if entry.sources}
    if not cited:
        return
    entry_ids = dict(
        db.session.execute(
            select(EntryRow.field, EntryRow.id).where(EntryRow.version_id == version_id, EntryRow.field.in_(cited))
        ).all()
    )
    rows = citations(state, {entry_ids[field]: sources for field, sources in cited.items()})
    plainly.execute(insert(CitationRow), rows)


def citations(state: State, sources: Mapping[int, Sequence[Source]]) -> list[dict[str, object]]:
    """The rows of some entries' sources, in order; ``sources`` are by the entry's key.

    DomainError when a measure is cited that the State does not have.
    """
    measures = _measures(state) if any(each.measure for found in sources.values() for each in found) else {}
    return [
        _citation(state, entry_id, position, source, measures)
        for entry_id, found in sources.items()
        for position, source in enumerate(found)
    ]


def _measures(state: State) -> dict[str, int]:
    rows = db.session.execute(select(MeasureRow.number, MeasureRow.id).where(MeasureRow.state_id == state.id))
    return {f"{state.code}-M{number}": key for number, key in rows}


def _citation(
    state: State, entry_id: int, position: int, source: Source, measures: Mapping[str, int]
) -> dict[str, object]:
    if source.measure and source.measure not in measures:
        raise DomainError(sentence("%(state)s has no measure %(measure)s.", state=state.code, measure=source.measure))
    statement = source.statement
    return {
        "entry_id": entry_id,
        "position": position,
        "measure_id": measures[source.measure] if source.measure else None,
        "pinpoint": source.pinpoint,
        "text": source.text,
        "language": source.language,
        "url": source.url,
        "statement": {"code": statement.code, "params": dict(statement.params)} if statement else None,
        "as_of": source.as_of,
    }

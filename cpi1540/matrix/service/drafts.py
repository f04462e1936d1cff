"""The open draft of a State's matrix: found, made, written into."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.record import OPEN, Entry, Handling, Origin, Status, Version
from cpi1540.matrix.service import layouts, reading, recording, versions
from cpi1540.matrix.tables import CitationRow, EntryRow, VersionRow
from cpi1540.states.state import State


def open_version(state: State, actor: Actor) -> Version | None:
    """The version that is not sealed yet; None when there is none."""
    for version in versions.versions_of(state, actor):
        if version.status in OPEN:
            return version
    return None


def draft_of(state: State, actor: Actor) -> Version:
    """The open draft; made from the effective version, or empty in the default layout, when there is none.

    DomainError when a draft is under way that may not be written into at its stage.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    found = open_version(state, actor)
    if found is None:
        found = _start(state, actor)
    if found.status is not Status.DRAFT:
        raise DomainError(
            sentence(
                "Version %(version)s of %(state)s is under review: it cannot be changed until it is returned.",
                version=str(found.number),
                state=state.code,
            )
        )
    return found


def write(state: State, version: Version, entries: Mapping[str, Entry], actor: Actor) -> None:
    """Write the entries of some fields into the draft, all of them or none, and note who did.

    Stale when somebody saved the draft since ``version`` was read.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    if not entries:
        return
    moved = db.session.execute(
        update(VersionRow)
        .where(
            VersionRow.id == version.id,
            VersionRow.revision == version.revision,
            VersionRow.status == Status.DRAFT,
        )
        .values(revision=version.revision + 1)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale(
            sentence(
                "The draft of %(state)s was changed meanwhile. Read it again before you save.",
                state=state.code,
            )
        )
    wanted = EntryRow.version_id == version.id, EntryRow.field.in_(list(entries))
    before = {
        field: (key, code)
        for field, key, code in db.session.execute(select(EntryRow.field, EntryRow.id, EntryRow.code).where(*wanted))
    }
    keys = [key for key, _code in before.values()]
    db.session.execute(delete(CitationRow).where(CitationRow.entry_id.in_(keys)))
    at = now()
    db.session.execute(
        update(EntryRow),
        [
            {
                "id": before[field][0],
                "code": entry.code,
                "basis": entry.basis,
                "remarks": entry.remarks,
                "remarks_language": entry.remarks_language,
                "changed_at": at,
                "changed_by": actor.id,
            }
            for field, entry in entries.items()
        ],
    )
    citations = recording.citations(state, {before[field][0]: entry.sources for field, entry in entries.items()})
    if citations:
        db.session.execute(insert(CitationRow), citations)
    audit.record(
        actor.id,
        "draft.write",
        [f"state:{state.code}", f"version:{state.code}/{version.number}"],
        [
            {
                "field": field,
                "from": before[field][1],
                "to": entry.code,
                "text": audit.digest(repr((entry.sources, entry.remarks))),
            }
            for field, entry in sorted(entries.items())
        ],
    )


def _start(state: State, actor: Actor) -> Version:
    effective = versions.effective([state], today()).get(state.code)
    layout = layouts.layout(effective.layout if effective else layouts.DEFAULT_LAYOUT)
    entries = reading.matrix(effective).entries if effective else {}
    new = recording.NewVersion(
        Origin.OFFICE,
        Status.DRAFT,
        Handling.RESTRICTED,
        based_on=effective.number if effective else None,
    )
    number = recording.write(state, layout, new, entries, actor.id)
    return versions.find(state, number, actor)

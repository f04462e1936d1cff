"""What the office says about a lens, dated and sourced: the newest version counts, the earlier ones stay readable."""

import datetime
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select

from cpi1540.coverage.actions import EDIT_LENSES
from cpi1540.coverage.lenses.lens import LensNote
from cpi1540.coverage.service import lenses
from cpi1540.coverage.tables import LensNoteRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import sentence


@dataclass(frozen=True, slots=True)
class KeptNote:
    """One version of a note, by whom and when; with ``withdrawn`` the version that took it away."""

    note: LensNote
    version: int
    withdrawn: bool
    by: str
    at: datetime.datetime


def note_of(lens: str) -> KeptNote | None:
    """The note that stands; None where none was entered, or where it was taken away."""
    kept = versions_of(lens)
    return kept[0] if kept and not kept[0].withdrawn else None


def versions_of(lens: str) -> list[KeptNote]:
    """Every version of the note on a lens, newest first."""
    query = select(LensNoteRow).where(LensNoteRow.lens == lens).order_by(LensNoteRow.version.desc())
    return [
        KeptNote(
            LensNote(row.text, row.language, row.source, row.dated, row.url), row.version, row.withdrawn, row.by, row.at
        )
        for row in db.session.scalars(query)
    ]


def keep(lens: str, note: LensNote, *, after: int, by: Actor) -> None:
    """Enter the note on a lens, or its next version; ``after`` is the version it was read at, 0 for none.

    Stale when there is a later one, NotFound when there is no such lens.
    """
    _write(lens, note, after, by, withdrawn=False)


def withdraw(lens: str, *, after: int, by: Actor) -> None:
    """Take the note of a lens away; its versions stay readable for the office."""
    ensure(by, EDIT_LENSES)
    stands = note_of(lens)
    if stands is None:
        raise DomainError(sentence("The lens %(lens)s has no note.", lens=lens))
    _write(lens, stands.note, after, by, withdrawn=True)


def _write(lens: str, note: LensNote, after: int, by: Actor, *, withdrawn: bool) -> None:
    ensure(by, EDIT_LENSES)
    lenses.find(lens)
    newest = max((each.version for each in versions_of(lens)), default=0)
    if newest != after:
        raise Stale(
            sentence(
                "The note on the lens %(lens)s was changed since you opened it. Look at it again first.", lens=lens
            )
        )
    version = newest + 1
    values = {"lens": lens, "version": version, "withdrawn": withdrawn, "by": by.id, "at": now()}
    db.session.execute(insert(LensNoteRow).values(**asdict(note), **values))
    change = {"lens": lens, "version": version, "on": note.dated.isoformat(), "language": note.language}
    texts = {part: audit.digest(getattr(note, part)) for part in ("text", "source", "url")}
    action = "lens.note-withdraw" if withdrawn else "lens.note"
    audit.record(by.id, action, [f"lens:{lens}"], [{**change, **texts}])

"""Notes on lenses: dated, sourced, never overwritten unseen, and each version kept."""

import datetime

import pytest
from desk_people import OFFICER, REVIEWER, person
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from cpi1540.coverage.lenses.lens import LensNote
from cpi1540.coverage.service import lens_notes
from cpi1540.coverage.tables import LensNoteRow
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.tables import AuditEventRow

IRAN = "iran-resolutions"
FIRST = LensNote("Members hold differing views.", "en", "Document A", datetime.date(2025, 9, 28))
SECOND = LensNote("Les avis divergent.", "fr", "Document B", datetime.date(2026, 3, 1), "https://example.org/b")


def test_a_note_is_kept_version_by_version_and_taken_away(practice_app: Flask) -> None:
    with practice_app.app_context():
        assert lens_notes.note_of(IRAN) is None
        with transaction():
            lens_notes.keep(IRAN, FIRST, after=0, by=REVIEWER)
        with transaction():
            lens_notes.keep(IRAN, SECOND, after=1, by=person("admin", Role.ADMINISTRATOR))
        stands = lens_notes.note_of(IRAN)
        assert stands is not None
        assert (stands.note, stands.version, stands.by) == (SECOND, 2, "admin")
        with transaction():
            lens_notes.withdraw(IRAN, after=2, by=REVIEWER)
        assert lens_notes.note_of(IRAN) is None
        kept = [(each.version, each.note, each.withdrawn) for each in lens_notes.versions_of(IRAN)]
        assert kept == [(3, SECOND, True), (2, SECOND, False), (1, FIRST, False)]
        with pytest.raises(DomainError):
            lens_notes.withdraw(IRAN, after=3, by=REVIEWER)
        events = db.session.execute(
            select(AuditEventRow.action, AuditEventRow.changes).where(AuditEventRow.action.startswith("lens."))
        ).all()
        assert [action for action, _changes in events] == ["lens.note", "lens.note", "lens.note-withdraw"]
        assert events[0].changes[0]["on"] == "2025-09-28"
        assert "differing" not in str(events[0].changes)


def test_nobody_writes_over_a_note_unseen(practice_app: Flask) -> None:
    with practice_app.app_context():
        with transaction():
            lens_notes.keep(IRAN, FIRST, after=0, by=REVIEWER)
        with pytest.raises(Stale), transaction():
            lens_notes.keep(IRAN, SECOND, after=0, by=REVIEWER)
        with pytest.raises(DatabaseError, match="never changes"), transaction() as session:
            session.execute(update(LensNoteRow).values(text="another"))
        stands = lens_notes.note_of(IRAN)
        assert stands is not None and stands.note == FIRST


def test_only_those_who_may_change_lenses_and_only_on_a_lens(practice_app: Flask) -> None:
    with practice_app.app_context():
        with pytest.raises(NotAllowed), transaction():
            lens_notes.keep(IRAN, FIRST, after=0, by=OFFICER)
        with pytest.raises(NotFound), transaction():
            lens_notes.keep("no-lens", FIRST, after=0, by=REVIEWER)

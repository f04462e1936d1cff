"""Saves of a draft: all or none, two people at once, taken back, kept with what they replaced."""

import dataclasses

import pytest
from desk_people import BRIEFER, OFFICER, SECOND, person
from flask import Flask
from queries import counted
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from cpi1540.foundation import audit
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.matrix.measure import Measure, MeasureKind
from cpi1540.matrix.record import Basis, Code, Entry, Source
from cpi1540.matrix.service import drafts, histories, layouts, measure_records, reading, saving
from cpi1540.matrix.service.saving import Conflict, Saved, SaveKind
from cpi1540.matrix.tables import SavedEntryRow
from cpi1540.states import service as states
from cpi1540.states.state import State

KEY, OTHER = "op2.use.cw.framework", "op2.use.nw.framework"
FOUND = Entry(Code.FOUND, Basis.REFERENCE, (Source("Penal Code, art. 5", "en"),), "seen", "en")


def started() -> State:
    france = states.find("FRA")
    with transaction():
        drafts.draft_of(france, OFFICER)
    return france


def put(state: State, entries: dict[str, Entry], who=OFFICER, **given) -> Saved:  # type: ignore[no-untyped-def]
    def becomes(entry: Entry):  # type: ignore[no-untyped-def]
        return lambda _before: entry

    with transaction():
        return saving.save(state, {key: becomes(entry) for key, entry in entries.items()}, who, **given)


def recorded(state: State) -> dict[str, Entry]:
    draft = drafts.open_version(state, OFFICER)
    assert draft is not None
    return dict(reading.matrix(draft).entries)


def test_what_is_saved_is_there_and_only_that(app: Flask) -> None:
    with app.app_context():
        france = started()
        before = recorded(france)
        saved = put(france, {KEY: FOUND})
        assert (saved.revision, set(saved.fields)) == (1, {KEY})
        assert recorded(france) == {**before, KEY: FOUND}
        assert audit.first_break() is None


def test_a_save_that_changes_nothing_leaves_no_trace(app: Flask) -> None:
    with app.app_context():
        france = started()
        put(france, {KEY: FOUND})
        again = put(france, {KEY: FOUND})
        assert (again.revision, again.fields) == (1, {})
        assert len(histories.of_field(france, KEY, OFFICER)) == 1


def test_two_officers_on_different_fields_do_not_meet(app: Flask) -> None:
    with app.app_context():
        france = started()
        put(france, {KEY: FOUND}, OFFICER, read_at={KEY: 0})
        put(france, {OTHER: Entry(Code.BLANK)}, SECOND, read_at={OTHER: 0})
        assert (recorded(france)[KEY], recorded(france)[OTHER]) == (FOUND, Entry(Code.BLANK))


def test_two_officers_on_one_field_see_both_values(app: Flask) -> None:
    with app.app_context():
        france = started()
        put(france, {KEY: FOUND}, OFFICER, read_at={KEY: 0})
        with pytest.raises(Conflict) as refused:
            put(france, {KEY: Entry(Code.BLANK), OTHER: FOUND}, SECOND, read_at={KEY: 0, OTHER: 0})
        held = refused.value.held[KEY]
        assert (held.entry, held.revision, held.changed_by) == (FOUND, 1, "officer")
        assert recorded(france)[OTHER].code is None, "all or none"
        put(france, {KEY: Entry(Code.BLANK)}, SECOND, read_at={KEY: held.revision})
        assert recorded(france)[KEY] == Entry(Code.BLANK)


def test_an_import_is_stale_when_anything_was_saved_since(app: Flask) -> None:
    with app.app_context():
        france = started()
        draft = drafts.draft_of(france, OFFICER)
        put(france, {KEY: FOUND})
        with pytest.raises(Stale), transaction():
            drafts.write(france, draft, {OTHER: FOUND}, OFFICER)
        assert recorded(france)[OTHER].code is None


def test_one_s_last_save_is_taken_back_then_the_one_before(app: Flask) -> None:
    with app.app_context():
        france = started()
        before = recorded(france)
        put(france, {KEY: FOUND, OTHER: FOUND})
        put(france, {"op2.use.bw.framework": FOUND}, SECOND)
        put(france, {KEY: Entry(Code.INCOMPLETE)})
        with transaction():
            saving.undo(france, OFFICER)
        assert recorded(france)[KEY] == FOUND
        with transaction():
            saving.undo(france, OFFICER)
        assert recorded(france) == {**before, "op2.use.bw.framework": FOUND}
        with pytest.raises(DomainError, match="nothing of yours"), transaction():
            saving.undo(france, OFFICER)
        kinds = [save.kind for save in histories.of_draft(drafts.draft_of(france, OFFICER))]
        assert kinds == [SaveKind.UNDO, SaveKind.UNDO, SaveKind.EDIT, SaveKind.EDIT, SaveKind.EDIT]


def test_what_somebody_saved_since_is_not_taken_back(app: Flask) -> None:
    with app.app_context():
        france = started()
        put(france, {KEY: FOUND})
        put(france, {KEY: Entry(Code.BLANK)}, SECOND)
        with pytest.raises(Conflict), transaction():
            saving.undo(france, OFFICER)
        assert recorded(france)[KEY] == Entry(Code.BLANK)


def test_refusals(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        with pytest.raises(DomainError, match="no draft that can be changed"):
            put(france, {KEY: FOUND})
        started()
        for who in (BRIEFER, person("elsewhere", Role.DESK_OFFICER, states={"KEN"})):
            with pytest.raises(NotAllowed):
                put(france, {KEY: FOUND}, who)
        with pytest.raises(NotFound):
            put(france, {"op2.use": FOUND})
        with pytest.raises(DomainError, match="no measure FRA-M9"):
            put(france, {KEY: Entry(Code.FOUND, Basis.REFERENCE, (Source(measure="FRA-M9"),))})
        assert recorded(france)[KEY].code is None


def test_what_was_saved_stays_as_it_was(app: Flask) -> None:
    with app.app_context():
        put(started(), {KEY: FOUND})
        for statement in (update(SavedEntryRow).values(actor="somebody"), delete(SavedEntryRow)):
            with pytest.raises(DatabaseError):
                db.session.execute(statement)
            db.session.rollback()


def test_a_measure_in_a_hundred_fields_takes_as_many_statements_as_in_one(app: Flask) -> None:
    with app.app_context():
        france = started()
        law = Measure(MeasureKind.ACT, {"fr": "Loi"}, "fr")
        with transaction():
            identifier = measure_records.record_one(france, law, OFFICER)
        cited = Entry(Code.FOUND, Basis.REFERENCE, (Source(measure=identifier, pinpoint="art. 1"),))
        keys = [field.key for field in layouts.layout().fields if field.section == "op3cd"]
    with app.app_context(), counted(app) as one:
        put(france, {keys[0]: cited})
    with app.app_context(), counted(app) as hundred:
        put(france, dict.fromkeys(keys[1:101], cited))
    assert len(hundred) == len(one) <= 12, hundred
    with app.app_context():
        assert sum(entry == cited for entry in recorded(france).values()) == 101


def test_a_code_alone_takes_eight_statements(app: Flask) -> None:
    with app.app_context():
        france = started()
    with app.app_context(), counted(app) as statements, transaction():
        saving.save(france, {KEY: lambda entry: dataclasses.replace(entry, code=Code.BLANK)}, OFFICER)
    assert len(statements) == 8, statements

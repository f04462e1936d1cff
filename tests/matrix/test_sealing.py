"""Sealed versions and the audit cannot be changed by any path, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.matrix.service import drafts, versions
from cpi1540.states import service as states

OFFICER = Actor("officer", "", frozenset({Grant(Role.DESK_OFFICER)}))

STATEMENTS = [
    "UPDATE version SET symbol = 'S/X' WHERE status = 'reference'",
    "UPDATE version SET status = 'draft' WHERE status = 'reference'",
    "DELETE FROM version WHERE status = 'reference'",
    "UPDATE entry SET code = '?' WHERE code = 'X'",
    "DELETE FROM entry WHERE code = 'X'",
    "INSERT INTO entry (version_id, field, remarks, revision) SELECT id, 'op1.invented', '', 0 FROM version LIMIT 1",
    "UPDATE entry SET version_id = (SELECT min(id) FROM version) WHERE version_id = (SELECT max(id) FROM version)",
    "UPDATE citation SET text = 'changed'",
    "DELETE FROM citation",
    "INSERT INTO citation (entry_id, position, text) SELECT id, 99, 'added' FROM entry LIMIT 1",
    "UPDATE audit_event SET actor = 'somebody'",
    "DELETE FROM audit_event",
    "DELETE FROM audit_subject",
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda text: text[:24])
def test_refused_by_the_database_itself(app: Flask, statement: str) -> None:
    with app.app_context():
        with pytest.raises(DatabaseError, match=r"sealed version|append-only"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_nothing_moves_from_a_draft_into_a_sealed_version(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        with transaction():
            drafts.draft_of(france, OFFICER)
        draft = versions.newest([france], OFFICER)["FRA"].id
        moves = (
            (
                f"UPDATE entry SET version_id = (SELECT id FROM version WHERE status = 'reference' LIMIT 1), field = 'op1.x' "
                f"WHERE version_id = {draft}"
            ),
            (
                "UPDATE citation SET position = 99, entry_id = (SELECT e.id FROM entry e JOIN version v ON "
                f"v.id = e.version_id WHERE v.status = 'reference' LIMIT 1) WHERE entry_id IN "
                f"(SELECT id FROM entry WHERE version_id = {draft})"
            ),
        )
        for move in moves:
            with pytest.raises(DatabaseError, match="sealed version"):
                db.session.execute(text(move))
            db.session.rollback()


@pytest.mark.parametrize(("table", "column"), [("version", "symbol"), ("audit_event", "actor")])
def test_no_row_is_replaced(app: Flask, table: str, column: str) -> None:
    with app.app_context():
        columns = [each["name"] for each in inspect(db.engine).get_columns(table)]
        values = ", ".join("'replaced'" if name == column else name for name in columns)
        replacing = "INSERT OR REPLACE" if db.engine.dialect.name == "sqlite" else "INSERT"
        statement = f"{replacing} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE id = 1"
        with pytest.raises(DatabaseError, match=r"sealed version|append-only"):
            db.session.execute(text(statement))
        db.session.rollback()

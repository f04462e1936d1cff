"""Sealed versions and the audit cannot be changed by any path, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from cpi1540.foundation.database import db

STATEMENTS = [
    "UPDATE version SET symbol = 'S/X' WHERE status = 'reference'",
    "UPDATE version SET status = 'draft' WHERE status = 'reference'",
    "DELETE FROM version WHERE status = 'reference'",
    "UPDATE entry SET code = '?' WHERE code = 'X'",
    "DELETE FROM entry WHERE code = 'X'",
    "INSERT INTO entry (version_id, field, remarks, revision) SELECT id, 'op1.invented', '', 0 FROM version LIMIT 1",
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

"""The chain of events: it holds, and a change anywhere is found at the first event that is broken."""

import pytest
from flask import Flask
from sqlalchemy import text

from cpi1540.foundation import audit
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.triggers import release_audit

CHANGES = {
    "actor": "UPDATE audit_event SET actor = 'somebody' WHERE id = :id",
    "action": "UPDATE audit_event SET action = 'other' WHERE id = :id",
    "hash": "UPDATE audit_event SET hash = 'x' WHERE id = :id",
    "subject": "UPDATE audit_subject SET subject = 'state:XXX' WHERE event_id = :id AND subject = 'state:FRA'",
    "a lost subject": "DELETE FROM audit_subject WHERE event_id = :id AND subject = 'state:FRA'",
    "a subject more": "INSERT INTO audit_subject (event_id, subject) VALUES (:id, 'state:XXX')",
}


def three_events() -> list[int]:
    with transaction():
        return [audit.record("a", "test", ["state:FRA", "state:KEN"], [{"field": "x", "n": n}]) for n in range(3)]


def test_events_follow_one_another(app: Flask) -> None:
    with app.app_context():
        first, second, third = three_events()
        assert (second, third) == (first + 1, first + 2)
        assert audit.first_break() is None


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found_where_it_was_made(app: Flask, change: str) -> None:
    with app.app_context():
        _first, second, _third = three_events()
        with transaction():
            release_audit(db.session.connection())
            db.session.execute(text(CHANGES[change]), {"id": second})
        found = audit.first_break()
        assert found is not None
        assert found.event == second


def test_a_lost_end_is_found(app: Flask) -> None:
    with app.app_context():
        *_others, last = three_events()
        with transaction():
            release_audit(db.session.connection())
            db.session.execute(text("DELETE FROM audit_subject WHERE event_id = :id"), {"id": last})
            db.session.execute(text("DELETE FROM audit_event WHERE id = :id"), {"id": last})
        found = audit.first_break()
        assert found is not None
        assert found.event == last


def test_a_refused_use_case_leaves_no_event(app: Flask) -> None:
    with app.app_context():
        three_events()
        with pytest.raises(RuntimeError), transaction():
            audit.record("a", "test", [])
            raise RuntimeError("refused")
        with transaction():
            last = audit.record("a", "test", [])
        assert audit.first_break() is None
        assert last == three_events()[0] - 1

"""Triggers that refuse a change, the same on SQLite and PostgreSQL."""

from sqlalchemy.engine import Connection

_KEPT = "the audit is append-only"


def refuse(connection: Connection, name: str, table: str, act: str, condition: str | None, message: str) -> None:
    """Refuse ``act`` ("insert", "update" or "delete") on rows of ``table`` for which ``condition`` is true.

    ``condition`` is SQL over OLD or NEW; None refuses every row. An older trigger of that name is replaced.
    """
    drop(connection, name, table)
    if connection.dialect.name == "postgresql":
        row = "NEW" if act == "insert" else "OLD"
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition or 'true'} THEN RAISE EXCEPTION '{message}'; END IF; "
            f"RETURN {'NEW' if act == 'update' else row}; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    else:
        when = f"WHEN {condition} " if condition else ""
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def drop(connection: Connection, name: str, table: str) -> None:
    """Take a trigger away; nothing happens when there is none."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")
    else:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def protect_audit(connection: Connection) -> None:
    """The audit is append-only: its events and subjects are never changed or removed."""
    for table in ("audit_event", "audit_subject"):
        for act in ("update", "delete"):
            refuse(connection, f"kept_{table}_{act}", table, act, None, _KEPT)
    # SQLite's INSERT OR REPLACE would remove an event without firing the trigger of a deletion.
    replaced = "EXISTS (SELECT 1 FROM audit_event e WHERE e.id = NEW.id)"
    refuse(connection, "kept_audit_event_insert", "audit_event", "insert", replaced, _KEPT)


def release_audit(connection: Connection) -> None:
    """Take the audit's triggers away, before a migration changes its tables."""
    drop(connection, "kept_audit_event_insert", "audit_event")
    for table in ("audit_event", "audit_subject"):
        for act in ("update", "delete"):
            drop(connection, f"kept_{table}_{act}", table)

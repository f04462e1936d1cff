"""Sealed versions cannot be changed by any path: triggers say so in the database itself.

Every migration that touches these tables calls ``protect`` at its end, because Alembic's batch mode on
SQLite makes tables anew and loses their triggers.
"""

from sqlalchemy.engine import Connection

from cpi1540.foundation.triggers import drop, refuse

REFUSAL = "a sealed version cannot be changed"
_SEALED = "('approved', 'reference')"
_STATUS = {
    "version": "{row}.status",
    "entry": "(SELECT status FROM version WHERE id = {row}.version_id)",
    "citation": "(SELECT v.status FROM version v JOIN entry e ON e.version_id = v.id WHERE e.id = {row}.entry_id)",
}
# A version is made open and sealed by an update, so that its entries can be written in between. An entry or a
# source may neither leave a sealed version nor be moved into one.
_REFUSED = (
    ("version", "update", ("OLD",)),
    ("version", "delete", ("OLD",)),
    ("entry", "insert", ("NEW",)),
    ("entry", "update", ("OLD", "NEW")),
    ("entry", "delete", ("OLD",)),
    ("citation", "insert", ("NEW",)),
    ("citation", "update", ("OLD", "NEW")),
    ("citation", "delete", ("OLD",)),
)
# SQLite's INSERT OR REPLACE removes the row in the way without firing the trigger of a deletion.
_REPLACED = (
    "EXISTS (SELECT 1 FROM version v WHERE v.status IN ('approved', 'reference') AND "
    "(v.id = NEW.id OR (v.state_id = NEW.state_id AND v.number = NEW.number)))"
)


def protect(connection: Connection) -> None:
    """Make the triggers that refuse every change of sealed versions; safe to call again."""
    refuse(connection, "sealed_version_insert", "version", "insert", _REPLACED, REFUSAL)
    for table, act, rows in _REFUSED:
        condition = " OR ".join(f"{_STATUS[table].format(row=row)} IN {_SEALED}" for row in rows)
        refuse(connection, f"sealed_{table}_{act}", table, act, condition, REFUSAL)


def release(connection: Connection) -> None:
    """Take the triggers away, before a migration changes the tables."""
    drop(connection, "sealed_version_insert", "version")
    for table, act, _rows in _REFUSED:
        drop(connection, f"sealed_{table}_{act}", table)

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
# A version is made open and sealed by an update, so that its entries can be written in between.
_REFUSED = (
    ("version", "update", "OLD"),
    ("version", "delete", "OLD"),
    ("entry", "insert", "NEW"),
    ("entry", "update", "OLD"),
    ("entry", "delete", "OLD"),
    ("citation", "insert", "NEW"),
    ("citation", "update", "OLD"),
    ("citation", "delete", "OLD"),
)


def protect(connection: Connection) -> None:
    """Make the triggers that refuse every change of sealed versions; safe to call again."""
    for table, act, row in _REFUSED:
        condition = f"{_STATUS[table].format(row=row)} IN {_SEALED}"
        refuse(connection, f"sealed_{table}_{act}", table, act, condition, REFUSAL)


def release(connection: Connection) -> None:
    """Take the triggers away, before a migration changes the tables."""
    for table, act, _row in _REFUSED:
        drop(connection, f"sealed_{table}_{act}", table)

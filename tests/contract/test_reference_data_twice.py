"""Loading the reference data again changes nothing: no row, no event of the audit."""

from flask import Flask
from sqlalchemy import select

from cpi1540 import paths
from cpi1540.desk import installation
from cpi1540.foundation.database import Base, db


def rows(app: Flask) -> dict[str, list[str]]:
    """Table -> its rows, in one order."""
    with app.app_context():
        tables = Base.metadata.sorted_tables
        found = {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables}
        db.session.remove()
    return found


def test_the_same_data_again_changes_nothing(app: Flask) -> None:
    before = rows(app)
    assert len(before["state"]) == 193
    assert len(before["entry"]) == 193 * 350
    with app.app_context():
        installation.load_reference_data(paths.SEED)
    after = rows(app)
    assert [name for name in before if before[name] != after[name]] == []

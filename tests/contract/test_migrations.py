"""Migrations: the head equals the models, they go down and up again on real rows, names follow the convention."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, select

from cpi1540 import paths
from cpi1540.foundation import upgrades
from cpi1540.foundation.database import Base, db
from cpi1540.foundation.errors import Misconfigured
from cpi1540.matrix.tables import EntryRow


def run(app: Flask, act: str, to: str) -> None:
    with app.app_context(), db.engine.connect() as connection:
        config = upgrades.alembic_config()
        config.attributes["connection"] = connection
        (command.upgrade if act == "up" else command.downgrade)(config, to)


def test_the_head_equals_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again_on_real_rows(app: Flask) -> None:
    run(app, "down", "base")
    with app.app_context():
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.session.remove()
    run(app, "up", "head")
    with app.app_context():
        assert db.session.scalar(select(EntryRow.id)) is None


def test_constraints_have_names(app: Flask) -> None:
    with app.app_context():
        seen = inspect(db.engine)
        for table in Base.metadata.tables:
            assert str(seen.get_pk_constraint(table)["name"]).startswith("pk_"), table
            assert all(str(key["name"]).startswith("fk_") for key in seen.get_foreign_keys(table)), table
            assert all(str(key["name"]).startswith("uq_") for key in seen.get_unique_constraints(table)), table


def test_files_are_numbered_in_words() -> None:
    names = sorted(path.name for path in Path(paths.MIGRATIONS, "versions").glob("*.py"))
    assert names
    for number, name in enumerate(names, 1):
        assert re.fullmatch(rf"{number:04}_[a-z_]+\.py", name)


def test_a_database_from_a_newer_version_is_left_alone(app: Flask) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(Misconfigured, match="newer version of the software"):
            upgrades.upgrade()
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"

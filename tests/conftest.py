"""Databases, the application and its clients, for every test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from catalogues import compile_all
from flask import Flask
from hypothesis import settings
from installed import add_practice, close, lent_app, make_app, need, set_up
from left_out import pytest_sessionfinish, pytest_terminal_summary  # noqa: F401
from private_postgres import PrivatePostgres, binaries
from strict_client import StrictClient

from cpi1540.foundation.database import db

# A law is tried on so many examples; how long one takes says nothing about it.
settings.register_profile("laws", deadline=None, max_examples=int(os.environ.get("CPI1540_EXAMPLES", "100")))
settings.load_profile("laws")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before there are workers, once for all of them."""
    if not hasattr(config, "workerinput"):
        compile_all()


@pytest.fixture(scope="session")
def sqlite_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with everything loaded, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    file = folder / "record.sqlite"
    app = make_app(folder, f"sqlite:///{file}")
    set_up(app)
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    close(app)
    return file


@pytest.fixture(scope="session")
def postgres_made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivatePostgres]:
    """A PostgreSQL server whose database ``made`` has everything loaded, to be copied."""
    need(binaries(), "PostgreSQL")
    with PrivatePostgres() as server:
        _statement(server, "CREATE DATABASE made")
        app = make_app(tmp_path_factory.mktemp("postgresql"), server.url("made"))
        set_up(app)
        close(app)
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh copy of the loaded database, once on each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_made"), tmp_path / "record.sqlite")
        yield f"sqlite:///{tmp_path / 'record.sqlite'}"
        return
    server: PrivatePostgres = request.getfixturevalue("postgres_made")
    name = f"copy_{os.urandom(6).hex()}"
    _statement(server, f"CREATE DATABASE {name} TEMPLATE made")
    yield server.url(name)
    _statement(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh copy, for tests that write."""
    with lent_app(tmp_path, database_url) as lent:
        yield lent


@pytest.fixture(scope="session")
def read_app(sqlite_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests that only read."""
    folder = tmp_path_factory.mktemp("read")
    shutil.copy(sqlite_made, folder / "record.sqlite")
    made = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    yield made
    close(made)


@pytest.fixture
def client(app: Flask) -> StrictClient:
    return StrictClient(app)


@pytest.fixture
def reader(read_app: Flask) -> StrictClient:
    return StrictClient(read_app)


def _statement(server: PrivatePostgres, text: str) -> None:
    url = server.url("postgres").replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(text)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def practice_made(sqlite_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the practice record as well, to be copied."""
    folder = tmp_path_factory.mktemp("practice")
    file = folder / "record.sqlite"
    shutil.copy(sqlite_made, file)
    app = make_app(folder, f"sqlite:///{file}")
    add_practice(app)
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    close(app)
    return file


@pytest.fixture
def practice_app(practice_made: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh copy that has the practice record."""
    shutil.copy(practice_made, tmp_path / "record.sqlite")
    with lent_app(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}") as lent:
        yield lent


@pytest.fixture(scope="session")
def practice_reader(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StrictClient]:
    """A strict client on the practice record, for all tests that only read."""
    folder = tmp_path_factory.mktemp("practice-read")
    shutil.copy(practice_made, folder / "record.sqlite")
    made = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    yield StrictClient(made)
    close(made)

"""An installation for a test, and the parts of the machine a test needs."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Dialect, event, make_url

from cpi1540 import paths
from cpi1540.app import create_app
from cpi1540.config import Config
from cpi1540.desk import installation
from cpi1540.desk.practice import loading as practice
from cpi1540.foundation import upgrades
from cpi1540.foundation.database import db, transaction
from cpi1540.people.service import demo

REQUIRE_ALL = os.environ.get("CPI1540_REQUIRE_ALL") == "1"


def need(present: object, part: str) -> None:
    """Leave a test out for want of an installable part: loudly, and as a failure where all is required."""
    if present:
        return
    if REQUIRE_ALL:
        pytest.fail(f"{part} is not installed")
    pytest.skip(f"{part} is not installed")


@cache
def _typefaces() -> Path:
    """Where all installations of a process keep their cuts of the typefaces, which take a second to make."""
    folder = Path(tempfile.mkdtemp(prefix="cpi1540-typefaces-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _config(folder: Path, url: str) -> Config:
    if not (folder / "typefaces").exists():
        (folder / "typefaces").symlink_to(_typefaces())
    return Config(folder, url, "a key for tests only", "")


def make_app(folder: Path, url: str) -> Flask:
    """A new application on a database, with the keys and settings of a test."""
    return create_app(_config(folder, url), TESTING=False, PROPAGATE_EXCEPTIONS=False)


class _Kept:
    """An application that is made once, and connects to whichever database it was pointed at last."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = make_url(url)
        self.app = make_app(folder, url)
        self.settings = dict(self.app.config)
        with self.app.app_context():
            event.listen(db.engine, "do_connect", self._connect)

    def _connect(self, dialect: Dialect, *_asked: object) -> Any:
        places, names = dialect.create_connect_args(self.url)
        return dialect.connect(*places, **names)

    def point(self, folder: Path, url: str) -> None:
        self.url = make_url(url)
        self.app.config.clear()
        self.app.config.update(self.settings, CPI1540=_config(folder, url), SQLALCHEMY_DATABASE_URI=url)


_kept: dict[str, list[_Kept]] = {}  # kind of database -> those that nobody has at the moment


@contextmanager
def lent_app(folder: Path, url: str) -> Iterator[Flask]:
    """An application on a database, for one test: as ``make_app``'s, but its routes, templates, catalogues and
    statements were prepared for an earlier test already. Its settings are the first ones again each time; what else a
    test changes of it, it puts back itself. Routes cannot be added to it.
    """
    free = _kept.setdefault(make_url(url).drivername, [])
    kept = free.pop() if free else _Kept(folder, url)
    kept.point(folder, url)
    try:
        yield kept.app
    finally:
        close(kept.app)
        free.append(kept)


def set_up(app: Flask) -> None:
    """What ``demo`` does before it serves."""
    with app.app_context():
        upgrades.upgrade()
        installation.load_reference_data(paths.SEED)
        accounts = demo.new_passwords()
        with transaction():
            demo.make_demo_accounts(accounts)
        db.session.remove()


def add_practice(app: Flask) -> None:
    """The practice record, which only ``demo`` makes."""
    with app.app_context():
        practice.load(paths.SEED)
        db.session.remove()


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

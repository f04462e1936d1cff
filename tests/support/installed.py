"""An installation for a test, and the parts of the machine a test needs."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

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


def make_app(folder: Path, url: str) -> Flask:
    """The application on a database, with the keys and settings of a test."""
    if not (folder / "typefaces").exists():
        (folder / "typefaces").symlink_to(_typefaces())
    config = Config(folder, url, "a key for tests only", "")
    return create_app(config, TESTING=False, PROPAGATE_EXCEPTIONS=False)


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

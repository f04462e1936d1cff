"""The database's shape: how old it is, and bringing it up to date."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from cpi1540 import paths
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import Misconfigured
from cpi1540.foundation.messages import sentence


def upgrade() -> None:
    """Bring the database to the newest shape; Misconfigured when it is from a newer version of the software."""
    ensure_not_newer()
    config = alembic_config()
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alembic_config(folder: Path = paths.MIGRATIONS) -> AlembicConfig:
    """Alembic's settings for our migrations, without a file."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = AlembicConfig()
    config.set_main_option("script_location", str(folder))
    return config


def revision() -> str | None:
    """The revision the database is at; None when it is empty."""
    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:
        raise Misconfigured(
            sentence("The database cannot be opened: %(reason)s", reason=str(error.orig).splitlines()[0])
        ) from error


def ensure_not_newer() -> None:
    """Misconfigured when the database was made by a newer version of the software."""
    found = revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise Misconfigured(
            sentence(
                "This database was made by a newer version of the software (revision %(revision)s). Nothing was "
                "changed. Install that version, or use another database.",
                revision=found,
            )
        )


def ensure_current() -> None:
    """Misconfigured unless the database has the newest shape: the sentence says what to run."""
    ensure_not_newer()
    if revision() != _scripts().get_current_head():
        raise Misconfigured(sentence("The database is not set up for this version. Run: cpi1540 init"))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())

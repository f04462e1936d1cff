"""The settings of an installation, read once from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpi1540.foundation.errors import Misconfigured
from cpi1540.foundation.messages import sentence


@dataclass(frozen=True, slots=True)
class Config:
    """Where the installation keeps its things. Every setting is described in ``docs/operating.md``."""

    instance: Path
    database_url: str
    secret_key: str | None
    office: str
    source_limit: int = 120  # months after which a source document that nobody looked at again is stale

    @property
    def uses_sqlite(self) -> bool:
        """Whether the record is kept in an SQLite file."""
        return self.database_url.startswith("sqlite")


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in ``environ``; nothing is made on disk."""
    instance = Path(environ.get("CPI1540_INSTANCE") or _default_instance(environ)).expanduser().absolute()
    return Config(
        instance=instance,
        database_url=_with_driver(environ.get("CPI1540_DATABASE_URL") or f"sqlite:///{instance / 'record.sqlite'}"),
        secret_key=environ.get("CPI1540_SECRET_KEY") or None,
        office=environ.get("CPI1540_OFFICE", ""),
        source_limit=_whole_number(environ, "CPI1540_SOURCE_LIMIT", 120),
    )


def secret_key(config: Config) -> str:
    """The key that signs cookies: the one set, else one made once and kept in the instance folder."""
    if config.secret_key:
        return config.secret_key
    path = make_instance(config) / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    except OSError as error:
        raise _unwritable(path, error) from error
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key


def make_instance(config: Config) -> Path:
    """The instance folder, made when it is missing; Misconfigured when it cannot be written."""
    try:
        config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(config.instance, error) from error
    if not os.access(config.instance, os.W_OK | os.X_OK):
        raise _unwritable(config.instance, None)
    return config.instance


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    """A setting that is a number from 0 to 9999."""
    text = environ.get(name) or str(default)
    if text.isascii() and text.isdecimal() and len(text) < 5:
        return int(text)
    raise Misconfigured(sentence("%(setting)s must be a whole number, not %(value)s.", setting=name, value=text))


def _default_instance(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME") or Path.home()) / ".local" / "share"
    return Path(base) / "cpi1540"


def _with_driver(url: str) -> str:
    """PostgreSQL addresses as people write them get the driver this project installs."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _unwritable(path: Path, error: OSError | None) -> Misconfigured:
    reason = error.strerror if error and error.strerror else "not writable"
    return Misconfigured(
        sentence(
            "The folder %(folder)s cannot be written (%(reason)s). Set CPI1540_INSTANCE to a folder of yours.",
            folder=str(path),
            reason=reason,
        )
    )

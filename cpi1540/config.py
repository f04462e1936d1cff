"""The settings of an installation, read once from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cpi1540.foundation.errors import DomainError, Misconfigured
from cpi1540.foundation.mail import MailServer, read_mail_server, sender_of
from cpi1540.foundation.messages import sentence


@dataclass(frozen=True, slots=True)
class Config:
    """Where the installation keeps its things. Every setting is described in ``docs/operating.md``."""

    instance: Path
    database_url: str
    secret_key: str | None
    office: str
    secure_cookies: bool = False  # cookies over TLS only
    proxies: int = 0  # how many web servers stand in front and may say for whom they ask
    source_limit: int = 120  # months after which a source document that nobody looked at again is stale
    mail_server: MailServer | None = field(default=None, repr=False)  # None: no mail is sent
    mail_from: str = ""
    address: str = ""  # where people open the portal, "https://1540.example.org", for links in mails
    job_days: int = 30  # how long the files that background work made are kept; 0: for ever

    @property
    def uses_sqlite(self) -> bool:
        """Whether the record is kept in an SQLite file."""
        return self.database_url.startswith("sqlite")


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in ``environ``; nothing is made on disk."""
    instance = Path(environ.get("CPI1540_INSTANCE") or _default_instance(environ)).expanduser().absolute()
    post = _mail(environ)
    return Config(
        instance=instance,
        database_url=_with_driver(environ.get("CPI1540_DATABASE_URL") or f"sqlite:///{instance / 'record.sqlite'}"),
        secret_key=environ.get("CPI1540_SECRET_KEY") or None,
        office=environ.get("CPI1540_OFFICE", ""),
        secure_cookies=_switch(environ, "CPI1540_SECURE_COOKIES"),
        proxies=_whole_number(environ, "CPI1540_PROXIES", 0),
        source_limit=_whole_number(environ, "CPI1540_SOURCE_LIMIT", 120),
        mail_server=post.server,
        mail_from=post.sender,
        address=_web_address(environ),
        job_days=_whole_number(environ, "CPI1540_JOB_DAYS", 30),
    )


@dataclass(frozen=True, slots=True)
class _Post:
    """The settings of mail."""

    server: MailServer | None
    sender: str


def _mail(environ: Mapping[str, str]) -> _Post:
    """The server of mail and the sender; neither when no server is set."""
    url = environ.get("CPI1540_SMTP_URL") or ""
    if not url:
        return _Post(None, "")
    try:
        return _Post(read_mail_server(url), sender_of(environ.get("CPI1540_MAIL_FROM", "")))
    except Misconfigured:
        raise
    except DomainError as error:
        raise Misconfigured(
            sentence("CPI1540_MAIL_FROM must be the address that mail comes from, such as 1540@example.org.")
        ) from error


def _web_address(environ: Mapping[str, str]) -> str:
    """Where people open the portal, without a slash at its end."""
    address = (environ.get("CPI1540_ADDRESS") or "").rstrip("/")
    if address and not (address.startswith(("http://", "https://")) and address.isprintable() and " " not in address):
        raise Misconfigured(
            sentence("CPI1540_ADDRESS must begin with http:// or https://, not %(value)s.", value=address)
        )
    return address


def secret_key(config: Config) -> str:
    """The key that signs cookies: the one set, else one made once and kept in the instance folder."""
    if config.secret_key:
        return config.secret_key
    path = make_instance(config) / "secret-key"
    if not path.exists():
        _make_key(path)
    try:
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if not key:
        raise Misconfigured(
            sentence(
                "The file %(file)s must hold the key that signs cookies, but it is empty or cannot be read. "
                "Put it back from a backup; or remove it, and everybody signs in again.",
                file=str(path),
            )
        )
    return key


def _make_key(path: Path) -> None:
    """Make the key, whole or not at all: of several processes that start at once one makes it, all then read it."""
    own = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            os.link(own, path)
        finally:
            own.unlink()
    except FileExistsError:
        return
    except OSError as error:
        raise Misconfigured(
            sentence(
                "The key that signs cookies cannot be kept in %(file)s (%(reason)s). Set CPI1540_SECRET_KEY.",
                file=str(path),
                reason=error.strerror or "",
            )
        ) from error


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


def _switch(environ: Mapping[str, str], name: str) -> bool:
    """A setting that is 1 or 0; 0 when it is not there."""
    text = environ.get(name) or "0"
    if text in ("0", "1"):
        return text == "1"
    raise Misconfigured(sentence("%(setting)s must be 0 or 1, not %(value)s.", setting=name, value=text))


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

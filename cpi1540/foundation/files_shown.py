"""Files that somebody gave to see what they would change: kept in the instance folder for a day, until taken in.

They are no part of the record: what is taken in is kept with it as an attachment.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flask import current_app

from cpi1540.foundation.access import Actor
from cpi1540.foundation.attachments import LARGEST
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.messages import sentence

DAY = 24 * 60 * 60  # seconds


def keep(content: bytes, actor: Actor) -> str:
    """Keep a file for a day and return the token by which the actor, and nobody else, finds it.

    DomainError for one larger than 20 MB. Those kept for more than a day go.
    """
    if len(content) > LARGEST:
        raise DomainError(sentence("The file is larger than 20 MB."))
    for path in _older():
        path.unlink(missing_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    write_whole(_folder() / digest, content)
    return f"{digest}.{_signature(digest, actor)}"


def content(token: str, actor: Actor) -> bytes:
    """The file that the actor gave; NotFound when the token is another's or the file is not kept any more."""
    digest, _dot, signature = token.partition(".")
    if hmac.compare_digest(signature.encode(), _signature(digest, actor).encode()):
        with suppress(FileNotFoundError):
            return (_folder() / digest).read_bytes()
    raise NotFound(sentence("A file is kept for a day after it was looked at. Choose it again."))


def _signature(digest: str, actor: Actor) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"file shown: {digest} {actor.id}".encode(), "sha256").hexdigest()


def _older() -> Iterator[Path]:
    now = time.time()
    for path in _folder().glob("*"):
        with suppress(FileNotFoundError):  # another process clears, too
            if path.stat().st_mtime < now - DAY:
                yield path


def _folder() -> Path:
    return Path(current_app.config["CPI1540"].instance) / "files-shown"

"""Files kept with the record, found by their content."""

import hashlib

from sqlalchemy import insert, select

from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.tables import AttachmentRow

LARGEST = 20 * 1024 * 1024


def keep(content: bytes) -> str:
    """Keep a file and return the SHA-256 it is found by; the same content is kept once.

    DomainError for an empty file and for one larger than 20 MB. Belongs to the caller's transaction.
    """
    if not content:
        raise DomainError(sentence("The file is empty."))
    if len(content) > LARGEST:
        raise DomainError(sentence("The file is larger than 20 MB."))
    digest = hashlib.sha256(content).hexdigest()
    if db.session.scalar(select(AttachmentRow.sha256).where(AttachmentRow.sha256 == digest)) is None:
        db.session.execute(insert(AttachmentRow).values(sha256=digest, content=content, kept_at=now()))
    return digest


def content(digest: str) -> bytes:
    """The file with that SHA-256; NotFound when it is not kept here."""
    found = db.session.scalar(select(AttachmentRow.content).where(AttachmentRow.sha256 == digest))
    if found is None:
        raise NotFound(sentence("This file is not kept here."))
    return found

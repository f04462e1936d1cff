"""Tables that belong to no wing: the audit and its head, attachments, notices."""

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class AuditEventRow(Base):
    """One use case that changed the record. Append-only; each event's hash covers the one before it."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    changes: Mapped[list[Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditSubjectRow(Base):
    """Which things an event is about, to find a thing's history."""

    __tablename__ = "audit_subject"

    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), primary_key=True)

    __table_args__ = (Index("ix_audit_subject_subject_event_id", "subject", "event_id"),)


class AuditHeadRow(Base):
    """The end of the chain: one row, locked last in each transaction that writes an event."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    hash: Mapped[str] = mapped_column(Text)


class AttachmentRow(Base):
    """A file kept with the record, found by its content: the same file is kept once."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime.datetime] = mapped_column(Instant)


class NoticeRow(Base):
    """Something a person should know: what happened, to which State and field."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(3))
    practice: Mapped[bool]
    field: Mapped[str | None] = mapped_column(String(80))
    by: Mapped[str] = mapped_column(String(40))
    read_at: Mapped[datetime.datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_notice_person_id", "person", "id"),)

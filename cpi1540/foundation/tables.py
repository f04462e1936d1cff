"""Tables that belong to no wing: the audit and its head, attachments, notices, mail."""

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
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


class MailRow(Base):
    """A mail on its way. Its text is dropped once it is sent; that it was sent is kept."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    to_address: Mapped[str] = mapped_column(String(254))
    person: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(40), unique=True)
    queued_at: Mapped[datetime.datetime] = mapped_column(Instant)
    next_at: Mapped[datetime.datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    claimed_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime.datetime | None] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("status IN ('queued', 'sending', 'sent', 'failed')", name="status"),
        Index("ix_outbox_status_next_at", "status", "next_at"),
    )

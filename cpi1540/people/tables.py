"""Accounts, the roles they hold and where, their sessions, and how they wish to be reminded."""

import datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class PersonRow(Base):
    """A person with an account. Names live here and nowhere else; the audit knows ``actor`` only."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(String(40), unique=True)
    sign_in_name: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)  # empty: invited, no password set yet
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    disabled_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime.datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime.datetime | None] = mapped_column(Instant)


class GrantRow(Base):
    """A role that a person holds: everywhere, in a regional group, or for one State."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str] = mapped_column(String(20), default="all")  # all, or a group's or a State's code


class SessionRow(Base):
    """A signed-in browser. Only the hash of its token is kept, so the table cannot be used to sign in."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (Index("ix_session_person_id", "person_id"),)


class InvitationRow(Base):
    """A link by which a person sets a password, once. Only the hash of its token is kept."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(10))  # invite or reset
    made_at: Mapped[datetime.datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime.datetime] = mapped_column(Instant)
    used_at: Mapped[datetime.datetime | None] = mapped_column(Instant)  # used, or made void by a later one

    __table_args__ = (Index("ix_invitation_person_id", "person_id"),)


class MailChoiceRow(Base):
    """Where and in which language a person gets mail, and whether they want the digest."""

    __tablename__ = "mail_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    digest: Mapped[bool] = mapped_column(Boolean)
    digest_on: Mapped[datetime.date | None] = mapped_column(Date)  # the last day for which one was queued


class CalendarAddressRow(Base):
    """A person's secret address of due dates; one each. Only the hash of its token is kept."""

    __tablename__ = "calendar_address"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    made_at: Mapped[datetime.datetime] = mapped_column(Instant)

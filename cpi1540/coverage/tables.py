"""Profiles of weights, and the lenses an office makes for itself."""

import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class ProfileRow(Base):
    """One version of a profile. A version never changes: a change makes the next one."""

    __tablename__ = "weight_profile"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    by: Mapped[str] = mapped_column("actor", String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("name", "version"), CheckConstraint("version > 0", name="version"))


class LensRow(Base):
    """A lens that the office made. One that is withdrawn is kept, and leaves the lists."""

    __tablename__ = "lens"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column()
    withdrawn: Mapped[bool] = mapped_column(Boolean)


class LensNoteRow(Base):
    """One version of what the office says about a lens, with its source. A version never changes: a change, also
    taking the note away, makes the next one.
    """

    __tablename__ = "lens_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    lens: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    dated: Mapped[datetime.date] = mapped_column(Date)
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    by: Mapped[str] = mapped_column("actor", String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("lens", "version"), CheckConstraint("version > 0", name="version"))

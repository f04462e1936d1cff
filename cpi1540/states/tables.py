"""Member States, their groups, the instruments they join, and what they reported."""

import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class StateRow(Base):
    """A State of the members' or of the practice record."""

    __tablename__ = "state"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(3), unique=True)
    practice: Mapped[bool] = mapped_column(Boolean)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    sort_names: Mapped[dict[str, str]] = mapped_column(JSON)
    formal_name: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(8))
    admitted: Mapped[datetime.date | None] = mapped_column(Date)
    search: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_state_practice_code", "practice", "code"),)


class GroupMembershipRow(Base):
    """A State's place in a regional group; each State has exactly one electoral place."""

    __tablename__ = "group_membership"

    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_code", String(20), primary_key=True)
    basis: Mapped[str] = mapped_column(String(10), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (CheckConstraint("basis IN ('full', 'electoral', 'observer')", name="basis"),)


class InstrumentRow(Base):
    """A treaty, zone, regime or body a State can join."""

    __tablename__ = "instrument"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    row: Mapped[str] = mapped_column("matrix_row", String(40))
    confidence: Mapped[str] = mapped_column(String(12))
    lists_every_state: Mapped[bool] = mapped_column(Boolean)


class InstrumentActionRow(Base):
    """A dated act of a State towards an instrument, or a listing, as one source gives it."""

    __tablename__ = "instrument_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    kind: Mapped[str] = mapped_column(String(30))
    date: Mapped[str | None] = mapped_column("dated", String(10))
    depositary: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[datetime.date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(12))

    __table_args__ = (Index("ix_instrument_action_state_id_instrument_id", "state_id", "instrument_id"),)


class ReportRow(Base):
    """When a State reported to the Committee, according to one source; sources may disagree."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    kind: Mapped[str] = mapped_column(String(12))
    date: Mapped[str] = mapped_column("dated", String(10))
    source: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("state_id", "kind", "dated", "source"),)


class CommitmentRow(Base):
    """A record of the register of commitments; ``revises`` is the number of the one it takes the place of.

    Nothing is deleted: a mistaken record is withdrawn with its reason, and its number is never given again.
    """

    __tablename__ = "commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(200))
    date: Mapped[str | None] = mapped_column("dated", String(10))
    authority: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    as_of: Mapped[datetime.date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(String(12))
    confidence: Mapped[str] = mapped_column(String(12))
    ended: Mapped[str | None] = mapped_column(String(10))
    revises: Mapped[int | None]
    revision: Mapped[int]
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (
        UniqueConstraint("state_id", "number"),
        CheckConstraint("handling IN ('public', 'internal')", name="handling"),
        CheckConstraint("confidence IN ('seen', 'remembered')", name="confidence"),
        CheckConstraint("number > 0", name="number"),
    )

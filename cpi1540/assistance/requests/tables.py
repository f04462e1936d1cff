"""Requests for assistance, their needs, acts and papers, holidays, and the days of briefing."""

import datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class RequestRow(Base):
    """A request. The columns from ``step`` on say where its acts have led; ``service/acts.py`` alone writes them."""

    __tablename__ = "assistance_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice: Mapped[bool] = mapped_column(Boolean)
    year: Mapped[int]  # of its date; 0 when none is known
    number: Mapped[int]
    organization: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(20))
    formal: Mapped[bool | None] = mapped_column(Boolean)
    dated: Mapped[str | None] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    consent: Mapped[str] = mapped_column(String(10))
    consent_on: Mapped[datetime.date | None] = mapped_column(Date)
    handling: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    revision: Mapped[int] = mapped_column(default=0)
    registered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    registered_by: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    search: Mapped[str] = mapped_column(Text)
    step: Mapped[int | None]
    next_act: Mapped[str | None] = mapped_column(String(20))
    step_since: Mapped[datetime.date | None] = mapped_column(Date)
    acknowledged_on: Mapped[datetime.date | None] = mapped_column(Date)
    followed_up_on: Mapped[datetime.date | None] = mapped_column(Date)
    resumed_on: Mapped[datetime.date | None] = mapped_column(Date)  # since when the windows are counted anew
    moved_at: Mapped[datetime.datetime | None] = mapped_column(Instant)  # when the last act was recorded
    most_needs: Mapped[int | None]  # so many of its needs can be met at a time

    __table_args__ = (
        UniqueConstraint("practice", "year", "number"),
        CheckConstraint("status IN ('open', 'closed', 'withdrawn', 'historical')", name="status"),
        CheckConstraint("consent IN ('yes', 'no', 'not-asked')", name="consent"),
        CheckConstraint("handling IN ('public', 'states', 'restricted', 'internal')", name="handling"),
        CheckConstraint("step IS NULL OR (step BETWEEN 1 AND 9 AND status = 'open')", name="step"),
        Index("ix_assistance_request_practice_status", "practice", "status"),
    )


class RequesterRow(Base):
    """A State that asks, alone or with others."""

    __tablename__ = "assistance_requester"

    request_id: Mapped[int] = mapped_column(ForeignKey("assistance_request.id"), primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"), primary_key=True, index=True)


class NeedRow(Base):
    """One numbered need of a request."""

    __tablename__ = "assistance_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("assistance_request.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    domains: Mapped[str] = mapped_column(String(12))  # "nw cw bw"
    objective: Mapped[str] = mapped_column(Text)
    beneficiaries: Mapped[str] = mapped_column(Text)
    in_place: Mapped[str] = mapped_column(Text)
    own_contribution: Mapped[str] = mapped_column(Text)
    languages: Mapped[str] = mapped_column(String(40))  # "ar fr"
    priority: Mapped[str | None] = mapped_column(String(8))
    time_frame: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    added_on: Mapped[datetime.date | None] = mapped_column(Date)  # NULL: it came with the request
    withdrawn_on: Mapped[datetime.date | None] = mapped_column(Date)

    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        CheckConstraint(
            "status IN ('open', 'proposed', 'agreed', 'in-delivery', 'delivered', 'withdrawn')", name="status"
        ),
        CheckConstraint("priority IS NULL OR priority IN ('high', 'medium', 'low')", name="priority"),
    )


class NeedFieldRow(Base):
    """A field of the matrix that a need would close."""

    __tablename__ = "assistance_need_field"

    need_id: Mapped[int] = mapped_column(ForeignKey("assistance_need.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    section: Mapped[str] = mapped_column(String(8))

    __table_args__ = (Index("ix_assistance_need_field_section", "section"),)


class TranslationRow(Base):
    """A text of a request or a need in another language; ``of_original`` is the hash of what was translated."""

    __tablename__ = "assistance_translation"

    request_id: Mapped[int] = mapped_column(ForeignKey("assistance_request.id"), primary_key=True)
    need: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # its number; 0: the request
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(10))
    of_original: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("made_by IN ('person', 'machine')", name="made_by"),
        CheckConstraint("part IN ('title', 'text', 'objective')", name="part"),
    )


class ActRow(Base):
    """One act of the procedure, or a word of the requester, with the date it bears."""

    __tablename__ = "assistance_act"

    request_id: Mapped[int] = mapped_column(ForeignKey("assistance_request.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(20))
    on: Mapped[datetime.date] = mapped_column("dated", Date)
    note: Mapped[str] = mapped_column(Text)
    paper: Mapped[str | None] = mapped_column(ForeignKey("attachment.sha256"))
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    taken_back_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    taken_back_by: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")


class PaperRow(Base):
    """A file kept with a request: the note verbale, the template, a letter."""

    __tablename__ = "assistance_paper"

    request_id: Mapped[int] = mapped_column(ForeignKey("assistance_request.id"), primary_key=True)
    attachment: Mapped[str] = mapped_column(ForeignKey("attachment.sha256"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

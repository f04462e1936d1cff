"""Layouts, versions, entries, citations, measures and source documents."""

import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class LayoutRow(Base):
    """A layout as loaded: the whole file, so that what was printed by it can be printed again."""

    __tablename__ = "layout"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    document: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class VersionRow(Base):
    """One version of one State's matrix. Sealed (approved, reference) ones cannot be changed by any path."""

    __tablename__ = "version"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    number: Mapped[int]
    layout_id: Mapped[int] = mapped_column(ForeignKey("layout.id"))
    origin: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(12))
    handling: Mapped[str] = mapped_column(String(10))
    as_of: Mapped[datetime.date | None] = mapped_column(Date)
    approved_on: Mapped[datetime.date | None] = mapped_column(Date)
    symbol: Mapped[str | None] = mapped_column(String(80))
    based_on: Mapped[int | None] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int] = mapped_column(default=0)
    recorded_at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (
        UniqueConstraint("state_id", "number"),
        CheckConstraint("origin IN ('committee', 'state', 'office', 'reference')", name="origin"),
        CheckConstraint(
            "status IN ('draft', 'in-review', 'with-state', 'agreed', 'approved', 'reference')", name="status"
        ),
        CheckConstraint("status <> 'approved' OR (origin = 'committee' AND approved_on IS NOT NULL)", name="approval"),
        CheckConstraint("status <> 'reference' OR as_of IS NOT NULL", name="reference_as_of"),
    )


class EntryRow(Base):
    """What one field of one version records; ``code`` NULL means not reviewed, '' blank."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    field: Mapped[str] = mapped_column(String(80))
    code: Mapped[str | None] = mapped_column(String(2))
    basis: Mapped[str | None] = mapped_column(String(10))
    remarks: Mapped[str] = mapped_column(Text, default="")
    remarks_language: Mapped[str | None] = mapped_column(String(8))
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    changed_by: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        UniqueConstraint("version_id", "field"),
        CheckConstraint("code IS NULL OR code IN ('X', '?', 'NA', '')", name="code"),
        CheckConstraint("basis IS NULL OR (basis IN ('asserted', 'reference') AND code = 'X')", name="basis"),
    )


class CitationRow(Base):
    """One source of an entry, in order: a measure with its pinpoint, a text, or a derived statement."""

    __tablename__ = "citation"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    position: Mapped[int]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    pinpoint: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str | None] = mapped_column(String(8))
    url: Mapped[str | None] = mapped_column(Text)
    statement: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    as_of: Mapped[datetime.date | None] = mapped_column(Date)

    __table_args__ = (UniqueConstraint("entry_id", "position"),)


class SourceDocumentRow(Base):
    """A document that measures and codes rest on: a national report, a law gazette, an official page."""

    __tablename__ = "source_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"), index=True)
    symbol: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str | None] = mapped_column(String(8))
    url: Mapped[str | None] = mapped_column(Text)
    dated: Mapped[str | None] = mapped_column(String(10))
    retrieved_on: Mapped[datetime.date | None] = mapped_column(Date)
    handling: Mapped[str] = mapped_column(String(10))


class MeasureRow(Base):
    """A law or another instrument of a State, recorded once and cited from many fields."""

    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    original_language: Mapped[str] = mapped_column(String(8))
    official_number: Mapped[str | None] = mapped_column(String(80))
    adopted: Mapped[str | None] = mapped_column(String(10))
    in_force: Mapped[str | None] = mapped_column(String(10))
    amended: Mapped[str | None] = mapped_column(String(10))
    repealed: Mapped[str | None] = mapped_column(String(10))
    issuing_body: Mapped[str | None] = mapped_column(Text)
    source_document_id: Mapped[int | None] = mapped_column(ForeignKey("source_document.id"))
    source_page: Mapped[str | None] = mapped_column(String(40))
    handling: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("state_id", "number"),)


class MeasureTitleRow(Base):
    """A measure's title in one language: the original, or a translation by a person or a machine."""

    __tablename__ = "measure_title"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(10))  # original, person, machine
    of_revision: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("made_by IN ('original', 'person', 'machine')", name="made_by"),
        Index("ix_measure_title_language", "language"),
    )

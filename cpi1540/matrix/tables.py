"""Layouts, versions, entries and what was saved in them, citations, measures, comments, proposals."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant

# A State has one open draft at most. A version that is sealed as soon as it is written has revision -1 until then.
_OPEN = "revision >= 0 AND status NOT IN ('approved', 'reference')"


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
        Index("uq_version_open", "state_id", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
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
    attachment: Mapped[str | None] = mapped_column(ForeignKey("attachment.sha256"))
    attachment_name: Mapped[str | None] = mapped_column(Text)


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


class MeasureProvisionRow(Base):
    """An article or another part of a measure that fields can cite, in the order of the text."""

    __tablename__ = "measure_provision"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pinpoint: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, default="")


class SavedEntryRow(Base):
    """One field in one save of a draft: what it recorded before and after. Append-only."""

    __tablename__ = "saved_entry"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    save: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the draft's revision after it
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undoes: Mapped[int | None]  # the save that this one takes back

    __table_args__ = (Index("ix_saved_entry_version_id_field", "version_id", "field"),)


class StepRow(Base):
    """One step of a version through the workflow: who, when, from where to where, and why."""

    __tablename__ = "version_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    from_status: Mapped[str] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[datetime.date | None] = mapped_column(Date)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)


class CheckReasonRow(Base):
    """The word of reason with which a warning about a draft was let stand."""

    __tablename__ = "check_reason"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    check: Mapped[str] = mapped_column(String(40), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True, default="")
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)


class CommentRow(Base):
    """A comment on a field of a State's matrix, or a reply to one; ``reply_to`` is the head of its thread."""

    __tablename__ = "field_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("state.id"))
    number: Mapped[int]
    field: Mapped[str] = mapped_column(String(80))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("field_comment.id"), index=True)
    handling: Mapped[str] = mapped_column(String(10))  # internal, or states: shared with the State
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    resolved_by: Mapped[str | None] = mapped_column(String(40))
    resolved_at: Mapped[datetime.datetime | None] = mapped_column(Instant)

    __table_args__ = (
        UniqueConstraint("state_id", "number"),
        CheckConstraint("handling IN ('internal', 'states')", name="handling"),
        Index("ix_field_comment_state_id_field", "state_id", "field"),
    )


class ProposalRow(Base):
    """A change to one field that the State proposes while a draft is with it, and what became of it."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    field: Mapped[str] = mapped_column(String(80))
    changes_code: Mapped[bool]
    code: Mapped[str | None] = mapped_column(String(2))
    sources: Mapped[str] = mapped_column(Text, default="")
    remarks: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(10))  # portal, or sheet
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    decision: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime.datetime | None] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("code IS NULL OR code IN ('X', '?', 'NA', '')", name="code"),
        CheckConstraint(
            "decision IS NULL OR decision IN ('accepted', 'amended', 'declined', 'replaced')", name="decision"
        ),
    )

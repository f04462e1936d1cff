"""The record: States, instruments, layouts, versions, measures, people, audit."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import protect_audit, release_audit
from cpi1540.matrix.sealing import protect, release


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "instrument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("matrix_row", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.String(length=12), nullable=False),
        sa.Column("lists_every_state", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("code", name=op.f("uq_instrument_code")),
    )
    op.create_table(
        "layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout")),
        sa.UniqueConstraint("code", name=op.f("uq_layout_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("sign_in_name", sa.String(length=120), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("actor", name=op.f("uq_person_actor")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_person_sign_in_name")),
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("sort_names", sa.JSON(), nullable=False),
        sa.Column("formal_name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("admitted", sa.Date(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state")),
        sa.UniqueConstraint("code", name=op.f("uq_state_code")),
    )
    with op.batch_alter_table("state", schema=None) as batch_op:
        batch_op.create_index("ix_state_practice_code", ["practice", "code"], unique=False)

    op.create_table(
        "audit_subject",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["audit_event.id"], name=op.f("fk_audit_subject_event_id")),
        sa.PrimaryKeyConstraint("event_id", "subject", name=op.f("pk_audit_subject")),
    )
    with op.batch_alter_table("audit_subject", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject_subject_event_id", ["subject", "event_id"], unique=False)

    op.create_table(
        "group_membership",
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("group_code", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('full', 'electoral', 'observer')", name=op.f("ck_group_membership_basis")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_group_membership_state_id")),
        sa.PrimaryKeyConstraint("state_id", "group_code", "basis", name=op.f("pk_group_membership")),
    )
    op.create_table(
        "instrument_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=True),
        sa.Column("depositary", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_instrument_action_instrument_id")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_instrument_action_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_action")),
    )
    with op.batch_alter_table("instrument_action", schema=None) as batch_op:
        batch_op.create_index(
            "ix_instrument_action_state_id_instrument_id", ["state_id", "instrument_id"], unique=False
        )

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_report_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "state_id", "kind", "dated", "source", name=op.f("uq_report_state_id_kind_dated_source")
        ),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("ix_session_person_id", ["person_id"], unique=False)

    op.create_table(
        "source_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("dated", sa.String(length=10), nullable=True),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_source_document_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_document")),
    )
    with op.batch_alter_table("source_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_document_state_id"), ["state_id"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("layout_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("symbol", sa.String(length=80), nullable=True),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('committee', 'state', 'office', 'reference')", name=op.f("ck_version_origin")
        ),
        sa.CheckConstraint(
            "status <> 'approved' OR (origin = 'committee' AND approved_on IS NOT NULL)",
            name=op.f("ck_version_approval"),
        ),
        sa.CheckConstraint(
            "status <> 'reference' OR as_of IS NOT NULL", name=op.f("ck_version_reference_as_of")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in-review', 'with-state', 'agreed', 'approved', 'reference')",
            name=op.f("ck_version_status"),
        ),
        sa.ForeignKeyConstraint(["layout_id"], ["layout.id"], name=op.f("fk_version_layout_id")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_version_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("state_id", "number", name=op.f("uq_version_state_id_number")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=True),
        sa.Column("basis", sa.String(length=10), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("remarks_language", sa.String(length=8), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.Column("changed_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "basis IS NULL OR (basis IN ('asserted', 'reference') AND code = 'X')",
            name=op.f("ck_entry_basis"),
        ),
        sa.CheckConstraint("code IS NULL OR code IN ('X', '?', 'NA', '')", name=op.f("ck_entry_code")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_entry_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("version_id", "field", name=op.f("uq_entry_version_id_field")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("original_language", sa.String(length=8), nullable=False),
        sa.Column("official_number", sa.String(length=80), nullable=True),
        sa.Column("adopted", sa.String(length=10), nullable=True),
        sa.Column("in_force", sa.String(length=10), nullable=True),
        sa.Column("amended", sa.String(length=10), nullable=True),
        sa.Column("repealed", sa.String(length=10), nullable=True),
        sa.Column("issuing_body", sa.Text(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.Column("source_page", sa.String(length=40), nullable=True),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_measure_source_document_id")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_measure_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("state_id", "number", name=op.f("uq_measure_state_id_number")),
    )
    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("pinpoint", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("statement", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_citation_entry_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_citation_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("uq_citation_entry_id_position")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citation_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "measure_title",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=10), nullable=False),
        sa.Column("of_revision", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "made_by IN ('original', 'person', 'machine')", name=op.f("ck_measure_title_made_by")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_measure_title_measure_id")),
        sa.PrimaryKeyConstraint("measure_id", "language", name=op.f("pk_measure_title")),
    )
    with op.batch_alter_table("measure_title", schema=None) as batch_op:
        batch_op.create_index("ix_measure_title_language", ["language"], unique=False)
    op.create_table(
        "upload",
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=3), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_upload")),
    )
    protect(op.get_bind())
    protect_audit(op.get_bind())


def downgrade() -> None:
    release(op.get_bind())
    release_audit(op.get_bind())
    op.drop_table("upload")
    with op.batch_alter_table("measure_title", schema=None) as batch_op:
        batch_op.drop_index("ix_measure_title_language")

    op.drop_table("measure_title")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_measure_id"))
        batch_op.drop_index(batch_op.f("ix_citation_entry_id"))

    op.drop_table("citation")
    op.drop_table("measure")
    op.drop_table("entry")
    op.drop_table("version")
    with op.batch_alter_table("source_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_document_state_id"))

    op.drop_table("source_document")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index("ix_session_person_id")

    op.drop_table("session")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    op.drop_table("report")
    with op.batch_alter_table("instrument_action", schema=None) as batch_op:
        batch_op.drop_index("ix_instrument_action_state_id_instrument_id")

    op.drop_table("instrument_action")
    op.drop_table("group_membership")
    with op.batch_alter_table("audit_subject", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject_subject_event_id")

    op.drop_table("audit_subject")
    with op.batch_alter_table("state", schema=None) as batch_op:
        batch_op.drop_index("ix_state_practice_code")

    op.drop_table("state")
    op.drop_table("person")
    op.drop_table("layout")
    op.drop_table("instrument")
    op.drop_table("audit_head")
    op.drop_table("audit_event")

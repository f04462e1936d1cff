"""The desk's work: saves of a draft, steps, comments, proposals, provisions, attachments, notices."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse
from cpi1540.matrix.sealing import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEPT = "what was saved is append-only"


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_attachment")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=3), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_person_id", "notice", ["person", "id"])
    with op.batch_alter_table("source_document") as batch:
        batch.add_column(sa.Column("attachment", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("attachment_name", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_source_document_attachment"), "attachment", ["attachment"], ["sha256"])
    op.create_table(
        "measure_provision",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pinpoint", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_measure_provision_measure_id")),
        sa.PrimaryKeyConstraint("measure_id", "position", name=op.f("pk_measure_provision")),
    )
    op.create_table(
        "saved_entry",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("save", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_saved_entry_version_id")),
        sa.PrimaryKeyConstraint("version_id", "save", "field", name=op.f("pk_saved_entry")),
    )
    op.create_index("ix_saved_entry_version_id_field", "saved_entry", ["version_id", "field"])
    op.create_table(
        "version_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("from_status", sa.String(length=12), nullable=False),
        sa.Column("to_status", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_version_step_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_step")),
    )
    op.create_index("ix_version_step_version_id", "version_step", ["version_id"])
    op.create_table(
        "check_reason",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_check_reason_version_id")),
        sa.PrimaryKeyConstraint("version_id", "check", "field", name=op.f("pk_check_reason")),
    )
    op.create_table(
        "field_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("resolved_by", sa.String(length=40), nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.CheckConstraint("handling IN ('internal', 'states')", name=op.f("ck_field_comment_handling")),
        sa.ForeignKeyConstraint(["reply_to"], ["field_comment.id"], name=op.f("fk_field_comment_reply_to")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_field_comment_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_comment")),
        sa.UniqueConstraint("state_id", "number", name=op.f("uq_field_comment_state_id_number")),
    )
    op.create_index("ix_field_comment_reply_to", "field_comment", ["reply_to"])
    op.create_index("ix_field_comment_state_id_field", "field_comment", ["state_id", "field"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("changes_code", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=True),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "code IS NULL OR code IN ('X', '?', 'NA', '')", name=op.f("ck_proposal_code")
        ),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('accepted', 'amended', 'declined', 'replaced')",
            name=op.f("ck_proposal_decision"),
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_proposal_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_version_id", "proposal", ["version_id"])
    one_open = sa.text("revision >= 0 AND status NOT IN ('approved', 'reference')")
    op.create_index(
        "uq_version_open", "version", ["state_id"], unique=True, sqlite_where=one_open, postgresql_where=one_open
    )
    connection = op.get_bind()
    for act in ("update", "delete"):
        refuse(connection, f"kept_saved_entry_{act}", "saved_entry", act, None, KEPT)
    protect(connection)


def downgrade() -> None:
    connection = op.get_bind()
    for act in ("update", "delete"):
        drop(connection, f"kept_saved_entry_{act}", "saved_entry")
    op.drop_index("uq_version_open", "version")
    for table in ("proposal", "field_comment", "check_reason", "version_step", "saved_entry", "measure_provision"):
        op.drop_table(table)
    with op.batch_alter_table("source_document") as batch:
        batch.drop_constraint(op.f("fk_source_document_attachment"), type_="foreignkey")
        batch.drop_column("attachment_name")
        batch.drop_column("attachment")
    op.drop_table("notice")
    op.drop_table("attachment")
    protect(connection)

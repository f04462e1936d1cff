"""Jobs: long work in rows, and the files it made."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATUS = "status IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("task", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=True),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("stage", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("failure", sa.JSON(), nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(STATUS, name=op.f("ck_job_status")),
        sa.CheckConstraint("(status = 'running') = (holder IS NOT NULL)", name=op.f("ck_job_holder")),
        sa.CheckConstraint("done >= 0 AND done <= out_of", name=op.f("ck_job_progress")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_status_id", "job", ["status", "id"])
    op.create_index("ix_job_asked_by_id", "job", ["asked_by", "id"])
    op.create_table(
        "job_file",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attachment", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_file_job_id")),
        sa.ForeignKeyConstraint(["attachment"], ["attachment.sha256"], name=op.f("fk_job_file_attachment")),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_job_file")),
    )
    op.create_index(op.f("ix_job_file_attachment"), "job_file", ["attachment"])


def downgrade() -> None:
    op.drop_table("job_file")
    op.drop_table("job")

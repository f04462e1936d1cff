"""What the office says about a lens, dated and sourced; its versions never change."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEPT = "a version of a note never changes"


def upgrade() -> None:
    op.create_table(
        "lens_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lens", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_lens_note_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lens_note")),
        sa.UniqueConstraint("lens", "version", name=op.f("uq_lens_note_lens_version")),
    )
    connection = op.get_bind()
    for act in ("update", "delete"):
        refuse(connection, f"kept_lens_note_{act}", "lens_note", act, None, KEPT)


def downgrade() -> None:
    connection = op.get_bind()
    for act in ("update", "delete"):
        drop(connection, f"kept_lens_note_{act}", "lens_note")
    op.drop_table("lens_note")

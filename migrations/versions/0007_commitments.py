"""The register of commitments: what is recorded of a State beside the treaties."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.String(length=10), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("handling", sa.String(length=12), nullable=False),
        sa.Column("confidence", sa.String(length=12), nullable=False),
        sa.Column("ended", sa.String(length=10), nullable=True),
        sa.Column("revises", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("confidence IN ('seen', 'remembered')", name=op.f("ck_commitment_confidence")),
        sa.CheckConstraint("handling IN ('public', 'internal')", name=op.f("ck_commitment_handling")),
        sa.CheckConstraint("number > 0", name=op.f("ck_commitment_number")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_commitment_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("state_id", "number", name=op.f("uq_commitment_state_id_number")),
    )


def downgrade() -> None:
    op.drop_table("commitment")

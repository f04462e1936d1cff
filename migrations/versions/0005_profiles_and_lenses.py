"""Profiles of weights, whose versions never change, and the office's own lenses."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEPT = "a version of a profile never changes"


def upgrade() -> None:
    op.create_table(
        "weight_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_weight_profile_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weight_profile")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_weight_profile_name_version")),
    )
    op.create_table(
        "lens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lens")),
        sa.UniqueConstraint("code", name=op.f("uq_lens_code")),
    )
    connection = op.get_bind()
    for act in ("update", "delete"):
        refuse(connection, f"kept_weight_profile_{act}", "weight_profile", act, None, KEPT)


def downgrade() -> None:
    connection = op.get_bind()
    for act in ("update", "delete"):
        drop(connection, f"kept_weight_profile_{act}", "weight_profile")
    op.drop_table("lens")
    op.drop_table("weight_profile")

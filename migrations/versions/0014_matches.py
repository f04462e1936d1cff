"""Matches of needs with offers, with the reasons kept when they were proposed, and the acts on them."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATUSES = (
    *("proposed", "approached", "accepted", "declined", "agreed"),
    *("in-delivery", "delivered", "closed", "withdrawn"),
)


def upgrade() -> None:
    op.create_table(
        "assistance_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("weights", sa.String(length=60), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            f"status IN ({', '.join(repr(status) for status in STATUSES)})", name=op.f("ck_assistance_match_status")
        ),
        sa.CheckConstraint('"rank" IS NULL OR "rank" > 0', name=op.f("ck_assistance_match_rank")),
        sa.ForeignKeyConstraint(["need_id"], ["assistance_need.id"], name=op.f("fk_assistance_match_need_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_assistance_match_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_match")),
        sa.UniqueConstraint("need_id", "number", name=op.f("uq_assistance_match_need_id_number")),
    )
    op.create_index(op.f("ix_assistance_match_offer_id"), "assistance_match", ["offer_id"])
    op.create_table(
        "match_act",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("taken_back_at", Instant(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('office', 'provider', 'requester')", name=op.f("ck_match_act_side")),
        sa.ForeignKeyConstraint(["match_id"], ["assistance_match.id"], name=op.f("fk_match_act_match_id")),
        sa.PrimaryKeyConstraint("match_id", "number", name=op.f("pk_match_act")),
    )


def downgrade() -> None:
    op.drop_table("match_act")
    op.drop_index(op.f("ix_assistance_match_offer_id"), table_name="assistance_match")
    op.drop_table("assistance_match")

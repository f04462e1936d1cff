"""What the factors of a match weigh, what needs take, pairs decided on, and plans that were kept."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEPT = {"match_weights": "a version of weights never changes", "kept_plan": "a kept plan never changes"}


def upgrade() -> None:
    op.create_table(
        "match_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("version > 1", name=op.f("ck_match_weights_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_weights")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_match_weights_name_version")),
    )
    op.create_table(
        "need_estimate",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.Float(), nullable=True),
        sa.Column("budget", sa.Float(), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("person_days IS NULL OR person_days >= 0", name=op.f("ck_need_estimate_person_days")),
        sa.CheckConstraint("budget IS NULL OR budget >= 0", name=op.f("ck_need_estimate_budget")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["assistance_need.id"], name=op.f("fk_need_estimate_need_id_assistance_need")
        ),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_need_estimate")),
    )
    op.create_table(
        "plan_lock",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('lock', 'never')", name=op.f("ck_plan_lock_kind")),
        sa.ForeignKeyConstraint(["need_id"], ["assistance_need.id"], name=op.f("fk_plan_lock_need_id_assistance_need")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_plan_lock_offer_id_offer")),
        sa.PrimaryKeyConstraint("need_id", "offer_id", name=op.f("pk_plan_lock")),
    )
    with op.batch_alter_table("plan_lock", schema=None) as batch:
        batch.create_index(batch.f("ix_plan_lock_offer_id"), ["offer_id"], unique=False)
    op.create_table(
        "kept_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("weights", sa.String(length=60), nullable=False),
        sa.Column("fairness", sa.Float(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_plan")),
        sa.UniqueConstraint("practice", "number", name=op.f("uq_kept_plan_practice_number")),
    )
    connection = op.get_bind()
    for table, why in KEPT.items():
        for act in ("update", "delete"):
            refuse(connection, f"kept_{table}_{act}", table, act, None, why)


def downgrade() -> None:
    connection = op.get_bind()
    for table in KEPT:
        for act in ("update", "delete"):
            drop(connection, f"kept_{table}_{act}", table)
    op.drop_table("kept_plan")
    with op.batch_alter_table("plan_lock", schema=None) as batch:
        batch.drop_index(batch.f("ix_plan_lock_offer_id"))
    op.drop_table("plan_lock")
    op.drop_table("need_estimate")
    op.drop_table("match_weights")

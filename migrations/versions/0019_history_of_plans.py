"""What was decided of pairs and estimated of needs, by whom and when; what stood before is not known."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "plan_history"
KEPT = "what was decided and estimated never changes"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("person_days", sa.Float(), nullable=True),
        sa.Column("budget", sa.Float(), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("act IN ('lock', 'never', 'free', 'estimate')", name=op.f("ck_plan_history_act")),
        sa.ForeignKeyConstraint(["need_id"], ["assistance_need.id"], name=op.f("fk_plan_history_need_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_plan_history_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_history")),
    )
    op.create_index("ix_plan_history_need_id", "plan_history", ["need_id"], unique=False)
    op.execute(
        'INSERT INTO plan_history (need_id, offer_id, act, reason, language, "by", at) '
        'SELECT need_id, offer_id, kind, reason, language, "by", at FROM plan_lock ORDER BY at'
    )
    op.execute(
        'INSERT INTO plan_history (need_id, act, reason, language, person_days, budget, "by", at) '
        "SELECT need_id, 'estimate', '', 'en', person_days, budget, \"by\", at FROM need_estimate ORDER BY at"
    )


    for act in ("update", "delete"):
        refuse(op.get_bind(), f"kept_{TABLE}_{act}", TABLE, act, None, KEPT)


def downgrade() -> None:
    for act in ("update", "delete"):
        drop(op.get_bind(), f"kept_{TABLE}_{act}", TABLE)
    op.drop_table(TABLE)

"""The figures a recipe was kept with, and what came of making it again: neither ever changes."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "briefing_rebuilding"
KEPT = "what came of a rebuilding never changes"


def upgrade() -> None:
    op.add_column("briefing_recipe", sa.Column("figures", sa.JSON(), nullable=True))
    op.create_table(
        TABLE,
        sa.Column("recipe", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["recipe"], ["briefing_recipe.id"], name=op.f("fk_briefing_rebuilding_recipe")),
        sa.PrimaryKeyConstraint("recipe", "number", name=op.f("pk_briefing_rebuilding")),
    )
    connection = op.get_bind()
    for act in ("update", "delete"):
        refuse(connection, f"kept_{TABLE}_{act}", TABLE, act, None, KEPT)


def downgrade() -> None:
    connection = op.get_bind()
    for act in ("update", "delete"):
        drop(connection, f"kept_{TABLE}_{act}", TABLE)
    op.drop_table(TABLE)
    op.drop_column("briefing_recipe", "figures")

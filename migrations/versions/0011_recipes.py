"""Recipes of charts and packs, and the files made by them; neither ever changes."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant
from cpi1540.foundation.triggers import drop, refuse

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("briefing_recipe", "briefing_recipe_file")
KEPT = "a recipe never changes"


def upgrade() -> None:
    op.create_table(
        "briefing_recipe",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('chart', 'pack')", name=op.f("ck_briefing_recipe_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_recipe")),
    )
    op.create_table(
        "briefing_recipe_file",
        sa.Column("recipe", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["recipe"], ["briefing_recipe.id"], name=op.f("fk_briefing_recipe_file_recipe")),
        sa.PrimaryKeyConstraint("recipe", "name", name=op.f("pk_briefing_recipe_file")),
    )
    connection = op.get_bind()
    for table in TABLES:
        for act in ("update", "delete"):
            refuse(connection, f"kept_{table}_{act}", table, act, None, KEPT)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        for act in ("update", "delete"):
            drop(connection, f"kept_{table}_{act}", table)
    for table in reversed(TABLES):
        op.drop_table(table)

"""The office's own slide master and Word template, on which briefing packs are written."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefing_pack_template",
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attachment", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("form IN ('pptx', 'docx')", name=op.f("ck_briefing_pack_template_form")),
        sa.ForeignKeyConstraint(
            ["attachment"], ["attachment.sha256"], name=op.f("fk_briefing_pack_template_attachment")
        ),
        sa.PrimaryKeyConstraint("form", name=op.f("pk_briefing_pack_template")),
    )


def downgrade() -> None:
    op.drop_table("briefing_pack_template")

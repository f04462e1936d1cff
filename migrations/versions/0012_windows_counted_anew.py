"""Since when the windows of a request are counted anew; ``cpi1540 init`` fills it from the acts."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assistance_request", sa.Column("resumed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("assistance_request", "resumed_on")

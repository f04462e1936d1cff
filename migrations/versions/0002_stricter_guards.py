"""Stricter guards: nothing moves into a sealed version, and no row is replaced."""

from alembic import op

from cpi1540.foundation.triggers import protect_audit
from cpi1540.matrix.sealing import protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    protect(op.get_bind())
    protect_audit(op.get_bind())


def downgrade() -> None:
    """The guards stay: an older version of the software is content with stricter ones."""

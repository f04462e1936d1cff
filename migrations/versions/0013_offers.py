"""Providers of assistance, their programmes on offer, and whose account keeps them."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

HANDLING = "handling IN ('public', 'states', 'restricted', 'internal')"


def upgrade() -> None:
    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=True),
        sa.Column("mandate_texts", sa.JSON(), nullable=False),
        sa.Column("mandate_title", sa.Text(), nullable=False),
        sa.Column("mandate_url", sa.Text(), nullable=False),
        sa.Column("mandate_dated", sa.Date(), nullable=True),
        sa.Column("mandate_fields", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.CheckConstraint(HANDLING, name=op.f("ck_provider_handling")),
        sa.CheckConstraint(
            "kind IN ('state', 'international', 'regional', 'subregional', 'other')", name=op.f("ck_provider_kind")
        ),
        sa.CheckConstraint("places IS NULL OR places > 0", name=op.f("ck_provider_places")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_provider_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("practice", "number", name=op.f("uq_provider_practice_number")),
        sa.UniqueConstraint("practice", "code", name=op.f("uq_provider_practice_code")),
    )
    op.create_table(
        "provider_person",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("given_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_provider_person_provider_id")),
        sa.PrimaryKeyConstraint("provider_id", "actor", name=op.f("pk_provider_person")),
    )
    op.create_index("ix_provider_person_actor", "provider_person", ["actor"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("domains", sa.String(length=12), nullable=False),
        sa.Column("eligible", sa.Text(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=False),
        sa.Column("languages", sa.String(length=40), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("person_days", sa.Float(), nullable=True),
        sa.Column("budget", sa.Float(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("last_confirmed", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.CheckConstraint(HANDLING, name=op.f("ck_offer_handling")),
        sa.CheckConstraint("places IS NULL OR places >= 0", name=op.f("ck_offer_places")),
        sa.CheckConstraint("person_days IS NULL OR person_days >= 0", name=op.f("ck_offer_person_days")),
        sa.CheckConstraint("budget IS NULL OR budget >= 0", name=op.f("ck_offer_budget")),
        sa.CheckConstraint("lead_days IS NULL OR lead_days >= 0", name=op.f("ck_offer_lead_days")),
        sa.CheckConstraint("min_group > 0", name=op.f("ck_offer_min_group")),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_offer_validity")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_offer_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("practice", "number", name=op.f("uq_offer_practice_number")),
    )
    op.create_index("ix_offer_provider_id", "offer", ["provider_id"], unique=False)
    op.create_table(
        "offer_field",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("section", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_offer_field_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", "field", name=op.f("pk_offer_field")),
    )
    op.create_index("ix_offer_field_field", "offer_field", ["field"], unique=False)
    op.create_index("ix_offer_field_section", "offer_field", ["section"], unique=False)


def downgrade() -> None:
    for table in ("offer_field", "offer", "provider_person", "provider"):
        op.drop_table(table)

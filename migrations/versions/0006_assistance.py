"""Requests for assistance: their needs, acts and papers; holidays; the days of briefing."""

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assistance_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("formal", sa.Boolean(), nullable=True),
        sa.Column("dated", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("consent", sa.String(length=10), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("handling", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("next_act", sa.String(length=20), nullable=True),
        sa.Column("step_since", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("moved_at", Instant(), nullable=True),
        sa.CheckConstraint("consent IN ('yes', 'no', 'not-asked')", name=op.f("ck_assistance_request_consent")),
        sa.CheckConstraint(
            "handling IN ('public', 'states', 'restricted', 'internal')", name=op.f("ck_assistance_request_handling")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'closed', 'withdrawn', 'historical')", name=op.f("ck_assistance_request_status")
        ),
        sa.CheckConstraint(
            "step IS NULL OR (step BETWEEN 1 AND 9 AND status = 'open')", name=op.f("ck_assistance_request_step")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_request")),
        sa.UniqueConstraint("practice", "year", "number", name=op.f("uq_assistance_request_practice_year_number")),
    )
    op.create_index("ix_assistance_request_practice_status", "assistance_request", ["practice", "status"], unique=False)
    op.create_table(
        "committee_briefing",
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "day", name=op.f("pk_committee_briefing")),
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "assistance_act",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("taken_back_at", Instant(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper"], ["attachment.sha256"], name=op.f("fk_assistance_act_paper")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_request.id"], name=op.f("fk_assistance_act_request_id")),
        sa.PrimaryKeyConstraint("request_id", "number", name=op.f("pk_assistance_act")),
    )
    op.create_table(
        "assistance_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("domains", sa.String(length=12), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("beneficiaries", sa.Text(), nullable=False),
        sa.Column("in_place", sa.Text(), nullable=False),
        sa.Column("own_contribution", sa.Text(), nullable=False),
        sa.Column("languages", sa.String(length=40), nullable=False),
        sa.Column("priority", sa.String(length=8), nullable=True),
        sa.Column("time_frame", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "priority IS NULL OR priority IN ('high', 'medium', 'low')", name=op.f("ck_assistance_need_priority")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'proposed', 'agreed', 'in-delivery', 'delivered', 'withdrawn')",
            name=op.f("ck_assistance_need_status"),
        ),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_request.id"], name=op.f("fk_assistance_need_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_need")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_assistance_need_request_id_number")),
    )
    op.create_table(
        "assistance_paper",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("attachment", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["attachment"], ["attachment.sha256"], name=op.f("fk_assistance_paper_attachment")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_request.id"], name=op.f("fk_assistance_paper_request_id")),
        sa.PrimaryKeyConstraint("request_id", "attachment", name=op.f("pk_assistance_paper")),
    )
    op.create_table(
        "assistance_requester",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["assistance_request.id"], name=op.f("fk_assistance_requester_request_id")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_assistance_requester_state_id")),
        sa.PrimaryKeyConstraint("request_id", "state_id", name=op.f("pk_assistance_requester")),
    )
    op.create_index(op.f("ix_assistance_requester_state_id"), "assistance_requester", ["state_id"], unique=False)
    op.create_table(
        "assistance_translation",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=10), nullable=False),
        sa.Column("of_original", sa.String(length=64), nullable=False),
        sa.CheckConstraint("made_by IN ('person', 'machine')", name=op.f("ck_assistance_translation_made_by")),
        sa.CheckConstraint("part IN ('title', 'text', 'objective')", name=op.f("ck_assistance_translation_part")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["assistance_request.id"], name=op.f("fk_assistance_translation_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "need", "part", "language", name=op.f("pk_assistance_translation")),
    )
    op.create_table(
        "assistance_need_field",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("section", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["assistance_need.id"], name=op.f("fk_assistance_need_field_need_id")),
        sa.PrimaryKeyConstraint("need_id", "field", name=op.f("pk_assistance_need_field")),
    )
    op.create_index("ix_assistance_need_field_section", "assistance_need_field", ["section"], unique=False)


def downgrade() -> None:
    for table in (
        "assistance_need_field",
        "assistance_translation",
        "assistance_requester",
        "assistance_paper",
        "assistance_need",
        "assistance_act",
        "holiday",
        "committee_briefing",
        "assistance_request",
    ):
        op.drop_table(table)

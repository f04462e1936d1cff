"""What the office adds to a plan: what a need takes, pairs that are decided on, plans that were kept."""

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class NeedEstimateRow(Base):
    """What a need takes, as the office estimates it: person-days, and US dollars."""

    __tablename__ = "need_estimate"

    need_id: Mapped[int] = mapped_column(ForeignKey("assistance_need.id"), primary_key=True)
    person_days: Mapped[float | None] = mapped_column(Float)
    budget: Mapped[float | None] = mapped_column(Float)
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("person_days IS NULL OR person_days >= 0", name="person_days"),
        CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
    )


class PlanLockRow(Base):
    """A pair on which the office decided: it stands in every plan (lock), or in none (never)."""

    __tablename__ = "plan_lock"

    need_id: Mapped[int] = mapped_column(ForeignKey("assistance_need.id"), primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (CheckConstraint("kind IN ('lock', 'never')", name="kind"),)


class PlanHistoryRow(Base):
    """What was decided of a pair, or estimated of a need, one after the other; ``service/history.py`` writes it."""

    __tablename__ = "plan_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("assistance_need.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    act: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    person_days: Mapped[float | None] = mapped_column(Float)
    budget: Mapped[float | None] = mapped_column(Float)
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (CheckConstraint("act IN ('lock', 'never', 'free', 'estimate')", name="act"),)


class KeptPlanRow(Base):
    """A plan as it was when somebody kept it; it never changes."""

    __tablename__ = "kept_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice: Mapped[bool]
    number: Mapped[int]  # within its record
    note: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    weights: Mapped[str] = mapped_column(String(60))
    fairness: Mapped[float] = mapped_column(Float)
    as_of: Mapped[datetime.date] = mapped_column(Date)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("practice", "number"),)

"""Matches of needs with offers, and the acts on them."""

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class MatchRow(Base):
    """A match. ``status`` and the two dates say where its acts have led; ``service/match_keeping.py`` writes them."""

    __tablename__ = "assistance_match"

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("assistance_need.id"))
    number: Mapped[int]  # within the need
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    status: Mapped[str] = mapped_column(String(12))
    agreed_on: Mapped[datetime.date | None] = mapped_column(Date)
    delivered_on: Mapped[datetime.date | None] = mapped_column(Date)
    weights: Mapped[str] = mapped_column(String(60))
    score: Mapped[float | None] = mapped_column(Float)
    rank: Mapped[int | None]
    factors: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # the reasons as explained when it was proposed
    revision: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("need_id", "number"),
        CheckConstraint(
            "status IN ('proposed', 'approached', 'accepted', 'declined', 'agreed', 'in-delivery', 'delivered', "
            "'closed', 'withdrawn')",
            name="status",
        ),
        CheckConstraint('"rank" IS NULL OR "rank" > 0', name="rank"),
    )


class MatchActRow(Base):
    """One act on a match, with the date it bears. ``answer`` is a reason to decline, or how the need was met."""

    __tablename__ = "match_act"

    match_id: Mapped[int] = mapped_column(ForeignKey("assistance_match.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(20))
    on: Mapped[datetime.date] = mapped_column("dated", Date)
    side: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    taken_back_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    taken_back_by: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (CheckConstraint("side IN ('office', 'provider', 'requester')", name="side"),)

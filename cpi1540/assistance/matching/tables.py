"""Profiles of weights for matches."""

import datetime

from sqlalchemy import JSON, CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class MatchWeightsRow(Base):
    """One version of a profile; ``content`` gives each factor its weight. Version 1 of the office's came with the
    software and has no row.
    """

    __tablename__ = "match_weights"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    content: Mapped[dict[str, float]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("name", "version"), CheckConstraint("version > 1", name="version"))

"""Holidays, and the days on which the Committee was briefed."""

import datetime

from sqlalchemy import Boolean, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class HolidayRow(Base):
    """A day on which the Committee's office does not work, as the operator loaded it."""

    __tablename__ = "holiday"

    day: Mapped[datetime.date] = mapped_column(Date, primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class CommitteeBriefingRow(Base):
    """A day on which the experts briefed the Committee on the requests of one record."""

    __tablename__ = "committee_briefing"

    practice: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    day: Mapped[datetime.date] = mapped_column(Date, primary_key=True)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

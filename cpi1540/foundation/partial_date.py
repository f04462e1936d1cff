"""Dates as documents give them: a year, a month or a day."""

import datetime
import re
from dataclasses import dataclass
from functools import total_ordering

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day; ordered by the first day it can mean."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``2004``, ``2004-10`` or ``2004-10-28``; ValueError for anything else."""
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @classmethod
    def of(cls, day: datetime.date) -> "PartialDate":
        """The partial date that is exactly ``day``."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """How much is known: "year", "month" or "day"."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> datetime.date:
        """The first day the date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first_day, self.precision) < (other.first_day, other.precision)

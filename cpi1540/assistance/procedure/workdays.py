"""Working days of the Committee: windows that end, dates that move past weekends and holidays.

Every date is a plain date in New York. Holidays are the operator's table, year by year; a year without one
has weekends only, and every result says for which years that was so.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

_DAY = datetime.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days on which nobody works, and the years for which a table was loaded."""

    days: frozenset[datetime.date] = frozenset()
    years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, days: Iterable[datetime.date]) -> "Holidays":
        """The holidays ``days``; a year has a table when one of its days is among them."""
        found = frozenset(days)
        return cls(found, frozenset(day.year for day in found))

    def missing(self, first: datetime.date, last: datetime.date) -> tuple[int, ...]:
        """The years from ``first`` to ``last`` without a table."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


NO_HOLIDAYS = Holidays()


@dataclass(frozen=True, slots=True)
class Window:
    """A window of working days after a letter: it opens on ``first``, ends with ``last``; then ``due`` comes."""

    letter: datetime.date
    first: datetime.date
    last: datetime.date
    due: datetime.date
    without_table: tuple[int, ...]


def is_workday(day: datetime.date, holidays: Holidays) -> bool:
    """Whether ``day`` is neither on a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays.days


def workday_from(day: datetime.date, holidays: Holidays) -> datetime.date:
    """``day`` itself when it is a working day, else the next one."""
    while not is_workday(day, holidays):
        day += _DAY
    return day


def workday_after(day: datetime.date, holidays: Holidays) -> datetime.date:
    """The first working day after ``day``."""
    return workday_from(day + _DAY, holidays)


def window(letter: datetime.date, length: int, holidays: Holidays) -> Window:
    """The window of ``length`` working days after the date of ``letter``.

    Day 1 is the first working day after it; the window ends with day ``length``; the next act is due on the
    following working day. ValueError for a window without a day.
    """
    if length < 1:
        raise ValueError("a window has a day at least")
    first = last = workday_after(letter, holidays)
    for _day in range(length - 1):
        last = workday_after(last, holidays)
    due = workday_after(last, holidays)
    return Window(letter, first, last, due, holidays.missing(first, due))


def year_later(day: datetime.date) -> datetime.date:
    """The same day a year later; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def follow_up(requested: datetime.date, holidays: Holidays) -> datetime.date:
    """When a request of that date is followed up: a year later, or on the next working day."""
    return workday_from(year_later(requested), holidays)


def workdays_late(due: datetime.date, today: datetime.date, holidays: Holidays) -> int:
    """How many working days have begun since the day ``due``; 0 on it and before."""
    if today <= due:
        return 0
    weeks, rest = divmod((today - due).days, 7)
    weekdays = weeks * 5 + sum((due.weekday() + step) % 7 < _SATURDAY for step in range(1, rest + 1))
    return weekdays - sum(due < day <= today and day.weekday() < _SATURDAY for day in holidays.days)

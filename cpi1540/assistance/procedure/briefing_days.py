"""When the Committee is briefed: every two months."""

import datetime

BRIEFING_MONTHS = 2


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day some months earlier, or the last of that month when it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = (datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))

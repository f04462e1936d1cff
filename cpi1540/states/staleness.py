"""When something taken from a source has become too old to rest on."""

import datetime

STALE_MONTHS = 24


def is_stale(as_of: datetime.date, on: datetime.date, months: int = STALE_MONTHS) -> bool:
    """Whether something of ``as_of`` is more than ``months`` old on ``on``."""
    age = (on.year - as_of.year) * 12 + on.month - as_of.month
    return age > months or (age == months and on.day > as_of.day)

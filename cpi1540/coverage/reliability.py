"""How far a figure can be leaned on: what was reviewed, what was found in a source, how old the sources are."""

import datetime
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reliability:
    """``found`` fields with X, of which ``with_reference`` rest on a reference found (the others on what the State
    asserts); ``dated`` sources with a day, and the middle one of these days.
    """

    found: int
    with_reference: int
    dated: int
    middle_day: datetime.date | None

    @property
    def reference_share(self) -> float | None:
        """The share of the fields with X that rest on a reference found; None when no field has X."""
        return self.with_reference / self.found if self.found else None


def reliability(found: int, with_reference: int, days: Sequence[datetime.date]) -> Reliability:
    """The reliability of a figure; of an even number of days the earlier of the two in the middle counts."""
    middle = statistics.median_low(day.toordinal() for day in days) if days else None
    return Reliability(
        found, with_reference, len(days), datetime.date.fromordinal(middle) if middle is not None else None
    )

"""When a source has become too old to rest on: an old table, a repealed measure, a document nobody looked at since."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.matrix.record import Source
from cpi1540.states.staleness import is_stale


class Why(StrEnum):
    """Why a source is stale."""

    OLD_TABLE = "old-table"
    REPEALED = "repealed"
    OLD_DOCUMENT = "old-document"


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """What citing a measure rests on. ``titles`` by language, the original also under "original".

    ``repealed_on`` is the first day its repeal can mean; ``seen_on`` the day its source document was last
    retrieved, else the first day of the document's date; None where that is not known.
    """

    titles: Mapping[str, str]
    repealed_on: datetime.date | None = None
    seen_on: datetime.date | None = None


def judge(
    measures: Mapping[str, KnownMeasure], table_date: datetime.date, today: datetime.date, limit_months: int
) -> Callable[[Source], Why | None]:
    """How to judge a source: the age of a table is counted to ``table_date``, all else to ``today``.

    ``limit_months`` is the operator's limit for the age of a source document.
    """

    def why(source: Source) -> Why | None:
        if source.as_of is not None and is_stale(source.as_of, table_date):
            return Why.OLD_TABLE
        measure = measures.get(source.measure) if source.measure else None
        if measure is None:
            return None
        if measure.repealed_on is not None and measure.repealed_on <= today:
            return Why.REPEALED
        if measure.seen_on is not None and is_stale(measure.seen_on, today, limit_months):
            return Why.OLD_DOCUMENT
        return None

    return why

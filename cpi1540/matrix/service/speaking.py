"""How to say the sources of a matrix, and which of them are stale, reading only what they speak of."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import current_app

from cpi1540.foundation.templating import today
from cpi1540.matrix.record import Entry, Source, Version
from cpi1540.matrix.reference import age_counted_to
from cpi1540.matrix.service import measures
from cpi1540.matrix.sources import source_speaker
from cpi1540.matrix.staleness import KnownMeasure, Why, judge
from cpi1540.states import service as states
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Voice:
    """How to say a source in the reader's language, and why it is stale, if it is."""

    say: Callable[[Source], str]
    why_stale: Callable[[Source], Why | None]

    def is_stale(self, source: Source) -> bool:
        """Whether the source has become too old to rest on."""
        return self.why_stale(source) is not None


def voice(state: State, version: Version | None, entries: Iterable[Entry]) -> Voice:
    """The voice for ``entries`` of a version; only what they speak of is read."""
    sources = [source for entry in entries for source in entry.sources]
    instruments = any(source.statement and "instrument" in source.statement.params for source in sources)
    known = measures.known(state) if any(source.measure for source in sources) else {}
    titles = {identifier: measure.titles for identifier, measure in known.items()}
    speak = source_speaker(states.instruments() if instruments else None, titles or None)
    return Voice(speak, staleness(version, known))


def staleness(
    version: Version | None, known: Mapping[str, KnownMeasure], on: datetime.date | None = None
) -> Callable[[Source], Why | None]:
    """How to judge the sources of a version on a day, today when none is named, by the operator's limit for source
    documents.
    """
    limit: int = current_app.config["CPI1540"].source_limit
    day = on or today()
    return judge(known, age_counted_to(version, day), day, limit)

"""How to say the sources of a matrix, reading only what they speak of."""

from collections.abc import Callable, Iterable

from cpi1540.matrix.record import Entry, Source
from cpi1540.matrix.service import measures
from cpi1540.matrix.sources import source_speaker
from cpi1540.states import service as states
from cpi1540.states.state import State


def speaker(state: State, entries: Iterable[Entry]) -> Callable[[Source], str]:
    """How to say the sources of ``entries``; only what they speak of is read."""
    sources = [source for entry in entries for source in entry.sources]
    instruments = any(source.statement and "instrument" in source.statement.params for source in sources)
    cites = any(source.measure for source in sources)
    return source_speaker(states.instruments() if instruments else None, measures.titles_of(state) if cites else None)

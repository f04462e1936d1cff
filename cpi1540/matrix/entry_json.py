"""An entry as ``matrix show`` and ``matrix diff`` print it."""

from collections.abc import Callable
from typing import Any

from cpi1540.matrix.record import Entry, Source


def entry_json(entry: Entry, say_source: Callable[[Source], str]) -> dict[str, Any]:
    """Code, basis, sources and remarks; ``say_source`` gives a source's text in the reader's language."""
    return {
        "code": None if entry.code is None else entry.code.value,
        "basis": None if entry.basis is None else entry.basis.value,
        "sources": [
            {
                "measure": source.measure,
                "pinpoint": source.pinpoint,
                "text": say_source(source),
                "url": source.url,
            }
            for source in entry.sources
        ],
        "remarks": entry.remarks,
    }

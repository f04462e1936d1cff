"""An entry as it is kept with a save of a draft: everything it records, to be shown or written back."""

import datetime
from collections.abc import Mapping
from typing import Any

from cpi1540.matrix.record import Basis, Code, Entry, Source, Statement


def written(entry: Entry) -> dict[str, Any]:
    """The entry as plain values; ``read`` gives the same entry back."""
    return {
        "code": entry.code,
        "basis": entry.basis,
        "sources": [_source(source) for source in entry.sources],
        "remarks": entry.remarks,
        "remarks_language": entry.remarks_language,
    }


def read(found: Mapping[str, Any]) -> Entry:
    """The entry that ``written`` made ``found`` of."""
    return Entry(
        code=None if found["code"] is None else Code(found["code"]),
        basis=None if found["basis"] is None else Basis(found["basis"]),
        sources=tuple(_read_source(source) for source in found["sources"]),
        remarks=found["remarks"],
        remarks_language=found["remarks_language"],
    )


def _source(source: Source) -> dict[str, Any]:
    statement = source.statement
    return {
        "text": source.text,
        "language": source.language,
        "measure": source.measure,
        "pinpoint": source.pinpoint,
        "url": source.url,
        "statement": {"code": statement.code, "params": dict(statement.params)} if statement else None,
        "as_of": source.as_of.isoformat() if source.as_of else None,
    }


def _read_source(found: Mapping[str, Any]) -> Source:
    statement = found["statement"]
    return Source(
        found["text"],
        found["language"],
        found["measure"],
        found["pinpoint"],
        found["url"],
        Statement(statement["code"], statement["params"]) if statement else None,
        datetime.date.fromisoformat(found["as_of"]) if found["as_of"] else None,
    )

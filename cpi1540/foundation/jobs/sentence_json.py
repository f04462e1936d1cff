"""Sentences as JSON, so that they can wait in a row and be translated when somebody reads them."""

import datetime
from collections.abc import Mapping
from typing import Any

from cpi1540.foundation.messages import LanguageNames, Sentence
from cpi1540.foundation.partial_date import PartialDate


def written(told: Sentence | None) -> dict[str, Any] | None:
    """A sentence as JSON. Its values may be texts, numbers, dates, languages, sentences; anything else becomes text."""
    if told is None:
        return None
    params = {name: _written(value) for name, value in told.params.items()}
    return {"text": told.text, "params": params, "plural": told.plural}


def read(kept: Mapping[str, Any] | None) -> Sentence | None:
    """The sentence that ``written`` made JSON of."""
    if kept is None:
        return None
    return Sentence(kept["text"], {name: _read(value) for name, value in kept["params"].items()}, kept["plural"])


def _written(value: object) -> object:
    if isinstance(value, Sentence):
        return {"sentence": written(value)}
    if isinstance(value, LanguageNames):
        return {"languages": list(value.codes)}
    if isinstance(value, PartialDate):
        return {"partial": str(value)}
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return {"day": value.isoformat()}
    return value if isinstance(value, str | int | float) else str(value)


def _read(value: object) -> object:
    if not isinstance(value, dict):
        return value
    ((form, inside),) = value.items()
    if form == "sentence":
        return read(inside)
    if form == "languages":
        return LanguageNames(tuple(inside))
    return PartialDate.parse(inside) if form == "partial" else datetime.date.fromisoformat(inside)

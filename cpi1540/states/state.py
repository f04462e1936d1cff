"""A Member State, or a State of the practice record, as the rest of the system knows it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """A State. ``names`` and ``sort_names`` have a text for each language; ``group`` is the electoral one."""

    id: int
    code: str
    practice: bool
    names: Mapping[str, str]
    sort_names: Mapping[str, str]
    formal_name: str
    language: str | None
    group: str

"""A Member State, or a State of the practice record, as the rest of the system knows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.foundation.partial_date import PartialDate


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


@dataclass(frozen=True, slots=True)
class Report:
    """When a State reported to the Committee, according to one source; ``kind`` is "first" or "additional"."""

    kind: str
    date: PartialDate
    source: str

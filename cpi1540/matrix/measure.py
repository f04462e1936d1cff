"""A measure: a law or another instrument of a State, recorded once and cited from many fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.record import Handling


class MeasureKind(StrEnum):
    """What kind of instrument a measure is."""

    CONSTITUTION = "constitution"
    ACT = "act"
    DECREE = "decree"
    REGULATION = "regulation"
    POLICY = "policy"
    GUIDELINE = "guideline"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Document:
    """A source document: a national report, a gazette, an official page."""

    symbol: str
    title: str = ""
    language: str | None = None
    url: str | None = None
    dated: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one State. ``titles`` has the original title under ``original_language`` and translations;
    ``number`` is None until it is recorded, then the public identifier is ``FRA-M12``.
    """

    kind: MeasureKind
    titles: Mapping[str, str]
    original_language: str
    number: int | None = None
    official_number: str | None = None
    adopted: PartialDate | None = None
    in_force: PartialDate | None = None
    amended: PartialDate | None = None
    repealed: PartialDate | None = None
    issuing_body: str | None = None
    document: str | None = None  # a document's symbol
    page: str | None = None
    handling: Handling = Handling.PUBLIC
    translated_by: Mapping[str, str] = field(default_factory=dict)  # language -> "person" or "machine"


def measure_id(state: str, number: int) -> str:
    """The public identifier: ``FRA-M12``."""
    return f"{state}-M{number}"

"""A measure: a law or another instrument of a State, recorded once and cited from many fields."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cpi1540.foundation.messages import N_
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix.provisions import Provision
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


KIND_NAMES: Mapping[MeasureKind, str] = {
    MeasureKind.CONSTITUTION: N_("constitution"),
    MeasureKind.ACT: N_("act"),
    MeasureKind.DECREE: N_("decree"),
    MeasureKind.REGULATION: N_("regulation"),
    MeasureKind.POLICY: N_("policy"),
    MeasureKind.GUIDELINE: N_("guideline"),
    MeasureKind.PLAN: N_("plan"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A source document: a national report, a gazette, an official page.

    ``attachment`` is the SHA-256 of the file that is kept of it, ``attachment_name`` how the file was called.
    """

    symbol: str
    title: str = ""
    language: str | None = None
    url: str | None = None
    dated: PartialDate | None = None
    retrieved_on: datetime.date | None = None
    attachment: str | None = None
    attachment_name: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one State. ``titles`` has the original title under ``original_language`` and translations;
    ``number`` is None until it is recorded, then the public identifier is ``FRA-M12``. ``outdated`` are the
    languages whose translation was made before the original title last changed.
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
    provisions: tuple[Provision, ...] = ()
    outdated: frozenset[str] = frozenset()
    revision: int = 0


def measure_id(state: str, number: int) -> str:
    """The public identifier: ``FRA-M12``."""
    return f"{state}-M{number}"


def measure_number(state: str, identifier: str) -> int | None:
    """The number in a public identifier of that State; None for anything else."""
    prefix, _, number = identifier.partition("-M")
    return whole_number(number, digits=6) if prefix == state else None

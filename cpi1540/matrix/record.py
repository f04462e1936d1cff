"""What a matrix records: codes, their basis and sources, versions and their standing, differences."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What a reviewer wrote in a field. None, in place of a Code, means that nobody has looked yet."""

    FOUND = "X"
    INCOMPLETE = "?"
    NOT_APPLICABLE = "NA"
    BLANK = ""


# Codes as numbers, for arrays of States x fields. Order means nothing.
NUMBER_OF: Mapping[Code | None, int] = {
    None: 0,
    Code.BLANK: 1,
    Code.INCOMPLETE: 2,
    Code.FOUND: 3,
    Code.NOT_APPLICABLE: 4,
}
UNREVIEWED, BLANK, INCOMPLETE, FOUND, NOT_APPLICABLE = range(5)


class Basis(StrEnum):
    """What an X rests on: the State says so, or a reference was found."""

    ASSERTED = "asserted"
    REFERENCE = "reference"


class Origin(StrEnum):
    """Whose matrix a version is."""

    COMMITTEE = "committee"
    STATE = "state"
    OFFICE = "office"
    REFERENCE = "reference"


class Status(StrEnum):
    """How far a version has come. "Superseded" is derived from later approvals, never stored."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    WITH_STATE = "with-state"
    AGREED = "agreed"
    APPROVED = "approved"
    REFERENCE = "reference"


SEALED = (Status.APPROVED, Status.REFERENCE)
OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.WITH_STATE, Status.AGREED)


class Handling(StrEnum):
    """Who may see a thing, from everybody to the office alone."""

    PUBLIC = "public"
    STATES = "states"
    RESTRICTED = "restricted"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Statement:
    """A source text made from data, kept as a code and its values so that it can be said in any language.

    ``matrix.messages`` has the sentence for each code. Values are text, and dates as ISO text.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One source of an entry: a cited measure with its pinpoint, or a text, or a derived statement.

    ``measure`` is a public identifier (``FRA-M12``). ``as_of`` is the date of what the source rests on.
    """

    text: str = ""
    language: str | None = None
    measure: str | None = None
    pinpoint: str | None = None
    url: str | None = None
    statement: Statement | None = None
    as_of: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one field of one version records. ``code`` None: not reviewed."""

    code: Code | None = None
    basis: Basis | None = None
    sources: tuple[Source, ...] = ()
    remarks: str = ""
    remarks_language: str | None = None


NOT_REVIEWED = Entry()


def option_of(entry: Entry) -> str:
    """The entry's code as one choice of a control: X, XA (asserted by the State), ?, NA, "" blank, - not reviewed."""
    if entry.code is None:
        return "-"
    return "XA" if entry.code is Code.FOUND and entry.basis is Basis.ASSERTED else entry.code.value


def read_option(text: str) -> tuple[Code | None, Basis | None]:
    """The code and basis of such a choice; ValueError for anything else."""
    if text == "-":
        return None, None
    if text == "XA":
        return Code.FOUND, Basis.ASSERTED
    code = Code(text)
    return code, Basis.REFERENCE if code is Code.FOUND else None


OPTIONS = ("X", "XA", "?", "NA", "", "-")


@dataclass(frozen=True, slots=True)
class Version:
    """The head of one version of one State's matrix. ``id`` is the stored row's key, never shown."""

    id: int
    state: str
    number: int
    layout: str
    origin: Origin
    status: Status
    handling: Handling
    practice: bool
    as_of: datetime.date | None
    approved_on: datetime.date | None = None
    symbol: str | None = None
    revision: int = 0
    based_on: int | None = None
    recorded_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A version with all its entries, by field key; complete over the layout."""

    version: Version
    entries: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two records; None stands for a field not in that layout."""

    field: str
    before: Entry | None
    after: Entry | None


def differences(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> tuple[Change, ...]:
    """Every field whose code, basis, sources or remarks differ, in the order of ``before``, then of ``after``."""
    keys = list(before) + [key for key in after if key not in before]
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return tuple(Change(key, old, new) for key, old, new in pairs if old != new)

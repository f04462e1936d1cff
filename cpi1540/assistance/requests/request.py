"""Requests for assistance and their numbered needs, as documents and people give them."""

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.assistance.procedure.course import Course, History, Recorded, follow
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Domain, Layout
from cpi1540.matrix.record import Handling

_REQUEST = re.compile(r"(X?)R-(\d{4})-(\d{3,6})")


class Channel(StrEnum):
    """How a request reached the Committee. ``PORTAL``: the focal point entered it here, ahead of any note."""

    NOTE_VERBALE = "note-verbale"
    MEMORANDUM = "memorandum"
    TEMPLATE = "template"
    NATIONAL_REPORT = "national-report"
    REFERRAL = "referral"
    VISIT = "visit"
    PORTAL = "portal"
    OTHER = "other"
    NOT_RECORDED = "not-recorded"  # of requests known from the past


class Kind(StrEnum):
    """What kind of assistance a need asks for."""

    LEGISLATIVE_DRAFTING = "legislative-drafting"
    REGULATORY = "regulatory"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    TECHNICAL = "technical"
    ACTION_PLAN = "action-plan"
    REPORTING = "reporting"
    FUNDING = "funding"
    NOT_RECORDED = "not-recorded"  # of requests known from the past, where the source does not say it plainly


class Priority(StrEnum):
    """How pressing the requester says a need is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Consent(StrEnum):
    """Whether the requester agreed that a summary is published."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not-asked"


class Status(StrEnum):
    """How a request stands. Historical ones are known from the past: no clock, neither open nor unmatched."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    HISTORICAL = "historical"


class NeedStatus(StrEnum):
    """How far one need has come."""

    OPEN = "open"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_DELIVERY = "in-delivery"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks: one State, several (their codes), or a regional organization by its name."""

    states: tuple[str, ...] = ()
    organization: str | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language, made by a "person" or a "machine"; stale when the original changed since.

    ``need`` is the number of the need whose objective it is, 0 for the request; ``part`` is "title", "text" or
    "objective".
    """

    need: int
    part: str
    language: str
    text: str
    made_by: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A file kept with a request; ``digest`` is the SHA-256 it is found by."""

    name: str
    digest: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class NeedValues:
    """What is entered of a need. ``fields`` are those of the matrix it would close, in printed order.

    Texts are in the request's language; ``languages`` are those in which the assistance can be given.
    """

    kind: Kind
    fields: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()
    objective: str = ""
    beneficiaries: str = ""
    in_place: str = ""
    own_contribution: str = ""
    languages: tuple[str, ...] = ()
    priority: Priority | None = None
    time_frame: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One numbered need of a request, found by ``R-2026-014/2``. ``added_on`` None: it came with the request."""

    id: str
    number: int
    values: NeedValues
    status: NeedStatus = NeedStatus.OPEN
    added_on: datetime.date | None = None
    withdrawn_on: datetime.date | None = None

    def stood(self, on: datetime.date) -> bool:
        """Whether it was asked and not withdrawn on a day; of a need withdrawn nobody knows when, never."""
        if self.added_on is not None and on < self.added_on:
            return False
        if self.status is not NeedStatus.WITHDRAWN:
            return True
        return self.withdrawn_on is not None and on < self.withdrawn_on


@dataclass(frozen=True, slots=True)
class RequestValues:
    """What is entered of a request. ``formal`` None: not known. ``contact`` is shown to the office alone.

    ``most_needs`` is how many of its needs may be met at a time; None: all of them.
    """

    requester: Requester
    channel: Channel
    formal: bool | None
    date: PartialDate | None
    language: str
    title: str
    text: str = ""
    contact: str = ""
    consent: Consent = Consent.NOT_ASKED
    consent_on: datetime.date | None = None
    handling: Handling = Handling.RESTRICTED
    source: str = ""
    most_needs: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as recorded. ``acts``, ``papers`` and ``translations`` are filled when one request is read."""

    id: str
    values: RequestValues
    status: Status
    course: Course
    needs: tuple[Need, ...]
    revision: int
    registered_at: datetime.datetime
    translations: tuple[Translation, ...] = ()
    acts: tuple[Recorded, ...] = ()
    papers: tuple[Paper, ...] = ()

    @property
    def submitted(self) -> bool:
        """Whether a focal point entered it and its note verbale is still awaited."""
        return is_submitted(self.values)


@dataclass(frozen=True, slots=True)
class Prefilled:
    """Values to begin a form with: the request's own and its needs'."""

    values: RequestValues
    needs: tuple[NeedValues, ...]


def is_submitted(values: RequestValues) -> bool:
    """Whether these are the values of an entry made by a focal point, ahead of its note verbale."""
    return values.channel is Channel.PORTAL and not values.formal


def history_of(request: Request) -> History:
    """What the acts of a request tell, one that was read by itself; of one from the past, nothing."""
    if request.status is Status.HISTORICAL:
        return History()
    began = request.values.date.first_day if request.values.date else None
    return follow(request.acts, began, formal=request.values.formal, submitted=request.submitted)


def request_id(practice: bool, year: int, number: int) -> str:
    """``R-2026-014``; ``XR-`` in the practice record; year 0 for a request without a date."""
    return f"{'X' if practice else ''}R-{year:04}-{number:03}"


def need_id(request: str, number: int) -> str:
    """``R-2026-014/2``."""
    return f"{request}/{number}"


def parse_id(text: str) -> tuple[bool, int, int] | None:
    """(practice, year, number) of a request's identifier; None for anything else."""
    found = _REQUEST.fullmatch(text)
    if found is None:
        return None
    parsed = bool(found[1]), int(found[2]), int(found[3])
    return parsed if request_id(*parsed) == text else None


def digest_of(text: str) -> str:
    """What a translation keeps of its original, to know when that changes."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_translations(translations: Iterable[Translation]) -> str:
    """What a form of translations was read at."""
    return digest_of("\n".join(sorted(f"{each.need} {each.part} {each.language} {each.text}" for each in translations)))


def in_printed_order(fields: Iterable[str], layout: Layout) -> tuple[str, ...]:
    """The fields that the layout knows, each once, as it prints them."""
    return tuple(sorted({key for key in fields if key in layout.positions}, key=layout.positions.__getitem__))


def fields_of(keys: Iterable[str], layout: Layout, domains: Iterable[Domain] = ()) -> tuple[str, ...]:
    """The fields that keys of fields and of rows (``op3cd.transit``) name, in printed order.

    A row stands for its fields in ``domains``, in every domain when none is named; unknown keys are left out.
    """
    wanted, chosen = set(keys), frozenset(domains)
    rows = {
        field.key
        for field in layout.fields
        if f"{field.section}.{field.row}" in wanted and (field.domain is None or not chosen or field.domain in chosen)
    }
    return in_printed_order(rows | wanted, layout)


def fields_chosen(keys: Iterable[str], layout: Layout) -> tuple[str, ...]:
    """As ``fields_of``, and after them the keys that the layout does not know, for the rules to name as faults."""
    chosen = tuple(dict.fromkeys(keys))
    return fields_of(chosen, layout) + tuple(key for key in chosen if not fields_of([key], layout))


def domains_of(fields: Iterable[str], layout: Layout) -> tuple[Domain, ...]:
    """The weapon domains that the fields speak of."""
    found = {layout.field(key).domain for key in fields if key in layout.positions}
    return tuple(domain for domain in Domain if domain in found)

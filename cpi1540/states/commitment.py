"""The register of commitments: what is recorded of a State, dated and sourced. What is not recorded is unknown.

A record is a fact with its source, never a judgement, and the absence of one says nothing about the State: lists and
figures call it "not recorded".
"""

import calendar
import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.problems import Problem
from cpi1540.states.commitment_kind import KINDS, CommitmentKind, ValueForm, spelled
from cpi1540.states.instruments import Action
from cpi1540.states.staleness import is_stale


class Handling(StrEnum):
    """Who may read a record: everybody, or the office alone."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Confidence(StrEnum):
    """Whether the document was seen, or the fact is remembered and so provisional."""

    SEEN = "seen"
    REMEMBERED = "remembered"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One record about a State, as its source gives it on ``as_of`` (None where the source's date is not known).

    ``id`` ("FRA-C12") is None for a record of the reference data and for one that is not recorded yet; ``revises``
    is the id of the record that this one takes the place of. ``actions`` are the dated acts that a membership of
    the reference data follows from, and ``suspended`` the date since which it is suspended.
    """

    state: str
    kind: str
    source: str
    as_of: datetime.date | None
    value: str = ""
    date: PartialDate | None = None
    authority: str = ""
    url: str = ""
    note: str = ""
    handling: Handling = Handling.PUBLIC
    confidence: Confidence = Confidence.SEEN
    ended: PartialDate | None = None
    revises: str | None = None
    id: str | None = None
    revision: int = 0
    actions: tuple[Action, ...] = ()
    suspended: PartialDate | None = None

    @property
    def about(self) -> CommitmentKind:
        """What kind of commitment it is."""
        return KINDS[self.kind]

    @property
    def key(self) -> tuple[str, ...]:
        """What tells two records of a State apart, whoever numbered them."""
        return (self.kind, self.value, str(self.date or ""), self.authority.casefold(), self.revises or "")

    def stale(self, today: datetime.date) -> bool:
        """Whether its source is too old to rest on; what ended is history and does not age."""
        if self.as_of is None or self.ended is not None:
            return False
        return is_stale(self.as_of, today, self.about.stale_months)

    def for_the_public(self) -> "Commitment | None":
        """What of it everybody may read: None for an internal record; a point of contact without its details."""
        if self.handling is Handling.INTERNAL:
            return None
        return replace(self, authority="", note="") if self.about.details_internal else self


PARTS = (
    "kind",
    "value",
    "date",
    "authority",
    "source",
    "url",
    "as_of",
    "note",
    "handling",
    "confidence",
    "ended",
    "revises",
)
_ID = re.compile(r"([A-Z]{3})-C([1-9][0-9]{0,5})")
_ADDRESS = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)
# A file may name a record that the register has not seen yet, up to this number: the numbers that identifiers can hold
# beyond it are for the records that follow.
LARGEST_NAMED = 99_999
LENGTHS = {"value": 200, "authority": 200, "source": 500, "url": 500, "note": 2000}


def commitment_id(state: str, number: int) -> str:
    """The public identifier of the record with that number: ``FRA-C12``."""
    return f"{state}-C{number}"


def commitment_number(identifier: str, state: str) -> int | None:
    """The number in an identifier of that State's; None when it is none."""
    found = _ID.fullmatch(identifier)
    return int(found[2]) if found and found[1] == state else None


def standing(records: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Those that stand now: not ended, and no other record takes their place."""
    listed = tuple(records)
    replaced = {record.revises for record in listed}
    return tuple(record for record in listed if record.ended is None and (not record.id or record.id not in replaced))


def as_of_day(records: Iterable[Commitment], on: datetime.date) -> tuple[Commitment, ...]:
    """The records as they were on a day: those dated later are not there yet, and what ended later had not ended.

    A record without a date counts from the day of its source; one without either is always there.
    """
    found = []
    for record in records:
        began = record.date.first_day if record.date else record.as_of
        if began is not None and began > on:
            continue
        ends_later = record.ended is not None and record.ended.first_day > on
        found.append(replace(record, ended=None) if ends_later else record)
    return tuple(found)


def recorded_for(records: Mapping[str, Sequence[Commitment]], kind: str | None = None) -> int:
    """For how many States something stands, of one kind or of any: the n of "recorded for n of N States"."""
    return sum(any(kind in (None, each.kind) for each in standing(listed)) for listed in records.values())


def differing(before: Commitment, after: Commitment) -> tuple[str, ...]:
    """The parts in which two records differ, in their order."""
    return tuple(part for part in PARTS if getattr(before, part) != getattr(after, part))


def faults(record: Commitment, today: datetime.date) -> list[Problem]:
    """What is wrong with one record by itself; ``where`` is the part. Nothing is when the list is empty."""
    kind = KINDS.get(record.kind)
    if kind is None:
        return [Problem("unknown-kind", "kind", {"found": record.kind})]
    if kind.read_only:
        return [Problem("read-only-kind", "kind", {"found": record.kind})]
    found = [
        Problem("too-long", part, {"n": longest})
        for part, longest in LENGTHS.items()
        if len(getattr(record, part)) > longest
    ]
    if spelled(kind, record.value) != record.value:
        found.append(_value_fault(kind, record.value))
    if record.authority and kind.authority is None:
        found.append(Problem("no-authority-here", "authority"))
    if kind.needs_authority and not record.authority:
        found.append(Problem("no-authority", "authority"))
    if not record.source:
        found.append(Problem("no-source", "source"))
    if record.url and not _ADDRESS.fullmatch(record.url):
        found.append(Problem("no-address", "url"))
    if record.revises and not kind.revisable:
        found.append(Problem("not-revisable", "revises"))
    return found + _date_faults(record, today)


def _value_fault(kind: CommitmentKind, value: str) -> Problem:
    if kind.value is ValueForm.NONE:
        return Problem("no-value-here", "value")
    if not value:
        return Problem("no-value", "value")
    code = {ValueForm.LISTED: "unlisted-value", ValueForm.NUMBER: "no-number"}.get(kind.value, "no-resolution")
    return Problem(code, "value", {"found": value, "known": ", ".join(kind.values)})


def _date_faults(record: Commitment, today: datetime.date) -> list[Problem]:
    if record.as_of is None:
        return [Problem("no-as-of", "as_of")]
    days = {
        "date": record.date.first_day if record.date else None,
        "as_of": record.as_of,
        "ended": record.ended.first_day if record.ended else None,
    }
    found = [Problem("in-the-future", part) for part, day in days.items() if day is not None and day > today]
    if found:
        return found
    for part, day in days.items():
        if day is not None and day > record.as_of:
            found.append(Problem("after-its-source", part))
    if record.date and record.ended and _last_day(record.ended) < record.date.first_day:
        found.append(Problem("ended-before", "ended"))
    return found


def _last_day(date: PartialDate) -> datetime.date:
    """The last day the date can mean."""
    if date.day:
        return date.first_day
    month = date.month or 12
    return datetime.date(date.year, month, calendar.monthrange(date.year, month)[1])


def faults_together(records: Sequence[Commitment]) -> list[tuple[Commitment, Problem]]:
    """What is wrong with the records of one State beside each other: each fault with the record it is of."""
    known = {record.id: record for record in records if record.id}
    found: list[tuple[Commitment, Problem]] = []
    seen: dict[tuple[str, ...], Commitment] = {}
    rounds: dict[str, bool] = {}
    for record in records:
        earlier = seen.setdefault(record.key, record)
        if earlier is not record:
            found.append((record, Problem("recorded-already", "kind", {"found": earlier.id or ""})))
        if record.revises:
            revised = known.get(record.revises)
            if revised is None or revised.kind != record.kind:
                found.append((record, Problem("unknown-revised", "revises", {"found": record.revises})))
            elif _goes_round(record, known, rounds):
                found.append((record, Problem("revises-itself", "revises", {"found": record.revises})))
    alone: dict[str, Commitment] = {}
    for record in standing(records):
        earlier = alone.setdefault(record.kind, record)
        if earlier is not record and not record.about.several:
            found.append((record, Problem("stands-already", "kind", {"found": earlier.id or ""})))
    return found


def _goes_round(record: Commitment, known: Mapping[str, Commitment], told: dict[str, bool]) -> bool:
    """Whether following what a record revises comes to one record twice. ``told`` keeps the answers by identifier, so
    that thousands of records that revise each other in turn are followed once, not once each.
    """
    passed = {record.id or ""}
    behind = record.revises
    while behind is not None and behind in known and behind not in passed and behind not in told:
        passed.add(behind)
        behind = known[behind].revises
    answer = told.get(behind, behind in passed) if behind is not None else False
    told.update(dict.fromkeys(passed, answer))
    return answer

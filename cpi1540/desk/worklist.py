"""What waits for a person: one thing a line, the most urgent first."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.foundation.messages import N_, Sentence


class Kind(StrEnum):
    """What kind of thing waits."""

    DUE = "due"
    REQUESTS = "requests"
    PROPOSALS = "proposals"
    COMMENTS = "comments"
    DRAFTS = "drafts"
    IMPORTS = "imports"
    STALE = "stale"
    NOT_REVIEWED = "not-reviewed"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.DUE: N_("Dates due"),
    Kind.REQUESTS: N_("Requests for assistance"),
    Kind.PROPOSALS: N_("Proposals"),
    Kind.COMMENTS: N_("Comments"),
    Kind.DRAFTS: N_("Drafts waiting"),
    Kind.IMPORTS: N_("Imports"),
    Kind.STALE: N_("Stale sources"),
    Kind.NOT_REVIEWED: N_("Not reviewed"),
}
# What somebody waits for; the others are conditions of the record that stay until somebody finds the time.
ASKED_FOR = (Kind.DUE, Kind.REQUESTS, Kind.PROPOSALS, Kind.COMMENTS, Kind.DRAFTS, Kind.IMPORTS)


class Urgency(StrEnum):
    """How soon."""

    NOW = "now"
    WEEK = "week"
    LATER = "later"
    NO_DATE = "no-date"


URGENCY_NAMES: Mapping[Urgency, str] = {
    Urgency.NOW: N_("Overdue and today"),
    Urgency.WEEK: N_("Within a week"),
    Urgency.LATER: N_("Later"),
    Urgency.NO_DATE: N_("No date"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. ``state`` None: it is about many States. ``since`` is when it began to wait."""

    kind: Kind
    state: str | None
    what: Sentence
    endpoint: str
    values: Mapping[str, object]
    detail: Sentence | None = None
    due: datetime.date | None = None
    since: datetime.datetime | None = None


def urgency(item: Item, today: datetime.date) -> Urgency:
    """How soon an item must be done, counted from ``today``."""
    if item.due is None:
        return Urgency.NO_DATE
    if item.due <= today:
        return Urgency.NOW
    return Urgency.WEEK if item.due <= today + datetime.timedelta(days=7) else Urgency.LATER


def ordered(items: Iterable[Item]) -> list[Item]:
    """By due date, those without one last; then by kind, by how long they wait, by State."""
    kinds = list(Kind)

    def place(item: Item) -> tuple[object, ...]:
        return (
            item.due is None,
            item.due or datetime.date.max,
            kinds.index(item.kind),
            item.since.isoformat() if item.since else "9",
            item.state or "",
        )

    return sorted(items, key=place)  # type: ignore[arg-type]


def grouped(items: Iterable[Item], today: datetime.date) -> list[tuple[Urgency, list[Item]]]:
    """The items under their urgency, most urgent first; empty ones are left out."""
    listed = ordered(items)
    groups = [(each, [item for item in listed if urgency(item, today) is each]) for each in Urgency]
    return [(each, found) for each, found in groups if found]

"""The history of the record as its pages and files show it: what was asked for, and each change taken apart."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cpi1540.matrix.layout import Domain, Layout, Shape

# Parts of a change that stand in the audit as a hash, or count saves: they tell a reader nothing.
HASHED = frozenset({"text", "reason", "digest", "file", "save"})
DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """How a history is narrowed: by actor, action, field and days, both included; ``before`` is the event after
    which the page begins.
    """

    actor: str | None = None
    action: str | None = None
    field: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    before: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the page was asked for."""
        return any((self.actor, self.action, self.field, self.since, self.until))


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One change of an event. ``before`` and ``after`` are options of a code ("X", "", "-" not reviewed), None
    where the change says nothing of them; ``details`` are its other parts, by name.
    """

    field: str | None
    before: str | None
    after: str | None
    details: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing of it can be shown."""
        return self.field is None and not self.details


@dataclass(frozen=True, slots=True)
class EventShown:
    """One event as a page shows it. ``version`` is the number of the version it is about, where it is."""

    id: int
    at: datetime.datetime
    actor: str
    action: str
    subjects: tuple[tuple[str, str], ...]
    version: int | None
    changes: tuple[ChangeShown, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of a history: its events, what can be chosen, and the event after which the next page begins."""

    asked: Asked
    events: tuple[EventShown, ...]
    actions: tuple[str, ...]
    actors: tuple[str, ...]
    names: Mapping[str, str]
    older: int | None


def change_shown(change: Mapping[str, Any]) -> ChangeShown:
    """Take a change apart. With a field, "from" and "to" are its codes; without one they are details."""
    parts = {key: value for key, value in change.items() if key not in HASHED and not _is_digest(value)}
    field = parts.pop("field", None)
    before = after = None
    if field is not None:
        whole = "from" in parts
        before, after = parts.pop("from", None), parts.pop("to", None)
        before = ("-" if before is None else str(before)) if whole else None
        after = ("-" if after is None else str(after)) if whole or after is not None else None
    details = tuple((key, str(value)) for key, value in parts.items() if value not in (None, "", [], {}))
    return ChangeShown(None if field is None else str(field), before, after, details)


def subject_parts(subject: str) -> tuple[str, str]:
    """The kind and the name in a subject: ("version", "FRA/3")."""
    kind, _colon, name = subject.partition(":")
    return kind, name


def version_in(subjects: tuple[tuple[str, str], ...]) -> int | None:
    """The number of the version an event is about; None when it is about none, or about several."""
    numbers = [name.rpartition("/")[2] for kind, name in subjects if kind == "version"]
    return int(numbers[0]) if len(numbers) == 1 and numbers[0].isascii() and numbers[0].isdecimal() else None


def anchor(layout: Layout, key: str) -> tuple[str, str] | None:
    """The section of a field and the mark of its row on the section's page; None for a field not in the layout."""
    if key not in layout.positions:
        return None
    field = layout.field(key)
    if layout.section(field.section).shape is Shape.TABLES and isinstance(field.domain, Domain):
        return field.section, f"{field.domain.value}-{field.row}"
    return field.section, field.row


def _is_digest(value: object) -> bool:
    """Whether a value is the hash under which a free text stands in the audit: it tells a reader nothing."""
    return isinstance(value, str) and len(value) == DIGEST_LENGTH and not set(value) - set("0123456789abcdef")

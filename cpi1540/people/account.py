"""An account as administrators see it: who, with which roles and where, and how it stands."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How an account stands."""

    INVITED = "invited"
    ACTIVE = "active"
    LOCKED = "locked"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A role and its scope: "all", a regional group's code or a State's."""

    role: str
    scope: str


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account. ``actor`` is how the audit names the person."""

    actor: str
    sign_in_name: str
    name: str
    demo: bool
    standing: Standing
    held: tuple[Held, ...]
    seen_at: datetime.datetime | None


def standing(
    *, disabled: bool, password: bool, locked_until: datetime.datetime | None, now: datetime.datetime
) -> Standing:
    """How an account stands: disabled before invited, invited before locked."""
    if disabled:
        return Standing.DISABLED
    if not password:
        return Standing.INVITED
    return Standing.LOCKED if locked_until and locked_until > now else Standing.ACTIVE

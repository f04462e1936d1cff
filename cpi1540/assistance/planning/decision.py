"""Pairs on which the office decided, whatever a plan would choose."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.assistance.requests.request import need_id, parse_id


class DecisionKind(StrEnum):
    """What was decided of a pair."""

    LOCK = "lock"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair that stands in every plan, or in none, with the reason, its language, who decided and when."""

    need: str
    offer: str
    kind: DecisionKind
    reason: str
    language: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a need takes: person-days and US dollars, None where nobody has estimated it."""

    person_days: float | None = None
    budget: float | None = None


def parse_need_id(text: str) -> tuple[str, int] | None:
    """(request, number) of a need's identifier (``R-2026-014/2``); None for anything else."""
    request, _, number = text.rpartition("/")
    if parse_id(request) is None or not (number.isascii() and number.isdecimal() and len(number) < 5):
        return None
    return (request, int(number)) if need_id(request, int(number)) == text else None

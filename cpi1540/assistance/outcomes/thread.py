"""From field to outcome: a gap, the need that names it, the match, the delivery, and the code at the next version.

That a code changed after a delivery does not say that the delivery changed it.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, MatchStatus
from cpi1540.matrix.record import Code


class Outcome(StrEnum):
    """What became of a field that a delivered match was to close."""

    FOUND = "found"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A version that the Committee approved: its number, the day, the code of each field (None: not reviewed)."""

    number: int
    on: datetime.date
    codes: Mapping[str, Code | None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A match on the way from a need of one State to its result; ``delivered_on`` None while there is none."""

    match: str
    need: str
    offer: str
    provider: str
    status: MatchStatus
    fields: tuple[str, ...]
    delivered_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class FieldThread:
    """One field of one match. ``before`` is its code in the version that was in force on the day of delivery (while
    nothing is delivered, in the latest), ``after`` in the first version approved later; ``outcome`` None: not
    delivered.
    """

    field: str
    before: Code | None
    after: Code | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A match with what became of each field of its need, and the two versions that were compared (None: none)."""

    delivery: Delivery
    before: Reviewed | None
    after: Reviewed | None
    fields: tuple[FieldThread, ...]


@dataclass(frozen=True, slots=True)
class ThreadCounts:
    """How many fields stand in a need, have a match agreed, were delivered, and what became of the delivered ones.

    A field of two needs of one State counts once for each stage: for what has come farthest.
    """

    named: int = 0
    agreed: int = 0
    delivered: int = 0
    outcomes: Mapping[Outcome, int] | None = None

    def of(self, outcome: Outcome) -> int:
        """How many delivered fields came to that."""
        return (self.outcomes or {}).get(outcome, 0)


def thread(delivery: Delivery, versions: Sequence[Reviewed]) -> Thread:
    """The thread of one match; ``versions`` are those that the Committee approved, in any order.

    A version approved on the day of delivery counts as before it: its review had ended by then.
    """
    ordered = sorted(versions, key=lambda each: (each.on, each.number))
    day = delivery.delivered_on
    earlier = [each for each in ordered if day is None or each.on <= day]
    later = [each for each in ordered if day is not None and each.on > day]
    before, after = (earlier[-1] if earlier else None), (later[0] if later else None)
    fields = tuple(_field(key, before, after, delivered=day is not None) for key in delivery.fields)
    return Thread(delivery, before, after, fields)


def count(named: Iterable[str], threads: Iterable[Thread]) -> ThreadCounts:
    """Count the threads of one State; ``named`` are the fields of its needs, with a match or without.

    Where one field has several deliveries, the best of their outcomes counts.
    """
    agreed: set[str] = set()
    outcomes: dict[str, Outcome] = {}
    for each in threads:
        if each.delivery.status in AGREED_OR_LATER:
            agreed.update(field.field for field in each.fields)
        for field in each.fields:
            if field.outcome is not None:
                known = outcomes.get(field.field, field.outcome)
                outcomes[field.field] = min(known, field.outcome, key=_BEST_FIRST.index)
    totals = {outcome: sum(1 for each in outcomes.values() if each is outcome) for outcome in Outcome}
    return ThreadCounts(len(set(named) | agreed | set(outcomes)), len(agreed | set(outcomes)), len(outcomes), totals)


def together(counts: Iterable[ThreadCounts]) -> ThreadCounts:
    """The sum over several States."""
    listed = list(counts)
    return ThreadCounts(
        sum(each.named for each in listed),
        sum(each.agreed for each in listed),
        sum(each.delivered for each in listed),
        {outcome: sum(each.of(outcome) for each in listed) for outcome in Outcome},
    )


_BEST_FIRST = (Outcome.FOUND, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.NOT_YET)


def _field(key: str, before: Reviewed | None, after: Reviewed | None, *, delivered: bool) -> FieldThread:
    was = before.codes.get(key) if before else None
    if not delivered:
        return FieldThread(key, was, None, None)
    if after is None:
        return FieldThread(key, was, None, Outcome.NOT_YET)
    became = after.codes.get(key)
    if became is was:
        return FieldThread(key, was, became, Outcome.UNCHANGED)
    return FieldThread(key, was, became, Outcome.FOUND if became is Code.FOUND else Outcome.CHANGED)

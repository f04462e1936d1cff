"""Where two providers work on the same topic in the same State in the same quarter: to be brought together."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Work:
    """A match that is, or was, in delivery: whose, where, on which rows (``op3cd.transit``), from when until when."""

    match: str
    provider: str
    states: frozenset[str]
    rows: frozenset[str]
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two works of different providers in one State, the rows they share, and the quarters in which both went on."""

    state: str
    one: Work
    other: Work
    rows: tuple[str, ...]
    quarters: tuple[Quarter, ...]


def quarter_of(day: datetime.date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(first: datetime.date, last: datetime.date) -> tuple[Quarter, ...]:
    """The quarters from one day to another, both included; none when the last lies before the first."""
    begin, end = quarter_of(first), quarter_of(last)
    places = range(begin.year * 4 + begin.number - 1, end.year * 4 + end.number) if first <= last else ()
    return tuple(Quarter(place // 4, place % 4 + 1) for place in places)


def overlaps(works: Iterable[Work]) -> tuple[Overlap, ...]:
    """Every pair of works of two providers that share a State, a row and a quarter; latest first, then by State.

    Two works of one provider never overlap: it knows of both.
    """
    by_state: dict[str, list[Work]] = {}
    for work in sorted(works, key=lambda each: each.match):
        for state in sorted(work.states):
            by_state.setdefault(state, []).append(work)
    found = [
        Overlap(state, one, other, tuple(sorted(rows)), common)
        for state, here in by_state.items()
        for one, other in combinations(here, 2)
        if one.provider != other.provider and (rows := one.rows & other.rows) and (common := _common(one, other))
    ]
    return tuple(sorted(found, key=lambda each: (_latest_first(each), each.state, each.one.match, each.other.match)))


def _common(one: Work, other: Work) -> tuple[Quarter, ...]:
    theirs = frozenset(quarters(other.first, other.last))
    return tuple(each for each in quarters(one.first, one.last) if each in theirs)


def _latest_first(overlap: Overlap) -> tuple[int, int]:
    last = overlap.quarters[-1]
    return (-last.year, -last.number)

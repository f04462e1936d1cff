"""How many States belonged to an instrument, year by year, as their dated actions say."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cpi1540.states.instruments import JOINING, Action, Standing, standing

BELONGING = frozenset({Standing.PARTY, Standing.MEMBER})


@dataclass(frozen=True, slots=True)
class History:
    """One instrument: how many States belonged to it at the end of each of ``years``, of the last one on the day asked
    for; and how many had signed and did not belong. ``undated`` of those who belong bear no date of joining.
    """

    instrument: str
    years: tuple[int, ...]
    belonging: tuple[int, ...]
    signed: tuple[int, ...]
    undated: int


def histories(actions: Mapping[str, Sequence[Action]], codes: Iterable[str], on: datetime.date) -> tuple[History, ...]:
    """The histories of those of ``codes`` towards which a dated joining is recorded by that day, in their order, all
    over the same years: from the first dated action on.

    An act without a date counts from the day of its source.
    """
    known = {code: _known_by(actions, code, on) for code in codes}
    shown = {
        code: by_state
        for code, by_state in known.items()
        if any(act.kind in JOINING and act.date for acts in by_state.values() for act in acts)
    }
    first = min((_from(act).year for each in shown.values() for acts in each.values() for act in acts), default=on.year)
    years = tuple(range(first, on.year + 1))
    return tuple(_history(code, by_state, years, on) for code, by_state in shown.items())


def belong_to_all(actions: Mapping[str, Sequence[Action]], codes: Iterable[str], on: datetime.date) -> tuple[str, ...]:
    """The States that belong to every one of ``codes`` on a day, in the order of ``actions``."""
    wanted = list(codes)
    return tuple(
        state
        for state, acts in actions.items()
        if all(standing(_of(acts, code, on))[0] in BELONGING for code in wanted)
    )


def known_by(acts: Iterable[Action], on: datetime.date) -> list[Action]:
    """The acts that count on a day: dated by then or, where they bear no date, from a source that is dated by then."""
    return [act for act in acts if _from(act) <= on]


def _known_by(actions: Mapping[str, Sequence[Action]], code: str, on: datetime.date) -> dict[str, list[Action]]:
    found = {state: _of(acts, code, on) for state, acts in actions.items()}
    return {state: acts for state, acts in found.items() if acts}


def _of(acts: Iterable[Action], code: str, on: datetime.date) -> list[Action]:
    return known_by((act for act in acts if act.instrument == code), on)


def _from(act: Action) -> datetime.date:
    """The day from which an act counts."""
    return act.date.first_day if act.date else act.as_of


def _history(code: str, by_state: Mapping[str, Sequence[Action]], years: tuple[int, ...], on: datetime.date) -> History:
    belonging, signed = [0] * len(years), [0] * len(years)
    undated = 0
    for acts in by_state.values():
        # Standing changes only in years with an act.
        turns = sorted({_from(act).year for act in acts})
        for turn, until in zip(turns, [*turns[1:], on.year + 1], strict=True):
            day = min(datetime.date(turn, 12, 31), on)
            stands, act = standing([each for each in acts if _from(each) <= day])
            counts = belonging if stands in BELONGING else signed if stands is Standing.SIGNATORY else None
            if counts is not None:
                for place in range(turn - years[0], until - years[0]):
                    counts[place] += 1
        stands, act = standing(acts)
        undated += stands in BELONGING and act is not None and act.date is None
    return History(code, years, tuple(belonging), tuple(signed), undated)

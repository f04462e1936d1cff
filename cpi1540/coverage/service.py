"""Figures and gaps from the record: which versions count, their codes, and the rules applied to them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage import figures
from cpi1540.coverage import gaps as rules
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.status_table import Codes, StatusTable
from cpi1540.coverage.status_table import status_table as table_of
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import NUMBER_OF, UNREVIEWED, Matrix, Version
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the record as of a day (None: today), drafts instead of effective versions, a profile."""

    as_of: datetime.date | None = None
    draft: bool = False
    profile: str = "equal"
    narrowing: Narrowing = EVERYTHING

    @property
    def on(self) -> datetime.date:
        """The day asked for."""
        return self.as_of or today()


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures, with what they rest on: the version of each State that has one, the profile, the day."""

    figures: figures.Coverage
    versions: Mapping[str, Version]
    profile: Profile
    as_of: datetime.date


@dataclass(frozen=True, slots=True)
class StateGaps:
    """A State's gaps, with the version they were read from; None when it has none."""

    state: str
    version: Version | None
    gaps: rules.GapList
    profile: Profile
    as_of: datetime.date


def status_table(
    states: Sequence[State], before: datetime.date, after: datetime.date, narrowing: Narrowing = EVERYTHING
) -> StatusTable:
    """For each field, how many of ``states`` have measures recorded on two days, by their effective versions."""

    def blocks(day: datetime.date) -> list[Codes]:
        chosen = list(versions.effective(states, day).values())
        return [(each.layout, each.numbers) for each in reading.codes(chosen)]

    return table_of(layouts.layout(), blocks(before), blocks(after), len(states), narrowing)


def coverage(
    states: Sequence[State],
    question: Question,
    actor: Actor,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Answer:
    """The figures of ``states``, of each of ``groups`` (code -> State codes), and of all together.

    A State without a version counts with the default layout, nothing reviewed.
    """
    profile = profile_named(question.profile)
    chosen = _versions(states, question, actor)
    tallies = [
        figures.tally(
            [version.state for version in block.versions],
            block.numbers,
            block.layout,
            profile,
            question.narrowing,
        )
        for block in reading.codes([chosen[state.code] for state in states if state.code in chosen])
    ]
    without = [state.code for state in states if state.code not in chosen]
    if without or not tallies:
        printed = layouts.layout()
        nothing = np.zeros((len(without), len(printed.fields)), np.int8)
        tallies.append(figures.tally(without, nothing, printed, profile, question.narrowing))
    return Answer(figures.coverage(tallies, groups or {}, profile.min_reviewed), chosen, profile, question.on)


def gaps(state: State, question: Question, actor: Actor) -> StateGaps:
    """The gaps of one State, and the counted fields outside OP 1 that are not reviewed."""
    profile = profile_named(question.profile)
    version = _versions([state], question, actor).get(state.code)
    entries = reading.matrix(version).entries if version else {}
    printed = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    return StateGaps(state.code, version, rules.gaps(printed, entries, profile), profile, question.on)


def figures_of(state: State, matrix: Matrix | None, layout: Layout) -> figures.SectionFigures:
    """One State's figures from a matrix already read, under equal weights; None: nothing reviewed."""
    entries = matrix.entries if matrix else {}
    numbers = [NUMBER_OF[entries[field.key].code] if field.key in entries else UNREVIEWED for field in layout.fields]
    tally = figures.tally([state.code], np.array([numbers], np.int8), layout, EQUAL)
    return figures.coverage([tally], {}, EQUAL.min_reviewed).all


def gaps_in(matrix: Matrix | None, layout: Layout) -> rules.GapList:
    """The gaps of a matrix already read, under equal weights; None: nothing reviewed."""
    return rules.gaps(layout, matrix.entries if matrix else {}, EQUAL)


def profile_named(name: str) -> Profile:
    """The profile of weights with that name; NotFound names those there are."""
    if name in (EQUAL.name, EQUAL.label):
        return EQUAL
    raise NotFound(
        sentence("There is no profile %(profile)s. There is: %(profiles)s.", profile=name, profiles=EQUAL.name)
    )


def _versions(states: Sequence[State], question: Question, actor: Actor) -> dict[str, Version]:
    if question.draft:
        return versions.newest(states, actor)
    return versions.effective(states, question.on)

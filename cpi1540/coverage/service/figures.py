"""Figures from the record: which versions count, their codes, and the rules applied to them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage import figures
from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.service import lenses, profiles
from cpi1540.foundation.access import Actor
from cpi1540.foundation.templating import today
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import NUMBER_OF, UNREVIEWED, Matrix, Version
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the record as of a day (None: today), drafts instead of effective versions, a profile by its
    name ("equal", or "equal/1"), and which fields: ``lens`` names one whose rows narrow ``narrowing`` further.
    """

    as_of: datetime.date | None = None
    draft: bool = False
    profile: str = "equal"
    narrowing: Narrowing = EVERYTHING
    lens: str | None = None

    @property
    def on(self) -> datetime.date:
        """The day asked for."""
        return self.as_of or today()

    @property
    def fields(self) -> Narrowing:
        """Which fields the question is about, those of the lens taken in; NotFound when there is no such lens."""
        if self.lens is None:
            return self.narrowing
        asked, rows = self.narrowing, lenses.find(self.lens).rows
        both = rows if asked.rows is None else asked.rows if rows is None else asked.rows & rows
        return Narrowing(asked.section, asked.domain, asked.aspect, both)


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures, with what they rest on: the version of each State that has one, the profile, the day."""

    figures: figures.Coverage
    versions: Mapping[str, Version]
    profile: Profile
    as_of: datetime.date


@dataclass(frozen=True, slots=True)
class ReadCodes:
    """The codes of all the States asked about, one block for each layout, and the versions they were read from."""

    versions: Mapping[str, Version]
    blocks: tuple[Block, ...]


def coverage(
    states: Sequence[State],
    question: Question,
    actor: Actor,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Answer:
    """The figures of ``states``, of each of ``groups`` (code -> State codes), and of all together."""
    profile = profiles.named(question.profile)
    narrowing = question.fields
    read = read_codes(states, question, actor)
    tallies = [figures.tally(each.states, each.codes, each.layout, profile, narrowing) for each in read.blocks]
    return Answer(figures.coverage(tallies, groups or {}, profile.min_reviewed), read.versions, profile, question.on)


def read_codes(states: Sequence[State], question: Question, actor: Actor) -> ReadCodes:
    """The codes of every State; one without a version has the default layout, nothing reviewed."""
    chosen = versions_for(states, question, actor)
    found = reading.codes([chosen[state.code] for state in states if state.code in chosen])
    blocks = [Block(tuple(version.state for version in each.versions), each.numbers, each.layout) for each in found]
    return ReadCodes(chosen, with_nothing_reviewed(states, chosen, blocks))


def with_nothing_reviewed(
    states: Sequence[State], chosen: Mapping[str, Version], blocks: Sequence[Block]
) -> tuple[Block, ...]:
    """``blocks`` with one more for the States without a version: the default layout, nothing reviewed."""
    without = tuple(state.code for state in states if state.code not in chosen)
    if blocks and not without:
        return tuple(blocks)
    printed = layouts.layout()
    return (*blocks, Block(without, np.zeros((len(without), len(printed.fields)), np.int8), printed))


def versions_for(states: Sequence[State], question: Question, actor: Actor) -> dict[str, Version]:
    """State code -> the version that the question is about; a State without one is left out."""
    if question.draft:
        return versions.newest(states, actor)
    return versions.effective(states, question.on)


def figures_of(
    state: State,
    matrix: Matrix | None,
    layout: Layout,
    profile: Profile = EQUAL,
    narrowing: Narrowing = EVERYTHING,
) -> figures.SectionFigures:
    """One State's figures from a matrix already read; None: nothing reviewed."""
    entries = matrix.entries if matrix else {}
    numbers = [NUMBER_OF[entries[field.key].code] if field.key in entries else UNREVIEWED for field in layout.fields]
    tally = figures.tally([state.code], np.array([numbers], np.int8), layout, profile, narrowing)
    return figures.coverage([tally], {}, profile.min_reviewed).all

"""How far figures of the record move, what moves them, and which States they cannot tell apart."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.coverage import figures
from cpi1540.coverage.breakdown import Block, layouts_of
from cpi1540.coverage.figures import Coverage, Figure, SectionFigures
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.service import profiles
from cpi1540.coverage.service.figures import Question, read_codes
from cpi1540.coverage.uncertainty import distinction
from cpi1540.coverage.uncertainty.bands import (
    DRAWS,
    SEED,
    Bands,
    Readable,
    SectionBands,
    bands,
    headline_draws,
    readable,
)
from cpi1540.coverage.uncertainty.distinction import RankRange
from cpi1540.coverage.uncertainty.sensitivity import Sensitivity, sensitivity
from cpi1540.foundation.access import Actor
from cpi1540.matrix.layout import Layout
from cpi1540.states import service as states
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Basis:
    """What figures and bands rest on. ``layouts`` are those in use."""

    profile: Profile
    layouts: tuple[Layout, ...]
    as_of: datetime.date
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Figures and their bands, of the same States and groups."""

    figures: Coverage
    bands: Bands
    basis: Basis


@dataclass(frozen=True, slots=True)
class StateUncertainty:
    """One State's figures and bands beside those of its regional group (all of its ``n_states`` States).

    ``sensitivity`` is None where the State has no figure. ``not_told_from`` are the codes of the States of the group
    that it cannot be told from, ``compared`` how many others have a figure. ``ranks`` has the ranges of the whole group
    where they were asked for, and is empty else.
    """

    figures: SectionFigures
    bands: SectionBands
    group: SectionFigures
    group_bands: SectionBands
    sensitivity: Sensitivity | None
    not_told_from: tuple[str, ...]
    compared: int
    ranks: Mapping[str, RankRange]
    basis: Basis


@dataclass(frozen=True, slots=True)
class StateSensitivity:
    """One State's figure and what moves it; None where it has no figure. Nothing is drawn: ``basis`` has no draws."""

    figure: Figure
    sensitivity: Sensitivity | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Read:
    """The States asked about with the whole regional group of each, which observed rates are made over."""

    blocks: Sequence[Block]
    summed: Readable
    profile: Profile

    def figures(self, of: Sequence[str], groups: Mapping[str, Sequence[str]], question: Question) -> Coverage:
        wanted = set(of)
        tallies = []
        for block in self.blocks:
            rows = [row for row, state in enumerate(block.states) if state in wanted]
            those = [block.states[row] for row in rows]
            tallies.append(figures.tally(those, block.codes[rows], block.layout, self.profile, question.fields))
        return figures.coverage(tallies, groups, self.profile.min_reviewed)


def uncertainty(
    among: Sequence[State],
    question: Question,
    actor: Actor,
    groups: Mapping[str, Sequence[str]] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    each: bool = True,
) -> Uncertainty:
    """The figures and bands of ``among``, of each of ``groups`` (code -> State codes), and of all together; without
    ``each``, no bands of the States one by one, which are most of the work.
    """
    read = _read(among, question, actor)
    chosen = [state.code for state in among]
    found = bands(read.summed.of(chosen), groups or {}, read.profile.concentration, draws, seed, each=each)
    return Uncertainty(read.figures(chosen, groups or {}, question), found, _basis(read, question, draws, seed))


def sensitivity_of(state: State, question: Question, actor: Actor, *, seed: int = SEED) -> StateSensitivity:
    """What moves one State's figure, without the bands around it."""
    read = _read([state], question, actor)
    found = sensitivity(read.summed.of([state.code]), read.profile.concentration, seed=seed)
    figure = read.figures([state.code], {}, question).states[state.code].total
    return StateSensitivity(figure, found, _basis(read, question, 0, seed))


def of_state(
    state: State, question: Question, actor: Actor, *, ranks: bool = False, draws: int = DRAWS, seed: int = SEED
) -> StateUncertainty:
    """One State within its regional group; its places there only with ``ranks``."""
    read = _read([state], question, actor)
    members, kappa = read.summed.states, read.profile.concentration
    counted = read.figures(members, {state.group: members}, question)
    found = bands(read.summed, {state.group: members}, kappa, draws, seed)
    drawn = headline_draws(read.summed, kappa, draws, seed)
    own = read.summed.of([state.code])
    return StateUncertainty(
        figures=counted.states[state.code],
        bands=found.states[state.code],
        group=counted.groups[state.group],
        group_bands=found.groups[state.group],
        sensitivity=sensitivity(own, kappa, seed=seed),
        not_told_from=distinction.not_told_from(state.code, members, drawn),
        compared=int(read.summed.has_figure.sum()) - bool(own.has_figure[0]),
        ranks=distinction.rank_ranges(members, drawn) if ranks else {},
        basis=_basis(read, question, draws, seed),
    )


def _read(among: Sequence[State], question: Question, actor: Actor) -> _Read:
    profile, wanted = profiles.named(question.profile), {state.group for state in among}
    practice = bool(among) and among[0].practice
    peers = [state for state in states.states(practice=practice) if state.group in wanted]
    blocks = read_codes(peers, question, actor).blocks
    group_of = {state.code: state.group for state in peers}
    return _Read(blocks, readable(blocks, group_of, profile, question.fields), profile)


def _basis(read: _Read, question: Question, draws: int, seed: int) -> Basis:
    return Basis(read.profile, layouts_of(read.blocks), question.on, draws, seed)

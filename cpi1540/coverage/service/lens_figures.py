"""A record under lenses: coverage, the gaps States have in common, parties to instruments, commitments."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.breakdown import Explained, Part, explained, layouts_of, parts
from cpi1540.coverage.figures import Figure, figure, tally_under
from cpi1540.coverage.gaps.common_gaps import CommonGap, common_gaps
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import HEADLINE, masks
from cpi1540.coverage.service import lenses, profiles
from cpi1540.coverage.service.figures import Question, read_codes
from cpi1540.foundation.access import Actor
from cpi1540.foundation.templating import today
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Layout
from cpi1540.states import commitment_records
from cpi1540.states import service as states
from cpi1540.states.commitment_kind import KINDS
from cpi1540.states.instrument_history import known_by
from cpi1540.states.instruments import Action, Instrument, Standing, standing
from cpi1540.states.pages import KindCount, StateCommitments, counts, state_commitments
from cpi1540.states.state import State

MOST_COMMON = 10
JOINED = (Standing.PARTY, Standing.MEMBER)


@dataclass(frozen=True, slots=True)
class Overview:
    """Each lens with the figure of the States under it, and what the figures rest on."""

    lines: tuple[tuple[Lens, Figure], ...]
    layouts: tuple[Layout, ...]
    profile: Profile
    as_of: datetime.date


@dataclass(frozen=True, slots=True)
class InstrumentCount:
    """How many States are parties or members, by tables the oldest of which is of ``as_of``; None: none is loaded."""

    instrument: Instrument
    n: int
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class UnderLens:
    """The States under one lens: name -> part -> figure, and what stands beside. ``n_states`` are those looked at.

    ``parts`` are the rows of the lens, or the sections for one over the whole matrix; last the sections that are
    never inside a total, where the lens has rows of them. ``instruments`` and ``commitments`` are as of the day
    asked for too.
    """

    lens: Lens
    figures: Mapping[str, Mapping[Part, Explained]]
    parts: tuple[Part, ...]
    common: tuple[CommonGap, ...]
    instruments: tuple[InstrumentCount, ...]
    commitments: tuple[KindCount, ...]
    n_states: int
    layouts: tuple[Layout, ...]
    profile: Profile
    as_of: datetime.date


@dataclass(frozen=True, slots=True)
class InstrumentStanding:
    """Where one State stands towards an instrument, and the act or listing that tells so; None: not recorded."""

    instrument: Instrument
    standing: Standing
    act: Action | None


def overview(among: Sequence[State], question: Question, actor: Actor) -> Overview:
    """The figure of ``among`` under each lens; the same number of queries for few lenses and for many."""
    profile, listed = profiles.named(question.profile), lenses.lenses()
    blocks = read_codes(among, question, actor).blocks
    tallies = [
        tally_under(
            block.states,
            block.codes,
            block.layout,
            profile,
            {lens.code: masks(block.layout, lens.narrowing())[HEADLINE] for lens in listed},
        )
        for block in blocks
    ]
    numbers = np.concatenate([each.counts for each in tallies])
    weights = np.concatenate([each.weights for each in tallies])
    lines = tuple(
        (lens, figure(numbers[:, place], weights[:, place], profile.min_reviewed)) for place, lens in enumerate(listed)
    )
    return Overview(lines, layouts_of(blocks), profile, question.on)


def under_lens(
    lens: Lens, among: Sequence[State], question: Question, actor: Actor, groups: Mapping[str, Sequence[str]]
) -> UnderLens:
    """The figures of ``groups`` (name -> codes of ``among``) under a lens that ``question`` names too."""
    profile, narrowing = profiles.named(question.profile), question.fields
    blocks = read_codes(among, question, actor).blocks
    found = parts(layouts_of(blocks), narrowing)
    rows = tuple(part for part in found if part.kind == "row")
    sections = tuple(part for part in found if part.kind == "section" and part.code in HEADLINE_SECTIONS)
    apart = tuple(part for part in found if part.kind == "section" and part.code not in HEADLINE_SECTIONS)
    shown = ((rows or sections) if lens.rows is not None else sections) + apart
    wanted = lens.commitments
    records = commitment_records.commitments_of(among, actor, wanted, on=question.on) if wanted else {}
    return UnderLens(
        lens,
        explained(blocks, shown, narrowing, profile, groups),
        shown,
        common_gaps(blocks, narrowing, MOST_COMMON),
        _instrument_counts(lens, among, question.on),
        tuple(each for each in counts(records, question.on) if each.kind.code in wanted),
        len(among),
        layouts_of(blocks),
        profile,
        question.on,
    )


def standings(lens: Lens, state: State) -> tuple[InstrumentStanding, ...]:
    """Where a State stands towards each instrument of a lens."""
    if not lens.instruments:
        return ()
    known, acts = states.instruments(), states.actions_of([state])[state.code]
    return tuple(
        InstrumentStanding(known[code], *standing(act for act in acts if act.instrument == code))
        for code in lens.instruments
        if code in known
    )


def commitments(lens: Lens, state: State, actor: Actor, on: datetime.date | None = None) -> StateCommitments | None:
    """What is recorded of a State of the kinds of a lens, with ``on`` as of that day; None for a lens without any."""
    kinds = [KINDS[code] for code in lens.commitments if code in KINDS]
    if not kinds:
        return None
    records = commitment_records.commitments_of([state], actor, lens.commitments, on=on)[state.code]
    return state_commitments(state, records, on or today(), kinds)


def _instrument_counts(lens: Lens, among: Sequence[State], on: datetime.date) -> tuple[InstrumentCount, ...]:
    if not lens.instruments:
        return ()
    joined = dict.fromkeys(lens.instruments, 0)
    oldest: dict[str, datetime.date] = {}
    for acts in states.actions_of(among).values():
        for code in lens.instruments:
            own = known_by((act for act in acts if act.instrument == code), on)
            joined[code] += standing(own)[0] in JOINED
            for act in own:
                oldest[code] = min(act.as_of, oldest.get(code, act.as_of))
    known = states.instruments()
    return tuple(
        InstrumentCount(known[code], joined[code], oldest.get(code)) for code in lens.instruments if code in known
    )

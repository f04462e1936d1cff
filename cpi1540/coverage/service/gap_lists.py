"""The gaps of a State, from the record: how pressing each is, and the actions that close them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cpi1540 import paths
from cpi1540.coverage.gaps import gap_list as rules
from cpi1540.coverage.gaps.applicability import Suggestion, suggestions
from cpi1540.coverage.gaps.circumstances import Circumstance, read_circumstances
from cpi1540.coverage.gaps.gap_action import Gain, GapAction, gains
from cpi1540.coverage.gaps.gap_action_json import read_actions, read_mandates
from cpi1540.coverage.gaps.priorities import NO_GROUND, Ground, Peers
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.service import lenses, profiles
from cpi1540.coverage.service.figures import Question, versions_for
from cpi1540.foundation.access import Actor
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, Matrix, Version
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states import service as states
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class StateGaps:
    """A State's gaps, with the version they were read from (None when it has none) and what they rest on.

    ``gains`` are the actions that close them. ``suggestions`` are the fields that may not apply. ``peers`` is how
    many other States of the regional group have a version on that day, of ``group_size``.
    """

    state: str
    version: Version | None
    layout: Layout
    gaps: rules.GapList
    gains: tuple[Gain, ...]
    suggestions: tuple[Suggestion, ...]
    profile: Profile
    lens: Lens | None
    as_of: datetime.date
    peers: int
    group_size: int


@lru_cache(maxsize=1)
def actions() -> tuple[GapAction, ...]:
    """The actions that come with the software, in their order."""
    return read_actions(paths.SEED / "actions", read_mandates(paths.SEED / "mandates.json"))


@lru_cache(maxsize=1)
def _circumstances() -> tuple[Circumstance, ...]:
    return read_circumstances(paths.SEED)


def gaps(state: State, question: Question, actor: Actor, *, beyond_lens: bool = False) -> StateGaps:
    """The gaps of one State, and the counted fields outside OP 1 that are not reviewed.

    With ``beyond_lens`` the lens asked for does not narrow the list: gaps outside it are listed too, and its
    factor tells them apart. The group is counted from the versions effective on the day, also where a draft of
    the State itself is asked for.
    """
    profile = profiles.named(question.profile)
    lens = lenses.find(question.lens) if question.lens else None
    narrowing = question.narrowing if beyond_lens else question.fields
    version = versions_for([state], question, actor).get(state.code)
    entries = reading.matrix(version).entries if version else {}
    printed = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    others = [each for each in states.states(practice=state.practice, group=state.group) if each.code != state.code]
    effective = versions.effective(others, question.on) if version else {}
    ground = Ground(_peers(effective), lens, date_of(version), question.on) if version else NO_GROUND
    found = rules.gaps(printed, entries, profile, ground, narrowing=narrowing, actions=actions())
    closed_by: dict[str, dict[str, float]] = {}
    for gap in found.gaps:
        closed_by.setdefault(gap.action or "", {})[gap.field] = gap.priority
    return StateGaps(
        state.code,
        version,
        printed,
        found,
        gains(printed, entries, closed_by, actions(), profile, narrowing),
        suggestions(printed, entries, [each for each in _circumstances() if each.code in profile.circumstances]),
        profile,
        lens,
        question.on,
        len(effective),
        len(others),
    )


def gaps_in(matrix: Matrix | None, layout: Layout) -> rules.GapList:
    """The gaps of a matrix already read, under equal weights and with nothing known beside it; None: no gap."""
    return rules.gaps(layout, matrix.entries if matrix else {}, EQUAL)


def _peers(effective: Mapping[str, Version]) -> dict[str, Peers]:
    """Field key -> how many of these versions are reviewed there and how many have X, whatever their layout."""
    found: dict[str, Peers] = {}
    for block in reading.codes(list(effective.values())):
        x = (block.numbers == FOUND).sum(axis=0).tolist()
        reviewed = np.isin(block.numbers, (FOUND, INCOMPLETE, BLANK)).sum(axis=0).tolist()
        for field, has, looked_at in zip(block.layout.fields, x, reviewed, strict=True):
            before = found.get(field.key, Peers(0, 0))
            found[field.key] = Peers(before.x + has, before.reviewed + looked_at)
    return found


def date_of(version: Version | None) -> datetime.date | None:
    """The day a version is of: its approval, else its as-of date, else when it was recorded."""
    if version is None:
        return None
    recorded = version.recorded_at.date() if version.recorded_at else None
    return version.approved_on or version.as_of or recorded

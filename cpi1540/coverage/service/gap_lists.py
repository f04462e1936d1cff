"""The gaps of a State, from the record."""

import datetime
from dataclasses import dataclass

from cpi1540.coverage import gaps as rules
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.service import profiles
from cpi1540.coverage.service.figures import Question, versions_for
from cpi1540.foundation.access import Actor
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import Matrix, Version
from cpi1540.matrix.service import layouts, reading
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class StateGaps:
    """A State's gaps, with the version they were read from; None when it has none."""

    state: str
    version: Version | None
    gaps: rules.GapList
    profile: Profile
    as_of: datetime.date


def gaps(state: State, question: Question, actor: Actor) -> StateGaps:
    """The gaps of one State, and the counted fields outside OP 1 that are not reviewed."""
    profile = profiles.named(question.profile)
    version = versions_for([state], question, actor).get(state.code)
    entries = reading.matrix(version).entries if version else {}
    printed = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    return StateGaps(state.code, version, rules.gaps(printed, entries, profile), profile, question.on)


def gaps_in(matrix: Matrix | None, layout: Layout) -> rules.GapList:
    """The gaps of a matrix already read, under equal weights; None: nothing reviewed."""
    return rules.gaps(layout, matrix.entries if matrix else {}, EQUAL)

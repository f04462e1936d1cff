"""Two States' records beside each other, from the record; for those who may see States beside each other."""

import datetime
from dataclasses import dataclass

from cpi1540.coverage import beside as rules
from cpi1540.coverage.actions import SEE_STATES_BEHIND
from cpi1540.coverage.beside import BesideTable, Side
from cpi1540.coverage.figures import SectionFigures
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.service import profiles
from cpi1540.coverage.service.figures import Question, versions_for
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import Field
from cpi1540.matrix.pages import section_tables
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts, reading, speaking
from cpi1540.matrix.service.speaking import Voice
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two: the State, its version that counts (None: it has none), its record, how its sources are said."""

    state: State
    version: Version | None
    side: Side
    voice: Voice


@dataclass(frozen=True, slots=True)
class Beside:
    """Both records and what they rest on; ``figures`` and ``differing`` are over the fields both layouts have."""

    one: Half
    other: Half
    figures: tuple[SectionFigures, SectionFigures]
    common: tuple[Field, ...]
    differing: tuple[Field, ...]
    left_out: int
    profile: Profile
    as_of: datetime.date


def beside(one: State, other: State, question: Question, actor: Actor) -> Beside:
    """The records of two States of one record; DomainError when they are the same, or of two records."""
    ensure(actor, SEE_STATES_BEHIND)
    if one.code == other.code:
        raise DomainError(sentence("Choose another State than %(state)s itself.", state=one.code))
    if one.practice != other.practice:
        raise DomainError(sentence("Member States and States of the practice record are never put together."))
    profile = profiles.named(question.profile)
    chosen = versions_for([one, other], question, actor)
    first, second = (_half(state, chosen.get(state.code)) for state in (one, other))
    return Beside(
        first,
        second,
        rules.figures_beside(first.side, second.side, profile),
        rules.common_fields(first.side, second.side),
        rules.differing(first.side, second.side),
        rules.left_out(first.side, second.side),
        profile,
        question.on,
    )


def tables(found: Beside, section: str, *, only_differing: bool) -> tuple[BesideTable, ...]:
    """The printed tables of one section of both; none where a layout does not have it."""
    printed = [
        section_tables(each, half.side.entries, half.voice.say, half.voice.is_stale)
        for half in (found.one, found.other)
        for each in half.side.layout.sections
        if each.code == section
    ]
    if len(printed) < len((found.one, found.other)):
        return ()
    return rules.tables_beside(printed[0], printed[1], found.differing, only_differing=only_differing)


def _half(state: State, version: Version | None) -> Half:
    entries = reading.matrix(version).entries if version else {}
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    return Half(state, version, Side(state.code, layout, entries), speaking.voice(state, version, entries.values()))

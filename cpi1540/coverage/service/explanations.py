"""Figures with all that explains them: what they are made of, and what that rests on."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.coverage.breakdown import Explained, Part, explained, layouts_of, parts
from cpi1540.coverage.field_table import FieldRow, field_table
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.reliability import Reliability
from cpi1540.coverage.service import profiles
from cpi1540.coverage.service.figures import Question, read_codes
from cpi1540.coverage.service.reliabilities import reliabilities
from cpi1540.foundation.access import Actor
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts, measures, reading
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Explanation:
    """Name -> part -> figure, name -> reliability, and what both rest on. ``layouts`` are those in use."""

    figures: Mapping[str, Mapping[Part, Explained]]
    reliability: Mapping[str, Reliability]
    parts: tuple[Part, ...]
    versions: Mapping[str, Version]
    layouts: tuple[Layout, ...]
    profile: Profile
    question: Question

    @property
    def as_of(self) -> datetime.date:
        """The day asked for."""
        return self.question.on


def explain(
    states: Sequence[State], question: Question, actor: Actor, groups: Mapping[str, Sequence[str]]
) -> Explanation:
    """The figures of ``groups`` (name -> codes of ``states``), part by part, with their reliability."""
    profile, narrowing = profiles.named(question.profile), question.fields
    read = read_codes(states, question, actor)
    used = layouts_of(read.blocks)
    asked = parts(used, narrowing)
    return Explanation(
        explained(read.blocks, asked, narrowing, profile, groups),
        reliabilities(read.versions, narrowing, groups),
        asked,
        read.versions,
        used,
        profile,
        question,
    )


def fields_behind(found: Explanation, state: State) -> tuple[FieldRow, ...]:
    """The fields behind one State's figure, with what each records."""
    version = found.versions.get(state.code)
    entries = reading.matrix(version).entries if version else {}
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    known = measures.known(state) if version else {}
    return field_table(
        layout,
        entries,
        found.profile,
        found.question.fields,
        lambda measure: known[measure].seen_on if measure in known else None,
    )

"""Figures with all that explains them: what they are made of, and what that rests on."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.breakdown import Block, Explained, Part, explained, parts
from cpi1540.coverage.field_table import FieldRow, field_table
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.reliability import Reliability
from cpi1540.coverage.service import profiles
from cpi1540.coverage.service.figures import Question, codes
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
    chosen, found = codes(states, question, actor)
    blocks = [Block(tuple(version.state for version in each.versions), each.numbers, each.layout) for each in found]
    without = tuple(state.code for state in states if state.code not in chosen)
    if without or not blocks:
        printed = layouts.layout()
        blocks.append(Block(without, np.zeros((len(without), len(printed.fields)), np.int8), printed))
    used = tuple({block.layout.code: block.layout for block in blocks}.values())
    asked = parts(used, narrowing)
    return Explanation(
        explained(blocks, asked, narrowing, profile, groups),
        reliabilities(chosen, narrowing, groups),
        asked,
        chosen,
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

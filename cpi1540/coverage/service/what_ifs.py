"""What if some fields of a State were closed, from the record; nothing is written."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cpi1540.coverage import what_if as rules
from cpi1540.coverage.gaps.gap_action import GapAction
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.service import gap_lists, profiles
from cpi1540.coverage.service.figures import Question, versions_for
from cpi1540.coverage.what_if import PickRow, WhatIf
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.layout import Field, Layout
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts, reading
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Asked:
    """The figures before and after, what could be closed as well, and what they rest on.

    ``names`` are the shortest that mean the fields closed. ``actions`` are those that close a field that can be
    closed, each with how many.
    """

    figures: WhatIf
    names: tuple[str, ...]
    closable: tuple[Field, ...]
    rows: Mapping[str, tuple[PickRow, ...]]
    actions: tuple[tuple[GapAction, int], ...]
    version: Version | None
    layout: Layout
    profile: Profile
    as_of: datetime.date


def what_if(state: State, names: Collection[str], question: Question, actor: Actor) -> Asked:
    """The figures of one State if the fields that ``names`` mean had X: fields, rows, or actions.

    A field that has X already, or does not apply, stays as it is. NotFound for a name that means nothing.
    """
    profile, narrowing = profiles.named(question.profile), question.fields
    version = versions_for([state], question, actor).get(state.code)
    entries = reading.matrix(version).entries if version else {}
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    fields, actions = rules.closable(layout, entries, narrowing), gap_lists.actions()
    try:
        closed = rules.chosen(frozenset(names), layout, fields, actions)
    except KeyError as error:
        unknown = printable(str(error.args[0]))
        raise NotFound(sentence("There is no field, row or action %(name)s to close.", name=unknown)) from error
    counted = ((action, len(rules.chosen({action.code}, layout, fields, actions))) for action in actions)
    return Asked(
        rules.what_if(layout, entries, closed, profile, narrowing),
        rules.shortest(closed, fields),
        fields,
        rules.pick_rows(layout, entries, fields, closed),
        tuple((action, n) for action, n in counted if n),
        version,
        layout,
        profile,
        question.on,
    )

"""How many gaps each action would close, over the States of a record."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.gaps.gap_action import GapAction, closing
from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.gap import NEVER_A_GAP, can_be_a_gap
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE


@dataclass(frozen=True, slots=True)
class ActionTotal:
    """The gaps that one action would close: fields found blank and fields with ``?``, and in how many States.

    ``action`` None: the gaps for which no action is known.
    """

    action: GapAction | None
    blank: int
    incomplete: int
    states: int

    @property
    def gaps(self) -> int:
        """All of them."""
        return self.blank + self.incomplete


@dataclass(frozen=True, slots=True)
class GapTotals:
    """The totals of every action in their order, those that close nothing too; then the gaps without an action, if
    there are any. ``n_reviewed`` States have a field reviewed among those that can be a gap.
    """

    by_action: tuple[ActionTotal, ...]
    n_reviewed: int


def gap_totals(blocks: Sequence[Block], narrowing: Narrowing, actions: Sequence[GapAction]) -> GapTotals:
    """The gaps in ``blocks``, of the fields asked for; each is closed by the first action that takes its field."""
    counts: dict[str, list[int]] = {action.code: [0, 0, 0] for action in actions}
    n_reviewed = 0
    for block in blocks:
        columns: dict[str, list[int]] = {}
        for place, field in enumerate(block.layout.fields):
            if can_be_a_gap(field) and field.key not in NEVER_A_GAP and narrowing.takes(field):
                action = closing(field, actions)
                columns.setdefault(action.code if action else "", []).append(place)
        asked = [place for places in columns.values() for place in places]
        n_reviewed += int(np.isin(block.codes[:, asked], (FOUND, INCOMPLETE, BLANK)).any(axis=1).sum())
        for code, places in columns.items():
            blank, incomplete = block.codes[:, places] == BLANK, block.codes[:, places] == INCOMPLETE
            found = counts.setdefault(code, [0, 0, 0])
            found[0] += int(blank.sum())
            found[1] += int(incomplete.sum())
            found[2] += int((blank | incomplete).any(axis=1).sum())
    known = {action.code: action for action in actions}
    totals = (
        ActionTotal(known.get(code), *found) for code, found in counts.items() if code in known or found[0] + found[1]
    )
    return GapTotals(tuple(totals), n_reviewed)

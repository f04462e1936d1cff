"""The observed rate of a row in a regional group: what the States reviewed there record, where they are enough."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.layout import Layout, Role
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE

# Of fewer States a rate says more about them than about the row.
ENOUGH_STATES = 10

Numbers = npt.NDArray[np.float64]


def observed_rates(
    blocks: Sequence[Block], group_of: Mapping[str, str], profile: Profile, narrowing: Narrowing
) -> list[Numbers]:
    """For each block States x fields, 0..1: how a field that is not reviewed is read there, nan where nothing is known.

    The rate of a row ("op2.finance") in a group is its point, (X + ?/2) / (X + ? + blank), over all fields of the
    row that are asked for, weighted by the profile; it is known where at least ``ENOUGH_STATES`` States of the
    group (``group_of``: State code -> group) have a field of the row reviewed. A State is itself one of its group.
    """
    groups = sorted(set(group_of.values()))
    rows = {
        row: place for place, row in enumerate(dict.fromkeys(row for block in blocks for row in _rows(block.layout)))
    }
    shape = (len(groups), len(rows))
    found, reviewed, states = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for block in blocks:
        asked = _asked(block.layout, narrowing)
        in_row = np.zeros((len(block.layout.fields), len(rows)))
        in_row[np.arange(len(in_row)), [rows[row] for row in _rows(block.layout)]] = asked
        weighted = in_row * profile.weights(block.layout)[:, None]
        member = _members(block.states, group_of, groups)
        looked_at = np.isin(block.codes, (FOUND, INCOMPLETE, BLANK)).astype(np.float64)
        read = (block.codes == FOUND) + (block.codes == INCOMPLETE) / 2
        found += member @ (read @ weighted)
        reviewed += member @ (looked_at @ weighted)
        states += member @ (looked_at @ in_row > 0)
    rates = np.full(shape, np.nan)
    known = (states >= ENOUGH_STATES) & (reviewed > 0)
    rates[known] = found[known] / reviewed[known]
    of_group = {group: place for place, group in enumerate(groups)}
    return [
        rates[[of_group[group_of[state]] for state in block.states]][:, [rows[row] for row in _rows(block.layout)]]
        for block in blocks
    ]


def _rows(layout: Layout) -> list[str]:
    return [f"{field.section}.{field.row}" for field in layout.fields]


def _asked(layout: Layout, narrowing: Narrowing) -> Numbers:
    return np.array([field.role is Role.COUNTED and narrowing.takes(field) for field in layout.fields], np.float64)


def _members(states: Sequence[str], group_of: Mapping[str, str], groups: Sequence[str]) -> Numbers:
    """1 where a State is of a group: groups x States."""
    return np.array([[group_of[state] == group for state in states] for group in groups], np.float64).reshape(
        len(groups), len(states)
    )

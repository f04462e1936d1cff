"""How pressing the gaps of many States are, read at once: what each field weighs where assistance is asked for."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.gaps import gap_list as rules
from cpi1540.coverage.gaps.priorities import Ground, Peers
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service.gap_lists import date_of
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NUMBER_OF, Code, Entry, Source
from cpi1540.matrix.service import evidence, reading, versions
from cpi1540.states import service as states
from cpi1540.states.state import State

Counts = Mapping[str, tuple[int, int]]  # field -> (versions with X, versions reviewed there)
_CODES = {NUMBER_OF[code]: code for code in Code}


def gap_priorities(asking: Sequence[State], rows: Iterable[str], on: datetime.date) -> dict[str, Mapping[str, float]]:
    """State code -> field -> the priority of its gap on that day, within ``rows`` ("op2.finance").

    ``asking`` are States of one record. The priorities are those of ``gap_lists.gaps`` with equal weights and no
    lens; a State without an effective version is left out. Five queries, however many States there are.
    """
    if not asking:
        return {}
    groups = {state.group for state in asking}
    among = [state for state in states.states(practice=asking[0].practice) if state.group in groups]
    group_of = {state.code: state.group for state in among}
    wanted = {state.code for state in asking}
    effective = versions.effective(among, on)
    blocks = reading.codes(list(effective.values()))
    counts = _counts(blocks, group_of)
    newest = evidence.newest_as_of([version for code, version in effective.items() if code in wanted])
    narrowing = Narrowing(rows=frozenset(rows))
    found: dict[str, Mapping[str, float]] = {}
    for block in blocks:
        for version, numbers in zip(block.versions, block.numbers, strict=True):
            if version.state in wanted:
                entries = _entries(block.layout, numbers, newest.get(version.id, {}))
                peers = _others(counts[group_of[version.state]], block.layout, numbers)
                ground = Ground(peers, None, date_of(version), on)
                gaps = rules.gaps(block.layout, entries, EQUAL, ground, narrowing=narrowing).gaps
                found[version.state] = {gap.field: gap.priority for gap in gaps}
    return found


def _counts(blocks: Sequence[reading.Codes], group_of: Mapping[str, str]) -> dict[str, Counts]:
    """Group -> field -> how many of its versions have X there and how many are reviewed, whatever their layout."""
    found: dict[str, dict[str, tuple[int, int]]] = {group: {} for group in group_of.values()}
    for block in blocks:
        groups = np.array([group_of[version.state] for version in block.versions])
        for group, fields in found.items():
            own = block.numbers[groups == group]
            pairs = zip(_has_x(own).sum(axis=0).tolist(), _reviewed(own).sum(axis=0).tolist(), strict=True)
            for field, (x, reviewed) in zip(block.layout.fields, pairs, strict=True):
                before = fields.get(field.key, (0, 0))
                fields[field.key] = (before[0] + x, before[1] + reviewed)
    return dict(found)


def _others(counts: Counts, layout: Layout, own: npt.NDArray[np.int8]) -> dict[str, Peers]:
    """The counts without the State's own version, which has ``own`` codes."""
    mine = {field.key: place for place, field in enumerate(layout.fields)}
    x, reviewed = _has_x(own).tolist(), _reviewed(own).tolist()
    return {
        field: Peers(all_x - x[mine[field]], all_reviewed - reviewed[mine[field]])
        if field in mine
        else Peers(all_x, all_reviewed)
        for field, (all_x, all_reviewed) in counts.items()
    }


def _entries(layout: Layout, numbers: npt.NDArray[np.int8], newest: Mapping[str, datetime.date]) -> dict[str, Entry]:
    """What priorities ask of entries: the code, and the newest day that a source bears."""
    return {
        field.key: Entry(_CODES[number], sources=(Source(as_of=newest[field.key]),) if field.key in newest else ())
        for field, number in zip(layout.fields, numbers.tolist(), strict=True)
        if number
    }


def _has_x(numbers: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = numbers == FOUND
    return found


def _reviewed(numbers: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    return np.isin(numbers, (FOUND, INCOMPLETE, BLANK))

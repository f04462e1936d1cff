"""The Committee's table: for each field, how many States have measures recorded, at two dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.layout import Aspect, Domain, Layout
from cpi1540.matrix.record import FOUND, UNREVIEWED


@dataclass(frozen=True, slots=True)
class Count:
    """Of the States asked about: how many have X in a field, and in how many the field is reviewed."""

    x: int = 0
    reviewed: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """The counts at the earlier and at the later date."""

    before: Count
    after: Count


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One row of the table, of one weapon domain where a section has them. A row with one code has it under
    ``framework``, and no ``enforcement``.
    """

    section: str
    row: str
    domain: Domain | None
    framework: Pair | None
    enforcement: Pair | None


@dataclass(frozen=True, slots=True)
class StatusTable:
    """The table over ``n_states`` States; ``left_out`` fields are not in every layout used, and are not counted."""

    n_states: int
    left_out: int
    rows: tuple[StatusRow, ...]


Codes = tuple[Layout, npt.NDArray[np.int8]]  # a layout, and the codes of some States in it, States x fields


def status_table(
    layout: Layout,
    before: Sequence[Codes],
    after: Sequence[Codes],
    n_states: int,
    narrowing: Narrowing,
) -> StatusTable:
    """The table in the printed order of ``layout``, over the fields that all layouts used have in common.

    States without a version at a date are in neither count of that date. Information rows are counted too.
    """
    used = [block_layout for block_layout, _numbers in (*before, *after)] or [layout]
    known = [set(each.positions) for each in used]
    common = set.intersection(*known) & set(layout.positions)
    everything = set.union(*known, set(layout.positions))
    old, new = _counts(before), _counts(after)
    rows: dict[tuple[str, str, Domain | None], dict[Aspect, Pair]] = {}
    for field in layout.fields:
        if field.key in common and narrowing.takes(field):
            pair = Pair(old.get(field.key, Count()), new.get(field.key, Count()))
            place = rows.setdefault((field.section, field.row, field.domain), {})
            place[field.aspect or Aspect.FRAMEWORK] = pair
    return StatusTable(
        n_states,
        len(everything - common),
        tuple(
            StatusRow(*key, pairs.get(Aspect.FRAMEWORK), pairs.get(Aspect.ENFORCEMENT)) for key, pairs in rows.items()
        ),
    )


def _counts(blocks: Sequence[Codes]) -> Mapping[str, Count]:
    """Field key -> its count, over the blocks of all layouts."""
    found: dict[str, Count] = {}
    for layout, numbers in blocks:
        x, reviewed = (numbers == FOUND).sum(axis=0), (numbers != UNREVIEWED).sum(axis=0)
        for key, place in layout.positions.items():
            known = found.get(key, Count())
            found[key] = Count(known.x + int(x[place]), known.reviewed + int(reviewed[place]))
    return found

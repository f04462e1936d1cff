"""The gaps that the States of a record have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.gap import NEVER_A_GAP, can_be_a_gap
from cpi1540.matrix.layout import Field
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE


@dataclass(frozen=True, slots=True)
class CommonGap:
    """A field that is a gap of ``n`` States, of ``reviewed`` in which it is reviewed and applicable."""

    field: Field
    n: int
    reviewed: int


def common_gaps(blocks: Sequence[Block], narrowing: Narrowing, most: int) -> tuple[CommonGap, ...]:
    """The ``most`` fields asked about that are a gap of the most States; of equal ones the printed order decides."""
    fields: dict[str, Field] = {}
    gaps: dict[str, int] = {}
    reviewed: dict[str, int] = {}
    for block in blocks:
        gap = (block.codes == BLANK) | (block.codes == INCOMPLETE)
        n_gap, n_found = gap.sum(axis=0).tolist(), (block.codes == FOUND).sum(axis=0).tolist()
        for place, field in enumerate(block.layout.fields):
            if can_be_a_gap(field) and field.key not in NEVER_A_GAP and narrowing.takes(field):
                fields.setdefault(field.key, field)
                gaps[field.key] = gaps.get(field.key, 0) + n_gap[place]
                reviewed[field.key] = reviewed.get(field.key, 0) + n_gap[place] + n_found[place]
    found = [CommonGap(field, gaps[key], reviewed[key]) for key, field in fields.items() if gaps[key]]
    return tuple(sorted(found, key=lambda each: -each.n)[:most])

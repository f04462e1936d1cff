"""Totals at two dates: in how many fields measures are recorded, by section, weapon domain, aspect and group.

Counts are of counted fields (the information rows stand in the status table alone) and are not weighted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cpi1540.coverage.breakdown import WHOLE, Block, Part, explained, parts
from cpi1540.coverage.figures import Figure, tally
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.statistics.histogram import Histogram, fields_asked, fields_with_x, histogram
from cpi1540.matrix.layout import Layout

KINDS_OF_TOTAL = ("section", "domain", "aspect")
EVERYONE = "all"


@dataclass(frozen=True, slots=True)
class Total:
    """The same fields of the same States, counted at the earlier and at the later date."""

    before: Figure
    after: Figure

    @property
    def fields(self) -> int:
        """How many fields a State has in it."""
        return self.after.fields // self.after.n_states if self.after.n_states else 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The total asked for, its parts (in printed order) and those of groups; ``left_out`` counted fields are not in
    every layout used, and stand in none of them.
    """

    whole: Total
    parts: Mapping[Part, Total]
    groups: Mapping[str, Total]
    left_out: int


def totals(
    before: Sequence[Block], after: Sequence[Block], narrowing: Narrowing, groups: Mapping[str, Sequence[str]]
) -> Totals:
    """The totals over all States of the blocks (the same at both dates, one at least), and over each of ``groups``."""
    used = {block.layout.code: block.layout for block in (*before, *after)}.values()
    common = in_common(used, narrowing)
    asked = tuple(part for part in parts(used, common) if part.kind in KINDS_OF_TOTAL)
    named = {**groups, EVERYONE: [state for block in after for state in block.states]}
    old, new = (explained(blocks, asked, common, EQUAL, named) for blocks in (before, after))
    everyone = {part: Total(old[EVERYONE][part].figure, new[EVERYONE][part].figure) for part in (WHOLE, *asked)}
    return Totals(
        everyone[WHOLE],
        {part: everyone[part] for part in asked},
        {name: Total(old[name][WHOLE].figure, new[name][WHOLE].figure) for name in groups},
        max(fields_asked(layout, narrowing) - fields_asked(layout, common) for layout in used),
    )


def in_common(used: Iterable[Layout], narrowing: Narrowing) -> Narrowing:
    """The question narrowed to the rows that have the same fields in all layouts ``used``."""
    layouts = list(used)
    if len(layouts) < 2:
        return narrowing
    rows = set.intersection(*(_rows(layout) for layout in layouts))
    names = frozenset(name for name, _keys in rows)
    return replace(narrowing, rows=names if narrowing.rows is None else names & narrowing.rows)


def histogram_of(blocks: Sequence[Block], narrowing: Narrowing) -> Histogram:
    """The histogram of the States of ``blocks`` (one at least), each by the fields of its own layout."""
    of_state: dict[str, int | None] = {}
    for block in blocks:
        of_state |= fields_with_x(tally(block.states, block.codes, block.layout, EQUAL, narrowing))
    return histogram(of_state, max(fields_asked(block.layout, narrowing) for block in blocks))


def _rows(layout: Layout) -> set[tuple[str, frozenset[str]]]:
    """Each row ("op2.finance") with the keys of its fields."""
    keys: dict[str, set[str]] = {}
    for field in layout.fields:
        keys.setdefault(f"{field.section}.{field.row}", set()).add(field.key)
    return {(row, frozenset(found)) for row, found in keys.items()}

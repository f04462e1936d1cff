"""What if: the figures of a record with some fields closed, as if each had X. Asking writes nothing.

Closing a field takes it from what is not found into X, so that low and high never fall; closing nothing changes
nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.figures import SectionFigures, coverage, tally
from cpi1540.coverage.gaps.gap_action import GapAction, closing
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.gap import can_be_a_gap
from cpi1540.matrix.layout import Aspect, Domain, Field, Layout
from cpi1540.matrix.pages import look
from cpi1540.matrix.record import FOUND, NOT_REVIEWED, NUMBER_OF, Code, Entry

Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The figures as recorded, and with ``closed`` (field keys in printed order) as X."""

    closed: tuple[str, ...]
    before: SectionFigures
    after: SectionFigures


@dataclass(frozen=True, slots=True)
class PickCell:
    """One field: its look, whether it can be closed, and whether it is chosen."""

    field: Field
    look: str
    closable: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class PickRow:
    """A row that has a field to close, with all its counted fields; a row of OP 3 (a) (b) over its domains."""

    key: str
    labels: Mapping[str, str]
    cells: tuple[PickCell, ...]

    def at(self, domain: Domain | None, aspect: Aspect | None) -> PickCell | None:
        """The cell of that domain and aspect, where the row has one."""
        return next((cell for cell in self.cells if (cell.field.domain, cell.field.aspect) == (domain, aspect)), None)


def closable(layout: Layout, entries: Entries, narrowing: Narrowing = EVERYTHING) -> tuple[Field, ...]:
    """The counted fields outside OP 1 that are ?, blank or not reviewed, of those asked about, in printed order."""
    return tuple(
        field
        for field in layout.fields
        if can_be_a_gap(field)
        and narrowing.takes(field)
        and entries.get(field.key, NOT_REVIEWED).code not in (Code.FOUND, Code.NOT_APPLICABLE)
    )


def chosen(
    names: Collection[str], layout: Layout, fields: Sequence[Field], actions: Sequence[GapAction]
) -> tuple[str, ...]:
    """The keys of ``fields`` that ``names`` mean: each the key of a field, of a row ("op3cd.transit"), or the code of
    an action, which closes the fields that it is the first to reach. KeyError for a name that is none of these.
    """
    known = {".".join(row) for row in layout.rows} | {action.code for action in actions}
    for name in names:
        if name not in known and name not in layout.positions:
            raise KeyError(name)

    def means(field: Field) -> bool:
        action = closing(field, actions)
        return (
            field.key in names
            or f"{field.section}.{field.row}" in names
            or (action is not None and action.code in names)
        )

    return tuple(field.key for field in fields if means(field))


def shortest(keys: Collection[str], fields: Sequence[Field]) -> tuple[str, ...]:
    """Names that mean just ``keys`` of ``fields``: a row where all of its fields are among them, else the fields."""
    rows: dict[str, list[str]] = {}
    for field in fields:
        rows.setdefault(f"{field.section}.{field.row}", []).append(field.key)
    found: list[str] = []
    for row, members in rows.items():
        inside = [key for key in members if key in keys]
        found += [row] if inside == members else inside
    return tuple(found)


def what_if(
    layout: Layout, entries: Entries, closed: Collection[str], profile: Profile, narrowing: Narrowing = EVERYTHING
) -> WhatIf:
    """The figures before and after; KeyError for a field that the layout does not have."""
    today = [NUMBER_OF[entries.get(field.key, NOT_REVIEWED).code] for field in layout.fields]
    codes = np.array([today, today], np.int8)
    places = sorted(layout.positions[key] for key in closed)
    codes[1, places] = FOUND
    figures = coverage([tally(("before", "after"), codes, layout, profile, narrowing)], {}, profile.min_reviewed)
    keys = tuple(layout.fields[place].key for place in places)
    return WhatIf(keys, figures.states["before"], figures.states["after"])


def pick_rows(
    layout: Layout, entries: Entries, fields: Sequence[Field], closed: Collection[str]
) -> Mapping[str, tuple[PickRow, ...]]:
    """Section -> its rows that have one of ``fields`` (those that can be closed), with ``closed`` chosen."""
    can = {field.key for field in fields}
    rows: dict[tuple[str, str], list[PickCell]] = {}
    for field in layout.fields:
        if can_be_a_gap(field):
            seen = look(entries.get(field.key, NOT_REVIEWED))
            cell = PickCell(field, seen, field.key in can, field.key in closed)
            rows.setdefault((field.section, field.row), []).append(cell)
    found: dict[str, list[PickRow]] = {}
    for (section, row), cells in rows.items():
        if any(cell.closable for cell in cells):
            shown = PickRow(f"{section}.{row}", layout.rows[section, row].labels, tuple(cells))
            found.setdefault(section, []).append(shown)
    return {section: tuple(those) for section, those in found.items()}

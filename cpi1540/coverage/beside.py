"""Two States' records beside each other, over the fields that both layouts have. It ranks nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.figures import SectionFigures, coverage, tally_under
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import masks
from cpi1540.matrix.layout import Domain, Field, Layout
from cpi1540.matrix.pages import SectionRow, SectionTable, cells_of
from cpi1540.matrix.record import NOT_REVIEWED, NUMBER_OF, Entry, option_of


@dataclass(frozen=True, slots=True)
class Side:
    """One State's record: what it has no entry for is not reviewed."""

    state: str
    layout: Layout
    entries: Mapping[str, Entry]

    def entry(self, field: str) -> Entry:
        """What is recorded in a field of the layout."""
        return self.entries.get(field, NOT_REVIEWED)


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One printed row of both records; ``differs`` when a code or the basis of an X does."""

    one: SectionRow
    other: SectionRow
    differs: bool


@dataclass(frozen=True, slots=True)
class BesideTable:
    """One printed table of both records, of a domain where the section has one for each."""

    domain: Domain | None
    rows: tuple[BesideRow, ...]


def common_fields(one: Side, other: Side) -> tuple[Field, ...]:
    """The fields that both layouts have, in the printed order of the first."""
    return tuple(field for field in one.layout.fields if field.key in other.layout.positions)


def left_out(one: Side, other: Side) -> int:
    """How many fields only one of the layouts has."""
    return len(set(one.layout.positions) ^ set(other.layout.positions))


def differing(one: Side, other: Side) -> tuple[Field, ...]:
    """The common fields in which the codes differ, or the basis of an X."""
    return tuple(
        field
        for field in common_fields(one, other)
        if option_of(one.entry(field.key)) != option_of(other.entry(field.key))
    )


def figures_beside(one: Side, other: Side, profile: Profile) -> tuple[SectionFigures, SectionFigures]:
    """The figures of both over the common fields alone, so that they are about the same."""
    common = {field.key for field in common_fields(one, other)}
    tallies = []
    for place, side in enumerate((one, other)):
        fields = side.layout.fields
        shared = np.array([field.key in common for field in fields], dtype=np.bool_)
        chosen = {name: mask & shared for name, mask in masks(side.layout).items()}
        codes = np.array([[NUMBER_OF[side.entry(field.key).code] for field in fields]], np.int8)
        tallies.append(tally_under([str(place)], codes, side.layout, profile, chosen))
    found = coverage(tallies, {}, profile.min_reviewed).states
    return found["0"], found["1"]


def tables_beside(
    one: Sequence[SectionTable], other: Sequence[SectionTable], differing: Sequence[Field], *, only_differing: bool
) -> tuple[BesideTable, ...]:
    """The printed tables of both, row by row; rows that only one layout has are left out."""
    rows = {(table.domain, row.key): row for table in other for row in table.rows}
    keys = {field.key for field in differing}
    found = []
    for table in one:
        shown = tuple(
            BesideRow(row, rows[table.domain, row.key], any(cell.field in keys for cell in cells_of(row)))
            for row in table.rows
            if (table.domain, row.key) in rows
        )
        kept = tuple(row for row in shown if row.differs or not only_differing)
        if kept:
            found.append(BesideTable(table.domain, kept))
    return tuple(found)

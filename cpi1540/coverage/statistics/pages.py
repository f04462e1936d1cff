"""What the pages of statistics show: the two-date table as the matrix prints its rows, and the States behind a cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from cpi1540.coverage.statistics.status_table import Pair, StatusRow, StatusTable
from cpi1540.matrix.layout import Aspect, Domain, Layout, Role, Section, field_key
from cpi1540.matrix.record import Code
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class StatusCell:
    """One field at both dates; ``pair`` None where the row has no such field. ``single``: a row with one code, which
    is under the framework in the table and is of no aspect.
    """

    field: str
    aspect: Aspect
    pair: Pair | None
    single: bool = False


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One weapon domain of a row, None where the row has one code: its fields by aspect."""

    domain: Domain | None
    cells: tuple[StatusCell, ...]


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """A printed row with its lines, one for each weapon domain."""

    key: str
    labels: Mapping[str, str]
    informs: bool
    lines: tuple[StatusLine, ...]


@dataclass(frozen=True, slots=True)
class StatusSection:
    """A section's rows in printed order; ``reviewed`` says whether any field of it is, at either date."""

    section: Section
    rows: tuple[StatusLabel, ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class StateBehind:
    """A State behind a cell: its code in the field, or its number of fields."""

    state: State
    code: Code | None = None
    fields: int | None = None


def aspects_in(table: StatusTable) -> tuple[Aspect, ...]:
    """The aspects that the table has a field of."""
    return tuple(aspect for aspect in Aspect if any(_pair(row, aspect) for row in table.rows))


def status_sections(layout: Layout, table: StatusTable) -> tuple[StatusSection, ...]:
    """The table section by section, consecutive lines of one row under its label."""
    aspects = aspects_in(table)
    return tuple(
        StatusSection(section, tuple(_labels(layout, rows, aspects)), any(map(_is_reviewed, rows)))
        for section in layout.sections
        if (rows := [row for row in table.rows if row.section == section.code])
    )


def _labels(layout: Layout, rows: list[StatusRow], aspects: tuple[Aspect, ...]) -> Iterator[StatusLabel]:
    for key, lines in groupby(rows, key=lambda row: row.row):
        printed = layout.rows[rows[0].section, key]
        yield StatusLabel(
            key,
            printed.labels,
            printed.role is Role.INFORMATION,
            tuple(
                StatusLine(
                    line.domain,
                    tuple(
                        StatusCell(_key(line, each), each, _pair(line, each), line.domain is None) for each in aspects
                    ),
                )
                for line in lines
            ),
        )


def _pair(row: StatusRow, aspect: Aspect) -> Pair | None:
    return row.framework if aspect is Aspect.FRAMEWORK else row.enforcement


def _key(row: StatusRow, aspect: Aspect) -> str:
    return field_key(row.section, row.row, row.domain, aspect)


def _is_reviewed(row: StatusRow) -> bool:
    pairs = [pair for pair in (row.framework, row.enforcement) if pair]
    return any(count.reviewed for pair in pairs for count in (pair.before, pair.after))

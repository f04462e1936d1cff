"""A section as it is printed: which columns it has, which rows, and which fields each cell stands for.

Writers and readers of files share this, so that both speak of the same cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from cpi1540.matrix.layout import Aspect, Domain, Row, Section, Shape, field_key


class Content(StrEnum):
    """What the cells of a printed column hold."""

    NUMBER = "number"
    LABEL = "label"
    CODE = "code"
    SOURCES = "sources"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column. ``domain`` and ``aspect`` say whose codes or sources it has, where it has them.

    ``key`` is ``number``, ``code.nw.framework``, ``sources.framework``, ``remarks``.
    """

    key: str
    content: Content
    domain: Domain | None
    aspect: Aspect | None


@dataclass(frozen=True, slots=True)
class Place:
    """One field that a cell speaks of, with the domain and aspect that tell it from the row's others."""

    field: str
    domain: Domain | None = None
    aspect: Aspect | None = None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One printed row; ``domain`` is that of its table, in sections with one table a domain."""

    row: Row
    shape: Shape
    domain: Domain | None

    @property
    def key(self) -> str:
        """``op2.manufacture``, or ``op3ab.licensing.nw`` in a table of one domain."""
        return field_key(self.row.section, self.row.key) + (f".{self.domain}" if self.domain else "")

    @property
    def number(self) -> str:
        """The row's printed number."""
        return self.row.numbers[self.domain]

    def places(self, column: Column) -> tuple[Place, ...]:
        """The fields that the cell in ``column`` speaks of, in printed order; one for a code."""
        return _places(self.row.section, self.row.key, self.shape, self.domain, column)


@cache
def columns(shape: Shape) -> tuple[Column, ...]:
    """The columns of a section of that shape, in printed order."""
    head = (_column(Content.NUMBER), _column(Content.LABEL))
    if shape is Shape.SINGLE:
        return (*head, _column(Content.CODE), _column(Content.SOURCES), _column(Content.REMARKS))
    domains: tuple[Domain | None, ...] = tuple(Domain) if shape is Shape.DOMAINS else (None,)
    middle = tuple(
        column
        for aspect in Aspect
        for column in (
            *(_column(Content.CODE, domain, aspect) for domain in domains),
            _column(Content.SOURCES, None, aspect),
        )
    )
    return (*head, *middle, _column(Content.REMARKS))


@cache
def value_keys(shape: Shape) -> tuple[str, ...]:
    """The keys of the columns that hold codes, sources or remarks, in printed order."""
    unread = (Content.NUMBER, Content.LABEL)
    return tuple(column.key for column in columns(shape) if column.content not in unread)


def printed_rows(section: Section) -> tuple[PrintedRow, ...]:
    """The rows of the section, table after table."""
    return tuple(PrintedRow(row, section.shape, domain) for domain, rows in section.tables for row in rows)


def rows_by_key(section: Section) -> Mapping[str, PrintedRow]:
    """Printed row key -> printed row, in printed order."""
    return {row.key: row for row in printed_rows(section)}


def _column(content: Content, domain: Domain | None = None, aspect: Aspect | None = None) -> Column:
    return Column(".".join(part for part in (content, domain, aspect) if part), content, domain, aspect)


@lru_cache(1 << 14)
def _places(section: str, row: str, shape: Shape, table: Domain | None, column: Column) -> tuple[Place, ...]:
    if column.content in (Content.NUMBER, Content.LABEL):
        return ()
    if shape is Shape.SINGLE:
        return (Place(field_key(section, row)),)
    domains = (table,) if table else (column.domain,) if column.domain else tuple(Domain)
    aspects = (column.aspect,) if column.aspect else tuple(Aspect)
    return tuple(
        Place(field_key(section, row, domain, aspect), None if table else domain, aspect)
        for aspect in aspects
        for domain in domains
    )

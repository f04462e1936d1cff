"""The printed form of a matrix: sections, rows and fields, in order.

A layout is data (``seed/layouts/``, read by ``layout_json``). Keys never change; a row's number belongs to
its layout. Nothing here knows how many fields a layout has: count the loaded one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Domain(StrEnum):
    """The three kinds of weapons."""

    NW = "nw"
    CW = "cw"
    BW = "bw"


class Aspect(StrEnum):
    """What a code speaks of: the national legal framework, or its enforcement."""

    FRAMEWORK = "framework"
    ENFORCEMENT = "enforcement"


class Role(StrEnum):
    """Whether a row counts in coverage or is recorded for information only."""

    COUNTED = "counted"
    INFORMATION = "information"


class Confidence(StrEnum):
    """Whether a text was read in a public copy of the document, or is provisional wording from memory."""

    SEEN = "seen"
    REMEMBERED = "remembered"


class Shape(StrEnum):
    """How a section is printed: one code a row; domains side by side; one table a domain."""

    SINGLE = "single"
    DOMAINS = "domains"
    TABLES = "tables"


SECTION_CODES = ("op1", "op2", "op3ab", "op3cd", "op678")
HEADLINE_SECTIONS = ("op2", "op3ab", "op3cd")


@dataclass(frozen=True, slots=True)
class Field:
    """One cell that takes a code. ``domain`` and ``aspect`` are None in sections with one code a row."""

    key: str
    section: str
    row: str
    number: str
    domain: Domain | None
    aspect: Aspect | None
    role: Role
    labels: Mapping[str, str]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row. ``numbers`` gives its printed number by domain, in sections with one table a domain,
    and under None elsewhere; a domain that is missing there has no such row.
    """

    key: str
    section: str
    labels: Mapping[str, str]
    role: Role
    confidence: Confidence
    numbers: Mapping[Domain | None, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its printed title and a short one, in six languages, and its rows in order."""

    code: str
    shape: Shape
    titles: Mapping[str, str]
    short_titles: Mapping[str, str]
    confidence: Confidence
    rows: tuple[Row, ...]

    @property
    def tables(self) -> tuple[tuple[Domain | None, tuple[Row, ...]], ...]:
        """The section's printed tables: (domain or None, the rows of that table in order)."""
        if self.shape is not Shape.TABLES:
            return ((None, self.rows),)
        return tuple((domain, tuple(row for row in self.rows if domain in row.numbers)) for domain in Domain)


@dataclass(frozen=True)
class Layout:
    """A whole layout. ``fields`` are in printed order; ``positions`` gives each field key its place there."""

    code: str
    titles: Mapping[str, str]
    confidence: Confidence
    source: str
    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in printed order."""
        return tuple(field for section in self.sections for field in _fields_of(section))

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Field key -> place in ``fields``."""
        return {field.key: place for place, field in enumerate(self.fields)}

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], Row]:
        """(section code, row key) -> row."""
        return {(section.code, row.key): row for section in self.sections for row in section.rows}

    def section(self, code: str) -> Section:
        """The section with that code; KeyError when the layout has none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def field(self, key: str) -> Field:
        """The field with that key; KeyError when the layout has none."""
        return self.fields[self.positions[key]]


def field_key(section: str, row: str, domain: Domain | None = None, aspect: Aspect | None = None) -> str:
    """``op1.npt``, or ``op2.manufacture.cw.enforcement``."""
    return f"{section}.{row}" if domain is None else f"{section}.{row}.{domain}.{aspect}"


def _fields_of(section: Section) -> tuple[Field, ...]:
    fields = []
    for table, rows in section.tables:
        for row in rows:
            if section.shape is Shape.SINGLE:
                cells: list[tuple[Domain | None, Aspect | None]] = [(None, None)]
            else:
                domains = [table] if table else list(Domain)
                cells = [(domain, aspect) for domain in domains for aspect in Aspect]
            for domain, aspect in cells:
                fields.append(
                    Field(
                        field_key(section.code, row.key, domain, aspect),
                        section.code,
                        row.key,
                        row.numbers[table],
                        domain,
                        aspect,
                        row.role,
                        row.labels,
                        row.confidence,
                    )
                )
    return tuple(fields)

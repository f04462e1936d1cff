"""What the pages of a matrix show: frozen values, nothing left to compute in a template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Aspect, Confidence, Domain, Layout, Section, Shape, field_key
from cpi1540.matrix.record import NOT_REVIEWED, Entry, Source, Version, option_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One code: its field, its look ("x", "xa", "q", "na", "b", "u"), domain and aspect where it has them.

    ``option`` is the choice of the control that stands for it; the marks are those of a draft.
    """

    field: str
    look: str
    domain: Domain | None = None
    aspect: Aspect | None = None
    option: str = "-"
    revision: int = 0
    gap: bool = False
    changed: bool = False
    comments: int = 0
    stale: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source's text, the domains it stands for, and its language where that is not the reader's."""

    domains: tuple[Domain, ...]
    text: str
    language: str | None
    measure: str | None
    url: str | None
    stale: bool


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One printed row. ``framework`` and ``enforcement`` are the cells by domain; ``single`` the one code."""

    key: str
    number: str
    labels: Mapping[str, str]
    provisional: bool
    single: Cell | None
    framework: tuple[Cell, ...]
    enforcement: tuple[Cell, ...]
    framework_sources: tuple[SourceLine, ...]
    enforcement_sources: tuple[SourceLine, ...]
    remarks: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class SectionTable:
    """One printed table: of a domain, where a section has one for each."""

    domain: Domain | None
    domains: tuple[Domain, ...]
    rows: tuple[SectionRow, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One section in the row of tabs, with how many of its fields are reviewed."""

    code: str
    short_titles: Mapping[str, str]
    reviewed: int
    fields: int


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section of a State's matrix, as printed."""

    section: Section
    tables: tuple[SectionTable, ...]
    tabs: tuple[Tab, ...]
    version: Version | None
    chosen: bool
    reviewed: int
    fields: int


# What the rows of a section can be narrowed to, and which cells count for it.
FILTERS: Mapping[str, Callable[[Cell], bool]] = {
    "gaps": lambda cell: cell.gap,
    "not-reviewed": lambda cell: cell.option == "-",
    "changed": lambda cell: cell.changed,
    "commented": lambda cell: cell.comments > 0,
    "stale": lambda cell: cell.stale,
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a draft knows of its fields beside their entries; ``base`` are the entries it is compared with."""

    layout: Layout
    revisions: Mapping[str, int]
    base: Mapping[str, Entry]
    comments: Mapping[str, int]


# Choice of a control -> look.
LOOKS: Mapping[str, str] = {"X": "x", "XA": "xa", "?": "q", "NA": "na", "": "b", "-": "u"}


def look(entry: Entry) -> str:
    """The look of an entry's code."""
    return LOOKS[option_of(entry)]


def section_tables(
    section: Section,
    entries: Mapping[str, Entry],
    say_source: Callable[[Source], str],
    is_stale: Callable[[Source], bool],
    marks: Marks | None = None,
) -> tuple[SectionTable, ...]:
    """The section's printed tables with the entries of ``entries`` (by field key), marked as a draft's with
    ``marks``.
    """

    def cell(key: str, entry: Entry, domain: Domain | None = None, aspect: Aspect | None = None) -> Cell:
        if marks is None:
            return Cell(key, look(entry), domain, aspect)
        return Cell(
            key,
            look(entry),
            domain,
            aspect,
            option_of(entry),
            marks.revisions.get(key, 0),
            is_gap(marks.layout.field(key), entry.code),
            entry != marks.base.get(key, NOT_REVIEWED),
            marks.comments.get(key, 0),
            any(is_stale(source) for source in entry.sources),
        )

    tables = []
    for table_domain, rows in section.tables:
        domains = (table_domain,) if table_domain else tuple(Domain)
        shown = []
        for row in rows:
            labels, number = row.labels, row.numbers[table_domain]
            provisional = row.confidence is Confidence.REMEMBERED
            if section.shape is Shape.SINGLE:
                key = field_key(section.code, row.key)
                entry = entries.get(key, NOT_REVIEWED)
                lines = _lines([(None, entry)], say_source, is_stale)
                remarks = _remarks([(None, entry)])
                single = cell(key, entry)
                shown.append(SectionRow(row.key, number, labels, provisional, single, (), (), lines, (), remarks))
                continue
            cells: dict[Aspect, list[tuple[Domain | None, Entry]]] = {}
            codes: dict[Aspect, list[Cell]] = {}
            for aspect in Aspect:
                for domain in domains:
                    key = field_key(section.code, row.key, domain, aspect)
                    entry = entries.get(key, NOT_REVIEWED)
                    cells.setdefault(aspect, []).append((domain, entry))
                    codes.setdefault(aspect, []).append(cell(key, entry, domain, aspect))
            shown.append(
                SectionRow(
                    row.key,
                    number,
                    labels,
                    provisional,
                    None,
                    tuple(codes[Aspect.FRAMEWORK]),
                    tuple(codes[Aspect.ENFORCEMENT]),
                    _lines(cells[Aspect.FRAMEWORK], say_source, is_stale),
                    _lines(cells[Aspect.ENFORCEMENT], say_source, is_stale),
                    _remarks([*cells[Aspect.FRAMEWORK], *cells[Aspect.ENFORCEMENT]]),
                )
            )
        tables.append(SectionTable(table_domain, domains, tuple(shown)))
    return tuple(tables)


def cells(tables: Sequence[SectionTable]) -> list[Cell]:
    """Every cell of some tables, in printed order."""
    return [cell for table in tables for row in table.rows for cell in cells_of(row)]


def cells_of(row: SectionRow) -> tuple[Cell, ...]:
    """The cells of one printed row."""
    return (row.single,) if row.single else (*row.framework, *row.enforcement)


def narrowed(tables: Sequence[SectionTable], show: str | None) -> tuple[SectionTable, ...]:
    """The tables with only the rows that have a cell of that filter; all of them without one."""
    if show is None:
        return tuple(tables)
    wanted = FILTERS[show]
    kept = (
        replace(table, rows=tuple(row for row in table.rows if any(wanted(cell) for cell in cells_of(row))))
        for table in tables
    )
    return tuple(table for table in kept if table.rows)


def tabs(layout: Layout, reviewed: Mapping[str, int]) -> tuple[Tab, ...]:
    """The row of tabs; ``reviewed`` counts the reviewed fields of each section."""
    fields: dict[str, int] = {}
    for field in layout.fields:
        fields[field.section] = fields.get(field.section, 0) + 1
    return tuple(
        Tab(section.code, section.short_titles, reviewed.get(section.code, 0), fields[section.code])
        for section in layout.sections
    )


def _lines(
    cells: Sequence[tuple[Domain | None, Entry]],
    say_source: Callable[[Source], str],
    is_stale: Callable[[Source], bool],
) -> tuple[SourceLine, ...]:
    """One line for each text, with the domains it stands for."""
    found: dict[tuple[str, str | None, str | None, str | None, bool], list[Domain]] = {}
    for domain, entry in cells:
        for source in entry.sources:
            language = None if source.statement else source.language
            key = (say_source(source), language, source.measure, source.url, is_stale(source))
            found.setdefault(key, []).extend([domain] if domain and domain not in found.get(key, []) else [])
    return tuple(SourceLine(tuple(domains), *key) for key, domains in found.items())


def _remarks(cells: Sequence[tuple[Domain | None, Entry]]) -> tuple[SourceLine, ...]:
    found: dict[tuple[str, str | None], list[Domain]] = {}
    for domain, entry in cells:
        if entry.remarks:
            domains = found.setdefault((entry.remarks, entry.remarks_language), [])
            if domain and domain not in domains:
                domains.append(domain)
    return tuple(
        SourceLine(tuple(domains), text, language, None, None, False) for (text, language), domains in found.items()
    )

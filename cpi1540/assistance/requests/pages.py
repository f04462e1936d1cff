"""What the pages of requests show."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpi1540.assistance.procedure.course import Recorded
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests.agenda import Line
from cpi1540.assistance.requests.request import Need, Request, Translation
from cpi1540.matrix.layout import Domain, Field, Layout


@dataclass(frozen=True, slots=True)
class Column:
    """One step of the board: how many requests stand there, how many are overdue, the first of them."""

    step: Step
    total: int
    overdue: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RowFields:
    """The fields of one row of the matrix that a need names, and where the row stands on the page of its section."""

    section: str
    anchor: str
    labels: Mapping[str, str]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need with the rows it would close something in, by section code, and its translations."""

    need: Need
    rows: tuple[tuple[str, tuple[RowFields, ...]], ...]
    translations: tuple[Translation, ...]

    @property
    def n_fields(self) -> int:
        """How many fields it would close."""
        return len(self.need.values.fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline: an act, or (without one) the day on which the next is due."""

    on: datetime.date
    done: Recorded | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """The needs of one section: how many in each weapon domain, and how wide their bars are (0 to 1)."""

    section: str
    titles: Mapping[str, str]
    cells: tuple[tuple[Domain | None, int, float], ...]


def columns(board: Mapping[Step, Sequence[Line]], most: int) -> tuple[Column, ...]:
    """The steps at which requests stand, with at most ``most`` of each."""
    return tuple(
        Column(step, len(lines), sum(1 for line in lines if line.standing.overdue), tuple(lines[:most]))
        for step, lines in board.items()
        if lines
    )


def need_lines(request: Request, layout: Layout) -> tuple[NeedLine, ...]:
    """The needs of a request, as its page shows them."""
    return tuple(
        NeedLine(
            need,
            rows_named(need.values.fields, layout),
            tuple(each for each in request.translations if each.need == need.number),
        )
        for need in request.needs
    )


def timeline(request: Request) -> tuple[Entry, ...]:
    """The acts of a request, newest first."""
    names = {paper.digest: paper.name for paper in request.papers}
    return tuple(Entry(done.on, done, names.get(done.paper) if done.paper else None) for done in reversed(request.acts))


def area_rows(counts: Mapping[tuple[str, Domain | None], int], layout: Layout) -> tuple[AreaRow, ...]:
    """The sections of the matrix with their needs; fields without a weapon domain stand in the last column."""
    most = max(counts.values(), default=1)
    places: tuple[Domain | None, ...] = (*Domain, None)
    return tuple(
        AreaRow(
            section.code,
            section.short_titles,
            tuple((domain, n := counts.get((section.code, domain), 0), n / most) for domain in places),
        )
        for section in layout.sections
    )


def rows_named(keys: Sequence[str], layout: Layout) -> tuple[tuple[str, tuple[RowFields, ...]], ...]:
    """The rows that some fields lie in, with these fields, by section."""
    found: dict[tuple[str, str], list[Field]] = {}
    for key in keys:
        if key in layout.positions:
            field = layout.field(key)
            anchor = f"{field.domain}-{field.row}" if field.section == "op3ab" and field.domain else field.row
            found.setdefault((field.section, anchor), []).append(field)
    sections: dict[str, list[RowFields]] = {}
    for (section, anchor), fields in found.items():
        sections.setdefault(section, []).append(RowFields(section, anchor, fields[0].labels, tuple(fields)))
    return tuple((section, tuple(rows)) for section, rows in sections.items())

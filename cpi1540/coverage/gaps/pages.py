"""What the page of gaps shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cpi1540.coverage.gaps.gap_action import Gain
from cpi1540.coverage.gaps.gap_list import Gap, GapList
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.gap import can_be_a_gap
from cpi1540.matrix.layout import Field, Layout
from cpi1540.matrix.record import Code


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap with its field; ``action`` is the names of the action that closes it, None where none is known."""

    field: Field
    look: str
    gap: Gap
    action: Mapping[str, str] | None

    @property
    def anchor(self) -> str:
        """Where the row stands on the page of its section."""
        return anchor(self.field)


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps one below the other: those of one section in printed order, or all of them by priority (no section)."""

    section: str | None
    short_titles: Mapping[str, str] | None
    lines: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with the fields it closes, and where a request for assistance is drafted; None where it cannot be."""

    gain: Gain
    rows: tuple["RowFields", ...]
    draft: str | None


@dataclass(frozen=True, slots=True)
class RowFields:
    """One row and those of its fields that are meant."""

    labels: Mapping[str, str]
    section: str
    anchor: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class NotReviewed:
    """The counted fields of one section that nobody has reviewed, by row, of how many counted ones."""

    section: str
    short_titles: Mapping[str, str]
    rows: tuple[RowFields, ...]
    counted: int

    @property
    def fields(self) -> int:
        """How many they are."""
        return sum(len(row.fields) for row in self.rows)


@dataclass(frozen=True, slots=True)
class GapsPage:
    """The actions, the gaps, and the work to do."""

    actions: tuple[ActionLine, ...]
    groups: tuple[GapGroup, ...]
    not_reviewed: tuple[NotReviewed, ...]
    n_gaps: int
    n_not_reviewed: int


def gaps_page(
    layout: Layout,
    found: GapList,
    gains: tuple[Gain, ...] = (),
    *,
    printed: bool = False,
    narrowing: Narrowing = EVERYTHING,
    draft: Callable[[Gain], str | None] = lambda _gain: None,
) -> GapsPage:
    """Arrange gaps by priority, or section by section as ``printed``; ``draft`` gives an action's address."""
    names = {gain.action.code: gain.action.names for gain in gains if gain.action}
    lines = [
        GapLine(
            layout.field(gap.field),
            "q" if gap.code is Code.INCOMPLETE else "b",
            gap,
            names.get(gap.action) if gap.action else None,
        )
        for gap in found.gaps
    ]
    groups = [GapGroup(None, None, tuple(lines))] if lines else []
    if printed:
        lines.sort(key=lambda line: layout.positions[line.field.key])
        by_section = [
            (section, tuple(line for line in lines if line.field.section == section.code))
            for section in layout.sections
        ]
        groups = [GapGroup(section.code, section.short_titles, those) for section, those in by_section if those]
    not_reviewed = []
    for section in layout.sections:
        counted = [
            field
            for field in layout.fields
            if field.section == section.code and can_be_a_gap(field) and narrowing.takes(field)
        ]
        unknown = [key for key in found.not_reviewed if layout.field(key).section == section.code]
        if unknown:
            rows = _rows(layout, unknown)
            not_reviewed.append(NotReviewed(section.code, section.short_titles, rows, len(counted)))
    return GapsPage(
        tuple(ActionLine(gain, _rows(layout, gain.fields), draft(gain)) for gain in gains),
        tuple(groups),
        tuple(not_reviewed),
        len(found.gaps),
        len(found.not_reviewed),
    )


def anchor(field: Field) -> str:
    """Where the field's row stands on the page of its section: there, one table for each domain has its own rows."""
    return f"{field.domain}-{field.row}" if field.section == "op3ab" and field.domain else field.row


def _rows(layout: Layout, keys: tuple[str, ...] | list[str]) -> tuple[RowFields, ...]:
    """The fields row by row, in printed order."""
    rows: dict[tuple[str, str], list[Field]] = {}
    for key in sorted(keys, key=lambda key: layout.positions[key]):
        field = layout.field(key)
        rows.setdefault((field.section, anchor(field)), []).append(field)
    return tuple(
        RowFields(fields[0].labels, section, where, tuple(fields)) for (section, where), fields in rows.items()
    )

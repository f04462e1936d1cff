"""What the page of gaps shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.coverage.gaps import Gap, GapList
from cpi1540.matrix.layout import Field, Layout
from cpi1540.matrix.record import Code


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap with its field."""

    field: Field
    look: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class NotReviewed:
    """How many counted fields of one section nobody has reviewed, of how many."""

    section: str
    short_titles: Mapping[str, str]
    fields: int
    counted: int


@dataclass(frozen=True, slots=True)
class GapsPage:
    """The gaps by section, in printed order, and the work to do."""

    sections: tuple[tuple[Mapping[str, str], str, tuple[GapLine, ...]], ...]
    not_reviewed: tuple[NotReviewed, ...]
    n_gaps: int
    n_not_reviewed: int


def gaps_page(layout: Layout, found: GapList) -> GapsPage:
    """Arrange a list of gaps by section of ``layout``."""
    by_field = {gap.field: gap for gap in found.gaps}
    unknown = set(found.not_reviewed)
    sections, not_reviewed = [], []
    for section in layout.sections:
        fields = [field for field in layout.fields if field.section == section.code and field.role == "counted"]
        lines = tuple(
            GapLine(field, "q" if by_field[field.key].code is Code.INCOMPLETE else "b", by_field[field.key])
            for field in fields
            if field.key in by_field
        )
        if lines:
            sections.append((section.short_titles, section.code, lines))
        count = sum(field.key in unknown for field in fields)
        if count:
            not_reviewed.append(NotReviewed(section.code, section.short_titles, count, len(fields)))
    return GapsPage(tuple(sections), tuple(not_reviewed), len(found.gaps), len(found.not_reviewed))

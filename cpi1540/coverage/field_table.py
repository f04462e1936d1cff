"""The fields behind one State's figure, row by row: what each records, what it weighs, what it rests on."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import HEADLINE, Narrowing, masks
from cpi1540.matrix.layout import Aspect, Domain, Layout
from cpi1540.matrix.pages import look
from cpi1540.matrix.record import NOT_REVIEWED, Entry


@dataclass(frozen=True, slots=True)
class FieldCell:
    """One field of the figure: its look ("x", "xa", "q", "na", "b", "u") and its weight."""

    key: str
    look: str
    domain: Domain | None
    aspect: Aspect | None
    weight: float


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One row with its fields in the figure, how many sources they cite, and the day of the oldest dated one."""

    section: str
    key: str
    labels: Mapping[str, str]
    cells: tuple[FieldCell, ...]
    sources: int
    oldest: datetime.date | None

    @property
    def anchor(self) -> str:
        """Where the row stands on the page of its section."""
        domain = self.cells[0].domain
        return f"{domain}-{self.key}" if self.section == "op3ab" and domain else self.key


def field_table(
    layout: Layout,
    entries: Mapping[str, Entry],
    profile: Profile,
    narrowing: Narrowing,
    seen_on: Callable[[str], datetime.date | None] = lambda _measure: None,
) -> tuple[FieldRow, ...]:
    """The rows behind the figure asked for, in printed order; a row of OP 3 (a) (b) once for each weapon domain.

    ``seen_on`` tells the day of a measure ("FRA-M12"): when its source document was last looked at.
    """
    inside = masks(layout, narrowing)[HEADLINE]
    grouped: dict[tuple[str, str, Domain | None], list[FieldCell]] = {}
    for field, weight, wanted in zip(layout.fields, profile.weights(layout), inside, strict=True):
        if wanted:
            table = field.domain if field.section == "op3ab" else None
            cell = FieldCell(
                field.key, look(entries.get(field.key, NOT_REVIEWED)), field.domain, field.aspect, float(weight)
            )
            grouped.setdefault((field.section, field.row, table), []).append(cell)
    rows = []
    for (section, row, _table), cells in grouped.items():
        sources = [source for cell in cells for source in entries.get(cell.key, NOT_REVIEWED).sources]
        days = [source.as_of or (seen_on(source.measure) if source.measure else None) for source in sources]
        oldest = min((day for day in days if day), default=None)
        labels = layout.rows[section, row].labels
        rows.append(FieldRow(section, row, labels, tuple(cells), len(sources), oldest))
    return tuple(rows)

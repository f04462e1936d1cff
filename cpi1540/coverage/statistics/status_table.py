"""The Committee's table: for each field, how many States have measures recorded, at two dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.layout import Aspect, Domain, Layout


@dataclass(frozen=True, slots=True)
class Count:
    """Of the States asked about: how many have X in a field, and in how many the field is reviewed."""

    x: int = 0
    reviewed: int = 0

    @property
    def share(self) -> float | None:
        """The part of those reviewed that has X, 0..1; None where nobody was reviewed: no figure, not 0."""
        return self.x / self.reviewed if self.reviewed else None


@dataclass(frozen=True, slots=True)
class Pair:
    """The counts at the earlier and at the later date."""

    before: Count
    after: Count


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One row of the table, of one weapon domain where a section has them. A row with one code has it under
    ``framework``, and no ``enforcement``.
    """

    section: str
    row: str
    domain: Domain | None
    framework: Pair | None
    enforcement: Pair | None


@dataclass(frozen=True, slots=True)
class StatusTable:
    """The table over ``n_states`` States; ``left_out`` fields are not in every layout used, and are not counted."""

    n_states: int
    left_out: int
    rows: tuple[StatusRow, ...]


Counts = Mapping[str, Count]  # field key -> its count at one date; a field left out: 0 of 0 reviewed


def status_table(
    layout: Layout,
    used: Iterable[Layout],
    before: Counts,
    after: Counts,
    n_states: int,
    narrowing: Narrowing,
) -> StatusTable:
    """The table in the printed order of ``layout``, over the fields that it has in common with all layouts ``used``.

    A field's key means the same in every layout, so that counts are over the States whatever their layout.
    Information rows are counted too.
    """
    known = [set(each.positions) for each in (layout, *used)]
    common, everything = set.intersection(*known), set.union(*known)
    nothing = Count()
    rows: dict[tuple[str, str, Domain | None], dict[Aspect, Pair]] = {}
    for field in layout.fields:
        if field.key in common and narrowing.takes(field):
            pair = Pair(before.get(field.key, nothing), after.get(field.key, nothing))
            place = rows.setdefault((field.section, field.row, field.domain), {})
            place[field.aspect or Aspect.FRAMEWORK] = pair
    return StatusTable(
        n_states,
        len(everything - common),
        tuple(
            StatusRow(*key, pairs.get(Aspect.FRAMEWORK), pairs.get(Aspect.ENFORCEMENT)) for key, pairs in rows.items()
        ),
    )

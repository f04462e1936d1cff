"""Entries read from the record: one matrix, one section of it, or the codes of many at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from cpi1540.foundation.database import db
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import (
    NOT_REVIEWED,
    NUMBER_OF,
    Basis,
    Code,
    Entry,
    Matrix,
    Source,
    Statement,
    Version,
)
from cpi1540.matrix.service import layouts
from cpi1540.matrix.tables import CitationRow, EntryRow, MeasureRow
from cpi1540.states.tables import StateRow


def matrix(version: Version) -> Matrix:
    """The version with every entry of its layout, in printed order, sources included."""
    printed = layouts.layout(version.layout)
    found = _entries(version.id, prefix=None)
    return Matrix(version, {field.key: found.get(field.key, NOT_REVIEWED) for field in printed.fields})


def section(version: Version, layout: Layout, code: str) -> Matrix:
    """The version with the entries of one section."""
    found = _entries(version.id, prefix=code)
    return Matrix(
        version,
        {field.key: found.get(field.key, NOT_REVIEWED) for field in layout.fields if field.section == code},
    )


def revisions(version: Version, section: str | None = None) -> dict[str, int]:
    """Field key -> how often the field was saved, for one section or for all."""
    wanted = EntryRow.version_id == version.id
    if section is not None:
        wanted &= EntryRow.field.startswith(section + ".", autoescape=True)
    return dict(db.session.execute(select(EntryRow.field, EntryRow.revision).where(wanted)).all())


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of many versions in one layout: ``numbers`` is int8, versions x fields, in the order given."""

    layout: Layout
    versions: tuple[Version, ...]
    numbers: npt.NDArray[np.int8]


def codes(chosen: Sequence[Version]) -> list[Codes]:
    """The codes of ``chosen``, one block for each layout they use, layouts in order of their code."""
    blocks = []
    for layout_code in sorted({version.layout for version in chosen}):
        printed = layouts.layout(layout_code)
        members = tuple(version for version in chosen if version.layout == layout_code)
        place = {version.id: row for row, version in enumerate(members)}
        blocks.append(Codes(printed, members, _numbers(printed, place)))
    return blocks


def _numbers(layout: Layout, place: dict[int, int]) -> npt.NDArray[np.int8]:
    numbers = np.zeros((len(place), len(layout.fields)), dtype=np.int8)
    column = layout.positions
    of_code = {code: NUMBER_OF[Code(code)] for code in Code}
    # Fields nobody has reviewed are zero already: only the others are fetched.
    query = select(EntryRow.version_id, EntryRow.field, EntryRow.code).where(
        EntryRow.version_id.in_(list(place)), EntryRow.code.is_not(None)
    )
    for version_id, field, code in db.session.execute(query):
        if field in column:
            numbers[place[version_id], column[field]] = of_code[code]  # type: ignore[index]
    return numbers


def _entries(version_id: int, prefix: str | None) -> dict[str, Entry]:
    wanted = EntryRow.version_id == version_id
    if prefix is not None:
        wanted &= EntryRow.field.startswith(prefix + ".", autoescape=True)
    sources: dict[int, list[Source]] = {}
    cited = (
        select(CitationRow, MeasureRow.number, StateRow.code)
        .join(EntryRow, EntryRow.id == CitationRow.entry_id)
        .outerjoin(MeasureRow, MeasureRow.id == CitationRow.measure_id)
        .outerjoin(StateRow, StateRow.id == MeasureRow.state_id)
        .where(wanted)
        .order_by(CitationRow.entry_id, CitationRow.position)
    )
    for row, number, state in db.session.execute(cited):
        sources.setdefault(row.entry_id, []).append(source_of(row, number, state))
    columns = (
        EntryRow.id,
        EntryRow.field,
        EntryRow.code,
        EntryRow.basis,
        EntryRow.remarks,
        EntryRow.remarks_language,
    )
    entries = db.session.execute(select(*columns).where(wanted))
    return {
        field: Entry(
            code=None if code is None else Code(code),
            basis=None if basis is None else Basis(basis),
            sources=tuple(sources.get(key, ())),
            remarks=remarks,
            remarks_language=remarks_language,
        )
        for key, field, code, basis, remarks, remarks_language in entries
        if code is not None or remarks or key in sources  # what is left out is not reviewed
    }


def source_of(row: CitationRow, number: int | None, state: str | None) -> Source:
    """The source that a citation's row keeps; ``number`` and ``state`` are those of the measure cited."""
    statement = Statement(row.statement["code"], row.statement["params"]) if row.statement else None
    measure = f"{state}-M{number}" if number is not None else None
    return Source(row.text, row.language, measure, row.pinpoint, row.url, statement, row.as_of)

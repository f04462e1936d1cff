"""What the codes of many versions rest on, and how many versions have which code, read without their texts."""

import datetime
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import case, func, literal_column, select

from cpi1540.foundation.database import db
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.record import Basis, Code, Version
from cpi1540.matrix.tables import CitationRow, EntryRow, MeasureRow, SourceDocumentRow


def fields_found(chosen: Collection[Version]) -> Iterator[tuple[int, str, Basis | None]]:
    """(version id, field, basis) of every field with X."""
    query = select(EntryRow.version_id, EntryRow.field, EntryRow.basis).where(
        EntryRow.version_id.in_([version.id for version in chosen]), EntryRow.code == Code.FOUND.value
    )
    for version_id, field, basis in db.session.execute(query):
        yield version_id, field, Basis(basis) if basis is not None else None


def dated_sources(
    chosen: Collection[Version],
) -> Iterator[tuple[int, str, tuple[object, ...], datetime.date]]:
    """(version id, field, which source, its day) of every citation that has a day.

    A measure is one source of its State however often it is cited, and is of the day its document was last
    retrieved, else of the document's date; a source without a measure is one for its field.
    """
    cited = (
        select(
            EntryRow.version_id,
            EntryRow.field,
            CitationRow.measure_id,
            CitationRow.position,
            CitationRow.as_of,
            SourceDocumentRow.retrieved_on,
            SourceDocumentRow.dated,
        )
        .join(CitationRow, CitationRow.entry_id == EntryRow.id)
        .outerjoin(MeasureRow, MeasureRow.id == CitationRow.measure_id)
        .outerjoin(SourceDocumentRow, SourceDocumentRow.id == MeasureRow.source_document_id)
        .where(EntryRow.version_id.in_([version.id for version in chosen]))
    )
    for version_id, field, measure, position, as_of, retrieved_on, dated in db.session.execute(cited):
        day = as_of or retrieved_on or (PartialDate.parse(dated).first_day if dated else None)
        if day is not None:
            yield version_id, field, (measure,) if measure is not None else (field, position), day


def newest_as_of(chosen: Collection[Version]) -> dict[int, dict[str, datetime.date]]:
    """Version id -> field -> the latest day that a source of it bears itself, for the fields with such a source."""
    query = (
        select(EntryRow.version_id, EntryRow.field, func.max(CitationRow.as_of))
        .join(CitationRow, CitationRow.entry_id == EntryRow.id)
        .where(EntryRow.version_id.in_([version.id for version in chosen]), CitationRow.as_of.is_not(None))
        .group_by(EntryRow.version_id, EntryRow.field)
    )
    found: dict[int, dict[str, datetime.date]] = {}
    for version_id, field, day in db.session.execute(query):
        if day is not None:
            found.setdefault(version_id, {})[field] = day
    return found


def codes_in(field: str, chosen: Collection[Version]) -> dict[int, Code]:
    """Version id -> its code in one field, for the versions in which the field is reviewed."""
    query = select(EntryRow.version_id, EntryRow.code).where(
        EntryRow.version_id.in_([version.id for version in chosen]),
        EntryRow.field == field,
        EntryRow.code.is_not(None),
    )
    return {version_id: Code(code) for version_id, code in db.session.execute(query) if code is not None}


def counted_by_field(sets: Sequence[Collection[int]]) -> list[tuple[str, int, int, int]]:
    """(field, which set, number of versions with X, number in which it is reviewed) over disjoint ``sets`` of
    version ids, in one pass over the entries.
    """
    *first, _last = enumerate(sets)
    which = case(
        *((EntryRow.version_id.in_(sorted(versions)), place) for place, versions in first), else_=len(sets) - 1
    ).label("place")
    query = (
        select(EntryRow.field, which, func.count(case((EntryRow.code == Code.FOUND.value, 1))), func.count())
        .where(EntryRow.version_id.in_(sorted(set().union(*sets))), EntryRow.code.is_not(None))
        .group_by(EntryRow.field, literal_column("place"))
    )
    return [(field, place, x, reviewed) for field, place, x, reviewed in db.session.execute(query)]

"""What a figure's fields rest on, from the record."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import select

from cpi1540.coverage.reliability import Reliability, reliability
from cpi1540.coverage.scope import HEADLINE, Narrowing, masks
from cpi1540.foundation.database import db
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.record import Basis, Code, Version
from cpi1540.matrix.service import layouts
from cpi1540.matrix.tables import CitationRow, EntryRow, MeasureRow, SourceDocumentRow


def reliabilities(
    chosen: Mapping[str, Version], narrowing: Narrowing, groups: Mapping[str, Sequence[str]]
) -> dict[str, Reliability]:
    """Name -> the reliability of the figure over these States: over the fields of the headline of ``narrowing``.

    A measure counts as one source of its State however often it is cited, and is of the day its document was last
    retrieved, else of the document's date; a source without a measure counts once for its field.
    """
    version_ids = [version.id for version in chosen.values()]
    inside = _inside(chosen.values(), narrowing)
    state_of = {version.id: state for state, version in chosen.items()}
    found: dict[str, list[int]] = {state: [0, 0] for state in chosen}
    bases = select(EntryRow.version_id, EntryRow.field, EntryRow.basis).where(
        EntryRow.version_id.in_(version_ids), EntryRow.code == Code.FOUND.value
    )
    for version_id, field, basis in db.session.execute(bases):
        if inside(version_id, field):
            counts = found[state_of[version_id]]
            counts[0] += 1
            counts[1] += basis == Basis.REFERENCE
    days = _days(version_ids, inside, state_of)
    return {
        name: reliability(
            sum(found[state][0] for state in members if state in found),
            sum(found[state][1] for state in members if state in found),
            [day for state in members for day in days.get(state, ())],
        )
        for name, members in groups.items()
    }


def _days(
    version_ids: Sequence[int], inside: Callable[[int, str], bool], state_of: Mapping[int, str]
) -> dict[str, list[datetime.date]]:
    """State -> the day of each of its sources that has one."""
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
        .where(EntryRow.version_id.in_(version_ids))
    )
    days: dict[str, dict[tuple[object, ...], datetime.date]] = {}
    for version_id, field, measure, position, as_of, retrieved_on, dated in db.session.execute(cited):
        day = as_of or retrieved_on or (PartialDate.parse(dated).first_day if dated else None)
        if day is not None and inside(version_id, field):
            source = (measure,) if measure is not None else (field, position)
            days.setdefault(state_of[version_id], {})[source] = day
    return {state: sorted(sources.values()) for state, sources in days.items()}


def _inside(versions: Iterable[Version], narrowing: Narrowing) -> Callable[[int, str], bool]:
    fields: dict[int, frozenset[str]] = {}
    by_layout: dict[str, frozenset[str]] = {}
    for version in versions:
        if version.layout not in by_layout:
            layout = layouts.layout(version.layout)
            mask = masks(layout, narrowing)[HEADLINE]
            by_layout[version.layout] = frozenset(
                field.key for field, wanted in zip(layout.fields, mask, strict=True) if wanted
            )
        fields[version.id] = by_layout[version.layout]
    return lambda version_id, field: field in fields[version_id]

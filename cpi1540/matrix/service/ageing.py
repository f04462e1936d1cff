"""What has gone stale, and what nobody has reviewed, in many versions at once."""

import datetime
from collections.abc import Sequence

from sqlalchemy import func, select

from cpi1540.foundation.database import db
from cpi1540.matrix.measure import measure_id
from cpi1540.matrix.record import Source, Version
from cpi1540.matrix.service import layouts, measures, speaking
from cpi1540.matrix.staleness import Why
from cpi1540.matrix.tables import CitationRow, EntryRow, MeasureRow, VersionRow


def stale_fields(chosen: Sequence[Version], on: datetime.date | None = None) -> dict[str, dict[Why, int]]:
    """State -> why -> number of sources stale on a day, today when none is named, for those of the versions that
    have any; by State.
    """
    by_id = {version.id: version for version in chosen}
    query = (
        select(EntryRow.version_id, MeasureRow.number, CitationRow.as_of, func.count(CitationRow.id))
        .join(CitationRow, CitationRow.entry_id == EntryRow.id)
        .outerjoin(MeasureRow, MeasureRow.id == CitationRow.measure_id)
        .where(EntryRow.version_id.in_(list(by_id)))
        .where(CitationRow.as_of.is_not(None) | CitationRow.measure_id.is_not(None))
        .group_by(EntryRow.version_id, MeasureRow.number, CitationRow.as_of)
    )
    rows = db.session.execute(query).all()
    cited = select(VersionRow.state_id).where(VersionRow.id.in_(list(by_id))).distinct()
    known = measures.all_known(list(db.session.scalars(cited))) if any(number for _v, number, *_ in rows) else {}
    found: dict[str, dict[Why, int]] = {}
    for version_id, number, as_of, n in rows:
        version = by_id[version_id]
        source = Source(measure=measure_id(version.state, number) if number else None, as_of=as_of)
        why = speaking.staleness(version, known, on)(source)
        if why is not None:
            counts = found.setdefault(version.state, {})
            counts[why] = counts.get(why, 0) + n
    return dict(sorted(found.items()))


def not_reviewed(chosen: Sequence[Version]) -> dict[str, int]:
    """State -> number of fields of its version that nobody has reviewed, where there are any; by State."""
    query = (
        select(EntryRow.version_id, func.count(EntryRow.id))
        .where(EntryRow.version_id.in_([version.id for version in chosen]), EntryRow.code.is_not(None))
        .group_by(EntryRow.version_id)
    )
    reviewed = dict(db.session.execute(query).all())
    left = {
        version.state: len(layouts.layout(version.layout).fields) - reviewed.get(version.id, 0) for version in chosen
    }
    return {state: n for state, n in sorted(left.items()) if n}

"""Reference versions: what the treaty and regime data say of OP 1, for every Member State."""

import datetime
from collections.abc import Mapping

from sqlalchemy import func, select

from cpi1540.foundation.database import db
from cpi1540.matrix.record import Entry, Handling, Origin, Status
from cpi1540.matrix.reference import fresh_lists, op1_entries
from cpi1540.matrix.service import layouts, recording
from cpi1540.matrix.tables import VersionRow
from cpi1540.states import service as states


def make(by: str) -> int:
    """Make a new reference version for each Member State whose derived entries or their date are new.

    Returns how many were made; none when the same data is loaded twice. The as-of of a reference version is
    the newest as-of in all the data it was made from.
    """
    actions = states.all_actions()
    if not actions:
        return 0
    everything = [action for acts in actions.values() for action in acts]
    as_of = max(action.as_of for action in everything)
    instruments = states.instruments()
    lists = fresh_lists(everything, instruments, as_of)
    layout = layouts.layout()
    known = _newest()
    made = 0
    for state in states.states(practice=False):
        entries: Mapping[str, Entry] = op1_entries(actions.get(state.code, []), instruments, as_of, lists)
        if known.get(state.id) == (recording.digest(entries), as_of):
            continue
        new = recording.NewVersion(Origin.REFERENCE, Status.REFERENCE, Handling.PUBLIC, as_of=as_of)
        recording.write(state, layout, new, entries, by)
        made += 1
    return made


def _newest() -> dict[int, tuple[str, datetime.date | None]]:
    """State -> digest and as-of of its newest reference version."""
    latest = (
        select(VersionRow.state_id, func.max(VersionRow.number).label("number"))
        .where(VersionRow.status == Status.REFERENCE)
        .group_by(VersionRow.state_id)
        .subquery()
    )
    query = select(VersionRow.state_id, VersionRow.digest, VersionRow.as_of).join(
        latest, (latest.c.state_id == VersionRow.state_id) & (latest.c.number == VersionRow.number)
    )
    return {state: (digest, as_of) for state, digest, as_of in db.session.execute(query)}

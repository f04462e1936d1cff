"""The practice record written into the database, through the services of the wings."""

import datetime
from pathlib import Path

from cpi1540.desk.practice import assistance_outcomes, assistance_work, desk_work, offer_work
from cpi1540.desk.practice import commitments as commitments_made_up
from cpi1540.desk.practice.generator import generate
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import now, transaction
from cpi1540.matrix.record import Handling, Status
from cpi1540.matrix.service import layouts, measure_records, recording
from cpi1540.states import loading as states_loading
from cpi1540.states import service as states_service

# An open draft is older than every step of it in desk.json.
DRAFTED_BEFORE = datetime.timedelta(days=90)


def load(folder: Path) -> bool:
    """Make the practice record, unless it is there already; whether it was made. All of it or nothing."""
    if states_service.counts()["practice"]:
        return False
    record = generate(layouts.layout(), folder / "practice")
    with transaction():
        for state in record.states:
            states_loading.add_practice_state(
                state.code,
                state.names,
                state.sort_names,
                state.formal_en,
                state.language,
                state.group,
                state.reports,
            )
        for state in record.states:
            _record(state)
        desk_work.load(folder / "practice")
        commitments_made_up.load(folder / "practice")
        offer_work.load(folder / "practice", record.states, layouts.layout(), record.seed)
        people, registered = assistance_work.load(folder / "practice", record.states, layouts.layout(), record.seed)
        assistance_outcomes.load(folder / "practice", registered, people, record.seed)
    return True


def _record(state: PracticeState) -> None:
    """Write an invented State's documents, measures and versions."""
    owner = states_service.find(state.code, practice=True)
    measure_records.record_documents(owner, state.documents, SYSTEM.id)
    measure_records.record_measures(owner, state.measures, SYSTEM.id)
    for version in state.versions:
        public = version.status is Status.APPROVED
        new = recording.NewVersion(
            version.origin,
            Status.APPROVED if public else Status.DRAFT,  # open ones take their steps in desk_work
            Handling.PUBLIC if public else Handling.RESTRICTED,
            approved_on=version.approved_on,
            symbol=version.symbol,
            based_on=version.based_on,
            recorded_at=None if public else now() - DRAFTED_BEFORE,
        )
        recording.write(owner, layouts.layout(version.layout), new, version.entries, SYSTEM.id)

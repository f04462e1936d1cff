"""Reference data written into the record. The same data twice changes nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.database import Base, db
from cpi1540.foundation.search_text import normalise
from cpi1540.states import seed_files
from cpi1540.states.instruments import Action
from cpi1540.states.state import Report
from cpi1540.states.tables import (
    GroupMembershipRow,
    InstrumentActionRow,
    InstrumentRow,
    ReportRow,
    StateRow,
)

PRACTICE_SOURCE = "invented for practice"


def load(folder: Path, by: str) -> None:
    """Load States, groups, instruments, actions and reports; SeedFault, and nothing written, when a file is broken."""
    data = seed_files.read(folder)
    changed = [_states(data.states), _instruments(data.instruments)]
    states = dict(db.session.execute(select(StateRow.code, StateRow.id)).all())
    instruments = dict(db.session.execute(select(InstrumentRow.code, InstrumentRow.id)).all())
    members = [states[state.code] for state in data.states]
    changed.append(
        _replace(
            GroupMembershipRow,
            ("state_id", "group_code", "basis", "source", "note"),
            [(states[m.state], m.group, m.basis, m.source, m.note) for m in data.memberships],
            members,
        )
    )
    changed.append(
        _replace(
            InstrumentActionRow,
            ("state_id", "instrument_id", "kind", "dated", "source", "as_of", "note", "confidence"),
            [
                (
                    states[act.state],
                    instruments[act.instrument],
                    act.kind.value,
                    str(act.date) if act.date else None,
                    act.source,
                    act.as_of,
                    act.note,
                    act.confidence,
                )
                for act in data.actions
            ],
            members,
        )
    )
    changed.append(
        _replace(
            ReportRow,
            ("state_id", "kind", "dated", "source"),
            [(states[report.state], report.kind, str(report.date), report.source) for report in data.reports],
            members,
        )
    )
    if any(changed):
        names = ("states", "instruments", "groups", "actions", "reports")
        parts = [name for name, each in zip(names, changed, strict=True) if each]
        audit.record(by, "reference-data.load", [f"reference-data:{part}" for part in parts])


def state_values(record: seed_files.StateRecord) -> dict[str, Any]:
    """The columns of a Member State."""
    spoken = {*record.names.values(), *record.other_names.values(), record.formal_name, record.code}
    return {
        "code": record.code,
        "practice": False,
        "names": record.names,
        "sort_names": {language: normalise(text) for language, text in record.sort_names.items()},
        "formal_name": record.formal_name,
        "language": None,
        "admitted": record.admitted,
        "search": "\n".join(sorted(normalise(text) for text in spoken)),
    }


def _states(records: Sequence[seed_files.StateRecord]) -> bool:
    return _merge(StateRow, [state_values(record) for record in records])


def _instruments(records: Sequence[Any]) -> bool:
    return _merge(
        InstrumentRow,
        [
            {
                "code": each.code,
                "kind": each.kind.value,
                "names": dict(each.names),
                "row": each.row,
                "confidence": each.confidence,
                "lists_every_state": each.lists_every_state,
            }
            for each in records
        ],
    )


def _merge(table: type[StateRow | InstrumentRow], values: Sequence[dict[str, Any]]) -> bool:
    """Add what is new and correct what differs, by code; whether anything changed."""
    known: dict[str, Any] = {cast(Any, row).code: row for row in db.session.scalars(select(table))}
    changed = False
    for each in values:
        row = known.get(each["code"])
        if row is None:
            db.session.execute(insert(table).values(**each))
            changed = True
        elif any(getattr(row, column) != value for column, value in each.items()):
            db.session.execute(update(table).where(table.code == each["code"]).values(**each))
            changed = True
    return changed


def _replace(table: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]], states: Sequence[int]) -> bool:
    """Make ``rows`` the only ones of those States, in their order; whether anything changed."""
    stored = cast(Table, table.__table__)
    named = [stored.c[column] for column in columns]
    known = db.session.execute(select(*named).where(stored.c.state_id.in_(states)))
    if sorted(map(repr, known)) == sorted(map(repr, rows)):
        return False
    db.session.execute(delete(stored).where(stored.c.state_id.in_(states)))
    db.session.execute(insert(stored), [dict(zip(columns, row, strict=True)) for row in rows])
    return True


def add_practice_state(
    code: str,
    names: Mapping[str, str],
    sort_names: Mapping[str, str],
    formal_name: str,
    language: str,
    group: str,
    reports: Sequence[Report],
) -> None:
    """Add an invented State to the practice record, in its one group, with the dates of its reports."""
    spoken = {*names.values(), formal_name, code}
    key = db.session.execute(
        insert(StateRow)
        .values(
            code=code,
            practice=True,
            names=dict(names),
            sort_names={each: normalise(text) for each, text in sort_names.items()},
            formal_name=formal_name,
            language=language,
            admitted=None,
            search="\n".join(sorted(normalise(text) for text in spoken)),
        )
        .returning(StateRow.id)
    ).scalar_one()
    places = [
        {"state_id": key, "group_code": group, "basis": basis, "source": PRACTICE_SOURCE, "note": ""}
        for basis in ("full", "electoral")
    ]
    db.session.execute(insert(cast(Table, GroupMembershipRow.__table__)), places)
    if reports:
        dates = [
            {"state_id": key, "kind": report.kind, "dated": str(report.date), "source": report.source}
            for report in reports
        ]
        db.session.execute(insert(cast(Table, ReportRow.__table__)), dates)


def add_practice_actions(actions: Sequence[Action]) -> None:
    """Add what invented States did towards instruments of the reference data."""
    states = dict(db.session.execute(select(StateRow.code, StateRow.id).where(StateRow.practice.is_(True))).all())
    instruments = dict(db.session.execute(select(InstrumentRow.code, InstrumentRow.id)).all())
    rows = [
        {
            "state_id": states[act.state],
            "instrument_id": instruments[act.instrument],
            "kind": act.kind.value,
            "dated": str(act.date) if act.date else None,
            "source": act.source,
            "as_of": act.as_of,
            "note": act.note,
            "confidence": act.confidence,
        }
        for act in actions
    ]
    db.session.execute(insert(cast(Table, InstrumentActionRow.__table__)), rows)

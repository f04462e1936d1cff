"""States found and listed: by code, by group, by name in any language."""

import datetime
from collections.abc import Sequence

from sqlalchemy import Select, and_, func, select

from cpi1540.foundation.command_line import Scope
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise, printable
from cpi1540.states.groups import GROUPS
from cpi1540.states.instruments import Action, ActionKind, Instrument, InstrumentKind
from cpi1540.states.state import Report, State
from cpi1540.states.tables import (
    GroupMembershipRow,
    InstrumentActionRow,
    InstrumentRow,
    ReportRow,
    StateRow,
)

CODE_LENGTH = 3


def states(*, practice: bool, group: str | None = None) -> list[State]:
    """The States of one record, by code; those of one regional group (electoral basis) when it is named."""
    query = _states().where(StateRow.practice.is_(practice))
    if group is not None:
        query = query.where(GroupMembershipRow.group == group)
    return _read(query)


def find(code: str, *, practice: bool | None = None) -> State:
    """The State with that code; NotFound when the record asked for has none."""
    known_form = len(code) == CODE_LENGTH and code.isascii() and code.isalpha()
    query = _states().where(StateRow.code == code.upper())
    if practice is not None:
        query = query.where(StateRow.practice.is_(practice))
    for state in _read(query) if known_form else ():
        return state
    raise NotFound(sentence("There is no State with the code %(state)s.", state=printable(code.upper())))


def in_scope(scope: Scope) -> list[State]:
    """The States a command speaks of, by code. The two records never mix: naming both is refused."""
    if not scope.states:
        return states(practice=scope.practice, group=scope.group)
    found = [find(code, practice=True if scope.practice else None) for code in scope.states]
    if len({state.practice for state in found}) > 1:
        raise DomainError(sentence("Member States and States of the practice record are never put together."))
    return sorted(found, key=lambda state: state.code)


def search(text: str, *, practice: bool, group: str | None = None) -> list[State]:
    """The States whose code or name, in any of the six languages, contains ``text``."""
    wanted = normalise(text)
    query = _states().where(StateRow.practice.is_(practice))
    if group is not None:
        query = query.where(GroupMembershipRow.group == group)
    if wanted:
        query = query.where(StateRow.search.contains(wanted, autoescape=True))
    return _read(query)


def counts() -> dict[str, int]:
    """How many States each record has: keys "members" and "practice"."""
    rows = db.session.execute(select(StateRow.practice, func.count()).group_by(StateRow.practice))
    found = dict(rows.all())
    return {"members": found.get(False, 0), "practice": found.get(True, 0)}


def without_electoral_group() -> list[str]:
    """The codes of the States that are not in exactly one group on the electoral basis; sorted."""
    electoral = and_(GroupMembershipRow.state_id == StateRow.id, GroupMembershipRow.basis == "electoral")
    query = (
        select(StateRow.code)
        .outerjoin(GroupMembershipRow, electoral)
        .group_by(StateRow.code)
        .having(func.count(GroupMembershipRow.group) != 1)
        .order_by(StateRow.code)
    )
    return list(db.session.scalars(query))


def by_group(among: Sequence[State]) -> dict[str, list[State]]:
    """Group code -> its States of ``among``, every group named, in the order of ``GROUPS``."""
    return {group: [state for state in among if state.group == group] for group in GROUPS}


def instruments() -> dict[str, Instrument]:
    """Every instrument, by code."""
    rows = db.session.scalars(select(InstrumentRow).order_by(InstrumentRow.id))
    return {row.code: _instrument(row) for row in rows}


def all_actions() -> dict[str, list[Action]]:
    """State code -> its actions, for every Member State that has any."""
    query = (
        select(InstrumentActionRow, StateRow.code, InstrumentRow.code)
        .join(InstrumentRow, InstrumentRow.id == InstrumentActionRow.instrument_id)
        .join(StateRow, StateRow.id == InstrumentActionRow.state_id)
        .where(StateRow.practice.is_(False))
        .order_by(InstrumentActionRow.id)
    )
    found: dict[str, list[Action]] = {}
    for row, state, instrument in db.session.execute(query):
        found.setdefault(state, []).append(_action(row, state, instrument))
    return found


def actions_of(among: Sequence[State]) -> dict[str, list[Action]]:
    """State code -> its actions, a list for each State of ``among``."""
    query = (
        select(InstrumentActionRow, StateRow.code, InstrumentRow.code)
        .join(InstrumentRow, InstrumentRow.id == InstrumentActionRow.instrument_id)
        .join(StateRow, StateRow.id == InstrumentActionRow.state_id)
        .where(InstrumentActionRow.state_id.in_([state.id for state in among]))
        .order_by(InstrumentActionRow.id)
    )
    found: dict[str, list[Action]] = {state.code: [] for state in among}
    for row, state, instrument in db.session.execute(query):
        found[state].append(_action(row, state, instrument))
    return found


def source_ages() -> list[tuple[str, str, datetime.date, int]]:
    """(instrument code, source, as-of, number of records) of everything loaded for the members, sorted."""
    query = (
        select(InstrumentRow.code, InstrumentActionRow.source, InstrumentActionRow.as_of, func.count())
        .join(InstrumentRow, InstrumentRow.id == InstrumentActionRow.instrument_id)
        .join(StateRow, StateRow.id == InstrumentActionRow.state_id)
        .where(StateRow.practice.is_(False))
        .group_by(InstrumentRow.id, InstrumentRow.code, InstrumentActionRow.source, InstrumentActionRow.as_of)
        .order_by(InstrumentRow.id, InstrumentActionRow.as_of, InstrumentActionRow.source)
    )
    return [(instrument, source, as_of, count) for instrument, source, as_of, count in db.session.execute(query)]


def reports_of(state: State) -> list[Report]:
    """The dates of a State's reports to the Committee as the sources give them, sorted."""
    return reports([state])[state.code]


def reports(among: Sequence[State]) -> dict[str, list[Report]]:
    """The same for several States: code -> reports, a list for each State."""
    query = (
        select(StateRow.code, ReportRow.kind, ReportRow.date, ReportRow.source)
        .join(StateRow, StateRow.id == ReportRow.state_id)
        .where(ReportRow.state_id.in_([state.id for state in among]))
        .order_by(StateRow.code, ReportRow.kind.desc(), ReportRow.date, ReportRow.source)
    )
    found: dict[str, list[Report]] = {state.code: [] for state in among}
    for code, kind, date, source in db.session.execute(query):
        found[code].append(Report(kind, PartialDate.parse(date), source))
    return found


def _states() -> Select[StateRow, str]:
    electoral = and_(GroupMembershipRow.state_id == StateRow.id, GroupMembershipRow.basis == "electoral")
    return select(StateRow, GroupMembershipRow.group).join(GroupMembershipRow, electoral).order_by(StateRow.code)


def _read(query: Select[StateRow, str]) -> list[State]:
    return [
        State(
            row.id,
            row.code,
            row.practice,
            row.names,
            row.sort_names,
            row.formal_name,
            row.language,
            group,
        )
        for row, group in db.session.execute(query)
    ]


def _instrument(row: InstrumentRow) -> Instrument:
    return Instrument(row.code, InstrumentKind(row.kind), row.names, row.row, row.confidence, row.lists_every_state)


def _action(row: InstrumentActionRow, state: str, instrument: str) -> Action:
    return Action(
        state=state,
        instrument=instrument,
        kind=ActionKind(row.kind),
        date=PartialDate.parse(row.date) if row.date else None,
        depositary=row.depositary,
        source=row.source,
        as_of=row.as_of,
        note=row.note,
        confidence=row.confidence,
    )

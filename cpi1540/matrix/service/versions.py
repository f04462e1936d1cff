"""Which versions there are, and which one counts."""

import datetime
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select

from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.actions import may_read
from cpi1540.matrix.record import OPEN, Handling, Origin, Status, Version
from cpi1540.matrix.service import layouts
from cpi1540.matrix.tables import EntryRow, LayoutRow, VersionRow
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow

MOST_VERSIONS = 2**31


def versions_of(state: State, actor: Actor) -> list[Version]:
    """The versions of one State that ``actor`` may read, newest first."""
    query = _versions().where(VersionRow.state_id == state.id).order_by(VersionRow.number.desc())
    return [version for version in _read(query) if may_read(actor, version)]


def find(state: State, number: int, actor: Actor) -> Version:
    """One version by its number; NotFound also when the actor may not read it."""
    query = _versions().where(VersionRow.state_id == state.id, VersionRow.number == number)
    # No database takes a number of any length.
    for version in _read(query) if 0 < number < MOST_VERSIONS else ():
        if may_read(actor, version):
            return version
    raise NotFound(sentence("%(state)s has no version %(version)s.", state=state.code, version=str(number)))


def effective(states: Sequence[State], on: datetime.date) -> dict[str, Version]:
    """State code -> the version effective on that day, for the States that have one.

    The committee version with the latest approval date not after ``on``, else the reference version with
    the latest as-of not after ``on`` (DOMAIN.md 2.4); of two on one day, the higher number.
    """
    approved = VersionRow.status == Status.APPROVED
    dated = func.coalesce(VersionRow.approved_on, VersionRow.as_of)
    place = (
        func.row_number()
        .over(
            partition_by=VersionRow.state_id,
            order_by=(approved.desc(), dated.desc(), VersionRow.number.desc()),
        )
        .label("place")
    )
    ranked = (
        select(VersionRow.id, place)
        .where(VersionRow.status.in_((Status.APPROVED, Status.REFERENCE)), dated <= on, _among(states))
        .subquery()
    )
    query = _versions().join(ranked, ranked.c.id == VersionRow.id).where(ranked.c.place == 1)
    return {version.state: version for version in _read(query)}


def approved(states: Sequence[State]) -> list[Version]:
    """The versions of these States that the Committee approved, by State, the oldest approval first."""
    query = (
        _versions()
        .where(_among(states), VersionRow.status == Status.APPROVED)
        .order_by(StateRow.code, VersionRow.approved_on, VersionRow.number)
    )
    return _read(query)


def newest(states: Sequence[State], actor: Actor) -> dict[str, Version]:
    """State code -> the open draft if ``actor`` may read it, else the version with the highest number.

    New reference data makes a version with a higher number than a draft that is under way: the draft stays first.
    """
    under_way = VersionRow.status.in_(OPEN)
    query = _versions().where(_among(states)).order_by(VersionRow.state_id, under_way, VersionRow.number)
    return {version.state: version for version in _read(query) if may_read(actor, version)}


def open_of(states: Sequence[State], actor: Actor) -> dict[str, Version]:
    """State code -> the version that is not sealed yet, for the States that have one that ``actor`` may read."""
    query = _versions().where(_among(states), VersionRow.status.in_(OPEN)).order_by(StateRow.code)
    return {version.state: version for version in _read(query) if may_read(actor, version)}


def incomplete() -> list[str]:
    """The versions ("FRA/1") that lack a field of their layout, or have one that it does not know; sorted."""
    expected = {code: len(layout.fields) for code, layout in layouts.layouts().items()}
    query = (
        select(StateRow.code, VersionRow.number, LayoutRow.code, func.count(EntryRow.id))
        .join(VersionRow, VersionRow.state_id == StateRow.id)
        .join(LayoutRow, LayoutRow.id == VersionRow.layout_id)
        .outerjoin(EntryRow, EntryRow.version_id == VersionRow.id)
        .group_by(StateRow.code, VersionRow.number, LayoutRow.code)
        .order_by(StateRow.code, VersionRow.number)
    )
    rows = db.session.execute(query)
    return [f"{state}/{number}" for state, number, layout, fields in rows if fields != expected[layout]]


def _among(states: Sequence[State]) -> ColumnElement[bool]:
    return VersionRow.state_id.in_([state.id for state in states])


def _versions() -> Select[VersionRow, str, bool, str]:
    return (
        select(VersionRow, StateRow.code, StateRow.practice, LayoutRow.code)
        .join(StateRow, StateRow.id == VersionRow.state_id)
        .join(LayoutRow, LayoutRow.id == VersionRow.layout_id)
    )


def _read(query: Select[VersionRow, str, bool, str]) -> list[Version]:
    return [
        Version(
            id=row.id,
            state=state,
            number=row.number,
            layout=layout,
            origin=Origin(row.origin),
            status=Status(row.status),
            handling=Handling(row.handling),
            practice=practice,
            as_of=row.as_of,
            approved_on=row.approved_on,
            symbol=row.symbol,
            revision=row.revision,
            based_on=row.based_on,
            recorded_at=row.recorded_at,
        )
        for row, state, practice, layout in db.session.execute(query)
    ]

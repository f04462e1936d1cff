"""Reading the chain of events: what happened to a thing, newest first, page by page."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, select

from cpi1540.foundation.database import db
from cpi1540.foundation.tables import AuditEventRow, AuditSubjectRow

PAGE = 50
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the chain. ``subjects`` are sorted; ``changes`` stand as they were recorded."""

    id: int
    at: datetime.datetime
    actor: str
    action: str
    subjects: tuple[str, ...]
    changes: tuple[Mapping[str, Any], ...]


def events(
    subjects: Collection[str] | None = None,
    *,
    subject_prefix: str | None = None,
    actor: str | None = None,
    action: str | None = None,
    field: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    before_event: int | None = None,
    limit: int = PAGE,
) -> list[Event]:
    """The events about one of ``subjects`` or about one that begins with ``subject_prefix``, newest first; about
    anything when neither is given. Two queries, however many there are.

    ``field`` keeps the events with a change of that field; ``since`` and ``until`` are whole days in UTC, both
    included; ``before_event`` asks for the page after the one that ended with that event.
    """
    wanted = _about(subjects, subject_prefix)
    wanted += [AuditEventRow.actor == actor] if actor else []
    wanted += [AuditEventRow.action == action] if action else []
    # Changes are kept as JSON text on both databases: a key of a field, in its quotes, occurs as nothing else.
    wanted += [cast(AuditEventRow.changes, Text).contains(f'"{field}"', autoescape=True)] if field else []
    wanted += [AuditEventRow.at >= _midnight(since)] if since else []
    if until and until < datetime.date.max:
        wanted.append(AuditEventRow.at < _midnight(until + datetime.timedelta(days=1)))
    wanted += [AuditEventRow.id < before_event] if before_event is not None else []
    query = select(AuditEventRow).where(*wanted).order_by(AuditEventRow.id.desc()).limit(limit)
    rows = db.session.scalars(query).all()
    about: dict[int, list[str]] = {row.id: [] for row in rows}
    named = (
        select(AuditSubjectRow.event_id, AuditSubjectRow.subject)
        .where(AuditSubjectRow.event_id.in_(list(about)))
        .order_by(AuditSubjectRow.event_id, AuditSubjectRow.subject)
    )
    for event_id, subject in db.session.execute(named):
        about[event_id].append(subject)
    return [
        Event(row.id, row.at, row.actor, row.action, tuple(about[row.id]), tuple(dict(each) for each in row.changes))
        for row in rows
    ]


def all_events(subjects: Collection[str] | None = None, **asked: Any) -> Iterator[Event]:
    """Every event that ``events`` would give page by page, some hundred at a time."""
    last: int | None = None
    while True:
        found = events(subjects, **{**asked, "before_event": last, "limit": _CHUNK})
        yield from found
        if len(found) < _CHUNK:
            return
        last = found[-1].id


def actions_in(subjects: Collection[str] | None = None) -> list[str]:
    """The actions that occur in the events about ``subjects``, sorted; of the whole chain without them."""
    query = select(AuditEventRow.action).where(*_about(subjects, None)).distinct().order_by(AuditEventRow.action)
    return list(db.session.scalars(query))


def actors_in(subjects: Collection[str] | None = None) -> list[str]:
    """The actor ids that occur in the events about ``subjects``, sorted; of the whole chain without them."""
    query = select(AuditEventRow.actor).where(*_about(subjects, None)).distinct().order_by(AuditEventRow.actor)
    return list(db.session.scalars(query))


def _about(subjects: Collection[str] | None, prefix: str | None) -> list[ColumnElement[bool]]:
    if subjects is None and prefix is None:
        return []
    named: ColumnElement[bool] = AuditSubjectRow.subject.in_(list(subjects or ()))
    if prefix is not None:
        named |= AuditSubjectRow.subject.startswith(prefix, autoescape=True)
    return [AuditEventRow.id.in_(select(AuditSubjectRow.event_id).where(named))]


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)

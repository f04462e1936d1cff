"""Who changed what, when: an append-only chain of events.

A use case calls ``record`` once, as its last statement. Free text goes in as a hash (``digest``), so that
the chain can be kept and shown without carrying what people wrote.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from cpi1540.foundation.database import db, now
from cpi1540.foundation.tables import AuditEventRow, AuditHeadRow, AuditSubjectRow

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Break:
    """The first event whose place in the chain does not hold."""

    event: int
    at: datetime.datetime | None


def digest(text: str) -> str:
    """The hash under which a free text stands in the audit."""
    return hashlib.sha256(text.encode()).hexdigest()


def record(actor: str, action: str, subjects: Sequence[str], changes: Sequence[Mapping[str, Any]] = ()) -> int:
    """Append one event to the chain and return its number; belongs to the caller's transaction."""
    head = db.session.execute(select(AuditHeadRow.event_id, AuditHeadRow.hash).with_for_update()).one_or_none()
    number, previous = (head.event_id + 1, head.hash) if head else (1, BEGINNING)
    at = now()
    listed = [dict(change) for change in changes]
    sealed = _hash(previous, number, at, actor, action, sorted(subjects), listed)
    db.session.execute(
        insert(AuditEventRow).values(
            id=number, at=at, actor=actor, action=action, changes=listed, previous_hash=previous, hash=sealed
        )
    )
    if subjects:
        rows = [{"event_id": number, "subject": subject} for subject in sorted(set(subjects))]
        db.session.execute(insert(AuditSubjectRow), rows)
    if head:
        db.session.execute(update(AuditHeadRow).values(event_id=number, hash=sealed))
    else:
        db.session.execute(insert(AuditHeadRow).values(id=1, event_id=number, hash=sealed))
    return number


def head() -> str:
    """The hash of the newest event, "" before the first: while it stays, nothing in the record has changed."""
    return db.session.scalar(select(AuditHeadRow.hash)) or ""


def first_break() -> Break | None:
    """The first broken event, or None when the whole chain holds and ends at its head."""
    subjects: dict[int, list[str]] = {}
    for event_id, subject in db.session.execute(select(AuditSubjectRow.event_id, AuditSubjectRow.subject)):
        subjects.setdefault(event_id, []).append(subject)
    previous, expected = BEGINNING, 1
    for event in _events():
        named = sorted(subjects.get(event.id, []))
        again = _hash(previous, event.id, event.at, event.actor, event.action, named, event.changes)
        if event.id != expected or event.previous_hash != previous or event.hash != again:
            return Break(event.id, event.at)
        previous, expected = event.hash, expected + 1
    head = db.session.execute(select(AuditHeadRow.event_id, AuditHeadRow.hash)).one_or_none()
    if (head is None and expected > 1) or (head and (head.event_id, head.hash) != (expected - 1, previous)):
        return Break(expected, None)
    return None


def _events() -> Iterator[AuditEventRow]:
    """Every event in order, some hundred at a time."""
    last = 0
    while True:
        query = select(AuditEventRow).where(AuditEventRow.id > last).order_by(AuditEventRow.id).limit(500)
        events = db.session.scalars(query).all()
        yield from events
        if not events:
            return
        last = events[-1].id


def _hash(
    previous: str,
    number: int,
    at: datetime.datetime,
    actor: str,
    action: str,
    subjects: Sequence[str],
    changes: Sequence[Mapping[str, Any]],
) -> str:
    parts = [previous, number, at.isoformat(), actor, action, sorted(set(subjects)), changes]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

"""The secret address at which a person's calendar reads due dates, without a session.

Nothing here commits. Only the hash of the address's token is kept, so the table opens no calendar.
"""

import datetime
import secrets

from sqlalchemy import Select, delete, insert, select

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.people.service.directory import states_of
from cpi1540.people.service.sessions import token_hash
from cpi1540.people.tables import CalendarAddressRow, GrantRow, PersonRow


def make(actor: Actor) -> str:
    """Make the person's address and return its token, known here and now only; an earlier one opens nothing more."""
    person = _person(actor)
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(CalendarAddressRow).where(CalendarAddressRow.person_id == person))
    values = {"token_hash": token_hash(token), "person_id": person, "made_at": now()}
    db.session.execute(insert(CalendarAddressRow).values(**values))
    audit.record(actor.id, "person.calendar", [f"person:{actor.id}"], [{"address": "made"}])
    return token


def revoke(actor: Actor) -> None:
    """The person's address opens nothing any more; nothing happens when there is none."""
    gone = db.session.execute(delete(CalendarAddressRow).where(CalendarAddressRow.person_id == _person(actor)))
    if gone.rowcount:  # type: ignore[attr-defined]
        audit.record(actor.id, "person.calendar", [f"person:{actor.id}"], [{"address": "revoked"}])


def made_at(actor: Actor) -> datetime.datetime | None:
    """When the person's address was made; None when there is none."""
    query = select(CalendarAddressRow.made_at).join(PersonRow, PersonRow.id == CalendarAddressRow.person_id)
    return db.session.scalar(query.where(PersonRow.actor == actor.id))


def person_of(token: str) -> Actor:
    """Whose calendar this address opens, with the roles held now.

    NotFound, always with the same words, for one that was revoked, never existed, or whose person is disabled.
    """
    rows = db.session.execute(_rows(token)).all()
    if not rows:
        raise NotFound(sentence("This address opens no calendar. Make a new one on the page of your account."))
    grants = frozenset(Grant(Role(row.role), states_of(row.scope)) for row in rows if row.role)
    return Actor(rows[0].actor, rows[0].name, grants, rows[0].demo)


def _rows(token: str) -> Select[str, str, bool, str, str]:
    return (
        select(PersonRow.actor, PersonRow.name, PersonRow.demo, GrantRow.role, GrantRow.scope)
        .join(CalendarAddressRow, CalendarAddressRow.person_id == PersonRow.id)
        .outerjoin(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(CalendarAddressRow.token_hash == token_hash(token), PersonRow.disabled_at.is_(None))
    )


def _person(actor: Actor) -> int:
    person = db.session.scalar(select(PersonRow.id).where(PersonRow.actor == actor.id))
    if person is None:
        raise NotFound(sentence("There is no such person."))
    return person

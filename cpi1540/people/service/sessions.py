"""Sessions: signing in and out, and who is signed in.

Nothing here commits. A password is checked before the transaction (``prove``), and what it leads to is
decided inside it, on what the database says then.
"""

import datetime
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import case, delete, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, Actor, Grant, Role
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.people import passwords
from cpi1540.people.service.directory import sign_in_form, states_of
from cpi1540.people.tables import GrantRow, PersonRow, SessionRow

IDLE = datetime.timedelta(hours=2)
ABSOLUTE = datetime.timedelta(hours=12)
SEEN_EVERY = datetime.timedelta(minutes=5)
ATTEMPTS = 8
LOCKED_FOR = datetime.timedelta(minutes=10)
WRONG = sentence("Name or password is not right. After several attempts an account waits ten minutes.")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a name and a password came to: whose account it would be, the hash they were held against, the outcome."""

    person: int | None
    held_against: str
    right: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds: who it is, and whether it is time to note that the person was seen."""

    actor: Actor
    note_seen: bool


def prove(sign_in_name: str, password: str) -> Proof:
    """Hold a password against the account of that name. Takes as long when there is none, or when it waits.

    To be called outside a transaction: hashing takes long, and none is held meanwhile.
    """
    found = db.session.execute(
        select(PersonRow.id, PersonRow.password_hash, PersonRow.locked_until).where(
            PersonRow.sign_in_name == sign_in_form(sign_in_name), PersonRow.disabled_at.is_(None)
        )
    ).one_or_none()
    db.session.rollback()
    waiting = bool(found and found.locked_until and found.locked_until > now())
    right = passwords.matches(found.password_hash if found and not waiting else None, password)
    return Proof(found.id, found.password_hash, right) if found else Proof(None, "", right=False)


def admit(proof: Proof) -> PersonRow | None:
    """The person behind a proof, as the database has them now; None when the proof does not hold.

    A wrong password is counted, and after eight the account waits ten minutes: commit in either case.
    """
    if proof.person is None:
        return None
    query = select(PersonRow).where(PersonRow.id == proof.person, PersonRow.disabled_at.is_(None)).with_for_update()
    person = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if person is None or (person.locked_until and person.locked_until > now()):
        return None
    if not proof.right or person.password_hash != proof.held_against:
        _count_failure(proof.person)
        return None
    reset = update(PersonRow).where(PersonRow.id == proof.person).values(failed_attempts=0, locked_until=None)
    db.session.execute(reset)
    return person


def sign_in(proof: Proof) -> str | None:
    """Start a session and return its token; None (and the failure counted) when the proof does not hold."""
    person = admit(proof)
    return start(person.id, person.actor) if person else None


def continue_as(role: Role) -> str:
    """Start a session of the demo account with that role; NotFound outside a demo database."""
    person = db.session.execute(
        select(PersonRow.id, PersonRow.actor)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(
            PersonRow.demo,
            PersonRow.sign_in_name == role.value,
            GrantRow.role == role,
            PersonRow.disabled_at.is_(None),
        )
        .order_by(PersonRow.id)
    ).first()
    if person is None:
        raise NotFound(sentence("There is no demo account for this role."))
    return start(person.id, person.actor)


def sign_out(token: str, actor: Actor) -> None:
    """End the session; nothing happens when it has ended already."""
    ended = db.session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash(token)))
    if ended.rowcount:  # type: ignore[attr-defined]
        audit.record(actor.id, "person.sign-out", [f"person:{actor.id}"])


def session_of(token: str) -> Session | None:
    """The session of that token; None when it is unknown, idle too long or too old, or its person disabled."""
    rows = db.session.execute(
        select(PersonRow, SessionRow.created_at, SessionRow.seen_at, GrantRow.role, GrantRow.scope)
        .join(SessionRow, SessionRow.person_id == PersonRow.id)
        .outerjoin(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(SessionRow.token_hash == token_hash(token), PersonRow.disabled_at.is_(None))
    ).all()
    if not rows or rows[0].created_at < now() - ABSOLUTE or rows[0].seen_at < now() - IDLE:
        return None
    row, person = rows[0], rows[0].PersonRow
    grants = frozenset(Grant(Role(each.role), states_of(each.scope)) for each in rows if each.role)
    actor = Actor(person.actor, person.name, grants, person.demo)
    return Session(actor, note_seen=row.seen_at < now() - SEEN_EVERY)


def actor_of(token: str) -> Actor:
    """Who is signed in under that session token; NOBODY when the session does not hold."""
    session = session_of(token)
    return session.actor if session else NOBODY


def note_seen(token: str) -> None:
    """Note that the session's person was seen at this moment."""
    seen = update(SessionRow).where(SessionRow.token_hash == token_hash(token)).values(seen_at=now())
    person = db.session.scalar(seen.returning(SessionRow.person_id))
    db.session.execute(update(PersonRow).where(PersonRow.id == person).values(seen_at=now()))


def start(person: int, actor: str) -> str:
    """Start a session of that person and return its token; sessions that are too old go."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(SessionRow).where(SessionRow.created_at < now() - ABSOLUTE))
    db.session.execute(
        insert(SessionRow).values(token_hash=token_hash(token), person_id=person, created_at=now(), seen_at=now())
    )
    db.session.execute(update(PersonRow).where(PersonRow.id == person).values(seen_at=now()))
    audit.record(actor, "person.sign-in", [f"person:{actor}"])
    return token


def end_all(person: int) -> None:
    """End every session of that person."""
    db.session.execute(delete(SessionRow).where(SessionRow.person_id == person))


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _count_failure(person: int) -> None:
    """One more wrong password, counted by the database itself so that none is lost among several at once."""
    last = PersonRow.failed_attempts + 1 >= ATTEMPTS
    db.session.execute(
        update(PersonRow)
        .where(PersonRow.id == person)
        .values(
            failed_attempts=case((last, 0), else_=PersonRow.failed_attempts + 1),
            locked_until=case((last, now() + LOCKED_FOR), else_=PersonRow.locked_until),
        )
        .execution_options(synchronize_session=False)
    )

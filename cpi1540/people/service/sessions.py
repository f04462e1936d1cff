"""Accounts and sessions: signing in and out, and the demo accounts."""

import datetime
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, Actor, Grant, Role
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import N_, sentence
from cpi1540.people import passwords
from cpi1540.people.tables import GrantRow, PersonRow, SessionRow
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS

IDLE = datetime.timedelta(hours=2)
ABSOLUTE = datetime.timedelta(hours=12)
SEEN_EVERY = datetime.timedelta(minutes=5)
ATTEMPTS = 8
LOCKED_FOR = datetime.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A fixed account of a database made by ``demo``: its role, its name, and the password just made."""

    role: Role
    sign_in_name: str
    password: str


DEMO_PEOPLE: tuple[tuple[Role, str, str], ...] = (
    (Role.DESK_OFFICER, N_("Demo desk officer"), "all"),
    (Role.REVIEWER, N_("Demo reviewer"), "all"),
    (Role.FOCAL_POINT, N_("Demo focal point"), "XAC"),
    (Role.COORDINATOR, N_("Demo assistance coordinator"), "all"),
    (Role.PROVIDER_CONTACT, N_("Demo provider contact"), "all"),
    (Role.BRIEFER, N_("Demo briefer"), "all"),
    (Role.ADMINISTRATOR, N_("Demo administrator"), "all"),
)


def sign_in(sign_in_name: str, password: str) -> str:
    """Check name and password, start a session and return its token; DomainError when they do not match.

    After eight wrong passwords an account waits ten minutes, whoever asks.
    """
    found = db.session.execute(
        select(PersonRow.id, PersonRow.actor, PersonRow.password_hash, PersonRow.locked_until).where(
            PersonRow.sign_in_name == sign_in_name.replace("\0", "").strip().casefold(), PersonRow.disabled_at.is_(None)
        )
    ).one_or_none()
    db.session.rollback()  # hashing takes long: no transaction is held meanwhile
    locked = bool(found and found.locked_until and found.locked_until > now())
    right = passwords.matches(found.password_hash if found and not locked else None, password)
    if found is None or not right:
        if found is not None and not locked:
            with transaction():
                _count_failure(found.id)
        raise DomainError(
            sentence("Name or password is not right. After several attempts an account waits ten minutes.")
        )
    with transaction():
        db.session.execute(
            update(PersonRow).where(PersonRow.id == found.id).values(failed_attempts=0, locked_until=None)
        )
        return _start_session(found.id, found.actor)


def continue_as(role: Role) -> str:
    """Start a session of the demo account with that role; NotFound outside a demo database."""
    with transaction():
        person = db.session.execute(
            select(PersonRow.id, PersonRow.actor)
            .join(GrantRow, GrantRow.person_id == PersonRow.id)
            .where(PersonRow.demo, GrantRow.role == role, PersonRow.disabled_at.is_(None))
            .order_by(PersonRow.id)
        ).first()
        if person is None:
            raise NotFound(sentence("There is no demo account for this role."))
        return _start_session(person.id, person.actor)


def sign_out(token: str, actor: Actor) -> None:
    """End the session; nothing happens when it has ended already."""
    with transaction():
        ended = db.session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))
        if ended.rowcount:  # type: ignore[attr-defined]
            audit.record(actor.id, "person.sign-out", [f"person:{actor.id}"])


def actor_of(token: str) -> Actor:
    """Who is signed in under that session token; NOBODY when it is unknown, idle too long or too old."""
    rows = db.session.execute(
        select(PersonRow, SessionRow.created_at, SessionRow.seen_at, GrantRow.role, GrantRow.scope)
        .join(SessionRow, SessionRow.person_id == PersonRow.id)
        .outerjoin(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(SessionRow.token_hash == _hash(token), PersonRow.disabled_at.is_(None))
    ).all()
    if not rows or rows[0].created_at < now() - ABSOLUTE or rows[0].seen_at < now() - IDLE:
        return NOBODY
    row, person = rows[0], rows[0].PersonRow
    grants = frozenset(Grant(Role(each.role), _states_in(each.scope)) for each in rows if each.role)
    actor = Actor(person.actor, person.name, grants, person.demo)
    if row.seen_at < now() - SEEN_EVERY:
        with transaction():
            db.session.execute(update(SessionRow).where(SessionRow.token_hash == _hash(token)).values(seen_at=now()))
    return actor


@dataclass(frozen=True, slots=True)
class Person:
    """A person as other wings name them: the opaque actor id, and the name."""

    actor: str
    name: str


def names_of(actors: Collection[str]) -> dict[str, str]:
    """Actor id -> the person's name, for those that are persons; one query."""
    query = select(PersonRow.actor, PersonRow.name).where(PersonRow.actor.in_(list(actors)))
    return dict(db.session.execute(query).tuples().all())


def actors_named(sign_in_names: Collection[str]) -> set[str]:
    """The actor ids of the enabled persons with these sign-in names; unknown names are passed over."""
    query = select(PersonRow.actor).where(
        PersonRow.sign_in_name.in_(list(sign_in_names)), PersonRow.disabled_at.is_(None)
    )
    return set(db.session.scalars(query))


def people_for(role: Role, state: str) -> list[Person]:
    """The enabled persons who hold ``role`` for that State, by name."""
    query = (
        select(PersonRow.actor, PersonRow.name, GrantRow.scope)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(GrantRow.role == role, PersonRow.disabled_at.is_(None))
        .order_by(PersonRow.name, PersonRow.actor)
    )
    found: dict[str, Person] = {}
    for actor, name, scope in db.session.execute(query):
        covered = _states_in(scope)
        if covered is None or state in covered:
            found[actor] = Person(actor, name)
    return list(found.values())


def has_demo_accounts() -> bool:
    """Whether this database was made by ``demo``."""
    return bool(db.session.scalar(select(exists().where(PersonRow.demo))))


def make_demo_accounts() -> list[DemoAccount]:
    """Make the demo accounts, or give those there new passwords; returns them with their passwords."""
    accounts = [DemoAccount(role, role.value, passwords.random_password()) for role, _name, _scope in DEMO_PEOPLE]
    hashes = {account.role: passwords.hashed(account.password) for account in accounts}
    with transaction():
        for role, name, scope in DEMO_PEOPLE:
            known = db.session.scalar(select(PersonRow.id).where(PersonRow.sign_in_name == role.value))
            if known is None:
                known = _make_person(role.value, name, hashes[role], demo=True)
                db.session.execute(insert(GrantRow).values(person_id=known, role=role, scope=scope))
            db.session.execute(
                update(PersonRow)
                .where(PersonRow.id == known)
                .values(password_hash=hashes[role], failed_attempts=0, locked_until=None)
            )
        audit.record("system", "person.demo-accounts", [f"role:{account.role}" for account in accounts])
    return accounts


def _states_in(scope: str) -> frozenset[str] | None:
    """The codes of the States a grant is for: "all", a regional group of both records, or one State."""
    if scope == "all":
        return None
    if scope not in GROUPS:
        return frozenset({scope})
    members = [*states.states(practice=False), *states.states(practice=True)]
    return frozenset(state.code for state in members if state.group == scope)


def _make_person(sign_in_name: str, name: str, password_hash: str, *, demo: bool) -> int:
    return db.session.execute(
        insert(PersonRow)
        .values(
            actor=secrets.token_hex(8),
            sign_in_name=sign_in_name.strip().casefold(),
            name=name,
            password_hash=password_hash,
            demo=demo,
            failed_attempts=0,
            created_at=now(),
        )
        .returning(PersonRow.id)
    ).scalar_one()


def _start_session(person_id: int, actor: str) -> str:
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(SessionRow).where(SessionRow.created_at < now() - ABSOLUTE))
    db.session.execute(
        insert(SessionRow).values(token_hash=_hash(token), person_id=person_id, created_at=now(), seen_at=now())
    )
    audit.record(actor, "person.sign-in", [f"person:{actor}"])
    return token


def _count_failure(person_id: int) -> None:
    failed = (db.session.scalar(select(PersonRow.failed_attempts).where(PersonRow.id == person_id)) or 0) + 1
    values: dict[str, object] = {"failed_attempts": failed}
    if failed >= ATTEMPTS:
        values = {"failed_attempts": 0, "locked_until": now() + LOCKED_FOR}
    db.session.execute(update(PersonRow).where(PersonRow.id == person_id).values(**values))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

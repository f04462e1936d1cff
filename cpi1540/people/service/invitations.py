"""Links by which a person sets a password: the first one, or a new one. Each opens once.

Nothing here commits. Only the hash of a link's token is kept, so the table opens nothing by itself.
"""

import datetime
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, Role, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.people.actions import MANAGE_PEOPLE
from cpi1540.people.service import accounts, sessions
from cpi1540.people.service.directory import sign_in_form
from cpi1540.people.tables import GrantRow, InvitationRow, PersonRow

INVITATION_HOLDS = datetime.timedelta(days=7)
RESET_HOLDS = datetime.timedelta(hours=24)
LONGEST_NAME = 120
NOT_OPEN = sentence(
    "This link does not open anything: it was used, it is too old, or it never existed. "
    "Ask an administrator of the office for a new one."
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link just made. ``token`` is known here and now only."""

    actor: str
    token: str
    expires_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whose link it is, and whether it is the first one or for a new password."""

    actor: str
    sign_in_name: str
    name: str
    purpose: str
    demo: bool


def invite(sign_in_name: str, name: str, grants: Collection[tuple[Role, str]], by: Actor) -> Link:
    """Make an account without a password, with roles and their scopes, and a link to set one within seven days.

    DomainError when the sign-in name is taken or cannot be one, the name is missing, or a scope does not fit.
    """
    ensure(by, MANAGE_PEOPLE)
    wanted, called = sign_in_form(sign_in_name), printable(name).strip()
    if not wanted or len(wanted) > LONGEST_NAME or any(c.isspace() for c in wanted):
        raise DomainError(sentence("A sign-in name has 1 to 120 characters and no spaces."))
    if not called or len(called) > LONGEST_NAME:
        raise DomainError(sentence("A name has 1 to 120 characters."))
    kept = sorted({(role, accounts.scope_of(role, scope)) for role, scope in grants})
    taken = DomainError(sentence("There is an account %(name)s already.", name=wanted))
    if db.session.scalar(select(PersonRow.id).where(PersonRow.sign_in_name == wanted)) is not None:
        raise taken
    try:
        person, actor = accounts.make_person(wanted, called, "")
    except IntegrityError as error:  # somebody made it between the question and the answer
        raise taken from error
    if kept:
        rows = [{"person_id": person, "role": role, "scope": scope} for role, scope in kept]
        db.session.execute(insert(GrantRow), rows)
    changes = [{"role": role, "scope": scope} for role, scope in kept]
    link = _link(person, actor, "invite", INVITATION_HOLDS, by)
    audit.record(by.id, "person.invite", [f"person:{actor}"], changes)
    return link


def new_link(actor: str, by: Actor) -> Link:
    """A link for a new password, for 24 hours; the earlier links of the person are void.

    One who never set a password gets another invitation, for seven days. DomainError for a disabled account.
    """
    ensure(by, MANAGE_PEOPLE)
    query = select(PersonRow.id, PersonRow.password_hash, PersonRow.disabled_at).where(
        PersonRow.actor == printable(actor)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(sentence("There is no such person."))
    if found.disabled_at is not None:
        raise DomainError(sentence("This account is disabled. Enable it first."))
    purpose, holds = ("reset", RESET_HOLDS) if found.password_hash else ("invite", INVITATION_HOLDS)
    accounts.make_links_void(found.id)
    link = _link(found.id, actor, purpose, holds, by)
    audit.record(by.id, "person.link", [f"person:{actor}"], [{"purpose": purpose}])
    return link


def open_invitation(token: str) -> Invitation:
    """Whose link this is; NotFound, always with the same words, when it does not open (any more)."""
    found = db.session.execute(
        select(PersonRow.actor, PersonRow.sign_in_name, PersonRow.name, PersonRow.demo, InvitationRow.purpose)
        .join(PersonRow, PersonRow.id == InvitationRow.person_id)
        .where(
            InvitationRow.token_hash == sessions.token_hash(token),
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > now(),
            PersonRow.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(NOT_OPEN)
    return Invitation(found.actor, found.sign_in_name, found.name, found.purpose, found.demo)


def set_password(token: str, password_hash: str) -> str:
    """Use the link: keep the password, end all sessions of the person, and return the token of a new one.

    NotFound when the link does not open (any more): of two uses at once the second is refused.
    The hash comes from ``accounts.new_password``.
    """
    used = (
        update(InvitationRow)
        .where(
            InvitationRow.token_hash == sessions.token_hash(token),
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > now(),
        )
        .values(used_at=now())
        .returning(InvitationRow.person_id)
    )
    person = db.session.scalar(used)
    enabled = select(PersonRow.actor).where(PersonRow.id == person, PersonRow.disabled_at.is_(None))
    actor = db.session.scalar(enabled.with_for_update()) if person is not None else None
    if person is None or actor is None:
        raise NotFound(NOT_OPEN)
    accounts.keep_password(person, password_hash)
    audit.record(actor, "person.password", [f"person:{actor}"])
    return sessions.start(person, actor)


def _link(person: int, actor: str, purpose: str, holds: datetime.timedelta, by: Actor) -> Link:
    token, at = secrets.token_urlsafe(32), now()
    db.session.execute(
        insert(InvitationRow).values(
            token_hash=sessions.token_hash(token),
            person_id=person,
            purpose=purpose,
            made_at=at,
            made_by=by.id,
            expires_at=at + holds,
        )
    )
    return Link(actor, token, at + holds)

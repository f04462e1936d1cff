"""Accounts: who has one, the roles they hold and where, switching them off and on, one's own password.

Nothing here commits. Each change asks ``people.manage`` and writes its audit line, without names.
"""

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, Role, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.people import passwords
from cpi1540.people.account import Account, Held, standing
from cpi1540.people.actions import MANAGE_PEOPLE
from cpi1540.people.service import sessions
from cpi1540.people.service.directory import EVERYWHERE, sign_in_form
from cpi1540.people.tables import GrantRow, InvitationRow, PersonRow
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS

LAST_ADMINISTRATOR = sentence("This is the last administrator. Make another one first.")


def people(by: Actor) -> list[Account]:
    """Every account, by name and sign-in name."""
    ensure(by, MANAGE_PEOPLE)
    return _read(db.session.scalars(select(PersonRow).order_by(PersonRow.name, PersonRow.sign_in_name)).all())


def account(actor: str, by: Actor) -> Account:
    """The account of that person; NotFound when there is none."""
    ensure(by, MANAGE_PEOPLE)
    return _read([_person(actor)])[0]


def account_named(sign_in_name: str, by: Actor) -> Account:
    """The account with that sign-in name; NotFound when there is none."""
    ensure(by, MANAGE_PEOPLE)
    row = db.session.scalar(select(PersonRow).where(PersonRow.sign_in_name == sign_in_form(sign_in_name)))
    if row is None:
        raise NotFound(sentence("There is no account %(name)s.", name=printable(sign_in_name)))
    return _read([row])[0]


def own_account(actor: Actor) -> Account:
    """The account of the person who is signed in."""
    return _read([_person(actor.id)])[0]


def scope_of(role: Role, text: str) -> str:
    """A scope as it is kept: "all", a regional group's code or a State's of either record.

    NotFound for a State that does not exist; DomainError where the role cannot be held so.
    """
    lower = text.strip().casefold()
    scope = lower if lower == EVERYWHERE or lower in GROUPS else states.find(text.strip()).code
    if role is Role.ADMINISTRATOR and scope != EVERYWHERE:
        raise DomainError(sentence("An administrator is one for every State."))
    if role is Role.FOCAL_POINT and (scope == EVERYWHERE or scope in GROUPS):
        raise DomainError(sentence("A focal point is one State’s: name the State."))
    return scope


def grant(actor: str, role: Role, scope: str, by: Actor) -> None:
    """Give a person a role in a scope; nothing happens when it is held so already."""
    ensure(by, MANAGE_PEOPLE)
    person, kept = _person(actor), scope_of(role, scope)
    held = select(GrantRow.id).where(GrantRow.person_id == person.id, GrantRow.role == role, GrantRow.scope == kept)
    if db.session.scalar(held) is None:
        db.session.execute(insert(GrantRow).values(person_id=person.id, role=role, scope=kept))
        audit.record(by.id, "person.grant", [f"person:{actor}"], [{"role": role, "scope": kept}])


def revoke(actor: str, role: Role, scope: str, by: Actor) -> None:
    """Take a role in a scope from a person.

    DomainError when it is not held so, or when no enabled administrator would be left.
    """
    ensure(by, MANAGE_PEOPLE)
    person = _person(actor)
    if role is Role.ADMINISTRATOR:
        _ensure_another_administrator(person)
    gone = delete(GrantRow).where(
        GrantRow.person_id == person.id, GrantRow.role == role, GrantRow.scope.in_((scope, scope.upper()))
    )
    if not db.session.execute(gone).rowcount:  # type: ignore[attr-defined]
        raise DomainError(sentence("This person does not hold this role there."))
    audit.record(by.id, "person.revoke", [f"person:{actor}"], [{"role": role, "scope": scope}])


def disable(actor: str, by: Actor) -> None:
    """Switch an account off: its sessions end and its links are void. DomainError for the last administrator."""
    ensure(by, MANAGE_PEOPLE)
    person = _person(actor)
    if person.disabled_at is not None:
        return
    _ensure_another_administrator(person)
    db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(disabled_at=now()))
    sessions.end_all(person.id)
    make_links_void(person.id)
    audit.record(by.id, "person.disable", [f"person:{actor}"])


def enable(actor: str, by: Actor) -> None:
    """Switch an account on again, with its roles and its password, and without a wait."""
    ensure(by, MANAGE_PEOPLE)
    person = _person(actor)
    if person.disabled_at is None:
        return
    anew = {"disabled_at": None, "failed_attempts": 0, "locked_until": None}
    db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(**anew))
    audit.record(by.id, "person.enable", [f"person:{actor}"])


def new_password(sign_in_name: str, password: str) -> str:
    """The hash of a password that is good enough, else DomainError; to be called outside a transaction."""
    db.session.rollback()
    passwords.ensure_good(password, sign_in_name)
    return passwords.hashed(password)


def change_password(actor: Actor, proof: sessions.Proof, password_hash: str) -> str | None:
    """Keep one's new password, end all sessions and return the token of a new one.

    ``proof`` is of the old password; None, and the failure counted, when it does not hold.
    """
    person = sessions.admit(proof)
    if person is None or person.actor != actor.id:
        return None
    keep_password(person.id, password_hash)
    audit.record(actor.id, "person.password", [f"person:{actor.id}"])
    return sessions.start(person.id, actor.id)


def keep_password(person: int, password_hash: str) -> None:
    """Keep a person's password: its sessions end, its open links are void, a wait is over."""
    kept = {"password_hash": password_hash, "failed_attempts": 0, "locked_until": None}
    db.session.execute(update(PersonRow).where(PersonRow.id == person).values(**kept))
    sessions.end_all(person)
    make_links_void(person)


def make_links_void(person: int) -> None:
    """No link made for this person so far opens anything any more."""
    open_links = update(InvitationRow).where(InvitationRow.person_id == person, InvitationRow.used_at.is_(None))
    db.session.execute(open_links.values(used_at=now()))


def make_person(sign_in_name: str, name: str, password_hash: str, *, demo: bool = False) -> tuple[int, str]:
    """A new person's row number and actor id; ``sign_in_name`` must be free."""
    made = insert(PersonRow).values(
        actor=secrets.token_hex(8),
        sign_in_name=sign_in_form(sign_in_name),
        name=name,
        password_hash=password_hash,
        demo=demo,
        failed_attempts=0,
        created_at=now(),
    )
    row = db.session.execute(made.returning(PersonRow.id, PersonRow.actor)).one()
    return row.id, row.actor


def _person(actor: str) -> PersonRow:
    query = select(PersonRow).where(PersonRow.actor == printable(actor))
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound(sentence("There is no such person."))
    return row


def _ensure_another_administrator(person: PersonRow) -> None:
    """DomainError when ``person`` is the only enabled administrator; the rows asked stay locked until the commit."""
    administrators = (
        select(PersonRow.id)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(GrantRow.role == Role.ADMINISTRATOR, PersonRow.disabled_at.is_(None))
        .order_by(PersonRow.id)
        .with_for_update()
    )
    if set(db.session.scalars(administrators)) == {person.id}:
        raise DomainError(LAST_ADMINISTRATOR)


def _read(rows: Iterable[PersonRow]) -> list[Account]:
    listed, at = list(rows), now()
    held: dict[int, list[Held]] = {row.id: [] for row in listed}
    grants = select(GrantRow).where(GrantRow.person_id.in_(held)).order_by(GrantRow.id)
    for each in db.session.scalars(grants):
        held[each.person_id].append(Held(each.role, each.scope))
    return [
        Account(
            row.actor,
            row.sign_in_name,
            row.name,
            row.demo,
            standing(
                disabled=row.disabled_at is not None,
                password=bool(row.password_hash),
                locked_until=row.locked_until,
                now=at,
            ),
            tuple(sorted(held[row.id])),
            row.seen_at,
        )
        for row in listed
    ]

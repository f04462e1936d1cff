"""The accounts of the demonstration: one for each role, only in a database made by ``demo``."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import exists, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM, Actor, Grant, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import N_, sentence
from cpi1540.people import passwords
from cpi1540.people.service.accounts import make_person
from cpi1540.people.service.directory import EVERYWHERE
from cpi1540.people.service.sessions import end_all
from cpi1540.people.tables import GrantRow, PersonRow


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration: its role, its name, a new password and the hash to keep of it."""

    role: Role
    sign_in_name: str
    password: str
    password_hash: str


DEMO_PEOPLE: tuple[tuple[Role, str, str], ...] = (
    (Role.DESK_OFFICER, N_("Demo desk officer"), EVERYWHERE),
    (Role.REVIEWER, N_("Demo reviewer"), EVERYWHERE),
    (Role.FOCAL_POINT, N_("Demo focal point"), "XAG"),
    (Role.COORDINATOR, N_("Demo assistance coordinator"), EVERYWHERE),
    (Role.PROVIDER_CONTACT, N_("Demo provider contact"), EVERYWHERE),
    (Role.BRIEFER, N_("Demo briefer"), EVERYWHERE),
    (Role.ADMINISTRATOR, N_("Demo administrator"), EVERYWHERE),
)


def has_demo_accounts() -> bool:
    """Whether this database was made by ``demo``."""
    return bool(db.session.scalar(select(exists().where(PersonRow.demo))))


def new_passwords() -> list[DemoAccount]:
    """A new password for each demo account, and its hash; to be called outside a transaction."""
    chosen = [(role, passwords.random_password()) for role, _name, _scope in DEMO_PEOPLE]
    with ThreadPoolExecutor() as threads:  # a hash is slow on purpose
        hashes = threads.map(passwords.hashed, [password for _role, password in chosen])
        return [
            DemoAccount(role, role.value, password, kept) for (role, password), kept in zip(chosen, hashes, strict=True)
        ]


def make_demo_accounts(accounts: list[DemoAccount]) -> None:
    """Make the demo accounts, or give those there the new passwords and end their sessions.

    DomainError when a real account has one of their sign-in names: that one is never touched.
    """
    names = {role: (name, scope) for role, name, scope in DEMO_PEOPLE}
    for account in accounts:
        query = select(PersonRow.id, PersonRow.demo).where(PersonRow.sign_in_name == account.sign_in_name)
        known = db.session.execute(query).one_or_none()
        if known and not known.demo:
            raise DomainError(
                sentence(
                    "The account %(name)s is a real one. Use another database for the demonstration.",
                    name=account.sign_in_name,
                )
            )
        name, scope = names[account.role]
        if known:
            person = known.id
            end_all(person)
        else:
            person, _actor = make_person(account.sign_in_name, name, account.password_hash, demo=True)
            db.session.execute(insert(GrantRow).values(person_id=person, role=account.role, scope=scope))
        db.session.execute(
            update(PersonRow)
            .where(PersonRow.id == person)
            .values(password_hash=account.password_hash, failed_attempts=0, locked_until=None)
        )
    audit.record(SYSTEM.id, "person.demo-accounts", [f"role:{account.role}" for account in accounts])


def make_practice_person(sign_in_name: str, name: str, role: Role, states: Collection[str]) -> Actor:
    """Make a person of the practice record, who holds ``role`` for those States and has no password to sign in with.

    Belongs to the caller's transaction, as do those of ``make_demo_accounts``.
    """
    person, actor = make_person(sign_in_name, name, "", demo=True)
    db.session.execute(
        insert(GrantRow), [{"person_id": person, "role": role, "scope": state} for state in sorted(states)]
    )
    audit.record(SYSTEM.id, "person.demo-accounts", [f"person:{actor}"], [{"role": role}])
    return Actor(actor, name, frozenset({Grant(role, frozenset(states))}), demo=True)

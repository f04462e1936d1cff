"""How persons wish to get mail, and who is to get today's reminder.

Nothing here commits. A person's address is theirs: nobody else changes it, and the audit does not hold it.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.mail import mail_address
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES, DEFAULT
from cpi1540.people.mail_choice import MailChoice
from cpi1540.people.service.directory import states_of
from cpi1540.people.tables import GrantRow, MailChoiceRow, PersonRow


@dataclass(frozen=True, slots=True)
class Reminded:
    """A person who wants the digest and has not had today's."""

    actor: Actor
    choice: MailChoice


def own(actor: Actor, language: str = DEFAULT) -> MailChoice:
    """The person's choice; without one no mail, in ``language``."""
    row = db.session.scalar(_of(actor.id))
    return MailChoice(row.address, row.language, row.digest) if row else MailChoice("", language, False)


def choose(actor: Actor, choice: MailChoice) -> None:
    """Keep the person's choice. DomainError for an address that is none, or a digest without an address."""
    address = mail_address(choice.address) if choice.address.strip() else ""
    if choice.digest and not address:
        raise DomainError(sentence("Write the address to which the reminders shall go."))
    if choice.language not in CODES:
        raise DomainError(sentence("Choose a language."))
    kept = MailChoice(address, choice.language, choice.digest)
    if kept == own(actor, choice.language):
        return
    person = db.session.scalar(select(PersonRow.id).where(PersonRow.actor == actor.id))
    if person is None:
        raise NotFound(sentence("There is no such person."))
    before = db.session.scalar(select(MailChoiceRow.digest_on).where(MailChoiceRow.person_id == person))
    db.session.execute(delete(MailChoiceRow).where(MailChoiceRow.person_id == person))
    values = {"address": address, "language": kept.language, "digest": kept.digest, "digest_on": before}
    db.session.execute(insert(MailChoiceRow).values(person_id=person, **values))
    changes = [{"language": kept.language, "digest": kept.digest, "address": bool(address)}]
    audit.record(actor.id, "person.mail", [f"person:{actor.id}"], changes)


def to_remind(day: datetime.date) -> Iterator[Reminded]:
    """The enabled persons who want the digest and have had none for ``day``, by sign-in name."""
    query = (
        select(PersonRow, MailChoiceRow, GrantRow.role, GrantRow.scope)
        .join(MailChoiceRow, MailChoiceRow.person_id == PersonRow.id)
        .outerjoin(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(PersonRow.disabled_at.is_(None), MailChoiceRow.digest, MailChoiceRow.address != "", _before(day))
        .order_by(PersonRow.sign_in_name, GrantRow.id)
    )
    grants: dict[int, set[Grant]] = {}
    persons: dict[int, tuple[PersonRow, MailChoiceRow]] = {}
    for person, choice, role, scope in db.session.execute(query):
        persons[person.id] = (person, choice)
        if role:
            grants.setdefault(person.id, set()).add(Grant(Role(role), states_of(scope)))
    for key, (person, choice) in persons.items():
        actor = Actor(person.actor, person.name, frozenset(grants.get(key, ())), person.demo)
        yield Reminded(actor, MailChoice(choice.address, choice.language, choice.digest))


def claim_day(actor: Actor, day: datetime.date) -> bool:
    """Whether the person's digest for ``day`` is the caller's to make: of several at once one gets it."""
    person = select(PersonRow.id).where(PersonRow.actor == actor.id).scalar_subquery()
    taken = update(MailChoiceRow).where(MailChoiceRow.person_id == person, MailChoiceRow.digest, _before(day))
    return bool(db.session.execute(taken.values(digest_on=day)).rowcount)  # type: ignore[attr-defined]


def _before(day: datetime.date) -> ColumnElement[bool]:
    return or_(MailChoiceRow.digest_on.is_(None), MailChoiceRow.digest_on < day)


def _of(actor: str) -> Select[MailChoiceRow]:
    return (
        select(MailChoiceRow).join(PersonRow, PersonRow.id == MailChoiceRow.person_id).where(PersonRow.actor == actor)
    )

"""Providers registered, changed, withdrawn; who keeps their programmes."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from cpi1540.assistance.offers.actions import KEEP_OFFERS, REGISTER_PROVIDERS
from cpi1540.assistance.offers.checking import provider_faults
from cpi1540.assistance.offers.offer import (
    Provider,
    ProviderKind,
    StatedMandate,
    of_practice,
    parse_provider_id,
    provider_id,
)
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.offers.service.terms import keep_terms
from cpi1540.assistance.offers.tables import OfferRow, ProviderPersonRow, ProviderRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, Role, can, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.service import layouts
from cpi1540.people.service import directory
from cpi1540.states.tables import StateRow

Given = TypeVar("Given")
ATTEMPTS = 20
_NUMBERED = "uq_provider_practice_number"
# What the people of a provider may not change: that is the office's word.
_OF_THE_OFFICE = ("kind", "state", "mandate", "mandate_fields", "source", "handling")
_COMPARED = ("names", "contact", "language", "places", *_OF_THE_OFFICE)


@dataclass(frozen=True, slots=True)
class Held:
    """The row of a provider within this transaction: its key and its revision."""

    key: int
    revision: int


def register(
    values: Provider,
    actor: Actor,
    *,
    practice: bool,
    code: str | None = None,
    at: datetime.datetime | None = None,
) -> str:
    """Register a provider in one of the records; returns its identifier. Faulty says what is wrong where.

    ``code`` names one of the reference data, once in each record.
    """
    ensure(actor, REGISTER_PROVIDERS)
    identifier = insert_provider(values, actor.id, practice=practice, code=code, at=at or now())
    audit.record(actor.id, "provider.register", _subjects(identifier, values), [{"kind": values.kind}])
    return identifier


def change(identifier: str, values: Provider, actor: Actor, *, revision: int) -> None:
    """Record a provider anew; ``revision`` is the one it was read at.

    What is the office's word (kind, State, mandate, source, handling) stays as it is when one of its people saves.
    Stale when somebody else saved first; Faulty as above.
    """
    before = reading.find_provider(identifier, actor)
    ensure(actor, KEEP_OFFERS, before)
    if not can(actor, REGISTER_PROVIDERS):
        values = replace(values, **{part: getattr(before, part) for part in _OF_THE_OFFICE})
    held = hold(identifier)
    if held.revision != revision:
        raise Stale(sentence("Somebody else changed this provider meanwhile. Read it again before you save."))
    columns = columns_of(values, identifier, practice=of_practice(identifier))
    db.session.execute(
        update(ProviderRow).where(ProviderRow.id == held.key).values(**columns, revision=revision + 1, changed_at=now())
    )
    changes = [{"part": part} for part in _COMPARED if getattr(before, part) != getattr(values, part)]
    audit.record(actor.id, "provider.change", _subjects(identifier, values), changes)


def withdraw(identifier: str, actor: Actor, *, reason: str) -> None:
    """Withdraw a provider: it and its offers stay readable, and leave every list, match and plan."""
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    _set_withdrawn(identifier, actor, withdrawn=True, reason=audit.digest(reason))


def resume(identifier: str, actor: Actor) -> None:
    """Take a withdrawn provider back into the lists."""
    _set_withdrawn(identifier, actor, withdrawn=False)


def give_to(identifier: str, person: str, actor: Actor) -> None:
    """Let a person (an actor id) with the role of a provider contact keep the provider's programmes."""
    provider = reading.find_provider(identifier, actor)
    ensure(actor, REGISTER_PROVIDERS)
    keeper = directory.acting(person)
    if keeper is None or not keeper.holds(Role.PROVIDER_CONTACT):
        raise DomainError(sentence("Choose a person with the role of a provider contact."))
    if person in provider.people:
        return
    db.session.execute(
        insert(ProviderPersonRow).values(
            provider_id=hold(identifier).key, actor=person, given_at=now(), given_by=actor.id
        )
    )
    audit.record(actor.id, "provider.give", [f"provider:{identifier}", f"person:{person}"])


def take_from(identifier: str, person: str, actor: Actor) -> None:
    """Take the provider's programmes from a person who kept them."""
    provider = reading.find_provider(identifier, actor)
    ensure(actor, REGISTER_PROVIDERS)
    if person not in provider.people:
        return
    own = (ProviderPersonRow.provider_id == hold(identifier).key) & (ProviderPersonRow.actor == person)
    db.session.execute(delete(ProviderPersonRow).where(own))
    audit.record(actor.id, "provider.take", [f"provider:{identifier}", f"person:{person}"])


def of_code(code: str, *, practice: bool) -> str | None:
    """The identifier of the provider that came from the reference data under that code; None when there is none."""
    query = select(ProviderRow.number).where(ProviderRow.practice.is_(practice), ProviderRow.code == code)
    number = db.session.scalar(query)
    return None if number is None else provider_id(practice, number)


def hold(identifier: str) -> Held:
    """The provider's row, locked until the transaction ends; of one that was found."""
    practice, number = parse_provider_id(identifier) or (False, 0)
    row = db.session.execute(
        select(ProviderRow.id, ProviderRow.revision)
        .where(ProviderRow.practice.is_(practice), ProviderRow.number == number)
        .with_for_update()
    ).one()
    return Held(row.id, row.revision)


def insert_provider(
    values: Provider, by: str, *, practice: bool, code: str | None, at: datetime.datetime, number: int | None = None
) -> str:
    """Write a provider with no word to the audit; returns its identifier. Faulty says what is wrong where.

    It gets the number named, or the next of its record; one that somebody takes at this moment is passed over.
    """
    columns = columns_of(values, "", practice=practice)

    def write(place: int) -> str:
        identifier = provider_id(practice, place)
        given = {**columns, "search": _search(values, identifier), "number": place, "practice": practice, "code": code}
        kept = {"revision": 0, "withdrawn": False, "registered_at": at, "registered_by": by, "changed_at": at}
        db.session.execute(insert(ProviderRow).values(**given, **kept))
        return identifier

    if number is not None:
        return write(number)
    highest = select(func.max(ProviderRow.number)).where(ProviderRow.practice.is_(practice))
    return under_next_number(write, lambda: db.session.scalar(highest) or 0, _NUMBERED)


def under_next_number(write: Callable[[int], Given], highest: Callable[[], int], constraint: str) -> Given:
    """What ``write`` gives for the next number; a number that somebody takes at this moment is passed over."""
    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            with db.session.begin_nested():
                return write(highest() + 1)
        except IntegrityError as error:
            if constraint not in str(error.orig) or not attempts_left:
                raise
    raise AssertionError("the last attempt returns or raises")


def state_codes(*, practice: bool) -> dict[str, int]:
    """Code -> key of every State of one record."""
    query = select(StateRow.code, StateRow.id).where(StateRow.practice.is_(practice))
    return dict(db.session.execute(query).all())


def columns_of(values: Provider, identifier: str, *, practice: bool) -> dict[str, object]:
    """The columns of a provider's own values; Faulty says what is wrong where."""
    states = state_codes(practice=practice)
    found = provider_faults(values, states, layouts.layout())
    if found:
        raise Faulty(found)
    mandate = values.mandate or StatedMandate()
    return {
        "names": {code: name.strip() for code, name in sorted(values.names.items()) if name.strip()},
        "kind": values.kind,
        "state_id": states[values.state] if values.kind is ProviderKind.STATE and values.state else None,
        "mandate_texts": {code: text.strip() for code, text in sorted(mandate.texts.items()) if text.strip()},
        "mandate_title": mandate.title.strip(),
        "mandate_url": mandate.url.strip(),
        "mandate_dated": mandate.dated,
        "mandate_fields": " ".join(dict.fromkeys(values.mandate_fields)),
        "contact": values.contact.strip(),
        "language": values.language,
        "places": values.places,
        "source": values.source.strip(),
        "handling": values.handling,
        "search": _search(values, identifier),
    }


def _set_withdrawn(identifier: str, actor: Actor, *, withdrawn: bool, **change: str) -> None:
    provider = reading.find_provider(identifier, actor)
    ensure(actor, REGISTER_PROVIDERS)
    if provider.withdrawn is withdrawn:
        return
    held = hold(identifier)
    db.session.execute(
        update(ProviderRow)
        .where(ProviderRow.id == held.key)
        .values(withdrawn=withdrawn, revision=held.revision + 1, changed_at=now())
    )
    keep_terms(OfferRow.provider_id == held.key, calendar.today())
    audit.record(
        actor.id,
        "provider.withdraw" if withdrawn else "provider.resume",
        _subjects(identifier, provider),
        [change] if change else [],
    )


def _search(values: Provider, identifier: str) -> str:
    mandate = values.mandate or StatedMandate()
    return normalise(" ".join([identifier, *values.names.values(), *mandate.texts.values()]))


def _subjects(identifier: str, values: Provider) -> list[str]:
    return [f"provider:{identifier}", *([f"state:{values.state}"] if values.state else [])]

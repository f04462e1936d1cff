"""Offers registered, changed, confirmed, withdrawn, made public."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, insert, select, update

from cpi1540.assistance.offers.actions import IMPORT_OFFERS, KEEP_OFFERS, REGISTER_PROVIDERS
from cpi1540.assistance.offers.checking import offer_faults
from cpi1540.assistance.offers.offer import Offer, Provider, of_practice, offer_id, parse_offer_id
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.offers.service.providers import hold as hold_provider
from cpi1540.assistance.offers.service.providers import state_codes, under_next_number
from cpi1540.assistance.offers.service.terms import keep_terms
from cpi1540.assistance.offers.tables import OfferFieldRow, OfferRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Fault, Faulty
from cpi1540.assistance.requests.request import Kind, domains_of, in_printed_order
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, can, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import normalise
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts

_NUMBERED = "uq_offer_practice_number"
_COMPARED = (
    *("provider", "title", "language", "description", "kinds", "fields", "domains", "eligible", "excluded"),
    *("languages", "capacity", "valid_from", "valid_to", "lead_days", "min_group", "conditions", "contact", "source"),
    *("last_confirmed", "handling"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """The row of an offer within this transaction: its key and its revision."""

    key: int
    revision: int


def register(values: Offer, actor: Actor, *, at: datetime.datetime | None = None) -> str:
    """Register an offer of ``values.provider`` under the next number; returns its identifier. Faulty says what is
    wrong where.

    What one of the provider's people registers is confirmed on that day, and restricted until the office opens it.
    """
    provider = _provider(values, actor)
    if not can(actor, REGISTER_PROVIDERS):
        values = replace(values, handling=Handling.RESTRICTED, last_confirmed=calendar.today())
    identifier = insert_offer(values, actor.id, at or now())
    audit.record(
        actor.id,
        "offer.register",
        _subjects(identifier, provider),
        [{"title": audit.digest(values.title), "fields": len(values.fields)}],
    )
    return identifier


def register_all(values: Sequence[Offer], actor: Actor, *, at: datetime.datetime | None = None) -> tuple[str, ...]:
    """Register offers of any providers, all or none of them, as one event; returns their identifiers in order."""
    ensure(actor, IMPORT_OFFERS)
    made = tuple(insert_offer(each, actor.id, at or now()) for each in values)
    givers = {each.provider for each in values}
    subjects = [*(f"offer:{each}" for each in made), *(f"provider:{each}" for each in sorted(givers))]
    audit.record(actor.id, "offers.load", subjects, [{"offers": len(made)}])
    return made


def change(identifier: str, values: Offer, actor: Actor, *, revision: int, on: datetime.date | None = None) -> None:
    """Record an offer anew; ``revision`` is the one it was read at, ``on`` since when it is valid so: today when left
    out.

    Its provider stays. When one of the provider's people saves, handling and source stay and the offer is confirmed
    on that day. Stale when somebody else saved first; Faulty as above.
    """
    before, provider = _kept(identifier, actor)
    values = replace(values, provider=before.provider)
    if not can(actor, REGISTER_PROVIDERS):
        values = replace(values, handling=before.handling, source=before.source, last_confirmed=calendar.today())
    columns = _columns(values, identifier)
    held = hold(identifier)
    if held.revision != revision:
        raise Stale(sentence("Somebody else changed this offer meanwhile. Read it again before you save."))
    db.session.execute(
        update(OfferRow).where(OfferRow.id == held.key).values(**columns, revision=revision + 1, changed_at=now())
    )
    db.session.execute(delete(OfferFieldRow).where(OfferFieldRow.offer_id == held.key))
    write_fields([(held.key, values)])
    changes = [{"part": part} for part in _COMPARED if getattr(before, part) != getattr(values, part)]
    if (before.valid_from, before.valid_to) != (values.valid_from, values.valid_to):
        keep_terms(OfferRow.id == held.key, on or calendar.today())
    audit.record(actor.id, "offer.change", _subjects(identifier, provider), changes)


def confirm(identifier: str, actor: Actor) -> None:
    """Record that the offer still stands as it is, today."""
    offer, provider = _kept(identifier, actor)
    if offer.withdrawn:
        raise DomainError(sentence("This offer is withdrawn: take it back before it is confirmed."))
    today = calendar.today()
    _write(identifier, last_confirmed=today, asked_on=None)
    audit.record(actor.id, "offer.confirm", _subjects(identifier, provider), [{"on": str(today)}])


def withdraw(identifier: str, actor: Actor, *, reason: str, on: datetime.date | None = None) -> None:
    """Withdraw an offer, today or on an earlier day: it stays readable, and leaves every list, match and plan."""
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    offer, provider = _kept(identifier, actor)
    if not offer.withdrawn:
        _write(identifier, withdrawn=True)
        keep_terms(OfferRow.id == hold(identifier).key, on or calendar.today())
        changes = [{"reason": audit.digest(reason)}]
        audit.record(actor.id, "offer.withdraw", _subjects(identifier, provider), changes)


def resume(identifier: str, actor: Actor, *, on: datetime.date | None = None) -> None:
    """Take a withdrawn offer back into the lists, today or on an earlier day."""
    offer, provider = _kept(identifier, actor)
    if offer.withdrawn:
        _write(identifier, withdrawn=False)
        keep_terms(OfferRow.id == hold(identifier).key, on or calendar.today())
        audit.record(actor.id, "offer.resume", _subjects(identifier, provider))


def handle(identifier: str, handling: Handling, actor: Actor) -> None:
    """Say who may read the offer. A public one stays hidden while its provider is not public."""
    offer, provider = _kept(identifier, actor)
    ensure(actor, REGISTER_PROVIDERS)
    if offer.handling is not handling:
        _write(identifier, handling=handling)
        audit.record(actor.id, "offer.handling", _subjects(identifier, provider), [{"handling": handling}])


def note_asked(identifier: str, actor: Actor) -> None:
    """Record that the contact of the offer was asked today whether it still stands; DomainError when it was already.

    That changes nothing of the offer: whoever writes its form meanwhile saves as if nothing had been.
    """
    _offer, provider = _kept(identifier, actor)
    ensure(actor, REGISTER_PROVIDERS)
    today, held = calendar.today(), hold(identifier)
    asked = update(OfferRow).where(OfferRow.id == held.key, OfferRow.asked_on.is_distinct_from(today))
    if db.session.scalar(asked.values(asked_on=today).returning(OfferRow.id)) is None:
        raise DomainError(sentence("The contact was asked today already."))
    audit.record(actor.id, "offer.ask", _subjects(identifier, provider), [{"on": str(today)}])


def hold(identifier: str) -> Held:
    """The offer's row, locked until the transaction ends; of one that was found."""
    practice, number = parse_offer_id(identifier) or (False, 0)
    row = db.session.execute(
        select(OfferRow.id, OfferRow.revision)
        .where(OfferRow.practice.is_(practice), OfferRow.number == number)
        .with_for_update()
    ).one()
    return Held(row.id, row.revision)


def insert_offer(values: Offer, by: str, at: datetime.datetime) -> str:
    """Write an offer under the next number with no word to the audit; returns its identifier. Faulty as above."""
    practice, columns = of_practice(values.provider), _columns(values, "")
    own = hold_provider(values.provider).key
    kept = {"revision": 0, "withdrawn": False, "registered_at": at, "registered_by": by, "changed_at": at}

    def write(place: int) -> str:
        identifier = offer_id(practice, place)
        given = {**columns, "search": _search(values, identifier), "number": place, "practice": practice}
        made = insert(OfferRow).values(**given, **kept, provider_id=own, asked_on=None).returning(OfferRow.id)
        key = db.session.execute(made).scalar_one()
        write_fields([(key, values)])
        registered = at.astimezone(calendar.NEW_YORK).date()
        keep_terms(OfferRow.id == key, min(values.valid_from or registered, registered))
        return identifier

    highest = select(func.max(OfferRow.number)).where(OfferRow.practice.is_(practice))
    return under_next_number(write, lambda: db.session.scalar(highest) or 0, _NUMBERED)


def faults(values: Offer) -> list[Fault]:
    """What is wrong with an offer as it would be recorded."""
    states = state_codes(practice=of_practice(values.provider))
    return offer_faults(values, states, layouts.layout(), calendar.today())


def write_fields(offers: Sequence[tuple[int, Offer]]) -> None:
    """Write which fields the offers, by their keys, cover."""
    layout = layouts.layout()
    rows = [
        {"offer_id": key, "field": field, "section": layout.field(field).section}
        for key, offer in offers
        for field in in_printed_order(offer.fields, layout)
    ]
    if rows:
        db.session.execute(insert(OfferFieldRow), rows)


def _provider(values: Offer, actor: Actor) -> Provider:
    provider = reading.find_provider(values.provider, actor)
    ensure(actor, KEEP_OFFERS, provider)
    return provider


def _kept(identifier: str, actor: Actor) -> tuple[Offer, Provider]:
    """The offer and its provider, once it is sure that the actor may change it."""
    offer = reading.find_offer(identifier, actor)
    return offer, _provider(offer, actor)


def _write(identifier: str, **columns: object) -> None:
    held = hold(identifier)
    db.session.execute(
        update(OfferRow).where(OfferRow.id == held.key).values(**columns, revision=held.revision + 1, changed_at=now())
    )


def _columns(values: Offer, identifier: str) -> dict[str, object]:
    found = faults(values)
    if found:
        raise Faulty(found)
    spoken = {*values.domains, *domains_of(values.fields, layouts.layout())}
    return {
        "title": values.title.strip(),
        "language": values.language,
        "description": values.description.strip(),
        "kinds": " ".join(kind for kind in Kind if kind in values.kinds),
        "domains": " ".join(domain for domain in Domain if domain in spoken),
        "eligible": " ".join(sorted(values.eligible)),
        "excluded": " ".join(sorted(values.excluded)),
        "languages": " ".join(code for code in CODES if code in values.languages),
        "places": values.capacity.places,
        "person_days": values.capacity.person_days,
        "budget": values.capacity.budget,
        "valid_from": values.valid_from,
        "valid_to": values.valid_to,
        "lead_days": values.lead_days,
        "min_group": values.min_group,
        "conditions": values.conditions.strip(),
        "contact": values.contact.strip(),
        "source": values.source.strip(),
        "last_confirmed": values.last_confirmed,
        "handling": values.handling,
        "search": _search(values, identifier),
    }


def _search(values: Offer, identifier: str) -> str:
    return normalise(" ".join([identifier, values.title, values.description, values.conditions, values.source]))


def _subjects(identifier: str, provider: Provider) -> list[str]:
    return [f"offer:{identifier}", f"provider:{provider.id}"]

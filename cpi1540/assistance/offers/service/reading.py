"""Providers and offers read from the record: one, or all of one record. The number of queries never grows."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from cpi1540.assistance.offers.actions import keeps, readable_handlings
from cpi1540.assistance.offers.offer import (
    Capacity,
    Offer,
    Provider,
    ProviderKind,
    StatedMandate,
    offer_id,
    parse_offer_id,
    parse_provider_id,
    provider_id,
)
from cpi1540.assistance.offers.tables import OfferFieldRow, OfferRow, ProviderPersonRow, ProviderRow
from cpi1540.assistance.requests.request import Kind, in_printed_order
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.states.tables import StateRow


def offers(practice: bool, actor: Actor, *, withdrawn: bool = False) -> tuple[Offer, ...]:
    """The offers of one record that the actor may read, by number; those withdrawn only when asked for."""
    conditions = [OfferRow.practice.is_(practice)]
    if not withdrawn:
        conditions += [OfferRow.withdrawn.is_(False), ProviderRow.withdrawn.is_(False)]
    return offers_where(and_(*conditions), actor)


def providers(practice: bool, actor: Actor, *, withdrawn: bool = False) -> tuple[Provider, ...]:
    """The providers of one record that the actor may read, by number; those withdrawn only when asked for."""
    conditions = [ProviderRow.practice.is_(practice)]
    if not withdrawn:
        conditions.append(ProviderRow.withdrawn.is_(False))
    return providers_where(and_(*conditions), actor)


def find_offer(identifier: str, actor: Actor, *, practice: bool | None = None) -> Offer:
    """The offer, withdrawn or not; NotFound also when the actor may not read it.

    ``practice`` names the record it must be of.
    """
    parsed = parse_offer_id(identifier)
    if parsed is not None and practice in (None, parsed[0]):
        condition = and_(OfferRow.practice.is_(parsed[0]), OfferRow.number == parsed[1])
        for offer in offers_where(condition, actor):
            return offer
    raise NotFound(sentence("There is no offer %(offer)s.", offer=printable(identifier)[:40]))


def find_provider(identifier: str, actor: Actor, *, practice: bool | None = None) -> Provider:
    """The provider, withdrawn or not; NotFound also when the actor may not read it."""
    parsed = parse_provider_id(identifier)
    if parsed is not None and practice in (None, parsed[0]):
        condition = and_(ProviderRow.practice.is_(parsed[0]), ProviderRow.number == parsed[1])
        for provider in providers_where(condition, actor):
            return provider
    raise NotFound(sentence("There is no provider %(provider)s.", provider=printable(identifier)[:40]))


def offers_of(provider: Provider, actor: Actor) -> tuple[Offer, ...]:
    """The offers of one provider that the actor may read, by number, those withdrawn too."""
    parsed = parse_provider_id(provider.id)
    if parsed is None:
        return ()
    return offers_where(and_(ProviderRow.practice.is_(parsed[0]), ProviderRow.number == parsed[1]), actor)


def offers_where(condition: ColumnElement[bool], actor: Actor) -> tuple[Offer, ...]:
    """The offers for which ``condition`` on offers and their providers holds, of those the actor may read."""
    chosen = and_(condition, may_read_offer(actor))
    query = (
        select(OfferRow, ProviderRow.number.label("of_provider"))
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(chosen)
        .order_by(OfferRow.practice, OfferRow.number)
    )
    rows = db.session.execute(query).all()
    fields: dict[int, list[str]] = {}
    covered = aliased(OfferFieldRow)  # the condition may speak of fields, too
    listed = (
        select(covered.offer_id, covered.field)
        .join(OfferRow, OfferRow.id == covered.offer_id)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(chosen)
    )
    for key, field in db.session.execute(listed):
        fields.setdefault(key, []).append(field)
    own = None if actor.of_the_office else _own_providers(actor)
    found = (_offer(row, number, fields.get(row.id, ())) for row, number in rows)
    return tuple(
        offer if own is None or row.provider_id in own else replace(offer, contact="")
        for offer, (row, _number) in zip(found, rows, strict=True)
    )


def providers_where(condition: ColumnElement[bool], actor: Actor) -> tuple[Provider, ...]:
    """The providers for which ``condition`` holds, of those the actor may read."""
    chosen = and_(condition, may_read_provider(actor))
    rows = db.session.execute(
        select(ProviderRow, StateRow.code.label("of_state"))
        .outerjoin(StateRow, StateRow.id == ProviderRow.state_id)
        .where(chosen)
        .order_by(ProviderRow.practice, ProviderRow.number)
    ).all()
    people: dict[int, set[str]] = {}
    kept = (
        select(ProviderPersonRow.provider_id, ProviderPersonRow.actor)
        .join(ProviderRow, ProviderRow.id == ProviderPersonRow.provider_id)
        .where(chosen)
    )
    for key, person in db.session.execute(kept):
        people.setdefault(key, set()).add(person)
    return tuple(_for(actor, _provider(row, state, people.get(row.id, ()))) for row, state in rows)


def may_read_offer(actor: Actor) -> ColumnElement[bool]:
    """Which offers the actor may read: the office all, those of the own providers, others as they are handled.

    A condition on offers joined with their providers: nobody reads an offer whose provider is kept from them.
    """
    if actor.of_the_office:
        return true()
    handlings = readable_handlings(actor)
    open_to = and_(OfferRow.handling.in_(handlings), ProviderRow.handling.in_(handlings))
    return or_(open_to, kept_by(actor, OfferRow.provider_id))


def may_read_provider(actor: Actor) -> ColumnElement[bool]:
    """Which providers the actor may read: as with offers."""
    if actor.of_the_office:
        return true()
    return or_(ProviderRow.handling.in_(readable_handlings(actor)), kept_by(actor, ProviderRow.id))


def kept_by(actor: Actor, provider: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Which rows with a provider's key are of one whose programmes the actor keeps."""
    person = aliased(ProviderPersonRow)
    if not actor.holds(Role.PROVIDER_CONTACT):  # who was a contact once keeps nothing any more
        return false()
    return provider.in_(select(person.provider_id).where(person.actor == actor.id))


def _own_providers(actor: Actor) -> frozenset[int]:
    if not actor.holds(Role.PROVIDER_CONTACT):
        return frozenset()
    query = select(ProviderPersonRow.provider_id).where(ProviderPersonRow.actor == actor.id)
    return frozenset(db.session.scalars(query))


def _for(actor: Actor, provider: Provider) -> Provider:
    """The provider as the actor may see it: its contact and its people for the office and for themselves alone."""
    if keeps(actor, provider) or actor.of_the_office:
        return provider
    return replace(provider, contact="", people=frozenset())


def _offer(row: OfferRow, provider: int, fields: Iterable[str]) -> Offer:
    return Offer(
        offer_id(row.practice, row.number),
        provider_id(row.practice, provider),
        row.title,
        frozenset(Kind(each) for each in row.kinds.split()),
        in_printed_order(fields, layouts.layout()),
        tuple(Domain(each) for each in row.domains.split()),
        frozenset(row.eligible.split()),
        frozenset(row.excluded.split()),
        tuple(row.languages.split()),
        Capacity(row.places, row.person_days, row.budget),
        row.valid_from,
        row.valid_to,
        row.lead_days,
        row.min_group,
        row.conditions,
        row.contact,
        row.source,
        row.last_confirmed,
        Handling(row.handling),
        row.language,
        row.description,
        row.asked_on,
        row.withdrawn,
        row.revision,
    )


def _provider(row: ProviderRow, state: str | None, people: Iterable[str]) -> Provider:
    stated = row.mandate_texts or row.mandate_title or row.mandate_url
    mandate = StatedMandate(row.mandate_texts, row.mandate_title, row.mandate_url, row.mandate_dated)
    return Provider(
        provider_id(row.practice, row.number),
        row.names,
        ProviderKind(row.kind),
        state,
        mandate if stated else None,
        tuple(row.mandate_fields.split()),
        row.contact,
        row.language,
        row.places,
        row.source,
        Handling(row.handling),
        row.withdrawn,
        row.revision,
        frozenset(people),
    )

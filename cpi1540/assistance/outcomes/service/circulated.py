"""Needs that were sent to providers, as a provider may know them, and the own programmes that fit.

A provider reads what the note verbale told it: who asks, what for, by when. The contact, letters, notes of the office
and what other providers answered are not read here at all.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from cpi1540.assistance.offers.offer import Offer, of_practice, provider_id
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.offers.tables import ProviderPersonRow, ProviderRow
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Need, NeedStatus, Request, Requester, Status, need_id, parse_id
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import ActRow, RequestRow
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.record import Handling

# Needs for which a provider may still speak up.
WANTED = (NeedStatus.OPEN, NeedStatus.PROPOSED)


@dataclass(frozen=True, slots=True)
class CirculatedNeed:
    """A need of a request that was sent to potential providers on ``sent_on``; texts are in ``language``."""

    request: str
    requester: Requester
    title: str
    language: str
    date: PartialDate | None
    sent_on: datetime.date
    need: Need


def circulated(practice: bool) -> list[CirculatedNeed]:
    """The needs that wait for providers, latest sent first: of open requests, sent and not handled internally."""
    found = _needs(RequestRow.practice.is_(practice))
    return sorted(found, key=lambda each: (-each.sent_on.toordinal(), each.request, each.need.number))


def find(request: str, number: int) -> CirculatedNeed:
    """A need that waits for providers; NotFound for any other, whether or not there is one."""
    condition = requests.condition_of(request)
    for each in _needs(condition) if condition is not None else ():
        if each.need.number == number:
            return each
    raise not_here(request, number)


def once_sent(request: str, number: int) -> tuple[Request, Need]:
    """A need that was sent to providers and its request, though it may not wait for them any more; NotFound for a need
    that never was, whose sending was taken back, or that is the office's own by now: nobody outside learns of that.
    """
    condition = requests.condition_of(request)
    if condition is None:
        raise not_here(request, number)
    sent_on = db.session.scalar(
        select(func.max(ActRow.on))
        .join(RequestRow, RequestRow.id == ActRow.request_id)
        .where(
            condition,
            RequestRow.handling != Handling.INTERNAL,
            ActRow.act == Act.SEND,
            ActRow.taken_back_at.is_(None),
        )
    )
    if sent_on is None:
        raise not_here(request, number)
    for found in requests.requests_where(condition):
        for need in found.needs:
            if need.number == number and need.stood(sent_on):
                return found, need
    raise not_here(request, number)


def not_here(request: str, number: int) -> NotFound:
    """The answer for a need that does not wait for providers, whether or not there is one."""
    return NotFound(sentence("There is no need %(need)s here.", need=printable(need_id(request, number))[:40]))


def own_providers(practice: bool, actor: Actor) -> tuple[str, ...]:
    """The providers whose programmes the actor keeps, by number."""
    query = (
        select(ProviderRow.number)
        .join(ProviderPersonRow, ProviderPersonRow.provider_id == ProviderRow.id)
        .where(ProviderRow.practice.is_(practice), ProviderPersonRow.actor == actor.id)
        .order_by(ProviderRow.number)
    )
    return tuple(provider_id(practice, number) for number in db.session.scalars(query))


def own_offers(practice: bool, actor: Actor) -> tuple[Offer, ...]:
    """The programmes that the actor keeps."""
    own = frozenset(own_providers(practice, actor))
    return tuple(offer for offer in offers.offers(practice, actor) if offer.provider in own)


def own_offer(identifier: str, actor: Actor, *, practice: bool | None = None) -> Offer:
    """One of the programmes that the actor keeps, withdrawn or not; NotFound for any other.

    ``practice`` names the record it must be of.
    """
    found = offers.find_offer(identifier, actor, practice=practice)
    if found.provider not in own_providers(of_practice(identifier), actor):
        raise NotFound(sentence("There is no offer %(offer)s.", offer=printable(identifier)[:40]))
    return found


def _needs(condition: ColumnElement[bool]) -> list[CirculatedNeed]:
    sent = dict(
        db.session.execute(
            select(RequestRow.id, func.max(ActRow.on))
            .join(ActRow, ActRow.request_id == RequestRow.id)
            .where(
                condition,
                RequestRow.status == Status.OPEN,
                RequestRow.handling != Handling.INTERNAL,
                ActRow.act == Act.SEND,
                ActRow.taken_back_at.is_(None),
            )
            .group_by(RequestRow.id)
        ).all()
    )
    return [
        CirculatedNeed(
            found.id,
            found.values.requester,
            found.values.title,
            found.values.language,
            found.values.date,
            sent_on,
            need,
        )
        for found, sent_on in _sent(sent)
        for need in found.needs
        if need.status in WANTED
    ]


def _sent(sent: dict[int, datetime.date]) -> Sequence[tuple[Request, datetime.date]]:
    days = {}
    for key, year, number, practice in db.session.execute(
        select(RequestRow.id, RequestRow.year, RequestRow.number, RequestRow.practice).where(RequestRow.id.in_(sent))
    ):
        days[practice, year, number] = sent[key]
    found = requests.requests_where(RequestRow.id.in_(sent))
    return [(each, days[parse_id(each.id) or (False, 0, 0)]) for each in found]

"""How offers stood on a day that may lie in the past: whether they were on offer, and for which time."""

import datetime
from dataclasses import replace

from sqlalchemy import ColumnElement, delete, insert, or_, select

from cpi1540.assistance.offers.offer import Offer, offer_id
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.offers.tables import OfferRow, OfferTermRow, ProviderRow
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db


def keep_terms(chosen: ColumnElement[bool], on: datetime.date) -> None:
    """Keep how the offers that ``chosen`` names stand now as how they stand from a day on: part of what changed them.

    What was kept for later days than that one gives way.
    """
    query = (
        select(
            OfferRow.id.label("offer_id"),
            or_(OfferRow.withdrawn, ProviderRow.withdrawn).label("withdrawn"),
            OfferRow.valid_from,
            OfferRow.valid_to,
        )
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(chosen)
    )
    rows = [{**row, "since": on} for row in db.session.execute(query).mappings()]
    if rows:
        keys = [row["offer_id"] for row in rows]
        db.session.execute(delete(OfferTermRow).where(OfferTermRow.offer_id.in_(keys), OfferTermRow.since >= on))
        db.session.execute(insert(OfferTermRow), rows)


def offers_on(on: datetime.date, actor: Actor, *, practice: bool) -> tuple[Offer, ...]:
    """The offers of one record that were on record and not withdrawn on a day, of those the actor may read, by number;
    each with the validity that it stated then. Whether it was valid on that day is for the asker to say.

    An offer is on record from the day it was registered or, where it stated an earlier one then, was valid from.
    """
    query = (
        select(OfferRow.number, OfferTermRow)
        .join(OfferTermRow, OfferTermRow.offer_id == OfferRow.id)
        .where(OfferRow.practice.is_(practice), OfferTermRow.since <= on)
        .order_by(OfferTermRow.offer_id, OfferTermRow.since)
    )
    stood = {offer_id(practice, number): term for number, term in db.session.execute(query)}
    return tuple(
        replace(offer, valid_from=term.valid_from, valid_to=term.valid_to)
        for offer in reading.offers(practice, actor, withdrawn=True)
        if (term := stood.get(offer.id)) is not None and not term.withdrawn
    )

"""The rows behind the identifiers of needs and offers, for what planning keeps about them."""

from sqlalchemy import Select, select

from cpi1540.assistance.offers.offer import offer_id, parse_offer_id, provider_id
from cpi1540.assistance.offers.tables import OfferRow, ProviderRow
from cpi1540.assistance.planning.decision import parse_need_id
from cpi1540.assistance.requests.request import parse_id
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence


def need_key(need: str) -> int:
    """The key of a need's row; NotFound when there is none."""
    parsed = parse_need_id(need)
    request = parse_id(parsed[0]) if parsed else None
    if parsed is not None and request is not None:
        practice, year, number = request
        query = (
            select(NeedRow.id)
            .join(RequestRow, RequestRow.id == NeedRow.request_id)
            .where(
                RequestRow.practice.is_(practice),
                RequestRow.year == year,
                RequestRow.number == number,
                NeedRow.number == parsed[1],
            )
        )
        key = db.session.scalar(query)
        if key is not None:
            return key
    raise NotFound(sentence("There is no such need."))


def offer_key(offer: str, *, practice: bool) -> int:
    """The key of an offer's row in one record; NotFound when there is none."""
    parsed = parse_offer_id(offer)
    if parsed is not None and parsed[0] == practice:
        key = db.session.scalar(offers_where(practice).where(OfferRow.number == parsed[1]))
        if key is not None:
            return key
    raise NotFound(sentence("There is no such offer."))


def provider_of(practice: bool) -> dict[str, str]:
    """Offer -> its provider, for every offer of one record, withdrawn ones too."""
    query = (
        select(OfferRow.number, ProviderRow.number)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(OfferRow.practice.is_(practice))
    )
    return {offer_id(practice, offer): provider_id(practice, provider) for offer, provider in db.session.execute(query)}


def offers_where(practice: bool) -> Select[int]:
    """The keys of the offers of one record."""
    return select(OfferRow.id).where(OfferRow.practice.is_(practice))

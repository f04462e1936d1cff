"""Which needs both sides had agreed to meet by a day: read without the reasons of the matches, for those who count."""

import datetime
from dataclasses import dataclass

from sqlalchemy import select

from cpi1540.assistance.offers.offer import provider_id
from cpi1540.assistance.offers.tables import OfferRow, ProviderRow
from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, Done, MatchAct, Side, match_id, reached
from cpi1540.assistance.outcomes.tables import MatchActRow, MatchRow
from cpi1540.assistance.requests.request import need_id, request_id
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation.database import db


@dataclass(frozen=True, slots=True)
class Agreed:
    """A match on which both sides had agreed, by its identifier, and its provider's."""

    match: str
    provider: str


def agreed_on(on: datetime.date, *, practice: bool) -> dict[str, tuple[Agreed, ...]]:
    """Need -> the matches of one record on which both sides had agreed by a day, as far as the acts dated by then tell,
    and that had not been withdrawn; whoever asks. By identifier; two queries.
    """
    condition = RequestRow.practice.is_(practice)
    acts: dict[int, list[Done]] = {}
    done = (
        select(MatchActRow.match_id, MatchActRow.number, MatchActRow.act, MatchActRow.on, MatchActRow.side)
        .join(MatchRow, MatchRow.id == MatchActRow.match_id)
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .where(condition, MatchActRow.taken_back_at.is_(None), MatchActRow.on <= on)
        .order_by(MatchActRow.match_id, MatchActRow.number)
    )
    for key, number, act, day, side in db.session.execute(done):
        acts.setdefault(key, []).append(Done(number, MatchAct(act), day, Side(side)))
    query = (
        select(MatchRow.id, MatchRow.number, NeedRow.number, RequestRow.year, RequestRow.number, ProviderRow.number)
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .join(OfferRow, OfferRow.id == MatchRow.offer_id)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(condition)
        .order_by(RequestRow.year, RequestRow.number, NeedRow.number, MatchRow.number)
    )
    found: dict[str, list[Agreed]] = {}
    for key, number, need, year, of_request, provider in db.session.execute(query):
        if key in acts and reached(acts[key]).status in AGREED_OR_LATER:
            request = request_id(practice, year, of_request)
            agreed = Agreed(match_id(request, need, number), provider_id(practice, provider))
            found.setdefault(need_id(request, need), []).append(agreed)
    return {need: tuple(agreed) for need, agreed in found.items()}

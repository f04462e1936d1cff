"""What was decided of pairs and estimated of needs over time: nothing of it is ever changed."""

import datetime
from dataclasses import dataclass

from sqlalchemy import insert, select

from cpi1540.assistance.offers.offer import offer_id
from cpi1540.assistance.offers.tables import OfferRow
from cpi1540.assistance.planning.decision import DecisionKind, Estimate
from cpi1540.assistance.planning.tables import PlanHistoryRow
from cpi1540.assistance.requests.request import need_id, request_id
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation.database import db, now

FREE, ESTIMATE = "free", "estimate"


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that was decided or estimated: ``act`` is a kind of decision, "free" or "estimate"; ``offer`` None: it
    is about the need alone.
    """

    need: str
    offer: str | None
    act: str
    reason: str
    language: str
    estimate: Estimate
    by: str
    at: datetime.datetime


def keep(
    need: int,
    act: DecisionKind | str,
    by: str,
    *,
    offer: int | None = None,
    reason: str = "",
    language: str = "en",
    estimate: Estimate | None = None,
) -> None:
    """Keep what somebody decided or estimated just now: part of doing it. ``need`` and ``offer`` are keys of rows."""
    told = estimate or Estimate()
    values = {"need_id": need, "offer_id": offer, "act": str(act), "reason": reason, "language": language}
    numbers = {"person_days": told.person_days, "budget": told.budget}
    db.session.execute(insert(PlanHistoryRow).values(**values, **numbers, by=by, at=now()))


def history(practice: bool, most: int) -> tuple[Past, ...]:
    """What was decided and estimated in one record, the newest ``most`` of it, newest first."""
    query = (
        select(PlanHistoryRow, RequestRow.year, RequestRow.number, NeedRow.number, OfferRow.number)
        .join(NeedRow, NeedRow.id == PlanHistoryRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .outerjoin(OfferRow, OfferRow.id == PlanHistoryRow.offer_id)
        .where(RequestRow.practice.is_(practice))
        .order_by(PlanHistoryRow.id.desc())
        .limit(most)
    )
    return tuple(
        Past(
            need_id(request_id(practice, year, number), need),
            offer_id(practice, offer) if offer is not None else None,
            row.act,
            row.reason,
            row.language,
            Estimate(row.person_days, row.budget),
            row.by,
            row.at,
        )
        for row, year, number, need, offer in db.session.execute(query)
    )

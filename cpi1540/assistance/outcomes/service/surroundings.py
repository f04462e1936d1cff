"""What stands around a match, read under the lock of its request; the offer and its provider are locked too."""

import datetime

from sqlalchemy import and_, func, select

from cpi1540.assistance.offers.offer import parse_offer_id
from cpi1540.assistance.offers.tables import OfferRow, ProviderRow
from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, ENDED, MatchAct, match_id
from cpi1540.assistance.outcomes.service.match_keeping import HeldNeed
from cpi1540.assistance.outcomes.standing import Places, Span, Standing
from cpi1540.assistance.outcomes.tables import MatchActRow, MatchRow
from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.foundation.database import db


def standing_of(need: HeldNeed, offer: str, year: int, *, but: int | None = None) -> Standing:
    """What stands around a match of the need with the offer, places counted for a year; ``but``: that match's own row.

    Until the transaction ends nobody promises another place of the offer, or of its provider.
    """
    practice, numbered = parse_offer_id(offer) or (False, 0)
    offered, gives = db.session.execute(
        select(OfferRow, ProviderRow)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(OfferRow.practice.is_(practice), OfferRow.number == numbered)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    others = db.session.execute(
        select(MatchRow.id, MatchRow.number, MatchRow.offer_id, MatchRow.status, MatchRow.agreed_on)
        .where(MatchRow.need_id == need.key, MatchRow.id != (but or 0))
        .order_by(MatchRow.number)
    ).all()
    names = {row.id: match_id(need.request, need.number, row.number) for row in others}
    ends = _ends([row.id for row in others])
    return Standing(
        need.of_request,
        need.status is NeedStatus.WITHDRAWN,
        offered.withdrawn or gives.withdrawn,
        next((names[row.id] for row in others if row.offer_id == offered.id and row.status not in ENDED), None),
        tuple(Span(names[row.id], row.agreed_on, ends.get(row.id)) for row in others if row.agreed_on is not None),
        _places(offered, gives, year, but),
    )


def _ends(keys: list[int]) -> dict[int, datetime.date]:
    """Match -> the day on which it was closed or withdrawn."""
    query = select(MatchActRow.match_id, MatchActRow.on).where(
        MatchActRow.match_id.in_(keys),
        MatchActRow.act.in_((MatchAct.CLOSE, MatchAct.WITHDRAW)),
        MatchActRow.taken_back_at.is_(None),
    )
    return dict(db.session.execute(query).all())


def _places(offered: OfferRow, gives: ProviderRow, year: int, but: int | None) -> tuple[Places, ...]:
    promised = dict(
        db.session.execute(
            select(MatchRow.offer_id, func.count())
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .where(
                and_(OfferRow.provider_id == gives.id, MatchRow.id != (but or 0)),
                MatchRow.status.in_(AGREED_OR_LATER),
                MatchRow.agreed_on.between(datetime.date(year, 1, 1), datetime.date(year, 12, 31)),
            )
            .group_by(MatchRow.offer_id)
        ).all()
    )
    found = []
    if offered.places is not None:
        found.append(Places(offered.places, promised.get(offered.id, 0)))
    if gives.places is not None:
        found.append(Places(gives.places, sum(promised.values())))
    return tuple(found)

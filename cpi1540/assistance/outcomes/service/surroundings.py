"""What stands around a match, read under the lock of its request; the offer and its provider are locked too."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Select, and_, func, select

from cpi1540.assistance.offers.offer import parse_offer_id
from cpi1540.assistance.offers.tables import OfferRow, ProviderRow
from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, ENDED, Match, MatchAct, Side, match_id, parse_match_id
from cpi1540.assistance.outcomes.service.match_keeping import HeldNeed
from cpi1540.assistance.outcomes.standing import Places, Span, Standing, why_not_here
from cpi1540.assistance.outcomes.tables import MatchActRow, MatchRow
from cpi1540.assistance.requests.request import NeedStatus, Status
from cpi1540.assistance.requests.service.reading import condition_of
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation.database import db
from cpi1540.foundation.messages import Sentence


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Why an act would be refused today; ``always``: with every date that it could bear."""

    because: Sentence
    always: bool


def standing_of(need: HeldNeed, offer: str, year: int, *, but: int | None = None) -> Standing:
    """What stands around a match of the need with the offer, places counted for a year; ``but``: that match's own row.

    Until the transaction ends nobody promises another place of the offer, or of its provider.
    """
    offered, gives = db.session.execute(
        _offer_and_provider(offer).with_for_update().execution_options(populate_existing=True)
    ).one()
    return _standing(need, offered, gives, year, but)


def foreseen(match: Match, acts: Iterable[MatchAct], side: Side, today: datetime.date) -> dict[MatchAct, Foreseen]:
    """What stands in the way of acts that a side may record of a match, as things stand now; nothing is locked.

    Places are those of a year: an act refused for today may still be recorded for a day of an earlier year.
    """
    request, number, of_need = parse_match_id(match.id) or ("", 0, 0)
    row = db.session.execute(
        select(NeedRow.id, NeedRow.status, RequestRow.status.label("of_request"), MatchRow.id.label("match"))
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .join(MatchRow, MatchRow.need_id == NeedRow.id)
        .where(condition_of(request), NeedRow.number == number, MatchRow.number == of_need)  # type: ignore[arg-type]
    ).one()
    need = HeldNeed(row.id, request, number, NeedStatus(row.status), Status(row.of_request))
    offered, gives = db.session.execute(_offer_and_provider(match.offer)).one()
    first, asked = match.acts[-1].on, tuple(acts)
    found: dict[MatchAct, Foreseen] = {}
    for year in range(today.year, min(first, today).year - 1, -1):
        around = _standing(need, offered, gives, year, row.match)
        for act in asked:
            refusal = why_not_here(act, min(today, datetime.date(year, 12, 31)), around, side)
            if year == today.year and refusal is not None:
                found[act] = Foreseen(refusal, True)
            elif act in found and refusal is None:
                found[act] = replace(found[act], always=False)
    return found


def _offer_and_provider(offer: str) -> Select[OfferRow, ProviderRow]:
    practice, numbered = parse_offer_id(offer) or (False, 0)
    return (
        select(OfferRow, ProviderRow)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(OfferRow.practice.is_(practice), OfferRow.number == numbered)
    )


def _standing(need: HeldNeed, offered: OfferRow, gives: ProviderRow, year: int, but: int | None) -> Standing:
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
        found.append(Places(gives.places, sum(promised.values()), of_provider=True))
    return tuple(found)

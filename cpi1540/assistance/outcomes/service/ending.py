"""Matches that end because what they were for was withdrawn."""

import datetime
from collections.abc import Sequence

from sqlalchemy import and_, select

from cpi1540.assistance.outcomes.match import Done, MatchAct, Side, match_id
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.outcomes.service.match_keeping import hold_match, renew, write_acts
from cpi1540.assistance.outcomes.standing import GOING_ON, Ending
from cpi1540.assistance.outcomes.tables import MatchRow
from cpi1540.assistance.requests.request import parse_id
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db


def end_matches(
    request: str,
    ending: Ending,
    *,
    on: datetime.date,
    side: Side,
    actor: Actor,
    needs: Sequence[int] | None = None,
) -> None:
    """Withdraw the matches of a request, or of some of its needs by number, that are not delivered yet.

    Part of what ends the request or the need: who may is asked there. A match on which something was recorded with a
    later date ends on that. The same again changes nothing.
    """
    practice, year, number = parse_id(request) or (False, 0, 0)
    asked = and_(RequestRow.practice.is_(practice), RequestRow.year == year, RequestRow.number == number)
    query = (
        select(NeedRow.number, MatchRow.number)
        .join(MatchRow, MatchRow.need_id == NeedRow.id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .where(asked, MatchRow.status.in_(GOING_ON))
        .order_by(NeedRow.number, MatchRow.number)
    )
    for need, numbered in db.session.execute(query).all():
        if needs is not None and need not in needs:
            continue
        held = hold_match(match_id(request, need, numbered))
        day = max(on, held.acts[-1].on)
        write_acts(held.key, [Done(0, MatchAct.WITHDRAW, day, side, ending, by=actor.id)])
        renew(held.key, held.need)
        change = {"act": MatchAct.WITHDRAW, "on": str(day), "side": side, "answer": ending}
        audit.record(actor.id, "match.act", reading.subjects(reading.placed(held.identifier)), [change])

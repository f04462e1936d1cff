"""What needs take, as the office estimates it: counted where an offer states its days or its budget."""

from sqlalchemy import delete, insert, select

from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.decision import Estimate
from cpi1540.assistance.planning.service import history
from cpi1540.assistance.planning.service.needs_and_offers import need_key
from cpi1540.assistance.planning.tables import NeedEstimateRow
from cpi1540.assistance.requests.request import need_id, request_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import hold
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence

MOST = 1e12


def estimates(practice: bool) -> dict[str, Estimate]:
    """Need -> what it takes, for the needs of one record that are estimated."""
    query = (
        select(NeedEstimateRow, RequestRow.year, RequestRow.number, NeedRow.number)
        .join(NeedRow, NeedRow.id == NeedEstimateRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .where(RequestRow.practice.is_(practice))
    )
    return {
        need_id(request_id(practice, year, number), need): Estimate(row.person_days, row.budget)
        for row, year, number, need in db.session.execute(query)
    }


def estimate(request: str, number: int, values: Estimate, actor: Actor) -> None:
    """Record what a need takes, in place of what was recorded before; nothing given takes the estimate away, the same
    again changes nothing.
    """
    found = reading.find(request, actor)
    ensure(actor, DECIDE_PLAN, found.values.requester)
    for value in (values.person_days, values.budget):
        if value is not None and not 0 <= value <= MOST:
            raise DomainError(sentence("An estimate is a number of 0 or more."))
    need = need_id(request, number)
    key = need_key(need)
    hold(request)  # two who estimate a need come one after the other
    before = db.session.get(NeedEstimateRow, key)
    if values == (Estimate(before.person_days, before.budget) if before else Estimate()):
        return
    db.session.execute(delete(NeedEstimateRow).where(NeedEstimateRow.need_id == key))
    if values != Estimate():
        row = {"need_id": key, "person_days": values.person_days, "budget": values.budget}
        db.session.execute(insert(NeedEstimateRow).values(**row, by=actor.id, at=now()))
    history.keep(key, history.ESTIMATE, actor.id, estimate=values)
    subjects = [f"request:{request}", *(f"state:{code}" for code in found.values.requester.states)]
    change = {"need": need, "person_days": values.person_days, "budget": values.budget}
    audit.record(actor.id, "need.estimate", subjects, [change])

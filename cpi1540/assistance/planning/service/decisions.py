"""Pairs locked into every plan, ruled out of every plan, and freed again."""

from sqlalchemy import delete, insert, select

from cpi1540.assistance.offers.offer import offer_id
from cpi1540.assistance.offers.tables import OfferRow
from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.decision import Decision, DecisionKind, parse_need_id
from cpi1540.assistance.planning.service.needs_and_offers import need_key, offer_key
from cpi1540.assistance.planning.tables import PlanLockRow
from cpi1540.assistance.requests.request import Request, need_id, request_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence


def decisions(practice: bool) -> tuple[Decision, ...]:
    """Every pair of one record that is decided on, by need and offer."""
    query = (
        select(PlanLockRow, RequestRow.year, RequestRow.number, NeedRow.number, OfferRow.number)
        .join(NeedRow, NeedRow.id == PlanLockRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .join(OfferRow, OfferRow.id == PlanLockRow.offer_id)
        .where(RequestRow.practice.is_(practice))
        .order_by(RequestRow.year, RequestRow.number, NeedRow.number, OfferRow.number)
    )
    return tuple(
        Decision(
            need_id(request_id(practice, year, number), need),
            offer_id(practice, offer),
            DecisionKind(row.kind),
            row.reason,
            row.language,
            row.by,
            row.at,
        )
        for row, year, number, need, offer in db.session.execute(query)
    )


def decide(need: str, offer: str, kind: DecisionKind, actor: Actor, *, reason: str, language: str) -> None:
    """Lock a pair into every plan, or rule it out of every plan, in place of what was decided of it before.

    DomainError without a reason, or where the need is locked to another offer already.
    """
    request = _request(need, actor)
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    practice = request.values.requester.practice
    of_need, of_offer = need_key(need), offer_key(offer, practice=practice)
    if kind is DecisionKind.LOCK:
        _ensure_free(need, of_need, of_offer, practice)
    _delete(of_need, of_offer)
    db.session.execute(
        insert(PlanLockRow).values(
            need_id=of_need,
            offer_id=of_offer,
            kind=kind,
            reason=reason.strip(),
            language=language,
            by=actor.id,
            at=now(),
        )
    )
    _note(actor, f"plan.{kind}", request, need, offer, reason=audit.digest(reason))


def free(need: str, offer: str, actor: Actor) -> None:
    """Leave a pair to the plan again; nothing happens where nothing was decided of it."""
    request = _request(need, actor)
    practice = request.values.requester.practice
    if _delete(need_key(need), offer_key(offer, practice=practice)):
        _note(actor, "plan.free", request, need, offer)


def _request(need: str, actor: Actor) -> Request:
    parsed = parse_need_id(need)
    if parsed is None:
        raise NotFound(sentence("There is no such need."))
    request = reading.find(parsed[0], actor)
    ensure(actor, DECIDE_PLAN, request.values.requester)
    return request


def _ensure_free(need: str, of_need: int, of_offer: int, practice: bool) -> None:
    """A need takes at most one offer. Two who lock it at once come one after the other."""
    db.session.execute(select(NeedRow.id).where(NeedRow.id == of_need).with_for_update())
    query = (
        select(OfferRow.number)
        .join(PlanLockRow, PlanLockRow.offer_id == OfferRow.id)
        .where(PlanLockRow.need_id == of_need, PlanLockRow.kind == DecisionKind.LOCK, OfferRow.id != of_offer)
    )
    for number in db.session.scalars(query):
        raise DomainError(
            sentence(
                "%(need)s is locked to %(offer)s already. Free that pair first.",
                need=need,
                offer=offer_id(practice, number),
            )
        )


def _delete(of_need: int, of_offer: int) -> bool:
    gone = delete(PlanLockRow).where(PlanLockRow.need_id == of_need, PlanLockRow.offer_id == of_offer)
    return db.session.scalar(gone.returning(PlanLockRow.need_id)) is not None


def _note(actor: Actor, action: str, request: Request, need: str, offer: str, **change: str) -> None:
    subjects = [f"request:{request.id}", f"offer:{offer}"]
    subjects += [f"state:{code}" for code in request.values.requester.states]
    audit.record(actor.id, action, subjects, [{"need": need, "offer": offer, **change}])

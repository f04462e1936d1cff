"""Pairs locked into every plan, ruled out of every plan, and freed again."""

from sqlalchemy import delete, insert, select

from cpi1540.assistance.matching.service import matches
from cpi1540.assistance.offers.offer import offer_id
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.offers.service.providers import hold as hold_provider
from cpi1540.assistance.offers.tables import OfferRow
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.decision import Decision, DecisionKind, Estimate, parse_need_id
from cpi1540.assistance.planning.plan import OpenNeed, Pair, Planning, standing_locks
from cpi1540.assistance.planning.service import history
from cpi1540.assistance.planning.service.estimates import estimates
from cpi1540.assistance.planning.service.needs_and_offers import need_key, offer_key, provider_of
from cpi1540.assistance.planning.service.what_is_left import open_offers, provider_places, request_needs
from cpi1540.assistance.planning.tables import PlanLockRow
from cpi1540.assistance.requests.request import NeedStatus, Request, Status, need_id, request_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import hold
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence

# A need that plans are made for.
_OPEN = (RequestRow.status == Status.OPEN, NeedRow.status == NeedStatus.OPEN)


def decisions(practice: bool, *, open_only: bool = False) -> tuple[Decision, ...]:
    """Every pair of one record that is decided on, or those of open needs, by need and offer."""
    query = (
        select(PlanLockRow, RequestRow.year, RequestRow.number, NeedRow.number, OfferRow.number)
        .join(NeedRow, NeedRow.id == PlanLockRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .join(OfferRow, OfferRow.id == PlanLockRow.offer_id)
        .where(RequestRow.practice.is_(practice), *(_OPEN if open_only else ()))
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

    DomainError without a reason, where the need is locked to another offer already, or where no plan could take the
    pair: the need is not open, a filter stands in the way, or too little is left beside the locks there are.
    """
    request = _request(need, actor)
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    practice = request.values.requester.practice
    of_need, of_offer = need_key(need), offer_key(offer, practice=practice)
    hold(request.id)  # two who decide on pairs of one request come one after the other
    if kind is DecisionKind.LOCK:
        _ensure_free(need, of_need, of_offer, practice)
        _ensure_open(of_need)
        _ensure_it_fits(request, need, offer, actor)
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
    history.keep(of_need, kind, actor.id, offer=of_offer, reason=reason.strip(), language=language)
    _note(actor, f"plan.{kind}", request, need, offer, reason=audit.digest(reason))


def free(need: str, offer: str, actor: Actor, *, reason: str = "", language: str = "en") -> None:
    """Leave a pair to the plan again, with or without a reason; nothing happens where nothing was decided of it."""
    request = _request(need, actor)
    practice = request.values.requester.practice
    hold(request.id)
    of_need, of_offer = need_key(need), offer_key(offer, practice=practice)
    if _delete(of_need, of_offer):
        history.keep(of_need, history.FREE, actor.id, offer=of_offer, reason=reason.strip(), language=language)
        _note(actor, "plan.free", request, need, offer, **({"reason": audit.digest(reason)} if reason.strip() else {}))


def _request(need: str, actor: Actor) -> Request:
    parsed = parse_need_id(need)
    if parsed is None:
        raise NotFound(sentence("There is no such need."))
    request = reading.find(parsed[0], actor)
    ensure(actor, DECIDE_PLAN, request.values.requester)
    return request


def _ensure_free(need: str, of_need: int, of_offer: int, practice: bool) -> None:
    """A need takes at most one offer."""
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


def _ensure_open(of_need: int) -> None:
    query = (
        select(NeedRow.id).join(RequestRow, RequestRow.id == NeedRow.request_id).where(NeedRow.id == of_need, *_OPEN)
    )
    if db.session.scalar(query) is None:
        raise DomainError(sentence("The need is not open: a lock would change nothing."))


def _ensure_it_fits(request: Request, need: str, offer: str, actor: Actor) -> None:
    """That a plan can take the pair, and every pair locked before beside it."""
    practice, (_request_id, number) = request.values.requester.practice, parse_need_id(need) or ("", 0)
    pair = matches.ranked(request, number, offer, actor)
    if pair.rank is None:
        raise DomainError(
            sentence("A filter stands in the way of this pair: no plan can take it, and a lock would change nothing.")
        )
    if pair.offer.capacity.places is None:
        raise DomainError(sentence("%(offer)s does not state its capacity, and no plan takes it.", offer=offer))
    hold_provider(pair.provider.id)  # two who lock offers of one provider come one after the other
    of_offer, taken, promised = provider_of(practice), estimates(practice), outcomes.promised_pairs(practice)
    own = [one for one in offers.offers(practice, actor) if one.provider == pair.provider.id]
    before = sorted(decisions(practice, open_only=True), key=lambda each: each.at)
    locks = [(each.need, each.offer) for each in before if each.kind is DecisionKind.LOCK]
    _ensure_room(request, need, {each for each, _offer in locks})
    pairs = [*(each for each in locks if each != (need, offer)), (need, offer)]
    takes = {each: taken.get(each, Estimate()) for each, _offer in pairs}
    planning = Planning(
        tuple(OpenNeed(each, each.rpartition("/")[0]) for each in takes),
        tuple(open_offers(own, promised, taken)),
        tuple(Pair(each, of, 0.0, takes[each].person_days or 0.0, takes[each].budget or 0.0) for each, of in pairs),
        provider_places([pair.provider], promised, of_offer),
    )
    if (need, offer) not in standing_locks(planning, pairs):
        raise DomainError(
            sentence(
                "Too little is left of %(offer)s, or of what its provider can take in a year, beside what is promised "
                "and locked already. Free another pair first.",
                offer=offer,
            )
        )


def _ensure_room(request: Request, need: str, locked: set[str]) -> None:
    """That the request can have one more need met beside its locked ones, with whatever provider."""
    most = request_needs([request]).get(request.id)
    beside = sum(each.rpartition("/")[0] == request.id for each in locked - {need})
    if most is not None and beside >= most:
        raise DomainError(
            sentence(
                "%(request)s can have no more of its needs met at a time beside those that are agreed, in delivery or "
                "locked already. Free another pair first.",
                request=request.id,
            )
        )


def _delete(of_need: int, of_offer: int) -> bool:
    gone = delete(PlanLockRow).where(PlanLockRow.need_id == of_need, PlanLockRow.offer_id == of_offer)
    return db.session.scalar(gone.returning(PlanLockRow.need_id)) is not None


def _note(actor: Actor, action: str, request: Request, need: str, offer: str, **change: str) -> None:
    subjects = [f"request:{request.id}", f"offer:{offer}"]
    subjects += [f"state:{code}" for code in request.values.requester.states]
    audit.record(actor.id, action, subjects, [{"need": need, "offer": offer, **change}])

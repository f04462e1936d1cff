"""What a match's row keeps of its acts, and how far its need has come: written in one place."""

from dataclasses import dataclass

from sqlalchemy import and_, func, insert, select, update

from cpi1540.assistance.offers.offer import parse_offer_id
from cpi1540.assistance.offers.tables import OfferRow
from cpi1540.assistance.outcomes.match import (
    Done,
    MatchAct,
    MatchStatus,
    Reasons,
    Side,
    match_id,
    need_status,
    parse_match_id,
    reached,
)
from cpi1540.assistance.outcomes.service.kept_reasons import factors_json
from cpi1540.assistance.outcomes.tables import MatchActRow, MatchRow
from cpi1540.assistance.requests.request import NeedStatus, Status
from cpi1540.assistance.requests.service.course_keeping import hold
from cpi1540.assistance.requests.service.need_standing import follow_matches
from cpi1540.assistance.requests.tables import NeedRow
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence


@dataclass(frozen=True, slots=True)
class HeldNeed:
    """A need whose request is locked until the transaction ends: no two people write its matches at once."""

    key: int
    request: str
    number: int
    status: NeedStatus
    of_request: Status


@dataclass(frozen=True, slots=True)
class HeldMatch:
    """A match's row, its need held; ``acts`` are those that were not taken back."""

    key: int
    identifier: str
    need: HeldNeed
    status: MatchStatus
    acts: tuple[Done, ...]


def hold_need(request: str, number: int) -> HeldNeed:
    """The need, its request locked; NotFound when there is none. Whether the actor may is asked before."""
    held = hold(request)
    row = db.session.execute(
        select(NeedRow.id, NeedRow.status).where(NeedRow.request_id == held.key, NeedRow.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound(sentence("%(request)s has no need %(need)s.", request=request, need=str(number)))
    return HeldNeed(row.id, request, number, NeedStatus(row.status), held.status)


def hold_match(identifier: str) -> HeldMatch:
    """The match and its need, locked, as they stand now; the identifier is one that was read before."""
    request, need_number, number = parse_match_id(identifier) or ("", 0, 0)
    need = hold_need(request, need_number)
    row = db.session.execute(
        select(MatchRow.id, MatchRow.status).where(MatchRow.need_id == need.key, MatchRow.number == number)
    ).one()
    return HeldMatch(row.id, identifier, need, MatchStatus(row.status), acts_of(row.id))


def insert_match(need: HeldNeed, offer: str, reasons: Reasons, acts: list[Done]) -> str:
    """Write a new match of a need with its first acts; returns its identifier."""
    practice, numbered = parse_offer_id(offer) or (False, 0)
    offer_key = db.session.scalar(
        select(OfferRow.id).where(and_(OfferRow.practice.is_(practice), OfferRow.number == numbered))
    )
    highest = db.session.scalar(select(func.max(MatchRow.number)).where(MatchRow.need_id == need.key)) or 0
    key = db.session.execute(
        insert(MatchRow)
        .values(
            need_id=need.key,
            number=highest + 1,
            offer_id=offer_key,
            status=MatchStatus.PROPOSED,
            weights=reasons.weights,
            score=reasons.score,
            rank=reasons.rank,
            factors=factors_json(reasons.factors),
            revision=0,
        )
        .returning(MatchRow.id)
    ).scalar_one()
    write_acts(key, acts)
    renew(key, need)
    return match_id(need.request, need.number, highest + 1)


def write_acts(key: int, acts: list[Done]) -> None:
    """Write acts under the next numbers; whether they may be done is asked before."""
    highest = db.session.scalar(select(func.max(MatchActRow.number)).where(MatchActRow.match_id == key)) or 0
    rows = [
        {
            "match_id": key,
            "number": number,
            "act": done.act,
            "on": done.on,
            "side": done.side,
            "answer": done.answer,
            "note": done.note.strip(),
            "language": done.language,
            "actor": done.by,
            "at": done.at or now(),
            "reason": "",
        }
        for number, done in enumerate(acts, highest + 1)
    ]
    db.session.execute(insert(MatchActRow), rows)


def renew(key: int, need: HeldNeed) -> MatchStatus:
    """Bring the match's row up to its acts, then its need up to all its matches; returns the match's status."""
    found = reached(acts_of(key))
    db.session.execute(
        update(MatchRow)
        .where(MatchRow.id == key)
        .values(
            status=found.status,
            agreed_on=found.on.get(MatchStatus.AGREED),
            delivered_on=found.on.get(MatchStatus.DELIVERED),
            revision=MatchRow.revision + 1,
        )
    )
    statuses = db.session.scalars(select(MatchRow.status).where(MatchRow.need_id == need.key))
    follow_matches(need.request, need.number, need_status(MatchStatus(each) for each in statuses))
    return found.status


def acts_of(key: int) -> tuple[Done, ...]:
    """The acts of a match, by its row's key, without those taken back."""
    query = (
        select(MatchActRow)
        .where(MatchActRow.match_id == key, MatchActRow.taken_back_at.is_(None))
        .order_by(MatchActRow.number)
    )
    return tuple(
        Done(row.number, MatchAct(row.act), row.on, Side(row.side), row.answer, row.note, row.language, row.actor)
        for row in db.session.scalars(query)
    )

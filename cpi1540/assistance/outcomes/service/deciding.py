"""What people decide about a match: recorded with its date by one of the two sides, or by the office for them."""

import datetime

from sqlalchemy import update

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.outcomes.match import Done, MatchAct, MatchStatus, Side, reached, why_no_answer, why_not
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.outcomes.service.match_keeping import hold_match, renew, write_acts
from cpi1540.assistance.outcomes.service.reading import Placed
from cpi1540.assistance.outcomes.service.surroundings import standing_of
from cpi1540.assistance.outcomes.standing import why_not_back, why_not_here
from cpi1540.assistance.outcomes.tables import MatchActRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotAllowed
from cpi1540.foundation.messages import sentence


def record_act(
    identifier: str,
    act: MatchAct,
    actor: Actor,
    *,
    on: datetime.date,
    answer: str = "",
    note: str = "",
    language: str = "en",
) -> MatchStatus:
    """Record an act on a match with the date it bears; returns how far the match has come then.

    ``answer`` is the reason of a refusal, or how far the need was met; ``note`` is written in ``language``. The
    need follows its matches. DomainError says why an act cannot be recorded, as ``match.why_not`` and
    ``standing.why_not_here`` tell it; NotAllowed that it is not the actor's.
    """
    placed = reading.find(identifier, actor)
    kept = answer if act in _ANSWERED else ""
    return write_act(placed, Done(0, act, on, _side(actor, placed), kept, note, language, actor.id), actor)


def write_act(placed: Placed, told: Done, actor: Actor) -> MatchStatus:
    """Write an act on a match that the actor may act on, for the side that ``told`` names; as ``record_act``."""
    held = hold_match(placed.match.id)
    today, last = calendar.today(), held.acts[-1].on
    reason = why_not(held.status, last, told.act, told.side, told.on, today)
    reason = reason or why_no_answer(told.act, told.answer, told.note)
    if reason is None:
        around = standing_of(held.need, placed.match.offer, told.on.year, but=held.key)
        reason = why_not_here(told.act, told.on, around, told.side)
    if reason is not None:
        raise DomainError(reason)
    write_acts(held.key, [told])
    status = renew(held.key, held.need)
    change = {"act": told.act, "on": str(told.on), "side": told.side, "note": audit.digest(told.note)}
    audit.record(
        actor.id, "match.act", reading.subjects(placed), [change | ({"answer": told.answer} if told.answer else {})]
    )
    return status


def take_back(identifier: str, number: int, actor: Actor, *, reason: str) -> None:
    """Take back the act recorded last, by its number; the match stands where it stood before.

    The act stays on record with the reason. For the office alone; a proposal is withdrawn instead, and what ended
    comes back only where it still could be recorded.
    """
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    placed = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, placed.requester)
    held = hold_match(identifier)
    last = held.acts[-1]
    if last.number != number:
        raise DomainError(sentence("Only the act recorded last can be taken back."))
    if last.act is MatchAct.PROPOSE:
        raise DomainError(sentence("A proposal is not taken back: withdraw the match instead."))
    before = reached(held.acts[:-1])
    agreed_on = before.on.get(MatchStatus.AGREED)
    around = standing_of(held.need, placed.match.offer, (agreed_on or last.on).year, but=held.key)
    refusal = why_not_back(before.status, agreed_on, around) if last.act in _FREED else None
    if refusal is not None:
        raise DomainError(refusal)
    db.session.execute(
        update(MatchActRow)
        .where(MatchActRow.match_id == held.key, MatchActRow.number == number)
        .values(taken_back_at=now(), taken_back_by=actor.id, reason=reason.strip())
    )
    renew(held.key, held.need)
    change = {"act": last.act, "on": str(last.on), "reason": audit.digest(reason)}
    audit.record(actor.id, "match.take-back", reading.subjects(placed), [change])


# What they ended, or freed the need of, goes on again when they are taken back.
_FREED = frozenset({MatchAct.DECLINE, MatchAct.WITHDRAW, MatchAct.CLOSE})
_ANSWERED = frozenset({MatchAct.DECLINE, MatchAct.FEEDBACK_PROVIDER, MatchAct.FEEDBACK_REQUESTER})


def _side(actor: Actor, placed: Placed) -> Side:
    side = reading.side_of(actor, placed)
    if side is None:
        raise NotAllowed(REGISTER_REQUEST.refusal)
    return side

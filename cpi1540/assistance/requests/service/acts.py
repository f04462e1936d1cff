"""The acts of the procedure, recorded with the dates they bear, and taken back when they were recorded by mistake."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert, select, update

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.outcomes.match import Side
from cpi1540.assistance.outcomes.service.ending import end_matches
from cpi1540.assistance.outcomes.standing import Ending
from cpi1540.assistance.procedure.course import Recorded, why_not
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Consent, Request, history_of
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import (
    Held,
    hold,
    refuse_historical,
    renew,
    write_act,
    write_acts,
)
from cpi1540.assistance.requests.tables import ActRow, PaperRow, RequestRow
from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence

_ANSWERS = {Act.CONSENT: Consent.YES, Act.REFUSE_CONSENT: Consent.NO, Act.OBJECT_TO_POSTING: Consent.NO}


def record_act(
    identifier: str,
    act: Act,
    actor: Actor,
    *,
    on: datetime.date,
    note: str = "",
    paper: tuple[str, bytes] | None = None,
    at: datetime.datetime | None = None,
) -> int:
    """Record an act of the procedure with its date; returns the act's number.

    ``paper`` is the (name, content) of the letter it was done with; it is kept with the request. DomainError says
    why an act cannot be recorded: it does not belong to the step, its date is in the future or before the last
    step's, the requester may still object, or has not consented to the posting. A follow-up before the year is
    over is recorded and moves nothing. A note verbale is registered with ``requests.register_note``.
    """
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    held = hold(identifier)
    request = reading.find(identifier, actor)  # again: somebody may have recorded an act meanwhile
    reason = why_not(history_of(request), act, on, calendar.holidays(), calendar.today())
    if reason is not None:
        raise DomainError(reason)
    digest = _keep(held, paper, actor) if paper else None
    number = write_act(held, act, on, actor.id, note=note, paper=digest, at=at)
    if act in _ANSWERS:
        _write_consent(held, _ANSWERS[act], on)
    renew(held)
    if act is Act.WITHDRAW:
        end_matches(identifier, Ending.REQUEST, on=on, side=Side.OFFICE, actor=actor)
    _note(actor, "request.act", request, {"act": act, "on": str(on), "note": audit.digest(note)})
    return number


def record_course(identifier: str, done: Sequence[tuple[Act, datetime.date, str]], actor: Actor) -> None:
    """Record several acts at once, in their order: (act, date, note), as an earlier register tells them.

    DomainError for the first that does not belong where it stands, as ``record_act`` would say it. Each counts as
    recorded on the day it bears.
    """
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    held = hold(identifier)
    request = reading.find(identifier, actor)  # again: somebody may have recorded an act meanwhile
    holidays, day = calendar.holidays(), calendar.today()
    before, consent, answered = len(request.acts), request.values.consent, request.values.consent_on
    for act, on, note in done:
        reason = why_not(history_of(request), act, on, holidays, day)
        if reason is not None:
            raise DomainError(reason)
        at = datetime.datetime.combine(on, datetime.time(16), datetime.UTC)
        told = Recorded(len(request.acts) + 1, act, on, note, None, actor.id, at)
        request = replace(request, acts=(*request.acts, told))
        if act in _ANSWERS:
            consent, answered = _ANSWERS[act], on
    write_acts(held, request.acts[before:])
    _write_consent(held, consent, answered)
    renew(held)
    changes = [{"act": act, "on": str(on), "note": audit.digest(note)} for act, on, note in done]
    audit.record(actor.id, "request.act", _subjects(request), changes)


def object_to(
    identifier: str, actor: Actor, *, on: datetime.date, sending: bool, posting: bool, note: str = ""
) -> None:
    """Record the requester's objection to sending the request to providers, to posting a summary, or to both."""
    chosen = [act for act, said in ((Act.OBJECT_TO_SENDING, sending), (Act.OBJECT_TO_POSTING, posting)) if said]
    if not chosen:
        raise DomainError(sentence("Say what the requester objects to."))
    for act in chosen:
        record_act(identifier, act, actor, on=on, note=note)


def agree_to_sending(identifier: str, actor: Actor, *, on: datetime.date, note: str = "") -> None:
    """Record that the requester took the objection to sending back; a step passed over for it comes then."""
    record_act(identifier, Act.AGREE_TO_SENDING, actor, on=on, note=note)


def answer_consent(identifier: str, actor: Actor, *, agreed: bool, on: datetime.date, note: str = "") -> None:
    """Record whether the requester agrees that a summary is published."""
    record_act(identifier, Act.CONSENT if agreed else Act.REFUSE_CONSENT, actor, on=on, note=note)


def refer(identifier: str, actor: Actor, *, on: datetime.date, by_member: str, note: str = "") -> None:
    """Record that a member of the Committee referred the request to the working group; no window runs meanwhile."""
    record_act(identifier, Act.REFER, actor, on=on, note="\n".join(part for part in (by_member, note) if part))


def withdraw(identifier: str, actor: Actor, *, on: datetime.date, note: str) -> None:
    """Record that the requester withdrew the request: its clock ends, and so do matches that are not delivered."""
    record_act(identifier, Act.WITHDRAW, actor, on=on, note=note)


def close(identifier: str, actor: Actor, *, on: datetime.date, note: str) -> None:
    """Close the request: its clock ends. The note says with what result."""
    record_act(identifier, Act.CLOSE, actor, on=on, note=note)


def take_back(identifier: str, number: int, actor: Actor, *, reason: str) -> None:
    """Take back the act recorded last, by its number; the request stands where it stood before.

    The act stays on record with the reason. A note verbale that was registered is not taken back: change the
    request instead.
    """
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    held = hold(identifier)
    request = reading.find(identifier, actor)  # again: somebody may have recorded an act meanwhile
    if not request.acts or request.acts[-1].number != number:
        raise DomainError(sentence("Only the act recorded last can be taken back."))
    last = request.acts[-1]
    if last.act is Act.REGISTER_NOTE:
        raise DomainError(sentence("A note verbale that was registered is not taken back: change the request instead."))
    db.session.execute(
        update(ActRow)
        .where(ActRow.request_id == held.key, ActRow.number == number)
        .values(taken_back_at=now(), taken_back_by=actor.id, reason=reason.strip())
    )
    if last.act in _ANSWERS:
        earlier = next((done for done in reversed(request.acts[:-1]) if done.act in _ANSWERS), None)
        _write_consent(held, _ANSWERS[earlier.act] if earlier else Consent.NOT_ASKED, earlier.on if earlier else None)
    renew(held)
    _note(actor, "request.take-back", request, {"act": last.act, "on": str(last.on), "reason": audit.digest(reason)})


def attach(identifier: str, name: str, content: bytes, actor: Actor) -> str:
    """Keep a file with a request, found by the SHA-256 returned; the same file is kept once."""
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    refuse_historical(request)
    digest = _keep(hold(identifier), (name, content), actor)
    _note(actor, "request.attach", request, {"file": digest})
    return digest


def _keep(held: Held, paper: tuple[str, bytes], actor: Actor) -> str:
    name, content = paper
    digest = attachments.keep(content)
    kept = select(PaperRow.attachment).where(PaperRow.request_id == held.key, PaperRow.attachment == digest)
    if db.session.scalar(kept) is None:
        values = {"request_id": held.key, "attachment": digest, "name": name, "actor": actor.id, "at": now()}
        db.session.execute(insert(PaperRow).values(**values))
    return digest


def _write_consent(held: Held, consent: Consent, on: datetime.date | None) -> None:
    db.session.execute(update(RequestRow).where(RequestRow.id == held.key).values(consent=consent, consent_on=on))


def _note(actor: Actor, action: str, request: Request, change: dict[str, str]) -> None:
    audit.record(actor.id, action, _subjects(request), [change])


def _subjects(request: Request) -> list[str]:
    return [f"request:{request.id}", *(f"state:{code}" for code in request.values.requester.states)]

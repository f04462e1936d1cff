"""Requests registered, submitted, changed; what a form begins with."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from cpi1540.assistance.actions import REGISTER_REQUEST, SUBMIT_REQUEST
from cpi1540.assistance.procedure.course import Course
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import WORDS, Act
from cpi1540.assistance.requests import overlap
from cpi1540.assistance.requests.checking import Fault, Faulty, faults, need_faults
from cpi1540.assistance.requests.overlap import Overlap
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    NeedValues,
    Request,
    Requester,
    RequestValues,
    Status,
    is_submitted,
    request_id,
)
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import Held, hold, refuse_historical, renew, write_act
from cpi1540.assistance.requests.service.need_rows import insert_needs
from cpi1540.assistance.requests.tables import RequesterRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow


def register(
    values: RequestValues, needs: Sequence[NeedValues], actor: Actor, *, at: datetime.datetime | None = None
) -> str:
    """Register a request with its needs; returns its identifier. ``at``: when it was recorded, now when left out.

    Faulty says what is wrong where. An answer on publication is kept as an act with its date. A formal request
    begins at the first step of the procedure, others at match-making.
    """
    ensure(actor, REGISTER_REQUEST, values.requester)
    return _write(values, needs, actor, "request.register", at or now())


def submit(
    state: State,
    values: RequestValues,
    needs: Sequence[NeedValues],
    actor: Actor,
    *,
    at: datetime.datetime | None = None,
) -> str:
    """Submit a request in the name of the own State, now or at an earlier moment; returns its identifier.

    It stands with the coordinator as an informal entry, at the first step, until its note verbale is registered.
    """
    ensure(actor, SUBMIT_REQUEST, state.code)
    own = replace(
        values,
        requester=Requester((state.code,), None, state.practice),
        channel=Channel.PORTAL,
        formal=False,
        date=PartialDate.of((at or now()).astimezone(calendar.NEW_YORK).date()),
        handling=Handling.RESTRICTED,
        source="",
    )
    return _write(own, needs, actor, "request.submit", at or now())


def change(identifier: str, values: RequestValues, actor: Actor, *, revision: int) -> None:
    """Record the request's own values anew; ``revision`` is the one they were read at.

    Its identifier stays, whatever the date becomes; so does the answer on publication, which
    ``acts.answer_consent`` records with its date. Stale when somebody else saved first; Faulty as above.
    """
    before = _may_write(identifier, actor)
    ensure(actor, REGISTER_REQUEST, values.requester)
    values = replace(
        values,
        requester=replace(values.requester, practice=before.values.requester.practice),
        consent=before.values.consent,
        consent_on=before.values.consent_on,
    )
    states = _checked(values, ())
    held = hold(identifier)
    if held.revision != revision:
        raise Stale(sentence("Somebody else changed this request meanwhile. Read it again before you save."))
    _refuse_another_course(reading.find(identifier, actor), values)
    db.session.execute(
        update(RequestRow).where(RequestRow.id == held.key).values(**request_columns(values), revision=revision + 1)
    )
    db.session.execute(delete(RequesterRow).where(RequesterRow.request_id == held.key))
    insert_requesters(held.key, states)
    renew(hold(identifier))
    audit.record(
        actor.id,
        "request.change",
        _subjects(identifier, (*before.values.requester.states, *values.requester.states)),
        [{"part": part} for part in _COMPARED if getattr(before.values, part) != getattr(values, part)],
    )


def register_note(
    identifier: str,
    actor: Actor,
    *,
    on: datetime.date,
    channel: Channel = Channel.NOTE_VERBALE,
    note: str = "",
) -> None:
    """Register the note verbale (or the template, or memorandum) of a request that was submitted or is informal.

    From then on it is formal, bears the date ``on``, and its clock runs from the first step.
    """
    _may_write(identifier, actor)
    held = hold(identifier)
    before = reading.find(identifier, actor)  # again: somebody may have registered it meanwhile
    values = replace(before.values, formal=True, date=PartialDate.of(on), channel=channel)
    found = faults(values, calendar.today())
    if before.status is not Status.OPEN or before.values.formal:
        found.append(Fault("date", sentence("This request needs no note verbale.")))
    if channel is Channel.PORTAL:
        found.append(Fault("channel", sentence("Say how the note reached the Committee.")))
    if found:
        raise Faulty(found)
    # A form that was opened before would write the old values back.
    kept = {"formal": True, "dated": str(values.date), "channel": channel, "revision": held.revision + 1}
    db.session.execute(update(RequestRow).where(RequestRow.id == held.key).values(**kept))
    write_act(held, Act.REGISTER_NOTE, on, actor.id, note=note)
    renew(hold(identifier))
    audit.record(
        actor.id,
        "request.note-verbale",
        _subjects(identifier, values.requester.states),
        [{"on": str(on), "channel": channel}],
    )


def overlaps(values: RequestValues, needs: Sequence[NeedValues], actor: Actor, *, but: str | None = None) -> tuple[
    Overlap, ...
]:  # fmt: skip
    """The earlier requests, of those the actor may read, that ask for the same; ``but`` is left out of them."""
    requester = values.requester
    if requester.organization:
        same: ColumnElement[bool] = RequestRow.organization.is_not(None) & RequestRow.practice.is_(requester.practice)
    else:
        asked = (
            select(RequesterRow.request_id)
            .join(StateRow, StateRow.id == RequesterRow.state_id)
            .where(StateRow.code.in_(requester.states))
        )
        same = RequestRow.id.in_(asked)
    earlier = [request for request in reading.readable(same, actor) if request.id != but]
    return overlap.overlaps(requester, needs, earlier)


_ATTEMPTS = 20
_NUMBERED = "uq_assistance_request_practice_year_number"
_COMPARED = (
    "requester",
    "channel",
    "formal",
    "date",
    "language",
    "title",
    "text",
    "contact",
    "handling",
    "source",
    "most_needs",
)


def _write(values: RequestValues, needs: Sequence[NeedValues], actor: Actor, action: str, at: datetime.datetime) -> str:
    states = _checked(values, needs)
    identifier = _insert_under_next_number(values, needs, states, actor.id, at)
    audit.record(
        actor.id,
        action,
        _subjects(identifier, values.requester.states),
        [{"channel": values.channel, "needs": len(needs), "text": audit.digest(values.title + "\n" + values.text)}],
    )
    return identifier


def _insert_under_next_number(
    values: RequestValues, needs: Sequence[NeedValues], states: Iterable[int], by: str, at: datetime.datetime
) -> str:
    """Write a request under the next number of its year; one that somebody takes at this moment is passed over."""
    practice, year = values.requester.practice, values.date.year if values.date else 0
    highest = select(func.max(RequestRow.number)).where(RequestRow.practice.is_(practice), RequestRow.year == year)
    for attempts_left in reversed(range(_ATTEMPTS)):
        number = (db.session.scalar(highest) or 0) + 1
        try:
            with db.session.begin_nested():
                return insert_request(values, needs, states, (year, number), Status.OPEN, by, at)
        except IntegrityError as error:
            if _NUMBERED not in str(error.orig) or not attempts_left:
                raise
    raise AssertionError("the last attempt returns or raises")


def insert_request(
    values: RequestValues,
    needs: Sequence[NeedValues],
    states: Iterable[int],
    numbered: tuple[int, int],
    status: Status,
    by: str,
    at: datetime.datetime,
) -> str:
    """Write a request under its year and number, with no word to the audit; returns its identifier."""
    year, number = numbered
    key = db.session.execute(
        insert(RequestRow)
        .values(
            practice=values.requester.practice,
            year=year,
            number=number,
            status=status,
            revision=0,
            registered_at=at,
            registered_by=by,
            changed_at=at,
            search="",
            **request_columns(values),
        )
        .returning(RequestRow.id)
    ).scalar_one()
    insert_requesters(key, states)
    insert_needs(key, needs, 1)
    identifier = request_id(values.requester.practice, year, number)
    began = values.date.first_day if values.date else None
    held = Held(key, identifier, status, values.formal, is_submitted(values), began, 0, Course())
    if values.consent is not Consent.NOT_ASKED and status is not Status.HISTORICAL:
        answered = Act.CONSENT if values.consent is Consent.YES else Act.REFUSE_CONSENT
        write_act(held, answered, values.consent_on or began or at.date(), by, at=at)
    renew(held, at=at)
    return identifier


def _checked(values: RequestValues, needs: Sequence[NeedValues]) -> list[int]:
    """The keys of the States that ask; Faulty when anything is wrong."""
    found = faults(values, calendar.today()) + need_faults(needs, layouts.layout())
    requester = values.requester
    query = select(StateRow.code, StateRow.id).where(
        StateRow.code.in_(requester.states), StateRow.practice.is_(requester.practice)
    )
    known = dict(db.session.execute(query).all())
    unknown = [code for code in requester.states if code not in known]
    if unknown:
        says = sentence("There is no State with the code %(state)s.", state=unknown[0])
        found.append(Fault("requester", says))
    if found:
        raise Faulty(found)
    return sorted(known.values())


def insert_requesters(key: int, states: Iterable[int]) -> None:
    """Write which States, by their keys, make a request."""
    rows = [{"request_id": key, "state_id": state} for state in states]
    if rows:
        db.session.execute(insert(RequesterRow), rows)


def request_columns(values: RequestValues) -> dict[str, object]:
    """The columns of a request's own values."""
    return {
        "organization": values.requester.organization,
        "channel": values.channel,
        "formal": values.formal,
        "dated": str(values.date) if values.date else None,
        "language": values.language,
        "title": values.title.strip(),
        "text": values.text.strip(),
        "contact": values.contact.strip(),
        "consent": values.consent,
        "consent_on": values.consent_on,
        "handling": values.handling,
        "source": values.source.strip(),
        "most_needs": values.most_needs,
    }


def _refuse_another_course(request: Request, values: RequestValues) -> None:
    """Faulty where the values would make another course of the acts that are recorded already."""
    done = [each.on for each in request.acts if each.act not in (*WORDS, Act.REGISTER_NOTE)]
    found = []
    if done and bool(values.formal) != bool(request.values.formal):
        says = sentence("Acts of the procedure are recorded: whether the request is formal does not change any more.")
        found.append(Fault("formal", says))
    if done and values.date and values.date.first_day > min(done):
        says = sentence("The date lies after an act that is recorded already (%(day)s).", day=min(done))
        found.append(Fault("date", says))
    if found:
        raise Faulty(found)


def _may_write(identifier: str, actor: Actor) -> Request:
    """The request, once it is sure that the actor may change it."""
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    refuse_historical(request)
    return request


def _subjects(identifier: str, states: Iterable[str]) -> list[str]:
    return [f"request:{identifier}", *sorted({f"state:{code}" for code in states})]

"""Requests read from the record: one, some, in lists with filters. The number of queries never grows."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from cpi1540.assistance.actions import may_read
from cpi1540.assistance.procedure.course import Course, Recorded
from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    Need,
    NeedStatus,
    NeedValues,
    Paper,
    Priority,
    Request,
    Requester,
    RequestValues,
    Status,
    Translation,
    digest_of,
    in_printed_order,
    need_id,
    parse_id,
    request_id,
)
from cpi1540.assistance.requests.tables import (
    ActRow,
    NeedFieldRow,
    NeedRow,
    PaperRow,
    RequesterRow,
    RequestRow,
    TranslationRow,
)
from cpi1540.foundation import attachments
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow


def find(identifier: str, actor: Actor, *, practice: bool | None = None) -> Request:
    """The request with everything on record; NotFound also when the actor may not read it.

    ``practice`` names the record it must be of. The contact is blank for those outside the office.
    """
    condition = condition_of(identifier, practice)
    if condition is None:
        raise not_found(identifier)
    for request in requests_where(condition):
        if may_read(actor, request):
            return _for(actor, _with_details(request, condition, letters=actor.of_the_office))
    raise not_found(identifier)


def condition_of(identifier: str, practice: bool | None = None) -> ColumnElement[bool] | None:
    """What names that request's row; None when the identifier has no such form, or is of the other record."""
    parsed = parse_id(identifier)
    if parsed is None or practice not in (None, parsed[0]):
        return None
    return (RequestRow.practice.is_(parsed[0])) & (RequestRow.year == parsed[1]) & (RequestRow.number == parsed[2])


def not_found(identifier: str) -> NotFound:
    """The answer for a request that there is not, or that the asker may not know of."""
    return NotFound(sentence("There is no request %(request)s.", request=printable(identifier)[:40]))


def requests_of(state: State, actor: Actor) -> list[Request]:
    """The requests in which a State asks, alone or with others, that the actor may read; newest first."""
    own = select(RequesterRow.request_id).where(RequesterRow.state_id == state.id)
    found = [request for request in requests_where(RequestRow.id.in_(own)) if may_read(actor, request)]
    return [_for(actor, request) for request in reversed(found)]


def paper(identifier: str, digest: str, actor: Actor) -> tuple[str, bytes]:
    """The name and content of a file kept with a request; NotFound when there is none, or it is not the actor's."""
    request = find(identifier, actor)
    for kept in request.papers:
        if kept.digest == digest:
            return kept.name, attachments.content(digest)
    raise NotFound(sentence("This file is not kept here."))


def requests_where(condition: ColumnElement[bool]) -> list[Request]:
    """The requests for which ``condition`` holds, by identifier, with requesters and needs: four queries."""
    chosen = select(RequestRow.id).where(condition)
    rows = db.session.execute(
        select(RequestRow).where(condition).order_by(RequestRow.practice, RequestRow.year, RequestRow.number)
    ).scalars()
    states: dict[int, list[str]] = {}
    asked = (
        select(RequesterRow.request_id, StateRow.code)
        .join(StateRow, StateRow.id == RequesterRow.state_id)
        .where(RequesterRow.request_id.in_(chosen))
        .order_by(StateRow.code)
    )
    for key, code in db.session.execute(asked):
        states.setdefault(key, []).append(code)
    needs = _needs(chosen)
    found = []
    for row in rows:
        identifier = request_id(row.practice, row.year, row.number)
        own = tuple(replace(need, id=need_id(identifier, need.number)) for need in needs.get(row.id, ()))
        found.append(_request(row, identifier, tuple(states.get(row.id, ())), own))
    return found


def _needs(chosen: Select[Any]) -> dict[int, list[Need]]:
    layout = layouts.layout()
    fields: dict[int, list[str]] = {}
    named = (
        select(NeedFieldRow.need_id, NeedFieldRow.field)
        .join(NeedRow, NeedRow.id == NeedFieldRow.need_id)
        .where(NeedRow.request_id.in_(chosen))
    )
    for key, field in db.session.execute(named):
        fields.setdefault(key, []).append(field)
    found: dict[int, list[Need]] = {}
    query = select(NeedRow).where(NeedRow.request_id.in_(chosen)).order_by(NeedRow.request_id, NeedRow.number)
    for row in db.session.scalars(query):
        values = NeedValues(
            Kind(row.kind),
            in_printed_order(fields.get(row.id, ()), layout),
            tuple(Domain(each) for each in row.domains.split()),
            row.objective,
            row.beneficiaries,
            row.in_place,
            row.own_contribution,
            tuple(row.languages.split()),
            Priority(row.priority) if row.priority else None,
            row.time_frame,
        )
        need = Need("", row.number, values, NeedStatus(row.status), row.added_on, row.withdrawn_on)
        found.setdefault(row.request_id, []).append(need)
    return found


def _request(row: RequestRow, identifier: str, states: tuple[str, ...], needs: tuple[Need, ...]) -> Request:
    values = RequestValues(
        Requester(states, row.organization, row.practice),
        Channel(row.channel),
        row.formal,
        PartialDate.parse(row.dated) if row.dated else None,
        row.language,
        row.title,
        row.text,
        row.contact,
        Consent(row.consent),
        row.consent_on,
        Handling(row.handling),
        row.source,
        row.most_needs,
    )
    return Request(identifier, values, Status(row.status), course_of(row), needs, row.revision, row.registered_at)


def course_of(row: Any) -> Course:
    """The course kept with a request's row."""
    return Course(
        Step(row.step) if row.step else None,
        Act(row.next_act) if row.next_act else None,
        row.step_since,
        row.acknowledged_on,
        row.followed_up_on,
        row.resumed_on,
    )


def _with_details(request: Request, condition: ColumnElement[bool], *, letters: bool) -> Request:
    chosen = select(RequestRow.id).where(condition)
    papers, translations = _papers(chosen, letters=letters), _translations(chosen, request)
    return replace(request, acts=acts_of(chosen), papers=papers, translations=translations)


def acts_of(chosen: Select[Any]) -> tuple[Recorded, ...]:
    """The acts of the one request that ``chosen`` selects, in the order recorded; those taken back are left out."""
    return next(iter(acts_by_request(chosen).values()), ())


def acts_by_request(chosen: Select[Any]) -> dict[int, tuple[Recorded, ...]]:
    """Key of a request -> its acts in the order recorded, but for those taken back; none for one without acts."""
    query = (
        select(ActRow)
        .where(ActRow.request_id.in_(chosen), ActRow.taken_back_at.is_(None))
        .order_by(ActRow.request_id, ActRow.number)
    )
    found: dict[int, list[Recorded]] = {}
    for row in db.session.scalars(query):
        done = Recorded(row.number, Act(row.act), row.on, row.note, row.paper, row.actor, row.at)
        found.setdefault(row.request_id, []).append(done)
    return {key: tuple(acts) for key, acts in found.items()}


def _papers(chosen: Select[Any], *, letters: bool) -> tuple[Paper, ...]:
    """The files kept with the request; without ``letters``, none with which an act was done, taken back or not."""
    query = select(PaperRow).where(PaperRow.request_id.in_(chosen)).order_by(PaperRow.at, PaperRow.name)
    if not letters:
        done_with = select(ActRow.paper).where(ActRow.request_id.in_(chosen), ActRow.paper.is_not(None))
        query = query.where(PaperRow.attachment.not_in(done_with))
    return tuple(Paper(row.name, row.attachment, row.at) for row in db.session.scalars(query))


def _translations(chosen: Select[Any], request: Request) -> tuple[Translation, ...]:
    originals = {(0, "title"): request.values.title, (0, "text"): request.values.text}
    originals |= {(need.number, "objective"): need.values.objective for need in request.needs}
    query = (
        select(TranslationRow)
        .where(TranslationRow.request_id.in_(chosen))
        .order_by(TranslationRow.need, TranslationRow.part, TranslationRow.language)
    )
    return tuple(
        Translation(
            row.need,
            row.part,
            row.language,
            row.text,
            row.made_by,
            row.of_original != digest_of(originals.get((row.need, row.part), "")),
        )
        for row in db.session.scalars(query)
    )


def for_actor(requests: Sequence[Request], actor: Actor) -> list[Request]:
    """The requests as the actor may see them: without contacts outside the office."""
    return [_for(actor, request) for request in requests]


def _for(actor: Actor, request: Request) -> Request:
    if actor.of_the_office:
        return request
    own = any(actor.holds(Role.FOCAL_POINT, state) for state in request.values.requester.states)
    papers = request.papers if own else ()
    acts = tuple(replace(done, note="", by="") for done in request.acts)
    return replace(request, values=replace(request.values, contact=""), papers=papers, acts=acts)


def day_of(request: Request) -> datetime.date | None:
    """The day a request bears, None when it is not known to the day."""
    date = request.values.date
    return date.first_day if date is not None and date.precision == "day" else None


def readable(condition: ColumnElement[bool], actor: Actor) -> list[Request]:
    """The requests for which ``condition`` holds, of those the actor may read and as the actor may see them."""
    return [_for(actor, request) for request in requests_where(condition) if may_read(actor, request)]

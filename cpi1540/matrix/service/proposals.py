"""What the State proposes while a draft is with it, and the office's answer to each proposal."""

import datetime
from collections.abc import Sequence

from sqlalchemy import func, insert, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, can, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.actions import ANSWER_STATE, PROPOSE, READ_VERSION
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.proposal import Decision, Proposal, Wish, fulfilled
from cpi1540.matrix.record import Code, Entry, Status, Version
from cpi1540.matrix.service import layouts, saving
from cpi1540.matrix.service.saving import SaveKind
from cpi1540.matrix.tables import ProposalRow, VersionRow
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow


def propose(
    state: State,
    version: Version,
    wishes: Sequence[Wish],
    actor: Actor,
    *,
    language: str,
    channel: str,
    at: datetime.datetime | None = None,
) -> int:
    """Record what the State proposes, all of it or nothing; returns how many proposals there are.

    From the portal it is the focal point who proposes; a sheet that came back is entered by those who work on
    the State too. A later wish for a field replaces an earlier one that has no answer yet. DomainError unless the
    version is with the State; NotFound for a field that it does not have.
    """
    ensure(actor, PROPOSE if channel == "portal" or can(actor, PROPOSE, state.code) else ANSWER_STATE, state.code)
    layout = layouts.layout(version.layout)
    said = [wish for wish in wishes if not wish.empty]
    _ensure_with_state(version)
    _ensure_fields(layout, said)
    if not said:
        return 0
    db.session.execute(
        update(ProposalRow)
        .where(
            ProposalRow.version_id == version.id,
            ProposalRow.decision.is_(None),
            ProposalRow.field.in_([wish.field for wish in said]),
        )
        .values(decision=Decision.REPLACED, decided_by=actor.id, decided_at=now())
    )
    at = at or now()
    db.session.execute(
        insert(ProposalRow),
        [
            {
                "version_id": version.id,
                "field": wish.field,
                "changes_code": wish.changes_code,
                "code": wish.code if wish.changes_code else None,
                "sources": wish.sources,
                "remarks": wish.remarks,
                "comment": wish.comment,
                "language": language,
                "channel": channel,
                "actor": actor.id,
                "at": at,
                "reason": "",
            }
            for wish in said
        ],
    )
    audit.record(
        actor.id,
        "proposal.make",
        [f"state:{state.code}", f"version:{state.code}/{version.number}"],
        [
            {
                "field": wish.field,
                "to": wish.code if wish.changes_code else None,
                "text": audit.digest(repr((wish.sources, wish.remarks, wish.comment))),
            }
            for wish in said
        ],
    )
    return len(said)


def answer(
    state: State, key: int, decision: Decision, reason: str, actor: Actor, *, amended: Wish | None = None
) -> Proposal:
    """Accept, amend or decline a proposal; what is accepted or amended is written into the draft.

    A reason must be given when it is amended or declined. Stale when it was answered meanwhile.
    """
    ensure(actor, ANSWER_STATE, state.code)
    row, status = _found(state, key)
    if status != Status.WITH_STATE:
        raise DomainError(sentence("This draft is not with the State: its proposals cannot be answered."))
    if row.decision is not None:
        raise Stale(sentence("This proposal has been answered meanwhile."))
    if decision is not Decision.ACCEPTED and not reason.strip():
        raise DomainError(sentence("Give a reason: the State reads it."))
    proposal = _proposal(row)
    wish = amended if decision is Decision.AMENDED and amended is not None else proposal.wish
    if decision in (Decision.ACCEPTED, Decision.AMENDED):

        def change(entry: Entry) -> Entry:
            return fulfilled(entry, wish, row.language)

        saving.save(state, {row.field: change}, actor, kind=SaveKind.PROPOSAL)
    db.session.execute(
        update(ProposalRow)
        .where(ProposalRow.id == key)
        .values(decision=decision, reason=reason.strip(), decided_by=actor.id, decided_at=now())
    )
    audit.record(
        actor.id,
        "proposal.answer",
        [f"state:{state.code}"],
        [{"field": row.field, "decision": decision, "reason": audit.digest(reason.strip())}],
    )
    db.session.expire(row)
    return _proposal(row)


def proposals(state: State, version: Version, actor: Actor) -> list[Proposal]:
    """Every proposal on a version, in the printed order of its fields, then by time."""
    ensure(actor, READ_VERSION, version)
    order = layouts.layout(version.layout).positions
    rows = db.session.scalars(select(ProposalRow).where(ProposalRow.version_id == version.id).order_by(ProposalRow.id))
    return sorted((_proposal(row) for row in rows), key=lambda each: (order[each.wish.field], each.id))


def unanswered(version: Version) -> int:
    """How many proposals on a version have no answer yet."""
    query = select(func.count(ProposalRow.id)).where(
        ProposalRow.version_id == version.id, ProposalRow.decision.is_(None)
    )
    return db.session.scalar(query) or 0


def waiting(states: Sequence[int]) -> list[tuple[str, int, datetime.datetime]]:
    """(State, unanswered proposals, since) of those of these States whose draft has any; by State."""
    query = (
        select(StateRow.code, func.count(ProposalRow.id), func.min(ProposalRow.at))
        .join(VersionRow, VersionRow.id == ProposalRow.version_id)
        .join(StateRow, StateRow.id == VersionRow.state_id)
        .where(VersionRow.state_id.in_(states), VersionRow.status == Status.WITH_STATE, ProposalRow.decision.is_(None))
        .group_by(StateRow.code)
        .order_by(StateRow.code)
    )
    return list(db.session.execute(query).all())


def _ensure_with_state(version: Version) -> None:
    if version.status is not Status.WITH_STATE:
        raise DomainError(sentence("This draft is not with the State for comment: nothing can be proposed now."))


def _ensure_fields(layout: Layout, wishes: Sequence[Wish]) -> None:
    for wish in wishes:
        if wish.field not in layout.positions:
            raise NotFound(sentence("The draft has no field %(field)s.", field=wish.field))


def _found(state: State, key: int) -> tuple[ProposalRow, str]:
    query = (
        select(ProposalRow, VersionRow.status)
        .join(VersionRow, VersionRow.id == ProposalRow.version_id)
        .where(ProposalRow.id == key, VersionRow.state_id == state.id)
        .with_for_update(of=ProposalRow)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(sentence("There is no such proposal."))
    return found[0], found[1]


def _proposal(row: ProposalRow) -> Proposal:
    code = None if row.code is None else Code(row.code)
    return Proposal(
        row.id,
        Wish(row.field, row.changes_code, code, row.sources, row.remarks, row.comment),
        row.language,
        row.channel,
        row.actor,
        row.at,
        None if row.decision is None else Decision(row.decision),
        row.reason,
        row.decided_by,
        row.decided_at,
    )

"""The steps of a version: who may take the next one, what stands in its way, and taking it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from cpi1540.foundation import audit, notices
from cpi1540.foundation.access import Actor, can, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix.actions import EDIT_MATRIX, READ_VERSION, REVIEW_MATRIX
from cpi1540.matrix.record import Handling, Origin, Status, Version
from cpi1540.matrix.service import proposals, quality, versions
from cpi1540.matrix.tables import SavedEntryRow, StepRow, VersionRow
from cpi1540.matrix.workflow import Act, Move, Part, move, moves_from
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow

_ACTION = {Part.OFFICER: EDIT_MATRIX, Part.REVIEWER: REVIEW_MATRIX}


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was taken."""

    act: Act
    start: Status
    end: Status
    reason: str
    due: datetime.date | None
    actor: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Open:
    """A step that the actor's role may take, and what stands in its way, if anything."""

    move: Move
    obstacles: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """What a step is given beside its act: a reason, a date for the State's answer, the Committee's document."""

    reason: str = ""
    due: datetime.date | None = None
    symbol: str = ""
    approved_on: datetime.date | None = None


def possible(state: State, version: Version, actor: Actor) -> list[Open]:
    """The steps from where ``version`` stands that the actor's roles cover, the way forward first."""
    covered = [each for each in moves_from(version.status) if can(actor, _ACTION[each.part], state.code)]
    return [Open(each, tuple(_obstacles(state, version, each, actor))) for each in covered]


def take(
    state: State, version: Version, act: Act, actor: Actor, papers: Papers, *, at: datetime.datetime | None = None
) -> Version:
    """Take a step and return the version as it stands then.

    DomainError with the first obstacle: a step that the table does not know from there, a reviewer who wrote the
    draft, an error or an unanswered proposal, a reason or a document that is missing. Stale when the version
    moved on meanwhile. Approval makes the version the Committee's: public, and never changed again. ``at`` is the
    moment of a step that is recorded later.
    """
    moment = at or now()
    ensure(actor, READ_VERSION, version)
    chosen = move(version.status, act)
    if chosen is None:
        raise DomainError(sentence("This version has moved on: that step is not open from where it stands."))
    ensure(actor, _ACTION[chosen.part], state.code)
    for obstacle in _obstacles(state, version, chosen, actor):
        raise DomainError(obstacle)
    _ensure_papers(chosen, papers, moment.date())
    values: dict[str, object] = {"status": chosen.end}
    if chosen.document:
        values |= {
            "origin": Origin.COMMITTEE,
            "handling": Handling.PUBLIC,
            "symbol": papers.symbol.strip(),
            "approved_on": papers.approved_on,
        }
    moved = db.session.execute(
        update(VersionRow)
        .where(
            VersionRow.id == version.id, VersionRow.status == version.status, VersionRow.revision == version.revision
        )
        .values(**values)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale(sentence("Somebody changed this version meanwhile. Look at it again before you go on."))
    db.session.execute(
        insert(StepRow).values(
            version_id=version.id,
            act=act,
            from_status=chosen.start,
            to_status=chosen.end,
            reason=papers.reason.strip(),
            due=papers.due if chosen.due else None,
            actor=actor.id,
            at=moment,
        )
    )
    change = {"from": chosen.start, "to": chosen.end, "reason": audit.digest(papers.reason.strip())}
    if chosen.document:
        change |= {"symbol": papers.symbol.strip(), "approved_on": str(papers.approved_on)}
    subjects = [f"state:{state.code}", f"version:{state.code}/{version.number}"]
    audit.record(actor.id, f"version.{act}", subjects, [change])
    told = authors(version) - {"system"}
    notices.send(told, f"step-{act}", state.code, practice=state.practice, by=actor.id)
    return versions.find(state, version.number, actor)


def steps_of(version: Version) -> list[Step]:
    """The steps a version has taken, oldest first."""
    query = select(StepRow).where(StepRow.version_id == version.id).order_by(StepRow.id)
    return [
        Step(Act(row.act), Status(row.from_status), Status(row.to_status), row.reason, row.due, row.actor, row.at)
        for row in db.session.scalars(query)
    ]


def authors(version: Version) -> set[str]:
    """Who wrote into the version or submitted it, by actor id."""
    wrote = select(SavedEntryRow.actor).where(SavedEntryRow.version_id == version.id).distinct()
    submitted = select(StepRow.actor).where(StepRow.version_id == version.id, StepRow.act == Act.SUBMIT)
    return {*db.session.scalars(wrote), *db.session.scalars(submitted)}


def due_dates(states: Sequence[int]) -> dict[str, datetime.date]:
    """State -> the date by which it was asked to answer, for drafts that are with the State."""
    query = (
        select(StateRow.code, StepRow.due)
        .join(VersionRow, VersionRow.id == StepRow.version_id)
        .join(StateRow, StateRow.id == VersionRow.state_id)
        .where(
            VersionRow.state_id.in_(states),
            VersionRow.status == Status.WITH_STATE,
            StepRow.act == Act.SEND,
            StepRow.due.is_not(None),
        )
        .order_by(StepRow.id)
    )
    return {code: due for code, due in db.session.execute(query) if due is not None}


def since(states: Sequence[int]) -> dict[str, datetime.datetime]:
    """State -> when its open version came to where it stands."""
    query = (
        select(StateRow.code, StepRow.at)
        .join(VersionRow, VersionRow.id == StepRow.version_id)
        .join(StateRow, StateRow.id == VersionRow.state_id)
        .where(VersionRow.state_id.in_(states), VersionRow.status == StepRow.to_status)
        .order_by(StepRow.id)
    )
    return dict(db.session.execute(query).all())


def _obstacles(state: State, version: Version, chosen: Move, actor: Actor) -> list[Sentence]:
    found = []
    if chosen.independent and actor.id in authors(version):
        found.append(sentence("You wrote or submitted this draft: somebody else reviews it."))
    if chosen.sound:
        verdict = quality.verdict(state, version)
        if verdict.errors:
            found.append(
                plural_sentence(
                    "%(n)s error must be mended first.", "%(n)s errors must be mended first.", verdict.errors
                )
            )
        if verdict.unexplained:
            found.append(
                plural_sentence(
                    "%(n)s warning needs a word of reason first.",
                    "%(n)s warnings need a word of reason first.",
                    verdict.unexplained,
                )
            )
    if chosen.answered and (unanswered := proposals.unanswered(version)):
        found.append(
            plural_sentence(
                "%(n)s proposal of the State has no answer yet.",
                "%(n)s proposals of the State have no answer yet.",
                unanswered,
            )
        )
    return found


def _ensure_papers(chosen: Move, papers: Papers, on: datetime.date) -> None:
    if chosen.reason and not papers.reason.strip():
        raise DomainError(sentence("Give a reason."))
    if chosen.due and papers.due is not None and papers.due < on:
        raise DomainError(sentence("The date for the State’s answer lies in the past."))
    if chosen.document:
        if not papers.symbol.strip() or papers.approved_on is None:
            raise DomainError(sentence("Give the symbol of the Committee’s document and the date of its approval."))
        if papers.approved_on > on:
            raise DomainError(sentence("The date of approval lies in the future."))

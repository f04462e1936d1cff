"""Jobs as a person sees them: asked for, followed, cancelled, asked for again. Nothing here commits."""

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import Action, Actor, Role, can, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.jobs import leases, sentence_json
from cpi1540.foundation.jobs.job import ATTEMPTS, Job, JobKind, KeptFile, Page, Status
from cpi1540.foundation.jobs.kinds import registered
from cpi1540.foundation.jobs.tables import JobFileRow, JobRow
from cpi1540.foundation.languages import current_language
from cpi1540.foundation.messages import Sentence, sentence

PAGE = 50
MOST_WAITING = 10  # of one person: whoever asked later would wait for all of them
QUIET = datetime.timedelta(minutes=2)  # without any work, while a job waits: perhaps no worker runs
SEE_ALL = Action(
    "jobs.see-all",
    lambda actor, _subject: actor.holds(Role.ADMINISTRATOR),
    sentence("Only an administrator of the office sees everybody’s background work."),
)
ACTIONS = (SEE_ALL,)


def ask(
    kind: JobKind, values: Mapping[str, Any], actor: Actor, *, practice: bool, about: Sentence | None = None
) -> int:
    """Put a job into the row of those that wait, and return its number. NotAllowed as the kind's action says;
    DomainError when ten of the actor's wait already.

    ``values`` say what to do, as JSON. ``about`` tells this job from others of its kind. The language of the page
    is spoken while it runs.
    """
    ensure(actor, kind.action)
    own = select(func.count()).where(JobRow.asked_by == actor.id, JobRow.status == Status.WAITING)
    if (db.session.scalar(own) or 0) >= MOST_WAITING:
        raise DomainError(
            sentence("Ten of your jobs wait already. Cancel one, or come back when some of them are done.")
        )
    number = db.session.execute(
        insert(JobRow)
        .values(
            kind=kind.name,
            task=dict(values),
            about=sentence_json.written(about),
            asked_by=actor.id,
            practice=practice,
            language=current_language().code,
            status=Status.WAITING,
            asked_at=now(),
            attempts=0,
            done=0,
            out_of=0,
            cancel_asked=False,
        )
        .returning(JobRow.id)
    ).scalar_one()
    audit.record(actor.id, "job.ask", [f"job:{number}"], [{"kind": kind.name, "practice": practice}])
    return number


def job(number: int, actor: Actor) -> Job:
    """A job of the actor's own, or any to those who see all; NotFound for others'."""
    return _job(_row(number, actor), _files([number]).get(number, ()))


def jobs(actor: Actor, *, everybody: bool = False, before: int | None = None) -> list[Job]:
    """The actor's jobs, newest first, fifty at most; ``everybody``'s to those who may see all (else NotAllowed).

    ``before`` asks for those asked for earlier than that one. Two queries, however many there are.
    """
    query = select(JobRow).order_by(JobRow.id.desc()).limit(PAGE)
    if everybody:
        ensure(actor, SEE_ALL)
    else:
        query = query.where(JobRow.asked_by == actor.id)
    rows = db.session.scalars(query if before is None else query.where(JobRow.id < before)).all()
    files = _files([row.id for row in rows])
    return [_job(row, files.get(row.id, ())) for row in rows]


def file(number: int, place: int, actor: Actor) -> tuple[str, bytes]:
    """The name and the bytes of a file of a job; NotFound when there is none, or it was cleared, or the actor may no
    longer ask for such a job.
    """
    asked = job(number, actor)
    kind = registered().get(asked.kind)
    if not can(actor, SEE_ALL) and (kind is None or not can(actor, kind.action)):
        raise NotFound(sentence("This job made no such file."))
    for each in asked.files:
        if each.number == place:
            if each.digest is None:
                raise NotFound(sentence("This file was kept for its time and is cleared. Ask for a new one."))
            return each.name, attachments.content(each.digest)
    raise NotFound(sentence("This job made no such file."))


def cancel(number: int, actor: Actor) -> None:
    """End a job that waits, or ask one that runs to end at its next step; nothing happens to one that has ended."""
    row = _row(number, actor, lock=True)
    shown = _shown(row)
    if not shown.under_way or row.cancel_asked:
        return
    ended: dict[str, Any] = {"status": Status.CANCELLED, "ended_at": now(), "failure": None, **leases.RELEASED}
    if shown.status is Status.RUNNING:
        ended = {}
    db.session.execute(update(JobRow).where(JobRow.id == number).values(cancel_asked=True, **ended))
    audit.record(actor.id, "job.cancel", [f"job:{number}"], [{"kind": row.kind}])


def ask_again(number: int, actor: Actor) -> None:
    """Let a job that failed, was cancelled or interrupted wait again, as if it had never run.

    NotAllowed to the one who asked for it, as its kind's action says; for others' it is asked when it runs.
    DomainError where its kind may not be begun again.
    """
    row = _row(number, actor, lock=True)
    shown = _shown(row)
    if shown.under_way or shown.status is Status.DONE:
        return
    if not shown.may_begin_again:
        raise DomainError(sentence("This kind of job is not begun a second time. Ask for a new one."))
    if row.asked_by == actor.id:
        ensure(actor, registered()[row.kind].action)
    values = {
        "status": Status.WAITING,
        "started_at": None,
        "ended_at": None,
        "attempts": 0,
        "done": 0,
        "out_of": 0,
        "stage": None,
        "failure": None,
        "cancel_asked": False,
        **leases.RELEASED,
    }
    db.session.execute(update(JobRow).where(JobRow.id == number).values(**values))
    audit.record(actor.id, "job.ask-again", [f"job:{number}"], [{"kind": row.kind}])


def stands_still() -> bool:
    """Whether jobs have waited for two minutes with no sign of a worker: none held, none ended meanwhile."""
    since = now() - QUIET
    waits = select(JobRow.id).where(JobRow.status == Status.WAITING, JobRow.asked_at < since).limit(1)
    alive = or_(JobRow.lease_until > now(), JobRow.ended_at > since)
    return db.session.scalar(waits) is not None and db.session.scalar(select(JobRow.id).where(alive).limit(1)) is None


def _row(number: int, actor: Actor, *, lock: bool = False) -> JobRow:
    query = select(JobRow).where(JobRow.id == number).execution_options(populate_existing=True)
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None or not (row.asked_by == actor.id or can(actor, SEE_ALL)):
        raise NotFound(sentence("There is no job %(number)s.", number=str(number)))
    return row


def _files(numbers: list[int]) -> dict[int, tuple[KeptFile, ...]]:
    query = select(JobFileRow).where(JobFileRow.job_id.in_(numbers)).order_by(JobFileRow.job_id, JobFileRow.number)
    found: dict[int, tuple[KeptFile, ...]] = {}
    for row in db.session.scalars(query):
        found[row.job_id] = (*found.get(row.job_id, ()), KeptFile(row.number, row.name, row.attachment))
    return found


def _shown(row: JobRow) -> Job:
    return _job(row, ())


def _job(row: JobRow, files: tuple[KeptFile, ...]) -> Job:
    kind, result = registered().get(row.kind), row.result or {}
    page, may_begin_again = result.get("page"), kind is not None and kind.may_retry
    status, failure = Status(row.status), sentence_json.read(row.failure)
    if leases.ran_out(row):  # no worker has noticed yet
        again = may_begin_again and row.attempts < ATTEMPTS
        status, failure = Status.INTERRUPTED, leases.INTERRUPTED if again else leases.GIVEN_UP
    return Job(
        number=row.id,
        kind=row.kind,
        about=sentence_json.read(row.about),
        asked_by=row.asked_by,
        practice=row.practice,
        status=status,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        attempts=row.attempts,
        done=row.done,
        of=row.out_of,
        stage=sentence_json.read(row.stage),
        told=sentence_json.read(result.get("told")),
        page=Page(page["endpoint"], page["values"]) if page else None,
        failure=failure,
        cancel_asked=row.cancel_asked,
        may_begin_again=may_begin_again,
        files=files,
    )

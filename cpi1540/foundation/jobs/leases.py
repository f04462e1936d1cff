"""Who holds a job: taken with a lease, kept by each step, handed back, found interrupted when it ran out.

Each function is one short transaction of its own.
"""

import datetime
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.jobs import sentence_json
from cpi1540.foundation.jobs.job import ATTEMPTS, LEASE, Cancelled, LeaseLost, Status
from cpi1540.foundation.jobs.kinds import registered
from cpi1540.foundation.jobs.tables import JobRow
from cpi1540.foundation.messages import Sentence, sentence

INTERRUPTED = sentence(
    "The program that worked on it ended before it was done. Nothing of it was kept; it will be begun again."
)
GIVEN_UP = sentence(
    "The program that worked on it ended before it was done. Nothing of it was kept, and it does not begin again by "
    "itself."
)


# The columns of a job that no worker holds.
RELEASED: dict[str, Any] = {"holder": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class Held:
    """A job that this worker holds. ``holder`` is the word by which the row knows it."""

    number: int
    holder: str
    kind: str
    task: dict[str, Any]
    asked_by: str
    practice: bool
    language: str
    lease: datetime.timedelta


def take() -> Held | None:
    """Take the job that waits longest; no other worker gets it. None when none waits.

    Jobs whose lease ran out are marked as interrupted first.
    """
    at = now()
    waiting = select(JobRow.id).where(or_(_free(), _expired(at))).limit(1)
    nothing = db.session.scalar(waiting) is None
    db.session.rollback()
    if nothing:  # asked without the write lock, which an idle worker must not take every second
        return None
    with transaction() as session:
        _mark_interrupted(at)
        oldest = select(JobRow.id, JobRow.kind).where(_free()).order_by(JobRow.id).limit(1)
        found = session.execute(oldest.with_for_update(skip_locked=True)).one_or_none()
        if found is None:
            return None
        kind = registered().get(found.kind)
        lease = kind.lease if kind else LEASE
        taken = {
            "status": Status.RUNNING,
            "holder": secrets.token_hex(16),
            "lease_until": at + lease,
            "attempts": JobRow.attempts + 1,
            "started_at": at,
            "ended_at": None,
            "done": 0,
            "out_of": 0,
            "stage": None,
            "failure": None,
        }
        row = session.execute(
            update(JobRow)
            .where(JobRow.id == found.id, _free())
            .values(**taken)
            .returning(JobRow.holder, JobRow.task, JobRow.asked_by, JobRow.practice, JobRow.language)
        ).one()
        return Held(found.id, row.holder or "", found.kind, row.task, row.asked_by, row.practice, row.language, lease)


def keep(held: Held, shown: tuple[int, int], stage: Sentence | None) -> None:
    """Say how far the job is and keep its lease; Cancelled or LeaseLost when it is no longer to be done.

    On a connection of its own: what the job is reading meanwhile is not disturbed.
    """
    said: dict[str, Any] = {"done": shown[0], "out_of": shown[1], "lease_until": now() + held.lease}
    if stage is not None:
        said["stage"] = sentence_json.written(stage)
    kept = update(JobRow).where(mine(held)).values(**said).returning(JobRow.cancel_asked)
    with db.engine.execution_options(begin_immediate=True).begin() as connection:
        row = connection.execute(kept).one_or_none()
        if row is None:
            raise LeaseLost
        if row.cancel_asked:
            raise Cancelled


def hand_back(held: Held) -> None:
    """Let another worker begin the job anew, this try not counted; where its kind may not be begun again, say so.

    One that was to be cancelled is.
    """
    kind = registered().get(held.kind)
    with transaction() as session:
        cancelled = session.scalar(select(JobRow.cancel_asked).where(mine(held)).with_for_update())
        if cancelled:
            values: dict[str, Any] = {"status": Status.CANCELLED, "ended_at": now(), "failure": None}
        elif kind is None or kind.may_retry:
            values = {"status": Status.WAITING, "attempts": JobRow.attempts - 1, "started_at": None, "failure": None}
        else:
            values = {"status": Status.INTERRUPTED, "ended_at": now(), "failure": sentence_json.written(GIVEN_UP)}
        nothing = {"done": 0, "out_of": 0, "stage": None}
        session.execute(update(JobRow).where(mine(held)).values(**values, **nothing, **RELEASED))


def mine(held: Held) -> ColumnElement[bool]:
    """The row of a job, as long as this worker holds it."""
    return and_(JobRow.id == held.number, JobRow.holder == held.holder)


def ran_out(row: JobRow) -> bool:
    """Whether the lease of a running job ran out: its worker disappeared, and no other has noticed yet."""
    return row.status == Status.RUNNING and row.lease_until is not None and row.lease_until < now()


def _free() -> ColumnElement[bool]:
    """A job that may be taken: it waits, or was interrupted and may be begun again."""
    again = [kind.name for kind in registered().values() if kind.may_retry]
    return or_(
        JobRow.status == Status.WAITING,
        and_(JobRow.status == Status.INTERRUPTED, JobRow.attempts < ATTEMPTS, JobRow.kind.in_(again)),
    )


def _expired(at: datetime.datetime) -> ColumnElement[bool]:
    return and_(JobRow.status == Status.RUNNING, JobRow.lease_until < at)


def _mark_interrupted(at: datetime.datetime) -> None:
    query = select(JobRow.id, JobRow.kind, JobRow.attempts, JobRow.cancel_asked).where(_expired(at)).order_by(JobRow.id)
    for row in db.session.execute(query.with_for_update(skip_locked=True)).all():
        kind = registered().get(row.kind)
        again = kind is not None and kind.may_retry and row.attempts < ATTEMPTS
        values: dict[str, Any] = {"status": Status.INTERRUPTED, "failure": INTERRUPTED if again else GIVEN_UP}
        if row.cancel_asked:
            values = {"status": Status.CANCELLED, "failure": None}
        db.session.execute(
            update(JobRow)
            .where(JobRow.id == row.id)
            .values(
                status=values["status"],
                failure=sentence_json.written(values["failure"]),
                ended_at=at,
                **RELEASED,
            )
        )
        audit.record(SYSTEM.id, "job.interrupt", [f"job:{row.id}"], [{"kind": row.kind}])

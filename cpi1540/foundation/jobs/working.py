"""Doing jobs: one at a time, in the language and with the roles of the person who asked, all of it or nothing."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import insert, select, update

from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import SYSTEM, Actor, ensure
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed
from cpi1540.foundation.jobs import leases, sentence_json
from cpi1540.foundation.jobs.job import (
    Cancelled,
    HandedBack,
    LeaseLost,
    NewFile,
    Page,
    Result,
    Status,
    Task,
    advanced,
)
from cpi1540.foundation.jobs.kinds import registered
from cpi1540.foundation.jobs.leases import Held
from cpi1540.foundation.jobs.tables import JobFileRow, JobRow
from cpi1540.foundation.messages import Sentence, sentence

ASKED_EVERY = 0.5  # seconds between two questions to the database while a job runs
FindActor = Callable[[str], Actor | None]
BROKEN = sentence(
    "Something went wrong in the software, and nothing was kept. The operator finds what it was in the log."
)
log = logging.getLogger(__name__)


def init_jobs(app: Flask, find_actor: FindActor) -> None:
    """Tell the workers who a person is: ``find_actor`` gives the actor of that id, None when there is none any more."""
    app.extensions["cpi1540-find-actor"] = find_actor


class Working:
    """The progress of a job under way; see ``job.Progress`` for what is promised."""

    def __init__(self, held: Held, ending: threading.Event, clock: Callable[[], float] = time.monotonic) -> None:
        self.held, self.ending, self.clock = held, ending, clock
        self.shown = (0, 0)
        self.stage: Sentence | None = None
        self.asked_at: float | None = None

    def step(self, done: int, of: int, stage: Sentence | None = None) -> None:
        """Say how far the job is, and end it where it is not wanted any more."""
        if self.ending.is_set():
            raise HandedBack
        self.shown = advanced(self.shown, done, of)
        same = stage is None or stage == self.stage
        if same and self.asked_at is not None and self.clock() - self.asked_at < ASKED_EVERY:
            return
        self.stage = stage or self.stage
        leases.keep(self.held, self.shown, stage)
        self.asked_at = self.clock()


def work_once(ending: threading.Event | None = None) -> bool:
    """Take the job that waits longest and do it; False when none waits. Needs an application context.

    When ``ending`` is set the job is handed back at its next step, for another worker to begin it anew.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context():
        held = leases.take()
        if held is None:
            return False
        g.language = held.language
        _do(held, ending or threading.Event())
        return True


def _do(held: Held, ending: threading.Event) -> None:
    try:
        _keep_result(held, _run(held, ending))
    except Cancelled:
        _end(held, Status.CANCELLED, None)
    except HandedBack:
        leases.hand_back(held)
    except LeaseLost:
        log.warning("job %s is held by another worker by now; what this one made was dropped", held.number)
    except DomainError as refused:
        _end(held, Status.FAILED, refused.sentence)
    except Exception:
        log.exception("job %s (%s) failed", held.number, held.kind)
        _end(held, Status.FAILED, BROKEN)
    except BaseException:  # the process is being ended in the middle of it
        leases.hand_back(held)
        raise


def _run(held: Held, ending: threading.Event) -> Result:
    kind = registered().get(held.kind)
    if kind is None:
        raise DomainError(sentence("This version of the software does not know this kind of work."))
    actor = _actor(held.asked_by)
    ensure(actor, kind.action)
    try:
        return kind.run(Task(held.task, actor, held.practice, held.language), Working(held, ending))
    finally:
        db.session.rollback()


def _actor(actor: str) -> Actor:
    """Who asked for the job, with the roles held now; NotAllowed when their account is gone or switched off."""
    if actor == SYSTEM.id:
        return SYSTEM
    find: FindActor = current_app.extensions["cpi1540-find-actor"]
    found = find(actor)
    if found is None:
        raise NotAllowed(sentence("The account of the person who asked for this is switched off."))
    return found


def _keep_result(held: Held, result: Result) -> None:
    """What came of the job and that it is done, in one transaction."""
    with transaction() as session:
        asked = select(JobRow.cancel_asked).where(leases.mine(held)).with_for_update()
        row = session.execute(asked).one_or_none()
        if row is None:
            raise LeaseLost
        if row.cancel_asked:
            raise Cancelled
        shown = (result.write() if result.write else None) or result.page
        _keep_files(held.number, result.files)
        kept = {"page": _page(shown), "told": sentence_json.written(result.told)}
        ended: dict[str, Any] = {"status": Status.DONE, "ended_at": now(), "result": kept, "done": JobRow.out_of}
        session.execute(update(JobRow).where(leases.mine(held)).values(**ended, **leases.RELEASED))
        changes = [{"kind": held.kind, "files": len(result.files)}]
        audit.record(held.asked_by, "job.finish", [f"job:{held.number}"], changes)


def _keep_files(number: int, files: tuple[NewFile, ...]) -> None:
    rows = [
        {"job_id": number, "number": place, "name": each.name, "attachment": attachments.keep(each.content)}
        for place, each in enumerate(files, 1)
    ]
    if rows:
        db.session.execute(insert(JobFileRow), rows)


def _end(held: Held, status: Status, failure: Sentence | None) -> None:
    values = {"status": status, "ended_at": now(), "failure": sentence_json.written(failure)}
    with transaction() as session:
        ended = update(JobRow).where(leases.mine(held)).values(**values, **leases.RELEASED).returning(JobRow.id)
        # That it was cancelled was written when it was asked for.
        if session.scalar(ended) is not None and failure is not None:
            audit.record(held.asked_by, "job.fail", [f"job:{held.number}"], [{"kind": held.kind}])


def _page(page: Page | None) -> dict[str, Any] | None:
    return {"endpoint": page.endpoint, "values": dict(page.values)} if page else None

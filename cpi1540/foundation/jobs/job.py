"""What a job is: work too long for a request, put into a row and done by a worker.

A wing names its kinds in a file of its own and ``app.py`` makes them known, as it does the wing's actions:

    # briefing/packs/jobs.py
    def _run(task: Task, progress: Progress) -> Result:
        files = []
        for number, language in enumerate(task.values["languages"]):
            progress.step(number, len(task.values["languages"]), sentence("Writing the pack in %(language)s", ...))
            with speaking(language):
                files.append(NewFile(f"pack-{language}.pptx", packs.make(task.values, task.actor, language)))
        return Result(files=tuple(files), write=lambda: packs.keep_recipe(task.values, task.actor))

    PACK = JobKind("briefing.pack", N_("Briefing pack"), _run, MAKE_PACKS)
    KINDS = (PACK,)

    # app.py
    kinds.register(*pack_jobs.KINDS)

    # a service's verb, inside the caller's transaction
    number = queue.ask(PACK, {"languages": ["en", "ar"]}, actor, practice=True, about=sentence("Africa, 2026"))
    # the view then redirects to url("jobs.one", number=number)
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from cpi1540.foundation.access import Action, Actor
from cpi1540.foundation.messages import Sentence

ATTEMPTS = 3  # a job whose worker disappears as often is left alone: perhaps it is the job that ends the worker
LEASE = datetime.timedelta(minutes=5)


class Status(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # its worker disappeared, or was ended where the kind may not be begun again


class Cancelled(Exception):
    """The person who asked for the job does not want it any more; raised by ``Progress.step``."""


class HandedBack(Exception):
    """The worker is being ended and hands the job back; raised by ``Progress.step``."""


class LeaseLost(Exception):
    """Another worker holds this job by now; nothing of this one may be written. Raised by ``Progress.step``."""


class Progress(Protocol):
    """How a running job says how far it is."""

    def step(self, done: int, of: int, stage: Sentence | None = None) -> None:
        """``done`` of ``of`` parts are done (0 of 0: nobody knows how many); ``stage`` says what comes now.

        Keeps the job's lease: to be called more often than the kind's ``lease``. What is shown never goes back.
        May be called often: the database is asked twice a second at most. Never inside a transaction. Raises
        Cancelled, HandedBack or LeaseLost, which the job lets pass.
        """


@dataclass(frozen=True, slots=True)
class Task:
    """What a job is to do, and for whom: ``actor`` with the roles held when it runs, not when it was asked for.

    ``language`` is that of the page it was asked on, and is spoken while the job runs.
    """

    values: Mapping[str, Any]
    actor: Actor
    practice: bool
    language: str


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that a job made: the name under which it is downloaded, and its bytes (20 MB at most)."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page that shows what came of a job: an endpoint and the values of its address."""

    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job; kept with its status in one transaction, all or nothing.

    ``write`` is called in that transaction for what the job writes into the record, and may return the page that
    shows it. A DomainError it raises fails the job, and nothing is kept.
    """

    files: tuple[NewFile, ...] = ()
    page: Page | None = None
    told: Sentence | None = None
    write: Callable[[], Page | None] | None = None


Run = Callable[[Task, Progress], Result]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job: what is shown of it, what it does, who may ask for it.

    ``action`` is asked when a job is asked for and again before it runs, without a subject; the services that
    ``run`` calls ask for theirs. ``run`` writes nothing itself: it gives back what to write. Where it must,
    ``may_retry`` is False, and a job that was interrupted is never begun again.
    """

    name: str
    title: str
    run: Run
    action: Action
    may_retry: bool = True
    lease: datetime.timedelta = LEASE


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a job: its place among them, its name, the SHA-256 it is found by; None when it was cleared."""

    number: int
    name: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands. ``done`` of ``of`` parts are done; ``of`` is 0 while nobody knows."""

    number: int
    kind: str
    about: Sentence | None
    asked_by: str
    practice: bool
    status: Status
    asked_at: datetime.datetime
    started_at: datetime.datetime | None
    ended_at: datetime.datetime | None
    attempts: int
    done: int
    of: int
    stage: Sentence | None
    told: Sentence | None
    page: Page | None
    failure: Sentence | None
    cancel_asked: bool
    may_begin_again: bool  # by itself (interrupted) or when a person asks for it
    files: tuple[KeptFile, ...] = ()

    @property
    def under_way(self) -> bool:
        """Whether something will still happen to it without anybody asking."""
        again = self.status is Status.INTERRUPTED and self.may_begin_again and self.attempts < ATTEMPTS
        return again or self.status in (Status.WAITING, Status.RUNNING)


def advanced(before: tuple[int, int], done: int, of: int) -> tuple[int, int]:
    """What is shown after ``before`` (done, of) when a job says ``done`` of ``of``: never less of the whole."""
    of = max(of, 0)
    done = min(max(done, 0), of)
    if of == 0 or (before[1] and done * before[1] < before[0] * of):
        return before
    return done, of

"""Jobs: each done once, all of it or nothing, by one worker, for the person who asked, on both databases."""

import datetime
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask, current_app
from hypothesis import given
from hypothesis import strategies as st
from jobs_of_tests import STAGE, Make, kind  # noqa: F401
from people_of_tests import make
from sqlalchemy import func, select, update

from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import SYSTEM, Action, Actor, Role
from cpi1540.foundation.audit_history import events
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.jobs import leases, queue, sentence_json
from cpi1540.foundation.jobs.job import (
    ATTEMPTS,
    LEASE,
    Job,
    JobKind,
    LeaseLost,
    NewFile,
    Page,
    Progress,
    Result,
    Status,
    Task,
    advanced,
)
from cpi1540.foundation.jobs.tables import JobRow
from cpi1540.foundation.jobs.working import BROKEN, Working, work_once
from cpi1540.foundation.languages import speaking
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.tables import AttachmentRow
from cpi1540.people.service import accounts, directory


@pytest.fixture
def here(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.remove()


@pytest.fixture
def ada(here: None) -> Actor:
    return person("ada")


def person(name: str, role: Role = Role.BRIEFER) -> Actor:
    found = directory.acting(make(name, role))
    assert found is not None
    return found


def ask(of: JobKind, actor: Actor, **values: Any) -> int:
    with transaction():
        return queue.ask(of, values or {"to": 3}, actor, practice=True)


def seen(number: int) -> Job:
    db.session.rollback()
    return queue.job(number, SYSTEM)


def happened(number: int) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(event.actor, event.action) for event in reversed(events([f"job:{number}"]))]


def test_a_job_is_done_once_with_its_file(ada: Actor, kind: Make) -> None:  # noqa: F811
    with speaking("fr"):
        number = ask(kind(), ada)
    assert seen(number).status is Status.WAITING
    assert (work_once(), work_once()) == (True, False)
    done = seen(number)
    assert (done.status, done.done, done.of, done.stage, done.attempts) == (Status.DONE, 3, 3, STAGE, 1)
    assert (done.practice, done.asked_by, done.failure, done.told) == (True, ada.id, None, STAGE)
    assert done.asked_at <= (done.started_at or now()) <= (done.ended_at or now())
    assert queue.file(number, 1, ada) == ("count.txt", b"3 Ada Projet")
    assert happened(number) == [(ada.id, "job.ask"), (ada.id, "job.finish")]
    assert audit.first_break() is None


def test_what_a_job_writes_is_kept_with_its_status_or_not_at_all(ada: Actor, kind: Make) -> None:  # noqa: F811
    def run(task: Task, _progress: Progress) -> Result:
        def write() -> Page:
            attachments.keep(b"a part")
            if task.values["refused"]:
                raise DomainError(sentence("The draft has changed meanwhile."))
            return Page("desk.state", {"state": "FRA"})

        return Result(files=(NewFile("all.txt", b"the whole"),), write=write)

    writing = kind(run)
    refused, done = ask(writing, ada, refused=True), ask(writing, ada, refused=False)
    work_once()
    assert (seen(refused).status, seen(refused).files) == (Status.FAILED, ())
    assert str(seen(refused).failure) == "The draft has changed meanwhile."
    assert db.session.scalar(select(func.count()).select_from(AttachmentRow)) == 0
    work_once()
    assert (seen(done).status, seen(done).page) == (Status.DONE, Page("desk.state", {"state": "FRA"}))
    assert db.session.scalar(select(func.count()).select_from(AttachmentRow)) == 2


def test_a_fault_of_the_software_is_a_sentence(
    ada: Actor,
    kind: Make,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    def run(_task: Task, _progress: Progress) -> Result:
        raise ZeroDivisionError("the secret of the house")

    number = ask(kind(run), ada)
    assert work_once()
    assert (seen(number).status, seen(number).failure) == (Status.FAILED, BROKEN)
    assert "ZeroDivisionError" in caplog.text
    assert happened(number)[-1] == (ada.id, "job.fail")


def test_two_workers_never_take_one_job(
    app: Flask,
    ada: Actor,
    kind: Make,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 1000)
    counting = kind()
    asked = {ask(counting, ada) for _turn in range(12)}
    start, taken = threading.Barrier(3), []

    def take() -> None:
        start.wait()
        with app.app_context():
            while (held := leases.take()) is not None:
                taken.append(held.number)
            db.session.remove()

    workers = [threading.Thread(target=take) for _worker in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(taken) == sorted(asked)


def test_a_job_whose_worker_disappeared_is_interrupted_and_begun_again(ada: Actor, kind: Make) -> None:  # noqa: F811
    number = ask(kind(), ada)
    with time_machine.travel(now(), tick=False) as clock:
        for attempt in range(1, ATTEMPTS + 1):
            held = leases.take()
            assert held is not None
            leases.keep(held, (1, 3), STAGE)
            assert (seen(number).attempts, seen(number).done) == (attempt, 1)
            assert leases.take() is None  # its lease holds
            clock.shift(LEASE + datetime.timedelta(seconds=1))
        assert not work_once()
    left = seen(number)
    assert (left.status, left.failure, left.under_way) == (Status.INTERRUPTED, leases.GIVEN_UP, False)
    assert happened(number)[1:] == [("system", "job.interrupt")] * ATTEMPTS
    with transaction():
        queue.ask_again(number, ada)
    assert work_once()
    assert (seen(number).status, seen(number).attempts) == (Status.DONE, 1)


def test_a_worker_that_lost_its_lease_writes_nothing(ada: Actor, kind: Make) -> None:  # noqa: F811
    second: list[bool] = []

    def run(task: Task, progress: Progress) -> Result:
        if not second:  # this worker sleeps so long that another one takes its job
            second.append(True)
            with transaction() as session:
                session.execute(update(JobRow).values(lease_until=now() - LEASE))
            assert work_once()
        return Result(files=(NewFile("a.txt", f"{len(second)}".encode()),))

    number = ask(kind(run), ada)
    assert work_once()
    done = seen(number)
    assert (done.status, done.attempts, len(done.files)) == (Status.DONE, 2, 1)
    assert [action for _actor, action in happened(number)] == ["job.ask", "job.interrupt", "job.finish"]


def test_each_step_renews_the_lease_until_another_has_it(ada: Actor, kind: Make) -> None:  # noqa: F811
    ask(kind(), ada)
    with time_machine.travel(now(), tick=False) as clock:
        held = leases.take()
        assert held is not None
        for done in range(5):
            clock.shift(LEASE - datetime.timedelta(seconds=1))
            leases.keep(held, (done, 5), None)
            assert leases.take() is None
        clock.shift(LEASE + datetime.timedelta(seconds=1))
        assert leases.take() is not None
        with pytest.raises(LeaseLost):
            leases.keep(held, (5, 5), None)


def test_cancelling(ada: Actor, kind: Make) -> None:  # noqa: F811
    def run(task: Task, progress: Progress) -> Result:
        progress.step(1, 2, STAGE)
        with transaction():
            queue.cancel(task.values["number"], task.actor)
        if task.values["steps"]:
            progress.step(2, 2, sentence("Notices"))
        return Result(files=(NewFile("a.txt", b"a"),))

    stopping = kind(run)
    waiting = ask(stopping, ada)
    with transaction():
        queue.cancel(waiting, ada)
    assert (seen(waiting).status, work_once()) == (Status.CANCELLED, False)
    # In the middle at the next step; at the end instead of its result.
    for steps in (True, False):
        number = ask(stopping, ada, number=waiting + 1 + (not steps), steps=steps)
        assert work_once()
        assert (seen(number).status, seen(number).files, seen(number).done) == (Status.CANCELLED, (), 1)
        assert happened(number) == [(ada.id, "job.ask"), (ada.id, "job.cancel")]
    with transaction():  # once more changes nothing
        queue.cancel(waiting, ada)
    assert len(happened(waiting)) == 2


def test_a_failed_job_is_done_when_it_is_asked_for_again(ada: Actor, kind: Make) -> None:  # noqa: F811
    tries: list[int] = []

    def run(_task: Task, progress: Progress) -> Result:
        progress.step(len(tries), 2)
        tries.append(1)
        if len(tries) == 1:
            raise DomainError(sentence("There is no such document."))
        return Result()

    number = ask(kind(run), ada)
    assert work_once()
    assert not work_once()  # what failed waits for a person
    with transaction():
        queue.ask_again(number, ada)
    assert (seen(number).status, seen(number).failure) == (Status.WAITING, None)
    assert work_once()
    assert (seen(number).status, seen(number).done, seen(number).of) == (Status.DONE, 2, 2)
    with transaction():  # what is done stays
        queue.ask_again(number, ada)
    assert seen(number).status is Status.DONE


def test_a_kind_that_may_not_be_begun_again_is_not(ada: Actor, kind: Make) -> None:  # noqa: F811
    number = ask(kind(may_retry=False), ada)
    assert leases.take() is not None
    with transaction() as session:
        session.execute(update(JobRow).values(lease_until=now() - LEASE))
    assert not work_once()
    assert (seen(number).status, seen(number).failure) == (Status.INTERRUPTED, leases.GIVEN_UP)
    with pytest.raises(DomainError, match="not begun a second time"), transaction():
        queue.ask_again(number, ada)


@pytest.mark.parametrize("again", [True, False])
def test_a_worker_that_is_ended_hands_its_job_back(ada: Actor, kind: Make, again: bool) -> None:  # noqa: F811
    ending = threading.Event()

    def run(_task: Task, progress: Progress) -> Result:
        progress.step(1, 3)
        ending.set()
        progress.step(2, 3)
        raise AssertionError("not reached")

    number = ask(kind(run, may_retry=again), ada)
    assert work_once(ending)
    back = seen(number)
    assert (back.status, back.attempts) == ((Status.WAITING, 0) if again else (Status.INTERRUPTED, 1))
    assert back.failure == (None if again else leases.GIVEN_UP)


def test_a_process_that_is_ended_hands_its_job_back(ada: Actor, kind: Make) -> None:  # noqa: F811
    def run(_task: Task, _progress: Progress) -> Result:
        raise KeyboardInterrupt

    number = ask(kind(run), ada)
    with pytest.raises(KeyboardInterrupt):
        work_once()
    assert (seen(number).status, seen(number).attempts) == (Status.WAITING, 0)

    def cancelled(task: Task, _progress: Progress) -> Result:
        with transaction():
            queue.cancel(task.values["number"], task.actor)
        raise KeyboardInterrupt

    with transaction():
        queue.cancel(number, ada)
    last = ask(kind(cancelled), ada, number=number + 1)
    with pytest.raises(KeyboardInterrupt):
        work_once()
    assert seen(last).status is Status.CANCELLED


def test_roles_are_those_held_when_the_job_runs(ada: Actor, kind: Make) -> None:  # noqa: F811
    briefs = Action("tests.brief", lambda actor, _subject: actor.holds(Role.BRIEFER), sentence("Only briefers."))
    briefing = kind(action=briefs)
    with pytest.raises(NotAllowed):
        ask(briefing, person("bob", Role.REVIEWER))
    withdrawn, switched_off = ask(briefing, ada), ask(briefing, eve := person("eve"))
    with transaction():
        accounts.revoke(ada.id, Role.BRIEFER, "all", SYSTEM)
        accounts.disable(eve.id, SYSTEM)
    assert (work_once(), work_once()) == (True, True)
    assert str(seen(withdrawn).failure) == "Only briefers."
    assert str(seen(switched_off).failure) == "The account of the person who asked for this is switched off."
    assert {seen(number).status for number in (withdrawn, switched_off)} == {Status.FAILED}


def test_a_kind_that_this_version_does_not_know(ada: Actor, kind: Make) -> None:  # noqa: F811
    number = ask(kind(), ada)
    with transaction() as session:
        session.execute(update(JobRow).values(kind="tests.of-another-version"))
    assert work_once()
    assert str(seen(number).failure) == "This version of the software does not know this kind of work."


def test_others_jobs_are_not_there(ada: Actor, kind: Make) -> None:  # noqa: F811
    bob, administrator = person("bob"), person("root", Role.ADMINISTRATOR)
    counting = kind()
    first, second = ask(counting, ada), ask(counting, bob)
    work_once()
    for act in (queue.job, queue.cancel, queue.ask_again, lambda number, actor: queue.file(number, 1, actor)):
        with pytest.raises(NotFound):
            act(first, bob)
    with pytest.raises(NotFound):
        queue.file(first, 2, ada)
    assert queue.file(first, 1, administrator)[0] == "count.txt"
    assert [each.number for each in queue.jobs(ada)] == [first]
    assert [each.number for each in queue.jobs(administrator)] == []
    assert [each.number for each in queue.jobs(administrator, everybody=True)] == [second, first]
    assert [each.number for each in queue.jobs(administrator, everybody=True, before=second)] == [first]
    with pytest.raises(NotAllowed):
        queue.jobs(ada, everybody=True)


def test_the_database_is_asked_twice_a_second_at_most(ada: Actor, kind: Make) -> None:  # noqa: F811
    number, clock = ask(kind(), ada), [0.0]
    held = leases.take()
    assert held is not None
    working = Working(held, threading.Event(), lambda: clock[0])
    shown = []
    for done, at in ((1, 0.0), (2, 0.4), (3, 0.6), (4, 0.9), (2, 1.2)):
        clock[0] = at
        working.step(done, 9)
        shown.append(seen(number).done)
    assert shown == [1, 1, 3, 3, 4]
    working.step(5, 9, STAGE)  # what comes now is said at once
    assert (seen(number).done, seen(number).stage) == (5, STAGE)


@given(st.lists(st.tuples(st.integers(-2, 12), st.integers(-1, 10)), max_size=20))
def test_progress_never_goes_back(said: list[tuple[int, int]]) -> None:
    shown = (0, 0)
    for done, of in said:
        before, shown = shown, advanced(shown, done, of)
        assert 0 <= shown[0] <= shown[1]
        assert shown[0] * (before[1] or 1) >= before[0] * (shown[1] or 1)
        assert shown == before or shown == (min(max(done, 0), of), of)


@pytest.mark.parametrize(
    "told",
    [
        sentence("Draft"),
        plural_sentence("%(n)s thing", "%(n)s things", 3, of=Sentence("Notices")),
        sentence("%(day)s, %(known)s", day=datetime.date(2026, 2, 3), known=PartialDate(2004, 4), share=0.5),
    ],
)
def test_a_sentence_waits_as_json(told: Sentence) -> None:
    assert sentence_json.read(sentence_json.written(told)) == told
    assert sentence_json.read(sentence_json.written(None)) is None


def test_the_worker_needs_no_more_than_the_application(app: Flask) -> None:
    with app.app_context():
        assert current_app.extensions["cpi1540-find-actor"] is directory.acting
        assert not work_once()

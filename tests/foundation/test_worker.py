"""The worker: beside a server, as a command, ended in the middle of its work; what it clears away."""

import datetime
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from installed import close, make_app
from jobs_of_tests import Make, kind  # noqa: F401
from people_of_tests import make

from cpi1540.cli import main
from cpi1540.config import read_config
from cpi1540.foundation import attachments
from cpi1540.foundation.access import SYSTEM, Actor, Role
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import Misconfigured, NotFound
from cpi1540.foundation.jobs import queue, worker
from cpi1540.foundation.jobs.clearing import clear_files
from cpi1540.foundation.jobs.job import Job, JobKind, NewFile, Progress, Result, Status, Task
from cpi1540.foundation.jobs.working import work_once
from cpi1540.matrix.measure import Document
from cpi1540.matrix.service import measure_records
from cpi1540.people.service import directory
from cpi1540.states import service as states


@pytest.fixture
def ada(app: Flask) -> Iterator[Actor]:
    with app.app_context():
        found = directory.acting(make("ada", Role.DESK_OFFICER))
        assert found is not None
        yield found
        db.session.remove()


def ask(of: JobKind, actor: Actor) -> int:
    with transaction():
        return queue.ask(of, {"to": 3}, actor, practice=True)


def seen(number: int) -> Job:
    db.session.rollback()
    return queue.job(number, SYSTEM)


def test_a_worker_beside_a_server_does_what_waits(app: Flask, ada: Actor, kind: Make) -> None:  # noqa: F811
    done = threading.Event()

    def run(_task: Task, _progress: Progress) -> Result:
        done.set()
        return Result()

    number = ask(kind(run), ada)
    with worker.beside(app):
        assert done.wait(20)
    assert seen(number).status is Status.DONE


def test_a_server_that_ends_hands_its_job_back(app: Flask, ada: Actor, kind: Make) -> None:  # noqa: F811
    begun = threading.Event()

    def run(_task: Task, progress: Progress) -> Result:
        begun.set()
        while True:
            progress.step(1, 2)

    number = ask(kind(run), ada)
    with worker.beside(app):
        assert begun.wait(20)
    assert (seen(number).status, seen(number).attempts) == (Status.WAITING, 0)


def test_a_worker_goes_on_after_a_fault(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ending, looks = threading.Event(), []

    def look(_ending: threading.Event) -> bool:
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the disk is full")
        ending.set()
        return False

    monkeypatch.setattr(worker, "AFTER_A_FAULT", 0.0)
    monkeypatch.setattr(worker, "work_once", look)
    worker.work(app, ending)
    assert len(looks) == 2
    assert "the disk is full" in caplog.text


def test_what_waits_is_worked_off(app: Flask, ada: Actor, kind: Make) -> None:  # noqa: F811
    counting = kind()
    numbers = [ask(counting, ada) for _turn in range(3)]
    assert worker.work_off(app, threading.Event()) == 3
    assert {seen(number).status for number in numbers} == {Status.DONE}
    assert worker.work_off(app, threading.Event()) == 0


def test_the_command(sqlite_made: Path, tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(sqlite_made.read_bytes())
    environment = {"CPI1540_INSTANCE": str(tmp_path), "CPI1540_DATABASE_URL": ""}
    result = CliRunner().invoke(main, ["worker", "--once"], env=environment)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 jobs were taken up.\n")
    close(make_app(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}"))


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_twice_ends_at_once(told: signal.Signals) -> None:
    before = signal.getsignal(told)
    with worker.until_told() as ending:
        os.kill(os.getpid(), told)
        assert ending.wait(5)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), told)
    assert signal.getsignal(told) is before


def test_files_are_cleared_after_their_time_unless_kept_for_another_reason(
    ada: Actor,
    kind: Make,  # noqa: F811
) -> None:
    def run(_task: Task, _progress: Progress) -> Result:
        return Result(files=(NewFile("own.txt", b"made by the job alone"), NewFile("law.txt", b"the law")))

    making, start = kind(run), now()
    with transaction():
        measure_records.keep_document(states.find("FRA"), Document("A/1"), ada, ("law.txt", b"the law"))
    old = ask(making, ada)
    work_once()
    own, law = (each.digest or "" for each in seen(old).files)
    with time_machine.travel(start + datetime.timedelta(days=20), tick=False):
        new = ask(kind(lambda _task, _progress: Result(files=(NewFile("new.txt", b"new"),))), ada)
        work_once()
        with transaction():
            assert clear_files(30) == 0
    with time_machine.travel(start + datetime.timedelta(days=31), tick=False):
        with transaction():
            assert clear_files(0) == 0
        with transaction():
            assert clear_files(30) == 2
        with transaction():
            assert clear_files(30) == 0
    assert [(each.name, each.digest) for each in seen(old).files] == [("own.txt", None), ("law.txt", None)]
    assert attachments.content(law) == b"the law"
    with pytest.raises(NotFound, match="not kept here"):
        attachments.content(own)
    with pytest.raises(NotFound, match="kept for its time"):
        queue.file(old, 1, ada)
    assert queue.file(new, 1, ada) == ("new.txt", b"new")


def test_how_long_files_are_kept(tmp_path: Path) -> None:
    environment = {"CPI1540_INSTANCE": str(tmp_path)}
    assert read_config(environment).job_days == 30
    assert read_config({**environment, "CPI1540_JOB_DAYS": "7"}).job_days == 7
    with pytest.raises(Misconfigured, match="CPI1540_JOB_DAYS"):
        read_config({**environment, "CPI1540_JOB_DAYS": "a week"})

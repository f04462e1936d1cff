"""Whatever two workers and a person do to a job, in whatever order: one holds it, and what is kept is one's, once."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from installed import close, make_app
from jobs_of_tests import COUNT
from sqlalchemy import select, update

from cpi1540.foundation import attachments
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.jobs import kinds, leases, queue
from cpi1540.foundation.jobs.job import ATTEMPTS, LEASE, Cancelled, LeaseLost, NewFile, Result, Status
from cpi1540.foundation.jobs.leases import Held
from cpi1540.foundation.jobs.tables import JobRow
from cpi1540.foundation.jobs.working import _keep_result

ACTS = ("take", "take", "keep", "finish", "hand_back", "cancel", "ask_again", "wait", "wait")
DEEDS = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from((0, 1))), min_size=10, max_size=24)


@pytest.fixture
def sqlite_app(sqlite_made: Path, tmp_path: Path) -> Iterator[Flask]:
    (tmp_path / "record.sqlite").write_bytes(sqlite_made.read_bytes())
    made = make_app(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}")
    with made.app_context():
        yield made
        db.session.remove()
    close(made)


@contextmanager
def only_for_its_holder(held: Held) -> Iterator[None]:
    """What happens inside succeeds for the worker that holds the job, and for no other."""
    row = db.session.execute(select(JobRow.holder, JobRow.cancel_asked).where(JobRow.id == held.number)).one()
    db.session.rollback()
    try:
        yield
        assert (row.holder, row.cancel_asked) == (held.holder, False)
    except LeaseLost:
        assert row.holder != held.holder
    except Cancelled:
        assert (row.holder, row.cancel_asked) == (held.holder, True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_one_holds_it_and_what_is_kept_is_ones(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, deeds: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(kinds, "_kinds", {COUNT.name: COUNT})
    with time_machine.travel(now(), tick=False) as clock:
        with transaction() as session:
            session.execute(update(JobRow).values(status=Status.CANCELLED, **leases.RELEASED))  # of earlier examples
            number = queue.ask(COUNT, {"to": 1}, SYSTEM, practice=True)
        workers: list[Held | None] = [None, None]
        for act, worker in deeds:
            held, before = workers[worker], queue.job(number, SYSTEM)
            db.session.rollback()
            if act == "take":
                workers[worker] = leases.take() or held
            elif act == "wait":
                clock.shift(LEASE + datetime.timedelta(seconds=1))
            elif act in ("cancel", "ask_again"):
                with transaction():
                    getattr(queue, act)(number, SYSTEM)
            elif held is not None and act == "keep":
                with only_for_its_holder(held):
                    leases.keep(held, (1, 2), None)
            elif held is not None and act == "finish":
                with only_for_its_holder(held):
                    _keep_result(held, Result(files=(NewFile("a.txt", held.holder.encode()),)))
            elif held is not None:
                leases.hand_back(held)
            after = queue.job(number, SYSTEM)
            assert 0 <= after.attempts <= ATTEMPTS
            assert len(after.files) == (after.status is Status.DONE)
            if before.status is Status.DONE:
                assert after == before
            elif after.status is Status.DONE:
                assert held is not None
                assert attachments.content(after.files[0].digest or "") == held.holder.encode()

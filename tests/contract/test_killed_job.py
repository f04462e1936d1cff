"""A worker that is killed in the middle of a job leaves nothing of it; the next one finds it interrupted."""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from installed import close, make_app
from people_of_tests import make
from slow_job import SLOW
from sqlalchemy import func, select, update

from cpi1540.desk import installation
from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.jobs import kinds, leases, queue, worker
from cpi1540.foundation.jobs.job import Status
from cpi1540.foundation.jobs.tables import JobRow
from cpi1540.foundation.tables import AttachmentRow
from cpi1540.people.service import directory

SUPPORT = Path(__file__).parents[1] / "support"


@pytest.mark.long
@pytest.mark.parametrize("wait", [0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 1.0, 1.5])
def test_a_job_is_done_or_nothing_of_it(
    sqlite_made: Path, tmp_path: Path, wait: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sqlite_made, tmp_path / "record.sqlite")
    monkeypatch.setattr(kinds, "_kinds", dict(kinds.registered()))
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}")
    kinds.register(SLOW)
    with app.app_context():
        actor = directory.acting(make("ada", Role.BRIEFER))
        assert actor is not None
        with transaction():
            number = queue.ask(SLOW, {"word": "part"}, actor, practice=True)
        kept_before = files_kept()
    process = subprocess.Popen(
        [sys.executable, str(SUPPORT / "slow_job.py"), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": f"{SUPPORT}{os.pathsep}{SUPPORT.parents[1]}"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with app.app_context():
        left = queue.job(number, SYSTEM)
        done = left.status is Status.DONE
        assert done or left.status in (Status.WAITING, Status.RUNNING)
        assert files_kept() - kept_before == (102 if done else 0)
        assert len(left.files) == (2 if done else 0)
        with transaction() as session:  # the lease runs out
            held = update(JobRow).where(JobRow.status == Status.RUNNING)
            session.execute(held.values(lease_until=now() - datetime.timedelta(seconds=1)))
        if left.status is Status.RUNNING:
            with transaction():
                leases._mark_interrupted(now())
            assert queue.job(number, SYSTEM).status is Status.INTERRUPTED
        assert worker.work_off(app, threading.Event()) == (0 if done else 1)
        db.session.rollback()
        again = queue.job(number, SYSTEM)
        assert (again.status, len(again.files)) == (Status.DONE, 2)
        assert again.attempts == (2 if left.status is Status.RUNNING else 1)
        assert files_kept() - kept_before == 102
        assert all(check.ok for check in installation.checks())
    close(app)


def files_kept() -> int:
    found = db.session.scalar(select(func.count()).select_from(AttachmentRow)) or 0
    db.session.rollback()
    return found

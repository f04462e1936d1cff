"""A worker with one slow kind, in a process of its own, for tests that kill it: ``slow_job.py FOLDER``."""

import sys
import threading
from pathlib import Path

from installed import make_app

from cpi1540.foundation import attachments
from cpi1540.foundation.access import SIGNED_IN
from cpi1540.foundation.jobs import kinds, worker
from cpi1540.foundation.jobs.job import JobKind, NewFile, Page, Progress, Result, Task

PARTS = 200


def run(task: Task, progress: Progress) -> Result:
    """Step some hundred times, then keep a hundred files in the transaction of the result."""
    for done in range(PARTS):
        progress.step(done, PARTS)
        threading.Event().wait(0.002)  # the work itself

    def write() -> Page:
        for part in range(100):
            attachments.keep(f"{task.values['word']} {part}".encode())
        return Page("desk.home")

    return Result(files=tuple(NewFile(f"{n}.txt", f"file {n}".encode()) for n in range(2)), write=write)


SLOW = JobKind("tests.slow", "Draft", run, SIGNED_IN)


def main() -> None:
    folder = Path(sys.argv[1])
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    kinds.register(SLOW)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.work_off(app, threading.Event())


if __name__ == "__main__":
    main()

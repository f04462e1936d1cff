"""The worker: does jobs one after another until it is ended, as a command or as a thread beside a server."""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from flask import Flask

from cpi1540.foundation.database import transaction
from cpi1540.foundation.jobs.clearing import clear_files
from cpi1540.foundation.jobs.working import work_once

LOOK_EVERY = 1.0  # seconds between two looks for a job
AFTER_A_FAULT = 30.0  # seconds, when the database cannot be used
CLEAR_EVERY = 3600.0  # seconds
PATIENCE = 10.0  # seconds in which a thread may reach its next step when the server ends
log = logging.getLogger(__name__)


def work(app: Flask, ending: threading.Event) -> None:
    """Do what waits, and look for more, until ``ending`` is set. A fault is logged, and the worker goes on."""
    cleared_at: float | None = None
    while not ending.is_set():
        pause = 0.0
        try:
            if cleared_at is None or time.monotonic() - cleared_at > CLEAR_EVERY:
                clear_old_files(app)
                cleared_at = time.monotonic()
            with app.app_context():
                pause = 0.0 if work_once(ending) else LOOK_EVERY
        except Exception:
            log.exception("the worker goes on in %.0f seconds", AFTER_A_FAULT)
            pause = AFTER_A_FAULT
        ending.wait(pause)


def work_off(app: Flask, ending: threading.Event) -> int:
    """Do what waits, then clear old files, and end; how many jobs were taken up."""
    n = 0
    with app.app_context():
        while not ending.is_set() and work_once(ending):
            n += 1
    clear_old_files(app)
    return n


def clear_old_files(app: Flask) -> None:
    """Clear the files that were kept for as long as the installation keeps them."""
    days: int = app.config["CPI1540"].job_days
    with app.app_context():
        while True:
            with transaction():
                if not clear_files(days):
                    return


@contextmanager
def beside(app: Flask) -> Iterator[None]:
    """A worker as a thread while something else goes on; at the end its job is handed back at its next step.

    A job whose next step is too far away is left to its lease: it is found interrupted when that runs out.
    """
    ending = threading.Event()
    thread = threading.Thread(target=work, args=(app, ending), name="cpi1540-worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(PATIENCE)


@contextmanager
def until_told() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set; a second signal ends the process at once, its job handed back."""
    ending = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        if ending.is_set():
            raise KeyboardInterrupt
        ending.set()

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ending
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

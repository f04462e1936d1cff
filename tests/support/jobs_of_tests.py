"""Kinds of job for tests, and a worker without a thread."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from cpi1540.foundation.access import SIGNED_IN
from cpi1540.foundation.jobs import kinds
from cpi1540.foundation.jobs.job import JobKind, NewFile, Progress, Result, Task
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence

STAGE = sentence("Draft")  # a sentence that has its translations


def count(task: Task, progress: Progress) -> Result:
    """Count as far as asked, and write down the last number and who asked, in the language spoken."""
    of = task.values["to"]
    for done in range(of):
        progress.step(done, of, STAGE)
    text = f"{of} {task.actor.name} {say(STAGE)}"
    return Result(files=(NewFile("count.txt", text.encode()),), told=sentence("Draft"))


COUNT = JobKind("tests.count", "Draft", count, SIGNED_IN)
Make = Callable[..., JobKind]


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make a kind known for this test: ``kind(run)``, or ``kind()`` for the one that counts."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds.registered()))

    def make(run: Callable[[Task, Progress], Result] = count, **changed: object) -> JobKind:
        made = replace(COUNT, run=run, **changed)  # type: ignore[arg-type]
        kinds.register(made)
        return made

    yield make

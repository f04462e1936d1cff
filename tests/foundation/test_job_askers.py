"""Who may take a job's files, and how many jobs one person may let wait."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jobs_of_tests import Make, kind  # noqa: F401
from people_of_tests import make

from cpi1540.foundation.access import Action, Actor, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.jobs import queue
from cpi1540.foundation.jobs.job import JobKind
from cpi1540.foundation.jobs.working import work_once
from cpi1540.foundation.messages import sentence
from cpi1540.people.service import directory


@pytest.fixture
def ada(app: Flask) -> Iterator[Actor]:
    with app.app_context():
        yield person("ada")
        db.session.remove()


def person(name: str) -> Actor:
    found = directory.acting(make(name, Role.BRIEFER))
    assert found is not None
    return found


def ask(of: JobKind, actor: Actor) -> int:
    with transaction():
        return queue.ask(of, {"to": 1}, actor, practice=True)


def test_files_are_for_those_who_may_ask_for_them(ada: Actor, kind: Make) -> None:  # noqa: F811
    briefs = Action("tests.brief", lambda actor, _subject: actor.holds(Role.BRIEFER), sentence("Only briefers."))
    number = ask(kind(action=briefs), ada)
    assert work_once()
    assert queue.file(number, 1, ada)[0] == "count.txt"
    with pytest.raises(NotFound):
        queue.file(number, 1, Actor(ada.id, ada.name))


def test_ten_jobs_of_one_person_may_wait(ada: Actor, kind: Make) -> None:  # noqa: F811
    counting, bob = kind(), person("bob")
    numbers = [ask(counting, ada) for _ in range(queue.MOST_WAITING)]
    with pytest.raises(DomainError):
        ask(counting, ada)
    assert ask(counting, bob) > numbers[-1]

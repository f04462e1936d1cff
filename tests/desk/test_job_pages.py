"""The pages of background work: one's own, how far it is without any script, what came of it, others' not there."""

import re

import pytest
from flask import Flask
from jobs_of_tests import STAGE, Make, kind  # noqa: F401
from queries import counted
from sqlalchemy import update
from strict_client import StrictClient

from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.jobs import leases, queue
from cpi1540.foundation.jobs.job import LEASE, JobKind, Page, Progress, Result, Status, Task
from cpi1540.foundation.jobs.tables import JobRow
from cpi1540.foundation.jobs.working import work_once
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES
from cpi1540.people.service import directory


@pytest.fixture
def client(app: Flask) -> StrictClient:
    made = StrictClient(app)
    made.continue_as("briefer")
    return made


def ask(client: StrictClient, of: JobKind, role: Role = Role.BRIEFER, times: int = 1) -> int:
    """Ask for jobs as the demo account of a role; the number of the last."""
    with client.app.app_context():
        (asking,) = directory.actors_named([role.value])
        actor = directory.acting(asking)
        assert actor is not None
        for _turn in range(times):
            with transaction():
                number = queue.ask(of, {"to": 3}, actor, practice=True, about=sentence("Draft"))
        db.session.remove()
    return number


def work(client: StrictClient) -> None:
    with client.app.app_context():
        assert work_once()


def text(client: StrictClient, address: str, status: int = 200) -> str:
    return client.get(address, status).get_data(as_text=True)


def test_nothing_was_asked_for(client: StrictClient) -> None:
    assert "You have not asked for anything that takes long." in text(client, "/en/jobs")
    assert 'href="/en/jobs"' in text(client, "/en/account")  # in the menu of each page
    client.continue_as("focal-point")
    assert 'href="/en/jobs"' not in text(client, "/en/account")


def test_a_job_from_waiting_to_its_file(client: StrictClient, kind: Make) -> None:  # noqa: F811
    number = ask(client, kind())
    waiting = text(client, f"/en/jobs/{number}")
    assert "It waits for its turn." in waiting
    assert 'src="/static/follow.js' in waiting
    work(client)
    done = text(client, f"/en/jobs/{number}")
    assert f'href="/en/jobs/{number}/files/1"' in done
    assert "data-under-way" not in done
    assert "follow.js" not in done
    answer = client.get(f"/en/jobs/{number}/files/1")
    assert answer.get_data(as_text=True) == "3 Demo briefer Draft"
    assert answer.headers["Content-Disposition"] == "attachment; filename=count.txt"
    assert answer.mimetype == "text/plain"
    client.get(f"/en/jobs/{number}/files/2", 404)
    for lang in CODES:
        assert f'href="/{lang}/jobs/{number}/files/1"' in text(client, f"/{lang}/jobs")
        client.get(f"/{lang}/jobs/{number}")


def test_how_far_it_is_can_be_seen_without_script(client: StrictClient, kind: Make) -> None:  # noqa: F811
    number = ask(client, kind())
    with client.app.app_context():
        held = leases.take()
        assert held is not None
        assert "<progress aria-label" in text(client, f"/en/jobs/{number}")
        leases.keep(held, (2, 7), STAGE)
    for page in (f"/en/jobs/{number}", "/en/jobs"):
        shown = text(client, page)
        assert re.search(r'<progress [^>]*max="7" value="2"></progress> <span>2 of 7</span>', shown)
        assert ">Draft</p>" in shown
    plain = client.get(f"/en/jobs/{number}")
    assert "Refresh" not in plain.headers  # a page that reloads is for those who ask for it
    assert f'href="/en/jobs/{number}?follow=1"' in plain.get_data(as_text=True)
    assert client.get(f"/en/jobs/{number}?follow=1").headers["Refresh"] == "10"
    client.post(f"/en/jobs/{number}/cancel")
    assert "is being cancelled" in text(client, f"/en/jobs/{number}")
    assert f'action="/en/jobs/{number}/cancel"' not in text(client, f"/en/jobs/{number}")


def test_cancelled_and_begun_again(client: StrictClient, kind: Make) -> None:  # noqa: F811
    number = ask(client, kind())
    assert f'action="/en/jobs/{number}/cancel"' in text(client, "/en/jobs")
    assert client.post(f"/en/jobs/{number}/cancel").headers["Location"] == f"/en/jobs/{number}"
    assert "It was cancelled. Nothing of it was kept." in text(client, f"/en/jobs/{number}")
    assert "Refresh" not in client.get(f"/en/jobs/{number}?follow=1").headers
    client.post(f"/en/jobs/{number}/again")
    assert "It waits for its turn." in text(client, f"/en/jobs/{number}")


def test_a_failure_says_why_and_a_result_has_its_page(client: StrictClient, kind: Make) -> None:  # noqa: F811
    def run(task: Task, _progress: Progress) -> Result:
        if task.values.get("to") == 3:
            raise DomainError(sentence("There is no such person."))
        return Result(page=Page("desk.states_list", {"group": "weog"}))

    number = ask(client, kind(run))
    work(client)
    for page in (f"/en/jobs/{number}", "/en/jobs"):
        assert "There is no such person." in text(client, page)
        assert f'action="/en/jobs/{number}/again"' in text(client, page)
    with client.app.app_context(), transaction() as session:
        session.execute(update(JobRow).values(task={"to": 4}, status=Status.WAITING))
    work(client)
    for page in (f"/en/jobs/{number}", "/en/jobs"):
        assert 'href="/en/practice/states?group=weog"' in text(client, page)


def test_an_interrupted_job_says_so(client: StrictClient, kind: Make) -> None:  # noqa: F811
    for again, told in ((True, leases.INTERRUPTED), (False, leases.GIVEN_UP)):
        number = ask(client, kind(may_retry=again))
        with client.app.app_context():
            assert leases.take() is not None
            with transaction() as session:
                session.execute(update(JobRow).where(JobRow.id == number).values(lease_until=now() - LEASE))
        shown = text(client, f"/en/jobs/{number}")
        assert str(told) in shown
        assert f'action="/en/jobs/{number}/again"' not in shown
        assert (f'action="/en/jobs/{number}/cancel"' in shown) is again
        client.post(f"/en/jobs/{number}/cancel")
        assert ("It was cancelled." in text(client, f"/en/jobs/{number}")) is again
    client.post(f"/en/jobs/{number}/again", status=400)


def test_a_row_that_nobody_works_on_says_so(client: StrictClient, kind: Make) -> None:  # noqa: F811
    number, told = ask(client, kind()), "Ask the operator of the portal whether the worker runs."
    assert told not in text(client, f"/en/jobs/{number}")
    with client.app.app_context(), transaction() as session:
        session.execute(update(JobRow).values(asked_at=now() - 2 * queue.QUIET))
    assert told in text(client, f"/en/jobs/{number}")
    other = ask(client, kind(), Role.REVIEWER)
    with client.app.app_context():
        with transaction() as session:
            session.execute(update(JobRow).where(JobRow.id == other).values(asked_at=now() - 2 * queue.QUIET))
        assert leases.take() is not None  # the first of them
    assert told not in text(client, f"/en/jobs/{number}")


def test_others_work_is_not_there_save_for_administrators(client: StrictClient, kind: Make) -> None:  # noqa: F811
    counting = kind()
    theirs = ask(client, counting, Role.REVIEWER)
    work(client)
    own = ask(client, counting)
    assert f"/en/jobs/{own}" in text(client, "/en/jobs")
    assert f"/en/jobs/{theirs}" not in text(client, "/en/jobs")
    client.get("/en/jobs?everybody=1", 403)
    for address in (f"/en/jobs/{theirs}", f"/en/jobs/{theirs}/files/1", "/en/jobs/999999", "/en/jobs/" + "9" * 30):
        client.get(address, 404)
    for act in ("cancel", "again"):
        client.post(f"/en/jobs/{theirs}/{act}", status=404)
    client.continue_as("administrator")
    assert "You have not asked for anything that takes long." in text(client, "/en/jobs")
    everybody = text(client, "/en/jobs?everybody=1")
    assert {theirs, own} == {int(each) for each in re.findall(r'<a href="/en/jobs/(\d+)">', everybody)}
    assert "<bdi>Demo reviewer</bdi>" in everybody
    client.get(f"/en/jobs/{theirs}/files/1")


def test_a_long_list_has_pages_and_asks_no_more(
    client: StrictClient,
    kind: Make,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 1000)
    counting = kind()
    ask(client, counting)
    text(client, "/en/jobs")
    with counted(client.app) as few:
        text(client, "/en/jobs")
    last = ask(client, counting, times=queue.PAGE)
    with counted(client.app) as many:
        first = text(client, "/en/jobs")
    assert len(many) == len(few)
    assert f'href="/en/jobs?before={last - queue.PAGE + 1}" rel="next"' in first
    second = text(client, f"/en/jobs?before={last - queue.PAGE + 1}")
    assert re.findall(r'<a href="/en/jobs/(\d+)">', second) == [str(last - queue.PAGE)]
    client.get("/en/jobs?before=x", 404)

"""The daily reminder: what it says, to whom, in which language, once a day; and the commands that queue and send it."""

import datetime
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import time_machine
from assistance_people import COORDINATOR, FOCAL, register
from desk_people import BRIEFER
from flask import Flask
from installed import close, make_app
from people_of_tests import make
from test_commands import run

from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.service import acts
from cpi1540.desk.service import digest
from cpi1540.desk.service.digest import MOST_LINES
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.people.mail_choice import MailChoice
from cpi1540.people.service import mail_choices

D = datetime.date
TODAY = D(2026, 11, 24)


def link(endpoint: str, values: Mapping[str, object]) -> str:
    return f"https://1540.example.org/{endpoint}/{'/'.join(map(str, values.values()))}"


@pytest.fixture
def here(practice_app: Flask) -> Iterator[None]:
    with time_machine.travel("2026-11-24T17:00:00+00:00", tick=True), practice_app.app_context():
        yield
        db.session.remove()


def late() -> str:
    """A request that should have been sent to providers three working days ago."""
    request = register()
    with transaction():
        for act, day in ((Act.AUTHENTICATE, 3), (Act.CIRCULATE, 4), (Act.ACKNOWLEDGE, 11)):
            acts.record_act(request, act, COORDINATOR, on=D(2026, 11, day))
    return request


def lines(actor: Actor, language: str = "en", *, practice: bool = False) -> dict[str, list[str]]:
    mail = digest.digest_for(actor, language, TODAY, link, practice=practice)
    return {part.title: [line.text for line in part.lines] for part in mail.parts} if mail else {}


@pytest.mark.usefixtures("here")
def test_what_is_overdue_is_said_with_its_day() -> None:
    request = late()
    mail = digest.digest_for(COORDINATOR, "en", TODAY, link, practice=False)
    assert mail is not None
    assert mail.subject == "1540 record: 1 thing is due or waits for you"
    assert mail.text == (
        "Good day. This is due or waits for you on 24 November 2026, the most urgent first.\n\n"
        "Requests for assistance\n"
        f"- {request}, Kenya: Send the request to potential providers (was due on 19 November 2026, 3 working days late)\n"
        f"  https://1540.example.org/requests.one/{request}\n\n"
        "You get this reminder at most once a day. You can end it on the page of your account.\n"
        "https://1540.example.org/people.account/\n"
    )


@pytest.mark.usefixtures("here")
def test_in_arabic_it_runs_from_right_to_left() -> None:
    late()
    mail = digest.digest_for(COORDINATOR, "ar", TODAY, link, practice=False)
    assert mail is not None
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert "كينيا" in mail.text
    assert "نوفمبر 2026" in mail.text


@pytest.mark.usefixtures("here")
def test_who_has_nothing_waiting_gets_nothing() -> None:
    late()
    assert digest.digest_for(BRIEFER, "en", TODAY, link, practice=False) is None
    assert lines(FOCAL) == {}  # the days to object are over


@pytest.mark.usefixtures("here")
def test_the_two_records_never_mix_and_a_long_list_is_cut() -> None:
    late()
    practice = lines(COORDINATOR, practice=True)
    listed, matches = practice.values()
    assert matches and not set(matches) & set(listed)
    assert len(listed) == MOST_LINES + 1
    assert listed[-1].startswith("and ")
    assert all(text.startswith("XR-") for text in listed[:-1])
    mail = digest.digest_for(COORDINATOR, "en", TODAY, link, practice=True)
    assert mail is not None
    assert mail.opening[0] == "Practice data: the States and requests named here are invented."


@pytest.mark.usefixtures("here")
def test_a_desk_officers_worklist_is_in_it() -> None:
    officer = Actor(make("officer", Role.DESK_OFFICER), "Officer")
    with transaction():
        mail_choices.choose(officer, MailChoice("o@example.org", "en", digest=True))
    (found,) = digest.digests(TODAY, link, practice=True)
    assert found[0].actor.id == officer.id
    assert [part.title for part in found[1].parts] == ["Worklist"]


@pytest.fixture
def folder(practice_made: Path, tmp_path: Path) -> Path:
    shutil.copy(practice_made, tmp_path / "record.sqlite")
    return tmp_path


def choose(folder: Path) -> None:
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    with app.app_context():
        me = Actor(make("ada", Role.COORDINATOR), "Ada")
        with transaction():
            mail_choices.choose(me, MailChoice("ada@example.org", "fr", digest=True))
    close(app)


def test_the_commands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(folder)
    refused = run(folder, "mail", "digest", "--practice", code=1)
    assert refused.stderr == "No mail is sent from this installation: its operator has set no mail server.\n"
    assert run(folder, "mail", "send", code=1).stdout == ""
    tried = run(folder, "mail", "digest", "--practice", "--dry-run")
    assert tried.stdout.startswith("ada@example.org\n")
    assert "1 reminder would be queued." in tried.stderr
    monkeypatch.setenv("CPI1540_SMTP_URL", "smtp://127.0.0.1:9?tls=none")
    monkeypatch.setenv("CPI1540_MAIL_FROM", "1540@example.org")
    monkeypatch.setenv("CPI1540_ADDRESS", "https://1540.example.org")
    made = json.loads(run(folder, "mail", "digest", "--practice", "--json").stdout)
    assert [(each["language"]) for each in made["digests"]] == ["fr"]
    assert json.loads(run(folder, "mail", "digest", "--practice", "--json").stdout)["digests"] == []
    away = run(folder, "mail", "send", code=1)
    assert away.stderr.startswith("The mail server cannot be used: ")
    (waiting,) = json.loads(run(folder, "mail", "list", "--json").stdout)
    assert (waiting["to"], waiting["status"], waiting["attempts"]) == ("ada@example.org", "queued", 0)
    assert "ada@example.org" in run(folder, "mail", "list").stdout

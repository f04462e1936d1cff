"""The same request, its acts and its lists on SQLite and PostgreSQL."""

import datetime
import io
import threading
from urllib.parse import quote

import pytest
import time_machine
from assistance_people import COORDINATOR, DAY, FOCAL, NEED, VALUES, register
from flask import Flask
from sqlalchemy import event
from strict_client import StrictClient

from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import Kind, Requester
from cpi1540.assistance.requests.service import acts, lists, reading, requests, texts, waiting
from cpi1540.assistance.requests.service.lists import Filters, listing
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.matrix.layout import Domain
from cpi1540.people.service import demo as demonstration

EACH = (
    lists.EVERYTHING,
    lists.OPEN,
    Filters(step=Step.CIRCULATE),
    Filters(group="african"),
    Filters(state="KEN"),
    Filters(kind=Kind.TRAINING, domain=Domain.NW, section="op3cd"),
    Filters(text="TRANSIT"),
    Filters(text="Kenya"),
)


@time_machine.travel("2026-11-12T17:00:00+00:00")
def test_a_request_lives_on_both_databases(app: Flask) -> None:
    with app.test_request_context("/en/"):
        identifier = register()
        register(requester=Requester((), "CARICOM"), title="Another")
        with transaction():
            number = acts.record_act(identifier, Act.AUTHENTICATE, COORDINATOR, on=DAY, paper=("a.txt", b"a letter"))
            texts.translate(identifier, "title", "fr", "Aide", COORDINATOR)
            calendar.load_holidays({datetime.date(2026, 11, 26): "Thanksgiving"}, COORDINATOR)
            calendar.record_briefing(DAY, COORDINATOR, practice=False)
        for filters in EACH:
            assert identifier in {line.request.id for line in listing(filters, COORDINATOR, practice=False).lines}
            assert identifier in {line.request.id for line in listing(filters, FOCAL, practice=False).lines}
        assert listing(Filters(overdue=True), COORDINATOR, practice=False, on=DAY).lines == ()
        assert lists.areas(COORDINATOR, practice=False) == {("op3cd", Domain.NW): 2}
        assert waiting.waiting_for(COORDINATOR, practice=False, on=DAY)[0].request == identifier
        assert requests.overlaps(VALUES, [NEED], COORDINATOR)[0].request == identifier
        assert lists.to_brief(COORDINATOR, practice=False, on=DAY + datetime.timedelta(days=1))[0] == DAY
        with transaction():
            acts.take_back(identifier, number, COORDINATOR, reason="a slip")
        assert reading.find(identifier, COORDINATOR).course.step is Step.AUTHENTICATE
        with pytest.raises(DomainError), transaction():
            acts.record_act(identifier, Act.SEND, COORDINATOR, on=DAY)


@time_machine.travel("2026-11-12T17:00:00+00:00")
def test_two_requests_registered_at_one_moment_take_two_numbers(app: Flask) -> None:
    begun, registered = threading.Event(), {}

    def noticing(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("BEGIN IMMEDIATE", "INSERT INTO assistance_request ")):
            begun.set()

    def second() -> None:
        with app.test_request_context("/en/"):
            registered["second"] = register(title="The second")
            db.session.remove()

    with app.test_request_context("/en/"):
        with transaction():
            registered["first"] = requests.register(VALUES, [NEED], COORDINATOR)
            event.listen(db.engine, "before_cursor_execute", noticing)
            other = threading.Thread(target=second)
            other.start()
            assert begun.wait(20)  # the other one waits for the lock, or has read which number is the highest
        other.join(20)
        event.remove(db.engine, "before_cursor_execute", noticing)
        assert registered == {"first": "R-2026-001", "second": "R-2026-002"}
        assert [need.id for need in reading.find("R-2026-002", COORDINATOR).needs] == ["R-2026-002/1"]


@time_machine.travel("2026-11-12T17:00:00+00:00")
@pytest.mark.parametrize("text", ["a\x00b", "\u202eعربي\u200f x", "👩‍👩‍👧 😀", "\x1b[31m\x7f\ufffe", "²" * 290])
def test_whatever_is_typed_is_kept_or_told_and_never_breaks(app: Flask, text: str) -> None:
    with app.app_context(), transaction():
        demonstration.make_demo_accounts(demonstration.new_passwords())
    client = StrictClient(app)
    client.continue_as("coordinator")
    typed = {"state": "KEN", "channel": "note-verbale", "formal": "yes", "date": "2026-11-10", "language": "en"}
    typed |= {"title": f"Help {text}", "text": text, "contact": text, "consent": "not-asked", "handling": "restricted"}
    typed |= {
        "needs-0-kind": "training",
        "needs-0-objective": f"Train {text}",
        "needs-0-time_frame": text,
        "needs-0-languages": ["en"],
    }
    answer = client.post("/en/assistance/requests/new", typed)
    page = answer.headers["Location"]
    client.get(page)
    client.post(f"{page}/record/next", {"next-act": "authenticate", "next-on": "2026-11-11", "next-note": text})
    translated = {"translation-part": "title", "translation-language": "fr", "translation-text": f"Aide {text}"}
    client.post(f"{page}/record/translation", translated)
    client.post(f"{page}/record/paper", {"paper-file": (io.BytesIO(b"a"), f"{text}.txt")})
    client.post(f"{page}/letters/new/note-verbale", {"language": "ar", "dated": "2026-11-12", "do": "download"}, 200)
    client.get(f"/en/assistance/requests?q={quote(text)}")
    client.get(page)

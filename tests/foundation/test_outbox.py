"""The outbox against a mail server on this machine: sent once, tried again, failed with a reason, over TLS."""

import datetime
import email
import email.policy
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from flask import Flask
from sqlalchemy import select, update

from cpi1540.foundation import outbox
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.mail import Mail, MailServer, Security
from cpi1540.foundation.outbox import Outcome
from cpi1540.foundation.tables import MailRow

SENDER = "The record <1540@example.org>"
MAIL = Mail("fr", "Rappel", ("Échéance demain.",))


class Box:
    """What the server took, and what it answers: to an address, and to the first letters after a message."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.to: dict[str, str] = {}
        self.answer = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if address in self.to:
            return self.to[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        if self.answer == "250 OK":
            self.taken.append(envelope)
        return self.answer


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[MailServer]:
    controller = Controller(box, hostname="127.0.0.1", port=0)
    with started(controller) as port:
        yield MailServer("127.0.0.1", port, Security.NONE)


@contextmanager
def started(controller: Controller) -> Iterator[int]:
    """Start a server on a port that the system chooses, and give that."""

    def knock() -> None:
        controller.port = controller.server.sockets[0].getsockname()[1]
        socket.create_connection((controller.hostname, controller.port), 10).close()

    controller._trigger_server = knock  # its own knocks at the port asked for, which is 0
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.fixture
def here(practice_app: Flask) -> Iterator[None]:
    with practice_app.app_context():
        yield
        db.session.remove()


def queue(*addresses: str) -> list[int]:
    with transaction():
        return [outbox.queue(MAIL, to=address, person="a" * 16, purpose="digest") for address in addresses]


def row(number: int) -> MailRow:
    db.session.rollback()
    found = db.session.scalars(select(MailRow).where(MailRow.id == number)).one()
    db.session.refresh(found)
    return found


@pytest.mark.usefixtures("here")
def test_a_mail_is_sent_once_and_its_text_dropped(server: MailServer, box: Box) -> None:
    first, second = queue("ada@example.org", "bob@example.org")
    assert outbox.send_queued(server, SENDER) == Outcome(sent=2)
    assert outbox.send_queued(server, SENDER) == Outcome()
    assert [envelope.rcpt_tos for envelope in box.taken] == [["ada@example.org"], ["bob@example.org"]]
    read = email.message_from_bytes(box.taken[0].content or b"", policy=email.policy.default)
    assert (read["Subject"], read["From"]) == ("Rappel", SENDER)
    body = read.get_body(("plain",))
    assert body is not None
    assert "Échéance demain." in body.get_content()
    kept = row(first)
    assert (kept.status, kept.attempts, kept.text, kept.html, kept.reason) == ("sent", 1, "", "", "")
    assert kept.sent_at is not None
    assert outbox.not_sent() == []
    assert row(second).status == "sent"


@pytest.mark.usefixtures("here")
def test_an_address_refused_for_good_fails_and_the_others_go_on(server: MailServer, box: Box) -> None:
    box.to["gone@example.org"] = "550 no such person"
    gone, _kept = queue("gone@example.org", "bob@example.org")
    assert outbox.send_queued(server, SENDER) == Outcome(sent=1, failed=1)
    (failed,) = outbox.not_sent()
    assert (failed.id, failed.status, failed.reason) == (gone, "failed", "550 no such person")
    assert outbox.send_queued(server, SENDER) == Outcome()


@pytest.mark.usefixtures("here")
def test_what_cannot_be_taken_now_is_tried_five_times_further_and_further_apart(server: MailServer, box: Box) -> None:
    box.answer = "451 later"
    (number,) = queue("ada@example.org")
    waits = []
    with time_machine.travel(now(), tick=False) as clock:
        for _turn in range(4):
            assert outbox.send_queued(server, SENDER) == Outcome(waiting=1)
            assert outbox.send_queued(server, SENDER) == Outcome()
            waits.append(row(number).next_at - now())
            clock.shift(waits[-1])
        assert outbox.send_queued(server, SENDER) == Outcome(failed=1)
    assert [wait.total_seconds() / 60 for wait in waits] == [5, 15, 45, 135]
    assert (row(number).status, row(number).attempts, row(number).reason) == ("failed", 5, "451 later")


@pytest.mark.usefixtures("here")
def test_a_server_that_is_away_loses_nothing() -> None:
    (number,) = queue("ada@example.org")
    for _turn in range(7):
        outcome = outbox.send_queued(MailServer("127.0.0.1", 9, Security.NONE), SENDER)
        assert (outcome.sent, outcome.failed, outcome.waiting) == (0, 0, 1)
        assert outcome.reason
    assert (row(number).status, row(number).attempts) == ("queued", 0)


@pytest.mark.usefixtures("here")
def test_a_sender_that_stopped_while_sending_sends_nothing_twice(server: MailServer, box: Box) -> None:
    (number,) = queue("ada@example.org")
    with transaction():
        assert outbox.claim() is not None
    assert outbox.send_queued(server, SENDER) == Outcome()
    with transaction() as session:
        session.execute(update(MailRow).values(claimed_at=now() - datetime.timedelta(hours=1)))
    assert outbox.send_queued(server, SENDER) == Outcome()
    assert (row(number).status, row(number).reason) == ("failed", outbox.INTERRUPTED)
    assert box.taken == []


def test_a_claim_is_one_senders_on_both_databases(app: Flask) -> None:
    with app.app_context():
        first, second = queue("ada@example.org", "bob@example.org")
        with transaction():
            assert [row.id for row in (outbox.claim(), outbox.claim()) if row] == [first, second]
            assert outbox.claim() is None
        db.session.remove()


@pytest.mark.usefixtures("here")
def test_no_address_no_mail() -> None:
    with pytest.raises(DomainError), transaction():
        outbox.queue(MAIL, to="ada@example.org\r\nBcc: x@example.org", person="a", purpose="digest")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-nodes"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(made), *named]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_over_tls_with_user_and_password(
    security: Security, box: Box, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)

    def admit(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"ada", b"s3cret word"), handled=False)

    settings: dict[str, Any] = {"authenticator": admit, "auth_required": security is Security.STARTTLS}
    if security is Security.TLS:
        controller = Controller(
            box, hostname="localhost", port=0, ssl_context=context, auth_require_tls=False, **settings
        )
    else:
        controller = Controller(
            box, hostname="localhost", port=0, tls_context=context, require_starttls=True, **settings
        )
    (number,) = queue("ada@example.org")
    with started(controller) as port:
        asked = MailServer("localhost", port, security, "ada", "s3cret word")
        refused = outbox.send_queued(asked, SENDER)  # nobody vouches for the certificate
        assert "certificate" in refused.reason.lower()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        wrong = outbox.send_queued(MailServer("localhost", port, security, "ada", "wrong word"), SENDER)
        assert wrong.reason.startswith("the server does not accept the user or the password")
        assert "wrong word" not in row(number).reason
        assert box.taken == []
        assert outbox.send_queued(asked, SENDER) == Outcome(sent=1)
    assert len(box.taken) == 1

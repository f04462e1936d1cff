"""Mail: the settings of a server, what a message is made of, and that nothing in it begins a header."""

import datetime
import email
import email.policy
from email.message import EmailMessage
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.config import read_config
from cpi1540.foundation.errors import DomainError, Misconfigured
from cpi1540.foundation.mail import (
    Line,
    Mail,
    MailServer,
    Part,
    Security,
    mail_address,
    message_of,
    read_mail_server,
    sender_of,
)

AT = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)
MAIL = Mail(
    "ar",
    "1540 سجل",
    ("هذا ما يحين أجله.",),
    (Part("طلبات", (Line("R-2026-014 <b>", "https://1540.example.org/ar?a=1&b=2"), Line("ثان"))),),
    ("ليس أكثر من مرة في اليوم.",),
)


def message(
    subject: str = "S", to: str = "ada@example.org", sender: str = "1540@example.org", **more: str
) -> EmailMessage:
    parts = {"language": "ar", "text": MAIL.text, "html": MAIL.html, "message_id": "abc", **more}
    made = message_of(sender=sender, to=to, subject=subject, at=AT, **parts)
    return cast(EmailMessage, email.message_from_bytes(made.as_bytes(), policy=email.policy.default))


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp://ada:s%40crt@mail.example.org",
            MailServer("mail.example.org", 587, Security.STARTTLS, "ada", "s@crt"),
        ),
        ("smtps://mail.example.org:466", MailServer("mail.example.org", 466, Security.TLS)),
        ("smtps://mail.example.org/", MailServer("mail.example.org", 465, Security.TLS)),
        ("smtp://127.0.0.1:2525?tls=none", MailServer("127.0.0.1", 2525, Security.NONE)),
        ("smtp://relay?tls=none", MailServer("relay", 25, Security.NONE)),
    ],
)
def test_a_server_is_read(url: str, server: MailServer) -> None:
    assert read_mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://a",
        "smtp://",
        "smtp://a:70000",
        "smtp://[a",
        "smtp://a/path",
        "smtp://a?tls=yes",
        "smtps://a?tls=none",
        "smtp://u:hidden@a?tls=none",
        "smtp://u:hidden@a?x=1",
    ],
)
def test_what_is_no_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        read_mail_server(url)
    assert "hidden" not in str(refused.value)


def test_the_settings_of_mail() -> None:
    config = read_config(
        {"CPI1540_SMTP_URL": "smtp://u:hidden@h", "CPI1540_MAIL_FROM": "The 1540 record <r@example.org>"}
    )
    assert config.mail_server is not None
    assert (config.mail_server.host, config.mail_from) == ("h", "The 1540 record <r@example.org>")
    assert "hidden" not in repr(config)
    assert "hidden" not in repr(config.mail_server)
    assert read_config({}).mail_server is None
    assert read_config({"CPI1540_ADDRESS": "https://1540.example.org/"}).address == "https://1540.example.org"
    for wrong in ({"CPI1540_SMTP_URL": "smtp://h"}, {"CPI1540_SMTP_URL": "smtp://h", "CPI1540_MAIL_FROM": "nobody"}):
        with pytest.raises(Misconfigured, match="CPI1540_MAIL_FROM"):
            read_config(wrong)
    with pytest.raises(Misconfigured, match="CPI1540_ADDRESS"):
        read_config({"CPI1540_ADDRESS": "1540.example.org"})


def test_a_message_has_both_texts_and_their_direction() -> None:
    read = message("سجل 1540")
    assert read["Subject"] == "سجل 1540"
    assert (read["To"], read["From"], read["Content-Language"]) == ("ada@example.org", "1540@example.org", "ar")
    assert (read["Message-ID"], read["Auto-Submitted"]) == ("<abc@example.org>", "auto-generated")
    plain, html = read.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == (
        "هذا ما يحين أجله.\n\nطلبات\n- R-2026-014 <b>\n  https://1540.example.org/ar?a=1&b=2\n- ثان\n\n"
        "ليس أكثر من مرة في اليوم.\n"
    )
    shown = html.get_content()
    assert '<html lang="ar" dir="rtl">' in shown
    assert '<a href="https://1540.example.org/ar?a=1&amp;b=2">R-2026-014 &lt;b&gt;</a>' in shown
    assert "<script" not in shown


@given(st.text(max_size=60))
def test_no_subject_begins_a_header(noise: str) -> None:
    read = message(f"A\r\nBcc: thief@example.org\r\n{noise}")
    assert read["Bcc"] is None
    assert set(read.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a@b@c",
        "ada@example.org, bob@example.org",
        "ada@example.org\nBcc: thief@example.org",
        "Ada <ada@example.org>",
        "ada@example..org",
        "аda@example.org",
        f"{'a' * 65}@example.org",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(DomainError, match="one address of mail"):
        mail_address(address)
    with pytest.raises(DomainError):
        message(to=address)


def test_a_sender_keeps_its_name_on_one_line() -> None:
    assert mail_address(" ada@example.org ") == "ada@example.org"
    assert sender_of("1540@example.org") == "1540@example.org"
    assert sender_of('"Office, of 1540" <1540@example.org>') == '"Office, of 1540" <1540@example.org>'
    assert "\n" not in sender_of('"A\nBcc: x" <1540@example.org>')

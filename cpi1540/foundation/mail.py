"""Mail: what a message says, how it is written, and the server that takes it.

A message is plain text with simple HTML beside it, in UTF-8 and in its language's direction. Nothing that stands in
a header can begin another one.
"""

import datetime
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from html import escape
from urllib.parse import parse_qs, unquote, urlsplit

from cpi1540.foundation.errors import DomainError, Misconfigured
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.locales import BY_CODE

TIMEOUT = 20.0  # seconds that the server may take for each answer
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class Security(StrEnum):
    """How the way to the server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail. The password never shows when the value is printed."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list in a mail, with the address of the page it leads to, if there is one."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A list under a title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says, in one language: opening sentences, lists, closing sentences."""

    language: str
    subject: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The mail as plain text."""
        blocks = ["\n".join(self.opening)]
        for part in self.parts:
            lines = [f"- {line.text}" + (f"\n  {line.address}" if line.address else "") for line in part.lines]
            blocks.append("\n".join([part.title, *lines]))
        blocks.append("\n".join(self.closing))
        return "\n\n".join(block for block in blocks if block) + "\n"

    @property
    def html(self) -> str:
        """The mail as HTML without pictures, scripts or anything fetched."""
        language = BY_CODE[self.language]
        body = [f"<p>{escape(text)}</p>" for text in self.opening]
        for part in self.parts:
            body.append(f"<h2>{escape(part.title)}</h2>")
            body.append("<ul>" + "".join(f"<li>{_linked(line)}</li>" for line in part.lines) + "</ul>")
        body += [f"<p>{escape(text)}</p>" for text in self.closing]
        return (
            f'<!doctype html><html lang="{language.tag}" dir="{language.direction}"><head><meta charset="utf-8">'
            f"<title>{escape(self.subject)}</title></head><body>{''.join(body)}</body></html>\n"
        )


class CannotSend(Exception):
    """A message was not taken. ``reason`` holds no secret.

    ``permanent``: another try would end the same way, or might send it twice. ``of_server``: it is about the
    server or our access to it, not about this message.
    """

    def __init__(self, reason: str, *, permanent: bool, of_server: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.of_server = reason, permanent, of_server


def read_mail_server(url: str) -> MailServer:
    """The server that ``smtp://USER:PASSWORD@HOST:PORT`` names; Misconfigured, without repeating it, when none.

    ``smtp`` asks for STARTTLS, ``smtps`` speaks TLS from the start. ``?tls=none`` sends in the open, to a server on
    the way that needs no password.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        parts, port, host = urlsplit(""), None, None
    asked = parse_qs(parts.query)
    if not host or parts.scheme not in ("smtp", "smtps") or parts.path not in ("", "/") or set(asked) - {"tls"}:
        raise Misconfigured(
            sentence("CPI1540_SMTP_URL must be of the form smtp://USER:PASSWORD@HOST:PORT or smtps://... .")
        )
    security = Security.TLS if parts.scheme == "smtps" else Security.STARTTLS
    if "tls" in asked:
        if asked["tls"] != ["none"] or security is Security.TLS or parts.password:
            raise Misconfigured(
                sentence("CPI1540_SMTP_URL: tls=none goes with smtp:// and without a password, with nothing else.")
            )
        security = Security.NONE
    default = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}[security]
    return MailServer(host, port or default, security, unquote(parts.username or ""), unquote(parts.password or ""))


def mail_address(text: str) -> str:
    """An address of mail as it is kept; DomainError for what cannot be one."""
    address = text.strip()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or ".." in address:
        raise DomainError(sentence("Write one address of mail, such as name@example.org."))
    return address


def sender_of(text: str) -> str:
    """A sender, ``name@example.org`` or ``Name <name@example.org>``; DomainError for anything else."""
    name, address = parseaddr(text)
    kept = mail_address(address)
    return str(Address(display_name=_one_line(name), addr_spec=kept))


def message_of(
    *, sender: str, to: str, subject: str, language: str, text: str, html: str, message_id: str, at: datetime.datetime
) -> EmailMessage:
    """The message as it goes out; DomainError when an address is none. Line ends in the subject become spaces."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender_of(sender)
    message["To"] = mail_address(to)
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{sender_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, charset="utf-8", cte="base64")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    message["Content-Language"] = BY_CODE[language].tag  # last: what is there before belongs to the first part
    return message


def sender_domain(sender: str) -> str:
    """The domain of a sender's address."""
    return mail_address(parseaddr(sender)[1]).rpartition("@")[2]


@contextmanager
def connected(server: MailServer, timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """A connection to the server, private and signed in as its settings say; CannotSend when there is none."""
    try:
        client = _open(server, timeout)
    except smtplib.SMTPAuthenticationError as error:
        reason = f"the server does not accept the user or the password ({error.smtp_code})"
        raise CannotSend(reason, permanent=False, of_server=True) from None
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise CannotSend(_reason(error, server), permanent=False, of_server=True) from None
    try:
        yield client
    finally:
        with suppress(smtplib.SMTPException, OSError):
            client.quit()


def hand_over(client: smtplib.SMTP, message: EmailMessage, server: MailServer) -> None:
    """Give the server one message; CannotSend when it does not take it.

    When the connection breaks on the way nobody knows whether it arrived: that is permanent, lest it arrive twice.
    """
    try:
        client.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, _answer = next(iter(error.recipients.values()))
        raise CannotSend(_refusals(error, server), permanent=code >= 500) from None
    except smtplib.SMTPSenderRefused as error:
        raise CannotSend(_reason(error, server), permanent=False, of_server=True) from None
    except smtplib.SMTPResponseException as error:
        raise CannotSend(_reason(error, server), permanent=error.smtp_code >= 500) from None
    except (smtplib.SMTPException, OSError) as error:
        reason = f"the connection broke while sending, it may have arrived: {_reason(error, server)}"
        raise CannotSend(reason, permanent=True) from None


def nothing_is_sent() -> Sentence:
    """What a page says where no server of mail is set."""
    return sentence("No mail is sent from this installation: its operator has set no mail server.")


def _open(server: MailServer, timeout: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security is Security.TLS:
        client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=timeout)
    try:
        if server.security is Security.STARTTLS:
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
    except BaseException:
        client.close()
        raise
    return client


def _linked(line: Line) -> str:
    text = escape(line.text)
    return f'<a href="{escape(line.address, quote=True)}">{text}</a>' if line.address else text


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _refusals(error: smtplib.SMTPRecipientsRefused, server: MailServer) -> str:
    code, answer = next(iter(error.recipients.values()))
    return _without_secrets(f"{code} {answer.decode('utf-8', 'replace')}", server)


def _reason(error: Exception, server: MailServer) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = f"{error.smtp_code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
    else:
        text = str(error) or type(error).__name__
    return _without_secrets(text, server)


def _without_secrets(text: str, server: MailServer) -> str:
    """The server's words on one line, shortened; should it repeat user or password, they are left out."""
    for secret in (server.password, server.user):
        text = text.replace(secret, "…") if secret else text
    return _one_line(text)[:200]

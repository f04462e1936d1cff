"""Mail on its way: queued with what it is about, claimed by one sender, sent once or failed with a reason.

``queue`` belongs to the caller's transaction. ``send_queued`` is a door of its own: it commits each claim before
it speaks to the server, so that no second sender takes the same mail, and each outcome after.
"""

import datetime
import secrets
import smtplib
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy import insert, select, update

from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.mail import CannotSend, Mail, MailServer, connected, hand_over, mail_address, message_of
from cpi1540.foundation.tables import MailRow

ATTEMPTS = 5
FIRST_PAUSE = datetime.timedelta(minutes=5)  # then three times as long each time
INTERRUPTED_AFTER = datetime.timedelta(minutes=30)
INTERRUPTED = "the sender stopped while sending, it may have arrived"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one run: how many mails were sent, failed for good, and wait for another try."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    reason: str = ""  # why the server could not be used at all


def queue(mail: Mail, *, to: str, person: str, purpose: str) -> int:
    """Put a mail to ``person`` (an actor id) into the outbox and return its number; DomainError for no address."""
    values = {
        "to_address": mail_address(to),
        "person": person,
        "purpose": purpose,
        "language": mail.language,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "message_id": secrets.token_hex(16),
        "queued_at": now(),
        "next_at": now(),
        "status": "queued",
        "attempts": 0,
        "reason": "",
    }
    return db.session.execute(insert(MailRow).values(**values).returning(MailRow.id)).scalar_one()


@dataclass(frozen=True, slots=True)
class NotSent:
    """A mail that is not sent, yet or for good, and why."""

    id: int
    to: str
    status: str
    attempts: int
    queued_at: datetime.datetime
    reason: str


def not_sent() -> list[NotSent]:
    """Every mail that is not sent, oldest first."""
    query = select(MailRow).where(MailRow.status != "sent").order_by(MailRow.id)
    return [
        NotSent(row.id, row.to_address, row.status, row.attempts, row.queued_at, row.reason)
        for row in db.session.scalars(query)
    ]


def send_queued(server: MailServer, sender: str, limit: int = 500) -> Outcome:
    """Send what is queued and due, oldest first, each mail once.

    The text of a mail is dropped once it is sent. A mail that the server cannot take now waits longer each time,
    and fails after five tries. When the server itself cannot be used, the run ends and says why.
    """
    with transaction():
        give_up_interrupted()
    sent = failed = waiting = 0
    with ExitStack() as stack:
        client: smtplib.SMTP | None = None
        for _turn in range(limit):
            with transaction():
                claimed = claim()
            if claimed is None:
                break
            try:
                if client is None:
                    client = stack.enter_context(connected(server))
                hand_over(client, _message(claimed, sender), server)
            except CannotSend as refused:
                with transaction():
                    final = put_back(claimed, refused)
                failed, waiting = failed + final, waiting + (not final)
                if refused.of_server:
                    return Outcome(sent, failed, waiting, refused.reason)
                if refused.permanent:  # perhaps a broken connection: the next mail gets a new one
                    stack.close()
                    client = None
            else:
                with transaction():
                    note_sent(claimed.id)
                sent += 1
    return Outcome(sent, failed, waiting)


def claim() -> MailRow | None:
    """Take the oldest mail that is due; nobody else gets it. Commit before sending it."""
    at = now()
    oldest = (
        select(MailRow.id)
        .where(MailRow.status == "queued", MailRow.next_at <= at)
        .order_by(MailRow.next_at, MailRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    number = db.session.scalar(oldest)
    taken = (
        update(MailRow)
        .where(MailRow.id == number, MailRow.status == "queued")
        .values(status="sending", claimed_at=at, attempts=MailRow.attempts + 1)
        .returning(MailRow)
    )
    row = db.session.scalars(taken, execution_options={"populate_existing": True}).one_or_none()
    if row is not None:
        db.session.expunge(row)
    return row


def note_sent(number: int) -> None:
    """The server took the mail; what it said is dropped, that it was sent is kept."""
    db.session.execute(
        update(MailRow).where(MailRow.id == number).values(status="sent", sent_at=now(), text="", html="", reason="")
    )


def put_back(mail: MailRow, refused: CannotSend) -> bool:
    """Queue the mail again for later, or note that it failed; whether it failed for good."""
    # A fault of the server's is no fault of the mail's, and is not counted against it.
    attempts = mail.attempts - refused.of_server
    final = refused.permanent or attempts >= ATTEMPTS
    pause = FIRST_PAUSE * 3 ** max(0, attempts - 1)
    after = update(MailRow).where(MailRow.id == mail.id)
    db.session.execute(
        after.values(
            status="failed" if final else "queued",
            attempts=attempts,
            reason=refused.reason,
            next_at=now() if refused.of_server else now() + pause,
        )
    )
    return final


def give_up_interrupted() -> None:
    """A mail claimed long ago by a sender that never came back may have arrived: it is not sent again."""
    old = MailRow.claimed_at < now() - INTERRUPTED_AFTER
    ended = update(MailRow).where(MailRow.status == "sending", old).values(status="failed", reason=INTERRUPTED)
    db.session.execute(ended)


def _message(row: MailRow, sender: str) -> EmailMessage:
    return message_of(
        sender=sender,
        to=row.to_address,
        subject=row.subject,
        language=row.language,
        text=row.text,
        html=row.html,
        message_id=row.message_id,
        at=now(),
    )

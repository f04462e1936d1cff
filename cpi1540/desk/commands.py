"""``cpi1540 mail``: digest, send, list."""

from collections.abc import Mapping

import click
from flask import current_app, g

from cpi1540.assistance.procedure.service import calendar
from cpi1540.desk.service import digest
from cpi1540.foundation import outbox
from cpi1540.foundation.addresses import MEMBERS, PRACTICE
from cpi1540.foundation.command_line import command, json_option, practice_option, print_json
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import say
from cpi1540.foundation.mail import MailServer, nothing_is_sent
from cpi1540.foundation.messages import plural_sentence, sentence
from cpi1540.people.service import mail_choices


@click.group("mail")
def mail() -> None:
    """Mail: reminders into the outbox, the outbox to the mail server. Both are for a timetable (cron)."""


@mail.command("digest")
@click.option("--dry-run", is_flag=True, help="Print the reminders; queue nothing.")
@practice_option
@json_option
@command
def digest_(dry_run: bool, practice: bool, as_json: bool) -> None:
    """Queue today's reminder for each person who wants one; at most one a day."""
    if not dry_run:
        _server()
    on, link = calendar.today(), _links(practice)
    made = []
    for reminded, written in list(digest.digests(on, link, practice=practice)):
        if dry_run:
            if not as_json:
                click.echo(f"{reminded.choice.address}\n{written.subject}\n\n{written.text}")
        else:
            with transaction():
                if not mail_choices.claim_day(reminded.actor, on):
                    continue
                outbox.queue(written, to=reminded.choice.address, person=reminded.actor.id, purpose="digest")
        made.append({"person": reminded.actor.id, "language": written.language, "subject": written.subject})
    if as_json:
        print_json({"day": str(on), "dry_run": dry_run, "digests": made})
        return
    n = len(made)
    told = (
        plural_sentence("%(n)s reminder would be queued.", "%(n)s reminders would be queued.", n)
        if dry_run
        else plural_sentence("%(n)s reminder is queued.", "%(n)s reminders are queued.", n)
    )
    click.echo(say(told), err=dry_run)


@mail.command("send")
@json_option
@command
def send(as_json: bool) -> None:
    """Send what is queued and due. Exit status 1 when the server cannot be used or a mail failed for good."""
    outcome = outbox.send_queued(_server(), current_app.config["CPI1540"].mail_from)
    if as_json:
        print_json({"sent": outcome.sent, "failed": outcome.failed, "waiting": outcome.waiting})
    else:
        click.echo(
            say(
                sentence(
                    "Sent: %(sent)s. Failed for good: %(failed)s. Waiting for another try: %(waiting)s.",
                    sent=str(outcome.sent),
                    failed=str(outcome.failed),
                    waiting=str(outcome.waiting),
                )
            )
        )
    if outcome.reason:
        raise DomainError(sentence("The mail server cannot be used: %(reason)s", reason=outcome.reason))
    if outcome.failed:
        raise click.exceptions.Exit(1)


@mail.command("list")
@json_option
@command
def list_(as_json: bool) -> None:
    """What waits in the outbox and what failed, with the reasons."""
    listed = outbox.not_sent()
    if as_json:
        print_json(
            [
                {
                    "mail": each.id,
                    "to": each.to,
                    "status": each.status,
                    "attempts": each.attempts,
                    "queued_at": each.queued_at.isoformat(),
                    "reason": each.reason,
                }
                for each in listed
            ]
        )
        return
    for each in listed:
        click.echo(f"{each.id}  {each.status}  {each.attempts}  {each.to}  {each.reason}".rstrip())


def _server() -> MailServer:
    server: MailServer | None = current_app.config["CPI1540"].mail_server
    if server is None:
        raise DomainError(nothing_is_sent())
    return server


def _links(practice: bool) -> digest.Link:
    """How a mail gives the address of a page: in full when it is known where people open the portal, else not."""
    base: str = current_app.config["CPI1540"].address
    adapter = current_app.url_map.bind("localhost")

    def link(endpoint: str, values: Mapping[str, object]) -> str:
        if not base or endpoint not in current_app.view_functions:
            return ""
        asked = {"lang": g.language, **values}
        if any("record" in (rule.defaults or {}) for rule in current_app.url_map.iter_rules(endpoint)):
            asked["record"] = PRACTICE if practice else MEMBERS
        return base + adapter.build(endpoint, asked)

    return link

"""``cpi1540 people``: invite, role, list, disable, enable."""

import click
from flask import current_app, g

from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.command_line import command, json_option, print_json
from cpi1540.foundation.database import transaction
from cpi1540.foundation.languages import instant, say
from cpi1540.foundation.messages import sentence
from cpi1540.people import messages
from cpi1540.people.service import accounts, invitations
from cpi1540.people.service.directory import EVERYWHERE

ROLE = click.Choice([role.value for role in Role])
SCOPE_HELP = "all, a regional group or a State's code."


@click.group("people")
def people() -> None:
    """People: who has an account, in which roles, and where."""


@people.command("invite")
@click.argument("name")
@click.option("--sign-in", "sign_in_name", required=True, help="The name to sign in with.")
@click.option("--role", type=ROLE, required=True)
@click.option("--scope", default=EVERYWHERE, show_default=True, help=SCOPE_HELP)
@json_option
@command
def invite(name: str, sign_in_name: str, role: str, scope: str, as_json: bool) -> None:
    """Make an account and print the path of the link by which NAME sets a password."""
    with transaction():
        link = invitations.invite(sign_in_name, name, [(Role(role), scope)], SYSTEM)
    path = current_app.url_map.bind("localhost").build("invitation.page", {"lang": g.language, "token": link.token})
    if as_json:
        print_json({"actor": link.actor, "link": path})
        return
    click.echo(path)
    click.echo(say(sentence("The link opens once, within seven days. Hand it over by a safe way.")), err=True)


@people.command("role")
@click.argument("name")
@click.argument("act", type=click.Choice(["add", "remove"]))
@click.argument("role", type=ROLE)
@click.option("--scope", default=EVERYWHERE, show_default=True, help=SCOPE_HELP)
@command
def role_(name: str, act: str, role: str, scope: str) -> None:
    """Give a role to the person who signs in as NAME, or take it away."""
    with transaction():
        person = accounts.account_named(name, SYSTEM)
        change = accounts.grant if act == "add" else accounts.revoke
        change(person.actor, Role(role), scope, SYSTEM)


@people.command("list")
@json_option
@command
def list_(as_json: bool) -> None:
    """Every account, by name."""
    listed = accounts.people(SYSTEM)
    if as_json:
        print_json(
            [
                {
                    "actor": person.actor,
                    "sign_in": person.sign_in_name,
                    "name": say(person.name) if person.demo else person.name,
                    "roles": [{"role": held.role, "scope": held.scope} for held in person.held],
                    "status": person.standing,
                    "demo": person.demo,
                    "last_seen": person.seen_at.isoformat() if person.seen_at else None,
                }
                for person in listed
            ]
        )
        return
    for person in listed:
        roles = ", ".join(f"{held.role}: {held.scope}" for held in person.held)
        seen = instant(person.seen_at) if person.seen_at else "-"
        words = (person.sign_in_name, person.name, say(messages.STANDINGS[person.standing]), roles or "-", seen)
        click.echo("  ".join(words))


@people.command("disable")
@click.argument("name")
@command
def disable(name: str) -> None:
    """Switch off the account of the person who signs in as NAME; its sessions end."""
    with transaction():
        accounts.disable(accounts.account_named(name, SYSTEM).actor, SYSTEM)


@people.command("enable")
@click.argument("name")
@command
def enable(name: str) -> None:
    """Switch that account on again."""
    with transaction():
        accounts.enable(accounts.account_named(name, SYSTEM).actor, SYSTEM)

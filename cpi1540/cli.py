"""The command line ``cpi1540``: Flask's command group, with the commands of every wing."""

import logging
import signal
import socket
import sys
import time
from contextlib import nullcontext

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo

from cpi1540 import paths
from cpi1540.app import create_app
from cpi1540.assistance.commands import assistance
from cpi1540.briefing.commands import chart
from cpi1540.briefing.packs.commands import briefing
from cpi1540.coverage.commands import coverage, gaps, histogram, status_table
from cpi1540.desk import installation
from cpi1540.desk.commands import mail
from cpi1540.desk.practice import loading as practice
from cpi1540.desk.practice import offer_work
from cpi1540.exchange.commands import export, import_
from cpi1540.foundation import upgrades
from cpi1540.foundation.command_line import command, json_option, print_json, setup_command
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, Misconfigured
from cpi1540.foundation.jobs import worker as background
from cpi1540.foundation.jobs.commands import worker_
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.commands import matrix
from cpi1540.people.commands import people
from cpi1540.people.service import demo as demonstration
from cpi1540.states.commands import commitments, states

PORT = 8540
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.group()
@click.version_option(package_name="cpi1540")
@click.pass_context
def main(context: click.Context) -> None:
    """The record of what States have done under Security Council resolution 1540 (2004)."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    context.obj = ScriptInfo(create_app=_create, set_debug_flag=False)


def _create() -> Flask:
    try:
        return create_app()
    except DomainError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from error


@main.command()
@setup_command
def init() -> None:
    """Create or upgrade the database and load the reference data; safe to run again."""
    _set_up()


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option("--no-serve", is_flag=True, help="Set everything up, but do not serve.")
@setup_command
def demo(port: int, no_serve: bool) -> None:
    """Set up, make demo accounts and serve on this machine only."""
    if not no_serve:
        _ensure_free("127.0.0.1", port)
    _set_up()
    with Step(say(sentence("Practice record"))):
        practice.load(paths.SEED)
    with Step(say(sentence("Demo accounts"))):
        accounts = demonstration.new_passwords()
        with transaction():
            demonstration.make_demo_accounts(accounts)
            offer_work.give_to_demo_contact()
    click.echo()
    width = max(len(account.sign_in_name) for account in accounts)
    for account in accounts:
        click.echo(f"  {account.sign_in_name:<{width}}  {account.password}")
    click.echo()
    if not no_serve:
        _serve("127.0.0.1", port, "practice")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option("--no-worker", is_flag=True, help="Leave background work to `cpi1540 worker`.")
@command
def serve(host: str, port: int, no_worker: bool) -> None:
    """Serve the portal, and do its background work."""
    if host not in LOOPBACK and demonstration.has_demo_accounts():
        raise Misconfigured(
            sentence("This database has demo accounts: it is served on this machine only. Use another database.")
        )
    _ensure_free(host, port)
    _serve(host, port, worker=not no_worker)


@main.group()
def data() -> None:
    """Look after the data."""


@data.command()
@json_option
@command
def check(as_json: bool) -> None:
    """Check the audit's chain and the record's own rules."""
    checks = installation.checks()
    ok = all(entry.ok for entry in checks)
    if as_json:
        listed = [{"name": entry.name, "ok": entry.ok, "detail": say(entry.detail)} for entry in checks]
        print_json({"ok": ok, "checks": listed})
    else:
        for entry in checks:
            click.echo(f"{'ok ' if entry.ok else 'NOT OK'}  {entry.name}  {say(entry.detail)}")
    if not ok:
        raise click.exceptions.Exit(1)


def _set_up() -> None:
    with Step(say(sentence("Database"))):
        upgrades.upgrade()
    with Step(say(sentence("Reference data"))):
        installation.load_reference_data(paths.SEED)


class Step:
    """Say what is being done and how long it took, on standard error."""

    def __init__(self, title: str) -> None:
        self.title = title

    def __enter__(self) -> None:
        self.start = time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            click.echo(f"{self.title}: {time.perf_counter() - self.start:.1f} s", err=True)


def _ensure_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured(
                sentence(
                    "Port %(port)s on %(host)s cannot be used (%(reason)s). Choose another with --port.",
                    port=str(port),
                    host=host,
                    reason=error.strerror or "",
                )
            ) from error


def _serve(host: str, port: int, page: str = "", *, worker: bool = True) -> None:
    from waitress.server import create_server

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    # The headers of a proxy stay: CPI1540_PROXIES says how many of them are believed, and any of them shows that
    # a request does not come from this machine.
    server = create_server(app, host=host, port=port, threads=8, ident="cpi1540", clear_untrusted_proxy_headers=False)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{port}/{page}")
    sys.stdout.flush()
    # A terminated server ends like an interrupted one: the worker hands back the job it holds.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with background.beside(app) if worker else nullcontext():
        try:
            server.run()
        except KeyboardInterrupt:
            server.close()


for each in (
    states,
    commitments,
    matrix,
    coverage,
    gaps,
    histogram,
    status_table,
    assistance,
    chart,
    briefing,
    people,
    mail,
    worker_,
):
    main.add_command(each)
for each in (export, import_):
    matrix.add_command(each)

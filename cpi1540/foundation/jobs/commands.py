"""``cpi1540 worker``: does background work."""

import click
from flask import current_app

from cpi1540.foundation.command_line import command
from cpi1540.foundation.jobs import worker
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import plural_sentence


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what waits, then end.")
@command
def worker_(once: bool) -> None:
    """Do background work until ended by SIGTERM or SIGINT; what is begun is handed back at its next step."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with worker.until_told() as ending:
        if once:
            n = worker.work_off(app, ending)
            click.echo(say(plural_sentence("%(n)s job was taken up.", "%(n)s jobs were taken up.", n)), err=True)
        else:
            worker.work(app, ending)

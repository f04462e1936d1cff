"""``cpi1540 chart``."""

import datetime
from pathlib import Path
from typing import Any

import click

from cpi1540.briefing.chart_kinds import CHARTS, FORMS
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.command_line import (
    Scope,
    as_of_option,
    command,
    json_option,
    print_json,
    scope_options,
)
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.states import service as states

NAMES = [kind.name for kind in CHARTS]


@click.command("chart")
@click.argument("chart_name", metavar="NAME", type=click.Choice(NAMES), required=False)
@scope_options(required=False)
@click.option("--list", "list_names", is_flag=True, help="List the charts, one name a line.")
@click.option("--by", type=click.Choice(["section", "group", "state"]), default="section", show_default=True)
@as_of_option
@click.option("--draft", is_flag=True, help="Each State's newest version instead of the effective one.")
@click.option("--profile", default="equal", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMS), help="Taken from the file's name when left out.")
@click.option("-o", "--output", type=click.Path(path_type=Path))
@json_option
@command
def chart(
    scope: Scope,
    chart_name: str | None,
    list_names: bool,
    by: Any,
    as_of: datetime.date | None,
    draft: bool,
    profile: str,
    form: Any,
    output: Path | None,
    as_json: bool,
) -> None:
    """Draw a chart of the record into a file."""
    if list_names:
        _list(as_json)
        return
    if chart_name is None or output is None or not scope.given:
        raise click.UsageError("give NAME, a scope (States, --group G or --all) and -o FILE; or --list")
    form = form or output.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise click.UsageError(f"--format is one of {', '.join(FORMS)}")
    # matplotlib takes a second to load, which no other command should wait for.
    from cpi1540.briefing import service

    question = Question(as_of=as_of, draft=draft, profile=profile)
    values = service.coverage_chart(states.in_scope(scope), question, by, SYSTEM, group=scope.group)
    try:
        write_whole(output, service.picture(values, form))
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be written (%(reason)s).", file=str(output), reason=error.strerror or "")
        ) from error


def _list(as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "name": kind.name,
                    "title": say(kind.title),
                    "dates": kind.dates,
                    "formats": list(kind.formats),
                }
                for kind in CHARTS
            ]
        )
        return
    for kind in CHARTS:
        click.echo(kind.name)

"""``cpi1540 chart``."""

import datetime
from pathlib import Path
from typing import Any

import click

from cpi1540.briefing.chart_kinds import CHARTS, FORMS, ChartKind, kind_named
from cpi1540.coverage.commands import narrowing_asked, narrowing_options
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.command_line import (
    DAY,
    Scope,
    as_of_option,
    command,
    json_option,
    print_json,
    scope_options,
)
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.states import service as states

NAMES = [kind.name for kind in CHARTS]
NUMBERS = ("csv", "xlsx")


@click.command("chart")
@click.argument("chart_name", metavar="NAME", type=click.Choice(NAMES), required=False)
@scope_options(required=False)
@click.option("--list", "list_names", is_flag=True, help="List the charts, one name a line.")
@click.option("--by", type=click.Choice(["section", "group", "state"]), help="How to break the figures down.")
@click.option("--from", "since", type=DAY, help="The earlier day of a chart that takes two (YYYY-MM-DD).")
@click.option("--to", "until", type=DAY, help="The later day. Default: today.")
@as_of_option
@narrowing_options
@click.option("--draft", is_flag=True, help="Each State's newest version instead of the effective one.")
@click.option("--profile", default="equal", show_default=True)
@click.option("--format", "form", type=click.Choice([*FORMS, *NUMBERS]), help="Taken from the file's name if left out.")
@click.option("--narrow", is_flag=True, help="In the shape for phones.")
@click.option("-o", "--output", type=click.Path(path_type=Path))
@json_option
@command
def chart(
    scope: Scope,
    chart_name: str | None,
    list_names: bool,
    by: Any,
    since: datetime.date | None,
    until: datetime.date | None,
    as_of: datetime.date | None,
    lens: str | None,
    section: str | None,
    domain: str | None,
    aspect: str | None,
    draft: bool,
    profile: str,
    form: Any,
    narrow: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Draw a chart of the record into a file, or write the numbers behind it."""
    if list_names:
        _list(as_json)
        return
    if chart_name is None or output is None or not scope.given:
        raise click.UsageError("give NAME, a scope (States, --group G or --all) and -o FILE; or --list")
    form = form or output.suffix.lstrip(".").lower()
    if form not in (*FORMS, *NUMBERS):
        raise click.UsageError(f"--format is one of {', '.join((*FORMS, *NUMBERS))}")
    kind = kind_named(chart_name)
    figures = Question(_day(kind, since, until, as_of), draft, profile, narrowing_asked(section, domain, aspect), lens)
    # matplotlib takes a second to load, which no other command should wait for.
    from cpi1540.briefing.service import files
    from cpi1540.briefing.service.making import make
    from cpi1540.briefing.service.questions import ChartQuestion

    chosen = states.in_scope(scope)
    practice = scope.practice or any(state.practice for state in chosen)
    question = ChartQuestion(tuple(chosen), figures, scope.group, bool(scope.states), practice, by, since)
    made = make(chart_name, question, SYSTEM)
    content = files.file(made.chart, form, narrow=narrow)
    try:
        write_whole(output, content)
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be written (%(reason)s).", file=str(output), reason=error.strerror or "")
        ) from error
    with transaction():
        files.keep(made, {files.name_of(form, narrow=narrow): content}, SYSTEM)


def _day(
    kind: ChartKind, since: datetime.date | None, until: datetime.date | None, as_of: datetime.date | None
) -> datetime.date | None:
    if since is not None and kind.dates < 2:
        raise click.UsageError(f"{kind.name} takes no earlier day: leave --from out")
    if until is not None and as_of is not None:
        raise click.UsageError("give --to or --as-of, not both")
    return until or as_of


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

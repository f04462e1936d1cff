"""``cpi1540 assistance``."""

import datetime
from pathlib import Path

import click

from cpi1540.assistance.matching.matches_json import match_json, plan_json
from cpi1540.assistance.matching.service import matches
from cpi1540.assistance.messages import HOLIDAY_PROBLEMS
from cpi1540.assistance.outcomes.messages import ACTS_DONE
from cpi1540.assistance.outcomes.report_json import report_json
from cpi1540.assistance.outcomes.service import reporting
from cpi1540.assistance.planning.service import plans
from cpi1540.assistance.procedure.holidays_csv import read_holidays
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.requests_json import list_json
from cpi1540.assistance.requests.service import lists, reading
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.command_line import as_of_option, command, json_option, practice_option, print_json
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import name, say, share
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence


@click.group("assistance")
def assistance() -> None:
    """Requests for assistance, and the Committee's procedure for them."""


@assistance.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only requests that are open.")
@practice_option
@json_option
@command
def list_(only_open: bool, practice: bool, as_json: bool) -> None:
    """List the requests of one record: step, date due, needs."""
    filters = lists.OPEN if only_open else lists.EVERYTHING
    found = lists.listing(filters, SYSTEM, practice=practice, size=None)
    if as_json:
        print_json(list_json(found.lines))
        return
    for line in sorted(found.lines, key=lambda line: line.request.id):
        request, standing = line.request, line.standing
        requester = request.values.requester
        step = f"{int(standing.step)}" if standing.step else request.status.value
        late = f"  +{standing.overdue}" if standing.overdue else ""
        who = requester.organization or ", ".join(requester.states)
        click.echo(f"{request.id}  {who}  {step}  {standing.due or '-'}{late}")
    click.echo(f"{found.total} requests, {found.overdue} overdue", err=True)


@assistance.command("match")
@click.argument("request_id", metavar="REQUEST")
@practice_option
@as_of_option
@json_option
@command
def match(request_id: str, practice: bool, as_of: datetime.date | None, as_json: bool) -> None:
    """Say which offers fit each need of a request, which nearly fit, and whom one may ask."""
    request = reading.find(request_id, SYSTEM, practice=True if practice else None)
    found = matches.for_request(request, SYSTEM, on=as_of)
    if as_json:
        print_json(match_json(request.id, [(each.told, each.mandates) for each in found.needs], say))
        return
    for each in found.needs:
        click.echo(f"{each.need.id}  {each.fitting}")
        for candidate in each.told.candidates:
            click.echo(f"  {candidate.score:.2f}  {candidate.offer}  {found.offers[candidate.offer].title}")
        for miss in each.told.near_misses:
            told = " ".join(say(obstacle.because) for obstacle in miss.obstacles)
            click.echo(f"  -     {miss.offer}  {told}")
        for provider, because in each.mandates:
            click.echo(f"  ?     {provider}  {name(found.providers[provider].names)}  {say(because)}")
    click.echo(f"{found.weights.label}, {found.on}", err=True)


@assistance.command("plan")
@click.option("--fairness", type=click.FloatRange(0, 1), default=0.0, help="How much fairness counts, 0 to 1.")
@practice_option
@as_of_option
@json_option
@command
def plan(fairness: float, practice: bool, as_of: datetime.date | None, as_json: bool) -> None:
    """Make the plan over all open needs of one record; nothing is written."""
    made = plans.plan(practice, SYSTEM, fairness=fairness, on=as_of)
    if as_json:
        print_json(plan_json(made.plan, say))
        return
    for each in made.plan.assignments:
        click.echo(f"{each.need}  {each.offer}  {each.value:.2f}  {made.offers[each.offer].title}")
    for unmet in made.plan.unmet:
        click.echo(f"{unmet.need}  -  {say(unmet.because)}")
    told = sentence(
        "Total %(total)s, upper bound %(bound)s, best pair first %(greedy)s; weights %(weights)s, as of %(date)s.",
        total=share(made.plan.total),
        bound=share(made.plan.upper_bound),
        greedy=share(made.plan.greedy_total),
        weights=made.weights.label,
        date=made.on,
    )
    click.echo(say(told), err=True)


@assistance.command("report")
@click.argument("year", type=click.IntRange(2004, 2100))
@practice_option
@json_option
@command
def report(year: int, practice: bool, as_json: bool) -> None:
    """Report a year: requests, needs, offers, matches, and how long each step took."""
    found = reporting.report(year, practice=practice)
    if as_json:
        print_json(report_json(found, say))
        return
    whole = found.whole
    counts = {"requests": whole.requests, "needs": whole.needs, "offers": whole.offers, "matches": whole.matches}
    click.echo("  ".join((str(year), *(f"{what} {count}" for what, count in counts.items()))))
    for act, count in found.acts.items():
        click.echo(f"  {count:>4}  {say(ACTS_DONE[act])}")


@assistance.group("holidays")
def holidays() -> None:
    """The days on which the Committee's office does not work."""


@holidays.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@command
def load(file: Path) -> None:
    """Load a CSV file of dates and names; it replaces the tables of the years it names."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be read (%(reason)s).", file=str(file), reason=error.strerror or "")
        ) from error
    table = read_holidays(content)
    for problem in table.problems:
        click.echo(f"{problem.where}  {say(Sentence(HOLIDAY_PROBLEMS[problem.code], problem.params))}", err=True)
    if table.problems:
        raise click.exceptions.Exit(1)
    with transaction():
        years = calendar.load_holidays(table.days, SYSTEM)
    told = plural_sentence(
        "%(n)s holiday is loaded for %(years)s.",
        "%(n)s holidays are loaded for %(years)s.",
        len(table.days),
        years=", ".join(str(year) for year in years),
    )
    click.echo(say(told), err=True)


@holidays.command("list")
@command
def listed() -> None:
    """List the holidays loaded."""
    for day, called in calendar.named_holidays().items():
        click.echo(f"{day}  {called}")

"""``cpi1540 coverage`` and ``cpi1540 gaps``."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from cpi1540.coverage.figures import Figure
from cpi1540.coverage.figures_json import coverage_json, status_table_json
from cpi1540.coverage.gaps.gap_list_json import gaps_json
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service import figures as coverage_figures
from cpi1540.coverage.service import gap_lists, statistics, status_tables
from cpi1540.coverage.service import uncertainty as uncertainties
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.service.uncertainty import Uncertainty
from cpi1540.coverage.statistics.statistics_json import histograms_json
from cpi1540.coverage.statistics.status_table import Pair
from cpi1540.coverage.uncertainty.bands import DRAWS, MOST_DRAWS, SEED
from cpi1540.coverage.uncertainty.bands_json import add_bands
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.command_line import (
    ASPECTS,
    DAY,
    DOMAINS,
    Scope,
    as_of_option,
    command,
    json_option,
    practice_option,
    print_json,
    scope_options,
)
from cpi1540.foundation.languages import say, share
from cpi1540.matrix.layout import SECTION_CODES, Aspect, Domain
from cpi1540.states import service as states
from cpi1540.states.state import State

F = TypeVar("F", bound=Callable[..., Any])


def narrowing_options(function: F) -> F:
    """``--lens``, ``--section``, ``--domain``, ``--aspect``."""
    for option in (
        click.option("--aspect", type=click.Choice(ASPECTS)),
        click.option("--domain", type=click.Choice(DOMAINS)),
        click.option("--section", type=click.Choice(SECTION_CODES)),
        click.option("--lens", default=None, help="Only the rows of this lens."),
    ):
        function = option(function)
    return function


draft_option = click.option("--draft", is_flag=True, help="Each State's newest version instead of the effective one.")
profile_option = click.option("--profile", default="equal", show_default=True, help="The profile of weights.")


def uncertainty_options(function: F) -> F:
    """``--uncertainty``, ``--draws``, ``--seed``."""
    for option in (
        click.option("--seed", type=click.IntRange(min=0), help=f"Of the draws. Default: {SEED}."),
        click.option("--draws", type=click.IntRange(1, MOST_DRAWS), help=f"How many. Default: {DRAWS}."),
        click.option("--uncertainty", is_flag=True, help="Also the band between 5 and 95 in 100 of random draws."),
    ):
        function = option(function)
    return function


@click.command("coverage")
@scope_options()
@narrowing_options
@as_of_option
@draft_option
@profile_option
@uncertainty_options
@json_option
@command
def coverage(
    scope: Scope,
    lens: str | None,
    section: str | None,
    domain: str | None,
    aspect: str | None,
    as_of: datetime.date | None,
    draft: bool,
    profile: str,
    uncertainty: bool,
    draws: int | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Coverage with its interval, by State, section and regional group."""
    question = Question(as_of, draft, profile, narrowing_asked(section, domain, aspect), lens)
    chosen = states.in_scope(scope)
    groups = _groups(scope, chosen)
    if not uncertainty and (draws is not None or seed is not None):
        raise click.UsageError("--draws and --seed belong to --uncertainty")
    if uncertainty:
        drawn = (DRAWS if draws is None else draws, SEED if seed is None else seed)
        _print_bands(uncertainties.uncertainty(chosen, question, SYSTEM, groups, *drawn), as_json)
        return
    found = coverage_figures.coverage(chosen, question, SYSTEM, groups)
    if as_json:
        print_json(coverage_json(found.figures, found.profile, str(found.as_of)))
        return
    for code, figures in sorted(found.figures.states.items()):
        click.echo(_line(code, figures.total))


def _print_bands(found: Uncertainty, as_json: bool) -> None:
    if as_json:
        document = coverage_json(found.figures, found.basis.profile, str(found.basis.as_of))
        add_bands(document, found.bands)
        print_json(document)
        return
    for code, figures in sorted(found.figures.states.items()):
        band = found.bands.states[code].total
        numbers = (band.p5, band.p50, band.p95) if band else (None, None, None)
        click.echo("  ".join([_line(code, figures.total), *map(share, numbers)]))


def _line(state: str, figure: Figure) -> str:
    """A State's interval and how much is reviewed: "FRA  0.41  0.62  0.80  12/20"."""
    interval = f"{share(figure.low)}  {share(figure.point)}  {share(figure.high)}"
    return f"{state}  {interval}  {figure.reviewed}/{figure.applicable}"


@click.command("status-table")
@click.argument("before", metavar="FROM", type=DAY)
@click.argument("after", metavar="TO", type=DAY)
@scope_options()
@narrowing_options
@json_option
@command
def status_table(
    before: datetime.date,
    after: datetime.date,
    scope: Scope,
    lens: str | None,
    section: str | None,
    domain: str | None,
    aspect: str | None,
    as_json: bool,
) -> None:
    """For each field, how many States have measures recorded, at two dates."""
    narrowing = Question(narrowing=narrowing_asked(section, domain, aspect), lens=lens).fields
    found = status_tables.status_table(states.in_scope(scope), before, after, narrowing)
    if as_json:
        print_json(status_table_json(found, str(before), str(after)))
        return
    for row in found.rows:
        name = ".".join(part for part in (row.section, row.row, row.domain) if part)
        click.echo(f"{name}  {_told(row.framework)}  {_told(row.enforcement)}")
    click.echo(f"X of reviewed on {before} and on {after}; {found.n_states} States", err=True)


@click.command("histogram")
@scope_options()
@narrowing_options
@click.option("--by", type=click.Choice(statistics.BY), default=None, help="One histogram for each of these.")
@as_of_option
@json_option
@command
def histogram(
    scope: Scope,
    lens: str | None,
    section: str | None,
    domain: str | None,
    aspect: str | None,
    by: str | None,
    as_of: datetime.date | None,
    as_json: bool,
) -> None:
    """How many States have measures recorded in how many fields."""
    question = Question(as_of, narrowing=narrowing_asked(section, domain, aspect), lens=lens)
    found = statistics.histograms(states.in_scope(scope), question.on, question.fields, by)
    if as_json:
        print_json(histograms_json(found, by, question.on))
        return
    for name, each in found.items():
        for place, n in each.counts():
            click.echo(f"{name}  {place.code}  {n}")
        click.echo(f"{name}: {each.n_reviewed} of {each.n_states} States reviewed", err=True)


def narrowing_asked(section: str | None, domain: str | None, aspect: str | None) -> Narrowing:
    """What ``narrowing_options`` said, the lens apart."""
    return Narrowing(section, Domain(domain) if domain else None, Aspect(aspect) if aspect else None)


def _told(pair: Pair | None) -> str:
    """Both dates of a pair: "3/5 4/5"; a dash where a row has no such aspect."""
    return " ".join(f"{count.x}/{count.reviewed}" for count in (pair.before, pair.after)) if pair else "-"


def _groups(scope: Scope, chosen: Sequence[State]) -> dict[str, list[str]]:
    """The five groups for a whole record, the one asked for, none for named States."""
    if scope.group is not None:
        return {scope.group: [state.code for state in chosen]}
    if scope.everything:
        return {group: [state.code for state in members] for group, members in states.by_group(chosen).items()}
    return {}


@click.command("gaps")
@click.argument("state")
@narrowing_options
@as_of_option
@draft_option
@profile_option
@practice_option
@json_option
@command
def gaps(
    state: str,
    lens: str | None,
    section: str | None,
    domain: str | None,
    aspect: str | None,
    as_of: datetime.date | None,
    draft: bool,
    profile: str,
    practice: bool,
    as_json: bool,
) -> None:
    """A State's gaps, the actions that close them, and the counted fields nobody has reviewed."""
    question = Question(as_of, draft, profile, narrowing_asked(section, domain, aspect), lens)
    found = gap_lists.gaps(states.find(state, practice=True if practice else None), question, SYSTEM)
    number = found.version.number if found.version else None
    if as_json:
        print_json(gaps_json(found.state, number, str(found.as_of), found.profile, found.gaps, found.gains, say))
        return
    for gap in found.gaps.gaps:
        click.echo(f"{share(gap.priority)}  {gap.field}  {gap.code or 'blank'}  {gap.action or '-'}")
    click.echo(f"{len(found.gaps.gaps)} gaps, {len(found.gaps.not_reviewed)} not reviewed", err=True)

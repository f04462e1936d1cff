"""``cpi1540 coverage`` and ``cpi1540 gaps``."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from cpi1540.coverage.figures_json import coverage_json, gap_json, status_table_json
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service import figures as coverage_figures
from cpi1540.coverage.service import gap_lists, status_tables
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.status_table import Pair
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


@click.command("coverage")
@scope_options()
@narrowing_options
@as_of_option
@draft_option
@profile_option
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
    as_json: bool,
) -> None:
    """Coverage with its interval, by State, section and regional group."""
    question = Question(as_of, draft, profile, _narrowing(section, domain, aspect), lens)
    chosen = states.in_scope(scope)
    found = coverage_figures.coverage(chosen, question, SYSTEM, _groups(scope, chosen))
    if as_json:
        print_json(coverage_json(found.figures, found.profile, str(found.as_of)))
        return
    for code, figures in sorted(found.figures.states.items()):
        total = figures.total
        interval = f"{share(total.low)}  {share(total.point)}  {share(total.high)}"
        click.echo(f"{code}  {interval}  {total.reviewed}/{total.applicable}")


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
    narrowing = Question(narrowing=_narrowing(section, domain, aspect), lens=lens).fields
    found = status_tables.status_table(states.in_scope(scope), before, after, narrowing)
    if as_json:
        print_json(status_table_json(found, str(before), str(after)))
        return
    for row in found.rows:
        name = ".".join(part for part in (row.section, row.row, row.domain) if part)
        click.echo(f"{name}  {_told(row.framework)}  {_told(row.enforcement)}")
    click.echo(f"X of reviewed on {before} and on {after}; {found.n_states} States", err=True)


def _narrowing(section: str | None, domain: str | None, aspect: str | None) -> Narrowing:
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
@as_of_option
@draft_option
@profile_option
@practice_option
@json_option
@command
def gaps(state: str, as_of: datetime.date | None, draft: bool, profile: str, practice: bool, as_json: bool) -> None:
    """A State's gaps, and the counted fields nobody has reviewed."""
    question = Question(as_of, draft, profile)
    found = gap_lists.gaps(states.find(state, practice=True if practice else None), question, SYSTEM)
    if as_json:
        print_json(
            {
                "state": found.state,
                "version": found.version.number if found.version else None,
                "as_of": str(found.as_of),
                "profile": found.profile.label,
                "gaps": [gap_json(gap, say) for gap in found.gaps.gaps],
                "not_reviewed": list(found.gaps.not_reviewed),
            }
        )
        return
    for gap in found.gaps.gaps:
        click.echo(f"{gap.field}  {gap.code or 'blank'}")
    click.echo(f"{len(found.gaps.gaps)} gaps, {len(found.gaps.not_reviewed)} not reviewed", err=True)

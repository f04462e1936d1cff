"""``cpi1540 states``."""

import click

from cpi1540.foundation.command_line import Scope, command, json_option, print_json, scope_options
from cpi1540.foundation.languages import name
from cpi1540.states import service


@click.command("states")
@scope_options(required=False)
@json_option
@command
def states(scope: Scope, as_json: bool) -> None:
    """List States: those named, a group's, or the whole record."""
    found = service.in_scope(scope)
    if as_json:
        print_json(
            [
                {
                    "code": state.code,
                    "names": dict(state.names),
                    "group": state.group,
                    "practice": state.practice,
                }
                for state in found
            ]
        )
        return
    for state in found:
        click.echo(f"{state.code}  {name(state.names)}  ({state.group})")

"""What the commands of every wing share: options, the scope, JSON on standard output, sentences on errors."""

import datetime
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click
from flask import g
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError

from cpi1540.foundation import upgrades
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES, DEFAULT

F = TypeVar("F", bound=Callable[..., Any])

GROUPS = ("african", "asia-pacific", "eastern-european", "grulac", "weog")
DOMAINS = ("nw", "cw", "bw")
ASPECTS = ("framework", "enforcement")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which States a command speaks of: named ones, a regional group, or a whole record."""

    states: tuple[str, ...]
    group: str | None
    everything: bool
    practice: bool
    given: bool = True  # False: nothing was said, and the whole record is meant


class Day(click.ParamType[datetime.date]):
    """A date given as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Read the date; a usage error says what it should look like."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date of the form YYYY-MM-DD", param, ctx)


DAY = Day()


def command(function: F) -> F:
    """Run a command inside the application, on a database of this version, in the language asked for.

    A refusal is one sentence on standard error and exit status 1.
    """
    return _command(function, ready=True)


def setup_command(function: F) -> F:
    """The same for a command that prepares the database."""
    return _command(function, ready=False)


def _command(function: F, *, ready: bool) -> F:
    @click.option("--lang", type=click.Choice(CODES), default=DEFAULT, help="Language of sentences.")
    @with_appcontext
    @wraps(function)
    def run(*args: Any, lang: str, **values: Any) -> Any:
        g.language = lang
        try:
            if ready:
                upgrades.ensure_current()
            return function(*args, **values)
        except DomainError as error:
            told = error.sentence
        except DatabaseError as error:
            told = sentence("The database cannot be opened: %(reason)s", reason=str(error.orig).splitlines()[0])
        click.echo(say(told), err=True)
        raise click.exceptions.Exit(1)

    return run  # type: ignore[return-value]


def practice_option(function: F) -> F:
    """``--practice``: the practice record instead of the members'."""
    return click.option("--practice", is_flag=True, help="The practice record (fictional States).")(function)


def scope_options(*, required: bool = True) -> Callable[[F], F]:
    """``STATE...``, ``--group``, ``--all`` and ``--practice``; the command gets one ``scope``."""

    def mark(function: F) -> F:
        @click.argument("states", nargs=-1, metavar="[STATE]...")
        @click.option("--group", type=click.Choice(GROUPS), help="A regional group, on the electoral basis.")
        @click.option("--all", "everything", is_flag=True, help="Every State of the record.")
        @practice_option
        @wraps(function)
        def run(states: tuple[str, ...], group: str | None, everything: bool, practice: bool, **values: Any) -> Any:
            chosen = bool(states) + (group is not None) + everything
            if chosen > 1:
                raise click.UsageError("give either States, or --group, or --all")
            if not chosen and required:
                raise click.UsageError("give States, --group G or --all")
            codes = tuple(dict.fromkeys(state.upper() for state in states))
            return function(scope=Scope(codes, group, everything or not chosen, practice, given=bool(chosen)), **values)

        return run  # type: ignore[return-value]

    return mark


def json_option(function: F) -> F:
    """``--json``: one JSON document on standard output and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(function)


def as_of_option(function: F) -> F:
    """``--as-of DATE``: the record as it stood on that day."""
    return click.option("--as-of", type=DAY, default=None, help="The record as of this day (YYYY-MM-DD).")(function)


def print_json(document: object) -> None:
    """Print ``document`` as JSON, readable and in UTF-8 whatever the terminal."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.flush()

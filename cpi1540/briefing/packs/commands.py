"""``cpi1540 briefing``."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import click
from flask import g

from cpi1540.briefing.packs.pack import Form, Kind
from cpi1540.briefing.packs.question import PackQuestion
from cpi1540.briefing.packs.shown_figures import figures_of
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.command_line import DAY, Scope, command, json_option, print_json, scope_options
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.languages import speaking
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.locales import CODES
from cpi1540.states import service as states


@click.command("briefing")
@scope_options()
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Follows from the scope if left out.")
@click.option(
    "--format",
    "forms",
    type=click.Choice([form.value for form in Form]),
    multiple=True,
    default=[Form.PPTX.value],
    show_default=True,
    help="May be given more than once.",
)
@click.option("--from", "since", type=DAY, help="The day that changes are counted from. Default: a year earlier.")
@click.option("--to", "until", type=DAY, help="The day the pack speaks of. Default: today.")
@click.option("--lens", help="Which lens, for --kind lens.")
@click.option("--profile", default="equal", show_default=True)
@click.option("--public", is_flag=True, help="Only what everybody may read.")
@click.option("--all-languages", is_flag=True, help="One file in each of the six languages.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder.")
@json_option
@command
def briefing(
    scope: Scope,
    kind: str | None,
    forms: tuple[str, ...],
    since: datetime.date | None,
    until: datetime.date | None,
    lens: str | None,
    profile: str,
    public: bool,
    all_languages: bool,
    output: Path,
    as_json: bool,
) -> None:
    """Write briefing packs into a folder, and print the files written."""
    # Drawing takes a second to load, which no other command should wait for.
    from cpi1540.briefing.packs.service import making, templates
    from cpi1540.briefing.service import recipes

    written = []
    for question in _questions(scope, kind, since, until, lens, profile, public):
        question.check(today())
        for code in CODES if all_languages else (g.language,):
            with speaking(code):
                pack, recipe = making.make(question, SYSTEM, templates.digests())
                contents = {
                    form: making.written(pack, Form(form), templates.contents()) for form in dict.fromkeys(forms)
                }
            for form, content in contents.items():
                path = output / f"{question.slug}-{code}.{form}"
                _write(path, content)
                written.append({"file": str(path), "recipe": recipe.id, "lang": code})
                if not as_json:
                    click.echo(str(path))
            db.session.rollback()
            with transaction():
                kept = {f"pack.{form}": content for form, content in contents.items()}
                recipes.keep(recipe, kept, SYSTEM, figures_of(pack))
    if as_json:
        print_json(written)


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be written (%(reason)s).", file=str(path), reason=error.strerror or "")
        ) from error


def _questions(
    scope: Scope,
    kind: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    lens: str | None,
    profile: str,
    public: bool,
) -> Iterator[PackQuestion]:
    """One question for each State named, else one for the group or the record."""
    usual = Kind.STATE if scope.states else Kind.LENS if lens else Kind.GROUP if scope.group else Kind.GLOBAL
    asked = Kind(kind) if kind else usual
    if asked is Kind.LENS and not lens:
        raise click.UsageError("--kind lens needs --lens")
    on = until or today()
    before = since or on - datetime.timedelta(days=365)
    named = (
        [(state.code, state.practice) for state in states.in_scope(scope)] if scope.states else [(None, scope.practice)]
    )
    for code, practice in named:
        yield PackQuestion(asked, practice, on, before, code, scope.group, lens, profile, public)

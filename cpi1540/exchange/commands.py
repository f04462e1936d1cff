"""``cpi1540 matrix export`` and ``cpi1540 matrix import``."""

from pathlib import Path

import click
from flask import current_app

from cpi1540.exchange.bundle import zip_of
from cpi1540.exchange.messages import problem_sentence
from cpi1540.exchange.proposal import Proposal, change_json
from cpi1540.exchange.service import workbooks as service
from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.command_line import Scope, command, json_option, practice_option, print_json, scope_options
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import sentence
from cpi1540.states import service as states

# Endings that say what a file is: one that does not fit the format is a mistake, not the name of a folder.
FILES = {".xlsx", ".xls", ".xlsm", ".ods", ".docx", ".doc", ".odt", ".pdf", ".json", ".csv", ".zip", ".png", ".svg",
         ".pptx", ".html", ".xml", ".txt", ".tsv"}  # fmt: skip
# The command line acts for whoever may run it on the machine; the audit says "command-line".
ACTOR = Actor("command-line", "command line", frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.DESK_OFFICER)}))


@click.command("export")
@scope_options()
@click.option("--format", "form", type=click.Choice(["xlsx"]), default="xlsx", show_default=True)
@click.option("--version", "number", type=int, help="A version's number; each State's newest when left out.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A file, a .zip or a folder.")
@command
def export(scope: Scope, form: str, number: int | None, output: Path) -> None:
    """Write matrices as workbooks: one State to a file, several to a folder or a zip."""
    suffix = output.suffix.lower()
    if suffix in FILES and suffix not in (f".{form}", ".zip"):
        raise click.UsageError(f"{output.name} does not fit --format {form}")
    chosen = states.in_scope(scope)
    if suffix == f".{form}" and len(chosen) != 1:
        raise click.UsageError(f"{len(chosen)} States do not fit into one {suffix}: give a .zip or a folder")
    office = current_app.config["CPI1540"].office
    made = service.workbooks(chosen, current_language().code, number, ACTOR, office)
    try:
        if suffix == ".zip":
            write_whole(output, zip_of(made))
        elif suffix == f".{form}":
            for _name, content in made:
                write_whole(output, content)
        else:
            output.mkdir(parents=True, exist_ok=True)
            for name, content in made:
                write_whole(output / name, content)
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be written (%(reason)s).", file=str(output), reason=error.strerror or "")
        ) from error


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--state", "code", help="The State the files are about, where they do not say so themselves.")
@click.option("--dry-run", is_flag=True, help="List changes and problems; write nothing.")
@practice_option
@json_option
@command
def import_(files: tuple[Path, ...], code: str | None, dry_run: bool, practice: bool, as_json: bool) -> None:
    """Read workbooks back: list what they change, and write it into each State's open draft."""
    state = states.find(code, practice=True if practice else None) if code else None
    in_practice = practice or bool(state and state.practice)
    ask = service.asking(ACTOR, state=state, practice=in_practice) if dry_run else None
    told, faulty = [], False
    # All are read before the first is written, so that a file that is missing leaves nothing half-done.
    contents = [(file, _read(file)) for file in files]
    for file, content in contents:
        if ask:
            (proposal,) = service.read_many([(str(file), content)], ask)
        else:
            proposal = service.read(content, str(file), ACTOR, state=state, practice=in_practice)
        written = None
        if not dry_run and proposal.changes and not proposal.problems:
            with transaction():
                written = service.apply(proposal, ACTOR, practice=in_practice)
        faulty = faulty or bool(proposal.problems)
        told.append(_told(proposal, applied=written is not None))
        if not as_json:
            _say(proposal)
    if as_json:
        print_json({"files": told})
    if faulty:
        raise click.exceptions.Exit(1)


def _told(proposal: Proposal, *, applied: bool) -> dict[str, object]:
    return {
        "file": proposal.file,
        "state": proposal.state,
        "layout": proposal.layout,
        "changes": [change_json(change) for change in proposal.changes],
        "problems": [
            {"code": problem.code, "where": problem.where, "message": say(problem_sentence(problem))}
            for problem in proposal.problems
        ],
        "applied": applied,
    }


def _say(proposal: Proposal) -> None:
    for change in proposal.changes:
        click.echo(f"{change.where}  {change.field}  {change.part}: {change.before!r} > {change.after!r}")
    for problem in proposal.problems:
        click.echo(f"{problem.where}  {say(problem_sentence(problem))}", err=True)
    click.echo(f"{proposal.file}: {len(proposal.changes)} changes, {len(proposal.problems)} problems", err=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be read (%(reason)s).", file=str(path), reason=error.strerror or "")
        ) from error

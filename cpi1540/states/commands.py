"""``cpi1540 states`` and ``cpi1540 commitments``."""

from pathlib import Path

import click

from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.command_line import Scope, command, json_option, practice_option, print_json, scope_options
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.states import commitment_records, commitments_csv, service
from cpi1540.states.commitment import Commitment, standing
from cpi1540.states.commitment_import import Comparison
from cpi1540.states.commitment_kind import KINDS
from cpi1540.states.messages import problem_sentence

ACTOR = Actor("command-line", "command line", frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.DESK_OFFICER)}))


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


@click.group()
def commitments() -> None:
    """The register of commitments of States."""


@commitments.command("list")
@scope_options(required=False)
@click.option("--kind", type=click.Choice(list(KINDS)), help="One kind of commitment alone.")
@json_option
@command
def list_(scope: Scope, kind: str | None, as_json: bool) -> None:
    """List what is recorded of States, from the register and the reference data."""
    chosen = service.in_scope(scope)
    found = commitment_records.commitments_of(chosen, ACTOR, [kind] if kind else None)
    if as_json:
        print_json([_told(record, listed) for listed in found.values() for record in listed])
        return
    for code, listed in found.items():
        for record in listed:
            parts = (record.id or "", record.kind, record.value, str(record.date or ""), record.authority)
            click.echo("  ".join([code, *(part for part in parts if part)]))
    n = sum(bool(standing(listed)) for listed in found.values())
    click.echo(say(sentence("Recorded for %(n)s of %(all)s States.", n=str(n), all=str(len(found)))), err=True)


@commitments.command()
@scope_options()
@click.option("-o", "path", required=True, type=click.Path(path_type=Path), help="The CSV file to write.")
@command
def export(scope: Scope, path: Path) -> None:
    """Write the register of States as a CSV file; what comes from the reference data is not in it."""
    register = commitment_records.register_of(service.in_scope(scope), ACTOR)
    records = [record for listed in register.values() for record in listed]
    try:
        write_whole(path, commitments_csv.written(records).encode())
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be written (%(reason)s).", file=str(path), reason=error.strerror or "")
        ) from error
    click.echo(f"{path}: {len(records)}", err=True)


@commitments.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="List changes and problems; write nothing.")
@practice_option
@json_option
@command
def import_(file: Path, dry_run: bool, practice: bool, as_json: bool) -> None:
    """Take a CSV file into the register: all of it, or nothing while anything in it is wrong."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DomainError(
            sentence("%(file)s cannot be read (%(reason)s).", file=str(file), reason=error.strerror or "")
        ) from error
    found = commitment_records.compare_file(content, ACTOR, practice=practice)
    applied = bool(found.changes) and not found.problems and not dry_run
    if applied:
        with transaction():
            commitment_records.import_file(content, found.against, ACTOR, practice=practice)
    if as_json:
        print_json(_compared(str(file), found, applied=applied))
    else:
        _say(str(file), found)
    if found.problems:
        raise click.exceptions.Exit(1)


def _told(record: Commitment, listed: tuple[Commitment, ...]) -> dict[str, object]:
    return {
        "state": record.state,
        "id": record.id,
        "kind": record.kind,
        "value": record.value or None,
        "date": str(record.date) if record.date else None,
        "authority": record.authority or None,
        "source": record.source,
        "url": record.url or None,
        "as_of": record.as_of.isoformat() if record.as_of else None,
        "note": record.note,
        "confidence": record.confidence.value,
        "ended": str(record.ended) if record.ended else None,
        "revises": record.revises,
        "stale": record in standing(listed) and record.stale(today()),
    }


def _compared(file: str, found: Comparison, *, applied: bool) -> dict[str, object]:
    return {
        "file": file,
        "changes": [
            {
                "state": change.after.state,
                "id": change.after.id,
                "kind": change.after.kind,
                "new": change.before is None,
                "parts": list(change.parts),
            }
            for change in found.changes
        ],
        "problems": [
            {"code": problem.code, "where": problem.where, "message": say(problem_sentence(problem))}
            for problem in found.problems
        ],
        "applied": applied,
    }


def _say(file: str, found: Comparison) -> None:
    for change in found.changes:
        click.echo(f"{change.line}  {change.after.id}  {change.after.kind}: {', '.join(change.parts) or '+'}")
    for problem in found.problems:
        click.echo(f"{problem.where}  {say(problem_sentence(problem))}", err=True)
    click.echo(f"{file}: {len(found.changes)} changes, {len(found.problems)} problems", err=True)

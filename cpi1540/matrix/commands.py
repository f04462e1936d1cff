"""``cpi1540 matrix``: fields, show, diff, load-layout."""

from pathlib import Path

import click

from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.command_line import command, json_option, practice_option, print_json
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.entry_json import entry_json
from cpi1540.matrix.record import Version, differences
from cpi1540.matrix.service import layouts, reading, speaking, versions
from cpi1540.states import service as states
from cpi1540.states.state import State


@click.group("matrix")
def matrix() -> None:
    """The record: layouts, matrices, their versions."""


@matrix.command("fields")
@click.option("--layout", "code", default=layouts.DEFAULT_LAYOUT, show_default=True)
@json_option
@command
def fields(code: str, as_json: bool) -> None:
    """Every field of a layout, in printed order."""
    printed = layouts.layout(code)
    if as_json:
        print_json(
            [
                {
                    "key": field.key,
                    "section": field.section,
                    "row": field.row,
                    "number": field.number,
                    "domain": field.domain,
                    "aspect": field.aspect,
                    "role": field.role,
                    "labels": dict(field.labels),
                    "confidence": field.confidence,
                }
                for field in printed.fields
            ]
        )
        return
    for field in printed.fields:
        click.echo(f"{field.key}  {field.number}  {name(field.labels)}")


@matrix.command("show")
@click.argument("state")
@click.option("--version", "number", type=int, help="A version's number; the newest when left out.")
@practice_option
@json_option
@command
def show(state: str, number: int | None, practice: bool, as_json: bool) -> None:
    """One version of a State's matrix, every field of its layout."""
    found = states.find(state, practice=True if practice else None)
    read = reading.matrix(_version(found, number))
    version, speak = read.version, speaking.voice(found, read.version, read.entries.values()).say
    if as_json:
        print_json(
            {
                "state": version.state,
                "layout": version.layout,
                "version": version.number,
                "origin": version.origin,
                "status": version.status,
                "as_of": str(version.approved_on or version.as_of) if version.approved_on or version.as_of else None,
                "practice": version.practice,
                "entries": {key: entry_json(entry, speak) for key, entry in read.entries.items()},
            }
        )
        return
    click.echo(f"{version.state} {version.number} ({version.origin}, {version.status}, {version.layout})")
    for key, entry in read.entries.items():
        if entry.code is not None:
            click.echo(f"{key}  {entry.code or '-'}  " + "; ".join(speak(source) for source in entry.sources))


@matrix.command("diff")
@click.argument("state")
@click.argument("from_number", metavar="FROM", type=int)
@click.argument("to_number", metavar="TO", type=int)
@practice_option
@json_option
@command
def diff(state: str, from_number: int, to_number: int, practice: bool, as_json: bool) -> None:
    """Every field that differs between two versions."""
    found = states.find(state, practice=True if practice else None)
    before = reading.matrix(_version(found, from_number))
    after = reading.matrix(_version(found, to_number))
    changes = differences(before.entries, after.entries)
    speak = speaking.voice(found, after.version, [*before.entries.values(), *after.entries.values()]).say
    if as_json:
        print_json(
            {
                "state": found.code,
                "from": from_number,
                "to": to_number,
                "changes": [
                    {
                        "field": change.field,
                        "from": entry_json(change.before, speak) if change.before else None,
                        "to": entry_json(change.after, speak) if change.after else None,
                    }
                    for change in changes
                ],
            }
        )
        return
    for change in changes:
        codes = (entry.code if entry else None for entry in (change.before, change.after))
        click.echo(change.field + "  " + " > ".join("not reviewed" if c is None else c or "blank" for c in codes))


@matrix.command("load-layout")
@click.argument("file", type=click.Path(path_type=Path))
@command
def load_layout(file: Path) -> None:
    """Load a further layout from its file."""
    try:
        document = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise DomainError(sentence("%(file)s cannot be read (%(reason)s).", file=str(file), reason=reason)) from error
    with transaction():
        loaded = layouts.load(document, file.name, SYSTEM.id)
    click.echo(
        say(
            sentence(
                "Layout %(layout)s is loaded: %(fields)s fields.",
                layout=loaded.code,
                fields=str(len(loaded.fields)),
            )
        ),
        err=True,
    )


def _version(state: State, number: int | None) -> Version:
    if number is not None:
        return versions.find(state, number, SYSTEM)
    newest = versions.newest([state], SYSTEM).get(state.code)
    if newest is None:
        raise DomainError(sentence("%(state)s has no version yet.", state=state.code))
    return newest

"""The open draft of a State's matrix: found, made, written into."""

from collections.abc import Callable, Mapping

from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.record import OPEN, Entry, Handling, Origin, Status, Version
from cpi1540.matrix.service import layouts, reading, recording, saving, versions
from cpi1540.matrix.service.saving import SaveKind
from cpi1540.matrix.workflow import WRITABLE
from cpi1540.states.state import State


def open_version(state: State, actor: Actor) -> Version | None:
    """The version that is not sealed yet; None when there is none."""
    for version in versions.versions_of(state, actor):
        if version.status in OPEN:
            return version
    return None


def worked_on(state: State, actor: Actor) -> Version | None:
    """The version the actor works on: the open one where it may be read, else the effective; None without either."""
    return open_version(state, actor) or versions.effective([state], today()).get(state.code)


def draft_of(state: State, actor: Actor) -> Version:
    """The open draft; made from the effective version, or empty in the default layout, when there is none.

    DomainError when a draft is under way that may not be written into at its step.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    found = open_version(state, actor)
    if found is None:
        found = _start(state, actor)
    if found.status not in WRITABLE:
        raise DomainError(
            sentence(
                "Version %(version)s of %(state)s is under review: it cannot be changed until it is returned.",
                version=str(found.number),
                state=state.code,
            )
        )
    return found


def write(state: State, version: Version, entries: Mapping[str, Entry], actor: Actor) -> None:
    """Write whole entries of some fields into the draft, all of them or none, as an import does.

    Stale when somebody saved the draft since ``version`` was read.
    """
    if not entries:
        return
    changes = {field: _becomes(entry) for field, entry in entries.items()}
    saving.save(state, changes, actor, kind=SaveKind.IMPORT, at_revision=version.revision)


def _becomes(entry: Entry) -> Callable[[Entry], Entry]:
    return lambda _before: entry


def _start(state: State, actor: Actor) -> Version:
    effective = versions.effective([state], today()).get(state.code)
    layout = layouts.layout(effective.layout if effective else layouts.DEFAULT_LAYOUT)
    entries = reading.matrix(effective).entries if effective else {}
    new = recording.NewVersion(
        Origin.OFFICE,
        Status.DRAFT,
        Handling.RESTRICTED,
        based_on=effective.number if effective else None,
    )
    number = recording.write(state, layout, new, entries, actor.id)
    return versions.find(state, number, actor)

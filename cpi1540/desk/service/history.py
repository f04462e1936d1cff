"""The history of a State, or of everything, read from the chain of events."""

from collections.abc import Collection, Iterable, Iterator

from cpi1540.desk.history import (
    Asked,
    ChangeShown,
    EventShown,
    HistoryPage,
    change_shown,
    subject_parts,
    version_in,
)
from cpi1540.desk.messages import ACTOR_NAMES, EVENT_NAMES
from cpi1540.foundation import audit_history
from cpi1540.foundation.audit_history import PAGE, Event
from cpi1540.foundation.languages import say
from cpi1540.people.service import directory as people
from cpi1540.states.state import State


def subjects_of(state: State) -> tuple[str, ...]:
    """What the events about a State name: each of them names the State itself."""
    return (f"state:{state.code}",)


def page(subjects: Collection[str] | None, asked: Asked) -> HistoryPage:
    """One page of the events about ``subjects``, about anything when None; the same number of queries always."""
    found = audit_history.events(
        subjects,
        actor=asked.actor,
        action=asked.action,
        field=asked.field,
        since=asked.since,
        until=asked.until,
        before_event=asked.before,
        limit=PAGE + 1,
    )
    shown = tuple(_shown(event, asked.field) for event in found[:PAGE])
    actors = audit_history.actors_in(subjects)
    named = {name for event in shown for kind, name in event.subjects if kind == "person"}
    return HistoryPage(
        asked,
        shown,
        tuple(audit_history.actions_in(subjects)),
        tuple(actors),
        names_of({*actors, *named}),
        shown[-1].id if len(found) > PAGE else None,
    )


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Actor id -> how the reader calls the actor; the id itself for one that nobody knows."""
    known = people.names_of(sorted(actors))
    return {actor: say(known.get(actor) or ACTOR_NAMES.get(actor, "")) or actor for actor in actors}


def lines(subjects: Collection[str] | None, asked: Asked) -> Iterator[tuple[str, ...]]:
    """Every change of every event asked for, newest first, as the columns of ``history_csv``."""
    found = list(
        audit_history.all_events(
            subjects,
            actor=asked.actor,
            action=asked.action,
            field=asked.field,
            since=asked.since,
            until=asked.until,
        )
    )
    names = names_of({event.actor for event in found})
    for event in found:
        head = (
            str(event.id),
            event.at.isoformat(timespec="seconds"),
            event.actor,
            names[event.actor],
            event.action,
            say(EVENT_NAMES.get(event.action, "")) or event.action,
            "; ".join(event.subjects),
        )
        for change in _shown(event, asked.field).changes or (ChangeShown(None, None, None, ()),):
            details = "; ".join(f"{key}: {value}" for key, value in change.details)
            yield (*head, change.field or "", _spelled(change.before), _spelled(change.after), details)


def _shown(event: Event, field: str | None) -> EventShown:
    """The event with its changes, those of one field when that is asked for."""
    subjects = tuple(subject_parts(subject) for subject in event.subjects)
    shown = (change_shown(each) for each in event.changes)
    changes = tuple(each for each in shown if not each.empty and field in (None, each.field))
    return EventShown(event.id, event.at, event.actor, event.action, subjects, version_in(subjects), changes)


def _spelled(option: str | None) -> str:
    """A code as data: the code, "blank", "not-reviewed", or nothing where the change does not speak of one."""
    if option is None:
        return ""
    return {"": "blank", "-": "not-reviewed"}.get(option, option)

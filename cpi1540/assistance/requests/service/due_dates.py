"""The days that bind a person: a coordinator's acts of the procedure, a focal point's days to object."""

from collections.abc import Iterator

from cpi1540.assistance.actions import coordinates
from cpi1540.assistance.procedure.steps import NEXT_ACTS
from cpi1540.assistance.requests.agenda import Line
from cpi1540.assistance.requests.due_date import DueDate
from cpi1540.assistance.requests.service import lists
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.messages import Sentence, sentence


def due_dates(actor: Actor, *, practice: bool) -> list[DueDate]:
    """Every day that binds the actor in one record, past ones too as long as nothing was done; by day."""
    found: list[DueDate] = []
    if actor.holds(Role.COORDINATOR) or actor.holds(Role.FOCAL_POINT):
        for line in lists.due(actor, practice=practice):
            requester = line.request.values.requester
            if coordinates(actor, requester):
                found += _acts(line)
            elif any(actor.holds(Role.FOCAL_POINT, code) for code in requester.states):
                found += _objection(line)
    return sorted(found, key=lambda each: (each.on, each.request, each.mark))


def _acts(line: Line) -> Iterator[DueDate]:
    for each in line.standing.dues:
        known = line.moved_at or line.request.registered_at
        values = line.request.values
        what = Sentence(NEXT_ACTS[each.act])
        yield DueDate(line.request.id, each.act, what, each.on, values.requester, values.title, known)


def _objection(line: Line) -> Iterator[DueDate]:
    waits, values = line.standing.window, line.request.values
    if waits is not None:
        what = sentence("Last day to object to sending and posting your request")
        known = line.moved_at or line.request.registered_at
        yield DueDate(line.request.id, "objection", what, waits.last, values.requester, values.title, known)

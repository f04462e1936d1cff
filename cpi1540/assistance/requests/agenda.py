"""What is to be done next over many requests: the most overdue first; and what the Committee is briefed on."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.assistance.procedure.course import Standing
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests.request import Request, Status
from cpi1540.foundation.messages import N_


@dataclass(frozen=True, slots=True)
class Line:
    """A request with where it stands on the day the list is made for. ``moved_at``: its last act was recorded.

    ``came_at`` is when it was known, seen from a day that lies in the past; None: when it was registered.
    """

    request: Request
    standing: Standing
    moved_at: datetime.datetime | None = None
    came_at: datetime.datetime | None = None


class Reason(StrEnum):
    """Why the Committee is briefed on a request."""

    NEW = "new"
    MOVED = "moved"
    OVERDUE = "overdue"


REASON_NAMES: Mapping[Reason, str] = {
    Reason.NEW: N_("New since the last briefing"),
    Reason.MOVED: N_("Moved since the last briefing"),
    Reason.OVERDUE: N_("Overdue"),
}


@dataclass(frozen=True, slots=True)
class Briefed:
    """A request on the list for a briefing, and the reasons for it."""

    line: Line
    reasons: tuple[Reason, ...]


def urgency(line: Line) -> tuple[object, ...]:
    """The order of a list of things to do: most overdue first, then by due date, then by how long it waits."""
    standing = line.standing
    return (
        -standing.overdue,
        standing.due is None,
        standing.due or datetime.date.max,
        -(standing.waiting or 0),
        line.request.id,
    )


def due_list(lines: Iterable[Line]) -> list[Line]:
    """The open requests at a step, overdue first."""
    return sorted((line for line in lines if line.standing.step is not None), key=urgency)


def board(lines: Iterable[Line]) -> dict[Step, list[Line]]:
    """Step -> the requests that stand there, overdue first; every step is named."""
    listed = due_list(lines)
    return {step: [line for line in listed if line.standing.step is step] for step in Step}


def briefing_list(lines: Iterable[Line], since: datetime.datetime) -> list[Briefed]:
    """What to brief the Committee on: requests registered or moved after ``since``, and overdue ones.

    Historical requests never are. Overdue ones stand first, then new ones, then those that moved.
    """
    found = [Briefed(line, reasons) for line in lines if (reasons := _reasons(line, since))]
    return sorted(found, key=lambda each: (*(reason not in each.reasons for reason in _FIRST), urgency(each.line)))


_FIRST = (Reason.OVERDUE, Reason.NEW, Reason.MOVED)


def _reasons(line: Line, since: datetime.datetime) -> tuple[Reason, ...]:
    if line.request.status is Status.HISTORICAL:
        return ()
    holds = {
        Reason.NEW: (line.came_at or line.request.registered_at) > since,
        Reason.MOVED: line.moved_at is not None and line.moved_at > since,
        Reason.OVERDUE: line.standing.overdue > 0,
    }
    return tuple(reason for reason, true in holds.items() if true)

"""What waits for a coordinator, and for the focal point of a State that asks."""

import datetime
from dataclasses import dataclass

from cpi1540.assistance.actions import coordinates
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.agenda import Line
from cpi1540.assistance.requests.request import Consent, Requester
from cpi1540.assistance.requests.service import lists
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.messages import Sentence, sentence

AHEAD = datetime.timedelta(days=7)
# Steps without a date in the procedure: they wait for the coordinator from the day they are reached.
_AT_ONCE = frozenset(
    {
        Act.REGISTER_NOTE,
        Act.AUTHENTICATE,
        Act.CIRCULATE,
        Act.ACKNOWLEDGE,
        Act.CIRCULATE_OFFER,
        Act.ACKNOWLEDGE_OFFER,
        Act.INFORM_REQUESTER,
    }
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: which request, whose, what is to be done, by when, how many working days late."""

    request: str
    requester: Requester
    what: Sentence
    due: datetime.date | None
    since: datetime.date | None
    overdue: int


def waiting_for(actor: Actor, *, practice: bool, on: datetime.date | None = None) -> list[Waiting]:
    """What waits for the actor in one record: as a coordinator what is overdue, due within a week or waits
    without a date; as a focal point what the office waits for from the State. Overdue first.
    """
    if not (actor.holds(Role.COORDINATOR) or actor.holds(Role.FOCAL_POINT)):
        return []
    day = on or calendar.today()
    found = []
    for line in lists.due(actor, practice=practice, on=day):
        if coordinates(actor, line.request.values.requester):
            found += _for_coordinator(line, day)
        elif any(actor.holds(Role.FOCAL_POINT, code) for code in line.request.values.requester.states):
            found += _for_focal_point(line, day)
    return found


def _for_coordinator(line: Line, day: datetime.date) -> list[Waiting]:
    standing = line.standing
    pressing = [each for each in standing.dues if each.on <= day + AHEAD]
    if standing.what is None or not (pressing or standing.next_act in _AT_ONCE):
        return []
    if pressing and standing.next_act is not pressing[0].act and standing.next_act not in _AT_ONCE:
        what = sentence("Follow up on the request")
    else:
        what = standing.what
    return [_waiting(line, what, pressing[0].on if pressing else None, standing.overdue)]


def _for_focal_point(line: Line, day: datetime.date) -> list[Waiting]:
    request, standing = line.request, line.standing
    if standing.next_act is Act.REGISTER_NOTE:
        return [_waiting(line, sentence("Your request awaits the note verbale of your mission"), None)]
    last = standing.window.last if standing.window is not None else None
    if last is not None and day <= last and request.values.consent is Consent.NOT_ASKED:
        what = sentence("You may object to sending and posting your request until %(day)s", day=last)
        return [_waiting(line, what, last)]
    return []


def _waiting(line: Line, what: Sentence, due: datetime.date | None, overdue: int = 0) -> Waiting:
    request = line.request
    return Waiting(request.id, request.values.requester, what, due, request.course.since, overdue)

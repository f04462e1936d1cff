"""From gap to outcome, for one State or counted over all of them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from cpi1540.assistance.outcomes.match import ENDED, MatchAct
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.outcomes.service.reading import Placed
from cpi1540.assistance.outcomes.thread import Delivery, Reviewed, Thread, ThreadCounts, count, thread, together
from cpi1540.assistance.requests.request import NeedStatus, Request, Status
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import RequesterRow, RequestRow
from cpi1540.foundation.access import SYSTEM, Actor
from cpi1540.matrix.record import NUMBER_OF, Code
from cpi1540.matrix.service import reading as matrices
from cpi1540.matrix.service import versions
from cpi1540.states import service as states
from cpi1540.states.state import State

_CODES: Mapping[int, Code | None] = {number: code for code, number in NUMBER_OF.items()}


def threads_of(state: State, actor: Actor) -> tuple[tuple[Thread, ...], ThreadCounts]:
    """The threads of one State that the actor may read, latest delivered first, and their counts.

    A match that ended before anything was agreed leaves no thread.
    """
    asked = RequestRow.id.in_(select(RequesterRow.request_id).where(RequesterRow.state_id == state.id))
    placed = reading.readable(asked, actor)
    found = requests.readable(asked, actor)
    return _of_state(found, placed, _reviewed([state]).get(state.code, ()))


def counts(practice: bool) -> ThreadCounts:
    """The counts over every State of a record."""
    condition = RequestRow.practice.is_(practice)
    everything = requests.requests_where(condition)
    placed = reading.readable(condition, SYSTEM)
    asking = {code for request in everything for code in request.values.requester.states}
    members = [state for state in states.states(practice=practice) if state.code in asking]
    reviewed = _reviewed(members)
    return together(
        _of_state(
            [each for each in everything if state.code in each.values.requester.states],
            [each for each in placed if state.code in each.requester.states],
            reviewed.get(state.code, ()),
        )[1]
        for state in members
    )


def _of_state(
    asked: Sequence[Request], placed: Sequence[Placed], reviewed: Sequence[Reviewed]
) -> tuple[tuple[Thread, ...], ThreadCounts]:
    live = [each for each in asked if each.status not in (Status.HISTORICAL, Status.WITHDRAWN)]
    needs = {need.id: (request, need) for request in live for need in request.needs}
    found = []
    for each in placed:
        match = each.match
        if match.need not in needs or match.status in ENDED:
            continue
        _request, need = needs[match.need]
        delivery = Delivery(
            match.id,
            match.need,
            match.offer,
            match.provider,
            match.status,
            need.values.fields,
            match.on(MatchAct.DELIVER),
        )
        found.append(thread(delivery, reviewed))
    named = [
        key
        for _request, need in needs.values()
        if need.status is not NeedStatus.WITHDRAWN
        for key in need.values.fields
    ]
    return tuple(sorted(found, key=_latest_first)), count(named, found)


def _latest_first(found: Thread) -> tuple[int, str]:
    day = found.delivery.delivered_on
    return (-day.toordinal() if day else 0, found.delivery.match)


def _reviewed(members: Sequence[State]) -> dict[str, list[Reviewed]]:
    """State code -> its versions that the Committee approved, with their codes; three queries for all States."""
    chosen = versions.approved(members)
    found: dict[str, list[Reviewed]] = {}
    for block in matrices.codes(chosen) if chosen else ():
        keys = [field.key for field in block.layout.fields]
        for version, numbers in zip(block.versions, block.numbers.tolist(), strict=True):
            if version.approved_on is not None:
                told = {key: _CODES[number] for key, number in zip(keys, numbers, strict=True)}
                found.setdefault(version.state, []).append(Reviewed(version.number, version.approved_on, told))
    return found

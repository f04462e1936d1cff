"""What the pages of plans show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cpi1540.assistance.planning.comparison import Difference
from cpi1540.assistance.planning.decision import Decision
from cpi1540.assistance.planning.plan import Assignment, Plan, Unmet
from cpi1540.assistance.requests.request import Need, Request
from cpi1540.foundation.messages import Sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A need in the plan: what it takes here and where the best pair is taken first, and why these differ."""

    need: str
    ours: Assignment | None
    theirs: Assignment | None
    decision: Decision | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class UnmetGroup:
    """Needs that stay without an offer for the same reason."""

    because: Sentence
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """How many needs have an offer, and how many requesters at least one."""

    needs: int
    requesters: int


def lines(
    ours: Sequence[Assignment],
    theirs: Sequence[Assignment],
    compared: Sequence[Difference],
    decisions: Sequence[Decision],
) -> tuple[Line, ...]:
    """A line for each need with an offer, and for those that only the other plan serves; in the order of needs."""
    mine, others = {each.need: each for each in ours}, {each.need: each for each in theirs}
    decided = {(each.need, each.offer): each for each in decisions}
    differing = {each.need: each for each in compared}
    order = [*mine, *(need for need in differing if need not in mine)]
    return tuple(
        Line(
            need,
            mine.get(need),
            others.get(need),
            decided.get((need, mine[need].offer)) if need in mine else None,
            differing.get(need),
        )
        for need in order
    )


def by_reason(unmet: Iterable[Unmet]) -> tuple[UnmetGroup, ...]:
    """The needs without an offer, together where the reason is the same; the most needs first."""
    found: dict[str, UnmetGroup] = {}
    for each in unmet:
        before = found.get(str(each.because), UnmetGroup(each.because, ()))
        found[str(each.because)] = UnmetGroup(each.because, (*before.needs, each.need))
    return tuple(sorted(found.values(), key=lambda group: -len(group.needs)))


def served(assignments: Sequence[Assignment], needs: Mapping[str, tuple[Request, Need]]) -> Served:
    """What the assignments reach."""
    requesters = {needs[each.need][0].values.requester for each in assignments if each.need in needs}
    return Served(len(assignments), len(requesters))


def requesters_of(needs: Mapping[str, tuple[Request, Need]]) -> int:
    """How many requesters have an open need."""
    return len({request.values.requester for request, _need in needs.values()})


def worth(plan: Plan, other: Plan) -> float:
    """How much more the plan is worth than the other one."""
    return plan.total - other.total

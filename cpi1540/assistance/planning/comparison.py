"""Two plans side by side: the needs that take another offer in one than in the other, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cpi1540.assistance.matching.sides import natural
from cpi1540.assistance.planning.plan import Assignment
from cpi1540.foundation.messages import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Difference:
    """A need that the plan serves otherwise than the other one; None: it stays unmet there. ``because`` names every
    exchange that it is part of.
    """

    need: str
    ours: Assignment | None
    theirs: Assignment | None
    because: tuple[Sentence, ...] = ()


def differences(ours: Sequence[Assignment], theirs: Sequence[Assignment]) -> tuple[Difference, ...]:
    """The needs that take another offer, or none, in the other plan; by identifier."""
    mine, others = _by_need(ours), _by_need(theirs)
    needs = sorted({*mine, *others}, key=natural)
    return tuple(
        Difference(need, mine.get(need), others.get(need))
        for need in needs
        if _offer(mine.get(need)) != _offer(others.get(need))
    )


def exchanges(ours: Sequence[Assignment], best_first: Sequence[Assignment]) -> tuple[Difference, ...]:
    """``differences`` from the plan that takes the best pair first, each with what the exchange is for."""
    mine = _by_need(ours)
    taken_first, taken = _takers(best_first), _takers(ours)
    return tuple(
        Difference(each.need, each.ours, each.theirs, tuple(_why(each, mine, taken_first, taken)))
        for each in differences(ours, best_first)
    )


def _why(
    difference: Difference,
    mine: Mapping[str, Assignment],
    taken_first: Mapping[str, list[str]],
    taken: Mapping[str, list[str]],
) -> Iterator[Sentence]:
    ours, theirs = difference.ours, difference.theirs
    if ours is not None:
        for need in taken_first.get(ours.offer, ()):
            if need in taken[ours.offer]:
                continue
            if need in mine:
                yield sentence(
                    "Best pair first gives %(offer)s to %(need)s, which takes %(other)s here.",
                    offer=ours.offer,
                    need=need,
                    other=mine[need].offer,
                )
            else:
                yield sentence(
                    "Best pair first gives %(offer)s to %(need)s, which stays unmet here: it is worth more with this "
                    "need.",
                    offer=ours.offer,
                    need=need,
                )
    if theirs is not None:
        for need in taken.get(theirs.offer, ()):
            if need not in taken_first[theirs.offer]:
                yield sentence(
                    "Here %(offer)s goes to %(need)s: over all needs that is worth more.",
                    offer=theirs.offer,
                    need=need,
                )


def _by_need(assignments: Iterable[Assignment]) -> dict[str, Assignment]:
    return {each.need: each for each in assignments}


def _takers(assignments: Iterable[Assignment]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in assignments:
        found.setdefault(each.offer, []).append(each.need)
    return found


def _offer(assignment: Assignment | None) -> str | None:
    return assignment.offer if assignment else None

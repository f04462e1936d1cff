"""Two plans side by side: the needs that take another offer in one than in the other, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cpi1540.assistance.matching.sides import natural
from cpi1540.assistance.planning.plan import Assignment
from cpi1540.foundation.messages import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Difference:
    """A need that the plan serves otherwise than the other one; None: it stays unmet there. ``because`` names the
    exchanges that it is part of: at the offer it takes here, and at the one it takes there.
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
    mine, swaps = _by_need(ours), _swaps(ours, best_first)
    return tuple(
        Difference(each.need, each.ours, each.theirs, tuple(_why(each, mine, swaps)))
        for each in differences(ours, best_first)
    )


def _swaps(ours: Sequence[Assignment], best_first: Sequence[Assignment]) -> dict[tuple[str, str], str]:
    """(offer, need) -> the need whose place at that offer it takes, or that takes its place there.

    Those who come to an offer take the places of those who leave it one by one; who finds a free place there, or
    leaves one, has exchanged it with nobody.
    """
    first, here = _takers(best_first), _takers(ours)
    found: dict[tuple[str, str], str] = {}
    for offer in first.keys() & here.keys():
        left = sorted(first[offer] - here[offer], key=natural)
        came = sorted(here[offer] - first[offer], key=natural)
        for gone, come in zip(left, came, strict=False):
            found |= {(offer, come): gone, (offer, gone): come}
    return found


def _why(
    difference: Difference, mine: Mapping[str, Assignment], swaps: Mapping[tuple[str, str], str]
) -> Iterator[Sentence]:
    ours, theirs = difference.ours, difference.theirs
    gone = swaps.get((ours.offer, difference.need)) if ours else None
    if ours is not None and gone is not None and gone in mine:
        yield sentence(
            "Best pair first gives %(offer)s to %(need)s, which takes %(other)s here.",
            offer=ours.offer,
            need=gone,
            other=mine[gone].offer,
        )
    elif ours is not None and gone is not None:
        yield sentence(
            "Best pair first gives %(offer)s to %(need)s, which stays unmet here: it is worth more with this need.",
            offer=ours.offer,
            need=gone,
        )
    come = swaps.get((theirs.offer, difference.need)) if theirs else None
    if theirs is not None and come is not None:
        yield sentence(
            "Here %(offer)s goes to %(need)s: over all needs that is worth more.", offer=theirs.offer, need=come
        )


def _by_need(assignments: Iterable[Assignment]) -> dict[str, Assignment]:
    return {each.need: each for each in assignments}


def _takers(assignments: Iterable[Assignment]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in assignments:
        found.setdefault(each.offer, set()).add(each.need)
    return found


def _offer(assignment: Assignment | None) -> str | None:
    return assignment.offer if assignment else None

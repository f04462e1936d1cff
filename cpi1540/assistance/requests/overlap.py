"""Where a request asks again for what an earlier one asked: the same requester, kind and fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cpi1540.assistance.requests.request import Need, NeedStatus, NeedValues, Request, Requester, Status
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence


@dataclass(frozen=True, slots=True)
class Overlap:
    """A need (counted from 1) that shares something with ``earlier``, a need of another request, and why."""

    number: int
    earlier: str
    request: str
    fields: tuple[str, ...]
    because: tuple[Sentence, ...]


def same_requester(one: Requester, other: Requester) -> bool:
    """Whether they share a State, or are the same organization; never across the two records."""
    if one.practice is not other.practice:
        return False
    if one.organization or other.organization:
        return bool(one.organization and other.organization) and _folded(one) == _folded(other)
    return bool(set(one.states) & set(other.states))


def overlaps(requester: Requester, needs: Sequence[NeedValues], earlier: Iterable[Request]) -> tuple[Overlap, ...]:
    """The needs that ask for the same kind of assistance on a field that an earlier one names, most shared first.

    Needs and requests that were withdrawn count no more.
    """
    found = [
        overlap
        for request in earlier
        if request.status is not Status.WITHDRAWN and same_requester(requester, request.values.requester)
        for before in request.needs
        if before.status is not NeedStatus.WITHDRAWN
        for number, need in enumerate(needs, 1)
        if (overlap := _overlap(number, need, before, request)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.fields), each.number, each.earlier)))


def _overlap(number: int, need: NeedValues, before: Need, request: Request) -> Overlap | None:
    named = set(before.values.fields)
    shared = tuple(field for field in need.fields if field in named)
    if not shared or need.kind is not before.values.kind:
        return None
    because = (
        sentence("The same requester asked before, in %(request)s.", request=request.id),
        sentence("Both needs ask for the same kind of assistance."),
        plural_sentence(
            "%(n)s field of the matrix stands in both.", "%(n)s fields of the matrix stand in both.", len(shared)
        ),
    )
    return Overlap(number, before.id, request.id, shared, because)


def _folded(requester: Requester) -> str:
    return " ".join((requester.organization or "").casefold().split())

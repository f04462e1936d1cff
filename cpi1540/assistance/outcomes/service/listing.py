"""Lists of matches: filtered, by how far they have come; the number of queries never grows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select

from cpi1540.assistance.outcomes.match import MatchStatus
from cpi1540.assistance.outcomes.pages import MatchLine, since
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.outcomes.service.reading import Placed
from cpi1540.assistance.outcomes.tables import MatchRow
from cpi1540.assistance.requests.request import Kind, parse_id
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.tables import NeedFieldRow, NeedRow, RequesterRow, RequestRow
from cpi1540.foundation.access import Actor
from cpi1540.foundation.search_text import normalise
from cpi1540.states.tables import GroupMembershipRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of matches is narrowed to."""

    status: MatchStatus | None = None
    group: str | None = None
    kind: Kind | None = None
    section: str | None = None
    text: str = ""


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, counted from 1, and how many matches the filters leave."""

    lines: tuple[MatchLine, ...]
    total: int
    page: int
    pages: int


def lines(
    actor: Actor, *, practice: bool, filters: Filters = EVERYTHING, requests_of: Sequence[str] | None = None
) -> tuple[MatchLine, ...]:
    """The matches of one record that the filters leave and the actor may read, what moved last first.

    ``requests_of`` narrows them to those of some requests.
    """
    found = reading.readable(and_(*_conditions(filters, practice)), actor)
    if requests_of is not None:
        found = [each for each in found if each.match.request in set(requests_of)]
    made = [line for line in with_needs(found) if _speaks_of(line, filters.text)]
    return tuple(sorted(made, key=lambda line: (-line.since.toordinal(), line.match.id)))


def listing(actor: Actor, *, practice: bool, filters: Filters = EVERYTHING, page: int = 1) -> Listing:
    """One page of ``lines``; a page past the last is the last."""
    found = lines(actor, practice=practice, filters=filters)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    return Listing(found[(page - 1) * PAGE : page * PAGE], len(found), page, pages)


def with_needs(found: Sequence[Placed]) -> tuple[MatchLine, ...]:
    """The matches with their needs, in the order given."""
    keys = {each.match.request for each in found}
    condition = _requests_named(keys)
    asked = requests.requests_where(condition) if condition is not None else []
    needs = {need.id: need for request in asked for need in request.needs}
    return tuple(
        MatchLine(
            each.match,
            each.requester,
            needs[each.match.need],
            each.offer_title,
            each.offer_language,
            each.provider_names,
            since(each.match),
        )
        for each in found
    )


def _requests_named(identifiers: Iterable[str]) -> ColumnElement[bool] | None:
    """The requests among those that have a match and bear one of the identifiers."""
    wanted = set(identifiers)
    if not wanted:
        return None
    matched = select(NeedRow.request_id).join(MatchRow, MatchRow.need_id == NeedRow.id)
    parsed = parse_id(next(iter(wanted)))
    return and_(RequestRow.practice.is_(parsed is not None and parsed[0]), RequestRow.id.in_(matched))


def _speaks_of(line: MatchLine, text: str) -> bool:
    wanted = normalise(text)
    spoken = [line.match.id, line.match.offer, line.match.provider, line.offer_title, *line.provider.values()]
    spoken += [line.requester.organization or "", *line.requester.states, line.need.values.objective]
    return not wanted or any(wanted in normalise(each) for each in spoken)


def _conditions(filters: Filters, practice: bool) -> Iterable[ColumnElement[bool]]:
    yield RequestRow.practice.is_(practice)
    if filters.status is not None:
        yield MatchRow.status == filters.status
    if filters.kind is not None:
        yield NeedRow.kind == filters.kind
    if filters.section is not None:
        yield NeedRow.id.in_(select(NeedFieldRow.need_id).where(NeedFieldRow.section == filters.section))
    if filters.group is not None:
        yield exists().where(
            RequesterRow.request_id == RequestRow.id,
            GroupMembershipRow.state_id == RequesterRow.state_id,
            GroupMembershipRow.group == filters.group,
            GroupMembershipRow.basis == "electoral",
        )

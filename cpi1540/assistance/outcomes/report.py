"""The report of one year: requests, needs, offers and matches, by area, kind and group, and how long each step took.

What is counted is defined in ``DEFINITIONS``, which every form of the report prints.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.outcomes.match import NEXT_OF, Match, MatchAct, MatchStatus, reached
from cpi1540.assistance.outcomes.measures import Middle, middle
from cpi1540.assistance.procedure.course import course
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests.request import Kind, Need, Request, Status
from cpi1540.foundation.messages import Sentence, sentence

# Needs and offers that name no field of the matrix, and those who ask that are no State.
NO_AREA, ORGANIZATIONS = "none", "organizations"
DEFINITIONS: tuple[Sentence, ...] = (
    sentence("Requests are those that bear a date of the year, historical ones included; needs are theirs."),
    sentence("A year that is over is told as on its last day, a year that lasts as on today."),
    sentence("Needs that were withdrawn by that day, or added to their request after it, are not counted."),
    sentence(
        "Offers are those that were on record and not withdrawn on that day, and valid on at least one day of the year "
        "as they stood then."
    ),
    sentence(
        "What a need or an offer is about is told as the record has it today, and so are requests and offers that were "
        "registered after their day."
    ),
    sentence("Matches are those on which both sides agreed in the year, whenever the need was recorded."),
    sentence(
        "A need or an offer counts once in each section of the matrix that it names a field of, so that the sections "
        "add up to more than the whole."
    ),
    sentence("A request of several States counts once in each of their regional groups (electoral basis)."),
    sentence(
        "Days are calendar days from reaching a step to leaving it; a median is over the steps that ended in the year, "
        "n is their number."
    ),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each; None where the table does not speak of them."""

    requests: int | None = None
    needs: int = 0
    offers: int | None = None
    matches: int = 0


@dataclass(frozen=True, slots=True)
class YearReport:
    """The report. ``acts`` counts what was recorded of matches with a date in the year."""

    year: int
    as_of: datetime.date
    practice: bool
    whole: Tally
    historical: int
    acts: Mapping[MatchAct, int]
    by_area: Mapping[str, Tally]
    by_kind: Mapping[Kind, Tally]
    by_group: Mapping[str, Tally]
    step_days: Mapping[Step, Middle]
    status_days: Mapping[MatchStatus, Middle]


@dataclass(frozen=True, slots=True)
class Record:
    """What a report is made from: the whole record, requests with their acts.

    ``groups`` maps the code of each State to its regional group; ``sections`` are the codes of the matrix in order.
    """

    requests: Sequence[Request]
    offers: Sequence[Offer]
    matches: Sequence[Match]
    groups: Mapping[str, str]
    sections: Sequence[str]
    group_codes: Sequence[str]


Key = TypeVar("Key")


def yearly(year: int, record: Record, as_of: datetime.date, *, practice: bool) -> YearReport:
    """The report of a year as things stood on the day ``as_of``: its last one, or today while it lasts.

    ``record.offers`` are those of that day.
    """
    requests = [each for each in record.requests if each.values.date is not None and each.values.date.year == year]
    needs_of = {request.id: _living(request.needs, as_of) for request in requests}
    needs = [need for request in requests for need in needs_of[request.id]]
    offers = [offer for offer in record.offers if _valid_in(offer, year)]
    agreed = [match for match in record.matches if _in_year(match.on(MatchAct.AGREE), year)]
    of_need = {need.id: need for request in record.requests for need in request.needs}
    of_request = {request.id: request for request in record.requests}
    matched = [of_need[match.need] for match in agreed]

    def by_area(key: str) -> Tally:
        return Tally(
            sum(1 for request in requests if any(key in areas_of(need) for need in needs_of[request.id])),
            sum(1 for need in needs if key in areas_of(need)),
            sum(1 for offer in offers if key in _areas(offer.fields)),
            sum(1 for need in matched if key in areas_of(need)),
        )

    def by_kind(key: Kind) -> Tally:
        return Tally(
            None,
            sum(1 for need in needs if need.values.kind is key),
            sum(1 for offer in offers if key in offer.kinds),
            sum(1 for need in matched if need.values.kind is key),
        )

    def by_group(key: str) -> Tally:
        return Tally(
            sum(1 for request in requests if key in groups_of(request, record.groups)),
            sum(len(needs_of[request.id]) for request in requests if key in groups_of(request, record.groups)),
            None,
            sum(1 for match in agreed if key in groups_of(of_request[match.request], record.groups)),
        )

    return YearReport(
        year,
        as_of,
        practice,
        Tally(len(requests), len(needs), len(offers), len(agreed)),
        sum(1 for request in requests if request.status is Status.HISTORICAL),
        {act: sum(1 for match in record.matches for done in match.acts if done.act is act and done.on.year == year)
         for act in MatchAct},
        _table((*record.sections, NO_AREA), by_area),
        _table(Kind, by_kind),
        _table((*record.group_codes, ORGANIZATIONS), by_group),
        _middles(Step, [taken for request in record.requests for taken in step_days(request)], year),
        _middles(NEXT_OF, [taken for match in record.matches for taken in status_days(match)], year),
    )  # fmt: skip


def areas_of(need: Need) -> frozenset[str]:
    """The sections of the matrix in which a need names a field, else ``NO_AREA``."""
    return _areas(need.values.fields)


def groups_of(request: Request, groups: Mapping[str, str]) -> frozenset[str]:
    """The regional groups of the States that ask, else ``ORGANIZATIONS``."""
    found = frozenset(groups[state] for state in request.values.requester.states if state in groups)
    return found or frozenset({ORGANIZATIONS})


def step_days(request: Request) -> list[tuple[Step, int, datetime.date]]:
    """(step, days at it, the day it was left) for every step that a request has left."""
    date = request.values.date
    began = date.first_day if date is not None else None
    found: list[tuple[Step, int, datetime.date]] = []
    if request.status is Status.HISTORICAL:
        return found
    formal, submitted = request.values.formal, request.submitted
    stands = course((), began, formal=formal, submitted=submitted)
    for place in range(1, len(request.acts) + 1):
        then = course(request.acts[:place], began, formal=formal, submitted=submitted)
        if then.step is not stands.step and then.since is not None:
            if stands.step is not None and stands.since is not None:
                found.append((stands.step, (then.since - stands.since).days, then.since))
            stands = then
    return found


def status_days(match: Match) -> list[tuple[MatchStatus, int, datetime.date]]:
    """(status, days in it, the day it was left) for every status that a match has left."""
    found: list[tuple[MatchStatus, int, datetime.date]] = []
    status, since = MatchStatus.PROPOSED, match.acts[0].on if match.acts else None
    for place in range(2, len(match.acts) + 1):
        then, on = reached(match.acts[:place]).status, match.acts[place - 1].on
        if then is not status and since is not None:
            found.append((status, (on - since).days, on))
            status, since = then, on
    return found


def _living(needs: Iterable[Need], on: datetime.date) -> tuple[Need, ...]:
    return tuple(need for need in needs if need.stood(on))


def _areas(fields: Iterable[str]) -> frozenset[str]:
    return frozenset(key.partition(".")[0] for key in fields) or frozenset({NO_AREA})


def _valid_in(offer: Offer, year: int) -> bool:
    begins, ends = offer.valid_from, offer.valid_to
    return (begins is None or begins.year <= year) and (ends is None or ends.year >= year)


def _in_year(day: datetime.date | None, year: int) -> bool:
    return day is not None and day.year == year


def _table(keys: Iterable[Key], tally: Callable[[Key], Tally]) -> dict[Key, Tally]:
    return {key: tally(key) for key in keys}


def _middles(keys: Iterable[Key], taken: Sequence[tuple[Key, int, datetime.date]], year: int) -> dict[Key, Middle]:
    return {key: middle(days for at, days, left in taken if at == key and left.year == year) for key in keys}

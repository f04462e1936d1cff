"""What the pages of matches show."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.outcomes.match import ENDED, Done, Match, MatchAct, MatchStatus, Side, acts_from, next_act
from cpi1540.assistance.requests.request import Need, Requester
from cpi1540.foundation.factor import Factor
from cpi1540.matrix.layout import Layout


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A match in a list: whose need, which offer, and since when it stands where it does."""

    match: Match
    requester: Requester
    need: Need
    offer_title: str
    offer_language: str
    provider: Mapping[str, str]
    since: datetime.date


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """One column of the board: how many matches stand there, the first of them."""

    status: MatchStatus
    total: int
    lines: tuple[MatchLine, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a side may record of a match: the one next act, and the others."""

    side: Side
    next: MatchAct | None
    others: tuple[MatchAct, ...]


@dataclass(frozen=True, slots=True)
class RowNames:
    """A row of the matrix that a need names: its section, its labels, how many of its fields."""

    section: str
    labels: Mapping[str, str]
    n_fields: int


def board(lines: Sequence[MatchLine], most: int) -> tuple[StatusColumn, ...]:
    """The statuses at which matches stand that have not ended, with at most ``most`` of each, the longest first."""
    found = []
    for status in MatchStatus:
        here = sorted((line for line in lines if line.match.status is status), key=lambda line: line.since)
        if here and status not in (*ENDED, MatchStatus.CLOSED):
            found.append(StatusColumn(status, len(here), tuple(here[:most])))
    return tuple(found)


def choice(match: Match, side: Side | None) -> Choice | None:
    """What the side may record; None for somebody who may only read.

    A side's feedback that is on record is not asked for again: it is taken back to be put right.
    """
    if side is None:
        return None
    first = next_act(match, side)
    told = {act for act in _NO_STEP if match.on(act) is not None}
    others = tuple(act for act in acts_from(match.status, side) if act is not first and act not in told)
    return Choice(side, first, others)


def open_reasons(factors: Iterable[Factor]) -> tuple[Factor, ...]:
    """The reasons that the two sides may read: what need and offer have in common, not how others stand beside them."""
    return tuple(factor for factor in factors if factor.name not in _OF_THE_OFFICE)


def row_names(fields: Iterable[str], layout: Layout) -> tuple[RowNames, ...]:
    """The rows of the matrix that fields lie in, in printed order."""
    found: dict[tuple[str, str], RowNames] = {}
    for key in fields:
        if key in layout.positions:
            field = layout.field(key)
            known = found.get((field.section, field.row), RowNames(field.section, field.labels, 0))
            found[field.section, field.row] = replace(known, n_fields=known.n_fields + 1)
    return tuple(found.values())


def since(match: Match) -> datetime.date:
    """The day on which a match came to stand where it does, by its acts."""
    stands = [done.on for done in match.acts if done.act not in _NO_STEP]
    return stands[-1] if stands else datetime.date.min


def timeline(match: Match) -> tuple[Done, ...]:
    """The acts of a match, newest first."""
    return tuple(reversed(match.acts))


def titles(offers: Iterable[Offer]) -> dict[str, Offer]:
    """Offer by identifier."""
    return {offer.id: offer for offer in offers}


# They tell of a State's gaps, and of a provider's earlier matches.
_OF_THE_OFFICE = frozenset({"gap-weight", "track-record"})
_NO_STEP = (MatchAct.FEEDBACK_PROVIDER, MatchAct.FEEDBACK_REQUESTER)

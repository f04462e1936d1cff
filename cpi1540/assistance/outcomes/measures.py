"""How well the matcher does, measured on what people decided; each figure with the number it rests on."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, Match, MatchAct, MatchStatus
from cpi1540.assistance.requests.request import NeedStatus

FIRST_FEW = 5


@dataclass(frozen=True, slots=True)
class Share:
    """So many of ``n``; without any, no figure."""

    count: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, 0..1; None when there is nothing to take it of."""
        return self.count / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of ``n`` numbers of days; None without any."""

    days: float | None
    n: int


@dataclass(frozen=True, slots=True)
class AskedNeed:
    """A need that can be met: not withdrawn, nor of a request known from the past. ``asked_on``: its request's day."""

    id: str
    status: NeedStatus
    asked_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures. Hits are of matches on which both sides agreed and whose rank was kept when they were proposed;
    ``without_rank`` counts agreed matches of which none is known.
    """

    needs: int
    matches: int
    hit_first: Share
    hit_few: Share
    without_rank: int
    declined: Share
    first_offer: Middle
    matched: Share
    delivered: Share


def middle(days: Iterable[int]) -> Middle:
    """The median of some numbers of days, with how many there are."""
    listed = sorted(days)
    return Middle(float(median(listed)) if listed else None, len(listed))


def measure(needs: Sequence[AskedNeed], matches: Sequence[Match]) -> Measures:
    """The figures over needs and all their matches.

    A need counts as matched when both sides agreed on one match of it at least, as delivered when one was delivered.
    Answered matches are those that a provider, or the requester, accepted or declined. The first offer to a need is
    the first match that a provider accepted; days run from the request's date.
    """
    known = {each.id for each in needs}
    own = [each for each in matches if each.need in known]
    decided = [each for each in own if each.on(MatchAct.AGREE) is not None]
    ranks = [each.reasons.rank for each in decided if each.reasons.rank is not None]
    answered = [each for each in own if each.on(MatchAct.ACCEPT) or each.on(MatchAct.DECLINE)]
    return Measures(
        len(needs),
        len(own),
        Share(sum(1 for rank in ranks if rank == 1), len(ranks)),
        Share(sum(1 for rank in ranks if rank <= FIRST_FEW), len(ranks)),
        len(decided) - len(ranks),
        Share(sum(1 for each in answered if each.status is MatchStatus.DECLINED), len(answered)),
        middle(_days_to_first_offer(needs, own)),
        Share(len({each.need for each in own if each.status in AGREED_OR_LATER}), len(needs)),
        Share(
            len({each.need for each in own if each.status in (MatchStatus.DELIVERED, MatchStatus.CLOSED)}), len(needs)
        ),
    )


def _days_to_first_offer(needs: Sequence[AskedNeed], matches: Sequence[Match]) -> Iterable[int]:
    firsts: dict[str, datetime.date] = {}
    for each in matches:
        accepted = each.on(MatchAct.ACCEPT)
        if accepted is not None:
            firsts[each.need] = min(accepted, firsts.get(each.need, accepted))
    for need in needs:
        if need.asked_on is not None and need.id in firsts:
            yield (firsts[need.id] - need.asked_on).days

"""What stands around a match and decides what may still be recorded of it: its request, its need, its offer.

One need has at most one match agreed, in delivery or delivered at a time; a later one follows when the earlier was
closed or withdrawn. An offer, and its provider, promises no more places of a year than it stated.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.assistance.outcomes.match import MatchAct, MatchStatus, Side
from cpi1540.assistance.requests.request import Status
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence


class Ending(StrEnum):
    """Why a match ended with something else; kept as the answer of its withdrawal."""

    NEED = "need-ended"
    REQUEST = "request-ended"


@dataclass(frozen=True, slots=True)
class Span:
    """The days from the agreement on a match to its end; ``last`` None: it has not ended."""

    match: str
    first: datetime.date
    last: datetime.date | None

    def meets(self, first: datetime.date, last: datetime.date | None) -> bool:
        """Whether the two go on at once; one may begin on the day on which the other ends."""
        return (self.last is None or first < self.last) and (last is None or self.first < last)


@dataclass(frozen=True, slots=True)
class Places:
    """The places stated for a year, and how many other matches were promised of them; ``of_provider``: over all its
    programmes, else of the one offer.
    """

    stated: int
    promised: int
    of_provider: bool = False

    @property
    def left(self) -> bool:
        """Whether one more can be promised."""
        return self.promised < self.stated


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands around a match. ``agreed`` are the spans of the need's other matches, ``places`` those of the offer
    and of its provider, where stated; ``beside`` is another match of the need with this offer that goes on.
    """

    request: Status
    need_withdrawn: bool = False
    offer_withdrawn: bool = False
    beside: str | None = None
    agreed: tuple[Span, ...] = ()
    places: tuple[Places, ...] = ()


GOING_ON = (
    MatchStatus.PROPOSED,
    MatchStatus.APPROACHED,
    MatchStatus.ACCEPTED,
    MatchStatus.AGREED,
    MatchStatus.IN_DELIVERY,
)
_TOWARDS = (MatchAct.APPROACH, MatchAct.ACCEPT, MatchAct.AGREE)
_HELD = (MatchStatus.AGREED, MatchStatus.IN_DELIVERY, MatchStatus.DELIVERED)


def why_not_here(act: MatchAct, on: datetime.date, standing: Standing, side: Side = Side.OFFICE) -> Sentence | None:
    """Why ``act`` cannot be recorded with the date ``on`` as things stand around the match; None when it can.

    What was agreed is delivered, told of and closed also after the Committee closed the request; refusals and
    withdrawals are always recorded.
    """
    if act in (MatchAct.BEGIN, MatchAct.DELIVER) or act in _TOWARDS:
        ended = _why_ended(standing, agreed=act not in _TOWARDS)
        if ended is not None:
            return ended
    if act in (MatchAct.ACCEPT, MatchAct.AGREE) and standing.offer_withdrawn:
        return sentence("The offer was withdrawn.")
    return why_not_agreed(on, None, standing, side) if act is MatchAct.AGREE else None


def why_not_back(status: MatchStatus, agreed_on: datetime.date | None, standing: Standing) -> Sentence | None:
    """Why a match cannot come back to ``status`` by an act taken back; ``agreed_on``: the day of its agreement."""
    held = status in _HELD
    if status in GOING_ON:
        ended = _why_ended(standing, agreed=held)
        if ended is not None:
            return ended
        if standing.beside is not None:
            return sentence("A match of this need with this offer goes on already: %(match)s.", match=standing.beside)
    return why_not_agreed(agreed_on, None, standing) if held and agreed_on is not None else None


def why_not_agreed(
    first: datetime.date, last: datetime.date | None, standing: Standing, side: Side = Side.OFFICE
) -> Sentence | None:
    """Why both sides cannot have agreed on a match from ``first`` to ``last`` (None: it goes on); None when they can.

    A match withdrawn by then promises no place: ``standing.places`` is left empty for it.
    """
    for span in standing.agreed:
        if span.meets(first, last):
            return sentence(
                "This need has a match agreed already: %(match)s. Another is agreed once that is closed or withdrawn.",
                match=span.match,
            )
    return why_no_place(first.year, standing.places, side)


def why_no_place(year: int, places: Iterable[Places], side: Side = Side.OFFICE) -> Sentence | None:
    """Why no further place of a year can be promised, as it is said to a side; None when one can."""
    full = next((each for each in places if not each.left), None)
    if full is None:
        return None
    if side is not Side.OFFICE:
        return sentence(
            "No place is left in %(year)s at this offer. The coordinator can ask the provider for more.", year=str(year)
        )
    if full.of_provider:
        return plural_sentence(
            "No place is left in %(year)s at the provider: it stated %(n)s over all its programmes, and it is "
            "promised. Correct the provider’s capacity first if more is on offer.",
            "No place is left in %(year)s at the provider: it stated %(n)s over all its programmes, and all are "
            "promised. Correct the provider’s capacity first if more is on offer.",
            full.stated,
            year=str(year),
        )
    return plural_sentence(
        "No place is left in %(year)s at the offer: %(n)s was stated, and it is promised. Correct the offer’s "
        "capacity first if more is on offer.",
        "No place is left in %(year)s at the offer: %(n)s were stated, and all are promised. Correct the offer’s "
        "capacity first if more is on offer.",
        full.stated,
        year=str(year),
    )


def _why_ended(standing: Standing, *, agreed: bool) -> Sentence | None:
    if standing.request is Status.WITHDRAWN:
        return sentence("The request was withdrawn.")
    if standing.need_withdrawn:
        return sentence("The need was withdrawn.")
    if standing.request is not Status.OPEN and not agreed:
        return sentence("The request is not open.")
    return None

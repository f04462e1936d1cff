"""What if an offer were withdrawn, or had more of something: asked of a plan, never written into the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.assistance.offers.offer import parse_offer_id
from cpi1540.assistance.planning.plan import Planning, with_more, without_offer
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.foundation.whole_number import whole_number

MOST = 1_000_000_000


class Change(StrEnum):
    """What is changed of an offer."""

    WITHDRAWN = "withdrawn"
    PLACES = "places"
    DAYS = "days"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change of one offer; ``amount`` is how much more it has: places, person-days or US dollars."""

    offer: str
    change: Change
    amount: int = 0

    def __str__(self) -> str:
        """As an address asks for it: ``XO-31:withdrawn``, ``XO-31:places:5``."""
        return f"{self.offer}:{self.change}" + (f":{self.amount}" if self.change is not Change.WITHDRAWN else "")

    @property
    def told(self) -> Sentence:
        """What is supposed, in words."""
        if self.change is Change.WITHDRAWN:
            return sentence("%(offer)s is withdrawn", offer=self.offer)
        if self.change is Change.PLACES:
            return plural_sentence(
                "%(offer)s has %(n)s place more", "%(offer)s has %(n)s places more", self.amount, offer=self.offer
            )
        if self.change is Change.DAYS:
            return plural_sentence(
                "%(offer)s has %(n)s person-day more",
                "%(offer)s has %(n)s person-days more",
                self.amount,
                offer=self.offer,
            )
        return plural_sentence(
            "%(offer)s has %(n)s US dollar more", "%(offer)s has %(n)s US dollars more", self.amount, offer=self.offer
        )


def parse_what_if(text: str) -> WhatIf | None:
    """What an address supposes; None for anything else."""
    offer, _, rest = text.partition(":")
    change, _, number = rest.partition(":")
    if parse_offer_id(offer) is None or change not in list(Change):
        return None
    if change == Change.WITHDRAWN:
        return None if number else WhatIf(offer, Change.WITHDRAWN)
    amount = whole_number(number)
    return WhatIf(offer, Change(change), amount) if amount is not None and 0 < amount <= MOST else None


def supposed(planning: Planning, what_ifs: Iterable[WhatIf]) -> Planning:
    """What would be planned from if all of them were so."""
    for each in what_ifs:
        if each.change is Change.WITHDRAWN:
            planning = without_offer(planning, each.offer)
        else:
            planning = with_more(planning, each.offer, **{each.change.value: each.amount})
    return planning

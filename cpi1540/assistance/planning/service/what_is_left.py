"""What offers and providers have left for a plan: what they state, less what was promised to needs already."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.assistance.planning.decision import Estimate
from cpi1540.assistance.planning.plan import OpenOffer
from cpi1540.assistance.requests.request import NeedStatus, Request

_UNDER_WAY = (NeedStatus.AGREED, NeedStatus.IN_DELIVERY)
# Need and offer.
Pairs = Iterable[tuple[str, str]]


def open_offers(offers: Iterable[Offer], promised: Pairs, taken: Mapping[str, Estimate]) -> Iterable[OpenOffer]:
    """The offers with what is left of them in the year."""
    used: dict[str, list[Estimate]] = {}
    for need, offer in promised:
        used.setdefault(offer, []).append(taken.get(need, Estimate()))
    for one in offers:
        spent, capacity = used.get(one.id, []), one.capacity
        yield OpenOffer(
            one.id,
            one.provider,
            None if capacity.places is None else max(0, capacity.places - len(spent)),
            _left(capacity.person_days, [each.person_days for each in spent]),
            _left(capacity.budget, [each.budget for each in spent]),
            one.min_group,
        )


def provider_places(providers: Iterable[Provider], promised: Pairs, of_offer: Mapping[str, str]) -> dict[str, int]:
    """Provider -> how many needs it can still take, where it has said so for all of its offers together.

    ``of_offer`` gives every offer its provider, those withdrawn since too: what they promised counts.
    """
    taken = Counter(of_offer[offer] for _need, offer in promised)
    return {one.id: max(0, one.places - taken[one.id]) for one in providers if one.places is not None}


def request_needs(requests: Iterable[Request]) -> dict[str, int]:
    """Request -> how many of its needs can still be met, where that is limited: less those agreed or in delivery."""
    return {
        request.id: max(0, request.values.most_needs - sum(1 for need in request.needs if need.status in _UNDER_WAY))
        for request in requests
        if request.values.most_needs is not None
    }


def _left(stated: float | None, spent: Iterable[float | None]) -> float | None:
    return None if stated is None else max(0.0, stated - sum(each or 0.0 for each in spent))

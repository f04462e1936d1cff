"""Providers and offers as JSON: every value under its name, lists sorted."""

from collections.abc import Iterable, Mapping
from typing import Any

from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.assistance.requests.request import Kind


def offers_json(offers: Iterable[tuple[Offer, bool]]) -> dict[str, Any]:
    """Offers, each with whether it is stale; what is not stated is null, budgets are US dollars a year."""
    return {"offers": [_offer(offer, stale=stale) for offer, stale in offers]}


def providers_json(providers: Iterable[tuple[Provider, int]]) -> dict[str, Any]:
    """Providers, each with the number of its offers."""
    return {"providers": [_provider(provider, offers) for provider, offers in providers]}


def _offer(offer: Offer, *, stale: bool) -> dict[str, Any]:
    capacity = offer.capacity
    return {
        "offer": offer.id,
        "provider": offer.provider,
        "title": offer.title,
        "language": offer.language,
        "description": offer.description,
        "kinds": [kind.value for kind in Kind if kind in offer.kinds],
        "fields": list(offer.fields),
        "domains": [domain.value for domain in offer.domains],
        "eligible": sorted(offer.eligible),
        "excluded": sorted(offer.excluded),
        "languages": list(offer.languages),
        "places": capacity.places,
        "person_days": capacity.person_days,
        "budget": capacity.budget,
        "valid_from": _day(offer.valid_from),
        "valid_to": _day(offer.valid_to),
        "lead_days": offer.lead_days,
        "min_group": offer.min_group,
        "conditions": offer.conditions,
        "contact": offer.contact,
        "source": offer.source,
        "last_confirmed": _day(offer.last_confirmed),
        "stale": stale,
        "handling": offer.handling.value,
        "withdrawn": offer.withdrawn,
    }


def _provider(provider: Provider, offers: int) -> dict[str, Any]:
    mandate = provider.mandate
    stated: Mapping[str, Any] | None = None
    if mandate is not None:
        source = {"title": mandate.title, "url": mandate.url, "date": _day(mandate.dated)}
        stated = {
            "texts": dict(sorted(mandate.texts.items())),
            "source": None if mandate.provisional else source,
            "provisional": mandate.provisional,
        }
    return {
        "provider": provider.id,
        "names": dict(sorted(provider.names.items())),
        "kind": provider.kind.value,
        "state": provider.state,
        "mandate": stated,
        "mandate_fields": list(provider.mandate_fields),
        "contact": provider.contact,
        "language": provider.language,
        "places": provider.places,
        "offers": offers,
        "source": provider.source,
        "handling": provider.handling.value,
        "withdrawn": provider.withdrawn,
    }


def _day(value: Any) -> str | None:
    return None if value is None else str(value)

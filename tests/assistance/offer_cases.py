"""Providers and offers quickly registered, and the people who keep them, for tests of offers."""

import datetime
from dataclasses import replace

from assistance_people import COORDINATOR
from desk_people import person

from cpi1540.assistance.offers.offer import Capacity, Offer, Provider, ProviderKind
from cpi1540.assistance.offers.service import offers, providers
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import transaction
from cpi1540.matrix.record import Handling

CONTACT = person("contact", Role.PROVIDER_CONTACT)
OTHER_CONTACT = person("other-contact", Role.PROVIDER_CONTACT)
OFFICER = person("officer", Role.DESK_OFFICER)
TODAY = datetime.date(2026, 11, 24)
PROVIDER = Provider("", {"en": "Body for Help"}, ProviderKind.OTHER, contact="A. Person, help@example.org")
OFFER = Offer(
    "",
    "",
    "Course on transit controls",
    frozenset({Kind.TRAINING}),
    ("op3cd.transit.nw.framework", "op3cd.transit.cw.framework"),
    languages=("en", "fr"),
    capacity=Capacity(4, 20.0, 50_000.0),
    lead_days=30,
    last_confirmed=datetime.date(2026, 6, 1),
    contact="B. Person, course@example.org",
)


def register_provider(*, practice: bool = False, **values: object) -> str:
    """A provider with these values instead of the usual ones; its identifier."""
    with transaction():
        return providers.register(replace(PROVIDER, **values), COORDINATOR, practice=practice)  # type: ignore[arg-type]


def register_offer(provider: str, **values: object) -> str:
    """An offer of a provider; its identifier."""
    with transaction():
        return offers.register(replace(OFFER, provider=provider, **values), COORDINATOR)  # type: ignore[arg-type]


def public_pair() -> tuple[str, str]:
    """A public provider with a public offer; their identifiers."""
    provider = register_provider(handling=Handling.PUBLIC)
    return provider, register_offer(provider, handling=Handling.PUBLIC)

"""Providers of assistance and what they offer, as they said it themselves or as a source says it."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cpi1540.assistance.requests.request import Kind
from cpi1540.locales import DEFAULT
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling

_PROVIDER = re.compile(r"(X?)P-([1-9]\d{0,5})")
_OFFER = re.compile(r"(X?)O-([1-9]\d{0,5})")


class ProviderKind(StrEnum):
    """What a provider is."""

    STATE = "state"
    INTERNATIONAL = "international"
    REGIONAL = "regional"
    SUBREGIONAL = "subregional"
    OTHER = "other"


class Validity(StrEnum):
    """Where a day lies in the time for which an offer is valid."""

    CURRENT = "current"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class StatedMandate:
    """What a provider may help with, and where that is said. Without an address it is provisional.

    ``texts`` has one for some languages, and may be empty: then only the source is known, or nothing at all.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    url: str = ""
    dated: datetime.date | None = None

    @property
    def provisional(self) -> bool:
        """Whether no source has been entered for it."""
        return not self.url


@dataclass(frozen=True, slots=True)
class Provider:
    """Who gives assistance (``P-7``, practice ``XP-7``; "" before it is registered).

    ``names`` has one for some languages at least; ``state`` is its code where it is a State. ``mandate_fields`` are
    keys of fields and rows that its mandate covers. ``contact``, written to in ``language``, is shown to the office
    and to the provider's own people alone. ``places`` is how many needs it can take over all of its offers in a year,
    None where it has not said. ``people`` are the actors who keep its programmes.
    """

    id: str
    names: Mapping[str, str]
    kind: ProviderKind
    state: str | None = None
    mandate: StatedMandate | None = None
    mandate_fields: tuple[str, ...] = ()
    contact: str = ""
    language: str = DEFAULT
    places: int | None = None
    source: str = ""
    handling: Handling = Handling.RESTRICTED
    withdrawn: bool = False
    revision: int = 0
    people: frozenset[str] = frozenset()

    def name(self, language: str) -> str:
        """Its name in that language, or else in one that it has."""
        return text_in(self.names, language)[0]


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an offer can carry in a year, its budget in US dollars; None: not stated, which is not the same as none."""

    places: int | None = None
    person_days: float | None = None
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme on offer (``O-31``, practice ``XO-31``; "" before it is registered).

    ``fields`` are those of the matrix it covers; without any it is a general one. ``eligible`` and ``excluded`` hold
    codes of States and of groups; nobody named as eligible means everybody. A date that is None is not stated.
    Title, description and conditions are in ``language``; ``languages`` are those in which the assistance is given.
    """

    id: str
    provider: str
    title: str
    kinds: frozenset[Kind]
    fields: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()
    eligible: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    capacity: Capacity = Capacity()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    lead_days: int | None = None
    min_group: int = 1
    conditions: str = ""
    contact: str = ""
    source: str = ""
    last_confirmed: datetime.date | None = None
    handling: Handling = Handling.RESTRICTED
    language: str = DEFAULT
    description: str = ""
    asked_on: datetime.date | None = None
    withdrawn: bool = False
    revision: int = 0


def provider_id(practice: bool, number: int) -> str:
    """``P-7``; ``XP-7`` in the practice record."""
    return f"{'X' if practice else ''}P-{number}"


def offer_id(practice: bool, number: int) -> str:
    """``O-31``; ``XO-31`` in the practice record."""
    return f"{'X' if practice else ''}O-{number}"


def parse_provider_id(text: str) -> tuple[bool, int] | None:
    """(practice, number) of a provider's identifier; None for anything else."""
    return _parsed(_PROVIDER.fullmatch(text))


def of_practice(identifier: str) -> bool:
    """Whether a provider or an offer with this identifier is of the practice record."""
    parsed = parse_offer_id(identifier) or parse_provider_id(identifier)
    return parsed is not None and parsed[0]


def parse_offer_id(text: str) -> tuple[bool, int] | None:
    """(practice, number) of an offer's identifier; None for anything else."""
    return _parsed(_OFFER.fullmatch(text))


def text_in(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """(text, its language): in the language asked for, else in English, else in the first it has; "" without any."""
    for code in (language, DEFAULT, *sorted(texts)):
        if texts.get(code):
            return texts[code], code
    return "", language


def is_stale(offer: Offer, today: datetime.date) -> bool:
    """Whether nobody confirmed the offer within the last year; the day a year later is still within."""
    return offer.last_confirmed is None or offer.last_confirmed < stale_before(today)


def stale_before(today: datetime.date) -> datetime.date:
    """The first day that is still within a year of today; 29 February is within until 28 February a year later."""
    if (today.month, today.day) == (2, 29):
        return datetime.date(today.year - 1, 3, 1)
    return today.replace(year=today.year - 1)


def validity(offer: Offer, on: datetime.date) -> Validity:
    """Whether the offer is valid on a day; without dates it always is."""
    if offer.valid_from is not None and on < offer.valid_from:
        return Validity.COMING
    return Validity.ENDED if offer.valid_to is not None and offer.valid_to < on else Validity.CURRENT


def begins(offer: Offer, on: datetime.date) -> datetime.date:
    """The first day on which the offer can begin when it is asked for on a day: validity, then lead time."""
    start = max(on, offer.valid_from) if offer.valid_from else on
    return start + datetime.timedelta(days=offer.lead_days or 0)


def _parsed(found: re.Match[str] | None) -> tuple[bool, int] | None:
    return (bool(found[1]), int(found[2])) if found else None

"""Providers and offers as a workbook: its sheets and columns, the marks by which they are known again."""

from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.offers.messages import PROVIDER_KIND_NAMES
from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.foundation.messages import N_, Sentence
from cpi1540.locales import LANGUAGES
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.messages import HANDLING_NAMES

OFFERS_MARK = "cpi1540-offers:1"  # in the first cell of the sheet of offers
PROVIDERS_MARK = "cpi1540-providers:1"  # and of that of providers
LISTS_MARK = "cpi1540-offer-lists:1"
LISTS_SHEET = "cpi1540"
NAME, MANDATE = "name_", "mandate_"  # what the columns for a text in one language begin with
MOST_ROWS = 500  # made for rows to come; a file may have more

TITLE = N_("Offers of assistance under resolution 1540 (2004)")
OFFERS_SHEET = N_("Offers")
PROVIDERS_SHEET = N_("Providers")
LIST_ERROR = N_("Choose from the list, or clear the cell.")
HOW_TO_SHEET = N_("How to fill it in")
HOW_TO: tuple[str, ...] = (
    N_("One row is one offer. A row with a number (O-31) changes that offer; a row without one is a new offer."),
    N_("The provider is named by its number (P-7) or by its name in any language; new ones stand on their own sheet."),
    N_("Leave empty what is not stated: an empty capacity is not the same as 0."),
    N_("Several values stand in one cell, one a line or parted by semicolons."),
    N_("Fields are named by the keys of rows (op3cd.transit) or of fields (op3cd.transit.nw.framework)."),
    N_("Nobody named as eligible means every State. Name States by code or name, regional groups by name."),
    N_("Budgets are US dollars of one year. Dates are written as 2026-11-24."),
    N_("You see everything that would change before anything is recorded, and every problem with its cell."),
)
OFFER_COLUMNS: Mapping[str, str] = {
    "offer": N_("Offer"),
    "provider": N_("Provider"),
    "title": N_("Title"),
    "language": N_("Language of these texts"),
    "description": N_("What is offered"),
    "kinds": N_("Kinds of assistance"),
    "fields": N_("Fields or rows of the matrix, one a line"),
    "domains": N_("Weapon domains (NW, CW, BW)"),
    "eligible": N_("Open to"),
    "excluded": N_("Not open to"),
    "languages": N_("Languages in which it is given (ar, en, es, fr, ru, zh)"),
    "places": N_("Requests it can take in a year"),
    "person_days": N_("Person-days in a year"),
    "budget": N_("Budget of a year in US dollars"),
    "min_group": N_("Smallest group"),
    "lead_days": N_("Lead time in days"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid until"),
    "conditions": N_("Conditions"),
    "contact": N_("Contact"),
    "source": N_("Source"),
    "last_confirmed": N_("Last confirmed"),
    "handling": N_("Handling"),
}
_TEXTS = {f"{NAME}{each.code}": each.own_name for each in LANGUAGES}
_MANDATES = {f"{MANDATE}{each.code}": each.own_name for each in LANGUAGES}
PROVIDER_COLUMNS: Mapping[str, str] = {
    "provider": N_("Provider"),
    **_TEXTS,
    "kind": N_("Kind of provider"),
    "state": N_("State"),
    "contact": N_("Contact"),
    "language": N_("Language of the contact"),
    "places": N_("Needs it can take in a year"),
    **_MANDATES,
    "mandate_title": N_("Document or page of the mandate"),
    "mandate_url": N_("Its address"),
    "mandate_dated": N_("Its date"),
    "mandate_fields": N_("Fields and rows of the mandate"),
    "source": N_("Source"),
    "handling": N_("Handling"),
}
NAME_HEAD = N_("Name: %(language)s")
MANDATE_HEAD = N_("Mandate: %(language)s")
NUMBERS = frozenset({"places", "person_days", "budget", "min_group", "lead_days"})


@dataclass(frozen=True, slots=True)
class AskOffers:
    """What reading needs to know: spellings (normalised) of States and groups and of the providers, the layout."""

    places: Mapping[str, str]
    providers: Mapping[str, str]
    layout: Layout
    practice: bool
    language: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a workbook, and where: ``Offers!F14``, or the file itself."""

    where: str
    says: Sentence


@dataclass(frozen=True, slots=True)
class GivenProvider:
    """A provider as a row gives it, its ``id`` "" when it is new; ``cells`` has the place of each column."""

    provider: Provider
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GivenOffer:
    """An offer as a row gives it, its ``id`` "" when it is new.

    ``offer.provider`` is an identifier, or the normalised name of a new provider of the same workbook.
    """

    offer: Offer
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OffersReading:
    """What a workbook gives; nothing of it is to be used when something is wrong."""

    providers: tuple[GivenProvider, ...] = ()
    offers: tuple[GivenOffer, ...] = ()
    findings: tuple[Finding, ...] = ()


def choices() -> dict[str, dict[str, str]]:
    """Column -> code -> the text shown for it (marked for translation, but languages, which name themselves)."""
    return {
        "kinds": {key.value: text for key, text in KIND_NAMES.items() if key.value != "not-recorded"},
        "kind": {key.value: text for key, text in PROVIDER_KIND_NAMES.items()},
        "language": {language.code: language.own_name for language in LANGUAGES},
        "handling": {key.value: text for key, text in HANDLING_NAMES.items()},
    }

"""What must hold of providers and offers before they are recorded: faults with the part of the form they stand at."""

import datetime
import math
from collections.abc import Collection, Iterable

from cpi1540.assistance.offers.offer import Offer, Provider, ProviderKind
from cpi1540.assistance.requests.checking import LONGEST_TEXT, LONGEST_TITLE, Fault
from cpi1540.assistance.requests.request import Kind, fields_of
from cpi1540.foundation.messages import plural_sentence, sentence
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Layout
from cpi1540.states.groups import GROUPS

MOST = 1_000_000  # places and days; more is a slip of the keyboard
MOST_DOLLARS = 1e12


def provider_faults(provider: Provider, states: Collection[str], layout: Layout) -> list[Fault]:
    """What is wrong with a provider; ``states`` are the codes of the record it belongs to."""
    found = []
    if not any(name.strip() for name in provider.names.values()):
        found.append(Fault("names", sentence("Give the provider a name in one language at least.")))
    found += _too_long({"names": provider.names.values()}, LONGEST_TITLE)
    if provider.kind is ProviderKind.STATE and provider.state not in states:
        found.append(Fault("state", sentence("Choose the State that gives the assistance.")))
    mandate = provider.mandate
    if mandate is not None:
        if mandate.url and not mandate.url.startswith(("https://", "http://")):
            found.append(Fault("mandate_url", sentence("The address begins with https:// or http://.")))
        if mandate.url and not mandate.title.strip():
            found.append(Fault("mandate_title", sentence("Name the document or page that states the mandate.")))
        found += _too_long({"mandate": mandate.texts.values()}, LONGEST_TEXT)
    unknown = [key for key in provider.mandate_fields if not fields_of([key], layout)]
    if unknown:
        says = sentence("%(field)s is no field and no row of the matrix.", field=unknown[0][:60])
        found.append(Fault("mandate_fields", says))
    if provider.places is not None and not 0 < provider.places <= MOST:
        found.append(Fault("places", sentence("Enter a number above 0, or leave it empty when it is not stated.")))
    return found


def offer_faults(offer: Offer, states: Collection[str], layout: Layout, today: datetime.date) -> list[Fault]:
    """What is wrong with an offer; ``states`` are the codes of the record its provider belongs to."""
    found = []
    if not offer.title.strip():
        found.append(Fault("title", sentence("Give the offer a title.")))
    found += _too_long({"title": [offer.title]}, LONGEST_TITLE)
    found += _too_long({"description": [offer.description], "conditions": [offer.conditions]}, LONGEST_TEXT)
    if not offer.kinds or Kind.NOT_RECORDED in offer.kinds:
        found.append(Fault("kinds", sentence("Choose at least one kind of assistance.")))
    unknown = [key for key in offer.fields if key not in layout.positions]
    if unknown:
        found.append(Fault("fields", sentence("The layout has no field %(field)s.", field=unknown[0])))
    known = {*states, *GROUPS}
    for part, codes in (("eligible", offer.eligible), ("excluded", offer.excluded)):
        strange = sorted(codes - known)
        if strange:
            says = sentence("%(found)s is no State and no regional group.", found=strange[0][:60])
            found.append(Fault(part, says))
    both = sorted(offer.eligible & offer.excluded)
    if both:
        says = sentence("%(state)s is named as eligible and as excluded.", state=both[0])
        found.append(Fault("excluded", says))
    if not set(offer.languages) <= set(CODES):
        found.append(Fault("languages", sentence("Choose among the six languages.")))
    return found + _number_faults(offer) + _date_faults(offer, today)


def _number_faults(offer: Offer) -> list[Fault]:
    capacity = offer.capacity
    found = []
    for part, value, most in (
        ("places", capacity.places, MOST),
        ("person_days", capacity.person_days, MOST),
        ("budget", capacity.budget, MOST_DOLLARS),
        ("lead_days", offer.lead_days, 3660),
    ):
        if value is not None and not (math.isfinite(value) and 0 <= value <= most):
            found.append(Fault(part, sentence("Enter a number from 0 on, or leave it empty when it is not stated.")))
    if not 1 <= offer.min_group <= MOST:
        found.append(Fault("min_group", sentence("The smallest group has at least one request.")))
    elif capacity.places is not None and offer.min_group > max(capacity.places, 1):
        found.append(Fault("min_group", sentence("The smallest group is larger than the places of a year.")))
    return found


def _date_faults(offer: Offer, today: datetime.date) -> list[Fault]:
    found = []
    if offer.valid_from and offer.valid_to and offer.valid_from > offer.valid_to:
        found.append(Fault("valid_to", sentence("The offer ends before it begins.")))
    if offer.last_confirmed and offer.last_confirmed > today:
        found.append(Fault("last_confirmed", sentence("The date lies in the future.")))
    return found


def _too_long(texts: dict[str, Iterable[str]], most: int) -> list[Fault]:
    return [
        Fault(part, plural_sentence("At most %(n)s character.", "At most %(n)s characters.", most))
        for part, each in texts.items()
        if any(len(text) > most for text in each)
    ]

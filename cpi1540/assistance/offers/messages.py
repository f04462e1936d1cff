"""Sentences for what providers and offers are, and for what was done with them."""

from collections.abc import Mapping

from cpi1540.assistance.offers.offer import ProviderKind, Validity
from cpi1540.foundation.messages import N_

PROVIDER_KIND_NAMES: Mapping[ProviderKind, str] = {
    ProviderKind.STATE: N_("State"),
    ProviderKind.INTERNATIONAL: N_("International organization"),
    ProviderKind.REGIONAL: N_("Regional organization"),
    ProviderKind.SUBREGIONAL: N_("Subregional organization"),
    ProviderKind.OTHER: N_("Other body"),
}
VALIDITY_NAMES: Mapping[Validity, str] = {
    Validity.CURRENT: N_("Valid today"),
    Validity.COMING: N_("Not valid yet"),
    Validity.ENDED: N_("No longer valid"),
}
DONE_NAMES: Mapping[str, str] = {
    "offer-registered": N_("The offer is registered."),
    "offer-changed": N_("The offer is changed."),
    "offer-confirmed": N_("The offer is confirmed as of today."),
    "offer-withdrawn": N_("The offer is withdrawn."),
    "offer-resumed": N_("The offer is back in the lists."),
    "offer-handled": N_("It is recorded who may read the offer."),
    "offer-mailed": N_("A mail to the contact is on its way."),
    "offer-asked": N_("It is recorded that the contact was asked today."),
    "offers-loaded": N_("Everything in the workbook is recorded."),
    "provider-registered": N_("The provider is registered."),
    "provider-changed": N_("The provider is changed."),
    "provider-withdrawn": N_("The provider is withdrawn, and with it its offers."),
    "provider-resumed": N_("The provider is back in the lists."),
    "provider-given": N_("The person now keeps the programmes of this provider."),
    "provider-taken": N_("The person no longer keeps the programmes of this provider."),
}
PROVIDER_PARTS: Mapping[str, str] = {
    "names": N_("Names"),
    "kind": N_("Kind of provider"),
    "state": N_("State"),
    "mandate": N_("Mandate"),
    "mandate_fields": N_("Fields and rows of the mandate"),
    "contact": N_("Contact"),
    "language": N_("Language of the contact"),
    "places": N_("Needs it can take in a year"),
    "source": N_("Source"),
    "handling": N_("Handling"),
}
OFFER_PARTS: Mapping[str, str] = {
    "title": N_("Title"),
    "language": N_("Language of these texts"),
    "description": N_("What is offered"),
    "kinds": N_("Kinds of assistance"),
    "fields": N_("Fields it covers"),
    "eligible": N_("Open to"),
    "excluded": N_("Not open to"),
    "languages": N_("Languages in which it is given"),
    "capacity": N_("Capacity of a year"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid until"),
    "lead_days": N_("Lead time in days"),
    "min_group": N_("Smallest group"),
    "conditions": N_("Conditions"),
    "contact": N_("Contact"),
    "source": N_("Source"),
    "last_confirmed": N_("Last confirmed"),
    "handling": N_("Handling"),
}

"""Between forms and values of offers and providers: what a form begins with, what was typed, where faults go."""

from collections.abc import Mapping
from typing import Any

from cpi1540.assistance.offers.forms import MANDATE, NAME, OfferForm, texts_in
from cpi1540.assistance.offers.offer import Capacity, Offer, Provider, ProviderKind, StatedMandate
from cpi1540.assistance.offers.place_names import codes_named
from cpi1540.assistance.offers.service.spelling import spelled_places
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.request import Kind, domains_of, fields_chosen
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.languages import name, say, sorted_by_name
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS

# Parts that the forms ask for under another name.
_ALSO_NAMED: Mapping[str, tuple[str, ...]] = {
    "eligible": ("states",),
    "names": (f"{NAME}en",),
    "mandate": (f"{MANDATE}en",),
    "mandate_title": ("mandate_title", "contact"),
}


def state_choices() -> list[tuple[str, str]]:
    """(code, name) of the States of the record, in the reader's alphabet."""
    listed = sorted_by_name(states.states(practice=in_practice()), key=lambda state: state.sort_names)
    return [(state.code, name(state.names)) for state in listed]


def offer_data(offer: Offer) -> dict[str, object]:
    """What an offer's form begins with."""
    return {
        "provider": offer.provider,
        "language": offer.language,
        "title": offer.title,
        "description": offer.description,
        "conditions": offer.conditions,
        "kinds": [kind.value for kind in Kind if kind in offer.kinds],
        "fields": list(offer.fields),
        "domains": [domain.value for domain in offer.domains],
        "groups": [group for group in GROUPS if group in offer.eligible],
        "states": ", ".join(sorted(offer.eligible - set(GROUPS))),
        "excluded": ", ".join(sorted(offer.excluded)),
        "languages": list(offer.languages),
        "places": offer.capacity.places,
        "person_days": offer.capacity.person_days,
        "budget": offer.capacity.budget,
        "min_group": offer.min_group,
        "lead_days": offer.lead_days,
        "valid_from": offer.valid_from,
        "valid_to": offer.valid_to,
        "contact": offer.contact,
        "source": offer.source,
        "last_confirmed": offer.last_confirmed,
        "handling": offer.handling.value,
        "revision": str(offer.revision),
    }


def offer_typed(form: OfferForm, provider: str) -> Offer:
    """What was typed of an offer of that provider; its weapon domains are those named and those of its fields."""
    layout, spelled = layouts.layout(), spelled_places(practice=in_practice())
    fields = fields_chosen(form.fields.data or (), layout)
    spoken = {*(Domain(each) for each in form.domains.data or ()), *domains_of(fields, layout)}
    return Offer(
        "",
        provider,
        form.title.data or "",
        frozenset(Kind(each) for each in form.kinds.data or ()),
        fields,
        tuple(domain for domain in Domain if domain in spoken),
        frozenset({*(form.groups.data or ()), *codes_named(form.states.data or "", spelled)}),
        frozenset(codes_named(form.excluded.data or "", spelled)),
        tuple(code for code in CODES if code in (form.languages.data or ())),
        Capacity(form.places.data, form.person_days.data, form.budget.data),
        form.valid_from.data,
        form.valid_to.data,
        form.lead_days.data,
        1 if form.min_group.data is None else form.min_group.data,
        form.conditions.data or "",
        form.contact.data or "",
        (form.source.data or "") if "source" in form else "",
        form.last_confirmed.data if "last_confirmed" in form else None,
        Handling(form.handling.data) if "handling" in form else Handling.RESTRICTED,
        form.language.data or "",
        form.description.data or "",
    )


def provider_data(provider: Provider) -> dict[str, object]:
    """What a provider's form begins with."""
    mandate = provider.mandate or StatedMandate()
    return {
        **{f"{NAME}{code}": provider.names.get(code, "") for code in CODES},
        **{f"{MANDATE}{code}": mandate.texts.get(code, "") for code in CODES},
        "kind": provider.kind.value,
        "state": provider.state or "",
        "mandate_title": mandate.title,
        "mandate_url": mandate.url,
        "mandate_dated": mandate.dated,
        "mandate_fields": "\n".join(provider.mandate_fields),
        "contact": provider.contact,
        "language": provider.language,
        "places": provider.places,
        "source": provider.source,
        "handling": provider.handling.value,
        "revision": str(provider.revision),
    }


def provider_typed(form: Any) -> Provider:
    """What was typed of a provider. A form for its own people asks for less; the rest is kept by the service."""
    of_office = "kind" in form
    mandate = StatedMandate()
    if of_office:
        mandate = StatedMandate(
            texts_in(form, MANDATE), form.mandate_title.data or "", form.mandate_url.data or "", form.mandate_dated.data
        )
    return Provider(
        "",
        texts_in(form, NAME),
        ProviderKind(form.kind.data) if of_office else ProviderKind.OTHER,
        (form.state.data or None) if of_office and form.kind.data == ProviderKind.STATE else None,
        mandate if mandate != StatedMandate() else None,
        tuple((form.mandate_fields.data or "").split()) if of_office else (),
        form.contact.data or "",
        form.language.data or "",
        form.places.data,
        (form.source.data or "") if of_office else "",
        Handling(form.handling.data) if of_office else Handling.RESTRICTED,
    )


def place(faulty: Faulty, form: Any) -> None:
    """Put each fault at its control; one that has none in this form stands at its title, or its contact."""
    for fault in faulty.faults:
        named = (fault.part, *_ALSO_NAMED.get(fault.part, ()), "title", "contact")
        control = next(form[each] for each in named if each in form)
        control.errors = [*control.errors, say(fault.says)]

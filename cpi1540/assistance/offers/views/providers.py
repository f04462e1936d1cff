"""A provider: its page, registering and changing it, who keeps its programmes, withdrawing it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages as assistance_words
from cpi1540.assistance.offers import messages
from cpi1540.assistance.offers.actions import KEEP_OFFERS, REGISTER_PROVIDERS
from cpi1540.assistance.offers.forms import PersonForm, PlainForm, ProviderForm, ReasonForm
from cpi1540.assistance.offers.offer import Provider, ProviderKind, is_stale, text_in, validity
from cpi1540.assistance.offers.pages import Compared, compared
from cpi1540.assistance.offers.service import providers as service
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.offers.views.form_values import place, provider_data, provider_typed, state_choices
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.forms import faults_of
from cpi1540.assistance.requests.pages import rows_named
from cpi1540.assistance.requests.request import fields_of
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.access import Role, can, current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.languages import current_language, name, say
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.people.service import directory
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("providers", __name__)
WORDS = {"words": messages, "assistance_words": assistance_words, "matrix_words": matrix_words, "by_code": BY_CODE}
# What the people of a provider are not asked: it is the office's word.
_OF_THE_OFFICE = (
    *("kind", "state", "mandate_title", "mandate_url", "mandate_dated", "mandate_fields", "source", "handling"),
    *(f"mandate_{code}" for code in BY_CODE),
)


def _provider(provider_id: str, **_address: Any) -> Provider:
    return reading.find_provider(provider_id, current_actor(), practice=in_practice())


@bp.get("/assistance/providers/<provider_id>")
@public
def one(provider_id: str) -> ResponseReturnValue:
    """A provider with its mandate and its programmes."""
    return _page(_provider(provider_id))


@bp.route("/assistance/providers/new", methods=["GET", "POST"])
@requires(REGISTER_PROVIDERS)
def new() -> ResponseReturnValue:
    """Register a provider."""
    empty = Provider("", {}, ProviderKind.INTERNATIONAL, language=current_language().code)
    form = ProviderForm(data=provider_data(empty))
    if request.method == "GET":
        return _form_page(form, None)
    if form.validate_on_submit():
        try:
            with transaction():
                made = service.register(provider_typed(form), current_actor(), practice=in_practice())
        except Faulty as faulty:
            place(faulty, form)
        else:
            return _back(made, "provider-registered")
    return _form_page(form, None), 422


@bp.route("/assistance/providers/<provider_id>/edit", methods=["GET", "POST"])
@requires(KEEP_OFFERS, _provider)
def edit(provider_id: str) -> ResponseReturnValue:
    """Change a provider; when somebody else saved meanwhile, both values come back beside each other."""
    before = _provider(provider_id)
    form = ProviderForm(data=provider_data(before))
    if not can(current_actor(), REGISTER_PROVIDERS):
        for part in _OF_THE_OFFICE:
            del form[part]
    if request.method == "GET":
        return _form_page(form, before)
    if form.validate_on_submit():
        told, revision = provider_typed(form), whole_number(form.revision.data or "") or 0
        try:
            with transaction():
                service.change(before.id, told, current_actor(), revision=revision)
        except Faulty as faulty:
            place(faulty, form)
        except Stale:
            now = _provider(provider_id)
            form.revision.data = str(now.revision)
            asked = [part for part in messages.PROVIDER_PARTS if part in form or part == "names" or "kind" in form]
            return _form_page(form, now, both=compared(now, told, asked), stale=True), 409
        else:
            return _back(before.id, "provider-changed")
    return _form_page(form, before), 422


@bp.post("/assistance/providers/<provider_id>/withdraw")
@requires(REGISTER_PROVIDERS)
def withdraw(provider_id: str) -> ResponseReturnValue:
    """Withdraw a provider and its offers, with the reason."""
    provider, form = _provider(provider_id), ReasonForm(prefix="withdraw-")
    if not form.validate_on_submit():
        return _page(provider, "withdraw", form), 422
    with transaction():
        service.withdraw(provider.id, current_actor(), reason=form.reason.data or "")
    return _back(provider.id, "provider-withdrawn")


@bp.post("/assistance/providers/<provider_id>/resume")
@requires(REGISTER_PROVIDERS)
def resume(provider_id: str) -> ResponseReturnValue:
    """Take a withdrawn provider back into the lists."""
    provider = _provider(provider_id)
    if PlainForm().validate_on_submit():
        with transaction():
            service.resume(provider.id, current_actor())
    return _back(provider.id, "provider-resumed")


@bp.post("/assistance/providers/<provider_id>/people")
@requires(REGISTER_PROVIDERS)
def give(provider_id: str) -> ResponseReturnValue:
    """Let a person keep the programmes of the provider."""
    provider, form = _provider(provider_id), PersonForm(prefix="give-")
    if form.validate_on_submit():
        try:
            with transaction():
                service.give_to(provider.id, form.person.data or "", current_actor())
        except (NotAllowed, NotFound):
            raise
        except DomainError as error:
            form.person.errors = [say(error.sentence)]
        else:
            return _back(provider.id, "provider-given")
    return _page(provider, "give", form), 422


@bp.post("/assistance/providers/<provider_id>/people/<person>/remove")
@requires(REGISTER_PROVIDERS)
def take(provider_id: str, person: str) -> ResponseReturnValue:
    """Take the programmes of the provider from a person."""
    provider = _provider(provider_id)
    if PlainForm().validate_on_submit():
        with transaction():
            service.take_from(provider.id, person, current_actor())
    return _back(provider.id, "provider-taken")


def _back(identifier: str, done: str) -> ResponseReturnValue:
    flash(done, done)
    return redirect(url("providers.one", provider_id=identifier))


def _page(provider: Provider, verb: str = "", faulty: Any = None) -> str:
    actor, today, layout = current_actor(), calendar.today(), layouts.layout()
    of_office = can(actor, REGISTER_PROVIDERS)
    offers = reading.offers_of(provider, actor)
    forms: dict[str, Any] = {
        "withdraw": ReasonForm(formdata=None, prefix="withdraw-"),
        "give": PersonForm(formdata=None, prefix="give-"),
    }
    if verb:
        forms[verb] = faulty
    keepers = directory.names_of(provider.people)
    contacts = directory.holders_of(Role.PROVIDER_CONTACT) if of_office else []
    forms["give"].person.choices = [
        (person.actor, say(person.name)) for person in contacts if person.actor not in provider.people
    ]
    mandate = provider.mandate
    return render_template(
        "assistance/offers/provider.html",
        provider=provider,
        state=states.find(provider.state) if provider.state else None,
        mandate_text=text_in(mandate.texts, current_language().code) if mandate else ("", ""),
        mandate_rows=rows_named(fields_of(provider.mandate_fields, layout), layout),
        section_titles={section.code: section.short_titles for section in layout.sections},
        offers=[(offer, is_stale(offer, today), validity(offer, today)) for offer in offers if not offer.withdrawn],
        withdrawn=[offer for offer in offers if offer.withdrawn],
        keepers=keepers,
        keeps=can(actor, KEEP_OFFERS, provider),
        of_office=of_office,
        forms=forms,
        opened=verb,
        faults=faults_of(faulty) if faulty is not None else [],
        **WORDS,
    )


def _form_page(form: Any, before: Provider | None, both: tuple[Compared, ...] = (), *, stale: bool = False) -> str:
    if "state" in form:
        form.state.choices = [("", "–"), *state_choices()]
    return render_template(
        "assistance/offers/provider-form.html",
        form=form,
        before=before,
        both=both,
        stale=stale,
        faults=faults_of(form),
        title=name(before.names) if before else "",
        **WORDS,
    )

"""An offer: its page, registering and changing it, confirming it, asking its contact, withdrawing it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages as assistance_words
from cpi1540.assistance.offers import messages
from cpi1540.assistance.offers.actions import KEEP_OFFERS, REGISTER_PROVIDERS
from cpi1540.assistance.offers.forms import HandlingForm, OfferForm, PlainForm, ReasonForm, provider_choices
from cpi1540.assistance.offers.offer import Offer, Provider, is_stale, validity
from cpi1540.assistance.offers.pages import Compared, compared, places
from cpi1540.assistance.offers.service import asking, reading
from cpi1540.assistance.offers.service import offers as service
from cpi1540.assistance.offers.views.form_values import offer_data, offer_typed, place
from cpi1540.assistance.outcomes import messages as outcome_words
from cpi1540.assistance.outcomes.match import Match, parse_match_id
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.forms import faults_of
from cpi1540.assistance.requests.pages import rows_named
from cpi1540.assistance.requests.request import Kind
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.access import Actor, can, current_actor, ensure, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.languages import current_language, name, say
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("offers", __name__)
WORDS = {"words": messages, "assistance_words": assistance_words, "matrix_words": matrix_words, "by_code": BY_CODE}


def provider_of(offer_id: str, **_address: Any) -> Provider:
    """The provider of the offer that the address names; NotFound when the reader may not read it."""
    offer = reading.find_offer(offer_id, current_actor(), practice=in_practice())
    return reading.find_provider(offer.provider, current_actor())


@bp.get("/assistance/offers/<offer_id>")
@public
def one(offer_id: str) -> ResponseReturnValue:
    """An offer with what it covers, for whom, its capacity, and what came of it."""
    return _page(_offer(offer_id))


@bp.route("/assistance/offers/new", methods=["GET", "POST"])
@requires(KEEP_OFFERS, lambda **_address: _first_of_own())
def new() -> ResponseReturnValue:
    """Register an offer, of the provider that ``?provider=`` names where it names one."""
    givers = _own_providers()
    asked = request.args.get("provider", "")
    begun = Offer("", asked, "", frozenset(), language=current_language().code, last_confirmed=calendar.today())
    form = OfferForm(data=offer_data(begun))
    _for_its_people(form)
    if request.method == "GET":
        return _form_page(form, None, givers)
    if form.validate_on_submit():
        if form.provider.data not in {each.id for each in givers}:
            form.provider.errors = [form.provider.gettext("Choose the provider.")]
        else:
            try:
                with transaction():
                    identifier = service.register(offer_typed(form, form.provider.data), current_actor())
            except Faulty as faulty:
                place(faulty, form)
            else:
                flash("offer-registered", "offer-registered")
                return redirect(url("offers.one", offer_id=identifier))
    return _form_page(form, None, givers), 422


@bp.route("/assistance/offers/<offer_id>/edit", methods=["GET", "POST"])
@requires(KEEP_OFFERS, provider_of)
def edit(offer_id: str) -> ResponseReturnValue:
    """Change an offer; when somebody else saved meanwhile, both values come back beside each other."""
    before = _offer(offer_id)
    form = OfferForm(data=offer_data(before))
    del form.provider  # it stays
    _for_its_people(form)
    if request.method == "GET":
        return _form_page(form, before)
    if form.validate_on_submit():
        told = offer_typed(form, before.provider)
        try:
            with transaction():
                service.change(before.id, told, current_actor(), revision=whole_number(form.revision.data or "") or 0)
        except Faulty as faulty:
            place(faulty, form)
        except Stale:
            now = _offer(offer_id)
            form.revision.data = str(now.revision)
            parts = [part for part in messages.OFFER_PARTS if part in form or part in ("eligible", "capacity")]
            return _form_page(form, now, both=compared(now, told, parts), stale=True), 409
        else:
            return _back(before, "offer-changed")
    return _form_page(form, before), 422


@bp.post("/assistance/offers/<offer_id>/confirm")
@requires(KEEP_OFFERS, provider_of)
def confirm(offer_id: str) -> ResponseReturnValue:
    """Record that the offer still stands."""
    return _done(_offer(offer_id), PlainForm(), "confirm", service.confirm)


@bp.post("/assistance/offers/<offer_id>/withdraw")
@requires(KEEP_OFFERS, provider_of)
def withdraw(offer_id: str) -> ResponseReturnValue:
    """Withdraw an offer, with the reason."""
    form = ReasonForm()
    return _done(
        _offer(offer_id),
        form,
        "withdraw",
        lambda identifier, actor: service.withdraw(identifier, actor, reason=form.reason.data or ""),
    )


@bp.post("/assistance/offers/<offer_id>/resume")
@requires(KEEP_OFFERS, provider_of)
def resume(offer_id: str) -> ResponseReturnValue:
    """Take a withdrawn offer back into the lists."""
    return _done(_offer(offer_id), PlainForm(), "resume", service.resume)


@bp.post("/assistance/offers/<offer_id>/handling")
@requires(REGISTER_PROVIDERS)
def handle(offer_id: str) -> ResponseReturnValue:
    """Say who may read the offer."""
    form = HandlingForm()
    return _done(
        _offer(offer_id),
        form,
        "handle",
        lambda identifier, actor: service.handle(identifier, Handling(form.handling.data), actor),
    )


@bp.route("/assistance/offers/<offer_id>/ask", methods=["GET", "POST"])
@requires(REGISTER_PROVIDERS)
def ask(offer_id: str) -> ResponseReturnValue:
    """What the contact is asked, in its language; sent by mail where there is an address."""
    offer = _offer(offer_id)
    base: str = current_app.config["CPI1540"].address
    form = PlainForm()
    asked = asking.asking(offer.id, current_actor(), page="")
    at = f"{base}{url('offers.one', offer_id=offer.id, lang=asked.mail.language)}" if base else ""
    refused = ""
    if form.validate_on_submit():
        try:
            with transaction():
                sent = asking.ask(offer.id, current_actor(), page=at)
        except (NotAllowed, NotFound):
            raise
        except DomainError as error:
            refused = say(error.sentence)
        else:
            return _back(offer, "offer-mailed" if sent else "offer-asked")
    offer = _offer(offer_id)
    provider = reading.find_provider(offer.provider, current_actor())
    shown = asking.asking(offer.id, current_actor(), page=at)
    told = {"offer": offer, "provider": provider, "asked": shown, "today": calendar.today(), "refused": refused}
    return render_template("assistance/offers/ask.html", **told, **WORDS), 409 if refused else 200


def _offer(offer_id: str) -> Offer:
    return reading.find_offer(offer_id, current_actor(), practice=in_practice())


def _own_providers() -> tuple[Provider, ...]:
    """The providers whose offers the reader keeps."""
    actor = current_actor()
    return tuple(each for each in reading.providers(in_practice(), actor) if can(actor, KEEP_OFFERS, each))


def _first_of_own() -> Provider | None:
    return next(iter(_own_providers()), None)


def _for_its_people(form: OfferForm) -> None:
    """Who may read an offer, and when it was confirmed, is asked of the office alone."""
    if not can(current_actor(), REGISTER_PROVIDERS):
        del form.handling, form.last_confirmed, form.source


def _done(offer: Offer, form: Any, verb: str, act: Callable[[str, Any], None]) -> ResponseReturnValue:
    """Do one thing with an offer; what stands in the way is said at its form."""
    ensure(current_actor(), KEEP_OFFERS, reading.find_provider(offer.provider, current_actor()))
    if form.validate_on_submit():
        try:
            with transaction():
                act(offer.id, current_actor())
        except (NotAllowed, NotFound):
            raise
        except DomainError as error:
            return _page(offer, verb, form, say(error.sentence)), 422
        said = {"confirm": "confirmed", "withdraw": "withdrawn", "resume": "resumed", "handle": "handled"}
        return _back(offer, f"offer-{said[verb]}")
    return _page(offer, verb, form), 422


def _back(offer: Offer, done: str) -> ResponseReturnValue:
    flash(done, done)
    return redirect(url("offers.one", offer_id=offer.id))


def _page(offer: Offer, verb: str = "", faulty: Any = None, refused: str = "") -> str:
    actor = current_actor()
    provider = reading.find_provider(offer.provider, actor)
    names = {state.code: state.names for state in states.states(practice=in_practice())}
    layout, today = layouts.layout(), calendar.today()
    keeps = can(actor, KEEP_OFFERS, provider)
    forms = {
        "withdraw": ReasonForm(formdata=None),
        "handle": HandlingForm(formdata=None, data={"handling": offer.handling.value}),
    }
    if verb in forms:
        forms[verb] = faulty
    return render_template(
        "assistance/offers/offer.html",
        offer=offer,
        provider=provider,
        rows=rows_named(offer.fields, layout),
        section_titles={section.code: section.short_titles for section in layout.sections},
        eligible=places(offer.eligible, names),
        excluded=places(offer.excluded, names),
        kinds=[kind for kind in Kind if kind in offer.kinds],
        validity=validity(offer, today),
        stale=is_stale(offer, today),
        matches=_matches(offer, actor),
        outcome_words=outcome_words,
        keeps=keeps,
        forms=forms,
        opened=verb,
        faults=[*faults_of(faulty), *([("main", refused)] if refused else [])] if faulty is not None else [],
        **WORDS,
    )


def _matches(offer: Offer, actor: Actor) -> list[tuple[Match, str]]:
    """The matches of the offer that the reader may read, each with the address of its page."""
    found = []
    for match in outcomes.matches_of(actor, offer=offer.id):
        request_id, need, number = parse_match_id(match.id) or ("", 0, 0)
        found.append((match, url("match_page.one", request_id=request_id, need=need, number=number)))
    return found


def _form_page(
    form: OfferForm,
    before: Offer | None,
    givers: tuple[Provider, ...] = (),
    both: tuple[Compared, ...] = (),
    *,
    stale: bool = False,
) -> str:
    if "provider" in form:
        form.provider.choices = provider_choices((each.id, f"{name(each.names)} ({each.id})") for each in givers)
    return render_template(
        "assistance/offers/offer-form.html",
        form=form,
        before=before,
        provider=reading.find_provider(before.provider, current_actor()) if before else None,
        givers=givers,
        both=both,
        stale=stale,
        faults=faults_of(form),
        layout=layouts.layout(),
        domains=list(Domain),
        aspects=list(Aspect),
        office=can(current_actor(), REGISTER_PROVIDERS),
        **WORDS,
    )

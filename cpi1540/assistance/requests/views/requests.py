"""A request: its page, registering and changing it, the files kept with it."""

from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.forms import NOT_OFFERED, PassageForm, RegisterForm, RequestForm, faults_of
from cpi1540.assistance.requests.request import Channel, Prefilled, Request, Requester, RequestValues
from cpi1540.assistance.requests.service import drafting, reading
from cpi1540.assistance.requests.service import requests as service
from cpi1540.assistance.requests.service.course_keeping import refuse_historical
from cpi1540.assistance.requests.service.requester_names import requester_name, requester_names
from cpi1540.assistance.requests.views.form_values import (
    begun_from_gaps,
    in_practice,
    needs_changed,
    needs_typed,
    place,
    prefilled_data,
    request_data,
    state_choices,
    values_typed,
)
from cpi1540.assistance.requests.views.request_page import request_page
from cpi1540.foundation.access import current_actor, ensure, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import Stale
from cpi1540.foundation.languages import current_language
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("requests", __name__)
DOWNLOAD = "application/octet-stream"
# What two people can have changed at once, in the order of the form.
COMPARED = (
    *("requester", "channel", "formal", "date", "language", "title", "text", "contact", "handling", "source"),
    "most_needs",
)


@bp.get("/assistance/requests/<request_id>")
@public
def one(request_id: str) -> ResponseReturnValue:
    """A request with its needs, where it stands, and what was done; forms for those who may."""
    return request_page(reading.find(request_id, current_actor(), practice=in_practice()))


@bp.route("/assistance/requests/new", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def new() -> ResponseReturnValue:
    """Register a request; begun with the gaps that ``?state=&field=`` name, where they are named."""
    form = RegisterForm(data=_begun())
    if request.method == "GET":
        return register_page(form)
    if needs_changed(form, request.form.get("do", "")) or request.form.get("do") == "open":
        return register_page(form)
    if form.validate_on_submit():
        try:
            with transaction():
                identifier = service.register(values_typed(form), needs_typed(form), current_actor())
        except Faulty as faulty:
            place(faulty, form)
        else:
            flash(identifier, "registered")
            return redirect(url("requests.one", request_id=identifier))
    return register_page(form), 422


@bp.route("/assistance/requests/new/passage", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def passage() -> ResponseReturnValue:
    """Begin a request with a passage of a national report."""
    form = PassageForm()
    if form.validate_on_submit() and form.state.data:
        state = states.find(form.state.data, practice=in_practice())
        begun = drafting.from_passage(state, form.passage.data or "", form.source.data or "")
        return register_page(RegisterForm(formdata=None, data=prefilled_data(begun)))
    if request.method == "POST" and not form.state.data:
        form.state.errors = [form.state.gettext("Choose the State that asks.")]
    page = render_template(
        "assistance/requests/passage.html", form=form, states=state_choices(), faults=faults_of(form)
    )
    return page, 422 if request.method == "POST" else 200


@bp.route("/assistance/requests/<request_id>/edit", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def edit(request_id: str) -> ResponseReturnValue:
    """Change the request's own values; when somebody else saved meanwhile, both come back beside each other."""
    before = reading.find(request_id, current_actor(), practice=in_practice())
    ensure(current_actor(), REGISTER_REQUEST, before.values.requester)
    refuse_historical(before)
    form = RequestForm(data={**request_data(before.values), "revision": str(before.revision)})
    if before.values.channel in NOT_OFFERED:
        del form.channel  # the form cannot say it: it stays as it is
    if request.method == "GET":
        return _edit_page(before, form)
    if form.validate_on_submit():
        told = values_typed(form)
        if not form.channel:
            told = replace(told, channel=before.values.channel)
        try:
            with transaction():
                revision = whole_number(form.revision.data or "") or 0
                service.change(before.id, told, current_actor(), revision=revision)
        except Faulty as faulty:
            place(faulty, form)
        except Stale:
            return _conflict_page(before.id, form, told), 409
        else:
            flash("changed", "changed")
            return redirect(url("requests.one", request_id=before.id))
    return _edit_page(before, form), 422


@bp.get("/assistance/requests/<request_id>/papers/<digest>")
@public
def paper(request_id: str, digest: str) -> ResponseReturnValue:
    """A file kept with the request, as it was given."""
    found = reading.find(request_id, current_actor(), practice=in_practice())
    name, content = reading.paper(found.id, digest, current_actor())
    answer = Response(content, mimetype=DOWNLOAD)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def register_page(form: RegisterForm) -> str:
    """The form of a new request, with the earlier requests that ask for the same."""
    values, needs = _readable(form)
    overlaps = service.overlaps(values, needs, current_actor()) if values else ()
    return render_template(
        "assistance/requests/request-form.html",
        form=form,
        before=None,
        compared=(),
        faults=faults_of(form),
        states=state_choices(),
        overlaps=overlaps,
        layout=layouts.layout(),
        domains=list(Domain),
        aspects=list(Aspect),
        matrix_words=matrix_words,
    )


def _readable(form: RegisterForm) -> tuple[RequestValues | None, list]:  # type: ignore[type-arg]
    """What is typed so far, where it says who asks; a choice that there is not cannot be read."""
    try:
        values = values_typed(form)
        return (values if values.requester.states or values.requester.organization else None), needs_typed(form)
    except ValueError:
        return None, []


def _begun() -> dict[str, object]:
    """What the form of a new request begins with."""
    code, fields = request.args.get("state", ""), request.args.getlist("field")
    if not code:
        empty = RequestValues(Requester(practice=in_practice()), Channel.NOTE_VERBALE, True, None, _language(), "")
        return prefilled_data(Prefilled(empty, ()))
    return begun_from_gaps(states.find(code, practice=in_practice()), fields)


def _language() -> str:
    return current_language().code


def _edit_page(before: Request, form: RequestForm, compared: tuple[tuple[str, object, object], ...] = ()) -> str:
    return render_template(
        "assistance/requests/request-form.html",
        form=form,
        before=before,
        compared=compared,
        faults=faults_of(form),
        states=state_choices(),
        overlaps=(),
        requester=requester_name(before.values.requester),
    )


def _conflict_page(identifier: str, form: RequestForm, told: RequestValues) -> str:
    """The form with what was typed, beside what was saved meanwhile; saving again decides for what is typed."""
    now = reading.find(identifier, current_actor())
    form.revision.data = str(now.revision)
    names = requester_names({now.values.requester, told.requester})

    def shown(values: RequestValues, part: str) -> object:
        return names[values.requester] if part == "requester" else getattr(values, part)

    compared = tuple(
        (part, shown(now.values, part), shown(told, part))
        for part in COMPARED
        if getattr(now.values, part) != getattr(told, part)
    )
    return _edit_page(now, form, compared)

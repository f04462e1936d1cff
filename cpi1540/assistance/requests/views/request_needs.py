"""The needs of a request, each on a page of its own: added, changed, moved on, withdrawn."""

from dataclasses import fields as fields_of_values
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages
from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.requests.checking import Fault, Faulty
from cpi1540.assistance.requests.forms import NeedStatusForm, OneNeedForm, ReasonForm, faults_of
from cpi1540.assistance.requests.request import Need, NeedStatus, NeedValues, Request
from cpi1540.assistance.requests.service import needs, reading
from cpi1540.assistance.requests.service.course_keeping import refuse_historical
from cpi1540.assistance.requests.service.requester_names import requester_name
from cpi1540.assistance.requests.views.form_values import in_practice, need_data, need_typed, place
from cpi1540.foundation.access import current_actor, ensure, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.service import layouts

bp: Blueprint = RecordBlueprint("request_needs", __name__)
COMPARED = tuple(each.name for each in fields_of_values(NeedValues) if each.name != "domains")


@bp.route("/assistance/requests/<request_id>/needs/new", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def new(request_id: str) -> ResponseReturnValue:
    """Add a need under the next number."""
    found = _writable(request_id)
    form = OneNeedForm(data={"revision": str(found.revision)})
    if form.validate_on_submit():
        try:
            with transaction():
                needs.add_need(found.id, need_typed(form), current_actor())
        except Faulty as faulty:
            _place(faulty, form)
        else:
            return _back(found)
    return _page(found, None, form), 422 if request.method == "POST" else 200


@bp.route("/assistance/requests/<request_id>/needs/<int:number>", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def edit(request_id: str, number: int) -> ResponseReturnValue:
    """Change a need; when somebody else saved the request meanwhile, both values come back beside each other."""
    found = _writable(request_id)
    need = _need(found, number)
    form = OneNeedForm(data={**need_data(need.values), "revision": str(found.revision)})
    if request.method == "GET":
        return _page(found, need, form)
    if form.validate_on_submit():
        told = need_typed(form)
        try:
            with transaction():
                revision = whole_number(form.revision.data or "") or 0
                needs.change_need(found.id, number, told, current_actor(), revision=revision)
        except Faulty as faulty:
            _place(faulty, form)
        except Stale:
            now = _writable(request_id)
            form.revision.data = str(now.revision)
            saved = _need(now, number)
            compared = tuple(
                (part, getattr(saved.values, part), getattr(told, part))
                for part in COMPARED
                if getattr(saved.values, part) != getattr(told, part)
            )
            return _page(now, saved, form, compared=compared, stale=True), 409
        else:
            return _back(found)
    return _page(found, need, form), 422


@bp.post("/assistance/requests/<request_id>/needs/<int:number>/status")
@requires(REGISTER_REQUEST)
def status(request_id: str, number: int) -> ResponseReturnValue:
    """Record how far a need has come."""
    found, form = _writable(request_id), NeedStatusForm()
    need = _need(found, number)
    if not form.validate_on_submit():
        return _page(found, need, _begun(found, need), status_form=form), 422
    try:
        with transaction():
            needs.set_status(found.id, number, NeedStatus(form.status.data), current_actor())
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        form.status.errors = [say(error.sentence)]
        return _page(found, need, _begun(found, need), status_form=form), 422
    return _back(found)


@bp.post("/assistance/requests/<request_id>/needs/<int:number>/withdraw")
@requires(REGISTER_REQUEST)
def withdraw(request_id: str, number: int) -> ResponseReturnValue:
    """Withdraw one need; the others stay."""
    found, form = _writable(request_id), ReasonForm()
    need = _need(found, number)
    if form.validate_on_submit():
        try:
            with transaction():
                needs.withdraw_need(found.id, number, current_actor(), reason=form.reason.data or "")
        except (NotAllowed, NotFound):
            raise
        except DomainError as error:
            form.reason.errors = [say(error.sentence)]
        else:
            return _back(found)
    return _page(found, need, _begun(found, need), withdrawal=form), 422


def _writable(request_id: str) -> Request:
    found = reading.find(request_id, current_actor(), practice=in_practice())
    ensure(current_actor(), REGISTER_REQUEST, found.values.requester)
    refuse_historical(found)
    return found


def _need(found: Request, number: int) -> Need:
    for need in found.needs:
        if need.number == number:
            return need
    raise NotFound(sentence("%(request)s has no need %(need)s.", request=found.id, need=str(number)))


def _begun(found: Request, need: Need) -> OneNeedForm:
    return OneNeedForm(formdata=None, data={**need_data(need.values), "revision": str(found.revision)})


def _place(faulty: Faulty, form: OneNeedForm) -> None:
    """The faults of the one need of this page."""
    place(Faulty([Fault(fault.part.rpartition(".")[2], fault.says) for fault in faulty.faults]), form)


def _back(found: Request) -> ResponseReturnValue:
    flash("need", "need")
    return redirect(url("requests.one", request_id=found.id, _anchor="needs"))


def _page(
    found: Request,
    need: Need | None,
    form: OneNeedForm,
    *,
    status_form: NeedStatusForm | None = None,
    withdrawal: ReasonForm | None = None,
    compared: tuple[tuple[str, Any, Any], ...] = (),
    stale: bool = False,
) -> str:
    faults = [fault for each in (form, status_form, withdrawal) if each is not None for fault in faults_of(each)]
    layout = layouts.layout()
    return render_template(
        "assistance/requests/need-form.html",
        found=found,
        need=need,
        form=form,
        status_form=status_form or NeedStatusForm(formdata=None, data={"status": need.status.value if need else ""}),
        withdrawal=withdrawal or ReasonForm(formdata=None),
        compared=compared,
        stale=stale,
        faults=faults,
        requester=requester_name(found.values.requester),
        words=messages,
        layout=layout,
        domains=list(Domain),
        aspects=list(Aspect),
        matrix_words=matrix_words,
        by_code=BY_CODE,
    )

"""The requests of one State: what it asked and how that stands; its focal point submits from the own list of gaps."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages
from cpi1540.assistance.actions import REGISTER_REQUEST, SUBMIT_REQUEST
from cpi1540.assistance.procedure import steps as procedure
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.forms import SubmitForm, faults_of
from cpi1540.assistance.requests.service import drafting, lists, reading
from cpi1540.assistance.requests.service import requests as service
from cpi1540.assistance.requests.views.form_values import (
    begun_from_gaps,
    needs_changed,
    needs_typed,
    place,
    words_typed,
)
from cpi1540.foundation.access import can, current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.search_text import printable
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import state_asked, state_code
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("state_requests", __name__)


@bp.get("/states/<state>/requests")
@public
def of_state(state: str) -> ResponseReturnValue:
    """The requests in which a State asks, newest first, with where each stands."""
    found, actor = state_asked(state), current_actor()
    holidays, today = calendar.holidays(), calendar.today()
    lines = [(each, lists.standing_of(each, on=today, holidays=holidays)) for each in reading.requests_of(found, actor)]
    return render_template(
        "assistance/requests/of-state.html",
        state=found,
        lines=lines,
        may_submit=can(actor, SUBMIT_REQUEST, found.code),
        may_register=can(actor, REGISTER_REQUEST, found.code),
        words=messages,
        procedure=procedure,
        day_in_new_york=today,
    )


@bp.route("/states/<state>/requests/new", methods=["GET", "POST"])
@requires(SUBMIT_REQUEST, subject=state_code)
def submit(state: str) -> ResponseReturnValue:
    """Pick gaps of the own list, then say what is needed to close them, and submit."""
    found = state_asked(state)
    fields = [printable(key)[:80] for key in request.values.getlist("field")]
    if request.method == "GET":
        if not fields and not request.args.get("write"):
            return _gaps_page(found)
        return _submit_page(found, SubmitForm(data=begun_from_gaps(found, fields)))
    form = SubmitForm()
    if needs_changed(form, request.form.get("do", "")):
        return _submit_page(found, form)
    if form.validate_on_submit():
        try:
            with transaction():
                values = words_typed(form, found.code, found.practice)
                identifier = service.submit(found, values, needs_typed(form), current_actor())
        except Faulty as faulty:
            place(faulty, form)
        else:
            flash(identifier, "submitted")
            return redirect(url("requests.one", request_id=identifier))
    return _submit_page(found, form), 422


def _gaps_page(state: State) -> str:
    """The gaps of the State's effective version, to be picked."""
    layout, gaps = layouts.layout(), drafting.gaps_of(state)
    return render_template(
        "assistance/requests/pick-gaps.html",
        state=state,
        sections=[
            (
                section,
                [
                    layout.field(key)
                    for key in layout.positions
                    if key in gaps and layout.field(key).section == section.code
                ],
            )
            for section in layout.sections
        ],
        n_gaps=len(gaps),
        matrix_words=matrix_words,
    )


def _submit_page(state: State, form: SubmitForm) -> str:
    return render_template(
        "assistance/requests/submit.html",
        state=state,
        form=form,
        faults=faults_of(form),
        layout=layouts.layout(),
        domains=list(Domain),
        aspects=list(Aspect),
        matrix_words=matrix_words,
    )

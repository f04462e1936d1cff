"""The requests of one State: what it asked and how that stands; its focal point submits from the own list of gaps."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages
from cpi1540.assistance.actions import REGISTER_REQUEST, SUBMIT_REQUEST
from cpi1540.assistance.procedure import steps as procedure
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.forms import SubmitForm, faults_of
from cpi1540.assistance.requests.request import NeedValues, Request, RequestValues
from cpi1540.assistance.requests.service import drafting, lists, reading, submitted
from cpi1540.assistance.requests.service import requests as service
from cpi1540.assistance.requests.service.submitted import TooLate
from cpi1540.assistance.requests.views.form_values import (
    begun_from_gaps,
    need_data,
    needs_changed,
    needs_typed,
    numbered_needs_typed,
    place,
    request_data,
    told_again,
    words_typed,
)
from cpi1540.foundation.access import can, current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import Stale
from cpi1540.foundation.languages import listed, say
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import state_asked, state_code
from cpi1540.states.state import State

Compared = tuple[tuple[str | int, str, str], ...]
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


@bp.route("/states/<state>/requests/<request_id>/edit", methods=["GET", "POST"])
@requires(SUBMIT_REQUEST, subject=state_code)
def edit(state: str, request_id: str) -> ResponseReturnValue:
    """Change what was submitted, until its note verbale is registered; two who do so at once see both."""
    found = state_asked(state)
    try:
        before = _submitted(found, request_id)
    except TooLate as error:
        if request.method == "GET":
            raise
        return _too_late(found, request_id, error)
    numbered = [{**need_data(need), "number": str(number)} for number, need in submitted.needs_of(before)]
    data = {**request_data(before.values), "needs": numbered, "revision": str(before.revision)}
    form = SubmitForm(data=data)
    if request.method == "GET" or needs_changed(form, request.form.get("do", "")):
        return _submit_page(found, form, before=before)
    if form.validate_on_submit():
        values, needs = told_again(form, before.values), numbered_needs_typed(form)
        try:
            with transaction():
                revision = whole_number(form.revision.data or "") or 0
                submitted.change(before.id, values, needs, current_actor(), revision=revision)
        except Faulty as faulty:
            place(faulty, form)
        except TooLate as error:
            return _too_late(found, request_id, error)
        except Stale:
            now = _submitted(found, request_id)
            form.revision.data = str(now.revision)
            return _submit_page(found, form, before=now, compared=_compared(now, values, needs)), 409
        else:
            flash("changed", "changed")
            return redirect(url("requests.one", request_id=before.id))
    return _submit_page(found, form, before=before), 422


def _submitted(state: State, request_id: str) -> Request:
    """A request that the State submitted; NotFound for one that another State asks in."""
    found = reading.find(request_id, current_actor(), practice=state.practice)
    if state.code not in found.values.requester.states:
        raise reading.not_found(request_id)
    return submitted.own(request_id, current_actor(), practice=state.practice)


def _too_late(state: State, request_id: str, error: TooLate) -> ResponseReturnValue:
    """What was typed comes back with the reason why it is not saved."""
    form = SubmitForm()
    form.title.errors = [say(error.sentence)]
    return _submit_page(state, form, before=reading.find(request_id, current_actor(), practice=state.practice)), 409


def _compared(now: Request, values: RequestValues, needs: list[tuple[int, NeedValues]]) -> Compared:
    """What was saved meanwhile beside what was typed, where they differ: the State's words, then need by need."""
    parts: list[tuple[str | int, str, str]] = [
        (part, getattr(now.values, part), getattr(values, part)) for part in submitted.WORDS
    ]
    saved, mine = dict(submitted.needs_of(now)), dict(needs)
    parts += [(n, _in_words(saved.get(n)), _in_words(mine.get(n))) for n in sorted({*saved, *mine} - {0})]
    return tuple(each for each in parts if each[1] != each[2])


def _in_words(need: NeedValues | None) -> str:
    """A need as lines of text."""
    if need is None:
        return ""
    told = (
        say(messages.KIND_NAMES[need.kind]),
        say(messages.PRIORITY_NAMES[need.priority]) if need.priority else "",
        need.objective,
        need.beneficiaries,
        need.in_place,
        need.own_contribution,
        need.time_frame,
        listed(BY_CODE[code].own_name for code in need.languages),
        *need.fields,
    )
    return "\n".join(line for line in told if line)


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


def _submit_page(
    state: State, form: SubmitForm, *, before: Request | None = None, compared: Compared | None = None
) -> str:
    return render_template(
        "assistance/requests/submit.html",
        state=state,
        form=form,
        before=before,
        stale=compared is not None,
        compared=compared or (),
        faults=faults_of(form),
        layout=layouts.layout(),
        domains=list(Domain),
        aspects=list(Aspect),
        matrix_words=matrix_words,
    )

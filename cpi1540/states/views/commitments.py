"""The commitments of a State: read, recorded, changed, withdrawn."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.states import commitment_records, messages, pages
from cpi1540.states import service as states
from cpi1540.states.actions import RECORD_COMMITMENTS
from cpi1540.states.commitment import Commitment, Confidence, Handling, differing
from cpi1540.states.commitment_kind import RECORDED_KINDS, CommitmentKind, spelled
from cpi1540.states.commitment_records import Unsound
from cpi1540.states.forms import CommitmentForm, WithdrawForm
from cpi1540.states.state import State
from cpi1540.states.views.asked import kind_asked, state_asked, state_code

bp: Blueprint = RecordBlueprint("commitments", __name__)


@bp.get("/states/<state>/commitments")
@public
def of_state(state: str) -> ResponseReturnValue:
    """What is recorded of a State, kind by kind."""
    found = state_asked(state)
    records = commitment_records.commitments_of([found], current_actor())[found.code]
    return render_template(
        "states/commitments.html",
        state=found,
        page=pages.state_commitments(found, records, today()),
        instruments=states.instruments(),
        words=messages,
    )


@bp.route("/states/<state>/commitments/new", methods=["GET", "POST"])
@requires(RECORD_COMMITMENTS, subject=state_code)
def new(state: str) -> ResponseReturnValue:
    """Record a commitment of the kind that ``?kind=`` names; without one, choose it."""
    found, kind = state_asked(state), kind_asked()
    if kind is None:
        return render_template("states/commitment-kinds.html", state=found, kinds=RECORDED_KINDS)
    if kind.read_only:
        raise NotFound(sentence("Records of this kind come from the reference data alone."))
    form = CommitmentForm(data={"handling": Handling.PUBLIC.value, "confidence": Confidence.SEEN.value})
    if form.validate_on_submit():
        try:
            with transaction():
                identifier = commitment_records.record(found, _told(found, kind, form), current_actor())
        except Unsound as unsound:
            _place(unsound, form)
        else:
            flash(identifier, "recorded")
            return _back(found, identifier)
    return _form_page(found, kind, form, None)


@bp.route("/states/<state>/commitments/<commitment>/edit", methods=["GET", "POST"])
@requires(RECORD_COMMITMENTS, subject=state_code)
def edit(state: str, commitment: str) -> ResponseReturnValue:
    """Change a record; when somebody else saved it meanwhile, both values come back beside each other."""
    found, actor = state_asked(state), current_actor()
    before = commitment_records.find(found, commitment, actor)
    form = CommitmentForm(data=_data(before))
    if form.validate_on_submit():
        told = replace(_told(found, before.about, form), id=before.id, revision=int(form.revision.data or 0))
        try:
            with transaction():
                commitment_records.change(found, told, actor)
        except Unsound as unsound:
            _place(unsound, form)
        except Stale:
            return _conflict_page(found, form, told)
        else:
            flash(commitment, "recorded")
            return _back(found, commitment)
    return _form_page(found, before.about, form, before)


@bp.post("/states/<state>/commitments/<commitment>/withdraw")
@requires(RECORD_COMMITMENTS, subject=state_code)
def withdraw(state: str, commitment: str) -> ResponseReturnValue:
    """Take a mistaken record out of the register, with the reason."""
    found, actor = state_asked(state), current_actor()
    before = commitment_records.find(found, commitment, actor)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            with transaction():
                revision = int(form.revision.data or 0)
                commitment_records.withdraw(found, commitment, revision, form.reason.data or "", actor)
        except DomainError as error:
            form.reason.errors = [say(error.sentence)]
        else:
            flash(commitment, "withdrawn")
            return _back(found)
    return _form_page(found, before.about, CommitmentForm(formdata=None, data=_data(before)), before, form)


def _back(state: State, identifier: str | None = None) -> ResponseReturnValue:
    return redirect(url("commitments.of_state", state=state.code, _anchor=identifier))


def _form_page(
    state: State,
    kind: CommitmentKind,
    form: CommitmentForm,
    before: Commitment | None,
    withdrawal: WithdrawForm | None = None,
    saved: commitment_records.Saved | None = None,
    compared: tuple[tuple[str, Commitment, Commitment], ...] = (),
) -> ResponseReturnValue:
    known = commitment_records.register_of([state], current_actor())[state.code]
    page = render_template(
        "states/commitment-form.html",
        state=state,
        kind=kind,
        form=form,
        before=before,
        withdrawal=withdrawal or WithdrawForm(formdata=None, data={"revision": form.revision.data}),
        may_revise=[each for each in known if kind.revisable and each.kind == kind.code and each != before],
        saved=saved,
        compared=compared,
        words=messages,
    )
    faulty = bool(form.errors or (withdrawal and withdrawal.errors))
    return page, 409 if compared or saved else 422 if faulty else 200


def _conflict_page(state: State, form: CommitmentForm, told: Commitment) -> ResponseReturnValue:
    """The form with what was typed, beside what was saved meanwhile; saving again decides for what is typed."""
    now = commitment_records.find(state, told.id or "", current_actor())
    form.revision.data = str(now.revision)
    compared = tuple((part, now, told) for part in differing(now, told))
    saved = commitment_records.last_saved(state, told.id or "")
    return _form_page(state, now.about, form, now, saved=saved, compared=compared)


def _place(unsound: Unsound, form: CommitmentForm) -> None:
    """Put each problem at its field; what concerns the record as a whole stands at its date, which every form has."""
    for problem in unsound.problems:
        field = form[problem.where if problem.where in form else "date"]
        field.errors = [*field.errors, say(messages.problem_sentence(problem))]


def _told(state: State, kind: CommitmentKind, form: CommitmentForm) -> Commitment:
    typed = form.value.data or ""
    value = spelled(kind, typed)
    return Commitment(
        state.code,
        kind.code,
        form.source.data or "",
        form.as_of.data,
        typed if value is None else value,
        form.date.data,
        (form.authority.data or "") if kind.authority else "",
        form.url.data or "",
        form.note.data or "",
        Handling(form.handling.data),
        Confidence(form.confidence.data),
        form.ended.data,
        (form.revises.data or None) if kind.revisable else None,
    )


def _data(record: Commitment) -> dict[str, object]:
    return {
        "value": record.value,
        "date": record.date,
        "ended": record.ended,
        "authority": record.authority,
        "source": record.source,
        "url": record.url,
        "as_of": record.as_of,
        "note": record.note,
        "handling": record.handling.value,
        "confidence": record.confidence.value,
        "revises": record.revises,
        "revision": str(record.revision),
    }

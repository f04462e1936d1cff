"""The draft as a whole: its steps and what stands in their way, its checks, its saves."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.templating import today
from cpi1540.matrix import checks, messages, pages, workflow
from cpi1540.matrix.actions import EDIT_MATRIX, WORK_ON_MATRIX
from cpi1540.matrix.forms import StepForm
from cpi1540.matrix.record import Basis, Code, Version, option_of
from cpi1540.matrix.service import drafts, histories, layouts, proposals, quality, reading, speaking, steps, versions
from cpi1540.matrix.service.steps import Papers
from cpi1540.matrix.views.asked import state_asked, state_code
from cpi1540.matrix.workflow import Act
from cpi1540.people.service import directory as people
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("workflow", __name__)


@bp.get("/states/<state>/draft")
@requires(WORK_ON_MATRIX, subject=state_code)
def overview(state: str) -> ResponseReturnValue:
    """Where the draft stands, what its next steps need, and what the checks found."""
    found = state_asked(state)
    draft = drafts.open_version(found, current_actor())
    return _overview(found, draft, StepForm(), None)


@bp.post("/states/<state>/draft/start")
@requires(EDIT_MATRIX, subject=state_code)
def start(state: str) -> ResponseReturnValue:
    """Start a draft from the effective version; nothing is done twice when one is there."""
    found = state_asked(state)
    with transaction():
        drafts.draft_of(found, current_actor())
    return redirect(url("draft.section", state=found.code, section="op2"))


@bp.post("/states/<state>/draft/steps/<act>")
@requires(WORK_ON_MATRIX, subject=state_code)
def step(state: str, act: str) -> ResponseReturnValue:
    """Take a step of the workflow."""
    found, actor = state_asked(state), current_actor()
    draft = drafts.open_version(found, actor)
    if draft is None or act not in list(Act):
        raise NotFound(sentence("%(state)s has no draft.", state=found.code))
    form = StepForm()
    if not form.validate_on_submit():
        return _overview(found, draft, form, Act(act), 422)
    papers = Papers(form.reason.data or "", form.due.data, form.symbol.data or "", form.approved_on.data)
    try:
        with transaction():
            seen = replace(draft, revision=int(form.revision.data or 0))
            moved = steps.take(found, seen, Act(act), actor, papers)
    except DomainError as error:
        form.reason.errors = [say(error.sentence)]
        return _overview(found, drafts.open_version(found, actor), form, Act(act), 409)
    flash(act, "step")
    if moved.status == "approved":
        return redirect(url("matrix.versions_page", state=found.code))
    return redirect(url("workflow.overview", state=found.code))


@bp.post("/states/<state>/draft/explain")
@requires(WORK_ON_MATRIX, subject=state_code)
def explain(state: str) -> ResponseReturnValue:
    """Let warnings stand for the reasons given: one for each check and field, as many as were filled in."""
    found, actor = state_asked(state), current_actor()
    draft = drafts.open_version(found, actor)
    if draft is None:
        raise NotFound(sentence("%(state)s has no draft.", state=found.code))
    reasons = {}
    for place in request.form.getlist("place"):
        given = (request.form.get(f"{part}-{place}", "") for part in ("check", "field", "was", "reason"))
        check, field, was, reason = (printable(text).strip() for text in given)
        if reason != was:
            reasons[check, field] = reason
    with transaction():
        if reasons:
            quality.explain(found, draft, reasons, actor)
    return redirect(url("workflow.overview", state=found.code) + "#checks")


@bp.get("/states/<state>/asserted")
@requires(WORK_ON_MATRIX, subject=state_code)
def asserted(state: str) -> ResponseReturnValue:
    """Every X that rests on the State's word alone, with what it says."""
    found, actor = state_asked(state), current_actor()
    version = drafts.worked_on(found, actor)
    entries = reading.matrix(version).entries if version else {}
    resting = {
        key: entry for key, entry in entries.items() if entry.code is Code.FOUND and entry.basis is Basis.ASSERTED
    }
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    return render_template(
        "matrix/asserted.html",
        state=found,
        version=version,
        fields=[(layout.field(key), entry) for key, entry in resting.items()],
        n_found=sum(entry.code is Code.FOUND for entry in entries.values()),
        voice=speaking.voice(found, version, resting.values()),
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
    )


def _overview(
    state: State, draft: Version | None, form: StepForm, asked: Act | None, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    taken = steps.steps_of(draft) if draft else []
    saves = histories.of_draft(draft, 12) if draft else []
    layout = layouts.layout(draft.layout if draft else layouts.DEFAULT_LAYOUT)
    named = {each.actor for each in taken} | {each.actor for each in saves}
    page = render_template(
        "matrix/draft.html",
        state=state,
        draft=draft,
        effective=versions.effective([state], today()).get(state.code),
        possible=steps.possible(state, draft, actor) if draft else [],
        steps=taken,
        saves=saves,
        verdict=quality.verdict(state, draft) if draft else None,
        unanswered=proposals.unanswered(draft) if draft else 0,
        names=people.names_of(sorted(named)),
        layout=layout,
        form=form,
        asked=asked,
        checks=checks,
        workflow=workflow,
        words=messages,
    )
    return page, status

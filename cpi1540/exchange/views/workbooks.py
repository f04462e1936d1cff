"""A State's matrix as a workbook: download, upload, preview, apply."""

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.exchange.forms import UploadForm
from cpi1540.exchange.messages import problem_sentence
from cpi1540.exchange.proposal import Proposal
from cpi1540.exchange.service import workbooks as service
from cpi1540.exchange.workbook_head import workbook_name
from cpi1540.foundation.access import can, current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotFound, Stale
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import state_asked, state_code, version_asked
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("exchange", __name__)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/states/<state>/excel")
@public
def excel(state: str) -> ResponseReturnValue:
    """Download a State's matrix as a workbook, or choose one that came back."""
    return _excel_page(state_asked(state), UploadForm())


@bp.post("/states/<state>/excel")
@requires(EDIT_MATRIX, subject=state_code)
def upload(state: str) -> ResponseReturnValue:
    """Take a workbook that came back, and show what it changes."""
    found = state_asked(state)
    form = UploadForm()
    if not form.validate_on_submit():
        return _excel_page(found, form), 422
    content, name = form.file.data.read(), form.file.data.filename or "?"
    with transaction():
        token = service.keep_upload(content, name, found, current_actor())
    return redirect(url("exchange.preview", state=found.code, token=token))


@bp.get("/states/<state>/matrix.xlsx")
@public
def download(state: str) -> ResponseReturnValue:
    """A version of a State's matrix as a workbook, in the language asked for."""
    found = state_asked(state)
    version, _chosen = version_asked(found)
    if version is None:
        raise NotFound(sentence("%(state)s has no version yet.", state=found.code))
    language = request.args.get("in", g.language)
    if language not in BY_CODE:
        raise NotFound(sentence("There is no language %(language)s.", language=language))
    content = service.workbook(found, version, language, current_app.config["CPI1540"].office)
    answer = Response(content, mimetype=WORKBOOK)
    answer.headers.set("Content-Disposition", "attachment", filename=workbook_name(version, language))
    return answer


@bp.get("/states/<state>/excel/<token>")
@requires(EDIT_MATRIX, subject=state_code)
def preview(state: str, token: str) -> ResponseReturnValue:
    """What an uploaded workbook would change, and every problem by sheet and cell."""
    found = state_asked(state)
    proposal = _proposal(found, token)
    layout = layouts.layout(proposal.layout) if proposal.layout and not proposal.problems else None
    return render_template(
        "exchange/preview.html",
        state=found,
        token=token,
        proposal=proposal,
        layout=layout,
        problem_sentence=problem_sentence,
        words=messages,
    )


@bp.post("/states/<state>/excel/<token>/apply")
@requires(EDIT_MATRIX, subject=state_code)
def apply(state: str, token: str) -> ResponseReturnValue:
    """Write what an uploaded workbook changes into the open draft, as it was shown."""
    found = state_asked(state)
    proposal = _proposal(found, token)
    try:
        with transaction():
            version = service.apply_upload(token, proposal, _seen(), found, current_actor())
    except Stale as stale:
        flash(say(stale.sentence), "look-again")
        return redirect(url("exchange.preview", state=found.code, token=token))
    flash(str(len(proposal.changes)), "applied")
    return redirect(url("desk.state", state=found.code, version=version.number if version else None))


def _proposal(state: State, token: str) -> Proposal:
    name, content = service.upload(token, state, current_actor())
    return service.read(content, name, current_actor(), state=state, practice=state.practice)


def _seen() -> tuple[int, int] | None:
    """Number and revision of the version that the changes were shown against; None when there was none."""
    told = [request.form.get(name, "") for name in ("version", "revision")]
    number, revision = (whole_number(text) for text in told)
    return None if number is None or revision is None else (number, revision)


def _excel_page(state: State, form: UploadForm) -> str:
    version, chosen = version_asked(state)
    return render_template(
        "exchange/excel.html",
        state=state,
        version=version,
        chosen=chosen,
        form=form,
        may_edit=can(current_actor(), EDIT_MATRIX, state.code),
        words=messages,
    )

"""A State's matrix as a workbook: download, upload, preview, apply."""

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.exchange import service
from cpi1540.exchange.forms import UploadForm
from cpi1540.exchange.messages import problem_sentence
from cpi1540.exchange.workbook_head import workbook_name
from cpi1540.foundation.access import SIGNED_IN, can, current_actor, ensure, public, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import version_asked
from cpi1540.states import service as states
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("exchange", __name__)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/states/<state>/excel", methods=["GET", "POST"])
@public
def excel(state: str) -> ResponseReturnValue:
    """Download a State's matrix as a workbook, or take one that came back."""
    found = _state(state)
    form = UploadForm()
    if request.method == "POST":
        ensure(current_actor(), EDIT_MATRIX, found.code)
        if form.validate_on_submit():
            with transaction():
                name = form.file.data.filename or "?"
                token = service.keep_upload(form.file.data.read(), name, found, current_actor())
            return redirect(url("exchange.preview", state=found.code, token=token))
    version, chosen = version_asked(found)
    may_edit = can(current_actor(), EDIT_MATRIX, found.code)
    page = render_template(
        "exchange/excel.html",
        state=found,
        version=version,
        chosen=chosen,
        form=form,
        may_edit=may_edit,
        words=messages,
    )
    return page, 422 if form.errors else 200


@bp.get("/states/<state>/matrix.xlsx")
@public
def download(state: str) -> ResponseReturnValue:
    """A version of a State's matrix as a workbook, in the language asked for."""
    found = _state(state)
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
@requires(SIGNED_IN)
def preview(state: str, token: str) -> ResponseReturnValue:
    """What an uploaded workbook would change, and every problem by sheet and cell."""
    found = _state(state)
    ensure(current_actor(), EDIT_MATRIX, found.code)
    name, content = service.upload(token, found, current_actor())
    proposal = service.read(content, name, current_actor(), state=found, practice=found.practice)
    fields = layouts.layout(proposal.layout).positions if proposal.layout and not proposal.problems else {}
    layout = layouts.layout(proposal.layout) if fields and proposal.layout else None
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
@requires(SIGNED_IN)
def apply(state: str, token: str) -> ResponseReturnValue:
    """Write what an uploaded workbook changes into the open draft."""
    found = _state(state)
    ensure(current_actor(), EDIT_MATRIX, found.code)
    applied = service.apply_upload(token, found, current_actor())
    number = applied.version.number if applied.version else None
    flash(str(len(applied.proposal.changes)), "applied")
    return redirect(url("desk.state", state=found.code, version=number))


def _state(code: str) -> State:
    return states.find(code, practice=g.record == PRACTICE)

"""Comment sheets and differences, to download; a sheet that came back, to take in."""

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue

from cpi1540.exchange.forms import UploadForm
from cpi1540.exchange.messages import problem_sentence
from cpi1540.exchange.service import sheets
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.actions import TAKE_PART
from cpi1540.matrix.record import Status, Version
from cpi1540.matrix.service import drafts, versions
from cpi1540.matrix.views.asked import state_asked, state_code
from cpi1540.matrix.views.differences import PART_NAMES, differences_asked
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("sheets", __name__)


@bp.get("/states/<state>/round/sheet.<any(xlsx, docx):form>")
@requires(TAKE_PART, subject=state_code)
def download(state: str, form: str) -> ResponseReturnValue:
    """The sheet on which the State comments, in the State's own language."""
    found = state_asked(state)
    draft = _draft(found)
    language = found.language or g.language
    office = current_app.config["CPI1540"].office
    return _file(form, *sheets.comment_sheet(found, draft, form, language, office, current_actor()))


@bp.post("/states/<state>/round/sheet")
@requires(TAKE_PART, subject=state_code)
def take_in(state: str) -> ResponseReturnValue:
    """Record what a sheet that came back proposes; with a fault in it nothing is recorded, and each is told."""
    found, actor = state_asked(state), current_actor()
    draft = _draft(found)
    form = UploadForm()
    if not form.validate_on_submit():
        raise DomainError(sentence("Choose the sheet that came back."))
    file = printable(form.file.data.filename or "")
    read = sheets.read_sheet(found, draft, file, form.file.data.read())
    if read.problems:
        page = render_template(
            "exchange/sheet-problems.html", state=found, file=file, reading=read, problem_sentence=problem_sentence
        )
        return page, 422
    with transaction():
        taken = sheets.take_in(found, draft, read, actor)
    flash(str(taken), "sheet")
    return redirect(url("round.page", state=found.code))


@bp.get("/states/<state>/differences.<any(xlsx, docx):form>")
@public
def differences(state: str, form: str) -> ResponseReturnValue:
    """The differences that the page of the same name shows, as a file."""
    found, actor = state_asked(state), current_actor()
    page = differences_asked(found, versions.versions_of(found, actor))
    if page is None:
        raise NotFound(sentence("There is only one version: nothing to compare it with."))
    narrowed = [say(PART_NAMES[page.part])] if page.part else []
    narrowed += [name(page.layout.section(page.section).short_titles)] if page.section else []
    made = sheets.differences_file(
        found,
        (page.before, page.after),
        page.differences,
        " · ".join(narrowed),
        form,
        g.language,
        current_app.config["CPI1540"].office,
        actor,
    )
    return _file(form, *made)


def _draft(state: State) -> Version:
    draft = drafts.open_version(state, current_actor())
    if draft is None or draft.status not in (Status.WITH_STATE, Status.AGREED):
        raise NotFound(sentence("No draft of %(state)s is out for comment.", state=state.code))
    return draft


def _file(form: str, file: str, content: bytes) -> Response:
    answer = Response(content, mimetype=sheets.FORMS[form])
    answer.headers.set("Content-Disposition", "attachment", filename=file)
    return answer

"""Offers and providers as a workbook: downloaded empty, looked at before anything is recorded, taken in."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages as assistance_words
from cpi1540.assistance.offers import messages
from cpi1540.assistance.offers.actions import IMPORT_OFFERS
from cpi1540.assistance.offers.forms import WorkbookForm
from cpi1540.assistance.offers.service import reading, workbooks
from cpi1540.assistance.offers.service.workbooks import Comparison
from cpi1540.assistance.requests.forms import faults_of
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.coverage.views.files import workbook_file
from cpi1540.foundation import attachments, files_shown
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.languages import current_language, name, say
from cpi1540.foundation.search_text import printable
from cpi1540.locales import BY_CODE

bp: Blueprint = RecordBlueprint("offer_workbooks", __name__)


@bp.get("/assistance/offers-template.xlsx")
@public
def download() -> ResponseReturnValue:
    """The empty workbook, in the language that ``?in=`` names or the reader's."""
    asked = request.args.get("in", "")
    language = asked if asked in BY_CODE else current_language().code
    return workbook_file(f"offers-{language}", workbooks.written([], [], language, practice=in_practice()))


@bp.route("/assistance/offers-workbook", methods=["GET", "POST"])
@requires(IMPORT_OFFERS)
def take_in() -> ResponseReturnValue:
    """Choose a workbook, and see what it changes and every problem; nothing is recorded by it."""
    form = WorkbookForm()
    if not form.validate_on_submit():
        page = render_template("assistance/offers/workbook-file.html", form=form, faults=faults_of(form))
        return page, 422 if request.method == "POST" else 200
    content, file = form.file.data.read(), printable(form.file.data.filename or "?")[:200]
    found = workbooks.compare(content, file, current_actor(), practice=in_practice())
    kept_under = ""
    if found.changes and not found.findings:
        kept_under = files_shown.keep(content, current_actor())
    return _preview(file, found, kept_under), 422 if found.findings else 200


@bp.post("/assistance/offers-workbook/apply")
@requires(IMPORT_OFFERS)
def apply() -> ResponseReturnValue:
    """Record everything in the workbook, as it was shown."""
    token, file = request.form.get("file", ""), printable(request.form.get("name", ""))[:200]
    content, practice = files_shown.content(token, current_actor()), in_practice()
    try:
        with transaction():
            attachments.keep(content)
            workbooks.take_in(content, request.form.get("against", ""), current_actor(), practice=practice)
    except (NotAllowed, NotFound):
        raise
    except DomainError as refused:
        found = workbooks.compare(content, file, current_actor(), practice=practice)
        return _preview(file, found, token, say(refused.sentence)), 409
    flash("offers-loaded", "offers-loaded")
    return redirect(url("offer_lists.offers"))


def _preview(file: str, found: Comparison, token: str, refused: str = "") -> str:
    names = {each.id: name(each.names) for each in reading.providers(in_practice(), current_actor(), withdrawn=True)}
    return render_template(
        "assistance/offers/workbook-preview.html",
        name_of_file=file,
        found=found,
        token=token,
        refused=refused,
        provider_names=names,
        words=messages,
        assistance_words=assistance_words,
        by_code=BY_CODE,
    )

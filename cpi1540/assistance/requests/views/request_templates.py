"""The assistance template as a workbook: downloaded empty, taken in filled, looked at before it is registered."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages
from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.requests.forms import RegisterForm, TemplateFileForm, faults_of, typed
from cpi1540.assistance.requests.service import workbooks
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.assistance.requests.views.form_values import in_practice, prefilled_data
from cpi1540.coverage.views.files import workbook_file
from cpi1540.foundation.access import public, requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.languages import current_language
from cpi1540.locales import BY_CODE

bp: Blueprint = RecordBlueprint("request_templates", __name__)


@bp.get("/assistance/template.xlsx")
@public
def download() -> ResponseReturnValue:
    """The empty template, in the language that ``?in=`` names or the reader's."""
    asked = request.args.get("in", "")
    language = asked if asked in BY_CODE else current_language().code
    content = workbooks.template(language, practice=in_practice())
    return workbook_file(f"assistance-template-{language}", content)


@bp.route("/assistance/requests/new/template", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def take_in() -> ResponseReturnValue:
    """Read a filled template: what is wrong with it, or its requests as they would be registered. Nothing is kept."""
    form = TemplateFileForm()
    if not form.validate_on_submit():
        page = render_template("assistance/requests/template-file.html", form=form, faults=faults_of(form))
        return page, 422 if request.method == "POST" else 200
    name = form.file.data.filename or "?"
    reading = workbooks.read(form.file.data.read(), name, practice=in_practice(), language=current_language().code)
    requests = [(each, typed(RegisterForm(formdata=None, data=prefilled_data(each)))) for each in reading.requests]
    page = render_template(
        "assistance/requests/template-preview.html",
        name_of_file=name,
        problems=reading.problems,
        problem_sentence=workbooks.problem_sentence,
        requests=requests,
        requesters=requester_names(each.values.requester for each in reading.requests),
        words=messages,
        by_code=BY_CODE,
    )
    return page, 422 if reading.problems else 200

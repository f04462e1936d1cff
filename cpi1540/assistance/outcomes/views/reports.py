"""The report of one year, as a page and as files."""

import io
import json

from flask import Blueprint, Response, current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from cpi1540.assistance.outcomes.actions import READ_OUTCOMES
from cpi1540.assistance.outcomes.report import YearReport
from cpi1540.assistance.outcomes.report_docx import write_report_docx
from cpi1540.assistance.outcomes.report_json import report_json
from cpi1540.assistance.outcomes.report_table import ReportNames, report_notes, report_tables, report_title
from cpi1540.assistance.outcomes.report_xlsx import write_report_xlsx
from cpi1540.assistance.outcomes.service import reporting
from cpi1540.assistance.outcomes.views.match_words import WORDS
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.exchange.service.workbooks import office_notice
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.access import requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.database import now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.languages import current_language, day, name, say
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names

bp: Blueprint = RecordBlueprint("reports", __name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST_YEAR, LAST_YEAR = 2004, 2100


@bp.get("/assistance/report")
@bp.get("/assistance/report/<int:year>")
@requires(READ_OUTCOMES)
def page(year: int | None = None) -> ResponseReturnValue:
    """The report of a year, of this one when none is named."""
    practice = in_practice()
    found = reporting.report(_year(year), practice=practice)
    names = _names(found)
    return render_template(
        "assistance/outcomes/report.html",
        report=found,
        title=report_title(found, say),
        tables=report_tables(found, names),
        notes=report_notes(found, names),
        years=reporting.years(practice),
        today=calendar.today(),
        **WORDS,
    )


@bp.get("/assistance/report/<int:year>.<form>")
@requires(READ_OUTCOMES)
def file(year: int, form: str) -> ResponseReturnValue:
    """The report as a file: json as the command line prints it, xlsx or docx."""
    if form not in ("json", "xlsx", "docx"):
        raise unknown_form(form)
    found = reporting.report(_year(year), practice=in_practice())
    if form == "json":
        return Response(json.dumps(report_json(found, say), ensure_ascii=False, indent=1), mimetype="application/json")
    names = _names(found)
    wording = Wording(current_language().code, say, lambda source: source.text, day)
    title, notes, tables = report_title(found, say), report_notes(found, names), report_tables(found, names)
    if form == "xlsx":
        return workbook_file(_file_name(found), write_report_xlsx(title, notes, tables, wording, made_at=now()))
    content = write_report_docx(title, notes, tables, wording, made_at=now())
    name_of = f"{_file_name(found)}.docx"
    return send_file(io.BytesIO(content), mimetype=WORD, as_attachment=True, download_name=name_of)


def _file_name(found: YearReport) -> str:
    return f"assistance-{found.year}{'-practice' if found.practice else ''}"


def _year(asked: int | None) -> int:
    year = calendar.today().year if asked is None else asked
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(sentence("There is no report of the year %(year)s.", year=str(year)))
    return year


def _names(found: YearReport) -> ReportNames:
    layout = layouts.layout()
    office = current_app.config["CPI1540"].office
    return ReportNames(
        say,
        {section.code: name(section.short_titles) for section in layout.sections},
        {code: name(names) for code, names in group_names().items()},
        day(found.as_of),
        say(office_notice(office)),
    )

"""What if: tick fields as closed and see the figures move. Nothing is written."""

import json

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540.coverage.figures import SectionFigures
from cpi1540.coverage.figures_json import METHOD, figure_json
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.coverage.service import what_ifs
from cpi1540.coverage.service.what_ifs import Asked
from cpi1540.coverage.views.asked import parameters_asked, question_asked
from cpi1540.coverage.views.figure_notes import figure_cells, figure_head, figure_notes
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.languages import current_language, name
from cpi1540.matrix import messages
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.views.asked import state_asked
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("what_if", __name__)

# An address longer than some two thousand letters is cut by mail programs: more fields than these are only posted.
MOST_IN_AN_ADDRESS = 40


@bp.route("/states/<state>/what-if", methods=["GET", "POST"])
@public
def page(state: str) -> ResponseReturnValue:
    """The figures before and after; a small choice gets an address of its own, to be shared."""
    found = state_asked(state)
    posted = request.method == "POST"
    answer = _asked(found, request.form.getlist("close") if posted else request.args.getlist("close"))
    shareable = len(answer.names) <= MOST_IN_AN_ADDRESS
    asked = parameters_asked()
    if posted and shareable:
        return redirect(url("what_if.page", state=found.code, **asked, close=list(answer.names)))
    return render_template(
        "coverage/what-if.html",
        state=found,
        answer=answer,
        shareable=shareable,
        asked=asked,
        cells=[(domain, aspect) for aspect in Aspect for domain in Domain],
        words=messages,
    )


@bp.get("/states/<state>/what-if/figures.<form>")
@public
def file(state: str, form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    found = state_asked(state)
    answer = _asked(found, request.args.getlist("close"))
    if form == "json":
        document = {
            "state": found.code,
            "closed": list(answer.figures.closed),
            "before": _json(answer.figures.before),
            "after": _json(answer.figures.after),
            "method": METHOD,
            "profile": answer.profile.label,
            "as_of": str(answer.as_of),
        }
        return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
    if form == "xlsx":
        return workbook_file(f"what-if-{found.code}", _workbook(found, answer))
    raise unknown_form(form)


def _asked(state: State, names: list[str]) -> Asked:
    return what_ifs.what_if(state, names, question_asked(), current_actor())


def _json(figures: SectionFigures) -> dict[str, object]:
    sections = {code: figure_json(figure, several=False) for code, figure in figures.sections.items()}
    return {**figure_json(figures.total, several=False), "sections": sections}


def _workbook(state: State, answer: Asked) -> bytes:
    titles = {section.code: name(section.short_titles) for section in answer.layout.sections}
    notes = figure_notes(
        name(state.names),
        answer.as_of,
        answer.layout.code,
        answer.profile,
        gettext("Fields taken as closed: %(fields)s", fields=" ".join(answer.figures.closed) or "–"),
        gettext("A question, not the record: nothing was written."),
    )
    before, after = answer.figures.before, answer.figures.after
    lines = [(gettext("OP 2 and OP 3 together"), before.total, after.total)]
    lines += [(titles[code], before.sections[code], after.sections[code]) for code in before.sections]
    rows = [
        [told, which, *figure_cells(each)]
        for told, old, new in lines
        for which, each in ((gettext("as recorded"), old), (gettext("with the fields closed"), new))
    ]
    head = [gettext("Section"), gettext("Figures"), *figure_head()]
    return figures_workbook(gettext("What if"), notes, head, rows, rtl=current_language().direction == "rtl")

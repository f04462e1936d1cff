"""The gaps of a State, and what to do next about them."""

import json

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.coverage.gaps import messages as gap_messages
from cpi1540.coverage.gaps.gap_action import Gain
from cpi1540.coverage.gaps.gap_list_json import gaps_json
from cpi1540.coverage.gaps.pages import gaps_page
from cpi1540.coverage.gaps.priorities import SHARES
from cpi1540.coverage.service import gap_lists, lenses, profiles
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.service.gap_lists import StateGaps
from cpi1540.coverage.views.asked import parameters_asked, question_asked
from cpi1540.coverage.views.chips import chips_asked
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.coverage.views.gap_files import actions_workbook, gaps_workbook
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.languages import say
from cpi1540.foundation.templating import may
from cpi1540.matrix import messages
from cpi1540.states import service as states
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("coverage", __name__)

# The forms of requests stand in a wing above this one: their addresses are only named (endpoint, and what one must be
# allowed to do), and left out where they are not there. The first that fits the reader is offered.
REQUEST_FORMS = (("requests.new", "assistance.register"), ("state_requests.submit", "assistance.submit"))


@bp.get("/states/<state>/gaps")
@public
def gaps(state: str) -> ResponseReturnValue:
    """The actions that close a State's gaps, the gaps with their reasons, and the fields nobody has reviewed."""
    found, question, answer = _answer(state)
    outside = bool(question.lens and request.args.get("outside"))
    printed = request.args.get("order") == "printed"
    kept = {key: value for key in ("order", "outside") if (value := request.args.get(key))}
    page = gaps_page(
        answer.layout,
        answer.gaps,
        answer.gains,
        printed=printed,
        narrowing=question.narrowing if outside else question.fields,
        draft=lambda gain: _draft_address(found, gain),
    )
    return render_template(
        "coverage/gaps.html",
        state=found,
        page=page,
        answer=answer,
        words=messages,
        gap_words=gap_messages,
        shares=SHARES,
        printed=printed,
        outside=outside,
        asked=parameters_asked(),
        kept=kept,
        chips=chips_asked([answer.layout], answer.as_of, answer.profile, state=found.code, **kept),
        lenses=lenses.lenses(),
        profiles=profiles.newest(),
        sections=[section for section in answer.layout.sections if section.code != "op1"],
    )


@bp.get("/states/<state>/gaps.<form>")
@public
def gaps_file(state: str, form: str) -> ResponseReturnValue:
    """The gaps as a file: json, as the command line prints it, or xlsx."""
    found, _question, answer = _answer(state)
    if form == "json":
        number = answer.version.number if answer.version else None
        document = gaps_json(found.code, number, str(answer.as_of), answer.profile, answer.gaps, answer.gains, say)
        return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
    if form == "xlsx":
        return workbook_file(f"gaps-{found.code}", gaps_workbook(found, answer))
    raise unknown_form(form)


@bp.get("/states/<state>/gap-actions.xlsx")
@public
def actions_file(state: str) -> ResponseReturnValue:
    """The actions that close the gaps, with what each would bring, as a workbook."""
    found, _question, answer = _answer(state)
    return workbook_file(f"gap-actions-{found.code}", actions_workbook(found, answer))


def _answer(state: str) -> tuple[State, Question, StateGaps]:
    found = states.find(state, practice=g.record == PRACTICE)
    question = question_asked()
    beyond = bool(request.args.get("outside"))
    return found, question, gap_lists.gaps(found, question, current_actor(), beyond_lens=beyond)


def _draft_address(state: State, gain: Gain) -> str | None:
    """Where a request for assistance with these fields is drafted, for those who may."""
    for endpoint, action in REQUEST_FORMS:
        if endpoint in current_app.view_functions and may(action, state.code):
            kind = gain.action.request_kind if gain.action else None
            return url(endpoint, state=state.code, kind=kind, field=list(gain.fields))
    return None

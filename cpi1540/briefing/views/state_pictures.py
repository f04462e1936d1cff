"""A State's coverage as a picture, for its page."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("briefing", __name__)


@bp.get("/states/<state>/coverage.<form>")
@public
def state_coverage(state: str, form: str) -> ResponseReturnValue:
    """A State's coverage by section as a picture in the reader's language."""
    # matplotlib takes a second to load, which no other page should wait for.
    from cpi1540.briefing.service.questions import ChartQuestion
    from cpi1540.briefing.views.answers import chart_answer

    found = states.find(state, practice=g.record == PRACTICE)
    question = ChartQuestion((found,), Question(), named=True, practice=found.practice)
    return chart_answer("coverage", question, form, save=bool(request.args.get("save")))

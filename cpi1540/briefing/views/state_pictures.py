"""A State's coverage as a picture, for its page."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from cpi1540.briefing.chart_kinds import kind_named
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

    def question() -> ChartQuestion:
        found = states.find(state, practice=g.record == PRACTICE)
        return ChartQuestion((found,), named=True, practice=found.practice)

    return chart_answer(kind_named("coverage"), question, form, scope=state.upper())

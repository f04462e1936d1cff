"""Charts as files."""

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from cpi1540.briefing.chart_kinds import FORMS, MEDIA_TYPES
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("briefing", __name__)


@bp.get("/states/<state>/coverage.<form>")
@public
def state_coverage(state: str, form: str) -> ResponseReturnValue:
    """A State's coverage by section as a picture in the reader's language."""
    # matplotlib takes a second to load, which no other page should wait for.
    from cpi1540.briefing import service

    if form not in FORMS:
        raise NotFound(sentence("There is no chart of that format."))
    found = states.find(state, practice=g.record == PRACTICE)
    chart = service.coverage_chart([found], Question(), "section", current_actor())
    answer = Response(service.picture(chart, form), mimetype=MEDIA_TYPES[form])
    answer.add_etag()
    if request.args.get("save"):
        name = f"coverage-{found.code}-{chart.as_of}-{g.language}.{form}"
        answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.make_conditional(request.environ)
    return answer

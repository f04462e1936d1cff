"""A chart as the answer to a request: permission first, then the file with its ETag; its recipe kept when saved."""

from flask import Response, g, request

from cpi1540.briefing.service import files
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.foundation.access import NOBODY, current_actor
from cpi1540.foundation.database import transaction


def chart_answer(
    name: str, question: ChartQuestion, form: str, *, narrow: bool = False, save: bool = False
) -> Response:
    """The chart as a file; with ``save`` as a download, whose recipe is kept when somebody is signed in."""
    files.known(form)
    actor = current_actor()
    made = make(name, question, actor)
    content = files.file(made.chart, form, narrow=narrow)
    answer = Response(content, mimetype=files.MEDIA_TYPES[form])
    answer.add_etag()
    if save:
        if actor is not NOBODY:
            with transaction():
                files.keep(made, form, content, actor, narrow=narrow)
        scope = made.chart.ground.code or made.question.group or "all"
        file = f"{name}-{scope}-{made.chart.ground.as_of}-{g.language}.{form}"
        answer.headers.set("Content-Disposition", "attachment", filename=file)
    answer.make_conditional(request.environ)
    return answer

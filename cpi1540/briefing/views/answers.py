"""A chart as the answer to a request: permission first, then the file with its ETag. The record stays as it is."""

from collections.abc import Callable, Mapping

from flask import Response, g, request

from cpi1540.briefing.chart_kinds import FORMS, ChartKind
from cpi1540.briefing.service import files, kept_pictures
from cpi1540.briefing.service.making import allow, make
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.briefing.views.asked import PARAMETERS
from cpi1540.foundation.access import current_actor


def asks_of(kind: ChartKind, parameters: Mapping[str, str], *, narrow: bool, scope: str = "") -> str:
    """The name under which the picture that an address asks for is found again."""
    said = [f"{each}={parameters.get(each, '')}" for each in PARAMETERS]
    who = current_actor().id if kind.personal else ""
    return kept_pictures.asked_key(kind.name, g.record, scope, *said, who, "narrow" if narrow else "wide")


def chart_answer(kind: ChartKind, question: Callable[[], ChartQuestion], form: str, scope: str = "") -> Response:
    """The chart as a file. ``?shape=narrow`` is that for phones; ``?save=1`` is a download, named by what it shows.

    ``question`` is asked only when the picture is not kept from before; ``scope`` says what of it stands in the path.
    """
    files.known(form)
    actor = current_actor()
    allow(kind, actor)
    narrow, save = request.args.get("shape") == "narrow", bool(request.args.get("save"))
    name = files.name_of(form, narrow=narrow)
    asks = asks_of(kind, request.args, narrow=narrow, scope=scope)
    # What a draft shows depends on who asks; the name of a download follows from the chart.
    usual = form in FORMS and not save and not request.args.get("draft")
    key = kept_pictures.key_of(asks) if usual else None
    content = kept_pictures.picture(key, name) if key else None
    if content is None or key is None:
        made = make(kind.name, question(), actor)
        key = kept_pictures.picture_key(made)
        content = kept_pictures.picture(key, name) if usual else None
        if content is None:
            content = files.file(made.chart, form, narrow=narrow)
        if usual:
            kept_pictures.keep(asks, key, name, content)
    answer = Response(content, mimetype=files.MEDIA_TYPES[form])
    answer.set_etag(f"{key}-{name}")
    if save:
        where = made.chart.ground.code or made.question.group or "all"
        file = f"{kind.name}-{where}-{made.chart.ground.as_of}-{g.language}.{form}"
        answer.headers.set("Content-Disposition", "attachment", filename=file)
    answer.make_conditional(request.environ)
    return answer

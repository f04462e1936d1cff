"""What an address asks of a chart."""

from dataclasses import replace

from flask import g, request

from cpi1540.briefing.chart_kinds import ChartKind
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.views.asked import question_asked
from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.views.asked import day_asked
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS

PARAMETERS = ("of", "by", "as-of", "from", "to", "lens", "section", "domain", "aspect", "profile", "draft")
MOST_NAMED = 60


def chart_asked(kind: ChartKind) -> ChartQuestion:
    """The question of this address; NotFound says what of it is unknown."""
    practice = g.record == PRACTICE
    of = request.args.get("of", "")
    group = of if of in GROUPS else None
    if of and group is None:
        codes = list(dict.fromkeys(code.strip() for code in of.upper().split(",") if code.strip()))[:MOST_NAMED]
        chosen = [states.find(code, practice=practice) for code in codes]
    else:
        chosen = states.states(practice=practice, group=group)
    by = request.args.get("by") or None
    if by is not None and by not in kind.by:
        raise NotFound(sentence("This chart cannot be broken down by %(by)s.", by=printable(by)))
    asked = question_asked()
    narrowing = Narrowing(asked.narrowing.section, asked.narrowing.domain, asked.narrowing.aspect)
    figures = replace(asked, narrowing=narrowing, draft=bool(request.args.get("draft")))
    since = None
    if kind.dates > 1:
        figures, since = replace(figures, as_of=day_asked("to")), day_asked("from")
    return ChartQuestion(
        tuple(chosen),
        figures,
        group,
        named=bool(of) and group is None,
        practice=practice,
        by=by,  # type: ignore[arg-type]
        since=since,
    )


def parameters_asked() -> dict[str, str]:
    """The parts of the question that the address names, to hand them on in links."""
    return {name: value for name in PARAMETERS if (value := request.args.get(name))}

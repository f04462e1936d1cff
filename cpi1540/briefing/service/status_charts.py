"""The values of the chart of the Committee's table at two dates."""

from collections.abc import Sequence

from cpi1540.briefing.charts.status_table import Counted, StatusLine, StatusTableChart
from cpi1540.briefing.service.coverage_charts import section_names
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.service import status_tables
from cpi1540.coverage.statistics.status_table import Pair, StatusRow, StatusTable
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import Aspect, Domain, Shape
from cpi1540.matrix.messages import ASPECT_NAMES, DOMAIN_NAMES, DOMAIN_SHORT
from cpi1540.matrix.service import layouts, versions

# A longer table is summed up by section and weapon domain.
MOST_ROWS = 80


def status_table_chart(question: ChartQuestion, actor: Actor) -> StatusTableChart:
    """The table of the States asked about: row by row, or summed up where it would be too long."""
    narrowing = question.figures.fields
    found = status_tables.status_table(question.chosen, question.before, question.on, narrowing)
    summed = len(found.rows) > MOST_ROWS
    pairs = [pair for row in found.rows for pair in (row.framework, row.enforcement) if pair]
    used = [
        version
        for day in (question.before, question.on)
        for version in versions.effective(question.chosen, day).values()
    ]
    aspects = [aspect for aspect in Aspect if any(_of(row, aspect) for row in found.rows if row.domain)]
    return StatusTableChart(
        ground=question.ground(used, dates=2),
        lines=_summed(found, aspects) if summed else _rows(found, aspects),
        summed=summed,
        left_out=found.left_out,
        fields=len(pairs),
        risen=sum(1 for pair in pairs if pair.after.x > pair.before.x),
        reviewed=any(pair.before.reviewed or pair.after.reviewed for pair in pairs),
        first=say(sentence("Section")) if summed else say(sentence("Row")),
        aspects=tuple(say(ASPECT_NAMES[aspect]) for aspect in aspects) or ("",),
    )


def _rows(found: StatusTable, aspects: Sequence[Aspect]) -> tuple[StatusLine, ...]:
    """The rows as they are printed: domains below the name of their row, or rows below the name of their domain."""
    layout = layouts.layout()
    several = len({row.domain for row in found.rows}) > 1
    lines = []
    for row in found.rows:
        named = name(layout.rows[row.section, row.row].labels)
        of, label = "", named
        if row.domain and several:
            tables = layout.section(row.section).shape is Shape.TABLES
            of, label = (say(DOMAIN_NAMES[row.domain]), named) if tables else (named, say(DOMAIN_SHORT[row.domain]))
        lines.append(StatusLine(of, label, _pairs([row], aspects)))
    return tuple(lines)


def _summed(found: StatusTable, aspects: Sequence[Aspect]) -> tuple[StatusLine, ...]:
    """One line for each section and weapon domain."""
    together: dict[tuple[str, Domain | None], list[StatusRow]] = {}
    for row in found.rows:
        together.setdefault((row.section, row.domain), []).append(row)
    titles = section_names()
    return tuple(
        StatusLine(titles[section], say(DOMAIN_NAMES[domain]) if domain else "", _pairs(rows, aspects))
        for (section, domain), rows in together.items()
    )


def _pairs(rows: Sequence[StatusRow], aspects: Sequence[Aspect]) -> tuple[tuple[Counted, Counted] | None, ...]:
    return tuple(_pair([_of(row, aspect) for row in rows]) for aspect in aspects or [Aspect.FRAMEWORK])


def _of(row: StatusRow, aspect: Aspect) -> Pair | None:
    return row.framework if aspect is Aspect.FRAMEWORK else row.enforcement


def _pair(pairs: Sequence[Pair | None]) -> tuple[Counted, Counted] | None:
    """The sums of the earlier and of the later day; None where there is no such field."""
    known = [pair for pair in pairs if pair]
    if not known:
        return None
    return (
        Counted(sum(pair.before.x for pair in known), sum(pair.before.reviewed for pair in known), len(known)),
        Counted(sum(pair.after.x for pair in known), sum(pair.after.reviewed for pair in known), len(known)),
    )


MAKERS = {"status-table": status_table_chart}

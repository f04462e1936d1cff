"""The values of the charts of coverage."""

from cpi1540.briefing.charts.coverage import CoverageChart
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.figures import SectionFigures
from cpi1540.coverage.service import figures as coverage
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names

# A chart of States becomes unreadable beyond this many rows: the tile grid is for whole records.
MOST_STATES = 60


def coverage_chart(question: ChartQuestion, actor: Actor) -> CoverageChart:
    """Coverage by section, by group or by State."""
    members = {code: [state.code for state in each] for code, each in question.by_group}
    answer = coverage.coverage(question.chosen, question.figures, actor, members)
    figures = answer.figures
    shorts = section_names()
    rows: tuple[Row, ...] = ()
    own: tuple[Row, ...] = ()
    if question.by == "section":
        # Over one section the total is its only row.
        if not question.figures.narrowing.section:
            found = figures.all.sections
            rows = tuple(Row.of(shorts[code], found[code]) for code in HEADLINE_SECTIONS if code in found)
            own = _own(figures.all, shorts)
    elif question.by == "group":
        rows = tuple(Row.of(name(group_names()[code]), each.total) for code, each in figures.groups.items())
    else:
        if len(question.chosen) > MOST_STATES:
            raise too_many()
        rows = tuple(Row.of(name(state.names), figures.states[state.code].total) for state in question.in_order)
    return CoverageChart(
        ground=question.ground(
            list(answer.versions.values()),
            profile=answer.profile.label,
            n_reviewed=figures.all.total.n_reviewed,
        ),
        rows=rows,
        total=Row.of(total_name(question), figures.all.total),
        own=own,
        by=question.by or "section",
        min_reviewed=answer.profile.min_reviewed,
    )


def too_many() -> DomainError:
    """The refusal of a chart by State of more States than it can hold."""
    return DomainError(
        sentence(
            "A chart by State holds at most %(most)s States. Choose a group, or States by name.",
            most=str(MOST_STATES),
        )
    )


def total_name(question: ChartQuestion) -> str:
    """What the figure over all fields asked for is called."""
    section = question.figures.narrowing.section
    return section_names()[section] if section else say(sentence("OP 2 and OP 3 together"))


def section_names() -> dict[str, str]:
    """Section -> its short title in the reader's language, in printed order."""
    return {section.code: name(section.short_titles) for section in layouts.layout().sections}


def _own(found: SectionFigures, shorts: dict[str, str]) -> tuple[Row, ...]:
    return tuple(
        Row.of(shorts[code], figure) for code, figure in found.sections.items() if code not in HEADLINE_SECTIONS
    )


MAKERS = {"coverage": coverage_chart}

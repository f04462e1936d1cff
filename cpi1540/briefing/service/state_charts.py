"""The values of the charts that have a place for each State: heat map by section, tiles, world map."""

from collections.abc import Mapping

from cpi1540.briefing.charts.chart import Ground
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.heatmap_sections import HeatmapSections
from cpi1540.briefing.charts.state_figures import Group, StateFigures
from cpi1540.briefing.charts.tiles import Tiles
from cpi1540.briefing.charts.world_map import WorldMap
from cpi1540.briefing.service.coverage_charts import section_names, total_name
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.figures import SectionFigures
from cpi1540.coverage.service import figures as coverage
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import N_, sentence
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.states.group_names import group_names

# What stands over a narrow column.
SECTION_HEADS = {
    "op1": N_("OP 1"),
    "op2": N_("OP 2"),
    "op3ab": N_("OP 3 (a)(b)"),
    "op3cd": N_("OP 3 (c)(d)"),
    "op678": N_("OP 6–8"),
}


def heatmap_sections(question: ChartQuestion, actor: Actor) -> HeatmapSections:
    """States x sections, the total first; the sections that are no part of it last."""
    answer = coverage.coverage(question.chosen, question.figures, actor)
    narrowed = question.figures.narrowing.section
    parts = list(answer.figures.all.sections)
    inside = [code for code in parts if code in HEADLINE_SECTIONS] if not narrowed else []
    own = [code for code in parts if code not in HEADLINE_SECTIONS] if not narrowed else []
    shown = [*inside, *own]
    total = total_name(question)
    shorts = section_names()

    def rows_of(found: SectionFigures) -> tuple[Row, ...]:
        parts = (Row.of(shorts[code], found.sections[code]) for code in shown)
        return (Row.of(total, found.total), *parts)

    head = say(SECTION_HEADS[narrowed]) if narrowed else say(sentence("OP 2, OP 3"))
    return HeatmapSections(
        ground=_ground(question, answer),
        groups=_groups(question, {code: rows_of(found) for code, found in answer.figures.states.items()}),
        whole=Row.of(total, answer.figures.all.total),
        min_reviewed=answer.profile.min_reviewed,
        heads=(head, *(say(SECTION_HEADS[code]) for code in shown)),
        n_own=len(own),
    )


def tiles(question: ChartQuestion, actor: Actor) -> Tiles:
    """One tile a State."""
    answer, groups, whole = _of_states(question, actor)
    return Tiles(_ground(question, answer), groups, whole, answer.profile.min_reviewed)


def world_map(question: ChartQuestion, actor: Actor) -> WorldMap:
    """The Member States on the map."""
    answer, groups, whole = _of_states(question, actor)
    return WorldMap(_ground(question, answer), groups, whole, answer.profile.min_reviewed)


def _of_states(question: ChartQuestion, actor: Actor) -> tuple[coverage.Answer, tuple[Group, ...], Row]:
    answer = coverage.coverage(question.chosen, question.figures, actor)
    total = total_name(question)
    rows = {code: (Row.of(total, found.total),) for code, found in answer.figures.states.items()}
    return answer, _groups(question, rows), Row.of(total, answer.figures.all.total)


def _groups(question: ChartQuestion, rows: Mapping[str, tuple[Row, ...]]) -> tuple[Group, ...]:
    return tuple(
        Group(
            name(group_names()[group]),
            tuple(StateFigures(state.code, name(state.names), rows[state.code]) for state in members),
        )
        for group, members in question.by_group
    )


def _ground(question: ChartQuestion, answer: coverage.Answer) -> Ground:
    return question.ground(
        list(answer.versions.values()),
        profile=answer.profile.label,
        n_reviewed=answer.figures.all.total.n_reviewed,
    )


MAKERS = {"heatmap-sections": heatmap_sections, "tiles": tiles, "map": world_map}

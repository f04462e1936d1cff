"""Charts made from the record: the question asked for, the values, the recipe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cpi1540.briefing.chart_kinds import ChartKind, kind_named
from cpi1540.briefing.charts.chart import Chart
from cpi1540.briefing.recipe import Recipe, figures_hash
from cpi1540.briefing.service import (
    coverage_charts,
    field_charts,
    gap_charts,
    match_charts,
    request_charts,
    state_charts,
    status_charts,
    time_charts,
    treaty_charts,
    uncertainty_charts,
)
from cpi1540.briefing.service.pictures import words
from cpi1540.briefing.service.questions import ChartQuestion, as_recipe
from cpi1540.briefing.service.recipes import software
from cpi1540.foundation.access import Actor, ensure, registered
from cpi1540.foundation.languages import current_language

Maker = Callable[[ChartQuestion, Actor], Chart]

# One for each of chart_kinds.CHARTS. The question it gets is settled: days and breakdown are said.
MAKERS: Mapping[str, Maker] = {
    **coverage_charts.MAKERS,
    **state_charts.MAKERS,
    **field_charts.MAKERS,
    **time_charts.MAKERS,
    **status_charts.MAKERS,
    **treaty_charts.MAKERS,
    **gap_charts.MAKERS,
    **request_charts.MAKERS,
    **match_charts.MAKERS,
    **uncertainty_charts.MAKERS,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A chart with what it was made of; its identifier is in the chart already."""

    kind: ChartKind
    question: ChartQuestion
    chart: Chart
    recipe: Recipe


def allow(kind: ChartKind, actor: Actor) -> None:
    """NotAllowed unless ``actor`` may see charts of this kind."""
    if kind.needs is not None:
        ensure(actor, registered()[kind.needs])


def make(name: str, question: ChartQuestion, actor: Actor) -> Made:
    """The chart of that name in the reader's language. NotFound, NotAllowed or DomainError say why there is none."""
    kind = kind_named(name)
    allow(kind, actor)
    settled = question.settled(kind)
    chart = MAKERS[name](settled, actor)
    content = {
        **as_recipe(settled),
        "chart": name,
        "lang": current_language().code,
        "software": software(),
        "rests_on": list(chart.ground.rests_on),
        "figures": figures_hash(chart.table(words()).rows),
    }
    if chart.ground.profile:
        content["profile"] = chart.ground.profile
    recipe = Recipe("chart", content)
    return Made(kind, settled, replace(chart, ground=replace(chart.ground, recipe=recipe.id)), recipe)

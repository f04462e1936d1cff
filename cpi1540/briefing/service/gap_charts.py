"""The values of the chart of gaps by action."""

from cpi1540.briefing.charts.gap_actions import ActionRow, GapActionsChart
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.gaps.action_totals import ActionTotal, gap_totals
from cpi1540.coverage.service import gap_lists
from cpi1540.coverage.service.figures import read_codes
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence


def gap_actions_chart(question: ChartQuestion, actor: Actor) -> GapActionsChart:
    """The gaps of the States asked about, by action; in the order of the actions."""
    read = read_codes(question.chosen, question.figures, actor)
    found = gap_totals(read.blocks, question.figures.fields, gap_lists.actions())
    return GapActionsChart(
        ground=question.ground(list(read.versions.values()), n_reviewed=found.n_reviewed),
        rows=tuple(_row(total) for total in found.by_action if total.action),
        rest=next((_row(total) for total in found.by_action if not total.action), None),
    )


def _row(total: ActionTotal) -> ActionRow:
    named = name(total.action.names) if total.action else say(sentence("No action known"))
    return ActionRow(named, total.blank, total.incomplete, total.states)


MAKERS = {"gap-actions": gap_actions_chart}

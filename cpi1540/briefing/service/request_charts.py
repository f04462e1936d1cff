"""The values of the chart of open requests by step and age."""

import datetime
from collections.abc import Iterable

from cpi1540.assistance.procedure.steps import STEP_NAMES, Step
from cpi1540.assistance.requests.agenda import Line
from cpi1540.assistance.requests.request import Request
from cpi1540.assistance.requests.service import on_day
from cpi1540.briefing.chart_kinds import RECORD
from cpi1540.briefing.charts.requests import AGES, RequestsChart, StepRow
from cpi1540.briefing.service.pictures import plain
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.foundation.access import Actor
from cpi1540.foundation.messages import Sentence, sentence


def requests_chart(question: ChartQuestion, actor: Actor) -> RequestsChart:
    """The requests that whoever asks may read, by where they stood on the day asked for."""
    lines = lines_asked(question, actor)
    going = [line for line in lines if line.standing.step is not None]
    return RequestsChart(
        ground=question.ground(rests_on=[line.request.id for line in lines]),
        rows=tuple(_row(step, [line for line in going if line.standing.step is step], question.on) for step in Step),
        ended=len(lines) - len(going),
        whole_view=actor.of_the_office,
    )


def lines_asked(question: ChartQuestion, actor: Actor) -> list[Line]:
    """The requests in the scope of a question: those of organizations too where it is a whole record's."""
    found = on_day.requests_on(question.on, actor, practice=question.practice)
    return [line for line in found if _in_scope(line.request, question)]


def age_of(request: Request, on: datetime.date) -> str:
    """Which of ``AGES`` a request has on a day; exactly six months and exactly a year are still the younger one."""
    date = request.values.date
    if date is None:
        return "unknown"
    if date.first_day >= _months_before(on, 6):
        return "young"
    return "middle" if date.first_day >= _months_before(on, 12) else "old"


def _in_scope(request: Request, question: ChartQuestion) -> bool:
    if question.scope == RECORD:
        return True
    codes = {state.code for state in question.chosen}
    return any(state in codes for state in request.values.requester.states)


def _row(step: Step, lines: Iterable[Line], on: datetime.date) -> StepRow:
    there = list(lines)
    ages = [age_of(line.request, on) for line in there]
    young, middle, old, unknown = (ages.count(age) for age in AGES)
    return StepRow(
        plain(sentence("%(number)s. %(step)s", number=str(step.value), step=Sentence(STEP_NAMES[step]))),
        (young, middle, old, unknown),
        sum(1 for line in there if line.standing.overdue > 0),
    )


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier; the last day of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    after = datetime.date(years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (after - datetime.timedelta(1)).day
    return datetime.date(years, month + 1, min(day.day, last))


MAKERS = {"requests": requests_chart}

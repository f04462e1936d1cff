"""The values of the charts over time: coverage at two dates, and at each version."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cpi1540.briefing.charts.change import Change
from cpi1540.briefing.charts.change_words import ChangeRow
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.trend import Moment, Trend
from cpi1540.briefing.service.coverage_charts import MOST_STATES, section_names, too_many, total_name
from cpi1540.briefing.service.questions import ChartQuestion, years_before
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service import figures as coverage
from cpi1540.coverage.statistics.histogram import fields_asked
from cpi1540.coverage.statistics.totals import in_common
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import day, name
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts
from cpi1540.matrix.service import versions as version_records
from cpi1540.states.group_names import group_names

# So many dates have room beside each other; a State's versions beyond these are the newest.
MOST_DATES = 12


def change(question: ChartQuestion, actor: Actor) -> Change:
    """Coverage on both days, on the fields that every layout in use has."""
    days = (question.before, question.on)
    if question.by == "state" and len(question.chosen) > MOST_STATES:
        raise too_many()
    (earlier, later), left_out = _answers(question, days, actor)
    rows: list[ChangeRow] = []
    if question.by == "section":
        shorts = section_names()
        sections = (earlier.figures.all.sections, later.figures.all.sections)
        rows = [
            ChangeRow(shorts[code], Row.of(shorts[code], sections[0][code]), Row.of(shorts[code], sections[1][code]))
            for code in sections[1]
            if code in HEADLINE_SECTIONS or question.figures.narrowing.section
        ]
    elif question.by == "group":
        for group, _members in question.by_group:
            label = name(group_names()[group])
            before, after = (each.figures.groups[group].total for each in (earlier, later))
            rows.append(ChangeRow(label, Row.of(label, before), Row.of(label, after)))
    else:
        for state in question.in_order:
            label = name(state.names)
            before, after = (each.figures.states[state.code].total for each in (earlier, later))
            rows.append(ChangeRow(label, Row.of(label, before), Row.of(label, after)))
    total = total_name(question)
    whole = [each.figures.all.total for each in (earlier, later)]
    return Change(
        ground=question.ground(
            [*earlier.versions.values(), *later.versions.values()],
            dates=2,
            profile=later.profile.label,
            n_reviewed=whole[1].n_reviewed,
        ),
        rows=tuple(rows) if len(rows) > 1 else (),
        total=ChangeRow(total, *(Row.of(total, figure) for figure in whole)),
        by=question.by or "section",
        n_before=whole[0].n_reviewed,
        left_out=left_out,
        min_reviewed=later.profile.min_reviewed,
    )


def trend(question: ChartQuestion, actor: Actor) -> Trend:
    """Coverage on each day on which a version of a State took effect; of several States each year."""
    one = question.one
    days = _days_of_versions(question) if one else yearly(question.before, question.on)
    answers, left_out = _answers(question, days, actor)
    moments = tuple(
        Moment(on, Row.of(day(on), answer.figures.all.total), answer.figures.all.total.n_reviewed)
        for on, answer in zip(days, answers, strict=True)
    )
    versions = {version.id: version for answer in answers for version in answer.versions.values()}
    return Trend(
        ground=replace(
            question.ground(
                list(versions.values()),
                dates=2,
                profile=answers[-1].profile.label,
                n_reviewed=moments[-1].n_reviewed,
            ),
            days=(days[0], days[-1]),
        ),
        moments=moments,
        of_versions=one is not None,
        left_out=left_out,
        min_reviewed=answers[-1].profile.min_reviewed,
    )


def yearly(first: datetime.date, last: datetime.date, most: int = MOST_DATES) -> list[datetime.date]:
    """``last`` and the same day of earlier years, back to ``first`` or a little after it: every so many years that
    there are ``most`` at most. ``first`` and ``last`` alone where they are less than a year apart.
    """
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    if years < 1:
        return [first, last] if first < last else [last]
    step = -(-years // (most - 1))
    return [years_before(last, back) if back else last for back in range(years - years % step, -1, -step)]


def _days_of_versions(question: ChartQuestion) -> list[datetime.date]:
    """The days between the two asked for on which an approved version took effect, the later day last; the earlier
    day first where a version was effective then already.
    """
    approved = version_records.approved(question.chosen)
    days = {each.approved_on for each in approved if each.approved_on and question.before < each.approved_on}
    found = sorted(each for each in days if each < question.on)
    begun = [question.before] if version_records.effective(question.chosen, question.before) else []
    return [*begun, *found[-(MOST_DATES - 2) :], question.on]


def _answers(question: ChartQuestion, days: Sequence[datetime.date], actor: Actor) -> tuple[list[coverage.Answer], int]:
    """The figures on each of the days, and how many fields are not in every layout in use."""
    groups: Mapping[str, Sequence[str]] = {
        code: [state.code for state in members] for code, members in question.by_group
    }
    chosen = [version_records.effective(question.chosen, on) for on in days]
    asked = question.figures.fields
    common, left_out = _in_common(asked, [version for each in chosen for version in each.values()])
    narrowed = replace(question.figures, narrowing=common, lens=None)
    answers: list[coverage.Answer] = []
    for place, on in enumerate(days):
        if place and chosen[place] == chosen[place - 1]:
            # The same versions on both days: the same figures.
            answers.append(replace(answers[-1], as_of=on))
        else:
            answers.append(coverage.coverage(question.chosen, replace(narrowed, as_of=on), actor, groups))
    return answers, left_out


def _in_common(asked: Narrowing, versions: Sequence[Version]) -> tuple[Narrowing, int]:
    used = [layouts.layout(code) for code in sorted({version.layout for version in versions})]
    if not used:
        return asked, 0
    common = in_common(used, asked)
    return common, max(fields_asked(layout, asked) - fields_asked(layout, common) for layout in used)


MAKERS = {"change": change, "trend": trend}

"""Charts from the record: figures asked for, put into words, drawn."""

from collections.abc import Sequence
from pathlib import Path

from flask import current_app

from cpi1540.briefing.chart_kinds import By, Form
from cpi1540.briefing.charts import output
from cpi1540.briefing.charts.coverage import CoverageChart, Row, describe, draw
from cpi1540.briefing.charts.fonts import Typefaces, load
from cpi1540.briefing.charts.frame import Words
from cpi1540.coverage.figures import SectionFigures
from cpi1540.coverage.service import figures as coverage
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import current_language, day, name, number, say, share, sorted_by_name
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names
from cpi1540.states.state import State

# A chart of States becomes unreadable beyond this many rows: the tile grid is for whole records.
MOST_STATES = 60


def coverage_chart(
    chosen: Sequence[State],
    question: coverage.Question,
    by: By,
    actor: Actor,
    *,
    group: str | None = None,
) -> CoverageChart:
    """The values of the coverage chart of one State, a group or a whole record, in the reader's language."""
    if not chosen:
        raise DomainError(sentence("There are no States in this record."))
    members = {code: [state.code for state in each] for code, each in states.by_group(chosen).items() if each}
    answer = coverage.coverage(chosen, question, actor, members)
    figures = answer.figures
    one = chosen[0] if len(chosen) == 1 else None
    version = answer.versions.get(one.code) if one else None
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    shorts = {section.code: name(section.short_titles) for section in layout.sections}
    own: tuple[Row, ...] = ()
    if by == "section":
        rows = tuple(
            Row.of(shorts[code], figures.all.sections[code])
            for code in HEADLINE_SECTIONS
            if code in figures.all.sections
        )
        own = _own(figures.all, shorts)
    elif by == "group":
        rows = tuple(Row.of(name(group_names()[code]), found.total) for code, found in figures.groups.items())
    else:
        if len(chosen) > MOST_STATES:
            raise DomainError(
                sentence(
                    "A chart by State holds at most %(most)s States. Choose a group, or States by name.",
                    most=str(MOST_STATES),
                )
            )
        ordered = sorted_by_name(chosen, key=lambda state: state.sort_names)
        rows = tuple(Row.of(name(state.names), figures.states[state.code].total) for state in ordered)
    return CoverageChart(
        scope_name=_scope_name(chosen, one, group),
        code=one.code if one else "",
        practice=chosen[0].practice,
        as_of=answer.as_of,
        layout=layout.code,
        profile=answer.profile.label,
        n_states=figures.all.total.n_states,
        n_reviewed=figures.all.total.n_reviewed,
        rows=rows,
        total=Row.of(say(sentence("OP 2 and OP 3 together")), figures.all.total),
        own=own,
        by=by,
        min_reviewed=answer.profile.min_reviewed,
        drafts=question.draft,
        office=current_app.config["CPI1540"].office,
    )


def picture(chart: CoverageChart, form: Form) -> bytes:
    """The chart as a file in the reader's language; the same values give the same bytes."""
    spoken = words()
    figure = draw(chart, current_language(), spoken, typefaces())
    title, desc = describe(chart, spoken)
    if form == "svg":
        return output.to_svg(figure, title, desc)
    return output.to_pdf(figure, title) if form == "pdf" else output.to_png(figure)


def read_aloud(chart: CoverageChart) -> tuple[str, str]:
    """The chart's title, and its reading aloud, for those who do not see the picture."""
    return describe(chart, words())


def words() -> Words:
    """The functions that put a chart into the reader's language."""
    return Words(translate=_plain, number=number, share=share, day=day)


def typefaces() -> Typefaces:
    """The typefaces, their cuts made once and kept in the instance folder."""
    folder = Path(current_app.config["CPI1540"].instance) / "typefaces"
    folder.mkdir(parents=True, exist_ok=True)
    return load(folder)


def _plain(told: Sentence) -> str:
    """A sentence without the marks that isolate names on a page: a picture sets its own direction."""
    return say(told).translate({0x2068: None, 0x2069: None})


def _own(found: SectionFigures, shorts: dict[str, str]) -> tuple[Row, ...]:
    return tuple(
        Row.of(shorts[code], figure) for code, figure in found.sections.items() if code not in HEADLINE_SECTIONS
    )


def _scope_name(chosen: Sequence[State], one: State | None, group: str | None) -> str:
    if one:
        return name(one.names)
    if group:
        return name(group_names()[group])
    return say(sentence("Practice record")) if chosen[0].practice else say(sentence("Member States"))

"""The values of the charts of uncertainty and of sensitivity."""

from collections.abc import Mapping

from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.sensitivity import FactorRow, SensitivityChart
from cpi1540.briefing.charts.uncertainty import BandRow, UncertaintyChart
from cpi1540.briefing.service.coverage_charts import MOST_STATES, section_names, total_name
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.figures import SectionFigures
from cpi1540.coverage.service import uncertainty as uncertainties
from cpi1540.coverage.service.figures import versions_for
from cpi1540.coverage.uncertainty.bands import SectionBands
from cpi1540.coverage.uncertainty.messages import FACTOR_NAMES
from cpi1540.coverage.uncertainty.sensitivity import FACTORS
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.states.group_names import group_names


def uncertainty_chart(question: ChartQuestion, actor: Actor) -> UncertaintyChart:
    """The bands by section, by group or by State."""
    if question.by == "state" and len(question.chosen) > MOST_STATES:
        raise DomainError(
            sentence(
                "A chart by State holds at most %(most)s States. Choose a group, or States by name.",
                most=str(MOST_STATES),
            )
        )
    groups = {code: [state.code for state in each] for code, each in question.by_group}
    answer = uncertainties.uncertainty(question.chosen, question.figures, actor, groups, each=question.by == "state")
    found, bands, shorts = answer.figures, answer.bands, section_names()
    rows: tuple[BandRow, ...] = ()
    own: tuple[BandRow, ...] = ()
    if question.by == "section":
        # Over one section the total is its only row.
        if not question.figures.narrowing.section:
            inside = {code: shorts[code] for code in HEADLINE_SECTIONS if code in found.all.sections}
            rows = _sections(inside, found.all, bands.all)
            apart = {code: shorts[code] for code in found.all.sections if code not in HEADLINE_SECTIONS}
            own = _sections(apart, found.all, bands.all)
    elif question.by == "group":
        rows = tuple(
            BandRow(Row.of(name(group_names()[code]), each.total), bands.groups[code].total)
            for code, each in found.groups.items()
        )
    else:
        rows = tuple(
            BandRow(Row.of(name(state.names), found.states[state.code].total), bands.states[state.code].total)
            for state in question.in_order
        )
    versions = versions_for(question.chosen, question.figures, actor)
    basis = answer.basis
    return UncertaintyChart(
        ground=question.ground(
            list(versions.values()), profile=basis.profile.label, n_reviewed=found.all.total.n_reviewed
        ),
        rows=rows,
        total=BandRow(Row.of(total_name(question), found.all.total), bands.all.total),
        own=own,
        by=question.by or "section",
        draws=basis.draws,
        seed=basis.seed,
        concentration=basis.profile.concentration,
    )


def sensitivity_chart(question: ChartQuestion, actor: Actor) -> SensitivityChart:
    """What the figure of one State is sensitive to."""
    (state,) = question.chosen
    answer = uncertainties.sensitivity_of(state, question.figures, actor)
    found = answer.sensitivity
    versions = versions_for([state], question.figures, actor)
    return SensitivityChart(
        ground=question.ground(
            list(versions.values()), profile=answer.basis.profile.label, n_reviewed=answer.figure.n_reviewed
        ),
        rows=tuple(
            FactorRow(
                code,
                say(FACTOR_NAMES[code]),
                found.indices[code].first_order if found else None,
                found.indices[code].total if found else None,
            )
            for code in FACTORS
        ),
        runs=found.runs if found else 0,
        concentration=answer.basis.profile.concentration,
    )


def _sections(names: Mapping[str, str], found: SectionFigures, bands: SectionBands) -> tuple[BandRow, ...]:
    return tuple(BandRow(Row.of(title, found.sections[code]), bands.sections[code]) for code, title in names.items())


MAKERS = {"uncertainty": uncertainty_chart, "sensitivity": sensitivity_chart}

"""Gaps and actions as workbooks: every figure with its date, scope, n and method above the table."""

from collections.abc import Iterable

from flask_babel import gettext

from cpi1540.coverage.figures_xlsx import Cell, figures_workbook
from cpi1540.coverage.gaps import messages as gap_messages
from cpi1540.coverage.gaps.gap_action import Gain
from cpi1540.coverage.gaps.priorities import SHARES
from cpi1540.coverage.service.gap_lists import StateGaps
from cpi1540.foundation.languages import current_language, day, listed, name, say, share
from cpi1540.matrix import messages
from cpi1540.matrix.layout import Field
from cpi1540.states.state import State


def gaps_workbook(state: State, answer: StateGaps) -> bytes:
    """One line for each gap, the most pressing first, with value and reason of each factor."""
    factors = [factor for factor in SHARES if factor != "lens" or answer.lens is not None]
    head = [gettext("Priority"), gettext("Field"), gettext("Section"), gettext("Row"), gettext("Weapons")]
    head += [gettext("Aspect"), gettext("Code"), gettext("Action")]
    for factor in factors:
        head += [gettext(gap_messages.FACTOR_NAMES[factor]), gettext("Reason")]
    names = {gain.action.code: name(gain.action.names) for gain in answer.gains if gain.action}
    rows: list[list[Cell]] = []
    for gap in answer.gaps.gaps:
        field = answer.layout.field(gap.field)
        code = messages.CODE_NAMES["q" if gap.code else "b"]
        row: list[Cell] = [gap.priority, field.key, name(answer.layout.section(field.section).short_titles)]
        row += [name(field.labels), _domain(field), _aspect(field), gettext(code), names.get(gap.action or "")]
        for reason in gap.factors:
            row += [reason.value, say(reason.because)]
        rows.append(row)
    weighed = listed(f"{gettext(gap_messages.FACTOR_NAMES[each])} {share(SHARES[each])}" for each in factors)
    method = gettext(
        "Priority is the sum of weight times value over the factors (%(factors)s), the weights made to sum to 1.",
        factors=weighed,
    )
    return _workbook(gettext("Gaps"), state, answer, method, head, rows)


def actions_workbook(state: State, answer: StateGaps) -> bytes:
    """One line for each action, with the gaps it closes and the figure before and after."""
    head = [gettext("Action"), gettext("Kind of instrument"), gettext("Kind of assistance"), gettext("Gaps closed")]
    head += [gettext("Figure of")]
    for when in (gettext("today"), gettext("with it")):
        for bound in (gettext("low"), gettext("point"), gettext("high")):
            head.append(gettext("%(bound)s, %(when)s", bound=bound, when=when))
    head += [gettext("Who may help"), gettext("Source"), gettext("Fields")]
    method = gettext(
        "The figure with an action is recomputed as if the gaps it closes were X: low = X / A; high = (X + ? + not "
        "reviewed) / A; point = (X + ?/2) / (X + ? + blank); A is the weight of the fields that are not NA."
    )
    return _workbook(
        gettext("Actions that close the gaps"),
        state,
        answer,
        method,
        head,
        [_gain_row(gain, answer) for gain in answer.gains],
    )


def _gain_row(gain: Gain, answer: StateGaps) -> list[Cell]:
    action = gain.action
    figure_of = (
        name(answer.layout.section(gain.section).short_titles) if gain.section else gettext("what was asked for")
    )
    row: list[Cell] = [name(action.names) if action else gettext("No action is known for these")]
    row += [gettext(gap_messages.INSTRUMENT_NAMES[action.instrument]) if action else None]
    row += [gettext(gap_messages.REQUEST_KIND_NAMES[action.request_kind]) if action else None]
    row += [len(gain.fields), figure_of]
    for figure in (gain.before, gain.after):
        row += [figure.low, figure.point, figure.high]
    mandates = action.mandates if action else ()
    row += [_lines(f"{name(each.names)}: {name(each.purposes)}" for each in mandates)]
    row += [_lines(f"{each.title}, {each.url}" if each.url else gettext("provisional, no source") for each in mandates)]
    return [*row, _lines(gain.fields)]


def _workbook(
    title: str, state: State, answer: StateGaps, method: str, head: list[str], rows: list[list[Cell]]
) -> bytes:
    version = answer.version
    notes = [
        gettext("Scope: %(scope)s", scope=f"{name(state.names)} ({state.code})"),
        gettext("As of %(date)s", date=day(answer.as_of)),
        gettext("Version %(n)s", n=version.number) if version else gettext("no version"),
        gettext("Layout %(layout)s", layout=answer.layout.code),
        gettext("Weights of the profile %(profile)s", profile=answer.profile.label),
        gettext(
            "%(n)s of %(all)s other States of the regional group have a version", n=answer.peers, all=answer.group_size
        ),
        method,
        gettext("Not a measure of compliance."),
    ]
    if answer.lens:
        notes.insert(1, gettext("Lens: %(lens)s", lens=name(answer.lens.names)))
    if state.practice:
        notes.insert(0, gettext("Practice data."))
    return figures_workbook(title, notes, head, rows, rtl=current_language().direction == "rtl")


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _domain(field: Field) -> str | None:
    return gettext(messages.DOMAIN_NAMES[field.domain]) if field.domain else None


def _aspect(field: Field) -> str | None:
    return gettext(messages.ASPECT_NAMES[field.aspect]) if field.aspect else None

"""Bands as files: JSON for programs, a workbook for people."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response
from flask_babel import gettext

from cpi1540.coverage.figures import Figure, SectionFigures
from cpi1540.coverage.figures_json import coverage_json, figure_json
from cpi1540.coverage.figures_xlsx import Cell, figures_workbook
from cpi1540.coverage.service.uncertainty import Basis, StateUncertainty, Uncertainty
from cpi1540.coverage.uncertainty.bands import Band, SectionBands
from cpi1540.coverage.uncertainty.bands_json import METHOD, add_bands, band_json, rank_json, sensitivity_json
from cpi1540.coverage.uncertainty.messages import FACTOR_NAMES
from cpi1540.coverage.views.figure_notes import figure_notes, reviewed_note
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.languages import current_language, listed, name, number
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names
from cpi1540.states.state import State


def state_file(form: str, state: State, peers: Sequence[State], answer: StateUncertainty) -> Response:
    """One State as "json" or "xlsx"; NotFound for another form."""
    if form == "json":
        return _json(_state_document(state, answer))
    if form != "xlsx":
        raise unknown_form(form)
    group = name(group_names()[state.group])
    rows = [
        *_rows(name(state.names), answer.figures, answer.bands),
        *_rows(group, answer.group, answer.group_bands),
    ]
    columns = len(rows[0])
    lines: list[Sequence[Cell]] = [[*row, None, None] for row in rows]
    if answer.sensitivity:
        factors = answer.sensitivity.indices.items()
        empty = [None] * (columns - 2)
        lines += [
            [name(state.names), str(gettext(FACTOR_NAMES[factor])), *empty, index.first_order, index.total]
            for factor, index in factors
        ]
    alike = listed(name(peer.names) for peer in peers if peer.code in answer.not_told_from)
    told = gettext("Cannot be told from: %(states)s", states=alike or "–")
    head = [*_head(), gettext("First-order index"), gettext("Total index")]
    return _workbook(
        f"uncertainty-{state.code}", name(state.names), answer.group.total, answer.basis, head, lines, told
    )


def record_file(form: str, group: str | None, chosen: Sequence[State], answer: Uncertainty) -> Response:
    """The groups, or the States of one, as "json" or "xlsx"; NotFound for another form."""
    if form == "json":
        document = coverage_json(answer.figures, answer.basis.profile, str(answer.basis.as_of))
        add_bands(document, answer.bands)
        return _json({**document, "method": f"{document['method']} {METHOD}"})
    if form != "xlsx":
        raise unknown_form(form)
    names = group_names()
    scope = name(names[group]) if group else str(gettext("All States of the record"))
    rows = list(_rows(scope, answer.figures.all, answer.bands.all))
    for code in () if group else answer.figures.groups:
        rows += _rows(name(names[code]), answer.figures.groups[code], answer.bands.groups[code])
    for state in chosen:
        rows += _rows(name(state.names), answer.figures.states[state.code], answer.bands.states[state.code])
    file = f"uncertainty-{group or 'all'}"
    return _workbook(file, scope, answer.figures.all.total, answer.basis, _head(), rows)


def _state_document(state: State, answer: StateUncertainty) -> dict[str, Any]:
    basis = answer.basis
    found = {
        "state": state.code,
        **_document(answer.figures, answer.bands, basis, several=False),
        "group": {"code": state.group, **_document(answer.group, answer.group_bands, basis, several=True)},
        "sensitivity": sensitivity_json(answer.sensitivity),
        "not_told_from": sorted(answer.not_told_from),
        "compared": answer.compared,
        "method": METHOD,
        "profile": basis.profile.label,
        "as_of": str(basis.as_of),
    }
    return found | ({"ranks": rank_json(answer.ranks)} if answer.ranks else {})


def _document(figures: SectionFigures, bands: SectionBands, basis: Basis, *, several: bool) -> dict[str, Any]:
    def one(figure: Figure, band: Band | None) -> dict[str, Any]:
        return figure_json(figure, several=several) | band_json(band, basis.draws, basis.seed)

    sections = {code: one(figure, bands.sections[code]) for code, figure in figures.sections.items()}
    return {**one(figures.total, bands.total), "sections": sections}


def _head() -> list[str]:
    return [
        gettext("Scope"),
        gettext("Part"),
        gettext("low"),
        gettext("point"),
        gettext("high"),
        gettext("5 in 100"),
        gettext("50 in 100"),
        gettext("95 in 100"),
    ]


def _rows(scope: str, figures: SectionFigures, bands: SectionBands) -> Iterator[list[Cell]]:
    whole = str(gettext("The figure asked for"))
    named = {code: name(layouts.layout().section(code).short_titles) for code in figures.sections}
    parts = [(whole, figures.total, bands.total)]
    parts += [(named[code], figure, bands.sections[code]) for code, figure in figures.sections.items()]
    for part, figure, band in parts:
        drawn = [band.p5, band.p50, band.p95] if band else [None] * 3
        yield [scope, part, figure.low, figure.point, figure.high, *drawn]


def _workbook(
    file: str, scope: str, over: Figure, basis: Basis, head: Sequence[str], rows: Sequence[Sequence[Cell]], *more: str
) -> Response:
    drawn = gettext("%(draws)s draws, seed %(seed)s", draws=number(basis.draws), seed=str(basis.seed))
    method = gettext(
        "Drawn: the weights of the sections (concentration %(kappa)s), common to all States; for each State one "
        "reading of its ? and one of what is not reviewed. 90 in 100 draws lie between the columns 5 and 95.",
        kappa=f"{basis.profile.concentration:g}",
    )
    used = " + ".join(layout.code for layout in basis.layouts)
    notes = figure_notes(scope, basis.as_of, used, basis.profile, reviewed_note(over), drawn, method, *more)
    title = str(gettext("Uncertainty of coverage"))
    rtl = current_language().direction == "rtl"
    return workbook_file(file, figures_workbook(title, notes, head, rows, rtl=rtl))


def _json(document: dict[str, Any]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")

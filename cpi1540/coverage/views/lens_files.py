"""Figures under lenses as files: JSON for programs, a workbook for people."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response
from flask_babel import gettext

from cpi1540.coverage.breakdown import WHOLE, Part
from cpi1540.coverage.figures_json import METHOD, figure_json
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.service.explanations import Explanation
from cpi1540.coverage.service.gap_lists import StateGaps
from cpi1540.coverage.service.lens_figures import InstrumentStanding, Overview, UnderLens
from cpi1540.coverage.views.figure_notes import figure_cells, figure_head, figure_notes, reviewed_note
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.languages import current_language, name
from cpi1540.matrix.layout import Layout
from cpi1540.states.pages import StateCommitments
from cpi1540.states.state import State


def overview_file(form: str, page: Overview, scope: str) -> Response:
    """The list of lenses with the figures of the record under each."""
    if form == "json":
        listed = [
            {"lens": lens.code, "names": lens.names, "rows": _rows(lens), **figure_json(figure, several=True)}
            for lens, figure in page.lines
        ]
        return _json({"lenses": listed, **_basis(page)})
    if form == "xlsx":
        notes = figure_notes(scope, page.as_of, _layouts(page.layouts), page.profile)
        head = [gettext("Lens"), gettext("Code"), *figure_head()]
        rows = [[name(lens.names), lens.code, *figure_cells(figure)] for lens, figure in page.lines]
        return workbook_file("lenses", figures_workbook(gettext("Lenses"), notes, head, rows, rtl=_rtl()))
    raise unknown_form(form)


def of_record_file(form: str, page: UnderLens, names: Mapping[str, str]) -> Response:
    """The record under one lens; ``names`` are those of the groups in the reader's language."""
    lens = page.lens
    if form == "json":
        return _json(
            {
                "lens": lens.code,
                "rows": _rows(lens),
                "figures": {
                    group: {
                        **figure_json(parts[WHOLE].figure, several=True),
                        "parts": [_part(part, parts) for part in page.parts],
                    }
                    for group, parts in page.figures.items()
                },
                "common_gaps": [
                    {"field": gap.field.key, "states": gap.n, "reviewed": gap.reviewed} for gap in page.common
                ],
                "instruments": [
                    {"instrument": each.instrument.code, "states": each.n, "as_of": _day(each.as_of)}
                    for each in page.instruments
                ],
                "commitments": [
                    {"kind": each.kind.code, "recorded_for": each.n, "newest": _day(each.newest)}
                    for each in page.commitments
                ],
                "states": page.n_states,
                **_basis(page),
            }
        )
    if form == "xlsx":
        whole = next(iter(page.figures.values()))[WHOLE].figure
        scope = gettext(
            "%(scope)s, lens %(lens)s", scope=next(iter(names[code] for code in page.figures)), lens=name(lens.names)
        )
        notes = figure_notes(scope, page.as_of, _layouts(page.layouts), page.profile, reviewed_note(whole))
        return workbook_file(f"lens-{lens.code}", _parts_workbook(notes, page.figures, page.parts, names, page.layouts))
    raise unknown_form(form)


def of_state_file(
    form: str,
    state: State,
    lens: Lens,
    answer: Explanation,
    gaps: StateGaps,
    standings: Sequence[InstrumentStanding],
    commitments: StateCommitments | None,
) -> Response:
    """One State under one lens."""
    figures = answer.figures[state.code]
    if form == "json":
        return _json(
            {
                "state": state.code,
                "lens": lens.code,
                "rows": _rows(lens),
                **figure_json(figures[WHOLE].figure, several=False),
                "parts": [_part(part, figures) for part in answer.parts],
                "gaps": [{"field": gap.field, "code": gap.code, "priority": gap.priority} for gap in gaps.gaps.gaps],
                "not_reviewed": list(gaps.gaps.not_reviewed),
                "instruments": [
                    {
                        "instrument": each.instrument.code,
                        "standing": each.standing,
                        "date": str(each.act.date) if each.act and each.act.date else None,
                        "source": each.act.source if each.act else None,
                        "as_of": _day(each.act.as_of if each.act else None),
                    }
                    for each in standings
                ],
                "commitments": [
                    {
                        "kind": line.record.kind,
                        "value": line.record.value,
                        "date": str(line.record.date) if line.record.date else None,
                        "source": line.record.source,
                        "as_of": _day(line.record.as_of),
                        "stands": line.stands,
                        "stale": line.stale,
                    }
                    for kind in (commitments.kinds if commitments else ())
                    for line in kind.lines
                ],
                **_basis(answer),
            }
        )
    if form == "xlsx":
        scope = gettext("%(scope)s, lens %(lens)s", scope=name(state.names), lens=name(lens.names))
        notes = figure_notes(scope, answer.as_of, _layouts(answer.layouts), answer.profile)
        names = {state.code: name(state.names)}
        content = _parts_workbook(notes, answer.figures, answer.parts, names, answer.layouts)
        return workbook_file(f"lens-{lens.code}-{state.code}", content)
    raise unknown_form(form)


def _parts_workbook(
    notes: Sequence[str],
    figures: Mapping[str, Mapping[Part, Any]],
    parts: Sequence[Part],
    names: Mapping[str, str],
    used: Sequence[Layout],
) -> bytes:
    titles = {section.code: name(section.short_titles) for layout in used for section in layout.sections}
    titles |= {".".join(key): name(row.labels) for layout in used for key, row in layout.rows.items()}
    titles[WHOLE.code] = gettext("The whole lens")
    rows = [
        [names[code], titles[part.code], *figure_cells(found[part].figure)]
        for code, found in figures.items()
        for part in (WHOLE, *parts)
        if part.code in titles
    ]
    head = [gettext("Scope"), gettext("Part"), *figure_head()]
    return figures_workbook(gettext("Coverage under a lens"), notes, head, rows, rtl=_rtl())


def _part(part: Part, figures: Mapping[Part, Any]) -> dict[str, Any]:
    return {"kind": part.kind, "code": part.code, **figure_json(figures[part].figure, several=True)}


def _rows(lens: Lens) -> list[str] | None:
    return None if lens.rows is None else sorted(lens.rows)


def _basis(page: Overview | UnderLens | Explanation) -> dict[str, Any]:
    return {"method": METHOD, "profile": page.profile.label, "as_of": str(page.as_of)}


def _layouts(used: Sequence[Layout]) -> str:
    return " + ".join(layout.code for layout in used)


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def _json(document: Mapping[str, Any]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")


def _rtl() -> bool:
    return current_language().direction == "rtl"

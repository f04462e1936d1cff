"""Two States' records side by side, for the office. It ranks nobody."""

import json
from collections.abc import Sequence

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540.coverage.actions import SEE_STATES_BEHIND
from cpi1540.coverage.figures_json import METHOD, figure_json
from cpi1540.coverage.figures_xlsx import Cell, figures_workbook
from cpi1540.coverage.service import beside as service
from cpi1540.coverage.service.beside import Beside, Half
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.views.figure_notes import figure_notes
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.languages import current_language, name, number, sorted_by_name
from cpi1540.foundation.search_text import printable
from cpi1540.matrix import messages
from cpi1540.matrix.layout import SECTION_CODES, Field
from cpi1540.matrix.record import option_of
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import as_of_asked, section_asked, state_asked
from cpi1540.states import service as states
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("beside", __name__)

FIRST_SHOWN = "op2"


@bp.get("/states/<state>/beside")
@requires(SEE_STATES_BEHIND)
def page(state: str) -> ResponseReturnValue:
    """One section of both records, row by row, with the figures of both above."""
    found = state_asked(state)
    section = section_asked(layouts.layout(), request.args.get("section") or FIRST_SHOWN)
    only = request.args.get("only") == "differing"
    answer = _asked(found) if request.args.get("other") else None
    others = [each for each in states.states(practice=g.record == PRACTICE) if each.code != found.code]
    return render_template(
        "coverage/beside.html",
        state=found,
        answer=answer,
        others=sorted_by_name(others, key=lambda each: each.sort_names),
        section=section,
        sections=layouts.layout().sections,
        tables=service.tables(answer, section.code, only_differing=only) if answer else (),
        differing={code: _within(answer.differing, code) for code in SECTION_CODES} if answer else {},
        common={code: _within(answer.common, code) for code in SECTION_CODES} if answer else {},
        only=only,
        as_of=as_of_asked(),
        words=messages,
    )


@bp.get("/states/<state>/beside/record.<form>")
@requires(SEE_STATES_BEHIND)
def file(state: str, form: str) -> ResponseReturnValue:
    """Every field of both as a file: json or xlsx."""
    answer = _asked(state_asked(state))
    only = request.args.get("only") == "differing"
    fields = answer.differing if only else answer.common
    if form == "json":
        return Response(json.dumps(_json(answer, fields), ensure_ascii=False, indent=1), mimetype="application/json")
    if form == "xlsx":
        return workbook_file(f"beside-{answer.one.state.code}-{answer.other.state.code}", _workbook(answer, fields))
    raise unknown_form(form)


def _asked(state: State) -> Beside:
    other = state_asked(printable(request.args.get("other", "")))
    return service.beside(state, other, Question(as_of_asked()), current_actor())


def _within(fields: Sequence[Field], section: str) -> int:
    return sum(field.section == section for field in fields)


def _sources(half: Half, key: str) -> list[str]:
    return [half.voice.say(source) for source in half.side.entry(key).sources]


def _json(answer: Beside, fields: Sequence[Field]) -> dict[str, object]:
    halves = (answer.one, answer.other)
    return {
        "states": [
            {
                "state": half.state.code,
                "version": half.version.number if half.version else None,
                "layout": half.side.layout.code,
                **figure_json(figures.total, several=False),
                "sections": {code: figure_json(each, several=False) for code, each in figures.sections.items()},
            }
            for half, figures in zip(halves, answer.figures, strict=True)
        ],
        "fields": [
            {
                "field": field.key,
                "records": [
                    {
                        "code": half.side.entry(field.key).code,
                        "basis": half.side.entry(field.key).basis,
                        "sources": _sources(half, field.key),
                        "remarks": half.side.entry(field.key).remarks,
                    }
                    for half in halves
                ],
            }
            for field in fields
        ],
        "differing": len(answer.differing),
        "left_out": answer.left_out,
        "method": METHOD,
        "profile": answer.profile.label,
        "as_of": str(answer.as_of),
    }


def _workbook(answer: Beside, fields: Sequence[Field]) -> bytes:
    halves = (answer.one, answer.other)
    names = [name(half.state.names) for half in halves]
    notes = figure_notes(
        gettext("%(first)s beside %(second)s", first=names[0], second=names[1]),
        answer.as_of,
        " + ".join(dict.fromkeys(half.side.layout.code for half in halves)),
        answer.profile,
        gettext("Fields that only one of the two layouts has, left out: %(n)s", n=number(answer.left_out)),
        gettext("Two records, not a ranking."),
    )
    head = [gettext("Field"), gettext("Row"), gettext("Weapons"), gettext("Aspect")]
    for told in names:
        head += [
            gettext("Code, %(state)s", state=told),
            gettext("Sources, %(state)s", state=told),
            gettext("Remarks, %(state)s", state=told),
        ]
    rows: list[list[Cell]] = []
    for field in fields:
        row: list[Cell] = [
            field.key,
            name(field.labels),
            gettext(messages.DOMAIN_NAMES[field.domain]) if field.domain else "",
            gettext(messages.ASPECT_NAMES[field.aspect]) if field.aspect else "",
        ]
        for half in halves:
            entry = half.side.entry(field.key)
            row += [option_of(entry), "\n".join(_sources(half, field.key)), entry.remarks]
        rows.append(row)
    rtl = current_language().direction == "rtl"
    return figures_workbook(gettext("Side by side"), notes, head, rows, rtl=rtl)

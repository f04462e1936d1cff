"""Figures as files: JSON for programs, a workbook for people."""

import io
import json
from collections.abc import Iterable, Mapping

from flask import Response, g, send_file
from flask_babel import gettext

from cpi1540.coverage import messages
from cpi1540.coverage.breakdown import WHOLE, Part
from cpi1540.coverage.figures_json import explanation_json
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.coverage.service.explanations import Explanation
from cpi1540.coverage.views.figure_notes import figure_cells, figure_head, figure_notes, reviewed_note
from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.languages import current_language, name, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix import messages as words
from cpi1540.matrix.layout import Aspect, Domain, Layout
from cpi1540.matrix.service import layouts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def figures_file(form: str, file: str, scope: str, answer: Explanation, names: Mapping[str, str]) -> Response:
    """The figures of an explanation as "json" or "xlsx"; NotFound for another form.

    ``names`` are those of the figures in the reader's language, ``scope`` what they are over.
    """
    if form == "json":
        document = explanation_json(
            answer.figures,
            answer.reliability,
            answer.profile,
            str(answer.as_of),
            [layout.code for layout in answer.layouts],
            practice=g.record == PRACTICE,
        )
        return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
    if form == "xlsx":
        return workbook_file(file, _workbook(scope, answer, names))
    raise unknown_form(form)


def unknown_form(form: str) -> NotFound:
    """The refusal of a form that no file of figures has."""
    return NotFound(sentence("There is no file of the kind %(kind)s here.", kind=printable(form)))


def workbook_file(file: str, content: bytes) -> Response:
    """A workbook as a download."""
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=f"{file}.xlsx")


def _workbook(scope: str, answer: Explanation, names: Mapping[str, str]) -> bytes:
    whole = {code: parts[WHOLE].figure for code, parts in answer.figures.items()}
    largest = max(whole.values(), key=lambda figure: figure.n_states)
    layouts_used = " + ".join(layout.code for layout in answer.layouts)
    notes = figure_notes(scope, answer.as_of, layouts_used, answer.profile, reviewed_note(largest))
    head = [gettext("Scope"), gettext("Part"), *figure_head(), gettext("Reviewed share")]
    rows = [
        [names.get(code, code), part_name(part, answer.layouts), *figure_cells(each.figure), each.figure.reviewed_share]
        for code, parts in answer.figures.items()
        for part, each in parts.items()
    ]
    title = gettext("Coverage")
    return figures_workbook(title, notes, head, rows, rtl=current_language().direction == "rtl")


def part_name(part: Part, used: Iterable[Layout] = ()) -> str:
    """A part of a figure in words; ``used`` are the layouts that rows have their labels from."""
    if part.kind == "section":
        return name(layouts.layout().section(part.code).short_titles)
    if part.kind == "domain":
        return say(words.DOMAIN_NAMES[Domain(part.code)])
    if part.kind == "aspect":
        return say(words.ASPECT_NAMES[Aspect(part.code)])
    if part.kind == "row":
        section, _, row = part.code.partition(".")
        known = [layout.rows[section, row] for layout in used if (section, row) in layout.rows]
        return name(known[0].labels)
    return say(messages.WHOLE)

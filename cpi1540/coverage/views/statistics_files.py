"""The Committee's statistics as files: JSON for programs, a workbook for people."""

import datetime
import json
from collections.abc import Mapping, Sequence

from flask import Response, g
from flask_babel import gettext

from cpi1540.coverage.figures import Figure
from cpi1540.coverage.figures_json import status_table_json
from cpi1540.coverage.figures_xlsx import Cell, figures_workbook
from cpi1540.coverage.service.statistics import NOT_REVIEWED, REVIEWED, Statistics
from cpi1540.coverage.service.status_tables import Which
from cpi1540.coverage.statistics.pages import StateBehind
from cpi1540.coverage.statistics.statistics_json import METHOD, behind_json, statistics_json
from cpi1540.coverage.statistics.status_table import Count, Pair, StatusTable
from cpi1540.coverage.views.files import part_name, unknown_form, workbook_file
from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.languages import current_language, day, name, number
from cpi1540.matrix import messages as words
from cpi1540.matrix.layout import Aspect, Field
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names


def statistics_file(form: str, scope: str, found: Statistics) -> Response:
    """Totals at two dates and the histogram of the later one, as "json" or "xlsx"; NotFound for another form."""
    if form == "json":
        document = statistics_json(found.totals, found.histogram, found.before, found.after, scope)
        return _json(document | {"layouts": list(found.layouts)})
    if form != "xlsx":
        raise unknown_form(form)
    totals = found.totals
    named = [(gettext("All fields asked for"), totals.whole)]
    named += [(part_name(part), total) for part, total in totals.parts.items()]
    named += [(name(group_names()[group]), total) for group, total in totals.groups.items()]
    days = [day(found.before), day(found.after)]
    head = [
        gettext("Part"),
        gettext("Fields"),
        *(text for on in days for text in _dated_heads(on)),
    ]
    rows: list[list[Cell]] = [[text, each.fields, *_dated(each.before), *_dated(each.after)] for text, each in named]
    rows += [
        [gettext("%(bin)s, on %(date)s", bin=bin_name(each.code), date=days[1]), None, *[None] * 4, n, None, None, None]
        for each, n in found.histogram.counts()
        if found.histogram.n_reviewed
    ]
    title = gettext("Committee statistics")
    return _workbook("statistics", title, _notes(scope, found), head, rows)


def status_file(form: str, scope: str, table: StatusTable, found: Statistics) -> Response:
    """The table at two dates, as "json" or "xlsx"; NotFound for another form."""
    if form == "json":
        reviewed = {"from": found.totals.whole.before.n_reviewed, "to": found.totals.whole.after.n_reviewed}
        document = status_table_json(table, str(found.before), str(found.after))
        return _json(document | {"scope": scope, "reviewed": reviewed, "method": METHOD})
    if form != "xlsx":
        raise unknown_form(form)
    layout = layouts.layout()
    days = (day(found.before), day(found.after))
    head = [
        gettext("Section"),
        gettext("Row"),
        gettext("Weapons"),
        *(text for aspect in Aspect for on in days for text in _aspect_heads(aspect, on)),
    ]
    rows: list[list[Cell]] = [
        [
            name(layout.section(row.section).short_titles),
            name(layout.rows[row.section, row.row].labels),
            gettext(words.DOMAIN_NAMES[row.domain]) if row.domain else None,
            *_counts(row.framework),
            *_counts(row.enforcement),
        ]
        for row in table.rows
    ]
    notes = _notes(scope, found, left_out=table.left_out)
    return _workbook("status-table", gettext("Status table at two dates"), notes, head, rows)


def behind_file(
    form: str,
    scope: str,
    rows: Sequence[StateBehind],
    field: Field | None,
    which: Which,
    bin_code: str,
    on: datetime.date,
) -> Response:
    """The States behind a count, as "json" or "xlsx"; NotFound for another form."""
    asked = {"field": field.key, "which": which.value} if field else {"bin": bin_code}
    if form == "json":
        listed = [
            (row.state.code, name(row.state.names), row.code.value if row.code is not None else row.fields)
            for row in rows
        ]
        return _json(behind_json(listed, asked, on, "code" if field else "fields") | {"scope": scope})
    if form != "xlsx":
        raise unknown_form(form)
    notes = [
        gettext("Scope: %(scope)s", scope=scope),
        gettext("As of %(date)s", date=day(on)),
        field.key if field else bin_name(bin_code),
        gettext("Not a measure of compliance."),
    ]
    head = [gettext("Code of the State"), gettext("State"), gettext("Code") if field else gettext("Fields with X")]
    cells: list[list[Cell]] = [
        [row.state.code, name(row.state.names), row.code.value if row.code is not None else row.fields] for row in rows
    ]
    return _workbook("states", gettext("States behind a count"), notes, head, cells)


def bin_name(code: str) -> str:
    """A bin of the histogram in words."""
    if code == REVIEWED:
        return str(gettext("All States reviewed"))
    if code == NOT_REVIEWED:
        return str(gettext("Not reviewed"))
    first, _, last = code.partition("-")
    if code == "0":
        return str(gettext("No field"))
    if not last:
        return str(gettext("Fields: %(n)s", n=number(int(first))))
    return str(gettext("%(first)s to %(last)s fields", first=number(int(first)), last=number(int(last))))


def _notes(scope: str, found: Statistics, left_out: int | None = None) -> list[str]:
    whole = found.totals.whole
    n_left_out = found.totals.left_out if left_out is None else left_out
    notes = [
        gettext("Practice data. The States here are invented.") if g.record == PRACTICE else "",
        gettext("Scope: %(scope)s", scope=scope),
        gettext("From %(from_day)s to %(to_day)s", from_day=day(found.before), to_day=day(found.after)),
        *(
            gettext("%(date)s: %(n)s of %(all)s States reviewed", date=day(on), n=each.n_reviewed, all=each.n_states)
            for on, each in ((found.before, whole.before), (found.after, whole.after))
        ),
        gettext("Layouts in use: %(layouts)s", layouts=", ".join(found.layouts)),
        gettext("Fields that are not in every layout, and are not counted: %(n)s", n=n_left_out) if n_left_out else "",
        gettext(
            "Numbers of fields with X, not weighted, by the effective version of each State; shares and means are over "
            "those reviewed. States not reviewed stand apart, never among those with no field."
        ),
        gettext("Not a measure of compliance."),
    ]
    return [note for note in notes if note]


def _dated_heads(on: str) -> tuple[str, ...]:
    return (
        gettext("States reviewed, %(date)s", date=on),
        gettext("Fields with X, %(date)s", date=on),
        gettext("Fields reviewed, %(date)s", date=on),
        gettext("Mean for each State reviewed, %(date)s", date=on),
    )


def _aspect_heads(aspect: Aspect, on: str) -> tuple[str, ...]:
    asked = {"aspect": gettext(words.ASPECT_NAMES[aspect]), "date": on}
    return (
        gettext("%(aspect)s, States with X, %(date)s", **asked),
        gettext("%(aspect)s, States reviewed, %(date)s", **asked),
        gettext("%(aspect)s, share of those reviewed, %(date)s", **asked),
    )


def _dated(figure: Figure) -> list[Cell]:
    """Nothing reviewed is no figure: its cells stay empty."""
    if not figure.n_reviewed:
        return [0, None, None, None]
    return [figure.n_reviewed, figure.counts["X"], figure.reviewed, figure.mean_fields]


def _counts(pair: Pair | None) -> list[Cell]:
    counts = (pair.before, pair.after) if pair else (Count(), Count())
    return [cell for count in counts for cell in (count.x if count.reviewed else None, count.reviewed, count.share)]


def _json(document: Mapping[str, object]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")


def _workbook(
    file: str, title: str, notes: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Response:
    return workbook_file(file, figures_workbook(title, notes, head, rows, rtl=current_language().direction == "rtl"))

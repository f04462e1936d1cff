"""Lists of requests: the board by step, the list with its filters, the list as a file."""

import csv
import io
import json
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cpi1540.assistance import messages
from cpi1540.assistance.procedure import steps as procedure
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests.agenda import Line
from cpi1540.assistance.requests.pages import columns
from cpi1540.assistance.requests.request import Kind, Status
from cpi1540.assistance.requests.requests_json import list_json
from cpi1540.assistance.requests.service import lists
from cpi1540.assistance.requests.service.lists import Filters, Listing
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.files.csv_guard import guarded
from cpi1540.foundation.languages import current_language, day, listed, name, number
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names
from cpi1540.states.groups import GROUPS
from cpi1540.states.views.asked import choice_asked, no_such_filter

bp: Blueprint = RecordBlueprint("request_lists", __name__)
# On the board, of each step; the rest is one click away.
MOST_CARDS = 6
# What the address of a list may ask for.
ASKED = ("step", "status", "group", "state", "kind", "domain", "section", "overdue", "q")


@bp.get("/assistance")
@public
def board() -> ResponseReturnValue:
    """The open requests by step, overdue first; to readers outside the office, the list of those they may read."""
    actor = current_actor()
    if not actor.of_the_office:
        return _list_page(lists.EVERYTHING)
    found = lists.board(actor, practice=in_practice())
    shown = columns(found, MOST_CARDS)
    lines = [line for each in found.values() for line in each]
    return render_template(
        "assistance/requests/board.html",
        columns=shown,
        empty=[step for step in Step if not found[step]],
        n_open=len(lines),
        n_overdue=sum(1 for line in lines if line.standing.overdue),
        without_table=sorted({year for line in lines for year in line.standing.without_table}),
        requesters=requester_names(line.request.values.requester for each in shown for line in each.lines),
        words=messages,
        procedure=procedure,
        day_in_new_york=calendar.today(),
    )


@bp.get("/assistance/requests")
@public
def page() -> ResponseReturnValue:
    """The requests that the filters leave, fifty a page, overdue first."""
    return _list_page(filters_asked())


@bp.get("/assistance/requests.<form>")
@public
def file(form: str) -> ResponseReturnValue:
    """The filtered list as a file: json as the command line prints it, csv or xlsx."""
    filters = filters_asked()
    found = lists.listing(filters, current_actor(), practice=in_practice(), size=None)
    if form == "json":
        document = list_json(found.lines)
        return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
    if form not in ("csv", "xlsx"):
        raise unknown_form(form)
    requesters = requester_names(line.request.values.requester for line in found.lines)
    rows = [_row(line, requesters) for line in found.lines]
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_head())
        writer.writerows([[guarded(str(cell)) for cell in row] for row in rows])
        answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
        answer.headers.set("Content-Disposition", "attachment", filename="requests.csv")
        return answer
    notes = [
        _("Practice data.") if in_practice() else _("The record of the Member States."),
        _("As of %(date)s", date=day(calendar.today())),
        _("%(n)s requests", n=number(found.total)),
        *(chip["text"] for chip in chips(filters)),
    ]
    if found.without_table:
        notes.append(_(messages.WITHOUT_TABLE, years=listed(str(year) for year in found.without_table)))
    rtl = current_language().direction == "rtl"
    return workbook_file("requests", figures_workbook(_("Requests for assistance"), notes, _head(), rows, rtl))


def filters_asked() -> Filters:
    """What ``?step=&status=&...`` narrow the list to; NotFound for a choice that there is not."""
    asked = request.args
    step = whole_number(asked.get("step", "")) if asked.get("step") else None
    if asked.get("step") and step not in list(Step):
        raise no_such_filter(asked["step"])
    group, section = asked.get("group") or None, asked.get("section") or None
    if group is not None and group not in GROUPS:
        raise no_such_filter(group)
    if section is not None and section not in [each.code for each in layouts.layout().sections]:
        raise no_such_filter(section)
    return Filters(
        Step(step) if step is not None else None,
        choice_asked(Status, "status"),
        group,
        printable(asked.get("state", ""))[:3].upper() or None,
        choice_asked(Kind, "kind"),
        choice_asked(Domain, "domain"),
        section,
        bool(asked.get("overdue")),
        printable(asked.get("q", "")).strip()[:100],
    )


def chips(filters: Filters) -> list[dict[str, str]]:
    """Each filter in words, with the part of the address that asks for it."""
    said = {
        "step": _("Step %(n)s: %(name)s", n=int(filters.step), name=_(procedure.STEP_NAMES[filters.step]))
        if filters.step
        else "",
        "status": _(messages.STATUS_NAMES[filters.status]) if filters.status else "",
        "group": name(group_names()[filters.group]) if filters.group else "",
        "state": filters.state or "",
        "kind": _(messages.KIND_NAMES[filters.kind]) if filters.kind else "",
        "domain": _(matrix_words.DOMAIN_NAMES[filters.domain]) if filters.domain else "",
        "section": name(layouts.layout().section(filters.section).short_titles) if filters.section else "",
        "overdue": _("Overdue") if filters.overdue else "",
        "q": filters.text,
    }
    return [{"part": part, "text": text} for part, text in said.items() if text]


def _list_page(filters: Filters) -> str:
    actor = current_actor()
    found: Listing = lists.listing(
        filters,
        actor,
        practice=in_practice(),
        page=whole_number(request.args.get("page", "")) or 1,
        newest_first=not actor.of_the_office,
    )
    return render_template(
        "assistance/requests/requests.html",
        found=found,
        filters=filters,
        chips=chips(filters),
        asked={key: request.args[key] for key in ASKED if request.args.get(key)},
        requesters=requester_names(line.request.values.requester for line in found.lines),
        sections=layouts.layout().sections,
        groups=GROUPS,
        domains=list(Domain),
        words=messages,
        procedure=procedure,
        matrix_words=matrix_words,
        office=actor.of_the_office,
        day_in_new_york=calendar.today(),
    )


def _head() -> list[str]:
    return [
        _("Request"),
        _("Requester"),
        _("Date"),
        _("Subject"),
        _("Status"),
        _("Step"),
        _("Next act"),
        _("Due"),
        _("Working days late"),
        _("Needs"),
        _("Kinds of assistance"),
        _("Fields"),
    ]


def _row(line: Line, requesters: Any) -> list[str | int]:
    found, standing = line.request, line.standing
    kinds = dict.fromkeys(_(messages.KIND_NAMES[need.values.kind]) for need in found.needs)
    return [
        found.id,
        requesters[found.values.requester],
        str(found.values.date or ""),
        found.values.title,
        _(messages.STATUS_NAMES[found.status]),
        _(procedure.STEP_NAMES[standing.step]) if standing.step else "",
        _(procedure.NEXT_ACTS[standing.next_act]) if standing.next_act else "",
        str(standing.due or ""),
        standing.overdue,
        len(found.needs),
        listed(kinds),
        len({field for need in found.needs for field in need.values.fields}),
    ]

"""Matches: the board by how far they have come, the list, the list as a file, one match with what is recorded of it."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.matching.views.matching import need_page
from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.outcomes import messages as words
from cpi1540.assistance.outcomes.actions import READ_OUTCOMES
from cpi1540.assistance.outcomes.forms import ProposalForm
from cpi1540.assistance.outcomes.match import MatchStatus
from cpi1540.assistance.outcomes.pages import MatchLine, board
from cpi1540.assistance.outcomes.service import listing, proposing
from cpi1540.assistance.outcomes.service.listing import Filters
from cpi1540.assistance.outcomes.views.match_words import WORDS, address_of
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Kind
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.files.csv_guard import guarded
from cpi1540.foundation.languages import current_language, day, listed, name, say
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names
from cpi1540.states.groups import GROUPS
from cpi1540.states.views.asked import choice_asked, no_such_filter

bp: Blueprint = RecordBlueprint("matches", __name__)
# On the board, of each status; the rest is one click away.
MOST_CARDS = 6
# What the address of a list may ask for.
ASKED = ("status", "group", "kind", "section", "q")


@bp.get("/assistance/matches")
@requires(READ_OUTCOMES)
def of_record() -> ResponseReturnValue:
    """The matches that have not ended, by how far they have come, longest waiting first."""
    found = listing.lines(current_actor(), practice=in_practice())
    columns = board(found, MOST_CARDS)
    return render_template(
        "assistance/outcomes/board.html",
        columns=columns,
        total=len(found),
        going_on=sum(column.total for column in columns),
        requesters=requester_names(line.requester for column in columns for line in column.lines),
        today=calendar.today(),
        **WORDS,
    )


@bp.get("/assistance/matches/list")
@requires(READ_OUTCOMES)
def page() -> ResponseReturnValue:
    """The matches that the filters leave, fifty a page, what moved last first."""
    filters = filters_asked()
    found = listing.listing(
        current_actor(), practice=in_practice(), filters=filters, page=whole_number(request.args.get("page", "")) or 1
    )
    return render_template(
        "assistance/outcomes/matches.html",
        found=found,
        filters=filters,
        chips=chips(filters),
        asked={key: request.args[key] for key in ASKED if request.args.get(key)},
        requesters=requester_names(line.requester for line in found.lines),
        sections=layouts.layout().sections,
        groups=GROUPS,
        today=calendar.today(),
        **WORDS,
    )


@bp.get("/assistance/matches.<form>")
@requires(READ_OUTCOMES)
def file(form: str) -> ResponseReturnValue:
    """The filtered list as a file: csv or xlsx."""
    if form not in ("csv", "xlsx"):
        raise unknown_form(form)
    filters = filters_asked()
    found = listing.lines(current_actor(), practice=in_practice(), filters=filters)
    requesters = requester_names(line.requester for line in found)
    rows = [_row(line, requesters) for line in found]
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_head())
        writer.writerows([["" if cell is None else guarded(str(cell)) for cell in row] for row in rows])
        answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
        answer.headers.set("Content-Disposition", "attachment", filename="matches.csv")
        return answer
    notes = [
        _("Practice data.") if in_practice() else _("The record of the Member States."),
        _("As of %(date)s", date=day(calendar.today())),
        ngettext("%(num)s match", "%(num)s matches", len(found)),
        *(chip["text"] for chip in chips(filters)),
    ]
    rtl = current_language().direction == "rtl"
    return workbook_file("matches", figures_workbook(_("Matches"), notes, _head(), rows, rtl))


@bp.post("/assistance/requests/<request_id>/needs/<int:number>/matches")
@requires(REGISTER_REQUEST)
def propose(request_id: str, number: int) -> ResponseReturnValue:
    """Propose an offer for a need; a fault comes back on the page of the need, with what was typed."""
    form = ProposalForm()
    if not form.validate_on_submit():
        return need_page(request_id, number, proposal=form)
    try:
        with transaction():
            made = proposing.propose(
                request_id,
                number,
                form.offer.data or "",
                current_actor(),
                on=form.on.data or calendar.today(),
                note=form.note.data or "",
                language=current_language().code,
            )
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        form.on.errors = [say(error.sentence)]
        try:
            return need_page(request_id, number, proposal=form)
        except NotFound:  # a need that was withdrawn meanwhile has no such page any more
            raise error from None
    flash("proposed", "match")
    return redirect(address_of(made))


def filters_asked() -> Filters:
    """What ``?status=&group=...`` narrow the list to; NotFound for a choice that there is not."""
    group, section = request.args.get("group") or None, request.args.get("section") or None
    if group is not None and group not in GROUPS:
        raise no_such_filter(group)
    if section is not None and section not in [each.code for each in layouts.layout().sections]:
        raise no_such_filter(section)
    return Filters(
        choice_asked(MatchStatus, "status"),
        group,
        choice_asked(Kind, "kind"),
        section,
        printable(request.args.get("q", "")).strip()[:100],
    )


def chips(filters: Filters) -> list[dict[str, str]]:
    """Each filter in words, with the part of the address that asks for it."""
    said = {
        "status": say(words.STATUS_NAMES[filters.status]) if filters.status else "",
        "group": name(group_names()[filters.group]) if filters.group else "",
        "kind": say(KIND_NAMES[filters.kind]) if filters.kind else "",
        "section": name(layouts.layout().section(filters.section).short_titles) if filters.section else "",
        "q": filters.text,
    }
    return [{"part": part, "text": text} for part, text in said.items() if text]


def _head() -> list[str]:
    return [
        _("Match"),
        _("Requester"),
        _("Kind of assistance"),
        _("Fields"),
        _("Provider"),
        _("Offer"),
        _("Programme"),
        _("How far it has come"),
        _("Since"),
        _("Rank when proposed"),
        _("Score when proposed"),
        _("Acts"),
    ]


def _row(line: MatchLine, requesters: Mapping[Any, str]) -> list[str | int | float | None]:
    match = line.match
    acts = [f"{done.on} {say(words.ACTS_DONE[done.act])}" for done in match.acts]
    return [
        match.id,
        requesters[line.requester],
        say(KIND_NAMES[line.need.values.kind]),
        len(line.need.values.fields),
        name(line.provider),
        match.offer,
        line.offer_title,
        say(words.STATUS_NAMES[match.status]),
        str(line.since),
        match.reasons.rank,
        match.reasons.score,
        listed(acts),
    ]

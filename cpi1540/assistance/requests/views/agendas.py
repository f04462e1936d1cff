"""What is to be done over all requests: the due list, the briefing list, the map of needs, the holidays."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cpi1540.assistance import messages
from cpi1540.assistance.actions import LOAD_HOLIDAYS, REGISTER_REQUEST
from cpi1540.assistance.procedure import steps as procedure
from cpi1540.assistance.procedure.briefing_days import BRIEFING_MONTHS
from cpi1540.assistance.procedure.holidays_csv import read_holidays
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests import agenda
from cpi1540.assistance.requests.forms import DayForm, HolidayFileForm, faults_of
from cpi1540.assistance.requests.pages import area_rows
from cpi1540.assistance.requests.service import lists
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed
from cpi1540.foundation.languages import listed, say
from cpi1540.foundation.messages import Sentence
from cpi1540.foundation.problems import Problem
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.service import layouts

bp: Blueprint = RecordBlueprint("agendas", __name__)


@bp.get("/assistance/due")
@public
def due() -> ResponseReturnValue:
    """Every open request, overdue first, then by due date, then by how long it waits."""
    lines = lists.due(current_actor(), practice=in_practice())
    return render_template(
        "assistance/requests/due.html",
        lines=lines,
        n_overdue=sum(1 for line in lines if line.standing.overdue),
        without_table=sorted({year for line in lines for year in line.standing.without_table}),
        requesters=requester_names(line.request.values.requester for line in lines),
        words=messages,
        procedure=procedure,
        day_in_new_york=calendar.today(),
    )


@bp.route("/assistance/briefing-list", methods=["GET", "POST"])
@requires(REGISTER_REQUEST)
def briefing_list() -> ResponseReturnValue:
    """What the Committee is to be briefed on since the last briefing; record that it was."""
    form = DayForm(data={"on": calendar.today()})
    if form.validate_on_submit() and form.on.data is not None:
        try:
            with transaction():
                calendar.record_briefing(form.on.data, current_actor(), practice=in_practice())
        except NotAllowed:
            raise
        except DomainError as error:
            form.on.errors = [say(error.sentence)]
        else:
            flash(form.on.data.isoformat(), "briefed")
            return redirect(url("agendas.briefing_list"))
    last, briefed = lists.to_brief(current_actor(), practice=in_practice())
    page = render_template(
        "assistance/requests/briefing-list.html",
        form=form,
        faults=faults_of(form),
        last=last,
        briefed=briefed,
        months=BRIEFING_MONTHS,
        reasons=agenda.REASON_NAMES,
        requesters=requester_names(each.line.request.values.requester for each in briefed),
        words=messages,
        procedure=procedure,
        day_in_new_york=calendar.today(),
    )
    return page, 422 if form.errors else 200


@bp.get("/assistance/areas")
@public
def areas() -> ResponseReturnValue:
    """How many needs name fields of each section and weapon domain: open requests, or all of them."""
    everything = bool(request.args.get("all"))
    filters = lists.EVERYTHING if everything else lists.OPEN
    counts = lists.areas(current_actor(), practice=in_practice(), filters=filters)
    return render_template(
        "assistance/requests/areas.html",
        rows=area_rows(counts, layouts.layout()),
        domains=list(Domain),
        everything=everything,
        found=lists.listing(filters, current_actor(), practice=in_practice(), size=1),
        matrix_words=matrix_words,
        day_in_new_york=calendar.today(),
    )


@bp.route("/assistance/holidays", methods=["GET", "POST"])
@requires(LOAD_HOLIDAYS)
def holidays() -> ResponseReturnValue:
    """The holidays loaded, year by year; a table loaded replaces those of the years it names."""
    form = HolidayFileForm()
    problems: tuple[Problem, ...] = ()
    if form.validate_on_submit():
        table = read_holidays(form.file.data.read())
        problems = table.problems
        if not problems:
            with transaction():
                years = calendar.load_holidays(table.days, current_actor())
            flash(listed(str(year) for year in years), "holidays")
            return redirect(url("agendas.holidays"))
        form.file.errors = [_("Nothing was loaded: mend the lines named below.")]
    named = calendar.named_holidays()
    page = render_template(
        "assistance/requests/holidays.html",
        form=form,
        faults=faults_of(form),
        problems=[
            (problem.where, say(Sentence(messages.HOLIDAY_PROBLEMS[problem.code], problem.params)))
            for problem in problems
        ],
        years={
            year: [(on, told) for on, told in named.items() if on.year == year]
            for year in sorted({on.year for on in named}, reverse=True)
        },
    )
    return page, 422 if form.errors else 200

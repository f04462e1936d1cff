"""Plans that were kept: the list, one of them with what changed since, its files."""

import json

from flask import Blueprint, Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance.matching.actions import READ_MATCHES
from cpi1540.assistance.matching.matches_json import plan_json
from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.comparison import differences
from cpi1540.assistance.planning.pages import by_reason
from cpi1540.assistance.planning.service import kept_plans as service
from cpi1540.assistance.planning.service import large_plans, plans
from cpi1540.assistance.planning.views.plan_asked import fairness_asked, what_ifs_asked
from cpi1540.assistance.planning.views.plan_words import kept_workbook, missing_lines
from cpi1540.assistance.planning.views.planning import LONGEST_REASON
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.form_fields import paragraphs
from cpi1540.foundation.languages import current_language, say
from cpi1540.locales import BY_CODE
from cpi1540.people.service.directory import names_of

bp: Blueprint = RecordBlueprint("kept_plans", __name__)


@bp.get("/assistance/plan/kept")
@requires(READ_MATCHES)
def listed() -> ResponseReturnValue:
    """The plans kept of the record."""
    kept = service.kept_plans(_practice(), current_actor())
    people = names_of({each.by for each in kept})
    return render_template("assistance/planning/kept-plans.html", kept=kept, people=people, by_code=BY_CODE)


@bp.post("/assistance/plan/kept")
@requires(DECIDE_PLAN)
def keep() -> ResponseReturnValue:
    """Make the plan anew as the page showed it, and keep it; one too large for a page is made in the background."""
    actor, practice = current_actor(), _practice()
    fairness, supposed = fairness_asked(request.form), what_ifs_asked(request.form)
    note = paragraphs(request.form.get("note"))[:LONGEST_REASON]
    if plans.size(practice) > plans.AT_ONCE:
        with transaction():
            job = large_plans.ask(practice, actor, fairness=fairness, what_ifs=supposed, note=note)
        return redirect(url("jobs.one", number=job))
    planned = plans.plan(practice, actor, fairness=fairness, what_ifs=supposed)
    with transaction():
        number = service.keep(planned, actor, note=note, language=current_language().code)
    return redirect(url("kept_plans.one", number=number))


@bp.get("/assistance/plan/kept/<int:number>")
@requires(READ_MATCHES)
def one(number: int) -> ResponseReturnValue:
    """A kept plan, and what is otherwise today."""
    actor, practice = current_actor(), _practice()
    kept = service.kept_plan(practice, number, actor)
    anew = service.today(kept, practice, actor)
    needs = anew.known
    return render_template(
        "assistance/planning/kept-plan.html",
        kept=kept,
        plan=kept.plan,
        head=kept.head,
        anew=anew,
        changes=differences(anew.plan.assignments, kept.plan.assignments) if anew.plan else (),
        missing=missing_lines(kept.plan, needs),
        unmet=by_reason(kept.plan.unmet),
        needs=needs,
        requesters=requester_names(request.values.requester for request, _need in needs.values()),
        people=names_of({kept.head.by}),
        by_code=BY_CODE,
    )


@bp.get("/assistance/plan/kept/<int:number>.<form>")
@requires(READ_MATCHES)
def file(number: int, form: str) -> ResponseReturnValue:
    """A kept plan as a file: json or xlsx."""
    kept = service.kept_plan(_practice(), number, current_actor())
    if form == "json":
        document = plan_json(kept.plan, say)
        return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
    if form != "xlsx":
        raise unknown_form(form)
    return workbook_file(f"plan-{number}", kept_workbook(kept))


def _practice() -> bool:
    return bool(g.record == PRACTICE)

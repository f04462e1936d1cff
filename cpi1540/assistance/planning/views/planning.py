"""The plan over all open needs: the page, its files, one pair of it, what a need takes."""

import json
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance import messages as assistance_words
from cpi1540.assistance.matching import messages as matching_words
from cpi1540.assistance.matching.actions import READ_MATCHES
from cpi1540.assistance.matching.matches_json import plan_json
from cpi1540.assistance.matching.service import matches
from cpi1540.assistance.matching.views.matching import need_page
from cpi1540.assistance.planning import messages
from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.comparison import differences, exchanges
from cpi1540.assistance.planning.decision import DecisionKind
from cpi1540.assistance.planning.pages import by_reason, lines, requesters_of, served, worth
from cpi1540.assistance.planning.service import decisions, estimates, history, kept_plans, plans
from cpi1540.assistance.planning.service.plans import Planned
from cpi1540.assistance.planning.views.estimate_form import EstimateForm
from cpi1540.assistance.planning.views.plan_asked import (
    FAIRNESS,
    added_what_if,
    fairness_asked,
    plan_query,
    what_ifs_asked,
)
from cpi1540.assistance.planning.views.plan_words import missing_lines, plan_workbook
from cpi1540.assistance.requests.request import NeedStatus, Request, Status, need_id
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.requester_names import requester_name, requester_names
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import can, current_actor, ensure, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.form_fields import paragraphs
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.locales import BY_CODE
from cpi1540.people.service.directory import names_of

# So much of what was decided before stands on the page of the plan.
MOST_PAST = 50
bp: Blueprint = RecordBlueprint("planning", __name__)
LONGEST_REASON = 2000
FREE = "free"


@bp.get("/assistance/plan")
@requires(READ_MATCHES)
def page() -> ResponseReturnValue:
    """The plan, beside the one that takes the best pair first; with ``?if=``, what would be otherwise."""
    fairness, supposed = fairness_asked(), what_ifs_asked()
    try:
        added = added_what_if()
    except DomainError as error:
        return _page(fairness, supposed, fault=error.sentence), 422
    if added is not None:
        kept = tuple(each for each in supposed if (each.offer, each.change) != (added.offer, added.change))
        return redirect(url("planning.page", **plan_query(fairness, (*kept, added)), _anchor="what-if"))
    return _page(fairness, supposed)


@bp.get("/assistance/plan.<form>")
@requires(READ_MATCHES)
def file(form: str) -> ResponseReturnValue:
    """The same plan as a file: json as the command line prints it, or xlsx."""
    if form not in ("json", "xlsx"):
        raise unknown_form(form)
    if plans.size(_practice()) > plans.AT_ONCE:
        raise DomainError(
            sentence("This plan is made in the background. Keep it first, then take the file of the kept plan.")
        )
    planned = plans.plan(_practice(), current_actor(), fairness=fairness_asked(), what_ifs=what_ifs_asked())
    if form == "json":
        return Response(
            json.dumps(plan_json(planned.plan, say), ensure_ascii=False, indent=1), mimetype="application/json"
        )
    return workbook_file("plan", plan_workbook(planned))


@bp.route("/assistance/plan/pairs/<request_id>/<int:number>/<offer_id>", methods=["GET", "POST"])
@requires(READ_MATCHES)
def pair(request_id: str, number: int, offer_id: str) -> ResponseReturnValue:
    """One pair: its reasons, and what the office decides of it whatever a plan would choose."""
    actor, found = current_actor(), _request(request_id)
    fault, reason = None, ""
    if request.method == "POST":
        ensure(actor, DECIDE_PLAN, found.values.requester)
        reason = paragraphs(request.form.get("reason"))[:LONGEST_REASON]
        try:
            return _decide(found.id, number, offer_id, reason)
        except (NotAllowed, NotFound):
            raise
        except DomainError as error:
            fault = say(error.sentence)
    matched = matches.ranked(found, number, offer_id, actor)
    need = next(need for need in found.needs if need.number == number)
    practice = found.values.requester.practice
    decided = [each for each in decisions.decisions(practice) if each.need == need.id]
    page = render_template(
        "assistance/planning/pair.html",
        request_id=found.id,
        found=found,
        need=need,
        requester=requester_name(found.values.requester),
        matched=matched,
        offer=matched.offer,
        provider=matched.provider,
        decision=next((each for each in decided if each.offer == offer_id), None),
        people=names_of({each.by for each in decided}),
        may_decide=can(actor, DECIDE_PLAN, found.values.requester) and found.status is Status.OPEN,
        may_lock=matched.rank is not None and need.status is NeedStatus.OPEN,
        fault=fault,
        reason=reason,
        words=matching_words,
        assistance_words=assistance_words,
        by_code=BY_CODE,
    )
    return page, 422 if fault else 200


@bp.post("/assistance/requests/<request_id>/needs/<int:number>/estimate")
@requires(DECIDE_PLAN)
def estimate(request_id: str, number: int) -> ResponseReturnValue:
    """Record what a need takes."""
    form = EstimateForm()
    if not form.validate_on_submit():
        return need_page(request_id, number, form)
    found = _request(request_id)
    with transaction():
        estimates.estimate(found.id, number, form.values, current_actor())
    return redirect(url("matching.of_need", request_id=found.id, number=number))


def _page(fairness: float, supposed: tuple[Any, ...], fault: Sentence | None = None) -> str:
    actor, practice = current_actor(), _practice()
    values: dict[str, Any] = {
        "fairness": fairness,
        "choices": FAIRNESS,
        "supposed": supposed,
        "query": plan_query,
        "fault": say(fault) if fault else None,
        "may_decide": can(actor, DECIDE_PLAN),
        "words": messages,
        "assistance_words": assistance_words,
        "by_code": BY_CODE,
    }
    if plans.size(practice) > plans.AT_ONCE:
        kept = kept_plans.kept_plans(practice, actor)
        return render_template("assistance/planning/large.html", kept=kept, **values)
    planned = plans.plan(practice, actor, fairness=fairness, what_ifs=supposed)
    return render_template("assistance/planning/plan.html", **values, **_plan_values(planned))


def _plan_values(planned: Planned) -> dict[str, Any]:
    plan, needs = planned.plan, planned.needs
    compared, past = exchanges(plan.assignments, plan.greedy), history.history(planned.practice, MOST_PAST)
    return {
        "planned": planned,
        "plan": plan,
        "needs": needs,
        "lines": lines(plan.assignments, plan.greedy, compared, planned.decisions),
        "n_differing": len(compared),
        "served": served(plan.assignments, needs),
        "served_first": served(plan.greedy, needs),
        "n_requesters": requesters_of(needs),
        "changes": differences(plan.assignments, planned.recorded.assignments) if planned.what_ifs else (),
        "gained": worth(plan, planned.recorded),
        "missing": missing_lines(plan, needs),
        "unmet": by_reason(plan.unmet),
        "requesters": requester_names(request.values.requester for request, _need in needs.values()),
        "past": past,
        "people": names_of({each.by for each in planned.decisions} | {each.by for each in past}),
    }


def _decide(request_id: str, number: int, offer: str, reason: str) -> ResponseReturnValue:
    actor, verb, need = current_actor(), request.form.get("do", ""), need_id(request_id, number)
    with transaction():
        if verb == FREE:
            decisions.free(need, offer, actor, reason=reason, language=current_language().code)
        elif verb in list(DecisionKind):
            kind = DecisionKind(verb)
            decisions.decide(need, offer, kind, actor, reason=reason, language=current_language().code)
        else:
            raise DomainError(sentence("Choose what is decided of the pair."))
    flash(verb, "decided")
    if verb == FREE:  # its offer may not stand any more, and have no page
        return redirect(url("planning.page", _anchor="decided"))
    return redirect(url("planning.pair", request_id=request_id, number=number, offer_id=offer))


def _request(request_id: str) -> Request:
    return reading.find(request_id, current_actor(), practice=_practice())


def _practice() -> bool:
    return bool(g.record == PRACTICE)

"""The offers that fit a request: need by need, and one need with every reason."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540.assistance import messages as assistance_words
from cpi1540.assistance.matching import messages
from cpi1540.assistance.matching.actions import READ_MATCHES
from cpi1540.assistance.matching.pages import cards
from cpi1540.assistance.matching.ranking import Explained, NearMiss
from cpi1540.assistance.matching.service import matches
from cpi1540.assistance.outcomes import messages as outcome_words
from cpi1540.assistance.outcomes.forms import ProposalForm
from cpi1540.assistance.outcomes.match import ENDED
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.outcomes.views.match_words import address_of
from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.service import decisions, estimates
from cpi1540.assistance.planning.views.estimate_form import EstimateForm, estimate_form
from cpi1540.assistance.requests.forms import faults_of
from cpi1540.assistance.requests.pages import need_lines
from cpi1540.assistance.requests.request import NeedStatus, Request, Status
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.requester_names import requester_name
from cpi1540.foundation.access import can, current_actor, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.languages import listed, name
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("matching", __name__)


@bp.get("/assistance/requests/<request_id>/candidates")
@requires(READ_MATCHES)
def of_request(request_id: str) -> ResponseReturnValue:
    """The best offers for each need of a request."""
    found = _request(request_id)
    matched = matches.for_request(found, current_actor())
    return render_template(
        "assistance/matching/of-request.html",
        request_id=found.id,
        found=found,
        requester=requester_name(found.values.requester),
        matched=matched,
        lines={line.need.number: line for line in need_lines(found, layouts.layout())},
        cards={
            each.need.number: cards(each.told.candidates[:5], matched.offers, matched.providers)
            for each in matched.needs
        },
        words=messages,
        assistance_words=assistance_words,
        by_code=BY_CODE,
    )


@bp.get("/assistance/requests/<request_id>/needs/<int:number>/candidates")
@requires(READ_MATCHES)
def of_need(request_id: str, number: int) -> ResponseReturnValue:
    """One need with the offers that fit, those that nearly fit, and whom one may ask; why, in words."""
    return need_page(request_id, number)


def need_page(
    request_id: str, number: int, form: EstimateForm | None = None, proposal: ProposalForm | None = None
) -> ResponseReturnValue:
    """The page of a need's candidates, with the form of its estimate or of a proposal as it was sent when that had
    faults.
    """
    actor, found = current_actor(), _request(request_id)
    matched = matches.for_request(found, actor)
    mine = next((each for each in matched.needs if each.need.number == number), None)
    if mine is None:
        raise NotFound(sentence("%(request)s has no need %(need)s.", request=request_id, need=str(number)))
    practice = found.values.requester.practice
    estimate = estimates.estimates(practice).get(mine.need.id)
    page = render_template(
        "assistance/matching/of-need.html",
        request_id=found.id,
        found=found,
        values=found.values,
        requester=requester_name(found.values.requester),
        need=mine.need,
        line=next(line for line in need_lines(found, layouts.layout()) if line.need.number == number),
        mine=mine,
        misses=_misses(mine.told, found.values.requester.states),
        matched=matched,
        cards=cards(mine.told.candidates, matched.offers, matched.providers),
        decided={each.offer: each for each in decisions.decisions(practice) if each.need == mine.need.id},
        estimate=estimate,
        known={match.offer: match for match in outcomes.matches_of(actor, need=mine.need.id)},
        ended=ENDED,
        address_of=address_of,
        match_words=outcome_words,
        form=form or estimate_form(estimate),
        proposal=proposal,
        faults=[fault for each in (form, proposal) if each is not None for fault in faults_of(each)],
        may_decide=can(actor, DECIDE_PLAN, found.values.requester) and found.status is Status.OPEN,
        may_propose=can(actor, DECIDE_PLAN, found.values.requester)
        and found.status is Status.OPEN
        and mine.need.status in (NeedStatus.OPEN, NeedStatus.PROPOSED),
        section_titles={section.code: section.short_titles for section in layouts.layout().sections},
        words=messages,
        assistance_words=assistance_words,
        matrix_words=matrix_words,
        by_code=BY_CODE,
    )
    return page, 200 if form is None and proposal is None else 422


def _misses(told: Explained, asking: Iterable[str]) -> list[tuple[NearMiss, list[tuple[Sentence, Sentence]]]]:
    """Each near miss with what stands in the way and what would make it fit; fields and States by their names."""
    names = {code: name(states.find(code).names) for code in asking}
    return [
        (miss, [(_named(each.because, names), _named(each.remedy, names)) for each in miss.obstacles])
        for miss in told.near_misses
    ]


def _named(told: Sentence, names: Mapping[str, str]) -> Sentence:
    params = dict(told.params)
    if "states" in params:
        params["states"] = listed(names.get(code, code) for code in str(params["states"]).split(", "))
    key, layout = str(params.get("field", "")), layouts.layout()
    if key in layout.positions:
        field = layout.field(key)
        parts = [name(field.labels)]
        parts += [gettext(matrix_words.DOMAIN_NAMES[field.domain])] if field.domain else []
        parts += [gettext(matrix_words.ASPECT_NAMES[field.aspect])] if field.aspect else []
        params["field"] = f"“{listed(parts)}”"
    return replace(told, params=params)


def _request(request_id: str) -> Request:
    return reading.find(request_id, current_actor(), practice=g.record == PRACTICE)

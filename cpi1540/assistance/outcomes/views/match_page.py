"""One match: how far it has come, the one thing to do next, what was done, why it was proposed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from cpi1540.assistance.actions import READ_REQUEST, REGISTER_REQUEST
from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.forms import DeclineForm, FeedbackForm, MatchActForm, TakeBackForm
from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, MatchAct, MatchStatus, Side, match_id
from cpi1540.assistance.outcomes.pages import choice, row_names, timeline
from cpi1540.assistance.outcomes.service import deciding, listing, reading
from cpi1540.assistance.outcomes.service.reading import Placed
from cpi1540.assistance.outcomes.service.surroundings import foreseen
from cpi1540.assistance.outcomes.views.match_words import WORDS, address_of
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import WITH_PROVIDERS, Act
from cpi1540.assistance.requests.forms import faults_of
from cpi1540.assistance.requests.service import reading as requests
from cpi1540.assistance.requests.service.requester_names import requester_name
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.access import SIGNED_IN, SYSTEM, can, current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import N_, sentence
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.people.service.directory import names_of

bp: Blueprint = RecordBlueprint("match_page", __name__)
DONE_NAMES = {"proposed": N_("The match is proposed."), "recorded": N_("It is recorded.")}
_FORMS: dict[MatchAct, Any] = {
    MatchAct.DECLINE: DeclineForm,
    MatchAct.FEEDBACK_PROVIDER: FeedbackForm,
    MatchAct.FEEDBACK_REQUESTER: FeedbackForm,
}
TAKE_BACK = "take-back"
# Where a refusal stands that names no part of the form.
_FAULTS_AT = ("answer", "on", "reason")


@bp.get("/assistance/matches/<request_id>/<int:need>/<int:number>")
@requires(SIGNED_IN)
def one(request_id: str, need: int, number: int) -> ResponseReturnValue:
    """The page; who may not know of the match gets the answer of one that there is not."""
    return _page(_placed(request_id, need, number))


@bp.post("/assistance/matches/<request_id>/<int:need>/<int:number>/<verb>")
@requires(SIGNED_IN)
def record(request_id: str, need: int, number: int, verb: str) -> ResponseReturnValue:
    """Record an act, or take back the one recorded last; a fault comes back at its field."""
    placed = _placed(request_id, need, number)
    if verb != TAKE_BACK and verb not in list(MatchAct):
        raise NotFound(sentence("Nothing is recorded so."))
    form = _form(verb, sent=True)
    if form.validate_on_submit():
        try:
            with transaction():
                _write(placed, verb, form)
        except (NotAllowed, NotFound):
            raise
        except DomainError as error:
            next(form[each] for each in _FAULTS_AT if each in form).errors = [say(error.sentence)]
        else:
            flash("recorded", "match")
            return redirect(address_of(placed.match.id))
    return _page(placed, verb, form), 422


def _write(placed: Placed, verb: str, form: Any) -> None:
    actor, identifier = current_actor(), placed.match.id
    if verb == TAKE_BACK:
        number = whole_number(form.number.data or "") or 0
        deciding.take_back(identifier, number, actor, reason=form.reason.data or "")
        return
    answer = form.answer.data or "" if "answer" in form else ""
    told = {"answer": answer, "note": form.note.data or "", "language": current_language().code}
    deciding.record_act(identifier, MatchAct(verb), actor, on=form.on.data, **told)


def _placed(request_id: str, need: int, number: int) -> Placed:
    return reading.find(match_id(request_id, need, number), current_actor(), practice=in_practice())


def _form(verb: str, *, sent: bool) -> Any:
    kind = TakeBackForm if verb == TAKE_BACK else _FORMS.get(MatchAct(verb), MatchActForm)
    begins = {"on": calendar.today()}
    return kind(prefix=f"{verb}-", data=begins) if sent else kind(None, prefix=f"{verb}-", data=begins)


def _page(placed: Placed, verb: str | None = None, faulty: Any = None) -> str:
    actor, match = current_actor(), placed.match
    side = reading.side_of(actor, placed)
    may = choice(match, side)
    acts = [*([may.next] if may and may.next else []), *(may.others if may else ())]
    forms = {act.value: _form(act.value, sent=False) for act in acts}
    take_back = _form(TAKE_BACK, sent=False)
    take_back.number.data = str(match.acts[-1].number)
    forms[TAKE_BACK] = take_back
    if verb is not None:
        forms[verb] = faulty
    line = listing.with_needs([placed])[0]
    found = requests.requests_where(requests.condition_of(match.request))[0]  # type: ignore[arg-type]
    layout, offered = layouts.layout(), _offer(placed, side)
    return render_template(
        "assistance/outcomes/match.html",
        placed=placed,
        match=match,
        line=line,
        choice=may,
        foreseen=foreseen(match, acts, may.side, calendar.today()) if may and acts else {},
        forms=forms,
        opened=verb,
        faults=faults_of(faulty) if faulty is not None else [],
        entries=timeline(match),
        rows=row_names(line.need.values.fields, layout),
        request_language=BY_CODE[found.values.language],
        requester=requester_name(placed.requester),
        offer=offered,
        contact=_contact(placed, offered, side),
        people=names_of(sorted({done.by for done in match.acts if done.by})) if actor.of_the_office else {},
        may_open_request=can(actor, READ_REQUEST, found),
        office=actor.of_the_office,
        may_take_back=can(actor, REGISTER_REQUEST, placed.requester) and match.acts[-1].act is not MatchAct.PROPOSE,
        to_record=_to_record(placed) if side is Side.OFFICE else False,
        done_names=DONE_NAMES,
        by_code=BY_CODE,
        today=calendar.today(),
        **WORDS,
    )


def _offer(placed: Placed, side: Side | None) -> Offer | None:
    """What the page tells of the offer: read for whoever shares the match, unless the office keeps it to itself."""
    found = offers.find_offer(placed.match.offer, SYSTEM)
    return None if side is Side.REQUESTER and found.handling is Handling.INTERNAL else found


def _contact(placed: Placed, offer: Offer | None, side: Side | None) -> str:
    """Whom to write to; the requester knows it once both sides agreed."""
    if offer is None or (side is Side.REQUESTER and placed.match.status not in AGREED_OR_LATER):
        return ""
    return offer.contact or offers.find_provider(offer.provider, SYSTEM).contact


def _to_record(placed: Placed) -> bool:
    """Whether the procedure waits for the offer that was accepted: a person records it there, nothing does by itself.

    The two tell of different things: what a provider said to the office, and what the Committee was told of it.
    """
    accepted = placed.match.on(MatchAct.ACCEPT)
    if accepted is None or placed.match.status is not MatchStatus.ACCEPTED:
        return False
    found = requests.find(placed.match.request, current_actor())
    received = [done.on for done in found.acts if done.act is Act.RECEIVE_OFFER]
    return found.course.step in WITH_PROVIDERS and not any(on >= accepted for on in received)

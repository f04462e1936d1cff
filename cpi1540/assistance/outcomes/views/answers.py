"""The provider's view: circulated needs that fit the own programmes, the answer to each, the own matches."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance.outcomes.actions import ANSWER_NEEDS
from cpi1540.assistance.outcomes.forms import OfferHelpForm, TurnDownForm
from cpi1540.assistance.outcomes.messages import DECLINE_REASONS
from cpi1540.assistance.outcomes.pages import row_names
from cpi1540.assistance.outcomes.service import answering, listing, proposing
from cpi1540.assistance.outcomes.service.answering import Answerable
from cpi1540.assistance.outcomes.views.match_words import WORDS, address_of
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.forms import faults_of
from cpi1540.assistance.requests.service.requester_names import requester_name, requester_names
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts

bp: Blueprint = RecordBlueprint("answers", __name__)
OFFER, DECLINE = "offer", "decline"


@bp.get("/assistance/for-providers")
@requires(ANSWER_NEEDS)
def listed() -> ResponseReturnValue:
    """Circulated needs that fit the own programmes, not answered first; then the own matches and programmes."""
    actor, practice = current_actor(), in_practice()
    found = answering.for_provider(practice, actor)
    lines = listing.lines(actor, practice=practice)
    layout = layouts.layout()
    return render_template(
        "assistance/outcomes/for-providers.html",
        found=found,
        rows={each.circulated.need.id: row_names(each.circulated.need.values.fields, layout) for each in found.needs},
        lines=lines,
        requesters=requester_names(
            [each.circulated.requester for each in found.needs] + [line.requester for line in lines]
        ),
        by_code=BY_CODE,
        today=calendar.today(),
        **WORDS,
    )


@bp.route("/assistance/for-providers/<request_id>/<int:number>", methods=["GET", "POST"])
@requires(ANSWER_NEEDS)
def need(request_id: str, number: int) -> ResponseReturnValue:
    """One need with the own programmes that fit it and why; the answer is given here.

    An answer that comes too late gets its words back, and why.
    """
    asked = printable(request_id)[:20]
    helping, declining = OfferHelpForm(prefix=f"{OFFER}-"), TurnDownForm(prefix=f"{DECLINE}-")
    chosen: Any = declining if f"{DECLINE}-offer" in request.form else helping
    try:
        found = answering.answerable(asked, number, current_actor(), practice=in_practice())
    except NotFound:
        if not helping.is_submitted():
            raise
        return _too_late(asked, number, chosen)
    for form in (helping, declining):
        form.offer.choices = [(fit.offer.id, fit.offer.title) for fit in found.open_fits]
    if not helping.is_submitted():
        return _page(found, helping, declining)
    if not found.open_fits:
        return _too_late(asked, number, chosen)
    if chosen.validate() and chosen.offer.data not in [fit.offer.id for fit in found.open_fits]:
        chosen.offer.errors = [say(sentence("This programme cannot be chosen here any more. Choose another."))]
    elif not chosen.errors:
        try:
            with transaction():
                made = _answer(found, chosen, declines=chosen is declining)
        except NotAllowed:
            raise
        except NotFound:  # between reading and writing it was taken from the circulated ones
            return _too_late(asked, number, chosen)
        except DomainError as error:
            control = "answer" if "answer" in chosen else "offer"
            chosen[control].errors = [say(error.sentence)]
        else:
            flash("recorded", "match")
            return redirect(address_of(made))
    return _page(found, helping, declining, chosen), 422


def _answer(found: Answerable, form: Any, *, declines: bool) -> str:
    actor, asked = current_actor(), found.circulated
    offer = printable(form.offer.data or "")[:20]
    told = {"note": form.note.data or "", "language": current_language().code}
    if declines:
        return proposing.turn_down(asked.request, asked.need.number, offer, actor, answer=form.answer.data, **told)
    return proposing.offer_help(asked.request, asked.need.number, offer, actor, **told)


def _too_late(request_id: str, number: int, form: Any) -> ResponseReturnValue:
    offer = printable(form.offer.data or "")[:20]
    found = answering.lapsed(request_id, number, offer, current_actor(), practice=in_practice())
    page = render_template(
        "assistance/outcomes/too-late.html",
        found=found,
        form=form,
        requester=requester_name(found.request.values.requester),
        reason=DECLINE_REASONS.get(form.answer.data) if "answer" in form else None,
        **WORDS,
    )
    return page, 422


def _page(found: Answerable, helping: Any, declining: Any, faulty: Any = None) -> str:
    choices = [fit.offer.id for fit in found.open_fits]
    for form in (helping, declining):
        if form.offer.data not in choices:
            form.offer.data = next(iter(choices), "")
    return render_template(
        "assistance/outcomes/answer.html",
        found=found,
        asked=found.circulated,
        values=found.circulated.need.values,
        requester=requester_name(found.circulated.requester),
        rows=row_names(found.circulated.need.values.fields, layouts.layout()),
        section_titles={section.code: section.short_titles for section in layouts.layout().sections},
        helping=helping,
        declining=declining,
        faults=faults_of(faulty) if faulty is not None else [],
        declines=faulty is declining and faulty is not None,
        by_code=BY_CODE,
        matrix_words=matrix_words,
        today=calendar.today(),
        **WORDS,
    )

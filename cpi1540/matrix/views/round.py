"""The round of comments: what the State proposes for the draft it was sent, and the office's answers."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import can, current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.form_fields import line, paragraphs
from cpi1540.foundation.languages import current_language
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix import messages, pages
from cpi1540.matrix.actions import ANSWER_STATE, PROPOSE, TAKE_PART
from cpi1540.matrix.forms import ProposalForm
from cpi1540.matrix.proposal import Decision, Wish
from cpi1540.matrix.record import Status, Version, option_of, read_option
from cpi1540.matrix.service import drafts, layouts, proposals, reading, speaking, steps
from cpi1540.matrix.views.asked import field_asked, section_asked, state_asked, state_code
from cpi1540.people.service import directory as people
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("round", __name__)

OUTSIDE = (Status.WITH_STATE, Status.AGREED)


@bp.get("/states/<state>/round")
@requires(TAKE_PART, subject=state_code)
def page(state: str) -> ResponseReturnValue:
    """Every proposal beside the draft; for the State's focal point also the way to propose more."""
    found, actor = state_asked(state), current_actor()
    draft = _draft(found)
    matrix = reading.matrix(draft)
    listed = proposals.proposals(found, draft, actor)
    layout = layouts.layout(draft.layout)
    show = request.args.get("show", "open")
    shown = [each for each in listed if show == "all" or each.decision is None]
    return render_template(
        "matrix/round.html",
        state=found,
        draft=draft,
        proposals=shown,
        n_all=len(listed),
        n_open=sum(each.decision is None for each in listed),
        everything=show == "all",
        layout=layout,
        entries=matrix.entries,
        voice=speaking.voice(found, draft, matrix.entries.values()),
        due=steps.due_dates([found.id]).get(found.code),
        names=people.names_of(sorted({each.actor for each in listed} | {each.decided_by or "" for each in listed})),
        may_answer=can(actor, ANSWER_STATE, found.code) and draft.status is Status.WITH_STATE,
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
    )


@bp.get("/states/<state>/round/<any(op1, op2, op3ab, op3cd, op678):section>")
@requires(TAKE_PART, subject=state_code)
def section(state: str, section: str) -> ResponseReturnValue:
    """The fields of one section as the State was sent them, each with the way to propose a change."""
    found, actor = state_asked(state), current_actor()
    draft = _draft(found)
    layout = layouts.layout(draft.layout)
    printed = section_asked(layout, section)
    entries = reading.section(draft, layout, section).entries
    listed = [each for each in proposals.proposals(found, draft, actor) if each.wish.field.startswith(section + ".")]
    return render_template(
        "matrix/round-section.html",
        state=found,
        draft=draft,
        section=printed,
        layout=layout,
        fields=[(layout.field(key), entry) for key, entry in entries.items()],
        proposed={each.wish.field: each for each in listed if each.decision is not Decision.REPLACED},
        may_propose=can(actor, PROPOSE, found.code) and draft.status is Status.WITH_STATE,
        voice=speaking.voice(found, draft, entries.values()),
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
    )


@bp.route("/states/<state>/round/propose/<field>", methods=["GET", "POST"])
@requires(PROPOSE, subject=state_code)
def propose(state: str, field: str) -> ResponseReturnValue:
    """Propose a change to one field, from the State's side."""
    found, actor = state_asked(state), current_actor()
    draft = _draft(found)
    layout = layouts.layout(draft.layout)
    asked = field_asked(layout, field)
    entry = reading.section(draft, layout, asked.section).entries[field]
    form = ProposalForm()
    if form.validate_on_submit():
        wish = _wish(field, form.code.data, form.sources.data, form.remarks.data, form.comment.data)
        if wish.empty:
            form.code.errors = [*form.code.errors, form.code.gettext("Propose something, or go back.")]
        else:
            with transaction():
                proposals.propose(found, draft, [wish], actor, language=current_language().code, channel="portal")
            flash(field, "proposed")
            return redirect(url("round.section", state=found.code, section=asked.section) + f"#f-{field}")
    answer = render_template(
        "matrix/propose.html",
        state=found,
        draft=draft,
        field=asked,
        entry=entry,
        form=form,
        voice=speaking.voice(found, draft, [entry]),
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
    )
    return answer, 422 if form.errors else 200


@bp.post("/states/<state>/round/<int:proposal>/answer")
@requires(ANSWER_STATE, subject=state_code)
def answer(state: str, proposal: int) -> ResponseReturnValue:
    """Accept a proposal, accept it with changes, or decline it."""
    found, actor = state_asked(state), current_actor()
    decision = request.form.get("decision", "")
    if decision not in (Decision.ACCEPTED, Decision.AMENDED, Decision.DECLINED):
        raise NotFound(sentence("There is no such answer."))
    amended = None
    if decision == Decision.AMENDED:
        given = request.form
        amended = _wish("", given.get("code"), given.get("sources"), given.get("remarks"), "")
    with transaction():
        made = proposals.answer(
            found, proposal, Decision(decision), paragraphs(request.form.get("reason")), actor, amended=amended
        )
    flash(made.wish.field, "answered")
    return redirect(url("round.page", state=found.code))


def _draft(state: State) -> Version:
    """The version that is with the State, or that it agreed to; NotFound when there is none to see."""
    draft = drafts.open_version(state, current_actor())
    if draft is None or (draft.status not in OUTSIDE and not current_actor().of_the_office):
        raise NotFound(sentence("No draft of %(state)s is out for comment.", state=state.code))
    return draft


def _wish(field: str, option: str | None, sources: str | None, remarks: str | None, comment: str | None) -> Wish:
    changes = option is not None and option != "keep"
    try:
        code = read_option(option or "")[0] if changes else None
    except ValueError:
        raise NotFound(sentence("%(code)s is not a code.", code=printable(option or "")[:20])) from None
    return Wish(field, changes, code, line(sources), paragraphs(remarks), paragraphs(comment))

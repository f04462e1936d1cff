"""The page of one request: where it stands, what was done, and the forms for what may be recorded next."""

import datetime
from collections.abc import Mapping
from typing import Any

from flask import render_template

from cpi1540.assistance import messages
from cpi1540.assistance.actions import READ_LETTERS, REGISTER_REQUEST, SUBMIT_REQUEST
from cpi1540.assistance.letters.letter import KIND_NAMES as LETTER_NAMES
from cpi1540.assistance.letters.service import letters
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.outcomes.views import match_words
from cpi1540.assistance.procedure import steps as procedure
from cpi1540.assistance.procedure.course import recordable
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import WORDS, Act
from cpi1540.assistance.requests.forms import (
    ActForm,
    AgreementForm,
    ConsentForm,
    EndForm,
    NoteVerbaleForm,
    ObjectionForm,
    PaperForm,
    ReasonForm,
    ReferralForm,
    TranslationForm,
    faults_of,
)
from cpi1540.assistance.requests.pages import need_lines, timeline
from cpi1540.assistance.requests.request import Request, Status, digest_of_translations, history_of
from cpi1540.assistance.requests.service import lists, submitted
from cpi1540.assistance.requests.service import requests as service
from cpi1540.assistance.requests.service.requester_names import requester_name
from cpi1540.foundation.access import can, current_actor
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import N_
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.people.service.directory import names_of
from cpi1540.states import service as states

# What may be recorded of a request: the word in the address -> its form.
FORMS: Mapping[str, Any] = {
    "next": ActForm,
    "note-verbale": NoteVerbaleForm,
    "act": ActForm,
    "objection": ObjectionForm,
    "agreement": AgreementForm,
    "consent": ConsentForm,
    "referral": ReferralForm,
    "withdrawal": EndForm,
    "close": EndForm,
    "take-back": ReasonForm,
    "paper": PaperForm,
    "translation": TranslationForm,
}
# Acts that have a form of their own, or are no act of the office.
_OWN_FORMS = WORDS | {Act.REFER}
DONE_NAMES: Mapping[str, str] = {
    "registered": N_("The request is registered."),
    "submitted": N_("The request is submitted. It awaits the note verbale of the mission."),
    "changed": N_("The request is changed."),
    "recorded": N_("It is recorded."),
    "need": N_("The need is saved."),
}


def form_for(verb: str, found: Request, *, sent: bool) -> Any:
    """The form of that word; filled from what was sent, or as it begins."""
    begins = {"on": calendar.today()}
    form = FORMS[verb](prefix=f"{verb}-", data=begins) if sent else FORMS[verb](None, prefix=f"{verb}-", data=begins)
    if verb in ("next", "act"):
        form.act.choices = [(act.value, say(procedure.ACTS_DONE[act])) for act in _recordable(found)]
        if not sent:
            form.act.data = str(found.course.next_act) if verb == "next" else ""
    if verb == "translation":
        form.part.choices = text_choices(found)
        if not sent:
            form.read_at.data = digest_of_translations(found.translations)
    if verb == "take-back" and not sent and found.acts:
        form.number.data = str(found.acts[-1].number)
    return form


def text_choices(found: Request) -> list[tuple[str, str]]:
    """(part, the beginning of its text) of every text that can be translated."""
    texts = [("title", found.values.title), ("text", found.values.text)]
    texts += [(f"objective-{need.number}", need.values.objective) for need in found.needs]
    return [(part, " ".join(text.split())[:60]) for part, text in texts if text]


def request_page(found: Request, verb: str | None = None, faulty: Any = None) -> tuple[str, int]:
    """The page, with the form of ``verb`` as it was sent when it had faults."""
    actor = current_actor()
    historical = found.status is Status.HISTORICAL
    may_write = can(actor, REGISTER_REQUEST, found.values.requester) and not historical
    is_open, history = found.status is Status.OPEN, history_of(found)
    forms = {each: form_for(each, found, sent=False) for each in (FORMS if may_write else ())}
    if verb is not None:
        forms[verb] = faulty
    layout = layouts.layout()
    reads_letters = can(actor, READ_LETTERS)
    matches = outcomes.matches_of(actor, request=found.id)
    page = render_template(
        "assistance/requests/request.html",
        request_id=found.id,
        found=found,
        values=found.values,
        requester=requester_name(found.values.requester),
        state_names={code: name(states.find(code).names) for code in found.values.requester.states},
        standing=lists.standing_of(found),
        counted_anew=_counted_anew(found),
        needs=need_lines(found, layout),
        section_titles={section.code: section.short_titles for section in layout.sections},
        entries=timeline(found),
        matches={need.id: [match for match in matches if match.need == need.id] for need in found.needs},
        match_words=match_words,
        overlaps=service.overlaps(
            found.values, [need.values for need in found.needs], actor, but=found.id
        ) if may_write and is_open else (),
        people=names_of(sorted({done.by for done in found.acts if done.by})),
        kept=letters.letters_of(found.id, actor) if reads_letters else (),
        letter_names=LETTER_NAMES,
        next_letter=letters.next_kind(found) if may_write else None,
        reads_letters=reads_letters,
        may_write=may_write,
        may_change_own=submitted.may_change(found)
        and can(actor, SUBMIT_REQUEST, found.values.requester.states[0]),
        is_open=is_open,
        objected=history.objected,
        followed_early=any(done.act is Act.FOLLOW_UP for done in found.acts) and not found.course.followed_up,
        forms=forms,
        opened=verb,
        faults=faults_of(faulty) if faulty is not None else [],
        done_names=DONE_NAMES,
        texts=[each for each in found.translations if not each.need],
        other_acts=_recordable(found),
        words=messages,
        procedure=procedure,
        matrix_words=matrix_words,
        by_code=BY_CODE,
    )  # fmt: skip
    return page, 422 if faulty is not None else 200


def _counted_anew(found: Request) -> datetime.date | None:
    """The day after which the window is counted, where that is not the acknowledgement's."""
    stands = found.course
    later = stands.resumed and stands.acknowledged and stands.resumed > stands.acknowledged
    return stands.resumed if later else None


def _recordable(found: Request) -> tuple[Act, ...]:
    """The acts that can be recorded where the request stands, but for those with a form of their own."""
    return tuple(act for act in recordable(history_of(found)) if act not in _OWN_FORMS)

"""What is recorded of a request: acts of the procedure, the requester's words, files, translations."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.request import Channel, Request, digest_of_translations
from cpi1540.assistance.requests.service import acts, reading, texts
from cpi1540.assistance.requests.service import requests as service
from cpi1540.assistance.requests.views.form_values import in_practice, place
from cpi1540.assistance.requests.views.request_page import FORMS, form_for, request_page
from cpi1540.foundation.access import Actor, current_actor, ensure, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number

bp: Blueprint = RecordBlueprint("request_acts", __name__)
Recording = Callable[[Request, Any, Actor], object]


@bp.post("/assistance/requests/<request_id>/record/<verb>")
@requires(REGISTER_REQUEST)
def record(request_id: str, verb: str) -> ResponseReturnValue:
    """Record what the form of that word says; a fault comes back at its field."""
    found, actor = reading.find(request_id, current_actor(), practice=in_practice()), current_actor()
    if verb not in FORMS:
        raise NotFound(sentence("Nothing is recorded so."))
    ensure(actor, REGISTER_REQUEST, found.values.requester)
    form = form_for(verb, found, sent=True)
    if form.validate_on_submit():
        try:
            with transaction():
                _RECORDING[verb](found, form, actor)
        except (NotAllowed, NotFound):
            raise
        except Faulty as faulty:
            place(faulty, form)
        except DomainError as error:
            control = next(form[each] for each in _FAULTS_AT if each in form)
            control.errors = [say(error.sentence)]
            if isinstance(error, Stale) and "read_at" in form:  # it was read now, and may be saved over
                form.read_at.data = digest_of_translations(reading.find(found.id, actor).translations)
        else:
            flash("recorded", "recorded")
            return redirect(url("requests.one", request_id=found.id))
    return request_page(found, verb, form)


# Where a refusal stands that names no part of the form: at the first of these that the form has.
_FAULTS_AT = ("on", "reason", "file", "text")


def _act(found: Request, form: Any, actor: Actor) -> None:
    if form.act.data not in list(Act):
        raise DomainError(sentence("Choose what was done."))
    acts.record_act(
        found.id, Act(form.act.data), actor, on=form.on.data, note=form.note.data or "", paper=_file(form.paper)
    )


def _note_verbale(found: Request, form: Any, actor: Actor) -> None:
    service.register_note(
        found.id, actor, on=form.on.data, channel=Channel(form.channel.data), note=form.note.data or ""
    )


def _objection(found: Request, form: Any, actor: Actor) -> None:
    acts.object_to(
        found.id,
        actor,
        on=form.on.data,
        sending=bool(form.sending.data),
        posting=bool(form.posting.data),
        note=form.note.data or "",
    )


def _agreement(found: Request, form: Any, actor: Actor) -> None:
    acts.agree_to_sending(found.id, actor, on=form.on.data, note=form.note.data or "")


def _consent(found: Request, form: Any, actor: Actor) -> None:
    acts.answer_consent(found.id, actor, agreed=form.agreed.data == "yes", on=form.on.data, note=form.note.data or "")


def _referral(found: Request, form: Any, actor: Actor) -> None:
    acts.refer(found.id, actor, on=form.on.data, by_member=form.by_member.data, note=form.note.data or "")


def _withdrawal(found: Request, form: Any, actor: Actor) -> None:
    acts.withdraw(found.id, actor, on=form.on.data, note=form.note.data)


def _close(found: Request, form: Any, actor: Actor) -> None:
    acts.close(found.id, actor, on=form.on.data, note=form.note.data)


def _take_back(found: Request, form: Any, actor: Actor) -> None:
    acts.take_back(found.id, whole_number(form.number.data or "") or 0, actor, reason=form.reason.data or "")


def _paper(found: Request, form: Any, actor: Actor) -> None:
    name, content = _file(form.file) or ("", b"")
    acts.attach(found.id, name, content, actor)


def _translation(found: Request, form: Any, actor: Actor) -> None:
    part, _dash, need = (form.part.data or "").partition("-")
    texts.translate(
        found.id,
        part,
        form.language.data,
        form.text.data or "",
        actor,
        need=whole_number(need) or 0,
        machine=bool(form.machine.data),
        read_at=form.read_at.data or "",
    )


_RECORDING: Mapping[str, Recording] = {
    "next": _act,
    "note-verbale": _note_verbale,
    "act": _act,
    "objection": _objection,
    "agreement": _agreement,
    "consent": _consent,
    "referral": _referral,
    "withdrawal": _withdrawal,
    "close": _close,
    "take-back": _take_back,
    "paper": _paper,
    "translation": _translation,
}


def _file(control: Any) -> tuple[str, bytes] | None:
    """The name (without folders) and the content of a file that was given, None without one."""
    if not control.data or not getattr(control.data, "filename", ""):
        return None
    name = printable(control.data.filename).replace("\\", "/").rpartition("/")[2][-120:]
    return name or "file", control.data.read()

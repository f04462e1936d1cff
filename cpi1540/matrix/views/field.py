"""One field: what it records, to read or to write, with its comments, proposals and history."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older

from cpi1540.foundation.access import Actor, can, current_actor, ensure, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.form_fields import line
from cpi1540.foundation.languages import current_language, name
from cpi1540.matrix import messages, pages
from cpi1540.matrix.actions import EDIT_MATRIX, TAKE_PART
from cpi1540.matrix.forms import CommentForm, EntryForm
from cpi1540.matrix.layout import Field
from cpi1540.matrix.measure import measure_id
from cpi1540.matrix.proposal import Proposal
from cpi1540.matrix.record import NOT_REVIEWED, OPEN, Code, Entry, Source, Status, Version, option_of, read_option
from cpi1540.matrix.service import (
    comments,
    drafts,
    histories,
    layouts,
    measures,
    proposals,
    reading,
    saving,
    speaking,
    versions,
)
from cpi1540.matrix.service.comments import Thread
from cpi1540.matrix.service.histories import FieldSave
from cpi1540.matrix.service.saving import Change, Conflict
from cpi1540.matrix.service.speaking import Voice
from cpi1540.matrix.views.asked import field_asked, state_asked, state_code
from cpi1540.people.service import directory as people
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("field", __name__)


@dataclass(frozen=True, slots=True)
class FieldPage:
    """One field of the version that the reader works on. ``base`` is what the version before it recorded."""

    field: Field
    version: Version | None
    entry: Entry
    base: Entry | None
    base_number: int | None
    writable: bool
    voice: Voice
    threads: tuple[Thread, ...]
    proposals: tuple[Proposal, ...]
    saves: tuple[FieldSave, ...]
    names: dict[str, str]


@bp.route("/states/<state>/draft/fields/<field>", methods=["GET", "POST"])
@requires(TAKE_PART, subject=state_code)
def page(state: str, field: str) -> ResponseReturnValue:
    """What one field records, and, for those who may, the form that changes it."""
    found, actor = state_asked(state), current_actor()
    if request.method == "POST":
        ensure(actor, EDIT_MATRIX, found.code)
    shown = field_page(found, field, actor)
    form = _form(found, shown) if shown.writable else None
    status, conflict = 200, None
    if form is not None and request.method == "POST":
        if form.validate_on_submit():
            try:
                with transaction():
                    saved = saving.save(
                        found,
                        {field: _change(form)},
                        actor,
                        read_at={field: int(form.revision.data or 0)},
                    )
            except Conflict as held:
                conflict, status = held.held[field], 409
                form.revision.data = str(conflict.revision)  # what is sent next is meant
            else:
                if _wants_json():
                    return jsonify({"save": saved.revision})
                flash(str(len(saved.fields)), "saved")
                return redirect(url("field.page", state=found.code, field=field))
        else:
            status = 422
    template = "matrix/_field-panel.html" if request.args.get("panel") else "matrix/field.html"
    answer = render_template(
        template,
        state=found,
        page=shown,
        form=form,
        conflict=conflict,
        comment_form=CommentForm(),
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
        language_here=current_language().code,
    )
    return answer, status


def field_page(state: State, key: str, actor: Actor) -> FieldPage:
    """Everything the page of a field shows; the open version where the reader may see it, else the effective."""
    version = drafts.worked_on(state, actor)
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    field = field_asked(layout, key)
    entry = reading.section(version, layout, field.section).entries[key] if version else NOT_REVIEWED
    base, base_number = _base(state, version, key, actor)
    threads = tuple(comments.threads(state, actor, field=key))
    made = proposals.proposals(state, version, actor) if version and version.status in OPEN else []
    proposed = tuple(each for each in made if each.wish.field == key)
    saves = tuple(histories.of_field(state, key, actor)) if actor.of_the_office else ()
    sources = [entry, *([base] if base else []), *(each.before for each in saves), *(each.after for each in saves)]
    writable = version is not None and version.status is Status.DRAFT and can(actor, EDIT_MATRIX, state.code)
    named = {each.actor for each in saves} | _writers(threads) | {each.actor for each in proposed}
    return FieldPage(
        field,
        version,
        entry,
        base,
        base_number,
        writable,
        speaking.voice(state, version, sources),
        threads,
        proposed,
        saves,
        people.names_of(sorted(named)),
    )


def _base(state: State, version: Version | None, key: str, actor: Actor) -> tuple[Entry | None, int | None]:
    if version is None or version.based_on is None:
        return None, None
    before = versions.find(state, version.based_on, actor)
    layout = layouts.layout(before.layout)
    if key not in layout.positions:
        return None, before.number
    return reading.section(before, layout, key.split(".")[0]).entries[key], before.number


def _writers(threads: Iterable[Thread]) -> set[str]:
    return {each.actor for thread in threads for each in (thread.head, *thread.replies)} | {
        thread.resolved_by for thread in threads if thread.resolved_by
    }


def _form(state: State, shown: FieldPage) -> EntryForm:
    """The form with what is recorded, a spare line for one more source, and the State's measures to choose from."""
    own = state.language or current_language().code
    entry = shown.entry
    form = EntryForm(
        data={
            "code": option_of(entry),
            "sources": [_source_data(place, source, own) for place, source in enumerate(entry.sources)] + [_spare(own)],
            "remarks": entry.remarks,
            "remarks_language": entry.remarks_language or own,
            "revision": str(shown.version and _revision(shown.version, shown.field.key)),
        }
    )
    known = [
        (measure_id(state.code, each.number or 0), name(each.titles))
        for each in measures.measures_of(state, current_actor())
    ]
    choices = [SelectChoice("", "–"), *(SelectChoice(code, f"{title} ({code})") for code, title in known)]
    form.before = entry
    for source in form.sources:
        source.form.measure.choices = choices
    return form


def _revision(version: Version, key: str) -> int:
    return reading.revisions(version, key.split(".")[0])[key]


def _source_data(place: int, source: Source, own: str) -> dict[str, str]:
    return {
        "kept": str(place) if source.statement else "",
        "measure": source.measure or "",
        "pinpoint": source.pinpoint or "",
        "text": source.text,
        "language": source.language or own,
        "url": source.url or "",
    }


def _spare(own: str) -> dict[str, str]:
    return {"kept": "", "measure": "", "pinpoint": "", "text": "", "language": own, "url": ""}


def _change(form: EntryForm) -> Change:
    code, basis = read_option(form.code.data)
    typed = [each.data for each in form.sources]

    def change(entry: Entry) -> Entry:
        """What was typed; a statement made from data is kept as it is, unless its line was emptied."""
        sources = [source for each in typed if (source := _source(each, entry)) is not None]
        remarks = form.remarks.data or ""
        return Entry(
            code,
            basis if code is Code.FOUND else None,
            tuple(sources),
            remarks,
            form.remarks_language.data if remarks else None,
        )

    return change


def _source(typed: dict[str, str], entry: Entry) -> Source | None:
    kept = typed["kept"] or ""
    if kept.isdecimal() and int(kept) < len(entry.sources) and entry.sources[int(kept)].statement:
        return entry.sources[int(kept)]
    measure, pinpoint, text = (line(typed[part]) for part in ("measure", "pinpoint", "text"))
    if not (measure or text):
        return None
    return Source(
        text,
        typed["language"] if text else None,
        measure or None,
        (pinpoint or None) if measure else None,
        line(typed["url"]) or None,
    )


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"

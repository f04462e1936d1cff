"""Many fields in one step: choose, look at what would change, apply; one undo takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix import messages, pages, selection
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.layout import Aspect, Domain, Layout
from cpi1540.matrix.measure import measure_id
from cpi1540.matrix.record import OPTIONS, Entry, Matrix, Source, Status, Version, option_of, read_option
from cpi1540.matrix.selection import Selection, Work
from cpi1540.matrix.service import drafts, layouts, measures, reading, saving, speaking, versions
from cpi1540.matrix.service.saving import Change, Conflict, SaveKind
from cpi1540.matrix.views.asked import revision_in, state_asked, state_code
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("many", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says is to be done, and to which fields."""

    work: Work
    measure: str
    pinpoint: str
    option: str
    domain: str
    version: str
    selection: Selection


@bp.route("/states/<state>/draft/many", methods=["GET", "POST"])
@requires(EDIT_MATRIX, subject=state_code)
def choose(state: str) -> ResponseReturnValue:
    """Choose what to do and the fields to do it to; then a preview; then it is applied in one step."""
    found = state_asked(state)
    draft = drafts.open_version(found, current_actor())
    if draft is None or draft.status is not Status.DRAFT:
        return redirect(url("workflow.overview", state=found.code))
    asked = _asked(request.form if request.method == "POST" else request.args)
    layout, matrix = layouts.layout(draft.layout), reading.matrix(draft)
    if request.method == "GET" or request.form.get("step") == "choose":
        return _form(found, draft, matrix, layout, asked, None)
    try:
        changed = _changed(found, matrix, layout, asked)
        if not changed:
            raise DomainError(sentence("Nothing would change: tick other fields, or choose something else."))
    except DomainError as error:
        return _form(found, draft, matrix, layout, asked, error.sentence)
    if request.form.get("step") != "apply":
        return _preview(found, draft, matrix, layout, asked, changed)
    read_at = {key: revision_in(request.form.get(f"read:{key}", "")) for key in changed}
    try:
        with transaction():
            saved = saving.save(found, _becoming(changed), current_actor(), kind=SaveKind.MANY, read_at=read_at)
    except Conflict as conflict:
        return _preview(found, draft, reading.matrix(draft), layout, asked, changed, set(conflict.held))
    flash(str(len(saved.fields)), "saved")
    first = next(iter(changed)).split(".")[0]
    return redirect(url("draft.section", state=found.code, section=first))


def _asked(given: Mapping[str, str] | MultiDict[str, str]) -> Asked:
    def many(name: str) -> list[str]:
        return given.getlist(name) if isinstance(given, MultiDict) else []

    work = given.get("work", "cite")
    option = given.get("option", "X")
    return Asked(
        Work(work) if work in list(Work) else Work.CITE,
        printable(given.get("measure", "")),
        printable(given.get("pinpoint", "")).strip()[:200],
        option if option in (*OPTIONS, "keep") else "X",
        given.get("domain", ""),
        given.get("version", ""),
        Selection(frozenset(many("field")), frozenset(many("row")), frozenset(many("column"))),
    )


def _changed(state: State, matrix: Matrix, layout: Layout, asked: Asked) -> dict[str, Entry]:
    """What each field would record; DomainError says what is missing."""
    keys = selection.chosen(layout, asked.selection)
    if not keys:
        raise DomainError(sentence("Tick the fields first: one by one, by row or by column."))
    if asked.work is Work.FROM_DOMAIN:
        if asked.domain not in list(Domain):
            raise DomainError(sentence("Choose the domain to copy from."))
        return selection.from_domain(matrix.entries, keys, Domain(asked.domain))
    if asked.work is Work.FROM_VERSION:
        number = whole_number(asked.version)
        if not number:
            raise DomainError(sentence("Choose the version to copy from."))
        other = versions.find(state, number, current_actor())
        return selection.from_version(matrix.entries, keys, reading.matrix(other).entries)
    return selection.changed(matrix.entries, keys, _change(state, asked))


def _change(state: State, asked: Asked) -> Change:
    if asked.work is Work.CLEAR:
        return selection.clear
    code, basis = (None, None) if asked.option == "keep" else read_option(asked.option)
    if asked.work is Work.SET:
        if asked.option == "keep":
            raise DomainError(sentence("Choose a code."))
        return selection.set_code(code, basis)
    if not asked.measure:
        raise DomainError(sentence("Choose the measure to cite."))
    measures.find(state, asked.measure, current_actor())
    source = Source(measure=asked.measure, pinpoint=asked.pinpoint or None)
    return selection.cite(source, code, basis)


def _becoming(changed: Mapping[str, Entry]) -> dict[str, Change]:
    def becomes(entry: Entry) -> Change:
        return lambda _before: entry

    return {key: becomes(entry) for key, entry in changed.items()}


def _form(
    state: State, draft: Version, matrix: Matrix, layout: Layout, asked: Asked, fault: Sentence | None
) -> ResponseReturnValue:
    actor = current_actor()
    own = measures.measures_of(state, actor)
    page = render_template(
        "matrix/many.html",
        state=state,
        draft=draft,
        layout=layout,
        looks={key: pages.look(entry) for key, entry in matrix.entries.items()},
        asked=asked,
        chosen=set(selection.chosen(layout, asked.selection)),
        measures=[(measure_id(state.code, each.number or 0), each) for each in own],
        versions=[each for each in versions.versions_of(state, actor) if each.id != draft.id],
        open_section=request.args.get("section", "op2"),
        fault=say(fault) if fault else None,
        aspects=tuple(Aspect),
        domains=tuple(Domain),
        options=OPTIONS,
        option_looks=pages.LOOKS,
        words=messages,
    )
    return page, 422 if fault else 200


def _preview(
    state: State,
    draft: Version,
    matrix: Matrix,
    layout: Layout,
    asked: Asked,
    changed: Mapping[str, Entry],
    moved: set[str] | None = None,
) -> ResponseReturnValue:
    entries = [*(matrix.entries[key] for key in changed), *changed.values()]
    page = render_template(
        "matrix/many-preview.html",
        state=state,
        draft=draft,
        asked=asked,
        changes=[(layout.field(key), matrix.entries[key], entry) for key, entry in changed.items()],
        revisions=reading.revisions(draft),
        moved=moved or set(),
        voice=speaking.voice(state, draft, entries),
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
    )
    return page, 409 if moved else 200

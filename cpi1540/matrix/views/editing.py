"""Writing into the draft: a section in its printed form, one code at a time, taking back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import instant, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix import messages, pages
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.layout import SECTION_CODES, Layout
from cpi1540.matrix.record import OPTIONS, Entry, Status, Version, option_of, read_option
from cpi1540.matrix.service import comments, drafts, layouts, reading, saving, speaking, versions
from cpi1540.matrix.service.saving import Change, Conflict, Held
from cpi1540.matrix.views.asked import revision_in, section_asked, state_asked, state_code
from cpi1540.matrix.views.reading import reviewed_in
from cpi1540.people.service import directory as people
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("draft", __name__)


# What the macro of the entry control needs.
CONTROLS = {"options": OPTIONS, "page_looks": pages.LOOKS}


@dataclass(frozen=True, slots=True)
class EditPage:
    """A section of a draft to write into. ``base`` is the version it is compared with; ``show`` the filter."""

    section: pages.SectionPage
    base: Version | None
    show: str | None
    counts: Mapping[str, int]
    layout: Layout


@bp.route("/states/<state>/draft/<any(op1, op2, op3ab, op3cd, op678):section>", methods=["GET", "POST"])
@requires(EDIT_MATRIX, subject=state_code)
def section(state: str, section: str) -> ResponseReturnValue:
    """One section of the draft, with an entry control in each cell; works as a plain form."""
    found, actor = state_asked(state), current_actor()
    draft = drafts.open_version(found, actor)
    if draft is None or draft.status is not Status.DRAFT:
        return redirect(url("workflow.overview", state=found.code))
    if request.method == "POST":
        return _save_section(found, draft, section)
    show = request.args.get("show") or None
    if show is not None and show not in pages.FILTERS:
        raise NotFound(sentence("Rows cannot be narrowed to %(filter)s.", filter=printable(show)))
    page = edit_page(found, draft, section, show)
    return render_template(
        "matrix/edit.html", state=found, page=page, words=messages, code_names=_code_names(), **CONTROLS
    )


@bp.post("/states/<state>/draft/save")
@requires(EDIT_MATRIX, subject=state_code)
def save(state: str) -> ResponseReturnValue:
    """Set the code of one field; answers in JSON, with both values when somebody else saved it first."""
    found, actor = state_asked(state), current_actor()
    field = printable(request.form.get("field", ""))
    read_at = {field: revision_in(request.form.get("revision", ""))}
    try:
        change = _set_option(request.form.get("option", ""))
        with transaction():
            saved = saving.save(found, {field: change}, actor, read_at=read_at)
    except Conflict as conflict:
        held = conflict.held[field]
        by = people.names_of([held.changed_by]) if held.changed_by else {}
        told = {
            "error": "conflict",
            "sentence": say(conflict.sentence),
            "option": option_of(held.entry),
            "revision": held.revision,
            "by": say(by.get(held.changed_by or "", "")),
            "at": instant(held.changed_at) if held.changed_at else "",
        }
        return jsonify(told), 409
    except DomainError as error:
        return jsonify({"error": "refused", "sentence": say(error.sentence)}), 400
    held_now = saved.fields.get(field)
    revision = held_now.revision if held_now else read_at[field]
    return jsonify({"revision": revision, "save": saved.revision})


@bp.post("/states/<state>/draft/undo")
@requires(EDIT_MATRIX, subject=state_code)
def undo(state: str) -> ResponseReturnValue:
    """Take back one's last save of the draft."""
    found = state_asked(state)
    with transaction():
        saved = saving.undo(found, current_actor())
    flash(str(len(saved.fields)), "undone")
    section = request.form.get("section", "")
    if section in SECTION_CODES:
        return redirect(url("draft.section", state=found.code, section=section))
    return redirect(url("workflow.overview", state=found.code))


@bp.get("/states/<state>/draft/jump")
@requires(EDIT_MATRIX, subject=state_code)
def jump(state: str) -> ResponseReturnValue:
    """To a field by its key, or by the beginning of one ("op3cd.transit")."""
    found = state_asked(state)
    wanted = printable(request.args.get("key", "")).strip().lower()
    draft = drafts.open_version(found, current_actor())
    layout = layouts.layout(draft.layout if draft else layouts.DEFAULT_LAYOUT)
    keys = [field.key for field in layout.fields]
    hits = [key for key in keys if key == wanted] or [key for key in keys if key.startswith(wanted)]
    hits = hits or [key for key in keys if wanted and wanted in key]
    if not hits or not wanted:
        flash(wanted, "no-field")
        section = request.args.get("section", "")
        return redirect(url("draft.section", state=found.code, section=section if section in SECTION_CODES else "op2"))
    return redirect(url("draft.section", state=found.code, section=hits[0].split(".")[0]) + f"#c-{hits[0]}")


def edit_page(state: State, draft: Version, section: str, show: str | None) -> EditPage:
    """What the page of a section shows to the one who writes."""
    layout = layouts.layout(draft.layout)
    printed = section_asked(layout, section)
    entries = reading.section(draft, layout, section).entries
    base = compared_with(state, draft)
    before = reading.section(base, layouts.layout(base.layout), section).entries if base else {}
    voice = speaking.voice(state, draft, entries.values())
    marks = pages.Marks(layout, reading.revisions(draft, section), before, comments.open_counts(state, current_actor()))
    tables = pages.section_tables(printed, entries, voice.say, voice.is_stale, marks)
    cells = pages.cells(tables)
    counts = {name: sum(wanted(cell) for cell in cells) for name, wanted in pages.FILTERS.items()}
    tabs = pages.tabs(layout, reviewed_in(draft))
    here = next(tab for tab in tabs if tab.code == section)
    shown = pages.narrowed(tables, show)
    page = pages.SectionPage(printed, shown, tabs, draft, True, here.reviewed, here.fields)
    return EditPage(page, base, show, counts, layout)


def compared_with(state: State, draft: Version) -> Version | None:
    """The version a draft began from, else none: its changes are marked against that."""
    if draft.based_on is None:
        return None
    return versions.find(state, draft.based_on, current_actor())


def _save_section(state: State, draft: Version, section: str) -> ResponseReturnValue:
    """Save the cells of a plain form that were changed there; those somebody else saved first are asked about."""
    read_at: dict[str, int] = {}
    wanted: dict[str, str] = {}
    for name, was in request.form.items():
        field = name.removeprefix("was:")
        if not name.startswith("was:") or not field.startswith(section + "."):
            continue
        revision, _, before = was.partition("|")
        option = request.form.get(f"c:{field}", before)
        if option != before and option in OPTIONS:
            wanted[field], read_at[field] = option, revision_in(revision)
    changes: dict[str, Change] = {field: _set_option(option) for field, option in wanted.items()}
    try:
        with transaction():
            saved = saving.save(state, changes, current_actor(), read_at=read_at) if changes else None
    except Conflict as conflict:
        return conflict_page(state, draft, section, conflict.held, wanted)
    flash(str(len(saved.fields) if saved else 0), "saved")
    return redirect(url("draft.section", state=state.code, section=section, show=request.args.get("show")))


def conflict_page(
    state: State, draft: Version, section: str, held: Mapping[str, Held], wanted: Mapping[str, str]
) -> ResponseReturnValue:
    """Both values of each field that somebody else saved first, and the rest of what was typed; nothing is lost."""
    layout = layouts.layout(draft.layout)
    names = people.names_of([each.changed_by for each in held.values() if each.changed_by])
    page = render_template(
        "matrix/conflict.html",
        state=state,
        section=section_asked(layout, section),
        fields={key: layout.field(key) for key in wanted},
        held=held,
        wanted=wanted,
        names=names,
        looks=pages.LOOKS,
        option_of=option_of,
        revisions={
            **reading.revisions(draft, section),
            **{key: each.revision for key, each in held.items()},
        },
        words=messages,
    )
    return page, 409


def _code_names() -> dict[str, str]:
    """What each choice of the entry control is called, for the script."""
    return {option: say(messages.CODE_NAMES[look]) for option, look in pages.LOOKS.items()}


def _set_option(option: str) -> Change:
    try:
        code, basis = read_option(option)
    except ValueError as error:
        raise DomainError(sentence("%(code)s is not a code.", code=printable(option)[:20] or "–")) from error

    def change(entry: Entry) -> Entry:
        return replace(entry, code=code, basis=basis)

    return change

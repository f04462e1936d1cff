"""The office's own lenses: added, changed, withdrawn; and the note on any lens."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.coverage.actions import EDIT_LENSES
from cpi1540.coverage.forms import LensForm, LensNoteForm, lens_data
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.service import lens_notes, lenses
from cpi1540.coverage.service.lens_notes import KeptNote
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.languages import current_language, name, say
from cpi1540.locales import CODES
from cpi1540.matrix.layout import SECTION_CODES
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import revision_in
from cpi1540.people.service import directory
from cpi1540.states import service as states
from cpi1540.states.commitment_kind import KINDS

bp: Blueprint = RecordBlueprint("lens_forms", __name__)


@bp.route("/lenses/new", methods=["GET", "POST"])
@requires(EDIT_LENSES)
def new() -> ResponseReturnValue:
    """Add a lens of the office's own."""
    form = _with_choices(LensForm())
    if form.validate_on_submit():
        try:
            with transaction():
                lenses.add(form.told(), current_actor())
        except DomainError as error:
            form.code.errors = [say(error.sentence)]
        else:
            return _kept(form.told().code)
    return _form_page(form, None)


@bp.route("/lenses/<lens>/edit", methods=["GET", "POST"])
@requires(EDIT_LENSES)
def edit(lens: str) -> ResponseReturnValue:
    """Change a lens of the office's own; what somebody else saved meanwhile is shown beside what was typed."""
    revision, before = lenses.revision_of(lens), lenses.find(lens)
    form = _with_choices(LensForm(data=lens_data(before, revision)))
    form.code.data = before.code  # the code stands in addresses and files: it stays
    if form.validate_on_submit():
        try:
            with transaction():
                lenses.change(form.told(), revision=revision_in(form.revision.data or ""), by=current_actor())
        except Stale:
            form.revision.data = str(lenses.revision_of(lens))
            return _form_page(form, before, meanwhile=lenses.find(lens))
        return _kept(lens)
    return _form_page(form, before)


@bp.post("/lenses/<lens>/withdraw")
@requires(EDIT_LENSES)
def withdraw(lens: str) -> ResponseReturnValue:
    """Take a lens of the office's own out of the lists."""
    lenses.revision_of(lens)
    before = lenses.find(lens)
    try:
        with transaction():
            lenses.withdraw(before, revision=revision_in(request.form.get("revision", "")), by=current_actor())
    except Stale:
        stands = lenses.find(lens)
        form = _with_choices(LensForm(formdata=None, data=lens_data(stands, lenses.revision_of(lens))))
        return _form_page(form, stands, meanwhile=stands)
    flash(name(before.names), "withdrawn")
    return redirect(url("lenses.listed"))


@bp.route("/lenses/<lens>/note", methods=["GET", "POST"])
@requires(EDIT_LENSES)
def note(lens: str) -> ResponseReturnValue:
    """Enter or change the note on a lens."""
    chosen = lenses.find(lens)
    kept = lens_notes.versions_of(chosen.code)
    form = LensNoteForm(data=_note_data(kept))
    if form.validate_on_submit():
        try:
            with transaction():
                lens_notes.keep(chosen.code, form.told(), after=revision_in(form.after.data or ""), by=current_actor())
        except Stale:
            newest = lens_notes.versions_of(chosen.code)
            form.after.data = str(newest[0].version)
            return _note_page(form, chosen, newest, meanwhile=newest[0])
        return _kept(chosen.code)
    return _note_page(form, chosen, kept)


@bp.post("/lenses/<lens>/note/withdraw")
@requires(EDIT_LENSES)
def withdraw_note(lens: str) -> ResponseReturnValue:
    """Take the note on a lens away."""
    chosen = lenses.find(lens)
    try:
        with transaction():
            lens_notes.withdraw(chosen.code, after=revision_in(request.form.get("after", "")), by=current_actor())
    except Stale:
        newest = lens_notes.versions_of(chosen.code)
        form = LensNoteForm(formdata=None, data=_note_data(newest))
        return _note_page(form, chosen, newest, meanwhile=newest[0])
    return _kept(chosen.code)


def _kept(lens: str) -> ResponseReturnValue:
    return redirect(url("lenses.one", lens=lens))


def _with_choices(form: LensForm) -> LensForm:
    """The form with everything that can be ticked: rows of every layout loaded, instruments, commitments."""
    form.rows.choices = [(key, name(labels)) for rows in _rows_by_section().values() for key, labels in rows.items()]
    form.instruments.choices = [(code, name(each.names)) for code, each in states.instruments().items()]
    form.commitments.choices = [(code, kind.label) for code, kind in KINDS.items()]
    return form


def _rows_by_section() -> dict[str, dict[str, dict[str, str]]]:
    """Section -> row ("op2.finance") -> its labels: the layout in use first, then what others have beside."""
    found: dict[str, dict[str, dict[str, str]]] = {code: {} for code in SECTION_CODES}
    for layout in (layouts.layout(), *layouts.layouts().values()):
        for (section, row), printed in layout.rows.items():
            found[section].setdefault(f"{section}.{row}", dict(printed.labels))
    return found


def _form_page(form: LensForm, before: Lens | None, meanwhile: Lens | None = None) -> ResponseReturnValue:
    own = current_language().code
    page = render_template(
        "coverage/lens-form.html",
        form=form,
        before=before,
        meanwhile=meanwhile,
        own=own,
        others=[code for code in CODES if code != own],
        rows=_rows_by_section(),
        sections=layouts.layout().sections,
        instruments=states.instruments(),
        kinds=KINDS,
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def _note_data(kept: list[KeptNote]) -> dict[str, object]:
    """What the form of a note begins with: the note that stands, and the version it was read at."""
    newest = kept[0] if kept else None
    start: dict[str, object] = {"after": str(newest.version if newest else 0), "language": current_language().code}
    if newest and not newest.withdrawn:
        note = newest.note
        start |= {"text": note.text, "language": note.language, "source": note.source}
        start |= {"url": note.url, "dated": note.dated}
    return start


def _note_page(
    form: LensNoteForm, lens: Lens, kept: list[KeptNote], meanwhile: KeptNote | None = None
) -> ResponseReturnValue:
    page = render_template(
        "coverage/lens-note.html",
        form=form,
        lens=lens,
        kept=kept,
        meanwhile=meanwhile,
        people=directory.names_of([each.by for each in kept]),
    )
    return page, 409 if meanwhile else 422 if form.errors else 200

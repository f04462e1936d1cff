"""Lenses: listed, each over the whole record and over one State."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540.coverage import messages
from cpi1540.coverage.lenses import messages as lens_messages
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service import explanations, gap_lists, lens_figures, lens_notes, lenses, profiles
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.views.asked import parameters_asked, question_asked
from cpi1540.coverage.views.lens_files import of_record_file, of_state_file, overview_file
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.languages import name
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import as_of_asked, state_asked
from cpi1540.states import messages as state_words
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("lenses", __name__)
EVERYONE = "all"


@bp.get("/lenses")
@public
def listed() -> ResponseReturnValue:
    """Every lens: what it is for, how many rows it has, the coverage of the record under it."""
    return render_template("coverage/lenses.html", page=_overview(), as_of=as_of_asked())


@bp.get("/lenses/figures.<form>")
@public
def listed_file(form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    return overview_file(form, _overview(), gettext(messages.EVERYONE))


@bp.get("/lenses/<lens>")
@public
def one(lens: str) -> ResponseReturnValue:
    """The record under a lens: its rows by group, the most common gaps, instruments, commitments."""
    chosen = lenses.find(lens)
    actor = current_actor()
    return render_template(
        "coverage/lens.html",
        page=_under(chosen),
        note=lens_notes.note_of(chosen.code),
        history=lens_notes.versions_of(chosen.code) if actor.of_the_office else [],
        everyone=EVERYONE,
        status_table=_status_table(chosen),
        **_words(chosen),
    )


@bp.get("/lenses/<lens>/figures.<form>")
@public
def one_file(lens: str, form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    chosen = lenses.find(lens)
    names = {code: name(names) for code, names in group_names().items()} | {EVERYONE: gettext(messages.EVERYONE)}
    return of_record_file(form, _under(chosen), names)


@bp.get("/states/<state>/lenses/<lens>")
@public
def of_state(state: str, lens: str) -> ResponseReturnValue:
    """One State under a lens: coverage, the fields behind it, gaps, instruments, commitments."""
    found, chosen, actor = state_asked(state), lenses.find(lens), current_actor()
    question = _question(chosen)
    answer = explanations.explain([found], question, actor, {found.code: [found.code]})
    return render_template(
        "coverage/lens-of-state.html",
        state=found,
        answer=answer,
        figures=answer.figures[found.code],
        rows=explanations.fields_behind(answer, found),
        gaps=gap_lists.gaps(found, question, actor),
        standings=lens_figures.standings(chosen, found),
        commitments=lens_figures.commitments(chosen, found, actor),
        note=lens_notes.note_of(chosen.code),
        lenses=lenses.lenses(),
        standing_names=lens_messages.STANDING_NAMES,
        register_words=state_words,
        instruments=states.instruments() if chosen.commitments else {},
        **_words(chosen),
    )


@bp.get("/states/<state>/lenses/<lens>/figures.<form>")
@public
def of_state_as_file(state: str, lens: str, form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    found, chosen, actor = state_asked(state), lenses.find(lens), current_actor()
    question = _question(chosen)
    return of_state_file(
        form,
        found,
        chosen,
        explanations.explain([found], question, actor, {found.code: [found.code]}),
        gap_lists.gaps(found, question, actor),
        lens_figures.standings(chosen, found),
        lens_figures.commitments(chosen, found, actor),
    )


def _status_table(lens: Lens) -> str | None:
    """The address of the status table of a lens, where the Committee's statistics have their pages."""
    endpoint = "statistics.status"
    return url(endpoint, lens=lens.code) if endpoint in current_app.view_functions else None


def _question(lens: Lens) -> Question:
    return replace(question_asked(), lens=lens.code)


def _overview() -> lens_figures.Overview:
    question = Question(as_of_asked(), profile=request.args.get("profile") or "equal", narrowing=Narrowing())
    return lens_figures.overview(_everyone(), question, current_actor())


def _everyone() -> Sequence[State]:
    return states.states(practice=g.record == PRACTICE)


def _under(lens: Lens) -> lens_figures.UnderLens:
    everyone = _everyone()
    groups: dict[str, list[str]] = {EVERYONE: [state.code for state in everyone]}
    groups |= {code: [each.code for each in members] for code, members in states.by_group(everyone).items() if members}
    return lens_figures.under_lens(lens, everyone, _question(lens), current_actor(), groups)


def _words(lens: Lens) -> dict[str, object]:
    """What both pages of a lens need: the question's parts, labels and words."""
    labels = {".".join(key): row.labels for layout in layouts.layouts().values() for key, row in layout.rows.items()}
    return {
        "lens": lens,
        "asked": {part: value for part, value in parameters_asked().items() if part != "lens"},
        "profiles": profiles.newest(),
        "sections": layouts.layout().sections,
        "labels": labels,
        "words": matrix_words,
    }

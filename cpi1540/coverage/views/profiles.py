"""Profiles of weights: listed, read, changed by a new version, and two versions compared."""

from dataclasses import dataclass, replace

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540 import paths
from cpi1540.coverage import messages
from cpi1540.coverage.actions import EDIT_PROFILES
from cpi1540.coverage.breakdown import WHOLE
from cpi1540.coverage.figures import Figure
from cpi1540.coverage.figures_json import METHOD, figure_json
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.coverage.gaps.circumstances import Circumstance, read_circumstances
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.service import explanations, profiles
from cpi1540.coverage.service.explanations import Explanation
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.service.profiles import KeptProfile
from cpi1540.coverage.views.figure_notes import figure_cells, figure_head, figure_notes, reviewed_note
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.coverage.views.profile_form import keys, profile_form, profile_in, weight_name
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import current_language, name, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Field, Role
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import as_of_asked
from cpi1540.people.service import directory
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names

bp: Blueprint = RecordBlueprint("profiles", __name__)
EVERYONE = "all"


@bp.get("/profiles")
@public
def listed() -> ResponseReturnValue:
    """Every profile in its newest version."""
    return render_template("coverage/profiles.html", profiles=profiles.newest())


@bp.get("/profiles/<profile>")
@public
def one(profile: str) -> ResponseReturnValue:
    """One profile: what each field weighs, and the versions it had."""
    kept = profiles.versions_of(profile)
    chosen = _version(kept, profile, request.args.get("version", ""))
    people = directory.names_of([each.by for each in kept if each.by]) if current_actor().of_the_office else {}
    return render_template(
        "coverage/profile.html", kept=chosen, versions=kept, people=people, **_weights(chosen.profile)
    )


@bp.route("/profiles/new", methods=["GET", "POST"])
@requires(EDIT_PROFILES)
def new() -> ResponseReturnValue:
    """Make the first version of a profile, from equal weights or from another one."""
    source = profiles.named(request.args.get("from", "equal"))
    return _form_page(replace(source, name="", version=0), after=0)


@bp.route("/profiles/<profile>/edit", methods=["GET", "POST"])
@requires(EDIT_PROFILES)
def edit(profile: str) -> ResponseReturnValue:
    """Make the next version of a profile."""
    newest = profiles.versions_of(profile)[0].profile
    if newest == EQUAL:  # equal weights stay as they are
        return redirect(url("profiles.new", **{"from": newest.label}))
    return _form_page(newest, after=newest.version)


@bp.get("/profiles/<profile>/compare")
@public
def compare(profile: str) -> ResponseReturnValue:
    """The same record under two versions of a profile, or under it and equal weights."""
    found = _compared(profile)
    return render_template("coverage/profile-compare.html", compared=found, asked_day=as_of_asked())


@bp.get("/profiles/<profile>/compare.<form>")
@public
def compare_file(profile: str, form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    found = _compared(profile)
    if form == "json":
        return {
            "as_of": str(found.answer.as_of),
            "practice": g.record == PRACTICE,
            "method": METHOD,
            "profiles": [found.before.label, found.after.label],
            "figures": {
                code: [figure_json(each, several=True) for each in (first, second)]
                for code, first, second in found.lines
            },
        }
    if form != "xlsx":
        raise unknown_form(form)
    return workbook_file(f"profile-{found.after.name}-{found.after.version}", _workbook(found))


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of the groups, and of all (the last line), under two profiles; ``versions`` are the second's."""

    versions: list[KeptProfile]
    before: Profile
    after: Profile
    answer: Explanation
    lines: list[tuple[str, Figure, Figure]]


def _compared(profile: str) -> Compared:
    kept = profiles.versions_of(profile)
    after = _version(kept, profile, request.args.get("to", "")).profile
    everyone = states.states(practice=g.record == PRACTICE)
    groups = {code: [state.code for state in each] for code, each in states.by_group(everyone).items() if each}
    groups[EVERYONE] = [state.code for state in everyone]
    as_of, actor = as_of_asked(), current_actor()
    first, second = (
        explanations.explain(everyone, Question(as_of, profile=label), actor, groups)
        for label in (request.args.get("from") or "equal", after.label)
    )
    lines = [(code, first.figures[code][WHOLE].figure, second.figures[code][WHOLE].figure) for code in groups]
    return Compared(kept, first.profile, after, second, lines)


def _workbook(found: Compared) -> bytes:
    names = {code: name(names) for code, names in group_names().items()} | {EVERYONE: gettext(messages.EVERYONE)}
    used = " + ".join(layout.code for layout in found.answer.layouts)
    notes = figure_notes(names[EVERYONE], found.answer.as_of, used, found.after, reviewed_note(found.lines[-1][1]))
    rows = [
        [names[code], profile.label, *figure_cells(figure)]
        for code, first, second in found.lines
        for profile, figure in ((found.before, first), (found.after, second))
    ]
    head = [gettext("Scope"), gettext("Profile"), *figure_head()]
    title = gettext("Figures under two profiles")
    return figures_workbook(title, notes, head, rows, rtl=current_language().direction == "rtl")


def _version(kept: list[KeptProfile], profile: str, text: str) -> KeptProfile:
    wanted = whole_number(text) if text else kept[0].profile.version
    for each in kept:
        if each.profile.version == wanted:
            return each
    raise NotFound(
        sentence("The profile %(profile)s has no version %(version)s.", profile=profile, version=printable(text))
    )


def _form_page(start: Profile, after: int) -> ResponseReturnValue:
    layout = layouts.layout()
    form = profile_form(layout, start, {each.code: name(each.names) for each in _circumstances()}, after)
    if form.validate_on_submit():
        try:
            read_at = whole_number(form.after.data or "")
            with transaction():
                kept = profiles.keep(
                    profile_in(form, layout),
                    after=-1 if read_at is None else read_at,
                    reason=form.reason.data or "",
                    language=current_language().code,
                    by=current_actor(),
                )
        except DomainError as error:
            form.name.errors = [say(error.sentence)]
        else:
            return redirect(url("profiles.one", profile=kept.name))
    page = render_template(
        "coverage/profile-form.html", form=form, start=start, after=after, weight_name=weight_name, **_weights(start)
    )
    return page, 422 if form.errors else 200


def _weights(profile: Profile) -> dict[str, object]:
    """What the pages about one profile need: keys of the weights, words, each section's share of the whole."""
    layout = layouts.layout()
    weights = profile.weights(layout)
    summed = {
        section: float(sum(w for f, w in zip(layout.fields, weights, strict=True) if _counts(f, section)))
        for section in HEADLINE_SECTIONS
    }
    whole = sum(summed.values())
    return {
        "keys": keys(layout),
        "shares": {section: weight / whole if whole else None for section, weight in summed.items()},
        "sections": {section.code: section.short_titles for section in layout.sections},
        "labels": {".".join(key): row.labels for key, row in layout.rows.items()},
        "circumstances": [each for each in _circumstances() if each.code in profile.circumstances],
        "words": matrix_words,
        "layout": layout,
    }


def _counts(field: Field, section: str) -> bool:
    return field.section == section and field.role is Role.COUNTED


def _circumstances() -> tuple[Circumstance, ...]:
    return read_circumstances(paths.SEED)

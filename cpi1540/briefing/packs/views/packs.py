"""Briefing packs: asked for, listed, made again."""

import datetime

from flask import Blueprint, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older

from cpi1540.briefing.packs import messages
from cpi1540.briefing.packs.actions import CHANGE_PACK_TEMPLATES, MAKE_PACKS
from cpi1540.briefing.packs.forms import PackForm
from cpi1540.briefing.packs.pack import Kind
from cpi1540.briefing.packs.question import Misasked, PackQuestion, as_values
from cpi1540.briefing.packs.service import listing, pack_jobs
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.service import lenses, profiles
from cpi1540.foundation.access import can, current_actor, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.jobs import queue
from cpi1540.foundation.languages import name, say, sorted_by_name
from cpi1540.foundation.templating import today
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names
from cpi1540.states.groups import GROUPS

bp: Blueprint = RecordBlueprint("packs", __name__)


@bp.route("/briefing/packs", methods=["GET", "POST"])
@requires(MAKE_PACKS)
def page() -> ResponseReturnValue:
    """Ask for a pack; below, those that were made."""
    form = _form()
    refusal = ""
    if form.validate_on_submit():
        question = _asked(form)
        try:
            question.check(today())
            with transaction():
                number = queue.ask(
                    pack_jobs.PACK,
                    {
                        **as_values(question),
                        # A file is made once, however often it is asked for.
                        "languages": list(dict.fromkeys(form.languages.data or ())),
                        "forms": list(dict.fromkeys(form.forms.data or ())),
                    },
                    current_actor(),
                    practice=question.practice,
                    about=pack_jobs.about(question),
                )
        except Misasked as misasked:
            # Said where it is to be changed, with what else the form says.
            form[misasked.place].errors = [say(misasked.sentence)]
        except DomainError as refused:
            refusal = say(refused.sentence)
        else:
            return redirect(url("jobs.one", number=number))
    answer = render_template(
        "briefing/packs.html",
        form=form,
        refusal=refusal,
        made=listing.packs(current_actor(), practice=g.record == PRACTICE),
        kinds=messages.KIND_NAMES,
        meanings=messages.KIND_MEANINGS,
        groups=group_names(),
        changes_templates=can(current_actor(), CHANGE_PACK_TEMPLATES),
    )
    return answer, 422 if form.errors or refusal else 200


@bp.post("/briefing/packs/<recipe>/again")
@requires(MAKE_PACKS)
def again(recipe: str) -> ResponseReturnValue:
    """Make a pack again by its recipe, and compare."""
    found = listing.pack(recipe, current_actor())
    with transaction():
        number = queue.ask(
            pack_jobs.PACK_AGAIN,
            {"recipe": found.recipe},
            current_actor(),
            practice=found.question.practice,
            about=pack_jobs.about(found.question),
        )
    return redirect(url("jobs.one", number=number))


def _form() -> PackForm:
    practice = g.record == PRACTICE
    on = today()
    form = PackForm(since=on - datetime.timedelta(days=365), until=on, languages=[g.language], forms=["pptx"])
    listed = sorted_by_name(states.states(practice=practice), key=lambda state: state.sort_names)
    form.of.choices = (
        [SelectChoice("", "")]
        + [SelectChoice(code, name(group_names()[code])) for code in GROUPS]
        + [SelectChoice(state.code, name(state.names)) for state in listed]
    )
    form.lens.choices = [SelectChoice("", "")] + [SelectChoice(lens.code, name(lens.names)) for lens in lenses.lenses()]
    form.profile.choices = [
        SelectChoice(
            each.profile.name if each.profile == EQUAL else each.profile.label,
            gettext("equal weights") if each.profile == EQUAL else each.profile.label,
        )
        for each in profiles.newest()
    ]
    return form


def _asked(form: PackForm) -> PackQuestion:
    of, kind = form.of.data or "", Kind(form.kind.data)
    return PackQuestion(
        kind,
        g.record == PRACTICE,
        form.until.data or today(),
        form.since.data or today(),
        of if of and of not in GROUPS else None,
        of if of in GROUPS else None,
        (form.lens.data or None) if kind is Kind.LENS else None,
        profile=form.profile.data or EQUAL.name,
        public=bool(form.public.data),
    )

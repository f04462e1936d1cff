"""The office's own slide master and Word template."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from cpi1540.briefing.packs import messages
from cpi1540.briefing.packs.actions import CHANGE_PACK_TEMPLATES
from cpi1540.briefing.packs.forms import TemplateForm
from cpi1540.briefing.packs.pack import Form
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.people.service.directory import names_of

bp: Blueprint = SiteBlueprint("pack_templates", __name__)
TAKEN = (Form.PPTX, Form.DOCX)


@bp.get("/pack-templates")
@requires(CHANGE_PACK_TEMPLATES)
def listed() -> ResponseReturnValue:
    """What packs are written on, and the forms to change it."""
    return _page({})


@bp.post("/pack-templates/<form>")
@requires(CHANGE_PACK_TEMPLATES)
def take_in(form: str) -> ResponseReturnValue:
    """Take a file in; one that cannot be used is refused, and nothing changes."""
    from cpi1540.briefing.packs.service import templates

    asked, sent = _known(form), TemplateForm()
    if not sent.validate_on_submit():
        return _page({asked: sent.file.errors[0] if sent.file.errors else ""}), 422
    content, name = sent.file.data.read(), sent.file.data.filename or "?"
    try:
        with transaction():
            templates.take_in(asked, name, content, current_actor())
    except DomainError as refused:
        return _page({asked: say(refused.sentence)}), 422
    flash(printable(name), "pack-template")
    return redirect(url("pack_templates.listed"))


@bp.post("/pack-templates/<form>/away")
@requires(CHANGE_PACK_TEMPLATES)
def take_away(form: str) -> ResponseReturnValue:
    """Write packs on the plain master again."""
    from cpi1540.briefing.packs.service import templates

    with transaction():
        templates.take_away(_known(form), current_actor())
    return redirect(url("pack_templates.listed"))


def _known(form: str) -> Form:
    if form not in TAKEN:
        raise NotFound(sentence("There is no template of this kind."))
    return Form(form)


def _page(faults: dict[Form, str]) -> str:
    from cpi1540.briefing.packs.service import templates

    kept = templates.kept()
    return render_template(
        "briefing/pack-templates.html",
        kept=kept,
        forms=TAKEN,
        names=messages.TEMPLATE_NAMES,
        faults=faults,
        people=names_of({each.by for each in kept.values()}),
    )

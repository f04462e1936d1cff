"""The office's texts for letters: all of them, and one to be changed."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance.actions import EDIT_LETTER_TEMPLATES
from cpi1540.assistance.letters.letter import KIND_NAMES, KIND_PURPOSES, OF_KIND, PLACEHOLDERS, LetterKind, faults
from cpi1540.assistance.letters.service import letter_templates
from cpi1540.assistance.letters.service.letter_templates import Kept
from cpi1540.assistance.letters.views.letter_forms import TemplateForm
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotFound, Stale
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE
from cpi1540.people.service.directory import names_of

bp: Blueprint = SiteBlueprint("letter_templates", __name__)


@bp.get("/letter-templates")
@requires(EDIT_LETTER_TEMPLATES)
def listed() -> ResponseReturnValue:
    """Every kind of letter in every language, with its version."""
    kept = letter_templates.current(current_actor())
    return render_template(
        "assistance/letters/letter-templates.html", kept=kept, kinds=KIND_NAMES, purposes=KIND_PURPOSES, codes=BY_CODE
    )


@bp.route("/letter-templates/<kind>/<text_language>", methods=["GET", "POST"])
@requires(EDIT_LETTER_TEMPLATES)
def edit(kind: str, text_language: str) -> ResponseReturnValue:
    """Change a text: a new version. Letters that were kept stay as they are."""
    asked = LetterKind(kind) if kind in list(LetterKind) else None
    if asked is None or text_language not in BY_CODE:
        raise NotFound(sentence("There is no such template."))
    versions = letter_templates.versions(asked, text_language, current_actor())
    newest = versions[0].template
    form = TemplateForm(data={"subject": newest.subject, "body": newest.body, "seen": str(newest.version)})
    refusal: Sentence | None = None
    if form.validate_on_submit():
        subject, body = form.subject.data or "", form.body.data or ""
        found = faults(asked, subject, body)
        for part, field in (("subject", form.subject), ("body", form.body)):
            field.errors = [say(fault.sentence) for fault in found if fault.part == part]
        if not found:
            try:
                with transaction():
                    saved = letter_templates.change(
                        asked,
                        text_language,
                        subject,
                        body,
                        current_actor(),
                        seen=whole_number(form.seen.data or "") or 0,
                    )
            except Stale as stale:
                refusal = stale.sentence
                form.seen.data = str(newest.version)
            else:
                flash(str(saved), "template")
                return redirect(url("letter_templates.edit", kind=asked, text_language=text_language))
    return _page(asked, text_language, form, versions, refusal)


def _page(
    kind: LetterKind, language: str, form: TemplateForm, versions: list[Kept], refusal: Sentence | None
) -> ResponseReturnValue:
    number = whole_number(request.args.get("version", ""))
    page = render_template(
        "assistance/letters/letter-template.html",
        kind=kind,
        kind_name=KIND_NAMES[kind],
        purpose=KIND_PURPOSES[kind],
        form=form,
        versions=versions,
        newest=versions[0].template,
        shown=next((each.template for each in versions if each.template.version == number), None),
        placeholders={name: PLACEHOLDERS[name] for name in OF_KIND[kind]},
        text_language=BY_CODE[language],
        people=names_of({each.actor for each in versions}),
        refusal=refusal,
    )
    return page, 409 if refusal else 422 if form.errors else 200

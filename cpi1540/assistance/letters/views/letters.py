"""Letters about a request: those kept, a new one seen before it is downloaded or kept, the very files."""

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance.actions import READ_LETTERS, WRITE_LETTERS
from cpi1540.assistance.letters.letter import KIND_NAMES, KIND_PURPOSES, Filled, LetterKind
from cpi1540.assistance.letters.service import letter_templates, letters
from cpi1540.assistance.letters.service.letters import LetterValues
from cpi1540.assistance.letters.views.letter_forms import LetterForm
from cpi1540.assistance.messages import WITHOUT_TABLE
from cpi1540.assistance.requests.request import Request
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.requester_names import requester_name
from cpi1540.assistance.requests.views.request_words import request_address
from cpi1540.exchange.messages import problem_sentence
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.files.office_guard import OfficeKind, open_office
from cpi1540.foundation.files.zip_guard import UnsafeFile
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.search_text import printable
from cpi1540.locales import BY_CODE
from cpi1540.people.service.directory import names_of

bp: Blueprint = RecordBlueprint("letters", __name__)
# The button that asks for the letter in another language.
OTHER_LANGUAGE = "in"
DOWNLOAD = "application/octet-stream"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/assistance/requests/<request_id>/letters")
@requires(READ_LETTERS)
def listed(request_id: str) -> ResponseReturnValue:
    """The letters kept with a request, and the kinds that can be written."""
    found, actor = _request(request_id), current_actor()
    kept = letters.letters_of(found.id, actor)
    return render_template(
        "assistance/letters/letters.html",
        request_id=found.id,
        back=request_address(found.id),
        requester=requester_name(found.values.requester),
        title=found.values.title,
        requester_of=found.values.requester,
        letters=kept,
        kinds=KIND_NAMES,
        next_kind=letters.next_kind(found),
        purposes=KIND_PURPOSES,
        people=names_of({letter.actor for letter in kept}),
        by_code=BY_CODE,
    )


@bp.route("/assistance/requests/<request_id>/letters/new/<kind>", methods=["GET", "POST"])
@requires(WRITE_LETTERS)
def new(request_id: str, kind: str) -> ResponseReturnValue:
    """Write a letter: see its text, in another language too, download it as Word, keep it as it was sent."""
    found, asked = _request(request_id), _kind(kind)
    if request.form.get(OTHER_LANGUAGE) in BY_CODE:
        return _in_other_language(found, asked, request.form[OTHER_LANGUAGE])
    begun = letters.begin(found.id, asked, _language(found, asked), current_actor())
    begins = {name: getattr(begun, name) for name in ("language", "dated", "addressee")}
    form = LetterForm(data={**begins, "version": str(begun.version)})
    if request.method == "GET" or not form.validate_on_submit():
        return _page(found, form, begun, begun if request.method == "GET" else None)
    values = form.values(asked, begun.version)
    try:
        if request.form.get("do") == "download":
            return _file(WORD, *letters.write(found.id, values, current_actor(), office=_office()))
        if request.form.get("do") == "keep":
            return _keep(found, values, form)
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        field = form.offers if asked is LetterKind.OFFERS and not (form.offers.data or "").strip() else form.dated
        field.errors = [say(error.sentence)]
    return _page(found, form, begun, values)


def _in_other_language(found: Request, kind: LetterKind, code: str) -> ResponseReturnValue:
    """The form in another language with all that was typed; only an addressee that was not touched changes with it."""
    before = letters.begin(found.id, kind, _language(found, kind), current_actor())
    begun = letters.begin(found.id, kind, code, current_actor())
    form = LetterForm()
    form.language.data, form.version.data = code, str(begun.version)
    if (form.addressee.data or "") in ("", before.addressee):
        form.addressee.data = begun.addressee
    return _page(found, form, begun, form.values(kind, begun.version) if form.validate() else None)


@bp.get("/assistance/requests/<request_id>/letters/<int:number>")
@requires(READ_LETTERS)
def sent(request_id: str, number: int) -> ResponseReturnValue:
    """The very file that was kept."""
    return _file(DOWNLOAD, *letters.sent_file(_request(request_id).id, number, current_actor()))


def _keep(found: Request, values: LetterValues, form: LetterForm) -> ResponseReturnValue:
    try:
        file = _uploaded(form)
    except DomainError as error:
        form.file.errors = [say(error.sentence)]
        return _page(found, form, values, values)
    with transaction():
        number = letters.keep(
            found.id, values, current_actor(), office=_office(), file=file, record_act=bool(form.record_act.data)
        )
    flash(str(number), "letter")
    return redirect(url("letters.listed", request_id=found.id))


def _page(found: Request, form: LetterForm, begun: LetterValues, values: LetterValues | None) -> ResponseReturnValue:
    """The form beside the letter's text; the text is left out while ``values`` cannot be read from the form."""
    made_from = values or begun
    kind, request_id = made_from.kind, found.id
    filled, missing, refusal = _preview(request_id, values) if values else (None, None, None)
    template = letter_templates.version(kind, made_from.language, made_from.version).template
    page = render_template(
        "assistance/letters/letter.html",
        request_id=request_id,
        back=request_address(request_id),
        requester=requester_name(found.values.requester),
        kind=kind,
        kind_name=KIND_NAMES[kind],
        form=form,
        letter=filled,
        missing=missing,
        refusal=refusal,
        still_due=letters.follow_up_still_due(request_id, values, current_actor()) if values and not refusal else None,
        without_holidays=letters.years_without_holidays(values) if values else (),
        without_table=WITHOUT_TABLE,
        by_code=BY_CODE,
        template=template,
        letter_language=BY_CODE[template.language],
    )
    return page, 422 if form.errors else 200


def _preview(request_id: str, values: LetterValues) -> tuple[Filled | None, Sentence | None, Sentence | None]:
    """The letter's text, or what it still needs; and why keeping it would record no step."""
    refusal = letters.why_no_act(request_id, values, current_actor())
    try:
        return letters.compose(request_id, values, current_actor()), None, refusal
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        return None, error.sentence, refusal


def _uploaded(form: LetterForm) -> tuple[str, bytes] | None:
    """The name and content of the file that came with the form, None without one; DomainError for one not kept."""
    if not form.file.data or not form.file.data.filename:
        return None
    name = printable(form.file.data.filename).replace("\\", "/").rpartition("/")[2][-120:]
    content = form.file.data.read()
    if name.lower().endswith(".pdf") and content.startswith(b"%PDF-"):
        return name, content
    if not name.lower().endswith(".docx"):
        raise DomainError(sentence("A letter is kept as a Word document (.docx) or as a PDF."))
    try:
        open_office(content, name, OfficeKind.DOCUMENT)
    except UnsafeFile as refused:
        raise DomainError(problem_sentence(refused.problem)) from refused
    return name, content


def _language(found: Request, kind: LetterKind) -> str:
    """The letter's language: the one asked for, else the requester's; a note to providers is in the reader's."""
    named = request.form.get("language") or request.args.get("in")
    usual = current_language().code if kind is LetterKind.NOTE_VERBALE else found.values.language
    return next((code for code in (named, usual) if code in BY_CODE), current_language().code)


def _request(request_id: str) -> Request:
    return reading.find(request_id, current_actor(), practice=g.record == PRACTICE)


def _kind(kind: str) -> LetterKind:
    if kind not in list(LetterKind):
        raise NotFound(sentence("There is no such letter."))
    return LetterKind(kind)


def _office() -> str:
    office: str = current_app.config["CPI1540"].office
    return office


def _file(kind: str, name: str, content: bytes) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer

"""The library of a State's measures: found, read, recorded, changed, pasted; the documents they stand in."""

import datetime
from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation import attachments
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.locales import CODES
from cpi1540.matrix import messages, provisions
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.forms import MeasureForm, PasteForm
from cpi1540.matrix.measure import KIND_NAMES, Document, Measure, MeasureKind, measure_id
from cpi1540.matrix.provisions import Provision
from cpi1540.matrix.record import Source
from cpi1540.matrix.service import drafts, layouts, measure_records, measures, speaking
from cpi1540.matrix.views.asked import state_asked, state_code
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("measures", __name__)

SEPARATOR = " | "
# Files that a browser may show by itself could carry scripts: they are always handed over as downloads.
DOWNLOAD = "application/octet-stream"


@bp.get("/states/<state>/measures")
@public
def library(state: str) -> ResponseReturnValue:
    """A State's measures, searched in all languages."""
    found, actor = state_asked(state), current_actor()
    query = printable(request.args.get("q", "")).strip()[:100]
    version = drafts.worked_on(found, actor)
    known = measures.known(found)
    stale = speaking.staleness(version, known)
    listed = [(measure_id(found.code, each.number or 0), each) for each in measures.measures_of(found, actor, query)]
    return render_template(
        "matrix/measures.html",
        state=found,
        version=version,
        query=query,
        measures=listed,
        n_all=len(measures.measures_of(found, actor)),
        cited=measures.cited_by(version) if version else {},
        why_stale={identifier: stale(Source(measure=identifier)) for identifier, _measure in listed},
        kinds=KIND_NAMES,
        words=messages,
    )


@bp.get("/states/<state>/measures/<measure>")
@public
def one(state: str, measure: str) -> ResponseReturnValue:
    """One measure: its titles, dates, provisions, document, and every field that cites it."""
    found, actor = state_asked(state), current_actor()
    shown = measures.find(found, measure, actor)
    version = drafts.worked_on(found, actor)
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    citing = measures.fields_citing(version, shown) if version else []
    return render_template(
        "matrix/measure.html",
        state=found,
        version=version,
        identifier=measure,
        measure=shown,
        document=measures.document_of(found, shown.document) if shown.document else None,
        fields=sorted(
            ((layout.field(key), pinpoint) for key, pinpoint in citing), key=lambda each: layout.positions[each[0].key]
        ),
        why_stale=speaking.staleness(version, measures.known(found))(Source(measure=measure)),
        kinds=KIND_NAMES,
        words=messages,
    )


@bp.route("/states/<state>/measures/new", methods=["GET", "POST"])
@requires(EDIT_MATRIX, subject=state_code)
def new(state: str) -> ResponseReturnValue:
    """Record a measure; with ``pasted`` in the form the fields come filled in from a pasted text."""
    found = state_asked(state)
    form = MeasureForm(data=_pasted(found) if request.form.get("pasted") else {"original_language": _own(found)})
    if request.method == "POST" and not request.form.get("pasted") and form.validate_on_submit():
        try:
            with transaction():
                _keep_document(found, form)
                identifier = measure_records.record_one(found, _measure(form, None), current_actor())
        except DomainError as error:
            form.file.errors = [say(error.sentence)]
        else:
            flash(identifier, "recorded")
            return redirect(url("measures.one", state=found.code, measure=identifier))
    return _form_page(found, form, None)


@bp.route("/states/<state>/measures/<measure>/edit", methods=["GET", "POST"])
@requires(EDIT_MATRIX, subject=state_code)
def edit(state: str, measure: str) -> ResponseReturnValue:
    """Change a measure, or what is known of its document."""
    found, actor = state_asked(state), current_actor()
    before = measures.find(found, measure, actor)
    form = MeasureForm(data=_data(found, before))
    if form.validate_on_submit():
        try:
            with transaction():
                _keep_document(found, form)
                measure_records.change(found, measure, _measure(form, before), actor)
        except DomainError as error:
            form.original_language.errors = [say(error.sentence)]
        else:
            flash(measure, "recorded")
            return redirect(url("measures.one", state=found.code, measure=measure))
    return _form_page(found, form, measure)


@bp.route("/states/<state>/measures/paste", methods=["GET", "POST"])
@requires(EDIT_MATRIX, subject=state_code)
def paste(state: str) -> ResponseReturnValue:
    """Paste a title with its articles; they are shown apart, to be recorded."""
    found = state_asked(state)
    form = PasteForm(data={"language": _own(found)})
    split = provisions.split(form.text.data or "") if form.validate_on_submit() else None
    page = render_template("matrix/measure-paste.html", state=found, form=form, split=split, words=messages)
    return page, 422 if form.errors else 200


@bp.get("/states/<state>/documents/<digest>")
@public
def document(state: str, digest: str) -> ResponseReturnValue:
    """The kept file of a source document that a measure the reader may see stands in."""
    found, actor = state_asked(state), current_actor()
    named = {each.document for each in measures.measures_of(found, actor) if each.document}
    for each in measures.documents_of(found):
        if each.attachment == digest and (actor.of_the_office or each.symbol in named):
            answer = Response(attachments.content(digest), mimetype=DOWNLOAD)
            answer.headers.set("Content-Disposition", "attachment", filename=each.attachment_name or digest)
            return answer
    raise NotFound(sentence("This file is not kept here."))


def _own(state: State) -> str:
    return state.language or current_language().code


def _form_page(state: State, form: MeasureForm, identifier: str | None) -> ResponseReturnValue:
    page = render_template(
        "matrix/measure-form.html",
        state=state,
        form=form,
        identifier=identifier,
        documents=measures.documents_of(state),
        codes=CODES,
        separator=SEPARATOR,
        words=messages,
    )
    return page, 422 if form.errors else 200


def _pasted(state: State) -> dict[str, object]:
    """What a pasted text says, as values of the form."""
    split = provisions.split(request.form.get("text", "")[:100000])
    language = request.form.get("language", "")
    language = language if language in CODES else _own(state)
    return {
        "original_language": language,
        f"title_{language}": split.title[:500],
        "provisions": _written(split.provisions),
    }


def _written(parts: tuple[Provision, ...]) -> str:
    """Provisions one a line: the pinpoint, and after a bar the text."""
    return "\n".join(
        SEPARATOR.join(part for part in (each.pinpoint, " ".join(each.text.split())) if part) for each in parts
    )


def _read_provisions(text: str) -> tuple[Provision, ...]:
    lines = (line.partition("|") for line in text.splitlines() if line.strip())
    return tuple(Provision(pinpoint.strip()[:200], rest.strip()) for pinpoint, _bar, rest in lines if pinpoint.strip())


def _measure(form: MeasureForm, before: Measure | None) -> Measure:
    titles = {code: form.title_field(code).data for code in CODES if form.title_field(code).data}
    made = Measure(
        MeasureKind(form.kind.data),
        titles,
        form.original_language.data,
        official_number=form.official_number.data or None,
        adopted=form.adopted.data,
        in_force=form.in_force.data,
        amended=form.amended.data,
        repealed=form.repealed.data,
        issuing_body=form.issuing_body.data or None,
        document=form.document.data or None,
        page=form.page.data or None,
        provisions=_read_provisions(form.provisions.data or ""),
        revision=int(form.revision.data or 0),
    )
    if before is None:
        return made
    same = {language for language, text in titles.items() if before.titles.get(language) == text}
    kept = {language: by for language, by in before.translated_by.items() if language in same}
    return replace(made, number=before.number, handling=before.handling, translated_by=kept)


def _keep_document(state: State, form: MeasureForm) -> None:
    """Record the document the form describes, with its file."""
    if not form.document.data:
        return
    sent = form.file.data
    file = (printable(sent.filename), sent.read()) if sent and sent.filename else None
    retrieved: datetime.date | None = form.retrieved_on.data
    described = Document(
        form.document.data,
        form.document_title.data or "",
        form.original_language.data,
        form.url.data or None,
        retrieved_on=retrieved,
    )
    known = {each.symbol: each for each in measures.documents_of(state)}.get(described.symbol)
    if known is not None:
        described = replace(known, title=described.title or known.title, url=described.url, retrieved_on=retrieved)
    if known != described or file is not None:
        measure_records.keep_document(state, described, current_actor(), file)


def _data(state: State, measure: Measure) -> dict[str, object]:
    known = measures.document_of(state, measure.document) if measure.document else None
    return {
        "kind": measure.kind.value,
        "original_language": measure.original_language,
        **{f"title_{language}": text for language, text in measure.titles.items()},
        "official_number": measure.official_number,
        "adopted": measure.adopted,
        "in_force": measure.in_force,
        "amended": measure.amended,
        "repealed": measure.repealed,
        "issuing_body": measure.issuing_body,
        "provisions": _written(measure.provisions),
        "document": measure.document,
        "page": measure.page,
        "document_title": known.title if known else "",
        "url": known.url if known else "",
        "retrieved_on": known.retrieved_on if known else None,
        "revision": str(measure.revision),
    }

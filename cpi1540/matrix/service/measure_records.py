"""Recording measures and the documents they stand in."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import delete, func, insert, select, update

from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.measure import Document, Measure, measure_id
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import measures
from cpi1540.matrix.tables import MeasureProvisionRow, MeasureRow, MeasureTitleRow, SourceDocumentRow
from cpi1540.states.state import State


def record_documents(state: State, documents: Sequence[Document], by: str) -> dict[str, int]:
    """Record source documents; returns symbol -> key, those recorded before included."""
    known = _document_keys(state)
    new = [document for document in documents if document.symbol not in known]
    if new:
        db.session.execute(
            insert(SourceDocumentRow),
            [
                {
                    "state_id": state.id,
                    "symbol": document.symbol,
                    "title": document.title,
                    "language": document.language,
                    "url": document.url,
                    "dated": str(document.dated) if document.dated else None,
                    "retrieved_on": document.retrieved_on,
                    "attachment": document.attachment,
                    "attachment_name": document.attachment_name,
                    "handling": Handling.PUBLIC,
                }
                for document in new
            ],
        )
        audit.record(
            by,
            "document.record",
            [f"state:{state.code}", *(f"document:{state.code}/{d.symbol}" for d in new)],
        )
    return _document_keys(state)


def record_measures(state: State, measures: Sequence[Measure], by: str) -> list[str]:
    """Record measures of a State and return their identifiers; a number given is kept, else the next is taken."""
    documents = _document_keys(state)
    highest = db.session.scalar(select(func.max(MeasureRow.number)).where(MeasureRow.state_id == state.id)) or 0
    made = []
    for measure in measures:
        number = measure.number or highest + 1
        highest = max(highest, number)
        key = db.session.execute(
            insert(MeasureRow)
            .values(
                state_id=state.id,
                number=number,
                **_columns(measure),
                source_document_id=documents[measure.document] if measure.document else None,
                revision=0,
            )
            .returning(MeasureRow.id)
        ).scalar_one()
        db.session.execute(insert(MeasureTitleRow), _titles(key, measure, lambda _language: 0))
        _record_provisions(key, measure)
        made.append(measure_id(state.code, number))
    if made:
        audit.record(by, "measure.record", [f"state:{state.code}", *(f"measure:{each}" for each in made)])
    return made


def change(state: State, identifier: str, measure: Measure, actor: Actor) -> None:
    """Record a measure anew under its identifier; ``measure.revision`` is the one it was read at.

    A translation is outdated from the moment the original title changes until it is saved again with another
    text. Stale when somebody else changed the measure meanwhile.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    before = measures.find(state, identifier, actor)
    documents = _document_keys(state)
    key = db.session.execute(
        update(MeasureRow)
        .where(
            MeasureRow.state_id == state.id,
            MeasureRow.number == before.number,
            MeasureRow.revision == measure.revision,
        )
        .values(
            **_columns(measure),
            source_document_id=documents[measure.document] if measure.document else None,
            revision=measure.revision + 1,
        )
        .returning(MeasureRow.id)
    ).scalar_one_or_none()
    if key is None:
        raise Stale(sentence("Somebody else changed this measure meanwhile. Read it again before you save."))
    revisions = dict(
        db.session.execute(
            select(MeasureTitleRow.language, MeasureTitleRow.of_revision).where(MeasureTitleRow.measure_id == key)
        ).all()
    )
    renewed = measure.revision + 1

    def of_revision(language: str) -> int:
        same = before.titles.get(language) == measure.titles[language]
        return revisions.get(language, 0) if same else renewed

    titles = _titles(key, measure, of_revision)
    db.session.execute(delete(MeasureTitleRow).where(MeasureTitleRow.measure_id == key))
    db.session.execute(insert(MeasureTitleRow), titles)
    db.session.execute(delete(MeasureProvisionRow).where(MeasureProvisionRow.measure_id == key))
    _record_provisions(key, measure)
    changed = [
        name
        for name in ("kind", "official_number", "adopted", "in_force", "amended", "repealed", "issuing_body")
        if getattr(before, name) != getattr(measure, name)
    ]
    audit.record(
        actor.id,
        "measure.change",
        [f"state:{state.code}", f"measure:{identifier}"],
        [{"part": part} for part in changed] + [{"text": audit.digest(repr(sorted(measure.titles.items())))}],
    )


def record_one(state: State, measure: Measure, actor: Actor) -> str:
    """Record one measure as a desk officer does; returns its identifier."""
    ensure(actor, EDIT_MATRIX, state.code)
    (identifier,) = record_measures(state, [measure], actor.id)
    return identifier


def keep_document(state: State, document: Document, actor: Actor, file: tuple[str, bytes] | None = None) -> Document:
    """Record a source document, or bring the one with that symbol up to date; ``file`` is (name, content).

    A file kept earlier stays unless another comes.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    if file is not None:
        name, content = file
        document = replace(document, attachment=attachments.keep(content), attachment_name=name)
    if document.symbol not in _document_keys(state):
        record_documents(state, [document], actor.id)
        return document
    values: dict[str, object] = {
        "title": document.title,
        "language": document.language,
        "url": document.url,
        "dated": _text(document.dated),
        "retrieved_on": document.retrieved_on,
    }
    if document.attachment:
        values |= {"attachment": document.attachment, "attachment_name": document.attachment_name}
    db.session.execute(
        update(SourceDocumentRow)
        .where(SourceDocumentRow.state_id == state.id, SourceDocumentRow.symbol == document.symbol)
        .values(**values)
    )
    audit.record(
        actor.id,
        "document.change",
        [f"state:{state.code}", f"document:{state.code}/{document.symbol}"],
        [{"retrieved_on": _iso(document.retrieved_on), "file": document.attachment}],
    )
    return document


def _columns(measure: Measure) -> dict[str, object]:
    return {
        "kind": measure.kind,
        "original_language": measure.original_language,
        "official_number": measure.official_number,
        "adopted": _text(measure.adopted),
        "in_force": _text(measure.in_force),
        "amended": _text(measure.amended),
        "repealed": _text(measure.repealed),
        "issuing_body": measure.issuing_body,
        "source_page": measure.page,
        "handling": measure.handling,
    }


def _titles(key: int, measure: Measure, of_revision: Callable[[str], int]) -> list[dict[str, object]]:
    return [
        {
            "measure_id": key,
            "language": language,
            "text": text,
            "made_by": "original"
            if language == measure.original_language
            else measure.translated_by.get(language, "person"),
            "of_revision": of_revision(language),
            "search": normalise(text),
        }
        for language, text in measure.titles.items()
    ]


def _record_provisions(key: int, measure: Measure) -> None:
    if measure.provisions:
        db.session.execute(
            insert(MeasureProvisionRow),
            [
                {"measure_id": key, "position": position, "pinpoint": part.pinpoint, "text": part.text}
                for position, part in enumerate(measure.provisions)
            ],
        )


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _document_keys(state: State) -> dict[str, int]:
    rows = db.session.execute(
        select(SourceDocumentRow.symbol, SourceDocumentRow.id).where(SourceDocumentRow.state_id == state.id)
    )
    return dict(rows.all())


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None

"""The measures of a State and the documents they stand in."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, insert, select

from cpi1540.foundation import audit
from cpi1540.foundation.database import db
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.measure import Document, Measure, MeasureKind, measure_id
from cpi1540.matrix.record import Handling
from cpi1540.matrix.tables import MeasureRow, MeasureTitleRow, SourceDocumentRow
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow


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
                kind=measure.kind,
                original_language=measure.original_language,
                official_number=measure.official_number,
                adopted=_text(measure.adopted),
                in_force=_text(measure.in_force),
                amended=_text(measure.amended),
                repealed=_text(measure.repealed),
                issuing_body=measure.issuing_body,
                source_document_id=documents[measure.document] if measure.document else None,
                source_page=measure.page,
                handling=measure.handling,
                revision=0,
            )
            .returning(MeasureRow.id)
        ).scalar_one()
        titles = [
            {
                "measure_id": key,
                "language": language,
                "text": text,
                "made_by": "original"
                if language == measure.original_language
                else measure.translated_by.get(language, "person"),
                "of_revision": 0,
                "search": normalise(text),
            }
            for language, text in measure.titles.items()
        ]
        db.session.execute(insert(MeasureTitleRow), titles)
        made.append(measure_id(state.code, number))
    if made:
        audit.record(by, "measure.record", [f"state:{state.code}", *(f"measure:{each}" for each in made)])
    return made


def measures_of(state: State) -> list[Measure]:
    """A State's measures, by number."""
    titles: dict[int, dict[str, str]] = {}
    made_by: dict[int, dict[str, str]] = {}
    of_state = select(MeasureRow.id).where(MeasureRow.state_id == state.id)
    for title in db.session.scalars(select(MeasureTitleRow).where(MeasureTitleRow.measure_id.in_(of_state))):
        titles.setdefault(title.measure_id, {})[title.language] = title.text
        made_by.setdefault(title.measure_id, {})[title.language] = title.made_by
    query = (
        select(MeasureRow, SourceDocumentRow.symbol)
        .outerjoin(SourceDocumentRow, SourceDocumentRow.id == MeasureRow.source_document_id)
        .where(MeasureRow.state_id == state.id)
        .order_by(MeasureRow.number)
    )
    return [
        Measure(
            MeasureKind(row.kind),
            titles.get(row.id, {}),
            row.original_language,
            row.number,
            row.official_number,
            _date(row.adopted),
            _date(row.in_force),
            _date(row.amended),
            _date(row.repealed),
            row.issuing_body,
            symbol,
            row.source_page,
            Handling(row.handling),
            {k: v for k, v in made_by.get(row.id, {}).items() if v != "original"},
        )
        for row, symbol in db.session.execute(query)
    ]


def titles_of(state: State) -> dict[str, Mapping[str, str]]:
    """Measure identifier -> its titles by language, the original title also under "original"."""
    return all_titles([state.id])


def all_titles(states: Sequence[int]) -> dict[str, Mapping[str, str]]:
    """The same for several States, by their keys."""
    query = (
        select(
            StateRow.code,
            MeasureRow.number,
            MeasureRow.original_language,
            MeasureTitleRow.language,
            MeasureTitleRow.text,
        )
        .join(StateRow, StateRow.id == MeasureRow.state_id)
        .join(MeasureTitleRow, MeasureTitleRow.measure_id == MeasureRow.id)
        .where(MeasureRow.state_id.in_(states))
    )
    found: dict[str, dict[str, str]] = {}
    for code, number, original, language, text in db.session.execute(query):
        titles = found.setdefault(measure_id(code, number), {})
        titles[language] = text
        if language == original:
            titles["original"] = text
    return dict(found)


def _document_keys(state: State) -> dict[str, int]:
    rows = db.session.execute(
        select(SourceDocumentRow.symbol, SourceDocumentRow.id).where(SourceDocumentRow.state_id == state.id)
    )
    return dict(rows.all())


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None

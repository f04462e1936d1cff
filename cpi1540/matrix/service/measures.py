"""The measures of a State and the documents they stand in, as they are recorded."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select

from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.measure import Document, Measure, MeasureKind, measure_id, measure_number
from cpi1540.matrix.provisions import Provision
from cpi1540.matrix.record import Handling, Version
from cpi1540.matrix.staleness import KnownMeasure
from cpi1540.matrix.tables import (
    CitationRow,
    EntryRow,
    MeasureProvisionRow,
    MeasureRow,
    MeasureTitleRow,
    SourceDocumentRow,
)
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow


def measures_of(state: State, actor: Actor, query: str = "") -> list[Measure]:
    """The measures of a State that ``actor`` may see, by number; with ``query``, those whose title in any
    language, official number or identifier contains it.
    """
    wanted = MeasureRow.state_id == state.id
    if not actor.of_the_office:
        wanted &= MeasureRow.handling == Handling.PUBLIC
    found = _read(state, wanted)
    text = normalise(query)
    return [measure for measure in found if text in _searched(state, measure)] if text else found


def search(query: str, practice: bool, actor: Actor, limit: int = 50) -> list[tuple[str, str, Mapping[str, str]]]:
    """(State, identifier, titles) of the measures of one record whose title in any language contains ``query``; by
    State and number, ``limit`` at most.
    """
    text = normalise(query)
    if not text:
        return []
    hits = select(MeasureTitleRow.measure_id).where(MeasureTitleRow.search.contains(text, autoescape=True))
    wanted = MeasureRow.id.in_(hits) & (StateRow.practice == practice)
    if not actor.of_the_office:
        wanted &= MeasureRow.handling == Handling.PUBLIC
    found = (
        select(MeasureRow.id, StateRow.code, MeasureRow.number)
        .join(StateRow, StateRow.id == MeasureRow.state_id)
        .where(wanted)
        .order_by(StateRow.code, MeasureRow.number)
        .limit(limit)
    )
    rows = db.session.execute(found).all()
    titles: dict[int, dict[str, str]] = {}
    of_found = select(MeasureTitleRow).where(MeasureTitleRow.measure_id.in_([row.id for row in rows]))
    for title in db.session.scalars(of_found):
        titles.setdefault(title.measure_id, {})[title.language] = title.text
    return [(row.code, measure_id(row.code, row.number), titles[row.id]) for row in rows]


def find(state: State, identifier: str, actor: Actor) -> Measure:
    """One measure by its identifier ("FRA-M12"); NotFound also when the actor may not see it."""
    number = measure_number(state.code, identifier)
    found = [] if number is None else _read(state, (MeasureRow.state_id == state.id) & (MeasureRow.number == number))
    for measure in found:
        if measure.handling is Handling.PUBLIC or actor.of_the_office:
            return measure
    raise NotFound(sentence("%(state)s has no measure %(measure)s.", state=state.code, measure=identifier))


def document_of(state: State, symbol: str) -> Document:
    """A source document of a State by its symbol; NotFound when there is none."""
    query = select(SourceDocumentRow).where(SourceDocumentRow.state_id == state.id, SourceDocumentRow.symbol == symbol)
    row = db.session.scalars(query.order_by(SourceDocumentRow.id)).first()
    if row is None:
        raise NotFound(sentence("%(state)s has no document %(symbol)s.", state=state.code, symbol=symbol))
    return _document(row)


def documents_of(state: State) -> list[Document]:
    """Every source document of a State, by symbol."""
    query = select(SourceDocumentRow).where(SourceDocumentRow.state_id == state.id)
    return [
        _document(row) for row in db.session.scalars(query.order_by(SourceDocumentRow.symbol, SourceDocumentRow.id))
    ]


def cited_by(version: Version) -> dict[str, int]:
    """Measure identifier -> how many fields of the version cite it."""
    query = (
        select(StateRow.code, MeasureRow.number, func.count(func.distinct(EntryRow.id)))
        .join(MeasureRow, MeasureRow.state_id == StateRow.id)
        .join(CitationRow, CitationRow.measure_id == MeasureRow.id)
        .join(EntryRow, EntryRow.id == CitationRow.entry_id)
        .where(EntryRow.version_id == version.id)
        .group_by(StateRow.code, MeasureRow.number)
    )
    return {measure_id(code, number): fields for code, number, fields in db.session.execute(query)}


def fields_citing(version: Version, measure: Measure) -> list[tuple[str, str | None]]:
    """(field key, pinpoint) of each place where the version cites the measure, by field key."""
    query = (
        select(EntryRow.field, CitationRow.pinpoint)
        .join(CitationRow, CitationRow.entry_id == EntryRow.id)
        .join(MeasureRow, MeasureRow.id == CitationRow.measure_id)
        .where(EntryRow.version_id == version.id, MeasureRow.number == measure.number)
        .join(StateRow, StateRow.id == MeasureRow.state_id)
        .where(StateRow.code == version.state)
        .order_by(EntryRow.field, CitationRow.position)
    )
    return [(field, pinpoint) for field, pinpoint in db.session.execute(query)]


def known(state: State) -> dict[str, KnownMeasure]:
    """Measure identifier -> its titles, its repeal, and when its document was last seen; one query."""
    return all_known([state.id])


def all_known(states: Sequence[int]) -> dict[str, KnownMeasure]:
    """The same for several States, by their keys."""
    query = (
        select(
            StateRow.code,
            MeasureRow.number,
            MeasureRow.original_language,
            MeasureRow.repealed,
            SourceDocumentRow.retrieved_on,
            SourceDocumentRow.dated,
            MeasureTitleRow.language,
            MeasureTitleRow.text,
        )
        .join(StateRow, StateRow.id == MeasureRow.state_id)
        .join(MeasureTitleRow, MeasureTitleRow.measure_id == MeasureRow.id)
        .outerjoin(SourceDocumentRow, SourceDocumentRow.id == MeasureRow.source_document_id)
        .where(MeasureRow.state_id.in_(states))
    )
    found: dict[str, KnownMeasure] = {}
    for code, number, original, repealed, retrieved_on, dated, language, text in db.session.execute(query):
        identifier = measure_id(code, number)
        if identifier not in found:
            seen_on = retrieved_on or (PartialDate.parse(dated).first_day if dated else None)
            repealed_on = PartialDate.parse(repealed).first_day if repealed else None
            found[identifier] = KnownMeasure({}, repealed_on, seen_on)
        titles = dict(found[identifier].titles)
        titles[language] = text
        if language == original:
            titles["original"] = text
        found[identifier] = KnownMeasure(titles, found[identifier].repealed_on, found[identifier].seen_on)
    return found


def titles_of(state: State) -> dict[str, Mapping[str, str]]:
    """Measure identifier -> its titles by language, the original title also under "original"."""
    return all_titles([state.id])


def all_titles(states: Sequence[int]) -> dict[str, Mapping[str, str]]:
    """The same for several States, by their keys."""
    return {identifier: measure.titles for identifier, measure in all_known(states).items()}


def _read(state: State, wanted: ColumnElement[bool]) -> list[Measure]:
    """Measures with titles and provisions, by number: three queries, however many there are."""
    keys = select(MeasureRow.id).where(wanted)
    titles: dict[int, dict[str, MeasureTitleRow]] = {}
    for title in db.session.scalars(select(MeasureTitleRow).where(MeasureTitleRow.measure_id.in_(keys))):
        titles.setdefault(title.measure_id, {})[title.language] = title
    provisions: dict[int, list[Provision]] = {}
    parts = select(MeasureProvisionRow).where(MeasureProvisionRow.measure_id.in_(keys))
    for part in db.session.scalars(parts.order_by(MeasureProvisionRow.measure_id, MeasureProvisionRow.position)):
        provisions.setdefault(part.measure_id, []).append(Provision(part.pinpoint, part.text))
    query = (
        select(MeasureRow, SourceDocumentRow.symbol)
        .outerjoin(SourceDocumentRow, SourceDocumentRow.id == MeasureRow.source_document_id)
        .where(wanted)
        .order_by(MeasureRow.number)
    )
    return [
        _measure(row, symbol, titles.get(row.id, {}), tuple(provisions.get(row.id, ())))
        for row, symbol in db.session.execute(query)
    ]


def _measure(
    row: MeasureRow, symbol: str | None, titles: Mapping[str, MeasureTitleRow], provisions: tuple[Provision, ...]
) -> Measure:
    original = titles.get(row.original_language)
    newest = original.of_revision if original else 0
    return Measure(
        MeasureKind(row.kind),
        {language: title.text for language, title in sorted(titles.items())},
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
        {language: title.made_by for language, title in titles.items() if title.made_by != "original"},
        provisions,
        frozenset(language for language, title in titles.items() if title.of_revision < newest),
        row.revision,
    )


def _document(row: SourceDocumentRow) -> Document:
    return Document(
        row.symbol,
        row.title,
        row.language,
        row.url,
        _date(row.dated),
        row.retrieved_on,
        row.attachment,
        row.attachment_name,
    )


def _searched(state: State, measure: Measure) -> str:
    identifier = measure_id(state.code, measure.number or 0)
    return normalise("\n".join([identifier, measure.official_number or "", *measure.titles.values()]))


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None

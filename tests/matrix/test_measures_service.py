"""Measures: recorded, found in any language, changed; translations that fall behind; documents with their files."""

import dataclasses
import datetime

import pytest
from desk_people import BRIEFER, OFFICER
from flask import Flask

from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import NOBODY
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.measure import Document, Measure, MeasureKind
from cpi1540.matrix.provisions import Provision
from cpi1540.matrix.record import Basis, Code, Entry, Handling, Source
from cpi1540.matrix.service import ageing, drafts, measure_records, measures, saving
from cpi1540.matrix.staleness import Why
from cpi1540.states import service as states
from cpi1540.states.state import State

LAW = Measure(
    MeasureKind.ACT,
    {"fr": "Loi sur les biens stratégiques", "en": "Strategic Goods Act", "ar": "قانون السلع الاستراتيجية"},
    "fr",
    official_number="2009-14",
    adopted=PartialDate(2009, 3),
    provisions=(Provision("art. 9", "Licences"), Provision("art. 31", "")),
)


def recorded(measure: Measure = LAW) -> tuple[State, str]:
    france = states.find("FRA")
    with transaction():
        return france, measure_records.record_one(france, measure, OFFICER)


def test_a_measure_comes_back_as_it_was_recorded(app: Flask) -> None:
    with app.app_context():
        france, identifier = recorded()
        assert identifier == "FRA-M1"
        found = measures.find(france, identifier, NOBODY)
        assert dataclasses.replace(found, number=None, translated_by={}) == LAW
        assert found.translated_by == {"en": "person", "ar": "person"}


@pytest.mark.parametrize("query", ["stratégiques", "STRATEGIC goods", "السلع", "2009-14", "fra-m1"])
def test_it_is_found_in_every_language(app: Flask, query: str) -> None:
    with app.app_context():
        france, _identifier = recorded()
        assert len(measures.measures_of(france, NOBODY, query)) == 1
        assert measures.measures_of(france, NOBODY, "unrelated") == []


def test_a_translation_falls_behind_and_catches_up(app: Flask) -> None:
    with app.app_context():
        france, identifier = recorded()
        changed = dataclasses.replace(LAW, titles={**LAW.titles, "fr": "Code des biens stratégiques"})
        with transaction():
            measure_records.change(france, identifier, changed, OFFICER)
        found = measures.find(france, identifier, OFFICER)
        assert (found.outdated, found.revision) == ({"en", "ar"}, 1)
        again = dataclasses.replace(found, titles={**found.titles, "en": "Strategic Goods Code"})
        with transaction():
            measure_records.change(france, identifier, again, OFFICER)
        assert measures.find(france, identifier, OFFICER).outdated == {"ar"}
        with pytest.raises(Stale), transaction():
            measure_records.change(france, identifier, changed, OFFICER)
        assert audit.first_break() is None


def test_refusals(app: Flask) -> None:
    with app.app_context():
        france, identifier = recorded(dataclasses.replace(LAW, handling=Handling.RESTRICTED))
        with pytest.raises(NotAllowed), transaction():
            measure_records.record_one(france, LAW, BRIEFER)
        assert measures.measures_of(france, NOBODY) == []
        for wrong in (identifier, "FRA-M2", "KEN-M1", "FRA-M99999999999", "x"):
            with pytest.raises(NotFound):
                measures.find(france, wrong, NOBODY)


def test_a_document_keeps_its_file_until_another_comes(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        document = Document("JO 2009/14", "Journal officiel", "fr")
        with transaction():
            measure_records.keep_document(france, document, OFFICER, ("jo.pdf", b"%PDF-1"))
        with transaction():
            seen = dataclasses.replace(document, retrieved_on=datetime.date(2026, 11, 1))
            measure_records.keep_document(france, seen, OFFICER)
        kept = measures.document_of(france, "JO 2009/14")
        assert (kept.attachment_name, kept.retrieved_on) == ("jo.pdf", datetime.date(2026, 11, 1))
        assert attachments.content(kept.attachment or "") == b"%PDF-1"
        for content in (b"", b"x" * (attachments.LARGEST + 1)):
            with pytest.raises(DomainError), transaction():
                measure_records.keep_document(france, document, OFFICER, ("x", content))


def test_a_repealed_measure_makes_its_fields_stale(app: Flask) -> None:
    with app.app_context():
        france, identifier = recorded(dataclasses.replace(LAW, repealed=PartialDate(2020)))
        cited = Entry(Code.FOUND, Basis.REFERENCE, (Source(measure=identifier),))
        with transaction():
            draft = drafts.draft_of(france, OFFICER)
            keys = ("op2.use.cw.framework", "op2.use.nw.framework")
            saving.save(france, {key: lambda _entry: cited for key in keys}, OFFICER)
        assert ageing.stale_fields([draft])["FRA"][Why.REPEALED] == 2
        assert measures.cited_by(draft) == {identifier: 2}
        assert [
            key for key, _pinpoint in measures.fields_citing(draft, measures.find(france, identifier, OFFICER))
        ] == [
            "op2.use.cw.framework",
            "op2.use.nw.framework",
        ]

"""Texts of letters with their versions; letters made, and kept as they were sent."""

import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
import time_machine
from assistance_people import AFRICAN, COORDINATOR, FOCAL, NEED, register
from desk_people import BRIEFER, person
from flask import Flask
from sqlalchemy import func, select

from cpi1540 import paths
from cpi1540.assistance.letters.letter import LetterKind
from cpi1540.assistance.letters.service import letter_templates, letters
from cpi1540.assistance.letters.tables import LetterTemplateRow
from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import Kind, NeedValues, Requester
from cpi1540.assistance.requests.service import acts, reading, texts
from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.matrix.layout import Domain

D = datetime.date
ADMINISTRATOR = person("administrator", Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def in_november(practice_app: Flask) -> Iterator[None]:
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True), practice_app.test_request_context("/en/"):
        yield
        db.session.remove()


def acknowledged(request: str, language: str = "en") -> letters.LetterValues:
    return letters.begin(request, LetterKind.ACKNOWLEDGEMENT, language, COORDINATOR)


def ready() -> str:
    """A request that waits for its acknowledgement."""
    request = register(NEED, NeedValues(Kind.FUNDING, domains=(Domain.CW, Domain.BW), objective="Two scanners"))
    with transaction():
        acts.record_act(request, Act.AUTHENTICATE, COORDINATOR, on=D(2026, 11, 3))
        acts.record_act(request, Act.CIRCULATE, COORDINATOR, on=D(2026, 11, 4))
    return request


def test_every_text_is_loaded_once() -> None:
    kept = letter_templates.current(COORDINATOR)
    assert len(kept) == 24
    assert all(each.template.version == 1 and each.template.provisional for each in kept.values())
    with transaction():
        letter_templates.load(paths.SEED / "letters", SYSTEM.id)
    assert db.session.scalar(select(func.count(LetterTemplateRow.id))) == 24


def test_a_changed_text_is_a_new_version_that_loading_leaves_alone() -> None:
    kind = LetterKind.FOLLOW_UP
    with transaction():
        assert letter_templates.change(kind, "fr", "Suivi", "Voir {request}.", ADMINISTRATOR, seen=1) == 2
    with transaction():
        assert letter_templates.change(kind, "fr", " Suivi ", "Voir {request}.\r\n", ADMINISTRATOR, seen=2) == 2
        letter_templates.load(paths.SEED / "letters", SYSTEM.id)
    found = letter_templates.versions(kind, "fr", COORDINATOR)
    assert [(each.template.version, each.template.provisional) for each in found] == [(2, False), (1, True)]
    assert found[0].template.body == "Voir {request}."
    with pytest.raises(Stale, match="version 2"), transaction():
        letter_templates.change(kind, "fr", "Suivi", "Autre {request}.", COORDINATOR, seen=1)
    with pytest.raises(DomainError, match=r"\{requst\} is no placeholder"), transaction():
        letter_templates.change(kind, "fr", "Suivi", "Voir {requst} {request}.", COORDINATOR, seen=2)
    with pytest.raises(NotAllowed):
        letter_templates.change(kind, "fr", "Suivi", "Voir {request}.", BRIEFER, seen=2)


def test_an_acknowledgement_names_the_needs_and_the_last_day_to_object() -> None:
    request = ready()
    with transaction():
        texts.translate(request, "objective", "fr", "Deux appareils", COORDINATOR, need=2)
    filled = letters.compose(request, acknowledged(request, "fr"), COORDINATOR)
    said = [paragraph.text for paragraph in filled.paragraphs]
    assert filled.subject == f"Accusé de réception de la demande {request}"
    assert any("Kenya" in text and "2 novembre 2026" in text for text in said)
    assert any("19 novembre 2026" in text for text in said)  # the letter is of the 12th
    items = [paragraph.text for paragraph in filled.paragraphs if paragraph.item]
    assert items[0].startswith(f"{request}/1")
    assert "Armes" not in items[0]  # in the middle of a sentence
    (needed, *_others) = [paragraph.pieces for paragraph in filled.paragraphs if paragraph.item]
    assert (needed[1].text, needed[1].own, needed[1].language) == ("Train customs officers", True, "en")
    assert not needed[
        0
    ].own  # a sentence of the letter, which begins with an identifier: it keeps the letter's direction
    assert len(needed) == 3  # what is in another language says so after it
    assert items[1].endswith(". Deux appareils")
    assert letters.years_without_holidays(acknowledged(request)) == (2026,)


def test_a_text_in_another_language_is_marked_and_one_in_the_letters_own_is_not() -> None:
    request = ready()
    values = letters.begin(request, LetterKind.NOTE_VERBALE, "en", COORDINATOR)
    own = letters.compose(request, values, COORDINATOR)
    assert not [piece for paragraph in own.paragraphs for piece in paragraph.pieces if piece.language]
    assert [paragraph.text for paragraph in own.paragraphs if paragraph.item] == [
        f"{request}/1: Training, nuclear weapons. Train customs officers",
        f"{request}/2: Funding, chemical weapons and biological weapons. Two scanners",
    ]
    foreign = letters.compose(request, replace(values, language="es"), COORDINATOR)
    marked = [piece.text for paragraph in foreign.paragraphs for piece in paragraph.pieces if piece.language == "en"]
    assert marked == ["Help with transit controls", "Train customs officers", "Two scanners"]
    _name, content = letters.write(request, replace(values, language="es"), COORDINATOR)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.read("word/document.xml").decode().count('<w:lang w:val="en"/>') == 3


def test_a_letter_is_kept_byte_for_byte_with_what_it_was_made_from() -> None:
    request = ready()
    values = replace(acknowledged(request, "ar"), signatory="A. Chair", addressee="البعثة الدائمة\nNew York")
    name, content = letters.write(request, values, COORDINATOR, office="The Office")
    with transaction():
        number = letters.keep(request, values, COORDINATOR, office="The Office", record_act=True)
    with transaction():
        letter_templates.change(LetterKind.ACKNOWLEDGEMENT, "ar", "جديد", "نص {request}", COORDINATOR, seen=1)
    assert letters.sent_file(request, number, BRIEFER) == (name, content)
    (kept,) = letters.letters_of(request, COORDINATOR)
    assert (kept.number, kept.language, kept.version, kept.dated) == (1, "ar", 1, D(2026, 11, 12))
    assert (kept.digest, kept.changed) == (hashlib.sha256(content).hexdigest(), False)
    assert kept.addressee == "البعثة الدائمة\nNew York"
    found = reading.find(request, COORDINATOR)
    assert (found.course.step, found.course.acknowledged) == (Step.SEND, D(2026, 11, 12))
    assert found.acts[-1].paper == kept.digest
    last = db.session.scalars(select(AuditEventRow).where(AuditEventRow.action == "letter.keep")).one()
    assert last.changes[0]["file"] == kept.digest
    assert "A. Chair" not in str(last.changes)
    assert "The Office" in "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)


def test_the_file_as_it_came_back_is_the_one_kept() -> None:
    request = ready()
    with transaction():
        letters.keep(request, acknowledged(request), COORDINATOR, file=("signed.pdf", b"%PDF-signed"))
    (kept,) = letters.letters_of(request, COORDINATOR)
    assert (kept.name, kept.changed) == ("signed.pdf", True)
    assert letters.sent_file(request, 1, COORDINATOR) == ("signed.pdf", b"%PDF-signed")
    with pytest.raises(NotFound, match="no letter 2"):
        letters.sent_file(request, 2, COORDINATOR)


def test_when_the_step_is_refused_nothing_is_kept() -> None:
    request = ready()
    values = letters.begin(request, LetterKind.NOTE_VERBALE, "en", COORDINATOR)
    assert "does not belong" in str(letters.why_no_act(request, values, COORDINATOR))
    with pytest.raises(DomainError, match="does not belong"), transaction():
        letters.keep(request, values, COORDINATOR, record_act=True)
    assert letters.letters_of(request, COORDINATOR) == []
    with pytest.raises(DomainError, match="future"), transaction():
        letters.keep(request, replace(values, dated=D(2026, 11, 13)), COORDINATOR)


def test_a_letter_about_offers_names_them() -> None:
    request = ready()
    values = letters.begin(request, LetterKind.OFFERS, "en", COORDINATOR)
    with pytest.raises(DomainError, match="Name the offers"):
        letters.compose(request, values, COORDINATOR)
    filled = letters.compose(request, replace(values, offers=" IAEA: a course \n\nWCO: a visit"), COORDINATOR)
    assert [paragraph.text for paragraph in filled.paragraphs if paragraph.item] == ["IAEA: a course", "WCO: a visit"]


def test_only_the_coordinator_of_the_requester_writes_and_only_the_office_reads() -> None:
    request = register(requester=Requester(("FRA",)))
    with pytest.raises(NotAllowed):
        letters.begin(request, LetterKind.FOLLOW_UP, "en", AFRICAN)
    own = ready()
    assert acknowledged(own).addressee == "Kenya"
    with pytest.raises(NotAllowed):
        letters.letters_of(own, FOCAL)
    with pytest.raises(NotAllowed):
        letters.write(own, acknowledged(own), BRIEFER)


def test_a_letter_of_the_practice_record_says_so() -> None:
    request = register(requester=Requester(("XAA",), practice=True))
    _name, content = letters.write(request, acknowledged(request), COORDINATOR)
    footer = docx.Document(io.BytesIO(content)).sections[0].footer.paragraphs[0].text
    assert footer.startswith("Practice data. Working document of the office; not a document of the Committee.")


def test_a_letter_kept_with_its_act_is_not_among_the_files_of_the_focal_point() -> None:
    request = ready()
    with transaction():
        letters.keep(request, acknowledged(request), COORDINATOR, record_act=True)
        acts.attach(request, "own note.pdf", b"%PDF-own", COORDINATOR)
    letter, own = reading.find(request, COORDINATOR).papers
    for taken_back in (False, True):
        if taken_back:
            with transaction():
                acts.take_back(request, 3, COORDINATOR, reason="a wrong date")
        assert reading.find(request, FOCAL).papers == (own,)
        assert reading.paper(request, own.digest, FOCAL) == ("own note.pdf", b"%PDF-own")
        with pytest.raises(NotFound):
            reading.paper(request, letter.digest, FOCAL)

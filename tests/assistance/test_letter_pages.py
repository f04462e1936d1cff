"""Letters as a coordinator meets them: a text changed, a letter seen, downloaded, kept; faults told at their field."""

import datetime
import io
from collections.abc import Iterator

import docx
import pytest
import time_machine
from assistance_people import COORDINATOR, register
from flask import Flask
from strict_client import StrictClient

from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.service import acts, reading
from cpi1540.foundation.database import db, transaction

ACKNOWLEDGEMENT = "letters/new/acknowledgement"


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """A coordinator, at noon in New York on 12 November 2026."""
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True):
        made = StrictClient(practice_app)
        made.continue_as("coordinator")
        yield made


@pytest.fixture
def request_id(practice_app: Flask, client: StrictClient) -> str:
    """A request that waits for its acknowledgement."""
    with practice_app.app_context():
        made = register()
        with transaction():
            acts.record_act(made, Act.AUTHENTICATE, COORDINATOR, on=datetime.date(2026, 11, 3))
            acts.record_act(made, Act.CIRCULATE, COORDINATOR, on=datetime.date(2026, 11, 4))
        db.session.remove()
    return made


def page_of(request_id: str, rest: str, lang: str = "en") -> str:
    return f"/{lang}/assistance/requests/{request_id}/{rest}"


def typed(**values: object) -> dict[str, object]:
    return {"language": "fr", "version": "1", "dated": "2026-11-12", "addressee": "La Mission", **values}


def test_a_text_is_changed_and_a_fault_stands_at_its_field(client: StrictClient) -> None:
    page = "/en/letter-templates/offers/es"
    wrong = {"seen": "1", "subject": "Ofertas {solicitud}", "body": "{offers} y {request}"}
    told = client.post(page, wrong, status=422).get_data(as_text=True)
    assert "{solicitud} is no placeholder of this letter." in told
    assert "{offers} stands for a list: give it a line of its own." in told
    assert "{offers} y {request}</textarea>" in told  # nothing typed is lost
    right = {"seen": "1", "subject": "Ofertas para {request}", "body": "Son:\r\n\r\n{offers}\r\n\r\nVer {request}."}
    client.post(page, right)
    shown = client.get(page).get_data(as_text=True)
    assert "Version 2 is saved." in shown
    assert "provisional wording" not in shown
    assert client.get(f"{page}?version=1").get_data(as_text=True).count("Excelencia:") == 1
    late = client.post(page, {**right, "subject": "Otras"}, status=409).get_data(as_text=True)
    assert "Somebody saved version 2 of this text meanwhile." in late
    assert 'name="seen" value="2"' in late
    assert ">\nOtras</textarea>" in late


def test_another_language_keeps_what_was_typed(client: StrictClient, request_id: str) -> None:
    page = page_of(request_id, ACKNOWLEDGEMENT)
    begun = client.get(f"{page}?in=fr").text
    assert 'name="in" value="ar"' in begun and '?in=ar"' not in begun
    told = typed(signatory="A. B.", dated="2026-11-09", addressee="La Mission", **{"in": "ar"})
    shown = client.post(page, told, status=200).text
    assert '<div class="letter-page" lang="ar" dir="rtl">' in shown and 'name="language" value="ar"' in shown
    for kept in ('value="A. B."', 'value="2026-11-09"', "La Mission</textarea>"):
        assert kept in shown
    faulty = client.post(page, {**told, "dated": "soon"}, status=422).text
    assert 'value="soon"' in faulty and 'value="A. B."' in faulty and 'name="language" value="ar"' in faulty
    untouched = client.post(page, typed(addressee="Kenya", language="en", **{"in": "ar"}), status=200).text
    assert "Kenya</textarea>" not in untouched and "كينيا</textarea>" in untouched
    assert 'name="language" value="fr"' in client.post(page, typed(do="show", **{"in": "nonsense"}), status=200).text


def test_a_letter_is_seen_downloaded_and_kept(client: StrictClient, request_id: str, practice_app: Flask) -> None:
    page = page_of(request_id, ACKNOWLEDGEMENT)
    begun = client.get(f"{page}?in=ar").get_data(as_text=True)
    assert '<div class="letter-page" lang="ar" dir="rtl">' in begun
    assert "No table of holidays is loaded for 2026" in begun
    shown = client.post(page, typed(do="show", signatory="A. B."), status=200).get_data(as_text=True)
    assert f"Accusé de réception de la demande {request_id}" in shown
    assert "<bdi>A. B.</bdi>" in shown
    made = client.post(page, typed(do="download"), status=200)
    assert (
        made.headers["Content-Disposition"] == f"attachment; filename={request_id}-acknowledgement-2026-11-12-fr.docx"
    )
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(made.data)).paragraphs]
    assert "La Mission" in words
    client.post(page, typed(do="keep", record_act="y"))
    kept = client.get(page_of(request_id, "letters")).get_data(as_text=True)
    assert "Letter 1 is kept as it was sent." in kept
    assert "belongs to the next step" not in kept.partition("Note verbale to potential providers")[0]
    assert client.get(page_of(request_id, "letters/1")).data == made.data
    with practice_app.app_context():
        assert reading.find(request_id, COORDINATOR).course.step is Step.SEND
    again = client.post(page, typed(do="keep", record_act="y"), status=422).get_data(as_text=True)
    assert "This act does not belong to the step at which the request stands." in again


def test_a_file_that_came_back_is_kept_or_refused_at_its_field(client: StrictClient, request_id: str) -> None:
    page = page_of(request_id, ACKNOWLEDGEMENT)
    for content, name, words in (
        (b"MZ...", "letter.exe", "A letter is kept as a Word document (.docx) or as a PDF."),
        (b"no pdf", "letter.pdf", "A letter is kept as a Word document (.docx) or as a PDF."),
        (b"PK no zip", "letter.docx", 'id="file-err"'),
    ):
        told = client.post(page, typed(do="keep", file=(io.BytesIO(content), name)), status=422)
        assert words in told.get_data(as_text=True)
    client.post(page, typed(do="keep", file=(io.BytesIO(b"%PDF-1.7 signed"), "../signed.pdf")))
    listed = client.get(page_of(request_id, "letters")).get_data(as_text=True)
    assert "as it came back" in listed
    sent = client.get(page_of(request_id, "letters/1"))
    assert (sent.data, sent.mimetype) == (b"%PDF-1.7 signed", "application/octet-stream")
    assert sent.headers["Content-Disposition"] == "attachment; filename=signed.pdf"


def test_what_is_missing_is_told_and_nothing_typed_is_lost(client: StrictClient, request_id: str) -> None:
    told = client.post(page_of(request_id, ACKNOWLEDGEMENT), typed(do="keep", dated="soon"), status=422)
    assert "La Mission</textarea>" in told.get_data(as_text=True)
    far = client.post(page_of(request_id, ACKNOWLEDGEMENT), typed(do="show", dated="9999-12-31"), status=422)
    assert "Enter a date between 2004 and 2100." in far.get_data(as_text=True)
    offers = client.post(page_of(request_id, "letters/new/offers"), typed(do="download", offers=" "), status=422)
    assert '<a href="#offers">Name the offers, one a line.</a>' in offers.get_data(as_text=True)
    client.get(page_of(request_id, "letters/new/sonnet"), status=404)
    client.get(page_of(request_id, "letters/7"), status=404)
    client.get(f"/en/practice/assistance/requests/{request_id}/letters", status=404)  # the other record


def test_a_form_without_a_version_takes_the_newest_and_an_early_follow_up_says_what_stays_due(
    client: StrictClient, request_id: str
) -> None:
    bare = {"language": "fr", "dated": "2026-11-12"}
    client.post(page_of(request_id, ACKNOWLEDGEMENT), {**bare, "do": "download"}, status=200)
    client.post(page_of(request_id, ACKNOWLEDGEMENT), {**bare, "version": "²", "do": "download"}, status=200)
    follow_up = page_of(request_id, "letters/new/follow-up")
    told = client.post(follow_up, typed(do="show"), status=200).get_data(as_text=True)
    assert "the follow-up stays due on 2 November 2027." in told
    client.post(follow_up, typed(do="keep", record_act="y"))
    page = client.get(f"/en/assistance/requests/{request_id}").get_data(as_text=True)
    assert "A follow-up was recorded before its day. The one a year after the request is still due." in page
    assert "Follow-up due on 2 November 2027" in page


def test_who_may_not_is_told_so(client: StrictClient, request_id: str) -> None:
    client.continue_as("briefer")
    client.get(page_of(request_id, "letters"))
    client.get(page_of(request_id, ACKNOWLEDGEMENT), status=403)
    client.get("/en/letter-templates", status=403)
    client.continue_as("focal-point")
    client.get(page_of(request_id, "letters"), status=403)

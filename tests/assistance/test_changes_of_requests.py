"""What a change must not undo: a registered note, acts on record, somebody else's translation."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import COORDINATOR, DAY, register
from flask import Flask

from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.request import Channel, Consent, digest_of_translations
from cpi1540.assistance.requests.service import acts, reading, requests, texts
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.partial_date import PartialDate


@pytest.fixture(autouse=True)
def in_november(practice_app: Flask) -> Iterator[None]:
    """A copy with both records; it is 12 November 2026, noon in New York."""
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True), practice_app.test_request_context("/en/"):
        yield
        db.session.remove()


def test_a_form_opened_before_the_note_verbale_does_not_undo_it() -> None:
    found = register(formal=False, channel=Channel.NATIONAL_REPORT)
    before = reading.find(found, COORDINATOR)
    with transaction():
        requests.register_note(found, COORDINATOR, on=DAY)
    with pytest.raises(Stale), transaction():
        requests.change(found, replace(before.values, title="Later"), COORDINATOR, revision=before.revision)
    after = reading.find(found, COORDINATOR)
    assert after.values.formal and after.course.step is Step.AUTHENTICATE
    with pytest.raises(Faulty), transaction():
        requests.register_note(found, COORDINATOR, on=DAY)


def test_a_change_does_not_tear_the_acts_from_their_course() -> None:
    found = register()
    with transaction():
        acts.record_act(found, Act.AUTHENTICATE, COORDINATOR, on=DAY)
    read = reading.find(found, COORDINATOR)
    later = PartialDate.of(DAY + datetime.timedelta(days=1))
    for values, part in ((replace(read.values, formal=False), "formal"), (replace(read.values, date=later), "date")):
        with pytest.raises(Faulty) as refused, transaction():
            requests.change(found, values, COORDINATOR, revision=read.revision)
        assert [fault.part for fault in refused.value.faults] == [part]
    assert reading.find(found, COORDINATOR).course == read.course


def test_consent_is_not_older_than_the_request() -> None:
    found = register()
    with pytest.raises(DomainError), transaction():
        acts.answer_consent(found, COORDINATOR, agreed=True, on=datetime.date(1990, 1, 1))
    with pytest.raises(Faulty) as refused:
        register(consent=Consent.YES, consent_on=datetime.date(1990, 1, 1))
    assert [fault.part for fault in refused.value.faults] == ["consent_on"]


def test_two_translations_of_one_text_do_not_overwrite_each_other() -> None:
    found = register()
    read_at = digest_of_translations(reading.find(found, COORDINATOR).translations)
    with transaction():
        texts.translate(found, "title", "es", "Primera", COORDINATOR, read_at=read_at)
    with pytest.raises(Stale, match="Primera"), transaction():
        texts.translate(found, "title", "es", "Segunda", COORDINATOR, read_at=read_at)
    with transaction():
        texts.translate(found, "title", "ru", "Другая", COORDINATOR, read_at=read_at)
    kept = {each.language: each.text for each in reading.find(found, COORDINATOR).translations}
    assert kept == {"es": "Primera", "ru": "Другая"}

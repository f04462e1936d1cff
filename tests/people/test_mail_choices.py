"""How persons choose their mail, on the page of their account; and who is to be reminded."""

import datetime
from collections.abc import Iterator

import pytest
from flask import Flask
from people_of_tests import make
from sqlalchemy import select
from strict_client import StrictClient

from cpi1540.foundation.access import SYSTEM, Actor, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.people.mail_choice import MailChoice
from cpi1540.people.service import accounts, mail_choices

TODAY = datetime.date(2026, 11, 24)


@pytest.fixture
def ada(practice_app: Flask) -> Iterator[Actor]:
    with practice_app.app_context():
        yield Actor(make("ada", (Role.FOCAL_POINT, "KEN")), "Ada")
        db.session.remove()


def choose(actor: Actor, address: str, *, digest: bool = True, language: str = "fr") -> None:
    with transaction():
        mail_choices.choose(actor, MailChoice(address, language, digest))


def reminded(day: datetime.date = TODAY) -> list[tuple[str, str]]:
    return [(each.actor.id, each.choice.language) for each in mail_choices.to_remind(day)]


def test_one_digest_a_day_to_those_who_want_it(ada: Actor) -> None:
    assert mail_choices.own(ada, "es") == MailChoice("", "es", digest=False)
    assert reminded() == []
    choose(ada, " ada@example.org ")
    (found,) = mail_choices.to_remind(TODAY)
    assert (found.actor.id, found.choice) == (ada.id, MailChoice("ada@example.org", "fr", digest=True))
    assert found.actor.holds(Role.FOCAL_POINT, "KEN")
    with transaction():
        assert mail_choices.claim_day(ada, TODAY) is True
        assert mail_choices.claim_day(ada, TODAY) is False
    choose(ada, "ada@example.org", language="ar")  # another choice is no reason for a second one
    assert reminded() == []
    assert reminded(TODAY + datetime.timedelta(days=1)) == [(ada.id, "ar")]
    choose(ada, "ada@example.org", digest=False)
    assert reminded(TODAY + datetime.timedelta(days=1)) == []


def test_the_disabled_get_no_mail(ada: Actor) -> None:
    choose(ada, "ada@example.org")
    with transaction():
        accounts.disable(ada.id, SYSTEM)
    assert reminded() == []


def test_a_choice_that_cannot_be_kept(ada: Actor) -> None:
    for address in ("", "ada", "ada@example.org\nBcc: x@example.org"):
        with pytest.raises(DomainError):
            choose(ada, address)
    assert mail_choices.own(ada) == MailChoice("", "en", digest=False)


def test_the_audit_does_not_hold_the_address(ada: Actor) -> None:
    choose(ada, "ada@example.org")
    choose(ada, "ada@example.org")
    events = db.session.scalars(select(AuditEventRow).where(AuditEventRow.action == "person.mail")).all()
    assert [event.changes for event in events] == [[{"language": "fr", "digest": True, "address": True}]]


def test_on_the_page_of_the_account(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("reviewer")
    begun = client.get("/ru/account").get_data(as_text=True)
    assert '<option value="ru" lang="ru" selected>' in begun
    assert "mail" in client.get("/en/account").get_data(as_text=True)
    assert "its operator has set no mail server" in client.get("/en/account").get_data(as_text=True)
    wrong = client.post("/en/account/mail", {"address": "r at x", "mail_language": "ar", "digest": "y"}, status=422)
    text = wrong.get_data(as_text=True)
    assert '<a href="#address">Write one address of mail, such as name@example.org.</a>' in text
    assert 'value="r at x"' in text
    client.post("/en/account/mail", {"address": "r@example.org", "mail_language": "ar", "digest": "y"})
    kept = client.get("/en/account").get_data(as_text=True)
    assert "Your choice is kept." in kept
    assert 'value="r@example.org"' in kept
    assert '<option value="ar" lang="ar" selected>' in kept
    assert 'name="digest" value="y" checked' in kept

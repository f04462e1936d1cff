"""The pages of offers and providers: lists, one of each, forms, files; who is shown what."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import COORDINATOR, FOCAL
from flask import Flask
from offer_cases import OFFER, public_pair, register_offer, register_provider
from openpyxl import load_workbook
from people_of_tests import make
from sqlalchemy import select
from strict_client import StrictClient

from cpi1540.assistance.offers.offer import Capacity
from cpi1540.assistance.offers.service import offers, reading, workbooks
from cpi1540.foundation import files_shown
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.tables import AttachmentRow, MailRow
from cpi1540.matrix.record import Handling

OWN, OWN_PROVIDER = "XO-5", "XP-2"  # kept by the demonstration's provider contact
TYPED: dict[str, object] = {
    "language": "en",
    "title": "Course for customs",
    "kinds": ["training", "technical"],
    "fields": ["op3cd.transit.nw.framework", "op3cd.transit.nw.enforcement"],
    "states": "Kenya, FRA",
    "groups": ["grulac"],
    "excluded": "Ghana",
    "languages": ["en", "fr"],
    "places": "4",
    "person_days": "12.5",
    "budget": "10 000",
    "valid_from": "2026-12-01",
    "handling": "restricted",
    "last_confirmed": "2026-11-01",
}


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """A coordinator, at noon in New York on 24 November 2026."""
    with time_machine.travel("2026-11-24T17:00:00+00:00", tick=True):
        made = StrictClient(practice_app)
        made.continue_as("coordinator")
        yield made


def as_role(client: StrictClient, role: str) -> StrictClient:
    made = StrictClient(client.app)
    made.continue_as(role)
    return made


def text(client: StrictClient, address: str, status: int = 200) -> str:
    return client.get(address, status).get_data(as_text=True)


def test_an_offer_is_registered_and_read_back(client: StrictClient) -> None:
    with client.app.app_context():
        provider = register_provider()
    answer = client.post("/en/assistance/offers/new", {**TYPED, "provider": provider})
    with client.app.app_context():
        found = reading.find_offer(answer.headers["Location"].rpartition("/")[2], COORDINATOR)
    assert (found.provider, found.eligible, found.excluded) == (provider, {"KEN", "FRA", "grulac"}, {"GHA"})
    assert (found.capacity, found.min_group, found.languages) == (Capacity(4, 12.5, 10_000.0), 1, ("en", "fr"))
    told = text(client, answer.headers["Location"])
    assert "The offer is registered." in told
    for words in ("Kenya", "2 fields of the matrix", "10,000 US dollars", "Not valid yet", "Transit"):
        assert words in told


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(client: StrictClient) -> None:
    with client.app.app_context():
        provider = register_provider()
    wrong = {**TYPED, "provider": provider, "title": "", "states": "Atlantis", "kinds": [], "places": "four"}
    told = client.post("/en/assistance/offers/new", wrong, 422).get_data(as_text=True)
    assert '<a href="#places">Write a whole number in digits, such as 12.</a>' in told
    assert 'value="four"' in told
    wrong["places"] = "4"
    told = client.post("/en/assistance/offers/new", wrong, 422).get_data(as_text=True)
    for link, says in (
        ("title", "Give the offer a title."),
        ("kinds", "Choose at least one kind of assistance."),
        ("states", "Atlantis is no State and no regional group."),
    ):
        assert f'<a href="#{link}">{says}</a>' in told
    assert 'value="10 000"' in told
    assert 'value="op3cd.transit.nw.framework" checked' in told
    told = client.post("/en/assistance/offers/new", {**TYPED, "provider": "P-999"}, 422).get_data(as_text=True)
    assert '<a href="#provider">Choose the provider.</a>' in told


def test_a_field_that_the_layout_does_not_know_is_named_and_nothing_is_saved(client: StrictClient) -> None:
    with client.app.app_context():
        offer = register_offer(register_provider())
    typed = {**TYPED, "fields": ["op9.gone.nw.framework", "op3cd.transit.nw.framework"], "revision": "0"}
    told = client.post(f"/en/assistance/offers/{offer}/edit", typed, 422).get_data(as_text=True)
    assert '<a href="#fields">The layout has no field op9.gone.nw.framework.</a>' in told
    assert 'value="op3cd.transit.nw.framework" checked' in told
    with client.app.app_context():
        assert reading.find_offer(offer, COORDINATOR).fields == OFFER.fields


def test_two_people_saving_at_once_see_both_values(client: StrictClient) -> None:
    with client.app.app_context():
        offer = register_offer(register_provider())
        with transaction():
            offers.change(offer, replace(OFFER, title="Saved first", capacity=Capacity(9)), COORDINATOR, revision=0)
    address = f"/en/assistance/offers/{offer}/edit"
    told = client.post(address, {**TYPED, "revision": "0"}, 409).get_data(as_text=True)
    assert "Somebody else saved this offer meanwhile" in told
    assert "Saved first" in told
    assert "Course for customs" in told
    assert 'name="revision" value="1"' in told
    client.post(address, {**TYPED, "revision": "1"})
    with client.app.app_context():
        assert reading.find_offer(offer, COORDINATOR).title == "Course for customs"


def test_an_offer_is_confirmed_withdrawn_and_taken_back(client: StrictClient) -> None:
    with client.app.app_context():
        offer = register_offer(register_provider(), last_confirmed=None)
    address = f"/en/assistance/offers/{offer}"
    assert "Nobody ever confirmed this offer." in text(client, address)
    client.post(f"{address}/confirm")
    told = text(client, address)
    assert "The offer is confirmed as of today." in told
    assert "24 November 2026" in told
    assert "Give a reason first." in client.post(f"{address}/withdraw", {}, 422).get_data(as_text=True)
    client.post(f"{address}/withdraw", {"reason": "Ended"})
    assert "Withdrawn" in text(client, address)
    assert "This offer is withdrawn" in client.post(f"{address}/confirm", {}, 422).get_data(as_text=True)
    client.post(f"{address}/resume")
    client.post(f"{address}/handling", {"handling": "public"})
    assert "It is recorded who may read the offer." in text(client, address)
    with client.app.app_context():
        assert reading.find_offer(offer, COORDINATOR).handling is Handling.PUBLIC


def test_the_contact_is_asked_by_mail_in_its_language(client: StrictClient) -> None:
    with client.app.app_context():
        offer = register_offer(register_provider(language="fr", contact="M. Dupont <dupont@example.org>"), contact="")
        other = register_offer(register_provider(contact="Room 4"), contact="")
    address = f"/en/assistance/offers/{offer}"
    shown = text(client, f"{address}/ask")
    assert "The mail goes to dupont@example.org." in shown
    assert 'lang="fr"' in shown
    client.post(f"{address}/ask")
    told = text(client, address)
    assert "A mail to the contact is on its way." in told
    assert "send the text in another way" in text(client, f"/en/assistance/offers/{other}/ask")
    client.post(f"/en/assistance/offers/{other}/ask")
    with client.app.app_context():
        (mail,) = db.session.scalars(select(MailRow)).all()
        assert (mail.to_address, mail.language, mail.purpose) == ("dupont@example.org", "fr", "offer")
        assert offer in mail.subject
        assert str(reading.find_offer(other, COORDINATOR).asked_on) == "2026-11-24"
    assert "asked today already" in client.post(f"{address}/ask", None, 409).get_data(as_text=True)
    assert "Send the mail" not in text(client, f"{address}/ask")
    client.post(f"/en/practice/assistance/offers/{OWN}/ask")
    with client.app.app_context():
        assert len(db.session.scalars(select(MailRow)).all()) == 1


def test_a_provider_is_registered_changed_given_and_withdrawn(client: StrictClient) -> None:
    typed = {"name_en": "Body", "name_ar": "هيئة", "kind": "regional", "language": "ar", "handling": "restricted"}
    told = client.post("/en/assistance/providers/new", {**typed, "name_en": "", "name_ar": ""}, 422).get_data(True)
    assert '<a href="#name_en">Give the provider a name in one language at least.</a>' in told
    told = client.post("/en/assistance/providers/new", {**typed, "kind": "state", "state": ""}, 422).get_data(True)
    assert '<a href="#state">Choose the State that gives the assistance.</a>' in told
    address = client.post("/en/assistance/providers/new", typed).headers["Location"]
    assert "No mandate is recorded: no source is entered for it." in text(client, address)
    mandate = {"mandate_en": "Helps", "mandate_title": "Statutes", "mandate_url": "https://example.org/"}
    client.post(f"{address}/edit", {**typed, **mandate, "revision": "0", "mandate_fields": "op3cd.transit\nop1.bwc"})
    told = text(client, address)
    assert '<a href="https://example.org/" rel="noreferrer"><span dir="auto">Statutes</span></a>' in told
    assert "Biological Weapons Convention" in told
    told = client.post(f"{address}/edit", {**typed, "name_en": "Other", "revision": "0"}, 409).get_data(True)
    assert "Somebody else saved this provider meanwhile" in told
    with client.app.app_context():
        keeper = make("keeper", Role.PROVIDER_CONTACT)
    client.post(f"{address}/people", {"give-person": keeper})
    assert "Keeper" in text(client, address)
    client.post(f"{address}/people", {"give-person": "nobody"}, 422)
    client.post(f"{address}/people/{keeper}/remove")
    assert "The office alone." in text(client, address)
    client.post(f"{address}/withdraw", {"withdraw-reason": "Dissolved"})
    assert "Take the provider back into the lists" in text(client, address)
    client.post(f"{address}/resume")
    assert "Withdraw the provider" in text(client, address)


def test_a_provider_contact_keeps_the_own_programmes(client: StrictClient) -> None:
    contact = as_role(client, "provider-contact")
    own = f"/en/practice/assistance/offers/{OWN}"
    told = text(contact, own)
    assert "Confirm as of today" in told
    assert "Say who may read it" not in told
    assert "provider-2.example" in told
    form = text(contact, f"{own}/edit")
    assert 'name="handling"' not in form
    contact.post(f"{own}/edit", {**TYPED, "states": "", "excluded": "", "revision": "0", "handling": "internal"})
    with client.app.app_context():
        found = reading.find_offer(OWN, COORDINATOR)
    assert (found.title, str(found.last_confirmed), found.handling) == (
        "Course for customs",
        "2026-11-24",
        Handling.PUBLIC,
    )
    assert "Confirm as of today" not in text(contact, "/en/practice/assistance/offers/XO-1")
    contact.get("/en/practice/assistance/offers/XO-1/edit", 403)
    contact.get("/en/practice/assistance/providers/new", 403)
    new = text(contact, "/en/practice/assistance/offers/new")
    assert new.count(f'value="{OWN_PROVIDER}"') == 1
    assert 'value="XP-1"' not in new
    assert "mandate_en" not in text(contact, f"/en/practice/assistance/providers/{OWN_PROVIDER}/edit")
    own_list = text(contact, "/en/practice/assistance/offers?mine=1")
    assert "6 offers" in own_list


def test_readers_from_outside_see_public_offers_without_contacts(client: StrictClient) -> None:
    with client.app.app_context():
        _provider, offer = public_pair()
        hidden = register_offer(register_provider())
    nobody = StrictClient(client.app)
    told = text(nobody, f"/en/assistance/offers/{offer}")
    assert "example.org" not in told
    assert "Confirm" not in told.replace("confirmed", "")
    nobody.get(f"/en/assistance/offers/{hidden}", 404)
    nobody.get("/en/practice/assistance/offers/O-1", 404)
    listed = text(nobody, "/en/assistance/offers")
    assert (f">{offer}<" in listed, f">{hidden}<" in listed) == (True, False)
    assert "International Atomic Energy Agency (IAEA)" in text(nobody, "/en/assistance/providers")
    found = json.loads(text(nobody, "/en/assistance/offers.json"))
    assert [(each["offer"], each["contact"], each["stale"]) for each in found["offers"]] == [(offer, "", False)]


def test_lists_are_narrowed_and_say_what_they_hold(client: StrictClient) -> None:
    for query, told in (
        ("?kind=training&domain=cw", "Chemical weapons"),
        ("?section=general", "For no field in particular"),
        ("?row=op3cd.transit&language=ar", "العربية"),
        ("?group=african&validity=ended", "No longer valid"),
        ("?stale=1&q=%D9%85", "Stale"),
        ("?q=no+such+offer", "No offer fits all of these filters."),
        ("?page=99", "Page 3 of 3"),
    ):
        assert told in text(client, f"/en/practice/assistance/offers{query}"), query
    for query in ("?kind=dancing", "?section=op9", "?row=op9.x", "?language=de", "?group=europe", "?validity=soon"):
        client.get(f"/en/practice/assistance/offers{query}", 404)
    assert "22 providers" in text(client, "/en/practice/assistance/providers?kind=state")
    assert "No provider fits all of these filters." in text(client, "/en/practice/assistance/providers?q=zzz")
    client.get("/en/practice/assistance/providers?kind=planet", 404)


def test_lists_are_files_too(client: StrictClient) -> None:
    found = json.loads(text(client, "/en/practice/assistance/offers.json?section=op3cd"))
    assert found["offers"][0]["provider"].startswith("XP-")
    assert all(any(key.startswith("op3cd.") for key in each["fields"]) for each in found["offers"])
    givers = json.loads(text(client, "/en/assistance/providers.json"))["providers"]
    assert (givers[0]["provider"], givers[0]["mandate"]["provisional"]) == ("P-1", False)
    assert [each["mandate"] for each in givers if each["names"]["en"] == "African Union (AU)"] == [None]
    for name in ("offers", "providers"):
        answer = client.get(f"/en/practice/assistance/{name}.xlsx")
        assert len(load_workbook(io.BytesIO(answer.get_data())).worksheets) == 4
        client.get(f"/en/practice/assistance/{name}.pdf", 404)
    client.get("/en/assistance/offers-template.xlsx?in=ar")


def test_a_workbook_is_looked_at_and_then_taken_in(client: StrictClient) -> None:
    with client.app.test_request_context("/en/"):
        provider = register_provider()
        offer = register_offer(provider)
        kept = reading.find_offer(offer, COORDINATOR)
        data = workbooks.written(
            [replace(kept, title="Anew"), replace(OFFER, provider=provider, title="Fresh")], [], "en", practice=False
        )
        bad = workbooks.written([replace(OFFER, provider="P-777")], [], "en", practice=False)
    address = "/en/assistance/offers-workbook"
    assert "Choose a workbook." in client.post(address, {}, 422).get_data(as_text=True)
    told = client.post(address, {"file": (io.BytesIO(bad), "bad.xlsx")}, 422).get_data(as_text=True)
    assert "1 problem: nothing can be recorded" in told
    assert "Offers!B5" in told
    told = client.post(address, {"file": (io.BytesIO(data), "good.xlsx")}, 200).get_data(as_text=True)
    assert "Record 2 changes" in told
    assert "changes: Title" in told
    carried = {part: told.split(f'name="{part}" value="')[1].split('"')[0] for part in ("file", "name", "against")}
    client.post(f"{address}/apply", {**carried, "against": "old"}, 409)
    client.post(f"{address}/apply", carried)
    with client.app.app_context():
        assert [each.title for each in reading.offers(False, COORDINATOR)] == ["Anew", "Fresh"]
    assert "Everything in the workbook is recorded." in text(client, "/en/assistance/offers")
    client.post(f"{address}/apply", {"file": "0" * 64}, 404)
    digest = hashlib.sha256(data).hexdigest()
    client.post(f"{address}/apply", {**carried, "file": digest}, 404)  # kept with the record, and not shown to anybody
    with client.app.app_context():
        kept_ones = db.session.scalars(select(AttachmentRow.sha256)).all()
    assert digest in kept_ones


def test_a_workbook_that_was_only_looked_at_is_kept_for_a_day_and_for_who_gave_it(client: StrictClient) -> None:
    with client.app.test_request_context("/en/"):
        provider = register_provider()
        data = workbooks.written([replace(OFFER, provider=provider, title="Never taken in")], [], "en", practice=False)
        before = db.session.scalars(select(AttachmentRow.sha256)).all()
    address = "/en/assistance/offers-workbook"
    told = client.post(address, {"file": (io.BytesIO(data), "good.xlsx")}, 200).get_data(as_text=True)
    token = told.split('name="file" value="')[1].split('"')[0]
    with client.app.app_context():
        assert db.session.scalars(select(AttachmentRow.sha256)).all() == before
        with pytest.raises(NotFound):
            files_shown.content(token, FOCAL)
        with time_machine.travel("2026-11-26T17:00:00+00:00"):
            files_shown.keep(b"the next one", COORDINATOR)
        assert not (files_shown._folder() / token.partition(".")[0]).exists()
    again = client.post(f"{address}/apply", {"file": token}, 404).get_data(as_text=True)
    assert "A file is kept for a day after it was looked at." in again


def test_pages_open_in_other_scripts(client: StrictClient) -> None:
    for lang in ("ar", "zh", "ru"):
        for page in (
            "offers",
            "providers",
            "offers/new",
            "providers/new",
            f"offers/{OWN}",
            f"providers/{OWN_PROVIDER}",
        ):
            client.get(f"/{lang}/practice/assistance/{page}")

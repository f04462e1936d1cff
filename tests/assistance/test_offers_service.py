"""Providers and offers registered, changed, confirmed, withdrawn and listed, on both databases; who may."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import COORDINATOR, FOCAL
from flask import Flask
from offer_cases import CONTACT, OFFER, OFFICER, OTHER_CONTACT, PROVIDER, public_pair, register_offer, register_provider
from people_of_tests import make
from queries import counted
from sqlalchemy import func, select, update

from cpi1540 import paths
from cpi1540.assistance.offers.offer import Capacity, ProviderKind, StatedMandate, Validity
from cpi1540.assistance.offers.service import asking, lists, offers, organizations, providers, reading
from cpi1540.assistance.offers.service.lists import EVERYBODY, EVERYTHING, Filters, ProviderFilters
from cpi1540.assistance.offers.tables import ProviderPersonRow, ProviderRow
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, Actor, Role
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.tables import AuditEventRow, MailRow
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling

TODAY = datetime.date(2026, 11, 24)
YEAR_AGO = datetime.date(2025, 11, 24)


@pytest.fixture(autouse=True)
def in_november(app: Flask) -> Iterator[None]:
    """An installation; it is 24 November 2026, noon in New York."""
    with time_machine.travel("2026-11-24T17:00:00+00:00"), app.test_request_context("/en/"):
        yield
        db.session.remove()


def given(provider: str, keeper: Actor) -> None:
    """Let an actor that has no account keep a provider's programmes."""
    with transaction():
        key = db.session.scalar(select(ProviderRow.id).where(ProviderRow.number == int(provider.split("-")[1])))
        db.session.add(ProviderPersonRow(provider_id=key, actor=keeper.id, given_at=now(), given_by="test"))


def fault_parts(error: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.part for fault in error.value.faults]


def last_action() -> str | None:
    return db.session.scalar(select(AuditEventRow.action).order_by(AuditEventRow.id.desc()).limit(1))


def listed(filters: Filters = EVERYTHING, actor: Actor = COORDINATOR) -> list[str]:
    return [line.offer.id for line in lists.offers(filters, actor, practice=False).lines]


def test_an_offer_is_read_back_as_it_was_registered() -> None:
    mandate = StatedMandate({"en": "Helps States"}, "Statutes", "https://example.org/statutes", TODAY)
    provider = register_provider(mandate=mandate, mandate_fields=("op3cd.transit", "op1.bwc"), places=7, language="fr")
    offer = register_offer(provider, eligible=frozenset({"african", "FRA"}), excluded=frozenset({"KEN"}), min_group=2)
    kept = reading.find_provider(provider, COORDINATOR)
    assert kept == replace(
        PROVIDER,
        id=provider,
        mandate=mandate,
        mandate_fields=("op3cd.transit", "op1.bwc"),
        places=7,
        language="fr",
        revision=0,
    )
    assert reading.find_offer(offer, COORDINATOR) == replace(
        OFFER,
        id=offer,
        provider=provider,
        domains=(Domain.NW, Domain.CW),
        eligible=frozenset({"african", "FRA"}),
        excluded=frozenset({"KEN"}),
        min_group=2,
    )
    assert [each.id for each in reading.offers(False, COORDINATOR)] == [offer]
    assert reading.offers(True, COORDINATOR) == ()
    assert last_action() == "offer.register"
    assert audit.first_break() is None


def test_numbers_go_up_in_each_record_by_themselves() -> None:
    known = len(reading.providers(False, COORDINATOR))
    first, second = register_provider(), register_provider()
    assert [int(each.removeprefix("P-")) for each in (first, second)] == [known + 1, known + 2]
    assert register_provider(practice=True) == "XP-1"
    assert register_offer("XP-1") == "XO-1"
    assert register_offer(first) == "O-1"


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"kinds": frozenset()}, "kinds"),
        ({"kinds": frozenset({Kind.NOT_RECORDED})}, "kinds"),
        ({"fields": ("op3cd.nothing",)}, "fields"),
        ({"eligible": frozenset({"XAA"})}, "eligible"),
        ({"eligible": frozenset({"FRA"}), "excluded": frozenset({"FRA"})}, "excluded"),
        ({"capacity": Capacity(-1)}, "places"),
        ({"capacity": Capacity(None, float("nan"))}, "person_days"),
        ({"capacity": Capacity(None, None, 1e13)}, "budget"),
        ({"capacity": Capacity(2), "min_group": 3}, "min_group"),
        ({"min_group": 0}, "min_group"),
        ({"lead_days": -1}, "lead_days"),
        ({"valid_from": TODAY, "valid_to": YEAR_AGO}, "valid_to"),
        ({"last_confirmed": TODAY + datetime.timedelta(days=1)}, "last_confirmed"),
        ({"languages": ("de",)}, "languages"),
    ],
)
def test_a_faulty_offer_is_refused_at_its_part_and_nothing_is_written(values: dict[str, object], part: str) -> None:
    provider = register_provider()
    with pytest.raises(Faulty) as error:
        register_offer(provider, **values)
    assert fault_parts(error) == [part]
    assert reading.offers(False, COORDINATOR) == ()


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"names": {"en": " "}}, "names"),
        ({"kind": ProviderKind.STATE}, "state"),
        ({"kind": ProviderKind.STATE, "state": "XAA"}, "state"),
        ({"mandate": StatedMandate({}, "", "https://example.org")}, "mandate_title"),
        ({"mandate": StatedMandate({}, "Page", "javascript:alert(1)")}, "mandate_url"),
        ({"mandate_fields": ("op9.none",)}, "mandate_fields"),
        ({"places": 0}, "places"),
    ],
)
def test_a_faulty_provider_is_refused_at_its_part(values: dict[str, object], part: str) -> None:
    with pytest.raises(Faulty) as error:
        register_provider(**values)
    assert fault_parts(error) == [part]


def test_a_stale_save_of_an_offer_or_a_provider_loses_nothing() -> None:
    provider = register_provider()
    offer = register_offer(provider)
    read = reading.find_offer(offer, COORDINATOR)
    with transaction():
        offers.change(offer, replace(read, title="First", fields=()), COORDINATOR, revision=0)
    with pytest.raises(Stale), transaction():
        offers.change(offer, replace(read, title="Second"), COORDINATOR, revision=0)
    kept = reading.find_offer(offer, COORDINATOR)
    assert (kept.title, kept.fields, kept.revision) == ("First", (), 1)
    with transaction():
        providers.change(provider, replace(PROVIDER, names={"fr": "Corps"}), COORDINATOR, revision=0)
    with pytest.raises(Stale), transaction():
        providers.change(provider, PROVIDER, COORDINATOR, revision=0)
    assert reading.find_provider(provider, COORDINATOR).names == {"fr": "Corps"}


def test_confirming_moves_the_date_and_ends_staleness() -> None:
    offer = register_offer(register_provider(), last_confirmed=YEAR_AGO - datetime.timedelta(days=1))
    assert listed(Filters(stale=True)) == [offer]
    with transaction():
        offers.confirm(offer, COORDINATOR)
    assert reading.find_offer(offer, COORDINATOR).last_confirmed == TODAY
    assert listed(Filters(stale=True)) == []


def test_what_is_withdrawn_leaves_the_lists_and_comes_back() -> None:
    provider = register_provider()
    offer, other = register_offer(provider), register_offer(provider)
    with pytest.raises(DomainError), transaction():
        offers.withdraw(offer, COORDINATOR, reason=" ")
    with transaction():
        offers.withdraw(offer, COORDINATOR, reason="Ended early")
    assert [each.id for each in reading.offers(False, COORDINATOR)] == listed() == [other]
    assert listed(Filters(withdrawn=True)) == [offer]
    assert reading.find_offer(offer, COORDINATOR).withdrawn
    with pytest.raises(DomainError), transaction():
        offers.confirm(offer, COORDINATOR)
    with transaction():
        offers.resume(offer, COORDINATOR)
        providers.withdraw(provider, COORDINATOR, reason="Dissolved")
    assert reading.offers(False, COORDINATOR) == ()
    assert len(reading.offers(False, COORDINATOR, withdrawn=True)) == 2
    with transaction():
        providers.resume(provider, COORDINATOR)
    assert len(listed()) == 2


def test_only_public_offers_of_public_providers_are_read_by_everybody() -> None:
    provider, offer = public_pair()
    hidden = register_offer(register_provider(), handling=Handling.PUBLIC)
    for_states = register_offer(provider, handling=Handling.STATES)
    assert listed(actor=NOBODY) == [offer]
    assert listed(actor=FOCAL) == [offer, for_states]
    assert listed(actor=OFFICER) == [offer, hidden, for_states]
    found = reading.find_offer(offer, NOBODY)
    assert (found.title, found.contact) == (OFFER.title, "")
    assert reading.find_provider(provider, NOBODY).contact == ""
    assert reading.find_offer(offer, OFFICER).contact == OFFER.contact
    for identifier in (hidden, "O-99999", "o-1", "XO-1"):
        with pytest.raises(NotFound):
            reading.find_offer(identifier, NOBODY)
    with pytest.raises(NotFound):
        reading.find_offer(offer, OFFICER, practice=True)


def test_a_contact_keeps_the_own_programmes_and_no_others() -> None:
    own, foreign = register_provider(), register_provider()
    offer, other = register_offer(own, source="Page 4"), register_offer(foreign)
    given(own, CONTACT)
    assert [each.id for each in reading.offers(False, CONTACT)] == [offer]
    assert reading.find_offer(offer, CONTACT).contact == OFFER.contact
    with pytest.raises(NotFound):
        reading.find_offer(other, CONTACT)
    with transaction():
        offers.change(offer, replace(OFFER, title="Anew", handling=Handling.PUBLIC), CONTACT, revision=0)
        made = offers.register(replace(OFFER, provider=own, last_confirmed=None), CONTACT)
    kept = reading.find_offer(offer, COORDINATOR)
    assert (kept.title, kept.handling, kept.last_confirmed) == ("Anew", Handling.RESTRICTED, TODAY)
    assert kept.source == "Page 4"
    assert reading.find_offer(made, COORDINATOR).last_confirmed == TODAY
    with transaction():
        providers.change(own, replace(PROVIDER, kind=ProviderKind.REGIONAL, contact="New"), CONTACT, revision=0)
    provider = reading.find_provider(own, COORDINATOR)
    assert (provider.kind, provider.contact, provider.people) == (ProviderKind.OTHER, "New", {CONTACT.id})
    for refused in (
        lambda: offers.handle(offer, Handling.PUBLIC, CONTACT),
        lambda: providers.withdraw(own, CONTACT, reason="Why not"),
        lambda: providers.register(PROVIDER, CONTACT, practice=False),
    ):
        with pytest.raises(NotAllowed), transaction():
            refused()
    with pytest.raises(NotFound), transaction():
        offers.confirm(offer, OTHER_CONTACT)
    with pytest.raises(NotAllowed), transaction():
        offers.confirm(offer, OFFICER)


def test_who_was_a_contact_once_keeps_and_reads_nothing_any_more() -> None:
    own = register_provider(handling=Handling.STATES)
    offer, open_to_states = register_offer(own), register_offer(own, handling=Handling.STATES)
    given(own, CONTACT)
    assert [each.contact for each in reading.offers(False, CONTACT)] == [OFFER.contact, OFFER.contact]
    former = Actor(CONTACT.id, CONTACT.name, FOCAL.grants)  # the account stays, with another role
    assert [(each.id, each.contact) for each in reading.offers(False, former)] == [(open_to_states, "")]
    with pytest.raises(NotFound):
        reading.find_offer(offer, former)
    assert listed(Filters(mine=True), former) == []


def test_a_contact_is_asked_once_a_day_and_that_makes_no_form_stale() -> None:
    offer = register_offer(register_provider())
    with transaction():
        assert asking.ask(offer, COORDINATOR)
    with pytest.raises(DomainError, match="asked today already"), transaction():
        asking.ask(offer, COORDINATOR)
    assert db.session.scalar(select(func.count()).select_from(MailRow)) == 1
    with transaction():
        offers.change(offer, replace(OFFER, title="Written meanwhile"), COORDINATOR, revision=0)
    kept = reading.find_offer(offer, COORDINATOR)
    assert (kept.title, kept.asked_on) == ("Written meanwhile", TODAY)
    with time_machine.travel("2026-11-25T17:00:00+00:00"), transaction():
        assert asking.ask(offer, COORDINATOR)


def test_a_person_is_given_a_provider_and_it_is_taken_again() -> None:
    provider = register_provider()
    keeper, officer = make("keeper", Role.PROVIDER_CONTACT), make("clerk", Role.DESK_OFFICER)
    with pytest.raises(DomainError), transaction():
        providers.give_to(provider, officer, COORDINATOR)
    with transaction():
        providers.give_to(provider, keeper, COORDINATOR)
        providers.give_to(provider, keeper, COORDINATOR)
    assert reading.find_provider(provider, COORDINATOR).people == {keeper}
    with transaction():
        providers.take_from(provider, keeper, COORDINATOR)
    assert reading.find_provider(provider, COORDINATOR).people == frozenset()
    assert last_action() == "provider.take"


def test_lists_are_narrowed_by_what_an_offer_is_for() -> None:
    provider = register_provider(names={"en": "Body for Help", "ar": "هيئة المساعدة"})
    course = register_offer(provider)
    general = register_offer(provider, title="Any help", fields=(), kinds=frozenset({Kind.FUNDING}), languages=("ar",))
    named = register_offer(
        provider,
        title="Bill on prohibited acts",
        kinds=frozenset({Kind.LEGISLATIVE_DRAFTING, Kind.TECHNICAL}),
        fields=("op2.use.bw.framework", "op1.bwc"),
        eligible=frozenset({"KEN", "grulac"}),
        valid_to=YEAR_AGO,
    )
    coming = register_offer(provider, excluded=frozenset({"african"}), valid_from=TODAY + datetime.timedelta(days=1))
    for filters, left in (
        (Filters(kind=Kind.TECHNICAL), [named]),
        (Filters(section="op3cd"), [course, coming]),
        (Filters(section=lists.GENERAL), [general]),
        (Filters(row="op3cd.transit"), [course, coming]),
        (Filters(row="op1.bwc"), [named]),
        (Filters(row="op3cd.trans"), []),
        (Filters(domain=Domain.BW), [named]),
        (Filters(language="ar"), [general]),
        (Filters(group="african"), [course, general, named]),
        (Filters(group="grulac"), [course, general, named, coming]),
        (Filters(group="weog"), [course, general, coming]),
        (Filters(validity=Validity.CURRENT), [course, general]),
        (Filters(validity=Validity.COMING), [coming]),
        (Filters(validity=Validity.ENDED), [named]),
        (Filters(text="PROHIBITED"), [named]),
        (Filters(text="هيئه"), [course, general, named, coming]),
        (Filters(text="100%"), []),
        (Filters(mine=True), []),
    ):
        assert listed(filters) == left, filters


def test_a_list_of_many_is_read_in_pages_and_in_as_many_queries_as_one(app: Flask) -> None:
    provider = register_provider()
    register_offer(provider)

    def statements() -> int:
        with counted(app) as sent:
            lists.offers(EVERYTHING, COORDINATOR, practice=False)
            lists.providers(EVERYBODY, COORDINATOR, practice=False)
        return len(sent)

    for_one = statements()
    for place in range(53):
        register_offer(provider, title=f"Course {place}")
    assert statements() == for_one
    last = lists.offers(EVERYTHING, COORDINATOR, practice=False, page=9)
    assert (last.page, last.pages, last.total) == (2, 2, 54)
    assert [line.offer.title for line in last.lines] == ["Course 49", "Course 50", "Course 51", "Course 52"]


def test_providers_are_listed_with_their_offers() -> None:
    african = register_provider(kind=ProviderKind.STATE, state="KEN", names={"en": "Kenya"})
    body = register_provider()
    register_offer(body, last_confirmed=None)
    register_offer(body)
    lines = {
        line.provider.id: (line.offers, line.stale) for line in lists.providers(EVERYBODY, COORDINATOR, practice=False)
    }
    assert (lines[african], lines[body]) == ((0, 0), (2, 1))

    def left(filters: ProviderFilters) -> list[str]:
        return [line.provider.id for line in lists.providers(filters, COORDINATOR, practice=False)]

    assert left(ProviderFilters(group="african")) == [african]
    assert left(ProviderFilters(stale=True)) == [body]
    assert left(ProviderFilters(kind=ProviderKind.OTHER, text="body")) == [body]
    given(body, CONTACT)
    assert [each.provider.id for each in lists.providers(ProviderFilters(mine=True), CONTACT, practice=False)] == [body]


def test_organizations_are_loaded_once_and_what_the_office_changed_is_kept() -> None:
    before = {each.names["en"]: each for each in reading.providers(False, NOBODY)}
    assert len(before) == 17
    iaea, oas = before["International Atomic Energy Agency (IAEA)"], before["European Union (EU)"]
    assert iaea.mandate is not None
    assert (iaea.id, iaea.mandate.url) == ("P-1", "https://www.iaea.org/services/legislative-assistance")
    assert "op3ab.iaea-safeguards" in iaea.mandate_fields
    assert "op3ab.account-use.nw.framework" in iaea.mandate_fields
    assert (oas.mandate, oas.mandate_fields, oas.places) == (None, (), None)
    who = before["World Health Organization (WHO)"]
    assert who.mandate is not None
    assert who.mandate.provisional
    events = db.session.scalar(select(AuditEventRow.id).order_by(AuditEventRow.id.desc()).limit(1))
    with transaction():
        organizations.load(paths.SEED, "system")
    assert db.session.scalar(select(AuditEventRow.id).order_by(AuditEventRow.id.desc()).limit(1)) == events
    with transaction():
        providers.change(iaea.id, replace(iaea, names={"en": "Agency"}), COORDINATOR, revision=0)
        db.session.execute(update(ProviderRow).where(ProviderRow.number == 2).values(source="old"))
        organizations.load(paths.SEED, "system")
    assert reading.find_provider("P-1", NOBODY).names == {"en": "Agency"}
    assert reading.find_provider("P-2", NOBODY).source == ""
    assert last_action() == "provider.load"

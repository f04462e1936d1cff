"""A workbook of offers: what is written comes back the same, faults are named at their cells, nothing is believed."""

import datetime
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from assistance_people import COORDINATOR
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_cases import CONTACT, OFFER, PROVIDER, register_offer, register_provider
from openpyxl import Workbook, load_workbook

from cpi1540 import paths
from cpi1540.assistance.offers.covering import keys_of
from cpi1540.assistance.offers.offer import Capacity, Offer, Provider, ProviderKind, StatedMandate
from cpi1540.assistance.offers.offers_in_xlsx import read_offers
from cpi1540.assistance.offers.offers_out_xlsx import write_offers
from cpi1540.assistance.offers.offers_workbook import AskOffers, OffersReading
from cpi1540.assistance.offers.place_names import codes_named
from cpi1540.assistance.offers.service import reading, workbooks
from cpi1540.assistance.requests.request import Kind, domains_of, fields_of, in_printed_order
from cpi1540.exchange.wording import english
from cpi1540.foundation.access import NOBODY
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, Stale
from cpi1540.foundation.search_text import normalise
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import Handling

LAYOUT = parse_layout((paths.SEED / "layouts/2017.json").read_text("utf-8"), "2017.json")
PLACES = {
    normalise(text): code for text, code in (("KEN", "KEN"), ("Kenya", "KEN"), ("FRA", "FRA"), ("african", "african"))
}
ASK = AskOffers(PLACES, {normalise("P-1"): "P-1", normalise("Corps"): "P-1"}, LAYOUT, practice=False, language="fr")
MADE = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 24)
# Rows and columns of the sheet of offers, as Excel counts them.
KEYS_ROW, FIRST_ROW = 3, 5
Change = Callable[[Any], None]

letters = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="_\N{NO-BREAK SPACE}")
texts = st.lists(st.text(letters, max_size=30), max_size=3).map("\n".join).map(str.strip)
words = texts.filter(bool)
codes = st.frozensets(st.sampled_from(["KEN", "FRA", "african"]))
days = st.none() | st.dates(datetime.date(1901, 1, 1), datetime.date(2100, 1, 1))
counts = st.none() | st.integers(0, 10_000)
parts = st.none() | st.integers(0, 4000).map(lambda quarters: quarters / 4)


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    fields = in_printed_order(draw(st.sets(st.sampled_from(list(LAYOUT.positions)), max_size=9)), LAYOUT)
    spoken = {*draw(st.sets(st.sampled_from(list(Domain)))), *domains_of(fields, LAYOUT)}
    return Offer(
        draw(st.sampled_from(["", "O-4"])),
        "P-1",
        draw(words),
        draw(st.frozensets(st.sampled_from([kind for kind in Kind if kind is not Kind.NOT_RECORDED]), min_size=1)),
        fields,
        tuple(domain for domain in Domain if domain in spoken),
        draw(codes),
        draw(codes),
        tuple(sorted(draw(st.sets(st.sampled_from(CODES))))),
        Capacity(draw(counts), draw(parts), draw(parts)),
        draw(days),
        draw(days),
        draw(counts),
        draw(st.integers(1, 50)),
        draw(texts),
        draw(texts),
        draw(texts),
        draw(days),
        draw(st.sampled_from(list(Handling))),
        draw(st.sampled_from(CODES)),
        draw(texts),
    )


providers = st.builds(
    Provider,
    id=st.sampled_from(["", "P-1"]),
    names=st.dictionaries(st.sampled_from(CODES), words, min_size=1),
    kind=st.sampled_from([kind for kind in ProviderKind if kind is not ProviderKind.STATE]),
    mandate=st.none()
    | st.builds(
        StatedMandate,
        st.dictionaries(st.sampled_from(CODES), words, min_size=1),
        texts,
        st.sampled_from(["", "https://example.org/a"]),
        days,
    ),
    mandate_fields=st.lists(st.sampled_from(["op3cd.transit", "op1.bwc"]), unique=True).map(tuple),
    contact=texts,
    language=st.sampled_from(CODES),
    places=counts,
    source=texts,
    handling=st.sampled_from(list(Handling)),
)


def written(*given_offers: Offer, givers: tuple[Provider, ...] = ()) -> bytes:
    return write_offers(given_offers, givers, LAYOUT, english(), made_at=MADE)


def changed(change: Change, *given_offers: Offer, givers: tuple[Provider, ...] = ()) -> OffersReading:
    """What is read from a workbook after somebody changed its sheets."""
    book = load_workbook(io.BytesIO(written(*given_offers, givers=givers)))
    change(book)
    return saved(book)


def saved(book: Workbook) -> OffersReading:
    target = io.BytesIO()
    book.save(target)
    return read_offers(target.getvalue(), "offers.xlsx", ASK)


def put(part: str, value: object, sheet: int = 0, row: int = FIRST_ROW) -> Change:
    """Write a value into the column of that part."""

    def change(book: Any) -> None:
        page = book.worksheets[sheet]
        keys = [cell.value for cell in page[KEYS_ROW]]
        page.cell(row, keys.index(part) + 1).value = value

    return change


@settings(max_examples=25)
@given(st.sets(st.sampled_from(list(LAYOUT.positions))))
def test_few_keys_stand_for_the_fields_and_give_them_back(fields: set[str]) -> None:
    keys = keys_of(fields, LAYOUT)
    assert fields_of(keys, LAYOUT) == in_printed_order(fields, LAYOUT)
    assert len(keys) <= len(fields)


@settings(max_examples=25)
@given(offers())
def test_an_offer_comes_back_as_it_was_written(offer: Offer) -> None:
    found = read_offers(written(offer), "offers.xlsx", ASK)
    assert found.findings == ()
    assert [each.offer for each in found.offers] == [offer]
    assert found.providers == ()


@settings(max_examples=25)
@given(providers)
def test_a_provider_comes_back_as_it_was_written(provider: Provider) -> None:
    found = read_offers(written(givers=(provider,)), "offers.xlsx", ASK)
    assert found.findings == ()
    assert [each.provider for each in found.providers] == [provider]


def test_the_same_values_give_the_same_workbook() -> None:
    assert written(OFFER, givers=(PROVIDER,)) == written(OFFER, givers=(PROVIDER,))


OWN = replace(OFFER, provider="P-1")


@pytest.mark.parametrize(
    ("change", "where", "told"),
    [
        (put("provider", "Nobody"), "B5", "There is no provider Nobody."),
        (put("provider", None), "B5", "The row does not say whose offer it is."),
        (put("offer", "XO-3"), "A5", "XO-3 is no number of this record: leave the cell empty for a new row."),
        (put("kinds", "Training; Dancing"), "F5", "Dancing is no kind of assistance."),
        (put("fields", "op3cd.transit op9.x"), "G5", "op9.x is no field and no row of the matrix."),
        (put("domains", "NW, XX"), "H5", "xx is not one of: nw, cw, bw."),
        (put("languages", "en de"), "K5", "de is not one of: ar, en, es, fr, ru, zh."),
        (put("places", "many"), "L5", "many is no number from 0 on."),
        (put("places", 1.5), "L5", "1.5 is no whole number."),
        (put("places", -1), "L5", "-1 is no number from 0 on."),
        (put("valid_from", "next year"), "Q5", "next year is not a date of the form YYYY-MM-DD."),
        (put("title", "=1+1"), "C5", "The cell holds a formula or a fault; write the text itself."),
        (put("handling", "secret"), "W5", "secret is not one of the choices of the list."),
    ],
)
def test_a_fault_is_named_at_its_cell(change: Change, where: str, told: str) -> None:
    found = changed(change, OWN)
    assert [(finding.where, str(finding.says)) for finding in found.findings] == [(f"Offers!{where}", told)]


def test_people_write_names_and_dates_their_own_way() -> None:
    def change(book: Any) -> None:
        for part, value in (
            ("provider", "  CORPS "),
            ("eligible", "Kenya; african"),
            ("valid_from", datetime.date(2027, 1, 2)),
            ("kinds", "training\nEquipment"),
            ("budget", "12,5"),
            ("handling", "Public"),
        ):
            put(part, value)(book)

    found = changed(change, OWN)
    assert found.findings == ()
    offer = found.offers[0].offer
    assert (offer.provider, offer.eligible) == ("P-1", {"KEN", "african"})
    assert (offer.valid_from, offer.kinds) == (datetime.date(2027, 1, 2), {Kind.TRAINING, Kind.EQUIPMENT})
    assert (offer.capacity.budget, offer.handling) == (12.5, Handling.PUBLIC)


def test_a_new_provider_and_its_offer_come_in_one_workbook() -> None:
    new = replace(PROVIDER, names={"en": "New Body"})
    found = changed(put("provider", "new body"), OWN, givers=(new,))
    assert (found.findings, found.offers[0].offer.provider) == ((), "new body")


def test_the_same_number_twice_and_a_lost_row_of_keys_are_told() -> None:
    numbered = replace(OWN, id="O-4")
    found = read_offers(written(numbered, numbered), "offers.xlsx", ASK)
    assert [(each.where, str(each.says)) for each in found.findings] == [
        ("Offers!A6", "O-4 stands in Offers!A5 already.")
    ]
    found = changed(lambda book: book.worksheets[0].delete_rows(KEYS_ROW), OWN)
    assert [each.where for each in found.findings] == ["Offers"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"\x00" * 600])
def test_what_is_no_workbook_is_refused_with_a_sentence(data: bytes) -> None:
    found = read_offers(data, "offers.xlsx", ASK)
    assert len(found.findings) == 1
    assert str(found.findings[0].says)


def test_an_empty_workbook_and_a_strange_one_are_told_apart() -> None:
    assert [str(each.says) for each in read_offers(written(), "a.xlsx", ASK).findings] == [
        "Nothing is filled in on any sheet."
    ]
    assert [str(each.says) for each in saved(Workbook()).findings] == [
        "The workbook has no sheet of offers or providers. Begin with the empty workbook."
    ]


def test_words_that_name_no_place_are_kept_short() -> None:
    assert codes_named("Kenya، FRA; x" + "y" * 100, PLACES) == ("KEN", "FRA", "x" + "y" * 59)
    assert codes_named(" ; ,", PLACES) == ()


@pytest.fixture
def record(app: Flask) -> Iterator[None]:
    with time_machine.travel("2026-11-24T17:00:00+00:00"), app.test_request_context("/en/"):
        yield
        db.session.remove()


def workbook_of(*given_offers: Offer, givers: tuple[Provider, ...] = ()) -> bytes:
    return workbooks.written(given_offers, givers, "en", practice=False)


@pytest.mark.usefixtures("record")
def test_what_was_exported_changes_nothing_when_it_comes_back() -> None:
    register_offer(register_provider())
    every, givers = reading.offers(False, COORDINATOR), reading.providers(False, COORDINATOR)
    for language in CODES:
        data = workbooks.written(every, givers, language, practice=False)
        found = workbooks.compare(data, "offers.xlsx", COORDINATOR, practice=False)
        assert (found.changes, found.findings, found.unchanged) == (0, (), 1 + len(givers))


@pytest.mark.usefixtures("record")
def test_a_workbook_registers_and_changes_all_at_once() -> None:
    provider = register_provider()
    kept = reading.find_offer(register_offer(provider), COORDINATOR)
    newcomer = replace(PROVIDER, names={"en": "New Body"})
    data = workbook_of(
        replace(kept, title="Another title", fields=()),
        replace(OFFER, provider="New body", title="Fresh"),
        givers=(newcomer,),
    )
    found = workbooks.compare(data, "offers.xlsx", COORDINATOR, practice=False)
    assert (found.findings, found.changes) == ((), 3)
    assert [each.parts for each in found.changed_offers] == [("title", "fields")]
    with pytest.raises(NotAllowed):
        workbooks.compare(data, "offers.xlsx", CONTACT, practice=False)
    with pytest.raises(NotAllowed):
        workbooks.compare(data, "offers.xlsx", NOBODY, practice=False)
    with transaction():
        workbooks.take_in(data, found.against, COORDINATOR, practice=False)
    titles = {each.title: each for each in reading.offers(False, COORDINATOR)}
    assert set(titles) == {"Another title", "Fresh"}
    giver = reading.find_provider(titles["Fresh"].provider, COORDINATOR)
    assert (giver.names, titles["Another title"].revision) == ({"en": "New Body"}, 1)
    late = workbook_of(replace(kept, title="Too late"))
    with pytest.raises(Stale), transaction():
        workbooks.take_in(late, found.against, COORDINATOR, practice=False)


@pytest.mark.usefixtures("record")
def test_nothing_of_a_workbook_with_a_fault_is_recorded() -> None:
    provider = register_provider()
    data = workbook_of(replace(OFFER, provider=provider), replace(OFFER, provider=provider, title="", id="O-99"))
    found = workbooks.compare(data, "offers.xlsx", COORDINATOR, practice=False)
    assert [(each.where, str(each.says)) for each in found.findings] == [
        ("Offers!A6", "O-99 is not recorded, or is withdrawn."),
        ("Offers!C6", "Give the offer a title."),
    ]
    with pytest.raises(DomainError), transaction():
        workbooks.take_in(data, found.against, COORDINATOR, practice=False)
    assert reading.offers(False, COORDINATOR) == ()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("language", CODES)
def test_the_empty_workbook_opens_in_each_language(language: str) -> None:
    book = load_workbook(io.BytesIO(workbooks.written([], [], language, practice=True)))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "visible", "veryHidden"]
    assert all(bool(sheet.sheet_view.rightToLeft) is (language == "ar") for sheet in book.worksheets[:3])
    validations = book.worksheets[0].data_validations.dataValidation
    assert len(validations) == 2
    assert len(book.worksheets[1].data_validations.dataValidation) == 3


@pytest.mark.usefixtures("record")
def test_a_workbook_of_new_rows_is_taken_in_once() -> None:
    provider = register_provider(names={"en": "Body", "fr": "Corps"})
    data = workbook_of(replace(OFFER, provider=provider, title="Fresh"))
    found = workbooks.compare(data, "offers.xlsx", COORDINATOR, practice=False)
    with transaction():
        workbooks.take_in(data, found.against, COORDINATOR, practice=False)
    with pytest.raises(DomainError), transaction():
        workbooks.take_in(data, found.against, COORDINATOR, practice=False)
    again = workbooks.compare(data, "offers.xlsx", COORDINATOR, practice=False)
    assert [(each.where, str(each.says)) for each in again.findings] == [
        (
            "Offers!A5",
            "O-1 of this provider has the same title: write its number to change it, or another title.",
        )
    ]
    twin = workbook_of(givers=(replace(PROVIDER, names={"en": "CORPS"}),))
    found = workbooks.compare(twin, "offers.xlsx", COORDINATOR, practice=False)
    assert [(each.where, str(each.says)) for each in found.findings] == [
        ("Providers!A5", f"There is a provider of this name: write its number, {provider}.")
    ]
    assert len(reading.offers(False, COORDINATOR)) == 1

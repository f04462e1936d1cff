"""The assistance template: what is written comes back the same, faults are named at their cells, nothing is believed."""

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from assistance_people import NEED, TRANSIT, VALUES
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cpi1540 import paths
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    NeedValues,
    Prefilled,
    Priority,
    Requester,
    RequestValues,
    domains_of,
    in_printed_order,
)
from cpi1540.assistance.requests.request_in_xlsx import read_template
from cpi1540.assistance.requests.request_out_xlsx import write_template
from cpi1540.assistance.requests.request_template import PROBLEMS, AskTemplate
from cpi1540.assistance.requests.service import workbooks
from cpi1540.exchange.wording import english
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.problems import Problem
from cpi1540.foundation.search_text import normalise
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import Handling

LAYOUT = parse_layout((paths.SEED / "layouts/2017.json").read_text("utf-8"), "2017.json")
STATES = {normalise(text): code for code, text in (("KEN", "Kenya"), ("FRA", "France"), ("CIV", "Côte d’Ivoire"))}
STATES |= {normalise(code): code for code in ("KEN", "FRA", "CIV")}
ASK = AskTemplate(STATES, LAYOUT, practice=False, language="fr")
MADE = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
Change = Callable[[Any], None]

letters = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="_\N{NO-BREAK SPACE}")
texts = st.lists(st.text(letters, max_size=30), max_size=3).map("\n".join).map(str.strip)
words = texts.filter(bool)


@st.composite
def needs(draw: st.DrawFn) -> NeedValues:
    fields = in_printed_order(draw(st.sets(st.sampled_from(list(LAYOUT.positions)), max_size=5)), LAYOUT)
    domains = {*draw(st.sets(st.sampled_from(list(Domain)))), *domains_of(fields, LAYOUT)}
    return NeedValues(
        draw(st.sampled_from([kind for kind in Kind if kind is not Kind.NOT_RECORDED])),
        fields,
        tuple(domain for domain in Domain if domain in domains),
        draw(words),
        draw(texts),
        draw(texts),
        draw(texts),
        tuple(sorted(draw(st.sets(st.sampled_from(CODES))))),
        draw(st.none() | st.sampled_from(list(Priority))),
        draw(texts),
    )


requesters = st.one_of(
    st.sets(st.sampled_from(["CIV", "FRA", "KEN"]), min_size=1).map(lambda codes: Requester(tuple(sorted(codes)))),
    st.sampled_from(["CARICOM", "Sistema de la Integración Centroamericana"]).map(lambda name: Requester((), name)),
)
values = st.builds(
    RequestValues,
    requester=requesters,
    channel=st.sampled_from([each for each in Channel if each not in (Channel.PORTAL, Channel.NOT_RECORDED)]),
    formal=st.just(True),
    date=st.none() | st.dates(datetime.date(2004, 5, 1), datetime.date(2030, 1, 1)).map(PartialDate.of),
    language=st.sampled_from(CODES),
    title=words,
    text=texts,
    contact=texts,
    consent=st.sampled_from(list(Consent)),
    consent_on=st.none() | st.dates(datetime.date(2004, 5, 1), datetime.date(2030, 1, 1)),
    handling=st.just(Handling.RESTRICTED),
)
prefilled = st.builds(Prefilled, values, st.lists(needs(), min_size=1, max_size=4).map(tuple))


def written(*requests: Prefilled) -> bytes:
    return write_template(requests, english(), made_at=MADE)


@settings(max_examples=30)
@given(st.lists(prefilled, min_size=1, max_size=3))
def test_what_is_written_comes_back_the_same(requests: list[Prefilled]) -> None:
    reading = read_template(written(*requests), "template.xlsx", ASK)
    assert reading.problems == ()
    assert list(reading.requests) == requests


def test_equal_values_give_equal_bytes() -> None:
    request = Prefilled(VALUES, (NEED,))
    assert written(request) == written(request)


def test_no_text_is_a_formula() -> None:
    request = Prefilled(replace(VALUES, title="=1+1", text="@a"), (replace(NEED, objective="=cmd|' /C calc'!A0"),))
    book = load_workbook(io.BytesIO(written(request)))
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    assert read_template(written(request), "x.xlsx", ASK).requests[0].values.title == "=1+1"


@pytest.mark.parametrize("language", CODES)
def test_a_template_in_any_language_is_filled_by_its_own_lists(read_app: Flask, language: str) -> None:
    with read_app.app_context():
        begun = Prefilled(replace(VALUES, language=language), (replace(NEED, kind=Kind.EQUIPMENT, fields=TRANSIT),))
        data = workbooks.template(language, [begun], practice=False)
        reading = workbooks.read(data, "template.xlsx", practice=False, language="en")
        assert workbooks.read(workbooks.template(language, practice=False), "e.xlsx", practice=False, language="en")
    assert reading.problems == ()
    assert reading.requests[0].values == replace(VALUES, language=language)
    assert reading.requests[0].needs[0].kind is Kind.EQUIPMENT
    assert load_workbook(io.BytesIO(data)).worksheets[0].sheet_view.rightToLeft == (language == "ar" or None)


def place_of(sheet: Any, key: str) -> int:
    return next(int(row) for row in range(1, 60) if sheet.cell(row, 1).value == key)


def head(key: str, value: object) -> Change:
    def change(sheet: Any) -> None:
        sheet.cell(place_of(sheet, key), 3).value = value

    return change


def need(key: str, value: object) -> Change:
    def change(sheet: Any) -> None:
        keys = place_of(sheet, "needs")
        column = next(column for column in range(3, 20) if sheet.cell(keys, column).value == key)
        sheet.cell(keys + 1, column).value = value

    return change


def changed(*changes: Change) -> bytes:
    book = load_workbook(io.BytesIO(written(Prefilled(VALUES, (NEED,)))))
    for change in changes:
        change(book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (head("requester", "KEN; ZZZ"), "unknown-requester", "Request 1!C5"),
        (head("requester", "ZZZ"), "unknown-requester", "Request 1!C5"),
        (head("requester", None), "no-requester", "Request 1!C5"),
        (head("date", "2 November"), "no-date", "Request 1!C6"),
        (head("channel", "by pigeon"), "unknown-choice", "Request 1!C7"),
        (head("title", None), "no-title", "Request 1!C9"),
        (head("title", "=1+1"), "formula", "Request 1!C9"),
        (need("kind", "magic"), "unknown-choice", "Request 1!C17"),
        (need("kind", None), "no-kind", "Request 1!C17"),
        (need("domains", "NW, RW"), "unknown-domain", "Request 1!D17"),
        (need("fields", "op3cd.transit.nw.framework, op9.none"), "unknown-field", "Request 1!E17"),
        (need("languages", "en, de"), "unknown-language", "Request 1!J17"),
        (need("objective", "=A1"), "formula", "Request 1!F17"),
    ],
)
def test_a_fault_is_named_at_its_cell_and_nothing_is_taken(change: Change, code: str, where: str) -> None:
    reading = read_template(changed(change), "template.xlsx", ASK)
    assert (code, where) in [(problem.code, problem.where) for problem in reading.problems]
    assert {problem.code for problem in reading.problems} <= {code, "no-title"}
    assert reading.requests == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (head("requester", "cote d'ivoire ; Kenya"), None),
        (head("requester", " côte d’ivoire;KENYA "), Requester(("CIV", "KEN"))),
        (head("requester", "Community of the Inner Seas"), Requester((), "Community of the Inner Seas")),
    ],
)
def test_requesters_by_name(change: Change, found: Requester | None) -> None:
    reading = read_template(changed(change), "template.xlsx", ASK)
    assert [request.values.requester for request in reading.requests] == ([found] if found else [])


def test_a_row_stands_for_its_fields_and_a_date_cell_for_its_day() -> None:
    data = changed(need("fields", "op3cd.transit"), need("domains", "nw bw"), head("date", datetime.date(2026, 11, 3)))
    (request,) = read_template(data, "template.xlsx", ASK).requests
    assert request.needs[0].fields == tuple(
        f"op3cd.transit.{domain}.{aspect}" for domain in ("nw", "bw") for aspect in ("framework", "enforcement")
    )
    assert str(request.values.date) == "2026-11-03"


def test_other_files_are_refused_with_a_problem() -> None:
    for data, code in (
        (b"no workbook", "wrong-type"),
        (written(), "nothing-filled-in"),
        (foreign(), "no-request-sheet"),
    ):
        reading = read_template(data, "file.xlsx", ASK)
        assert [problem.code for problem in reading.problems] == [code]
    for problem in PROBLEMS:
        assert "%" not in str(workbooks.problem_sentence(Problem(problem, "Request 1!C5", {"found": "x"})))


def foreign() -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()

"""The rules of the register: values as they are spelled, what is wrong with a record, what stands, what is stale."""

import datetime

import pytest
from commitment_cases import AS_OF, TODAY, made, sound_records
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.states import messages
from cpi1540.states.commitment import (
    Commitment,
    Handling,
    commitment_number,
    faults,
    faults_together,
    recorded_for,
    standing,
)
from cpi1540.states.commitment_kind import KINDS, spelled


def codes(record: Commitment) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in faults(record, TODAY)]


def test_the_kinds_that_lenses_name() -> None:
    assert list(KINDS) == [
        "psi-endorsement",
        "ship-boarding-agreement",
        "body-membership",
        "regime-membership",
        "mutual-evaluation-r7",
        "mutual-evaluation-io11",
        "report-1718",
        "report-1737",
        "report-1540",
        "action-plan",
        "contact-point",
        "designations",
    ]
    assert [code for code, kind in KINDS.items() if kind.read_only] == ["body-membership", "regime-membership"]
    assert {code for code, kind in KINDS.items() if kind.stale_months == 60} == {
        "mutual-evaluation-r7",
        "mutual-evaluation-io11",
    }


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("mutual-evaluation-r7", "lc", "LC"),
        ("mutual-evaluation-r7", "NA", "NA"),
        ("mutual-evaluation-r7", "N/A", "NA"),
        ("mutual-evaluation-r7", "n.a.", "NA"),
        ("mutual-evaluation-r7", "РС", "PC"),  # Cyrillic letters
        ("mutual-evaluation-r7", "compliant", None),
        ("mutual-evaluation-io11", "ＨＥ", "HE"),
        ("mutual-evaluation-io11", "C", None),
        ("report-1718", "S/RES/1718 (2006)", "1718 (2006)"),
        ("report-1718", "2397(2017)", "2397 (2017)"),
        ("report-1718", "1718", None),
        ("report-1540", "First", "first"),
        ("designations", "0", "0"),
        ("designations", "012", "12"),
        ("designations", "a dozen", None),
        ("action-plan", "  2021  to 2025 ", "2021 to 2025"),
        ("action-plan", "", ""),
        ("psi-endorsement", "", ""),
        ("psi-endorsement", "yes", None),
        ("report-1540", "", None),
    ],
)
def test_values_are_read_where_their_meaning_is_certain(kind: str, typed: str, value: str | None) -> None:
    assert spelled(KINDS[kind], typed) == value


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (made(), []),
        (made("nonsense"), [("unknown-kind", "kind")]),
        (made("body-membership", value="fatf"), [("read-only-kind", "kind")]),
        (made(value="yes"), [("no-value-here", "value")]),
        (made("mutual-evaluation-r7"), [("no-value", "value")]),
        (made("mutual-evaluation-r7", value="HE"), [("unlisted-value", "value")]),
        (made("report-1737", value="1737"), [("no-resolution", "value")]),
        (made("designations", value="some", authority="List"), [("no-number", "value")]),
        (made("designations", value="4"), [("no-authority", "authority")]),
        (made("ship-boarding-agreement"), [("no-authority", "authority")]),
        (made(authority="France"), [("no-authority-here", "authority")]),
        (made(source=""), [("no-source", "source")]),
        (made(url="javascript:alert(1)"), [("no-address", "url")]),
        (made(url="https://"), [("no-address", "url")]),
        (made(revises="NAM-C1"), [("not-revisable", "revises")]),
        (made(as_of=None), [("no-as-of", "as_of")]),
        (made(as_of=TODAY + datetime.timedelta(days=1)), [("in-the-future", "as_of")]),
        (made(date="2027"), [("in-the-future", "date")]),
        (made(date="2026-07"), [("after-its-source", "date")]),
        (made(ended="2026-06-02"), [("after-its-source", "ended")]),
        (made(date="2010", ended="2009-12-31"), [("ended-before", "ended")]),
        (made(date="2010-11", ended="2010"), []),
        (made(note="n" * 2001), [("too-long", "note")]),
    ],
)
def test_what_is_wrong_with_a_record(record: Commitment, found: list[tuple[str, str]]) -> None:
    assert codes(record) == found


def test_every_problem_has_its_sentence() -> None:
    for record in (made("designations", value="x"), made("report-1718", value="x"), made(note="n" * 2001, date="2027")):
        for problem in faults(record, TODAY):
            assert "%" not in str(messages.problem_sentence(problem))


@given(sound_records())
def test_sound_records_have_no_faults(record: Commitment) -> None:
    assert faults(record, TODAY) == []


PLAN = made("action-plan", value="2014 to 2018", id="NAM-C1")
REVISED = made("action-plan", value="2019 to 2023", revises="NAM-C1", id="NAM-C2")


def together(*records: Commitment) -> list[tuple[str | None, str, str]]:
    return [(record.id, problem.code, problem.where) for record, problem in faults_together(records)]


def test_a_revision_takes_the_place_of_what_it_revises() -> None:
    assert standing([PLAN, REVISED]) == (REVISED,)
    assert together(PLAN, REVISED) == []
    assert together(REVISED) == [("NAM-C2", "unknown-revised", "revises")]
    rating = made("mutual-evaluation-r7", value="C", id="NAM-C3")
    assert together(PLAN, rating, made("action-plan", revises="NAM-C3", id="NAM-C4")) == [
        ("NAM-C4", "unknown-revised", "revises")
    ]


def test_revisions_never_go_round() -> None:
    first = made("action-plan", value="a", revises="NAM-C2", id="NAM-C1")
    second = made("action-plan", value="b", revises="NAM-C1", id="NAM-C2")
    assert together(first, second) == [
        ("NAM-C1", "revises-itself", "revises"),
        ("NAM-C2", "revises-itself", "revises"),
    ]
    assert together(made("action-plan", revises="NAM-C1", id="NAM-C1")) == [("NAM-C1", "revises-itself", "revises")]


@given(st.lists(st.integers(0, 8), min_size=8, max_size=8))
def test_who_comes_to_a_record_twice_goes_round(revised: list[int]) -> None:
    """Record n revises record ``revised[n - 1]``, 0: none; whatever the order in which they are looked at."""
    records = [
        made("action-plan", value=str(n), id=f"NAM-C{n}", revises=f"NAM-C{behind}" if behind else None)
        for n, behind in enumerate(revised, 1)
    ]
    round_ = []
    for n in range(1, 9):
        reached = n
        for _step in range(9):  # more steps than records: who has not come to an end by then never does
            reached = revised[reached - 1] if reached else 0
        if reached:
            round_.append((f"NAM-C{n}", "revises-itself", "revises"))
    assert [each for each in together(*records) if each[1] == "revises-itself"] == round_


def test_one_record_of_some_kinds_stands_at_a_time() -> None:
    first = made(date="2004", id="NAM-C1")
    again = made(date="2016", id="NAM-C2")
    assert together(first, again) == [("NAM-C2", "stands-already", "kind")]
    assert together(made(date="2004", ended="2009", id="NAM-C1"), again) == []
    rating = made("mutual-evaluation-r7", value="PC", date="2015", id="NAM-C3")
    rerated = made("mutual-evaluation-r7", value="LC", date="2019", revises="NAM-C3", id="NAM-C4")
    assert together(rating, rerated) == []


def test_the_same_is_recorded_once() -> None:
    first = made("ship-boarding-agreement", authority="Liberia", date="2010", id="NAM-C1")
    again = made("ship-boarding-agreement", authority="LIBERIA", date="2010", source="elsewhere", id="NAM-C2")
    assert together(first, again) == [("NAM-C2", "recorded-already", "kind")]


def test_what_is_stale() -> None:
    day = datetime.date(2024, 11, 24)
    assert not made(as_of=day).stale(TODAY)
    assert made(as_of=day - datetime.timedelta(days=1)).stale(TODAY)
    assert not made(as_of=day - datetime.timedelta(days=1), ended="2020").stale(TODAY)
    rating = made("mutual-evaluation-r7", value="C", as_of=datetime.date(2021, 11, 24))
    assert not rating.stale(TODAY)
    assert made("mutual-evaluation-r7", value="C", as_of=datetime.date(2021, 11, 23)).stale(TODAY)
    assert not made(as_of=None).stale(TODAY)


def test_what_everybody_may_read() -> None:
    assert made(handling=Handling.INTERNAL).for_the_public() is None
    assert made(note="seen").for_the_public() == made(note="seen")
    contact = made("contact-point", authority="Ministry", note="a telephone number", date="2012")
    assert contact.for_the_public() == made("contact-point", date="2012")


def test_recorded_for_n_states() -> None:
    records = {"NAM": [PLAN, REVISED], "FRA": [made(ended="2009")], "CIV": []}
    assert recorded_for(records) == 1
    assert recorded_for(records, "action-plan") == 1
    assert recorded_for(records, "psi-endorsement") == 0


def test_identifiers() -> None:
    assert commitment_number("NAM-C12", "NAM") == 12
    for text in ("NAM-C0", "NAM-C012", "NAM-M1", "FRA-C1", "nam-c1", "NAM-C1 ", "NAM-C9999999"):
        assert commitment_number(text, "NAM") is None
    assert AS_OF < TODAY

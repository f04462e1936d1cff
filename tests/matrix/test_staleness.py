"""When a source has become too old: its table, its repeal, its document."""

import datetime

import pytest

from cpi1540.matrix.proposal import Wish, fulfilled
from cpi1540.matrix.record import Basis, Code, Entry, Source
from cpi1540.matrix.staleness import KnownMeasure, Why, judge

TODAY = datetime.date(2026, 11, 24)
LAW = Source(measure="FRA-M1")


def law(repealed: datetime.date | None = None, seen: datetime.date | None = None) -> dict[str, KnownMeasure]:
    return {"FRA-M1": KnownMeasure({"en": "An act"}, repealed, seen)}


@pytest.mark.parametrize(
    ("known", "source", "why"),
    [
        (law(), LAW, None),
        (law(repealed=TODAY), LAW, Why.REPEALED),
        (law(repealed=TODAY + datetime.timedelta(days=1)), LAW, None),
        (law(seen=datetime.date(2016, 11, 24)), LAW, None),
        (law(seen=datetime.date(2016, 11, 23)), LAW, Why.OLD_DOCUMENT),
        ({}, LAW, None),
        ({}, Source("A text"), None),
        ({}, Source(as_of=datetime.date(2024, 11, 24)), None),
        ({}, Source(as_of=datetime.date(2024, 11, 23)), Why.OLD_TABLE),
    ],
)
def test_why_a_source_is_stale(known: dict[str, KnownMeasure], source: Source, why: Why | None) -> None:
    assert judge(known, TODAY, TODAY, 120)(source) is why


def test_a_wish_keeps_what_it_does_not_speak_of() -> None:
    entry = Entry(Code.FOUND, Basis.REFERENCE, (LAW,), "A remark", "en")
    assert fulfilled(entry, Wish("op2.use.nw.framework", comment="Thank you"), "fr") == entry


def test_a_wish_takes_the_State_at_its_word() -> None:
    wish = Wish("op2.use.nw.framework", True, Code.FOUND, "Loi 5, art. 2", "Voir la loi")
    made = fulfilled(Entry(Code.BLANK), wish, "fr")
    assert made == Entry(Code.FOUND, Basis.ASSERTED, (Source("Loi 5, art. 2", "fr"),), "Voir la loi", "fr")
    assert fulfilled(made, wish, "fr") == made

"""Records of the register, made up: one by one, and any sound one for laws."""

import datetime
from typing import Any

from hypothesis import strategies as st

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states.commitment import Commitment, Confidence, Handling, commitment_id
from cpi1540.states.commitment_kind import RECORDED_KINDS, CommitmentKind, ValueForm

TODAY = datetime.date(2026, 11, 24)
AS_OF = datetime.date(2026, 6, 1)


def made(kind: str = "psi-endorsement", **parts: Any) -> Commitment:
    """A sound record of Namibia, with some parts otherwise."""
    values = {"state": "NAM", "kind": kind, "source": "List of the office", "as_of": AS_OF, **parts}
    for name in ("date", "ended"):
        if isinstance(values.get(name), str):
            values[name] = PartialDate.parse(values[name])
    return Commitment(**values)


_DAYS = st.dates(datetime.date(1990, 1, 1), AS_OF)
_DATES = st.one_of(
    _DAYS.map(PartialDate.of),
    _DAYS.map(lambda day: PartialDate(day.year, day.month)),
    _DAYS.map(lambda day: PartialDate(day.year)),
)
# What makes cells of a file difficult: starts of formulas, apostrophes, quotes, separators, other scripts.
_LETTERS = st.sampled_from("=+-@'\"`,;|\\/ aZ09é中تЖNA\N{ZERO WIDTH NO-BREAK SPACE}")
_LINES = st.text(_LETTERS, max_size=12).map(lambda text: "".join(c for c in text if c.isprintable()).strip())
_NOTES = st.lists(_LINES.filter(bool), max_size=3).map("\n".join)


def _value(kind: CommitmentKind) -> st.SearchStrategy[str]:
    if kind.value is ValueForm.NUMBER:
        return st.integers(0, 10**6).map(str)
    if kind.value is ValueForm.TEXT:
        return _LINES.map(lambda text: " ".join(text.split()))
    return st.sampled_from(sorted(kind.values)) if kind.values else st.just("")


@st.composite
def sound_records(draw: st.DrawFn) -> Commitment:
    """Any record that has nothing wrong with it by itself; it revises none."""
    kind = draw(st.sampled_from(RECORDED_KINDS))
    date, ended = sorted([draw(_DATES), draw(_DATES)], key=lambda each: each.first_day)
    authority = draw(_LINES.filter(bool)) if kind.authority else ""
    return Commitment(
        draw(st.sampled_from(["NAM", "FRA", "CIV"])),
        kind.code,
        draw(_LINES.filter(bool)),
        AS_OF,
        draw(_value(kind)),
        draw(st.sampled_from([None, date])),
        authority,
        draw(st.sampled_from(["", "https://example.org/list?a=1,2;b='"])),
        draw(_NOTES),
        draw(st.sampled_from(list(Handling))),
        draw(st.sampled_from(list(Confidence))),
        draw(st.sampled_from([None, ended])),
    )


@st.composite
def sound_registers(draw: st.DrawFn) -> list[Commitment]:
    """Numbered records of several States, no two alike, one standing of a kind of which only one may."""
    records: list[Commitment] = []
    keys, alone = set(), set()
    for number, record in enumerate(draw(st.lists(sound_records(), max_size=8)), 1):
        held = (record.state, record.kind)
        single = not record.about.several and record.ended is None
        if (record.state, record.key) in keys or (single and held in alone):
            continue
        keys.add((record.state, record.key))
        if single:
            alone.add(held)
        parts = {part: getattr(record, part) for part in record.__slots__}
        records.append(Commitment(**{**parts, "id": commitment_id(record.state, number)}))
    return records

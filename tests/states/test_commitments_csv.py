"""The register as a file: what goes out comes back unchanged; what is wrong is told by line and column."""

import csv
import io
from typing import Any

import pytest
from commitment_cases import TODAY, made, sound_registers
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.foundation.files.csv_guard import FORMULA, guarded, unguarded
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states import messages
from cpi1540.states.commitment import Commitment, Confidence, Handling, commitment_number
from cpi1540.states.commitment_import import Comparison, Register, compared
from cpi1540.states.commitments_csv import COLUMNS, LARGEST, read, written

STATES = ("NAM", "FRA", "CIV")
RECORD = {"state": "NAM", "kind": "psi-endorsement", "source": "A list", "as_of": "2026-06-01"}


def registers(records: list[Commitment], withdrawn: tuple[int, ...] = ()) -> dict[str, Register]:
    return {
        state: Register(
            {each.id or "": each for each in records if each.state == state},
            frozenset({commitment_number(each.id or "", state) or 0 for each in records if each.state == state})
            | frozenset(withdrawn if state == "NAM" else ()),
        )
        for state in STATES
    }


def file(*rows: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def against(content: bytes, records: list[Commitment] | None = None, withdrawn: tuple[int, ...] = ()) -> Comparison:
    return compared(read(content), registers(records or [], withdrawn), TODAY)


def told(content: bytes, *arguments: Any) -> list[tuple[str, str]]:
    comparison = against(content, *arguments)
    for problem in comparison.problems:
        assert "%(" not in str(messages.problem_sentence(problem))
    return [(problem.code, problem.where) for problem in comparison.problems]


@given(st.text(max_size=8))
def test_what_is_guarded_says_the_same(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)


@given(sound_registers())
def test_out_and_in_changes_nothing(records: list[Commitment]) -> None:
    content = written(records).encode()
    comparison = against(content, records)
    assert (comparison.lines, comparison.changes, comparison.problems) == (len(records), (), ())
    assert not any(cell.startswith(FORMULA) for row in csv.reader(io.StringIO(content.decode())) for cell in row)


@given(sound_registers())
def test_into_an_empty_register_it_makes_the_same_records(records: list[Commitment]) -> None:
    comparison = against(written(records).encode())
    assert comparison.problems == ()
    assert [change.after for change in comparison.changes] == records


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_new_record_whatever_parts_its_cells(delimiter: str) -> None:
    row = {
        **RECORD,
        "state": "nam",
        "kind": "mutual-evaluation-r7",
        "value": "NA",
        "date": "2015-05",
        "note": "a, b; c",
    }
    (change,) = against(file(row, delimiter=delimiter), [made(id="NAM-C4")]).changes
    expected = made("mutual-evaluation-r7", value="NA", date="2015-05", note="a, b; c", source="A list", id="NAM-C5")
    assert (change.line, change.before, change.after) == (2, None, expected)


def test_columns_in_any_order() -> None:
    (change,) = against(file(RECORD, columns=tuple(reversed(COLUMNS)))).changes
    assert change.after == made(source="A list", id="NAM-C1")


def test_a_line_without_identifier_speaks_of_the_same_record() -> None:
    known = made(source="An older list", id="NAM-C2", revision=3)
    (change,) = against(file(RECORD), [known]).changes
    assert change.parts == ("source",)
    assert change.before == known
    assert change.after == made(source="A list", id="NAM-C2", revision=3)


def test_a_changed_line_tells_what_it_changes() -> None:
    known = made(id="NAM-C1", date="2004")
    row = {**RECORD, "id": "NAM-C1", "date": "2004-05-31", "ended": "2020", "handling": "Internal"}
    row |= {"confidence": "provisional"}
    (change,) = against(file(row), [known]).changes
    assert change.parts == ("date", "source", "handling", "confidence", "ended")
    assert change.after.date == PartialDate(2004, 5, 31)
    assert (change.after.handling, change.after.confidence) == (Handling.INTERNAL, Confidence.REMEMBERED)


def test_a_plan_and_its_revision_in_one_file() -> None:
    plan = {**RECORD, "kind": "action-plan", "id": "NAM-C7", "value": "2014"}
    revision = {**RECORD, "kind": "action-plan", "value": "2019", "revises": "NAM-C7"}
    comparison = against(file(revision, plan))
    assert comparison.problems == ()
    assert [(change.after.id, change.after.revises) for change in comparison.changes] == [
        ("NAM-C8", "NAM-C7"),
        ("NAM-C7", None),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"state": ""}, ("no-state", "2, state")),
        ({"state": "NA"}, ("unknown-state", "2, state")),
        ({"state": "XAA"}, ("unknown-state", "2, state")),
        ({"id": "FRA-C1"}, ("no-identifier", "2, id")),
        ({"id": "NAM-C100000"}, ("no-identifier", "2, id")),
        ({"id": "NAM-C9"}, ("withdrawn-record", "2, id")),
        ({"kind": "psi"}, ("unknown-kind", "2, kind")),
        ({"kind": ""}, ("unknown-kind", "2, kind")),
        ({"kind": "regime-membership", "value": "nsg"}, ("read-only-kind", "2, kind")),
        ({"kind": "report-1718", "value": "1718"}, ("no-resolution", "2, value")),
        ({"date": "28/10/2004"}, ("no-partial-date", "2, date")),
        ({"ended": "Oct-04"}, ("no-partial-date", "2, ended")),
        ({"as_of": "2026-06"}, ("no-day", "2, as_of")),
        ({"as_of": ""}, ("no-as-of", "2, as_of")),
        ({"as_of": "2026-13-40"}, ("no-day", "2, as_of")),
        ({"source": " "}, ("no-source", "2, source")),
        ({"handling": "secret"}, ("unknown-word", "2, handling")),
        ({"confidence": "sure"}, ("unknown-word", "2, confidence")),
        ({"revises": "NAM-C3"}, ("not-revisable", "2, revises")),
        ({"kind": "action-plan", "revises": "NAM-C3"}, ("unknown-revised", "2, revises")),
    ],
)
def test_every_fault_with_its_place(row: dict[str, str], problem: tuple[str, str]) -> None:
    assert told(file({**RECORD, **row}), None, (9,)) == [problem]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    good = {**RECORD, "state": "FRA"}
    rows = [{**RECORD, "source": "", "as_of": "soon"}, good, {**RECORD, "state": "QQQ"}, {**good, "id": "FRA-C1"}]
    assert told(file(*rows), [made(state="FRA", id="FRA-C1")]) == [
        ("no-day", "2, as_of"),
        ("no-source", "2, source"),
        ("unknown-state", "4, state"),
        ("repeated-record", "5, id"),
    ]


def test_the_place_is_right_after_a_note_of_several_lines() -> None:
    rows = [{**RECORD, "note": "first\nsecond\nthird"}, {**RECORD, "state": "FRA", "as_of": ""}]
    assert told(file(*rows)) == [("no-as-of", "5, as_of")]


def test_two_that_cannot_stand_together() -> None:
    assert told(file({**RECORD, "date": "2004"}, {**RECORD, "date": "2010"})) == [("stands-already", "3, kind")]
    assert told(file({**RECORD, "date": "2010"}), [made(date="2004", id="NAM-C1")]) == [("stands-already", "2, kind")]
    assert told(file(RECORD, RECORD)) == [("recorded-already", "3, kind"), ("stands-already", "3, kind")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (file(RECORD).decode("utf-8-sig").replace("A list", "Données").encode("latin-1"), ("no-utf-8", "2")),
        ("state,id\r\n".encode("utf-16"), ("no-utf-8", "1")),
        (b"a\0b", ("no-utf-8", "1")),
        (b"x" * (LARGEST + 1), ("too-large", "1")),
        (file(RECORD) + b'NAM,"x', ("no-csv", "3")),
        (file(RECORD) + b"NAM,x\r\n", ("other-number-of-cells", "3")),
        (file(RECORD, columns=COLUMNS[:-1]), ("missing-column", "1")),
        (file(RECORD, columns=(*COLUMNS, "rank")), ("unknown-column", "1")),
        (file(RECORD, columns=(*COLUMNS, "note")), ("repeated-column", "1")),
    ],
)
def test_a_file_that_cannot_be_taken(content: bytes, problem: tuple[str, str]) -> None:
    assert told(content) == [problem]


def test_an_empty_file_names_the_columns() -> None:
    assert {code for code, _where in told(b"")} == {"missing-column"}
    assert against(file()).changes == ()


def test_what_was_compared_is_known_again() -> None:
    before = against(file({**RECORD, "id": "NAM-C1"}), [made(id="NAM-C1")])
    same = against(file({**RECORD, "id": "NAM-C1"}), [made(id="NAM-C1")])
    later = against(file({**RECORD, "id": "NAM-C1"}), [made(id="NAM-C1", revision=1)])
    assert before.against == same.against
    assert before.against != later.against

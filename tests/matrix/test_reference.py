"""OP 1 from treaty and regime records, on the loaded data and on made-up records."""

import datetime
from collections import Counter

import pytest

from cpi1540 import paths
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.messages import STATEMENTS, statement_sentence
from cpi1540.matrix.record import Basis, Code, Entry
from cpi1540.matrix.reference import fresh_lists, op1_entries
from cpi1540.states import seed_files
from cpi1540.states.instruments import Action, ActionKind
from cpi1540.states.staleness import is_stale

DATA = seed_files.read(paths.SEED)
INSTRUMENTS = {instrument.code: instrument for instrument in DATA.instruments}
AS_OF = max(action.as_of for action in DATA.actions)
LISTS = fresh_lists(DATA.actions, INSTRUMENTS, AS_OF)
ENTRIES = {
    state.code: op1_entries([a for a in DATA.actions if a.state == state.code], INSTRUMENTS, AS_OF, LISTS)
    for state in DATA.states
}
NONE = Entry()


def codes(row: str) -> Counter[Code | None]:
    return Counter(entries.get(f"op1.{row}", NONE).code for entries in ENTRIES.values())


def said(entry: Entry) -> list[str]:
    return [str(statement_sentence(source.statement)) if source.statement else source.text for source in entry.sources]


def test_parties() -> None:
    assert datetime.date(2026, 8, 22) == AS_OF
    found = {row: codes(row)[Code.FOUND] for row in ("npt", "cwc", "bwc", "ctbt", "icsant", "nwfz")}
    assert found == {"npt": 189, "cwc": 189, "bwc": 185, "ctbt": 176, "icsant": 94, "nwfz": 103}


def test_who_is_not_a_party_in_a_fresh_table() -> None:
    assert codes("npt")[Code.BLANK] == 4
    assert codes("ctbt") == {Code.FOUND: 176, Code.BLANK: 16, Code.INCOMPLETE: 1}
    assert said(ENTRIES["RUS"]["op1.ctbt"])[0].startswith("Signatory; ratification revoked on 2023-11-03.")
    assert "does not tell signature" in said(ENTRIES["IND"]["op1.npt"])[0]


def test_who_is_not_a_party_in_an_old_table_is_not_reviewed_and_says_so() -> None:
    for state, row in (("ISR", "cwc"), ("USA", "icsant")):
        entry = ENTRIES[state][f"op1.{row}"]
        assert entry.code is None
        assert said(entry) == ["Not a party on 2015-03-14 according to zmjones/untreaties 003ce130 (scrape of UNTC)."]


def test_records_with_something_to_note() -> None:
    assert len(said(ENTRIES["PRK"]["op1.npt"])) == 2
    assert "2003-01-10" in said(ENTRIES["PRK"]["op1.npt"])[1]
    assert ENTRIES["PRK"]["op1.npt"].code is Code.FOUND
    assert any("suspended on 2023-02-24" in text for text in said(ENTRIES["RUS"]["op1.membership"]))
    assert said(ENTRIES["AGO"]["op1.cwc"])[0].startswith("Party; the date is not known.")
    assert "2015-07-08" in said(ENTRIES["MMR"]["op1.cwc"])[0]


def test_where_two_sources_list_a_member_both_are_named() -> None:
    sources = [source.statement for source in ENTRIES["FRA"]["op1.other-arrangements"].sources if source.statement]
    named = {each.params["source"] for each in sources if each.params["instrument"] == "nsg"}
    assert len(named) == 2


@pytest.mark.parametrize(
    ("state", "row", "body"),
    [
        ("ISR", "membership", "FATF"),
        ("MYS", "membership", "FATF"),
        ("SAU", "membership", "FATF"),
        ("NZL", "other-arrangements", "the Zangger Committee"),
    ],
)
def test_where_two_sources_differ_both_are_named(state: str, row: str, body: str) -> None:
    entry = ENTRIES[state][f"op1.{row}"]
    assert entry.code is Code.FOUND
    (differing,) = [text for text in said(entry) if text.startswith("Another source differs")]
    assert "CIA World Factbook" in differing
    assert differing.endswith(f"does not name this State among the members of {body}")
    assert any("Source: internacia-db 6f69d841" in text for text in said(entry))


def test_rows_without_a_table_are_not_reviewed() -> None:
    for row in ("cppnm", "cppnm-amendment", "geneva-protocol", "iaea", "hcoc", "statement-non-provision"):
        assert codes(row) == {None: 193}


def test_laws_of_every_derived_entry() -> None:
    for entries in ENTRIES.values():
        for key, entry in entries.items():
            assert entry.sources, key
            assert (entry.basis is Basis.REFERENCE) == (entry.code is Code.FOUND)
            assert entry.code is not Code.NOT_APPLICABLE
            assert all(source.as_of for source in entry.sources)
            if key in ("op1.nwfz", "op1.other-conventions", "op1.other-arrangements", "op1.membership"):
                assert entry.code is Code.FOUND


def test_every_statement_has_its_sentence() -> None:
    used = {
        source.statement.code
        for entries in ENTRIES.values()
        for entry in entries.values()
        for source in entry.sources
        if source.statement
    }
    assert used <= set(STATEMENTS)


def test_a_state_that_a_fresh_complete_table_leaves_out_is_blank() -> None:
    entries = op1_entries([], INSTRUMENTS, AS_OF, LISTS)
    assert {key: entry.code for key, entry in entries.items()} == {
        "op1.npt": Code.BLANK,
        "op1.ctbt": Code.BLANK,
        "op1.bwc": Code.BLANK,
    }
    (source,) = entries["op1.npt"].sources
    assert source.statement and source.statement.params["source"].startswith("survivalscores.org")
    assert op1_entries([], INSTRUMENTS, AS_OF, {}) == {}


def made(kind: str, date: str | None, source: str, as_of: str, instrument: str = "icsant") -> Action:
    dated = PartialDate.parse(date) if date else None
    return Action("XAA", instrument, ActionKind(kind), dated, source, datetime.date.fromisoformat(as_of))


def only(*actions: Action) -> Entry:
    (entry,) = op1_entries(actions, {actions[0].instrument: INSTRUMENTS[actions[0].instrument]}, AS_OF, LISTS).values()
    return entry


def test_a_notice_alone_does_not_hide_that_the_table_leaves_the_state_out() -> None:
    entry = only(made("notice-of-withdrawal", "2003-01-10", "a note", "2026-08-22", "npt"))
    assert entry.code is Code.BLANK
    assert [text.split(" on ")[0] for text in said(entry)][1] == "Notice of withdrawal"


def test_the_newest_record_gives_the_age_of_a_signature() -> None:
    signed = made("signature", "2005-09-14", "an old scrape", "2015-03-14")
    assert only(signed).code is None
    for kind in ("listed-signatory", "listed-neither"):
        entry = only(signed, made(kind, None, "a fresh list", "2026-01-01"))
        assert entry.code is Code.INCOMPLETE
    assert said(entry)[1] == "Not a party on 2026-01-01 according to a fresh list."


def test_a_source_that_contradicts_a_party_is_named_unless_it_is_older_than_the_joining() -> None:
    joined = made("accession", "2012-05-02", "one list", "2015-03-14")
    later = only(joined, made("listed-neither", None, "another list", "2026-01-01"))
    assert later.code is Code.FOUND
    assert said(later)[1:] == ["Not a party on 2026-01-01 according to another list."]
    assert len(said(only(joined, made("listed-neither", None, "another list", "2010-01-01")))) == 1


def test_a_state_that_withdrew_is_blank_and_nothing_is_said_of_its_signature() -> None:
    joined = made("accession", "1990", "a list", "2026-01-01")
    entry = only(joined, made("withdrawal", "2001-06-01", "a list", "2026-01-01"))
    assert entry.code is Code.BLANK
    assert said(entry) == ["Not a party on 2026-01-01 according to a list."]


def test_a_fresh_signatory_is_incomplete_and_an_old_one_not_reviewed() -> None:
    for as_of, code in (("2024-08-22", Code.INCOMPLETE), ("2024-08-21", None)):
        signed = Action(
            "XAA", "icsant", ActionKind.SIGNATURE, PartialDate(2005), "a list", datetime.date.fromisoformat(as_of)
        )
        assert op1_entries([signed], INSTRUMENTS, AS_OF, {})["op1.icsant"].code is code


@pytest.mark.parametrize(
    ("as_of", "on", "stale"),
    [
        ("2024-08-22", "2026-08-22", False),
        ("2024-08-21", "2026-08-22", True),
        ("2024-02-29", "2026-02-28", False),
        ("2024-02-29", "2026-03-01", True),
        ("2026-08-22", "2026-08-22", False),
        ("2015-03-14", "2026-08-22", True),
    ],
)
def test_stale_after_24_months(as_of: str, on: str, stale: bool) -> None:
    assert is_stale(datetime.date.fromisoformat(as_of), datetime.date.fromisoformat(on)) is stale

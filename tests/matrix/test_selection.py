"""Many fields at once: which are meant, and what becomes of them."""

import pytest
from desk_people import entries
from hypothesis import given
from hypothesis import strategies as st

from cpi1540 import paths
from cpi1540.matrix import selection
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import NOT_REVIEWED, Basis, Code, Entry, Source
from cpi1540.matrix.selection import Selection

LAYOUT = parse_layout((paths.SEED / "layouts" / "2017.json").read_text("utf-8"), "2017.json")
KEYS = [field.key for field in LAYOUT.fields]
LAW = Source(measure="FRA-M1", pinpoint="art. 5")


def test_a_row_and_a_column_and_a_field() -> None:
    asked = Selection(frozenset({"op1.npt"}), frozenset({"op2.use"}), frozenset({"op3cd.cw.enforcement"}))
    found = selection.chosen(LAYOUT, asked)
    assert found[0] == "op1.npt"
    assert [key for key in found if key.startswith("op2.")] == [
        f"op2.use.{domain}.{aspect}" for domain in ("nw", "cw", "bw") for aspect in ("framework", "enforcement")
    ]
    assert sum(key.startswith("op3cd.") for key in found) == 26
    assert len(found) == 1 + 6 + 26


def test_unknown_names_mean_nothing() -> None:
    assert selection.chosen(LAYOUT, Selection(frozenset({"op9.x"}), frozenset({"op2"}), frozenset({"nw"}))) == ()


@given(st.sets(st.sampled_from(KEYS)))
def test_what_is_chosen_is_in_printed_order(keys: set[str]) -> None:
    found = selection.chosen(LAYOUT, Selection(frozenset(keys)))
    assert set(found) == keys
    assert list(found) == sorted(found, key=LAYOUT.positions.__getitem__)


@given(entries())
def test_citing_twice_cites_once(entry: Entry) -> None:
    cite = selection.cite(LAW, Code.FOUND, Basis.REFERENCE)
    once = cite(entry)
    assert cite(once) == once
    assert (once.code, once.basis, once.remarks) == (Code.FOUND, Basis.REFERENCE, entry.remarks)
    assert once.sources[: len(entry.sources)] == entry.sources


@given(entries())
def test_citing_without_a_code_leaves_the_code(entry: Entry) -> None:
    cited = selection.cite(LAW, None, None)(entry)
    assert (cited.code, cited.basis) == (entry.code, entry.basis)


@pytest.mark.parametrize(("code", "basis"), [(Code.INCOMPLETE, Basis.REFERENCE), (None, Basis.ASSERTED)])
def test_only_an_x_has_a_basis(code: Code | None, basis: Basis) -> None:
    assert selection.set_code(code, basis)(Entry(Code.FOUND, Basis.REFERENCE)).basis is None


@given(st.dictionaries(st.sampled_from(KEYS), entries(), max_size=40))
def test_only_what_changes_is_told(record: dict[str, Entry]) -> None:
    cleared = selection.changed(record, KEYS, selection.clear)
    assert cleared == {key: NOT_REVIEWED for key, entry in record.items() if entry != NOT_REVIEWED}


@given(st.dictionaries(st.sampled_from(KEYS), entries(), max_size=40), st.sampled_from(list(Domain)))
def test_copied_from_a_domain_the_fields_are_as_there(record: dict[str, Entry], domain: Domain) -> None:
    made = selection.from_domain(record, KEYS, domain)
    for key, entry in made.items():
        section, row, own, aspect = key.split(".")
        assert own != domain
        assert entry == record[f"{section}.{row}.{domain}.{aspect}"]
    assert selection.from_domain({**record, **made}, KEYS, domain) == {}


@given(st.dictionaries(st.sampled_from(KEYS), entries(), max_size=20))
def test_copied_from_a_version_the_fields_are_as_there(other: dict[str, Entry]) -> None:
    made = selection.from_version({}, KEYS, other)
    assert {**dict.fromkeys(other, NOT_REVIEWED), **made} == other

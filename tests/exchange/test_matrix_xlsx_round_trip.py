"""What is written is read back as the same; what was changed is told, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from workbook_cases import SAMPLE, edited, entries, faults, matrices, matrix, put, read, told, wording, written

from cpi1540.exchange.cell_text import plain
from cpi1540.exchange.proposal import change_json
from cpi1540.exchange.row_text import RowWriting
from cpi1540.locales import CODES
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import NOT_REVIEWED, Basis, Code, Entry, Matrix, Source
from cpi1540.paths import SEED

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.parametrize("code", CODES)
@FEW
@given(of=matrices())
def test_an_unchanged_file_changes_nothing(code: str, of: Matrix) -> None:
    proposal = read(written(of, code), of)
    assert (proposal.changes, proposal.problems, proposal.notes) == ((), (), ())
    assert (proposal.state, proposal.layout, proposal.language, proposal.version) == ("XAA", "small", code, 3)


@FEW
@given(of=matrices(), other=matrices())
def test_an_unchanged_file_changes_nothing_though_the_record_moved_on(of: Matrix, other: Matrix) -> None:
    proposal = read(written(of), other)
    assert (proposal.changes, proposal.problems) == ((), ())


@FEW
@given(of=matrices(), field=st.sampled_from(list(SAMPLE.entries)), entry=entries(), code=st.sampled_from(CODES))
def test_the_changes_make_the_record_say_what_the_file_says(of: Matrix, field: str, entry: Entry, code: str) -> None:
    """The cells of another matrix put into the file: the changes lead from the one matrix to the other."""
    wanted = replace(of, entries={**of.entries, field: entry})

    def edit(book: object) -> None:
        from workbook_cases import SMALL, cell

        from cpi1540.exchange.printed_form import Content, columns, printed_rows

        writing = RowWriting(wording(code))
        for section in SMALL.sections:
            for row in printed_rows(section):
                for column in columns(section.shape):
                    if column.content in (Content.NUMBER, Content.LABEL):
                        continue
                    before, after = (writing.cell(row, column, one.entries) for one in (of, wanted))
                    if before != after:
                        found = cell(book, row.key, column.key)
                        found.value = after or None
                        found.data_type = "s" if after else "n"

    proposal = read(edited(written(of, code), edit), of)
    if {problem.code for problem in proposal.problems} <= {"misplaced-code"} and proposal.problems:
        return
    assert proposal.problems == ()
    assert set(proposal.entries) <= {field}
    after = proposal.entries.get(field, of.entries[field])
    writing = RowWriting(wording(code))
    assert after.code is entry.code
    assert (after.basis is Basis.ASSERTED) == (entry.basis is Basis.ASSERTED)
    assert writing.sources(after) == writing.sources(entry)
    assert plain(after.remarks) == plain(entry.remarks)


def test_the_real_layout_comes_back_unchanged() -> None:
    layout = parse_layout((SEED / "layouts" / "2017.json").read_text("utf-8"), "2017.json")
    full = [
        Entry(Code.FOUND, Basis.ASSERTED, (Source("Law 1", "en"), Source(measure="XAA-M1"))),
        Entry(Code.BLANK, remarks="See page 2"),
        NOT_REVIEWED,
        Entry(Code.INCOMPLETE),
        Entry(Code.NOT_APPLICABLE),
    ]
    of = matrix({field.key: full[place % 5] for place, field in enumerate(layout.fields)}, layout)
    for code in CODES:
        proposal = read(written(of, code, layout), of, layouts={"2017": layout})
        assert (proposal.changes, proposal.problems, proposal.notes) == ((), (), ())


@pytest.mark.parametrize(
    ("row", "column", "value", "changes"),
    [
        ("op1.cwc", "code", "X", [("op1.cwc", "code", "", "X")]),
        ("op1.cwc", "code", None, [("op1.cwc", "code", "", None)]),
        ("op1.npt", "code", "–", [("op1.npt", "code", "X", "")]),
        ("op1.npt", "code", "X*", [("op1.npt", "basis", "reference", "asserted")]),
        ("op2.finance", "code.bw.framework", "n.a.", [("op2.finance.bw.framework", "code", None, "NA")]),
        ("op3ab.licensing.cw", "code.enforcement", "?", [("op3ab.licensing.cw.enforcement", "code", None, "?")]),
        (
            "op2.make",
            "sources.framework",
            "NW: Penal Code (en), art. 6 [XAA-M1]\nCW: Report, page 4",
            [("op2.make.nw.framework", "sources", "Penal Code (en), art. 5 [XAA-M1]", "Penal Code (en), art. 6 [XAA-M1]")],
        ),
        (
            "op2.finance",
            "sources.enforcement",
            "NW, BW: Banking Act",
            [
                ("op2.finance.nw.enforcement", "sources", "", "Banking Act"),
                ("op2.finance.bw.enforcement", "sources", "", "Banking Act"),
            ],
        ),
        ("op1.cwc", "sources", 1993, [("op1.cwc", "sources", "", "1993")]),
        ("op1.cwc", "remarks", "One\nTwo", [("op1.cwc", "remarks", "", "One\nTwo")]),
        ("op2.make", "remarks", None, [("op2.make.nw.framework", "remarks", "Page 3 of the report", "")]),
        (
            "op3ab.licensing.nw",
            "remarks",
            "Enforcement: none yet",
            [("op3ab.licensing.nw.enforcement", "remarks", "", "none yet")],
        ),
    ],
)  # fmt: skip
def test_exactly_the_changed_fields_are_told(row: str, column: str, value: object, changes: list[object]) -> None:
    proposal = read(edited(written(), put(row, column, value)))
    assert faults(proposal) == []
    assert told(proposal) == changes
    assert set(proposal.entries) == {change.field for change in proposal.changes}


def test_a_changed_citation_becomes_the_measure_with_its_pinpoint() -> None:
    text = "NW: Penal Code (en), art. 6 [XAA-M1]\nCW: Report, page 4\nCW: New law <https://example.org/b>"
    proposal = read(edited(written(), put("op2.make", "sources.framework", text)))
    assert proposal.entries["op2.make.nw.framework"].sources == (Source(measure="XAA-M1", pinpoint="art. 6"),)
    assert proposal.entries["op2.make.cw.framework"].sources == (
        Source("Report, page 4", "en"),
        Source("New law", "en", url="https://example.org/b"),
    )
    assert proposal.entries["op2.make.nw.framework"].code is Code.FOUND


def test_a_plain_x_over_a_code_that_is_no_x_rests_on_a_reference() -> None:
    proposal = read(edited(written(), put("op1.cwc", "code", "Х")))
    assert proposal.entries["op1.cwc"] == Entry(Code.FOUND, Basis.REFERENCE)
    assert [(note.code, note.params["found"]) for note in proposal.notes] == [
        ("understood", "Х (CYRILLIC CAPITAL LETTER HA)")
    ]


def test_changes_are_printed_with_a_part_only_for_other_than_codes() -> None:
    one, two = read(edited(edited(written(), put("op1.cwc", "code", "?")), put("op1.cwc", "remarks", "why"))).changes
    assert change_json(one) == {"field": "op1.cwc", "from": "", "to": "?"}
    assert change_json(two) == {"field": "op1.cwc", "from": "", "to": "why", "part": "remarks"}


def test_a_file_for_a_state_without_a_record_adds_to_nothing() -> None:
    empty = matrix()
    proposal = read(edited(written(empty), put("op1.cwc", "code", "X")), None)
    assert told(proposal) == [("op1.cwc", "code", None, "X")]

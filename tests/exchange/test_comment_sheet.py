"""The sheet for the comments of a State: out, filled in, and back."""

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sheet_cases import FORMS, document_row, filled, head, only, read, sheet_cell, told, written
from test_matrix_xlsx_round_trip import FEW
from workbook_cases import SMALL, matrices

from cpi1540.exchange.cell_text import plain
from cpi1540.exchange.code_spelling import is_code
from cpi1540.exchange.comment_sheet import NO_CHANGE, Part, sheet_name
from cpi1540.exchange.messages import problem_sentence
from cpi1540.locales import CODES
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import Code, Matrix
from cpi1540.paths import SEED

CODE, SOURCES, REMARKS, COMMENT = Part.PROPOSED_CODE, Part.PROPOSED_SOURCES, Part.PROPOSED_REMARKS, Part.COMMENT
ANSWERS = {
    "op1.cwc": {CODE: "X", SOURCES: "Law 12 of 2005, art. 3\nDecree 4, p. 2"},
    "op2.make.cw.framework": {CODE: "-", COMMENT: "This law was repealed."},
    "op3ab.licensing.bw.enforcement": {REMARKS: "Under preparation"},
}
EXPECTED = {
    "op1.cwc": (Code.FOUND, "Law 12 of 2005, art. 3\nDecree 4, p. 2", None, None),
    "op2.make.cw.framework": (Code.BLANK, None, None, "This law was repealed."),
    "op3ab.licensing.bw.enforcement": (NO_CHANGE, None, "Under preparation", None),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", CODES)
def test_what_the_state_fills_in_comes_back(form: str, code: str) -> None:
    reading = read(form, filled(form, written(form, code), ANSWERS))
    assert (reading.problems, [note.code for note in reading.notes]) == ((), ["understood"])
    assert told(reading) == EXPECTED
    assert (reading.state, reading.version, reading.revision) == ("XAA", 3, 12)
    assert (reading.layout, reading.language) == ("small", code)


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_with_nothing_filled_in_proposes_nothing(form: str) -> None:
    reading = read(form, written(form))
    assert (reading.proposed, reading.problems, reading.notes) == ((), (), ())


@pytest.mark.parametrize("form", FORMS)
def test_the_same_values_give_the_same_bytes(form: str) -> None:
    assert written(form, "ar") == written(form, "ar")
    assert sheet_name(head("ar"), form) == f"practice-comments-1540-XAA-v3-ar.{form}"


@pytest.mark.parametrize("form", FORMS)
def test_only_some_fields_can_be_asked_about(form: str) -> None:
    data = written(form, chosen={"op1.cwc", "op3ab.itdb.nw.framework"})
    answers = {"op3ab.itdb.nw.framework": {CODE: "?"}}
    assert told(read(form, filled(form, data, answers))) == {
        "op3ab.itdb.nw.framework": (Code.INCOMPLETE, None, None, None)
    }
    with pytest.raises(KeyError):
        filled(form, data, {"op1.npt": {CODE: "?"}})


_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cn", "Cc")), max_size=20).filter(
    lambda text: "_x" not in text and not is_code(plain(text))
)


@pytest.mark.parametrize("form", FORMS)
@FEW
@given(
    of=matrices(),
    answers=st.dictionaries(
        st.sampled_from([field.key for field in SMALL.fields]),
        st.tuples(st.sampled_from(["", "X", "?", "NA", "–"]), _TEXTS, _TEXTS, _TEXTS),
        max_size=5,
    ),
)
def test_every_answer_is_read_as_it_was_written(
    form: str, of: Matrix, answers: dict[str, tuple[str, str, str, str]]
) -> None:
    parts = (CODE, SOURCES, REMARKS, COMMENT)
    data = filled(
        form, written(form, "fr", of), {key: dict(zip(parts, given_, strict=True)) for key, given_ in answers.items()}
    )
    reading = read(form, data)
    assert reading.problems == ()
    expected = {}
    for key, (spelling, *texts) in answers.items():
        code = {"": NO_CHANGE, "X": Code.FOUND, "?": Code.INCOMPLETE, "NA": Code.NOT_APPLICABLE, "–": Code.BLANK}[
            spelling
        ]
        if code is of.entries[key].code:
            code = NO_CHANGE
        said = tuple(plain(text) or None for text in texts)
        if code is not NO_CHANGE or any(said):
            expected[key] = (code, *said)
    assert told(reading) == expected


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("typed", "code"),
    [("Х", Code.FOUND), ("✓", Code.FOUND), ("نعم", Code.FOUND), ("？", Code.INCOMPLETE), ("н/п", Code.NOT_APPLICABLE),
     ("不适用", Code.NOT_APPLICABLE), ("—", Code.BLANK), ("blank", Code.BLANK), ("X*", Code.FOUND)],
)  # fmt: skip
def test_codes_of_other_alphabets_are_understood_where_certain(form: str, typed: str, code: Code) -> None:
    reading = read(form, filled(form, written(form), {"op2.finance.nw.framework": {CODE: typed}}))
    assert only(reading).code is code
    assert {note.code for note in reading.notes} <= {"understood"}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_code_is_told_with_its_cell(form: str) -> None:
    reading = read(form, filled(form, written(form), {"op1.cwc": {CODE: "maybe"}, "op1.npt": {SOURCES: "NA"}}))
    assert [(problem.code, problem.where) for problem in reading.problems] == {
        "xlsx": [("misplaced-code", "op1 short!I7"), ("unknown-code", "op1 short!H8")],
        "docx": [("misplaced-code", "T3!G3"), ("unknown-code", "T3!F4")],
    }[form]
    assert str(problem_sentence(reading.problems[1])) == "“maybe” is no code. Known are: X, ?, NA, –."


@pytest.mark.parametrize("form", FORMS)
def test_the_code_of_the_draft_again_changes_no_code(form: str) -> None:
    """Else an X for which a reference was found would come to rest on the State's word alone."""
    reading = read(form, filled(form, written(form), {"op2.make.nw.framework": {CODE: "X", COMMENT: "Confirmed"}}))
    assert told(reading) == {"op2.make.nw.framework": (NO_CHANGE, None, None, "Confirmed")}
    assert [note.code for note in reading.notes] == ["same-code"]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_over_the_draft_is_told(form: str) -> None:
    reading = read(form, filled(form, written(form), {"op1.cwc": {Part.SOURCES: "Our law"}}))
    assert [(note.code, note.params) for note in reading.notes] == [("draft-text-changed", {"field": "op1.cwc"})]
    assert (reading.proposed, reading.problems) == ((), ())


def test_only_the_columns_of_the_state_are_open_and_codes_are_a_list() -> None:
    book = load_workbook(io.BytesIO(written("xlsx", "ar")))
    assert book["cpi1540"].sheet_state == "veryHidden"
    sheet = sheet_cell(book, "op3ab.itdb.nw.framework", CODE).parent
    assert sheet.sheet_view.rightToLeft
    assert sheet.protection.sheet
    for part in Part:
        if part in (Part.FIELD, Part.MARK):
            continue
        locked = sheet_cell(book, "op3ab.itdb.nw.framework", part).protection.locked
        assert locked == (not part.value.startswith("proposed")), part
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"X,?,NA,–"'
    assert sheet_cell(book, "op3ab.itdb.nw.framework", CODE).coordinate in rule.sqref
    assert sheet.freeze_panes == "E7"
    assert sheet.row_dimensions[8].height > 20
    assert sheet_cell(book, "op2.make.nw.framework", Part.SOURCES).value == "قانون العقوبات, art. 5 [XAA-M1]"
    texts = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert "Working document of the office." in texts
    assert any(text.startswith("Not a measure of compliance.") for text in texts)


def test_the_document_is_written_from_right_to_left_where_its_language_is() -> None:
    document = docx.Document(io.BytesIO(written("docx", "ar")))
    table = document.tables[2]
    assert len(document.tables) == 2 + 1 + 3 + 3  # facts and codes, then OP 1, OP 2 and OP 3 by domain
    assert table._tbl.tblPr.find("{*}bidiVisual") is not None
    assert [len(row._tr.findall("{*}trPr/{*}tblHeader")) for row in table.rows] == [1, 1, 0, 0]
    assert document.sections[0].page_width > document.sections[0].page_height
    row = document_row(document, "op2.make.nw.framework")
    assert row.cells[4].text == "قانون العقوبات, art. 5 [XAA-M1]"
    assert row.cells[4].paragraphs[0]._p.find("{*}pPr/{*}bidi") is not None
    assert row.cells[4].paragraphs[0].runs[0]._r.find("{*}rPr/{*}rtl") is not None
    latin = document_row(document, "op2.make.cw.framework").cells[4]
    assert latin.text == "Report, page 4"
    assert latin.paragraphs[0]._p.find("{*}pPr/{*}bidi") is None
    assert "PAGE" in document.sections[0].footer._element.xml


def test_the_real_layout_has_a_row_for_every_field() -> None:
    from workbook_cases import matrix

    layout = parse_layout((SEED / "layouts" / "2017.json").read_text("utf-8"), "2017.json")
    book = load_workbook(io.BytesIO(written("xlsx", "zh", matrix({}, layout), layout)))
    keys = [sheet.cell(row, 1).value for sheet in book.worksheets[1:-1] for row in range(2, sheet.max_row + 1)]
    assert sorted(key for key in keys if key) == sorted(layout.positions)

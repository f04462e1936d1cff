"""A table of figures as a workbook: what stands in its cells, and what never does."""

import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.coverage.figures_xlsx import figures_workbook

NOTES = ["As of 24 November 2026", "Not a measure of compliance."]


def sheet_of(content: bytes):
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def test_title_and_notes_stand_above_the_table():
    sheet = sheet_of(
        figures_workbook("Coverage", NOTES, ["State", "low"], [["France", 0.25], ["Fiji", None]], rtl=False)
    )
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Coverage", None],
        [NOTES[0], None],
        [NOTES[1], None],
        [None, None],
        ["State", "low"],
        ["France", 0.25],
        ["Fiji", None],
    ]
    assert sheet.title == "Coverage"
    assert sheet.freeze_panes == "B6"
    assert not sheet.sheet_view.rightToLeft


def test_an_arabic_sheet_begins_at_the_right():
    sheet = sheet_of(figures_workbook("التغطية", [], ["الدولة"], [["فرنسا"]], rtl=True))
    assert sheet.sheet_view.rightToLeft
    assert sheet["A1"].alignment.readingOrder == 2


def test_what_is_no_finite_number_leaves_its_cell_empty():
    sheet = sheet_of(figures_workbook("T", [], ["a", "b", "c"], [[float("nan"), float("inf"), None]], rtl=False))
    assert [cell.value for cell in sheet[4]] == [None, None, None]


def test_a_title_that_no_sheet_may_have_is_mended():
    assert sheet_of(figures_workbook("[a]: b/c" + "d" * 40, [], ["x"], [], rtl=False)).title == "a   b c" + "d" * 24
    assert sheet_of(figures_workbook("::", [], [], [], rtl=False)).title == "1540"


@given(st.sampled_from("=+-@\t"), st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20))
def test_no_text_becomes_a_formula(first, rest):
    text = first + rest
    content = figures_workbook(text, [text], [text, "b"], [[text, "{=1+1}"], ["http://a.example", 1]], rtl=False)
    sheet = sheet_of(content)
    texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert len(texts) == 7
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in texts)
    assert sheet.cell(5, 1).value == text

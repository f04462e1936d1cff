"""The workbook as a person gets it."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from workbook_cases import MADE, SAMPLE, VERSION, cell, sheet_of, wording, written

from cpi1540.exchange.bundle import zip_of
from cpi1540.exchange.matrix_out_xlsx import sheet_names
from cpi1540.exchange.workbook_head import workbook_name
from cpi1540.locales import CODES
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.paths import SEED


def test_the_same_values_give_the_same_bytes() -> None:
    assert written() == written()
    assert load_workbook(io.BytesIO(written())).properties.created == MADE.replace(tzinfo=None)


def test_sheets_keys_and_heads_stand_where_they_belong() -> None:
    book = load_workbook(io.BytesIO(written()))
    assert book.sheetnames == ["Cover", "op1 short", "op2 short", "op3ab short", "cpi1540"]
    assert book["cpi1540"].sheet_state == "veryHidden"
    sheet = sheet_of(book, "op2")
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "E8"
    assert sheet.protection.sheet
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$2:$7"
    assert [sheet.cell(7, column).value for column in (5, 6, 7)] == ["NW", "CW", "BW"]


def test_codes_are_lists_and_may_be_changed_while_labels_may_not() -> None:
    book = load_workbook(io.BytesIO(written()))
    for key in ("code.nw.framework", "sources.enforcement", "remarks"):
        assert not cell(book, "op2.make", key).protection.locked
    assert cell(book, "op2.make", "label").protection.locked
    (rule,) = sheet_of(book, "op3ab").data_validations.dataValidation
    assert rule.formula1 == '"X,X*,?,NA,–"'
    assert cell(book, "op3ab.licensing.cw", "code.enforcement").coordinate in rule.sqref
    assert "E8" not in rule.sqref  # the head of the first table


def test_cells_say_what_the_record_says() -> None:
    book = load_workbook(io.BytesIO(written()))
    assert cell(book, "op2.make", "code.nw.framework").value == "X"
    assert cell(book, "op2.make", "code.cw.framework").value == "X*"
    assert cell(book, "op1.cwc", "code").value == "–"
    assert cell(book, "op2.finance", "code.nw.framework").value is None
    told = cell(book, "op2.make", "sources.framework").value
    assert told == "NW: Penal Code (en), art. 5 [XAA-M1]\nCW: Report, page 4"
    assert cell(book, "op2.make", "remarks").value == "NW framework: Page 3 of the report"
    lines = cell(book, "op3ab.licensing.nw", "sources.framework").value
    assert lines == "Decree 1\nTwo\n↳ lines <https://example.org/a>"


def test_the_cover_tells_whose_it_is_and_what_it_is_not() -> None:
    sheet = load_workbook(io.BytesIO(written())).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Aurelia (XAA)" in texts
    assert "Version 3, draft, working copy of the office" in texts
    assert "Working document." in texts
    assert any(text.startswith("Not a measure of compliance.") for text in texts)
    assert any(text.startswith("Practice data.") for text in texts)
    assert "op2 title\nFields reviewed: 3 of 12" in texts


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_its_heads_and_direction(code: str) -> None:
    book = load_workbook(io.BytesIO(written(code=code)))
    sheet = sheet_of(book, "op2")
    assert bool(sheet.sheet_view.rightToLeft) == (code == "ar")
    assert sheet.cell(7, 5).value == wording(code).say("NW")
    label = cell(book, "op2.make", "label").value
    assert label == ("op2 make row" if code == "en" else f"op2 make row {code}")


@pytest.mark.parametrize("code", CODES)
def test_sheet_names_of_the_real_layouts_are_allowed_and_unique(code: str) -> None:
    for file in sorted((SEED / "layouts").glob("*.json")):
        names = list(sheet_names(parse_layout(file.read_text("utf-8"), file.name), wording(code)).values())
        assert len({name.casefold() for name in names}) == len(names) == 6
        assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_many_files_make_one_zip_with_the_same_bytes() -> None:
    files = [(workbook_name(VERSION, code), written(SAMPLE, code)) for code in ("en", "fr")]
    assert zip_of(files) == zip_of(files)
    with zipfile.ZipFile(io.BytesIO(zip_of(files))) as container:
        assert container.namelist() == ["practice-matrix-1540-XAA-v3-en.xlsx", "practice-matrix-1540-XAA-v3-fr.xlsx"]
        assert container.read(container.namelist()[1]) == files[1][1]
    with pytest.raises(ValueError, match="practice-matrix"):
        zip_of([files[0], files[0]])

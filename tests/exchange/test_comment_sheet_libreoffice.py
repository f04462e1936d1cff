"""A filled sheet that LibreOffice saved again reads the same."""

import io
import subprocess
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from sheet_cases import FORMS, document_row, filled, read, sheet_cell, told, written
from test_comment_sheet import ANSWERS, EXPECTED
from test_matrix_xlsx_libreoffice import program
from workbook_cases import SAMPLE, matrix

from cpi1540.exchange.comment_sheet import Part
from cpi1540.matrix.record import Code, Entry, Source

__all__ = ["program"]
pytestmark = pytest.mark.libreoffice
TRICKY = matrix(
    {
        **SAMPLE.entries,
        "op2.finance.cw.framework": Entry(
            Code.FOUND, None, (Source("=1+1"), Source("\u200fقانون 5"), Source("<b>&amp;", url="https://example.org/?a=1&b"))
        ),
        "op1.cwc": Entry(Code.BLANK, remarks="'quoted\n\n  《刑法》 — “x”"),
    }
)  # fmt: skip
FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "docx": "docx:MS Word 2007 XML"}


def saved_again(program: str, data: bytes, form: str, folder: Path) -> bytes:
    (folder / "in").mkdir()
    source = folder / "in" / f"sheet.{form}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", FILTERS[form], "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / f"sheet.{form}").read_bytes()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_a_sheet_saved_again_by_libreoffice_reads_the_same(form: str, code: str, program: str, tmp_path: Path) -> None:
    again = saved_again(program, filled(form, written(form, code, TRICKY), ANSWERS), form, tmp_path)
    reading = read(form, again)
    assert reading.problems == ()
    assert told(reading) == EXPECTED
    assert [note.code for note in reading.notes] == ["understood"]
    if form == "xlsx":
        sheet = sheet_cell(load_workbook(io.BytesIO(again)), "op1.cwc", Part.COMMENT).parent
        assert sheet.protection.sheet
        assert bool(sheet.sheet_view.rightToLeft) == (code == "ar")
    else:
        document = docx.Document(io.BytesIO(again))
        table = document_row(document, "op1.cwc")._tr.getparent()
        assert (table.tblPr.find("{*}bidiVisual") is not None) == (code == "ar")
        assert len(table.findall("{*}tr/{*}trPr/{*}tblHeader")) == 2

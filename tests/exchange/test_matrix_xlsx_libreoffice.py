"""A file that LibreOffice saved again reads the same."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from workbook_cases import SAMPLE, cell, edited, matrix, put, read, told, written

from cpi1540.matrix.record import Code, Entry, Source

pytestmark = pytest.mark.libreoffice
PROGRAM = shutil.which("soffice")
TRICKY = matrix(
    {
        **SAMPLE.entries,
        "op2.finance.cw.framework": Entry(
            Code.FOUND, None, (Source("=1+1"), Source("_x0041_ \u200fقانون 5"), Source("<b>&amp;", url="https://example.org/?a=1&b"))
        ),
        "op1.cwc": Entry(Code.BLANK, remarks="'quoted\n\n  《刑法》 — “x”"),
    }
)  # fmt: skip


@pytest.fixture
def program() -> str:
    if PROGRAM is None:
        if os.environ.get("CPI1540_REQUIRE_ALL") == "1":
            pytest.fail("LibreOffice is required and not installed")
        pytest.skip("LibreOffice is not installed: files saved by it are NOT tested")
    return PROGRAM


def saved_again(program: str, data: bytes, folder: Path) -> bytes:
    (folder / "in").mkdir()
    source = folder / "in" / "matrix.xlsx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return (folder / "matrix.xlsx").read_bytes()


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_a_file_saved_again_by_libreoffice_reads_the_same(code: str, program: str, tmp_path: Path) -> None:
    again = saved_again(program, written(TRICKY, code), tmp_path)
    proposal = read(again, TRICKY)
    assert (proposal.changes, proposal.problems, proposal.notes) == ((), (), ())
    assert (proposal.state, proposal.language, proposal.version) == ("XAA", code, 3)
    changed = told(read(edited(again, put("op1.cwc", "code", "X")), TRICKY))
    changed = [change for change in changed if change[0] != "op2.finance.cw.framework"]  # openpyxl decodes _x0041_
    assert changed == [("op1.cwc", "code", "", "X")]

    def still_guides(book: object) -> None:
        sheet = cell(book, "op1.cwc", "code").parent
        assert sheet.protection.sheet
        assert any("X*" in (rule.formula1 or "") for rule in sheet.data_validations.dataValidation)
        assert bool(sheet.sheet_view.rightToLeft) == (code == "ar")

    edited(again, still_guides)

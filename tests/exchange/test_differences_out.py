"""Differences as files: every word is there, and how it changed can be seen without colour."""

import io

import docx
import pytest
from openpyxl import load_workbook
from workbook_cases import MADE, OTHER, SAMPLE, SMALL, matrix, wording

from cpi1540.exchange.cell_text import CUT, LONGEST
from cpi1540.exchange.differences import (
    DifferenceRow,
    DifferencesHead,
    difference_rows,
    differences_name,
    shown,
)
from cpi1540.exchange.differences_out_docx import write_differences_docx
from cpi1540.exchange.differences_out_xlsx import write_differences_xlsx
from cpi1540.exchange.messages import DISCLAIMER, DISCLAIMER_WHY
from cpi1540.matrix.comparison import compare
from cpi1540.matrix.record import Basis, Code, Entry, Source
from cpi1540.matrix.word_differences import Segment

ROWS = (
    DifferenceRow(
        "op2.make.nw.framework", "OP 2", "1", "Manufacture", "NW", "Framework", "X*", "X",
        (Segment("same", "Penal Code, "), Segment("removed", "art. 5"), Segment("added", "art. 6\n=1+1 \x07")),
        (Segment("removed", "Page 3"),),
    ),
    DifferenceRow("op3ab.itdb.nw.framework", "OP 3", "2", "قاعدة البيانات", "NW", "Framework", "Not reviewed", "–", (), (Segment("added", "قانون جديد"),)),
)  # fmt: skip
HEAD = DifferencesHead(
    "XAA", "Aurelia", "version 2", "version 3", MADE, "Working document of the office.", 2, "OP 2, OP 3"
)
WRITERS = {"xlsx": write_differences_xlsx, "docx": write_differences_docx}


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_values_give_the_same_bytes(form: str) -> None:
    assert WRITERS[form](HEAD, ROWS, wording("ar")) == WRITERS[form](HEAD, ROWS, wording("ar"))
    assert differences_name(HEAD, (2, 3), "ar", form) == f"differences-1540-XAA-v2-v3-ar.{form}"


def test_a_workbook_has_every_value_and_marks_every_word() -> None:
    sheet = load_workbook(io.BytesIO(write_differences_xlsx(HEAD, ROWS, wording("en"))), rich_text=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [str(row[0]) for row in rows[:7]] == [
        "Aurelia: differences between two versions of the matrix",
        "From: version 2. To: version 3.",
        "Only: OP 2, OP 3.",
        "2 fields differ. File made on 2026-11-24.",
        "Words that were removed are struck through, words that were added are underlined.",
        "Working document of the office.",
        f"{DISCLAIMER} {DISCLAIMER_WHY}",
    ]
    assert rows[8] == (
        "Section", "No.", "Subject", "Weapons", "Aspect", "Code before", "Code after", "Sources", "Remarks", "Key",
    )  # fmt: skip
    first, second = rows[9:]
    assert first[:7] == ("OP 2", "1", "Manufacture", "NW", "Framework", "X*", "X")
    assert second[5:] == ("Not reviewed", "–", None, "قانون جديد", "op3ab.itdb.nw.framework")
    assert str(first[7]) == "Penal Code, art. 5art. 6\n=1+1 "
    assert [(str(run), bool(run.font.strike), run.font.u) for run in first[7]] == [
        ("Penal Code, ", False, None),
        ("art. 5", True, None),
        ("art. 6\n=1+1 ", False, "single"),
    ]
    assert (str(first[8]), sheet["I10"].font.strike, sheet["I11"].font.u) == ("Page 3", True, "single")
    assert sheet.freeze_panes == "D10"
    assert sheet.auto_filter.ref == "A9:J11"


def test_a_document_has_every_value_and_marks_every_word() -> None:
    document = docx.Document(io.BytesIO(write_differences_docx(HEAD, ROWS, wording("en"))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "From: version 2. To: version 3." in texts
    assert "2 fields differ. File made on 2026-11-24." in texts
    assert "OP 3" in texts
    assert len(document.tables) == 2
    cells = document.tables[0].rows[1].cells
    assert [cell.text for cell in cells] == [
        "1", "Manufacture", "NW", "Framework", "X*", "X", "Penal Code, art. 5art. 6\n=1+1 ", "Page 3", "op2.make.nw.framework",
    ]  # fmt: skip
    runs = [run for paragraph in cells[6].paragraphs for run in paragraph.runs]
    assert [(run.text, bool(run.font.strike), bool(run.font.underline)) for run in runs] == [
        ("Penal Code, ", False, False),
        ("art. 5", True, False),
        ("art. 6", False, True),
        ("=1+1 ", False, True),
    ]


def test_right_to_left() -> None:
    sheet = load_workbook(io.BytesIO(write_differences_xlsx(HEAD, ROWS, wording("ar")))).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    document = docx.Document(io.BytesIO(write_differences_docx(HEAD, ROWS, wording("ar"))))
    assert document.tables[0]._tbl.tblPr.find("{*}bidiVisual") is not None
    arabic = document.tables[1].rows[1].cells[7].paragraphs[0]._p
    latin = document.tables[0].rows[1].cells[6].paragraphs[0]._p
    assert arabic.find("{*}pPr/{*}bidi") is not None
    assert latin.find("{*}pPr/{*}bidi") is None


@pytest.mark.parametrize("form", WRITERS)
def test_two_versions_that_say_the_same(form: str) -> None:
    data = WRITERS[form](HEAD, (), wording("en"))
    if form == "xlsx":
        assert load_workbook(io.BytesIO(data)).worksheets[0]["A10"].value == "The two versions record the same."
    else:
        assert "The two versions record the same." in [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_rows_say_what_the_record_says() -> None:
    after = dict(SAMPLE.entries)
    after["op2.make.cw.framework"] = Entry(Code.FOUND, Basis.REFERENCE, (Source("Report, page 5", "en"),))
    after["op2.make.nw.framework"] = Entry()
    after["op1.bwc"] = Entry(Code.BLANK, remarks="New")
    words = wording("en")
    rows = difference_rows(
        compare(SAMPLE.entries, matrix(after, OTHER).entries, words.say_source), (OTHER, SMALL), words
    )
    assert [(row.field, row.number, row.code_before, row.code_after) for row in rows] == [
        ("op2.make.nw.framework", "1", "X", "Not reviewed"),
        ("op2.make.cw.framework", "1", "X*", "X"),
        ("op1.bwc", "3", "not in this layout", "–"),
    ]
    assert rows[1].aspect == "National legal framework"
    assert "".join(part.text for part in rows[1].sources if part.kind != "added") == "Report, page 4"
    assert "".join(part.text for part in rows[1].sources if part.kind != "removed") == "Report, page 5"
    assert rows[2].remarks == (Segment("added", "New"),)


def test_texts_longer_than_a_cell_are_cut() -> None:
    cut = shown((Segment("same", "a" * LONGEST), Segment("added", "b")))
    assert cut == [Segment("same", "a" * LONGEST), Segment("same", CUT)]
    assert shown((Segment("added", "a" * (LONGEST + 5)),)) == [Segment("added", "a" * LONGEST), Segment("same", CUT)]
    write_differences_xlsx(
        HEAD,
        (
            DifferenceRow(
                "x", "", "", "", "", "", "", "", (Segment("same", "a" * 20000), Segment("added", "é" * 20000))
            ),
        ),
        wording("en"),
    )

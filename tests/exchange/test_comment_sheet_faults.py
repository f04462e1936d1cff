"""What a sheet gets that comes back broken, altered, or made to harm."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl.comments import Comment
from sheet_cases import (
    ASK,
    FORMS,
    document_cell,
    document_edited,
    document_row,
    faults,
    filled,
    only,
    read,
    sheet_cell,
    written,
)
from workbook_cases import OTHER, edited, zip_edited
from workbook_cases import read as read_matrix
from workbook_cases import written as matrix_written

from cpi1540.exchange.comment_sheet import Part
from cpi1540.exchange.messages import problem_sentence
from cpi1540.matrix.record import Code

CODE, SOURCES = Part.PROPOSED_CODE, Part.PROPOSED_SOURCES
MAIN = {"xlsx": "xl/worksheets/sheet2.xml", "docx": "word/document.xml"}


def refused(form: str, data: bytes, *codes: str, ask: Any = ASK) -> None:
    reading = read(form, data, ask)
    assert faults(reading) == list(codes)
    assert reading.proposed == ()
    assert all(str(problem_sentence(problem)) for problem in reading.problems)


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_of_another_state_record_or_layout_is_refused(form: str) -> None:
    data = filled(form, written(form), {"op1.cwc": {CODE: "X"}})
    refused(form, data, "other-state", ask=replace(ASK, state="XAB"))
    refused(form, data, "other-record", ask=replace(ASK, practice=False))
    refused(form, data, "other-layout", ask=replace(ASK, layout=OTHER))


@pytest.mark.parametrize("form", FORMS)
def test_changed_head_keys_are_found_out(form: str) -> None:
    def edit(book: Any) -> None:
        if form == "xlsx":
            book["cpi1540"]["B4"].value = "2"
        else:
            for paragraph in book.paragraphs:
                for run in paragraph.runs:
                    run.text = run.text.replace("version=3", "version=2")

    refused(form, (edited if form == "xlsx" else document_edited)(written(form), edit), "keys-damaged")


@pytest.mark.parametrize("form", FORMS)
def test_files_that_are_no_sheet(form: str) -> None:
    refused(form, b"", "empty")
    refused(form, b"%PDF-1.7", "wrong-type")
    refused(form, b"PK\x03\x04 cut", "damaged")
    other = {"xlsx": "docx", "docx": "xlsx"}[form]
    refused(form, written(other), "wrong-type")
    refused(form, zip_edited(written(form), lambda parts: parts.update({"x/vbaProject.bin": b"x"})), "macros")
    refused(form, zip_edited(written(form), lambda parts: parts.update({"x/embeddings/a.bin": b"x"})), "active-content")
    bomb = zip_edited(written(form), lambda parts: parts.update({"x/bomb.bin": bytes(30_000_000)}))
    refused(form, bomb, "unpacks-too-large")


@pytest.mark.parametrize("form", FORMS)
def test_external_entities_are_refused(form: str) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        declared = b'?>\n<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        assert b"?>" in parts[MAIN[form]]
        parts[MAIN[form]] = parts[MAIN[form]].replace(b"?>", declared, 1)

    refused(form, zip_edited(written(form), edit), "document-type")


def test_the_two_kinds_of_workbooks_are_told_apart() -> None:
    assert [problem.code for problem in read_matrix(written("xlsx")).problems] == ["comment-sheet"]
    refused("xlsx", matrix_written(), "no-sheet-keys")


def _with_workbook(edit: Callable[[Any], object], **answers: str) -> bytes:
    return edited(filled("xlsx", written("xlsx"), {"op1.cwc": {CODE: "X"}}), edit)


def test_a_formula_is_not_read() -> None:
    def edit(book: Any) -> None:
        sheet_cell(book, "op1.cwc", SOURCES).value = '=HYPERLINK("http://x")'

    reading = read("xlsx", _with_workbook(edit))
    assert [(problem.code, problem.where) for problem in reading.problems] == [("formula", "op1 short!I8")]


def test_rows_that_stand_twice_and_keys_that_mean_nothing_are_told() -> None:
    def twice(book: Any) -> None:
        sheet_cell(book, "op1.npt", CODE).parent["A7"].value = "op1.cwc"

    def unknown(book: Any) -> None:
        sheet_cell(book, "op1.npt", CODE).parent["A8"].value = "op1.nothing"

    reading = read("xlsx", _with_workbook(twice))
    assert [(problem.code, problem.where) for problem in reading.problems] == [("repeated-row", "op1 short!A8")]
    reading = read("xlsx", _with_workbook(unknown))
    assert [(problem.code, problem.params) for problem in reading.problems] == [
        ("unknown-field", {"found": "op1.nothing"})
    ]


def test_keys_moved_apart_from_their_rows_are_found_out() -> None:
    def edit(book: Any) -> None:
        sheet = sheet_cell(book, "op1.cwc", CODE).parent
        for column in "AB":
            sheet[f"{column}7"].value, sheet[f"{column}8"].value = sheet[f"{column}8"].value, sheet[f"{column}7"].value

    assert faults(read("xlsx", _with_workbook(edit))) == ["row-moved"]


def test_what_is_written_beside_the_rows_or_unseen_is_told() -> None:
    def below(book: Any) -> None:
        sheet_cell(book, "op1.cwc", CODE).parent["I12"].value = "One more law"

    def hidden(book: Any) -> None:
        sheet_cell(book, "op1.cwc", CODE).parent.row_dimensions[8].hidden = True

    def merged(book: Any) -> None:
        sheet_cell(book, "op1.cwc", CODE).parent.merge_cells("H8:I8")

    for edit, where, code in (
        (below, "op1 short!I12", "text-without-field"),
        (hidden, "op1 short!H8", "hidden-change"),
        (merged, "op1 short!H8", "merged-cells"),
    ):
        reading = read("xlsx", _with_workbook(edit))
        assert [(problem.code, problem.where) for problem in reading.problems] == [(code, where)]


# documents


def _with_document(edit: Callable[[Any], object]) -> bytes:
    return document_edited(filled("docx", written("docx"), {"op1.cwc": {CODE: "X"}}), edit)


def _run(cell: Any, xml: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cell.paragraphs[0]._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_tracked_changes_are_taken_as_accepted() -> None:
    def edit(document: Any) -> None:
        cell = document_cell(document, "op1.cwc", SOURCES)
        _run(cell, '<w:del w:id="1" w:author="a"><w:r><w:delText>Old law</w:delText></w:r></w:del>')
        _run(cell, '<w:ins w:id="2" w:author="a"><w:r><w:t>New law</w:t></w:r></w:ins>')

    one = only(read("docx", _with_document(edit)))
    assert (one.code, one.sources) == (Code.FOUND, "New law")


def test_hidden_texts_and_calculated_fields_are_told() -> None:
    def hidden(document: Any) -> None:
        _run(document_cell(document, "op1.cwc", SOURCES), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>")

    def calculated(document: Any) -> None:
        _run(
            document_cell(document, "op1.cwc", SOURCES),
            '<w:fldSimple w:instr="=1+1"><w:r><w:t>2</w:t></w:r></w:fldSimple>',
        )

    refused("docx", _with_document(hidden), "hidden-text")
    refused("docx", _with_document(calculated), "formula")


def test_rows_of_a_document_that_were_copied_merged_or_renamed_are_told() -> None:
    def copied(document: Any) -> None:
        row = document_row(document, "op1.cwc")._tr
        row.addnext(copy.deepcopy(row))

    def merged(document: Any) -> None:
        cells = document_row(document, "op1.cwc").cells
        cells[-4].merge(cells[-3])

    def joined(document: Any) -> None:
        document_cell(document, "op1.npt", CODE).merge(document_cell(document, "op1.cwc", CODE))
        document_cell(document, "op1.cwc", SOURCES).text = "Law 1"

    def renamed(document: Any) -> None:
        document_row(document, "op1.cwc").cells[-1].text = "op1.nothing"

    def unkeyed(document: Any) -> None:
        document_row(document, "op1.cwc").cells[-1].text = ""

    def added(document: Any) -> None:
        document.tables[2].add_row().cells[-3].text = "One more law"

    for edit, code, where in (
        (copied, "repeated-row", "T3!J5"),
        (merged, "row-reshaped", "T3!4"),
        (joined, "cell-joined", "T3!F4"),
        (renamed, "unknown-field", "T3!F4"),
        (unkeyed, "text-without-field", "T3!F4"),
        (added, "text-without-field", "T3!H5"),
    ):
        reading = read("docx", _with_document(edit))
        assert [(problem.code, problem.where) for problem in reading.problems] == [(code, where)], edit.__name__


def test_a_document_without_its_key_line_is_refused() -> None:
    def edit(document: Any) -> None:
        for paragraph in document.paragraphs:
            if "cpi1540" in paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)

    refused("docx", _with_document(edit), "no-sheet-keys")


def test_a_look_that_was_changed_with_tracking_hides_nothing() -> None:
    def edit(document: Any) -> None:
        xml = (
            '<w:r><w:rPr><w:rPrChange w:id="3" w:author="a"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>'
            "<w:t>Law 2</w:t></w:r>"
        )
        _run(document_cell(document, "op1.cwc", SOURCES), xml)

    assert only(read("docx", _with_document(edit))).sources == "Law 2"


def test_comments_beside_the_cells_are_told_not_read() -> None:
    def note(book: Any) -> None:
        sheet_cell(book, "op1.cwc", CODE).comment = Comment("See our letter", "A person")

    def comment(document: Any) -> None:
        document.add_comment(
            document_cell(document, "op1.cwc", SOURCES).paragraphs[0].add_run("Law 3"), "See our letter"
        )

    for reading in (read("xlsx", _with_workbook(note)), read("docx", _with_document(comment))):
        assert reading.problems == ()
        assert [problem.code for problem in reading.notes] == ["margin-comments"]
        assert only(reading).code is Code.FOUND


def test_a_document_made_to_exhaust_a_reader_is_refused() -> None:
    def deep(parts: dict[str, bytes]) -> None:
        opened, closed = b"<w:sdt><w:sdtContent>" * 300, b"</w:sdtContent></w:sdt>" * 300
        parts[MAIN["docx"]] = parts[MAIN["docx"]].replace(b"<w:body>", b"<w:body>" + opened + closed, 1)

    def wide(parts: dict[str, bytes]) -> None:
        table = b"<w:tbl><w:tr>" + b"<w:tc/>" * 100_001 + b"</w:tr></w:tbl>"
        parts[MAIN["docx"]] = parts[MAIN["docx"]].replace(b"<w:body>", b"<w:body>" + table, 1)

    def cut(parts: dict[str, bytes]) -> None:
        parts[MAIN["docx"]] = parts[MAIN["docx"]][:-40]

    for edit, code in ((deep, "damaged"), (wide, "too-many-cells"), (cut, "damaged")):
        refused("docx", zip_edited(written("docx"), edit), code)


def test_a_document_of_other_programs_is_told_by_its_kind() -> None:
    def open_document(parts: dict[str, bytes]) -> None:
        del parts["[Content_Types].xml"]
        parts["mimetype"] = b"application/vnd.oasis.opendocument.text"

    def with_macros(parts: dict[str, bytes]) -> None:
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macro)

    assert read("docx", zip_edited(written("docx"), open_document)).problems[0].params == {"found": "ODT"}
    refused("docx", zip_edited(written("docx"), with_macros), "macros")

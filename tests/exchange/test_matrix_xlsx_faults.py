"""What bad input gets: each case is made here, and answered by sheet and cell."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook
from workbook_cases import (
    SAMPLE,
    SMALL,
    cell,
    edited,
    faults,
    matrix,
    put,
    read,
    sheet_of,
    told,
    written,
    zip_edited,
)

from cpi1540.exchange.messages import FILE_NOTES, FILE_PROBLEMS, problem_sentence
from cpi1540.exchange.proposal import Proposal
from cpi1540.foundation.files.zip_guard import DEFAULT_LIMITS
from cpi1540.matrix.record import Code, Entry

SHEET1 = "xl/worksheets/sheet2.xml"  # sheet1 is the cover


def only(proposal: Proposal, code: str, where: str) -> None:
    assert faults(proposal) == [(code, where)]
    assert str(problem_sentence(proposal.problems[0]))


def swapped(part: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return edit


def test_a_file_too_large_is_not_opened() -> None:
    only(read(b"PK\x03\x04" + bytes(DEFAULT_LIMITS.packed)), "too-large", "file.xlsx")


def test_a_file_with_a_password_and_an_old_one_are_told_apart() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    only(read(ole + "EncryptedPackage".encode("utf-16-le")), "encrypted", "file.xlsx")
    only(read(ole), "old-format", "file.xlsx")


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"%PDF-1.7", "PDF"), (b"<html>", "HTML"), (b"State;Code\n", "TXT"), (b"\x00\x01", "BIN")],
)
def test_a_file_that_is_not_what_its_name_says(data: bytes, found: str) -> None:
    proposal = read(data)
    only(proposal, "wrong-type", "file.xlsx")
    assert proposal.problems[0].params == {"found": found}


def test_a_word_document_and_any_zip_are_no_workbooks() -> None:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    changed = zip_edited(written(), swapped("[Content_Types].xml", main, word.encode()))
    assert read(changed).problems[0].params == {"found": "DOCX"}
    assert read(zip_edited(written(), lambda parts: parts.pop("[Content_Types].xml"))).problems[0].code == "wrong-type"


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = zip_edited(written(), lambda parts: parts.update({"xl/bomb.bin": bytes(30_000_000)}))
    assert len(bomb) < 100_000
    only(read(bomb), "unpacks-too-large", "file.xlsx")


def test_external_entities_are_refused() -> None:
    declared = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet'
    only(read(zip_edited(written(), swapped(SHEET1, b"<worksheet", declared))), "document-type", "file.xlsx")


def test_a_part_in_another_encoding_is_refused() -> None:
    changed = zip_edited(written(), swapped(SHEET1, b'encoding="UTF-8"', b'encoding="UTF-7"'))
    only(read(changed), "unreadable-part", "file.xlsx")


@pytest.mark.parametrize("part", ["../evil.xml", "/etc/passwd", "xl\\..\\evil", "C:/evil"])
def test_a_part_that_leads_outside_is_refused(part: str) -> None:
    only(read(zip_edited(written(), lambda parts: parts.update({part: b"x"}))), "unsafe-path", "file.xlsx")


def test_a_part_that_stands_there_twice_is_refused() -> None:
    target = io.BytesIO(written())
    with zipfile.ZipFile(target, "a") as container:
        container.writestr("XL/workbook.xml", b"<x/>")
    only(read(target.getvalue()), "repeated-part", "file.xlsx")


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(written())
    start = data.find(b"PK\x01\x02")
    flags = struct.unpack_from("<H", data, start + 8)[0]
    struct.pack_into("<H", data, start + 8, flags | 1)
    only(read(bytes(data)), "encrypted", "file.xlsx")


@pytest.mark.parametrize(("part", "code"), [("xl/vbaProject.bin", "macros"), ("xl/embeddings/a.bin", "active-content")])
def test_macros_and_embedded_things_are_refused(part: str, code: str) -> None:
    only(read(zip_edited(written(), lambda parts: parts.update({part: b"x"}))), code, "file.xlsx")


def test_a_workbook_for_macros_is_refused_by_its_type() -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    only(read(zip_edited(written(), swapped("[Content_Types].xml", plain, macro))), "macros", "file.xlsx")


def test_damaged_files_are_refused_wherever_they_are_cut() -> None:
    data = written()
    for length in range(4, len(data), len(data) // 40):
        proposal = read(data[:length])
        assert proposal.problems
        assert not proposal.changes
    only(read(zip_edited(data, swapped(SHEET1, b"</sheetData>", b""))), "damaged", "file.xlsx")


def test_a_sheet_that_reaches_far_beyond_a_matrix_is_refused_before_it_is_read() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    only(read(zip_edited(written(), swapped(SHEET1, b"</sheetData>", far))), "too-many-cells", "op1 short")


def test_a_formula_is_told_with_its_cell_and_not_believed() -> None:
    only(read(edited(written(), put("op1.cwc", "code", '="X"'))), "formula", "op1 short!E8")
    beside = read(edited(written(), lambda book: sheet_of(book, "op1").__setitem__("J8", "=1+1")))
    assert (beside.problems, [note.code for note in beside.notes]) == ((), ["formula-passed-over"])


def test_no_text_becomes_a_formula_on_the_way_out() -> None:
    data = written(matrix({"op1.npt": Entry(Code.BLANK, remarks='=HYPERLINK("http://x")')}))
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = [container.read(name) for name in container.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)


def test_a_wrong_layout_is_told() -> None:
    only(read(written(), layouts={"other": SMALL}), "unknown-layout", "file.xlsx")
    only(read(written(), matrix({}, replace(SMALL, code="other"))), "other-layout", "file.xlsx")


def test_a_wrong_state_is_told() -> None:
    only(read(written(), states={"XAB"}), "unknown-state", "file.xlsx")
    only(read(written(), state="XAB"), "other-state", "file.xlsx")
    only(read(written(), practice=False), "other-record", "file.xlsx")


@pytest.mark.parametrize("text", ["no", "✗", "XX", "1"])
def test_an_unknown_code_is_told(text: str) -> None:
    proposal = read(edited(written(), put("op1.cwc", "code", text)))
    only(proposal, "unknown-code", "op1 short!E8")
    assert proposal.problems[0].params["found"] == text


def test_a_code_among_the_sources_is_told() -> None:
    only(read(edited(written(), put("op1.cwc", "sources", "X"))), "misplaced-code", "op1 short!F8")


def test_a_row_that_stands_there_twice_or_is_missing_is_told() -> None:
    def copy(book: Any) -> None:
        sheet = sheet_of(book, "op1")
        for column in range(1, 9):
            sheet.cell(9, column).value = sheet.cell(8, column).value

    only(read(edited(written(), copy)), "repeated-row", "op1 short!A9")
    missing = read(edited(written(), lambda book: sheet_of(book, "op1").delete_rows(8)))
    only(missing, "missing-row", "op1 short")
    assert missing.problems[0].params == {"row": "op1.cwc"}


def test_a_missing_sheet_or_column_is_told() -> None:
    only(read(edited(written(), lambda book: book.remove(sheet_of(book, "op2")))), "missing-sheet", "op2")
    only(read(edited(written(), put_key("G1", None))), "missing-column", "op1 short")


def put_key(name: str, value: object) -> Callable[[Any], None]:
    return lambda book: sheet_of(book, "op1").__setitem__(name, value)


def test_a_row_of_nowhere_is_told() -> None:
    only(read(edited(written(), put_key("E12", "X"))), "unknown-row", "op1 short!E12")


def test_changed_keys_are_found_out() -> None:
    only(read(edited(written(), put_key("B8", "X||"))), "keys-damaged", "file.xlsx")
    other = edited(written(), lambda book: book["cpi1540"].__setitem__("B2", "XAB"))
    only(read(other), "keys-damaged", "file.xlsx")


def test_merged_cells_are_told() -> None:
    def merge(book: Any) -> None:
        first, last = (cell(book, "op2.make", f"code.{domain}.framework").coordinate for domain in ("nw", "bw"))
        sheet_of(book, "op2").merge_cells(f"{first}:{last}")

    proposal = read(edited(written(), merge))
    only(proposal, "merged-cells", "op2 short!E8")
    assert proposal.problems[0].params == {"range": "E8:G8"}


def test_a_hidden_row_is_read_but_may_not_change() -> None:
    def hide(book: Any) -> None:
        sheet_of(book, "op1").row_dimensions[8].hidden = True

    unchanged = read(edited(written(), hide))
    assert (unchanged.problems, [note.code for note in unchanged.notes]) == ((), ["hidden-read"])
    changed = read(edited(edited(written(), hide), put("op1.cwc", "code", "X")))
    only(changed, "hidden-change", "op1 short!E8")


def test_rows_in_another_order_and_columns_beside_are_read() -> None:
    def sort(book: Any) -> None:
        sheet = sheet_of(book, "op1")
        for column in range(1, 9):
            one, two = sheet.cell(7, column), sheet.cell(8, column)
            one.value, two.value = two.value, one.value
        sheet["I7"] = "my own note"

    proposal = read(edited(written(), sort))
    assert (proposal.changes, proposal.problems) == ((), ())
    assert [(note.code, note.where) for note in proposal.notes] == [("extra-column", "op1 short!I7")]


def test_a_column_inserted_before_the_codes_does_not_move_them() -> None:
    proposal = read(edited(written(), lambda book: sheet_of(book, "op1").insert_cols(5)))
    assert (proposal.changes, proposal.problems) == ((), ())


@pytest.mark.parametrize("code", ["ar", "en"])
def test_right_to_left_sheets_are_read_in_the_same_order(code: str) -> None:
    def turn(book: Any) -> None:
        assert bool(sheet_of(book, "op1").sheet_view.rightToLeft) == (code == "ar")
        sheet_of(book, "op1").sheet_view.rightToLeft = code != "ar"
        put("op1.cwc", "code", "X")(book)

    assert told(read(edited(written(code=code), turn))) == [("op1.cwc", "code", "", "X")]


def test_a_text_without_its_field_is_told() -> None:
    proposal = read(edited(written(), put("op2.finance", "sources.framework", "Banking Act")))
    only(proposal, "unled-text", "op2 short!H9")
    assert proposal.problems[0].params["leaders"] == "NW:, CW:, BW:"


def test_a_measure_that_the_record_does_not_have_is_told() -> None:
    proposal = read(edited(written(), put("op1.cwc", "sources", "art. 1 [XAA-M9]")))
    only(proposal, "unknown-measure", "op1 short!F8")


def test_both_values_are_told_where_the_record_was_changed_too() -> None:
    moved = matrix({**SAMPLE.entries, "op1.cwc": Entry(Code.INCOMPLETE)})
    proposal = read(edited(written(), put("op1.cwc", "code", "X")), moved)
    only(proposal, "changed-since", "op1 short!E8")
    assert proposal.problems[0].params == {"field": "op1.cwc", "file": "X", "record": "?"}
    same = matrix({**SAMPLE.entries, "op1.cwc": Entry(Code.INCOMPLETE)})
    assert read(edited(written(), put("op1.cwc", "code", "?")), same).changes == ()


def test_a_text_that_was_cut_cannot_be_changed_in_the_file() -> None:
    long = matrix({"op1.npt": Entry(Code.BLANK, remarks="a" * 40_000)})
    assert read(written(long), long).changes == ()
    only(read(edited(written(long), put("op1.npt", "remarks", "b")), long), "cut-text", "op1 short!G7")


def foreign(rows: list[list[object]], title: str = "Sheet1") -> bytes:
    book = Workbook()
    book.active.title = title
    for cells in rows:
        book.active.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_file_without_keys_is_recognised_by_its_labels_in_any_language() -> None:
    data = foreign([["Aurelia (XAA)"], [1, "op1 npt row fr", "Oui", None], [2, "2. OP1 CWC row", "Х", "Law 5"]])
    proposal = read(data)
    assert faults(proposal) == []
    assert told(proposal) == [("op1.cwc", "code", "", "X"), ("op1.cwc", "sources", "", "Law 5")]
    assert {note.code for note in proposal.notes} == {"by-label", "understood", "empty-passed-over"}
    assert (proposal.state, proposal.version) == ("XAA", None)


def test_tables_of_one_domain_are_told_apart_by_their_heads() -> None:
    data = foreign([["Chemical weapons"], [1, "op3ab licensing row", "X", "Act 1", "?", None, None]])
    found = read(data, state="XAA")
    assert told(found) == [
        ("op3ab.licensing.cw.framework", "code", None, "X"),
        ("op3ab.licensing.cw.framework", "sources", "", "Act 1"),
        ("op3ab.licensing.cw.enforcement", "code", None, "?"),
    ]
    assert {problem.params["row"] for problem in found.problems} >= {"op3ab.itdb.nw"}
    unclear = read(foreign([[1, "op3ab licensing row", "X"]]), state="XAA")
    assert ("unclear-domain", "Sheet1!B1") in faults(unclear)


def test_a_file_without_a_state_or_a_matrix_is_told() -> None:
    only(read(foreign([[1, "op1 npt row", "X"], [2, "op1 cwc row", "X"]])), "no-state", "file.xlsx")
    only(read(foreign([["shopping"]]), state="XAA"), "no-matrix", "file.xlsx")


def test_every_problem_and_note_has_a_sentence_that_its_values_fill() -> None:
    assert not set(FILE_PROBLEMS) & set(FILE_NOTES)
    assert all(text.endswith((".", "”.")) or "%(found)s" in text for text in FILE_PROBLEMS.values())

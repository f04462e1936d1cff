"""Sheets for the comments of a State, and ways to fill them in as a State does."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import docx
from workbook_cases import MADE, SAMPLE, SMALL, edited, wording

from cpi1540.exchange.comment_sheet import AskSheet, Part, Proposed, SheetHead, SheetReading, sheet_head
from cpi1540.exchange.comment_sheet_in_docx import read_comment_sheet_docx
from cpi1540.exchange.comment_sheet_in_xlsx import read_comment_sheet_xlsx
from cpi1540.exchange.comment_sheet_out_docx import write_comment_sheet_docx
from cpi1540.exchange.comment_sheet_out_xlsx import write_comment_sheet_xlsx
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import Matrix

ASK = AskSheet("XAA", SMALL, practice=True)
WRITERS = {"xlsx": write_comment_sheet_xlsx, "docx": write_comment_sheet_docx}
READERS = {"xlsx": read_comment_sheet_xlsx, "docx": read_comment_sheet_docx}
FORMS = tuple(WRITERS)
Answers = Mapping[str, Mapping[Part, str]]


def head(code: str = "en", of: Matrix = SAMPLE) -> SheetHead:
    return sheet_head(replace(of.version, revision=12), "Aurelia", "Working document of the office.", MADE, code)


def written(form: str, code: str = "en", of: Matrix = SAMPLE, layout: Layout = SMALL, chosen: Any = None) -> bytes:
    return WRITERS[form](of, layout, head(code, of), wording(code), chosen)


def read(form: str, data: bytes, ask: AskSheet = ASK) -> SheetReading:
    return READERS[form](data, f"file.{form}", ask)


def filled(form: str, data: bytes, answers: Answers) -> bytes:
    """The sheet with these answers, saved by a library that is not the one it was written with."""
    return (edited if form == "xlsx" else document_edited)(data, FILLERS[form](answers))


def document_edited(data: bytes, edit: Callable[[Any], object]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    edit(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def sheet_cell(book: Any, field: str, part: Part) -> Any:
    for sheet in book:
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value == field:
                return sheet.cell(row, columns[part.value])
    raise KeyError(field)


def document_row(document: Any, field: str) -> Any:
    for table in document.tables:
        for row in table.rows:
            if row.cells[-1].text.split()[:1] == [field]:
                return row
    raise KeyError(field)


def document_cell(document: Any, field: str, part: Part) -> Any:
    places = {Part.PROPOSED_CODE: -5, Part.PROPOSED_SOURCES: -4, Part.PROPOSED_REMARKS: -3, Part.COMMENT: -2}
    return document_row(document, field).cells[{Part.SOURCES: -7, Part.CODE: -8, **places}[part]]


def _fill_workbook(answers: Answers) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        for field, parts in answers.items():
            for part, text in parts.items():
                cell = sheet_cell(book, field, part)
                cell.value = text or None
                if text:
                    cell.data_type = "s"

    return edit


def _fill_document(answers: Answers) -> Callable[[Any], None]:
    def edit(document: Any) -> None:
        for field, parts in answers.items():
            for part, text in parts.items():
                cell = document_cell(document, field, part)
                first, *more = text.split("\n")
                cell.paragraphs[0].add_run(first)
                for line in more:
                    cell.add_paragraph(line)

    return edit


FILLERS = {"xlsx": _fill_workbook, "docx": _fill_document}


def told(reading: SheetReading) -> dict[str, tuple[object, str | None, str | None, str | None]]:
    return {each.field: (each.code, each.sources, each.remarks, each.comment) for each in reading.proposed}


def faults(reading: SheetReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def only(reading: SheetReading) -> Proposed:
    (one,) = reading.proposed
    return one

"""A State's matrix as an Excel workbook in the printed form, made to be filled in and sent back."""

import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from cpi1540.exchange import messages
from cpi1540.exchange.code_spelling import CHOICES
from cpi1540.exchange.cover_out_xlsx import write_cover
from cpi1540.exchange.keys import ROW_MARK, SECTION_MARK, SHEET, SHEET_MARK, FileKeys
from cpi1540.exchange.printed_form import Column, Content, PrintedRow, columns, printed_rows
from cpi1540.exchange.row_text import RowWriting, cell_token, row_mark
from cpi1540.exchange.sheet_style_xlsx import Looks, height_of, lines_of, protect, set_page, width_for, width_of
from cpi1540.exchange.wording import Wording
from cpi1540.exchange.workbook_head import WorkbookHead, version_text
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.layout import Aspect, Confidence, Layout, Section, Shape
from cpi1540.matrix.messages import DOMAIN_NAMES, DOMAIN_SHORT
from cpi1540.matrix.record import Matrix

_KEY, _MARK, _FIRST = 0, 1, 2  # columns: row key, row mark, first printed one
_KEYS_ROW, _TITLE, _SUBTITLE, _NOTE, _WORDING, _HEAD = range(6)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\：–]+")
_LONGEST_NAME = 31


def write_matrix(matrix: Matrix, layout: Layout, head: WorkbookHead, wording: Wording) -> bytes:
    """The workbook: a cover, one sheet a section, hidden keys. The same values give the same bytes.

    Text is written as text, never as a formula or a link. ``wording`` gives the language; a right-to-left
    language gives right-to-left sheets.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        _WorkbookWriting(workbook, matrix, layout, head, wording).write()
    return target.getvalue()


class _WorkbookWriting:
    def __init__(self, workbook: Any, matrix: Matrix, layout: Layout, head: WorkbookHead, wording: Wording) -> None:
        self.workbook, self.matrix, self.layout, self.head, self.wording = workbook, matrix, layout, head, wording
        self.say = wording.say
        self.rows = RowWriting(wording)
        self.looks = Looks(workbook, wording)
        self.marks: dict[str, str] = {}
        self.partly_provisional = {
            section.code
            for section in layout.sections
            if any(row.confidence is Confidence.SEEN for row in section.rows)
        }
        self.keys = FileKeys.of(matrix.version, wording.language)

    def write(self) -> None:
        made = self.head.made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        title = self._said(messages.MATRIX_OF, state=self.head.state_name)
        self.workbook.set_properties({"title": title, "created": made, "comments": self.head.notice})
        names = sheet_names(self.layout, self.wording)
        cover = self.workbook.add_worksheet(names[""])
        self._prepare(cover, title)
        write_cover(cover, self.matrix, self.layout, self.head, self.wording, self.looks, names)
        for section in self.layout.sections:
            sheet = self.workbook.add_worksheet(names[section.code])
            self._prepare(sheet, self.wording.of(section.short_titles))
            self._section(sheet, section)
        self._hidden_keys()

    def _said(self, text: str, **params: object) -> str:
        return self.say(Sentence(text, params))

    def _prepare(self, sheet: Any, subject: str) -> None:
        practice = f"{self.say(messages.PRACTICE)} " if self.matrix.version.practice else ""
        start, middle = f"{self.head.state_name} · {subject}", f"{practice}{self.say(messages.DISCLAIMER)}"
        set_page(sheet, self.wording, start, middle)
        protect(sheet)

    def _section(self, sheet: Any, section: Section) -> None:
        form = columns(section.shape)
        self._top(sheet, section, form)
        first = _HEAD + (1 if section.shape is Shape.SINGLE else 2)
        place = first
        tables: list[tuple[int, int]] = []
        for domain, _rows in section.tables:
            if domain:
                self._band(sheet, place, self.say(DOMAIN_NAMES[domain]), len(form))
                place += 1
            beginning = place
            for row in (row for row in printed_rows(section) if row.domain is domain):
                self._row(sheet, place, row, form)
                place += 1
            if place > beginning:
                tables.append((beginning, place - 1))
        last = place - 1
        self._columns(sheet, section, form, tables)
        sheet.freeze_panes(first, _FIRST + 2)
        sheet.repeat_rows(_TITLE, first - 1)
        sheet.print_area(_TITLE, _FIRST, last, _FIRST + len(form) - 1)

    def _columns(self, sheet: Any, section: Section, form: tuple[Column, ...], tables: list[tuple[int, int]]) -> None:
        sheet.set_row(_KEYS_ROW, None, None, {"hidden": True})
        sheet.set_column(_KEY, _MARK, 4, None, {"hidden": True})
        codes: list[int] = []
        for offset, column in enumerate(form):
            head = self.say(DOMAIN_SHORT[column.domain]) if column.domain else ""
            sheet.set_column(_FIRST + offset, _FIRST + offset, width_for(section.shape, column, head))
            codes += [_FIRST + offset] if column.content is Content.CODE else []
        cells = [(first, column, last, column) for first, last in tables for column in codes]
        if cells:
            self.looks.colour_codes(sheet, [xl_range(*cell) for cell in cells])
            sheet.data_validation(*cells[0], {**self._choices(), "other_cells": [list(cell) for cell in cells[1:]]})

    def _top(self, sheet: Any, section: Section, form: tuple[Column, ...]) -> None:
        sheet.write_string(_KEYS_ROW, _KEY, SECTION_MARK + section.code, self.looks.key)
        sheet.write_string(_KEYS_ROW, _MARK, ROW_MARK, self.looks.key)
        for offset, column in enumerate(form):
            sheet.write_string(_KEYS_ROW, _FIRST + offset, column.key, self.looks.key)
        version = version_text(self.matrix.version, self.wording)
        practice = f"{self.say(messages.PRACTICE)} " if self.matrix.version.practice else ""
        disclaimer = f"{self.say(messages.DISCLAIMER)} {self.say(messages.DISCLAIMER_WHY)}"
        lines = (
            (_TITLE, self.wording.of(section.titles), self.looks.title, 22),
            (_SUBTITLE, f"{self.head.state_name} · {version}", self.looks.subtitle, 15),
            (_NOTE, f"{practice}{disclaimer}", self.looks.note, 13),
            (_WORDING, f"{self.head.notice} {self._wording_note(section)}", self.looks.note, 15),
        )
        for place, text, look, height in lines:
            sheet.set_row(place, height)
            sheet.write_string(place, _FIRST, text, look)
        self._heads(sheet, section, form)

    def _heads(self, sheet: Any, section: Section, form: tuple[Column, ...]) -> None:
        two_rows = section.shape is not Shape.SINGLE
        texts = {
            Content.NUMBER: messages.NUMBER_HEAD,
            Content.LABEL: messages.LABEL_HEADS.get(
                section.code, messages.INSTRUMENT_HEAD if section.code == "op1" else messages.QUESTION_HEAD
            ),
            Content.CODE: messages.YES_HEAD,
            Content.SOURCES: messages.SOURCE_HEAD if two_rows else messages.INFORMATION_HEAD,
            Content.REMARKS: messages.REMARKS_HEAD,
        }
        tallest = 1
        for offset, column in enumerate(form):
            place = _FIRST + offset
            if column.content is Content.CODE and two_rows:
                if column.domain:
                    sheet.write_string(_HEAD + 1, place, self.say(DOMAIN_SHORT[column.domain]), self.looks.subhead)
                else:
                    sheet.write_string(_HEAD + 1, place, self.say(messages.YES_HEAD), self.looks.subhead)
                continue
            enforced = column.aspect is Aspect.ENFORCEMENT
            text = self.say(messages.ENFORCEMENT_SOURCE_HEAD if enforced else texts[column.content])
            tallest = max(tallest, lines_of(text, width_of(section.shape, column)) - (1 if two_rows else 0))
            if two_rows:
                sheet.merge_range(_HEAD, place, _HEAD + 1, place, text, self.looks.head)
            else:
                sheet.write_string(_HEAD, place, text, self.looks.head)
        if two_rows:
            tallest = max(tallest, *(self._code_head(sheet, section, form, aspect) for aspect in Aspect))
            sheet.set_row(_HEAD + 1, 15)
        sheet.set_row(_HEAD, height_of(tallest))

    def _code_head(self, sheet: Any, section: Section, form: tuple[Column, ...], aspect: Aspect) -> int:
        """The head over the code columns of one aspect; the number of lines it takes."""
        here = [n for n, column in enumerate(form) if column.content is Content.CODE and column.aspect is aspect]
        text = self.say(messages.FRAMEWORK_HEAD if aspect is Aspect.FRAMEWORK else messages.ENFORCEMENT_HEAD)
        first, last = _FIRST + here[0], _FIRST + here[-1]
        if first == last:
            sheet.write_string(_HEAD, first, text, self.looks.head)
        else:
            sheet.merge_range(_HEAD, first, _HEAD, last, text, self.looks.head)
        return lines_of(text, sum(width_of(section.shape, form[n]) for n in here)) + 1

    def _wording_note(self, section: Section) -> str:
        remembered = [row.confidence is Confidence.REMEMBERED for row in section.rows]
        if all(remembered):
            return self.say(messages.PROVISIONAL_SECTION)
        return self.say(messages.PROVISIONAL_ROWS) if any(remembered) else ""

    def _band(self, sheet: Any, place: int, text: str, width: int) -> None:
        sheet.set_row(place, 18)
        sheet.write_string(place, _FIRST, text, self.looks.band)
        for offset in range(1, width):
            sheet.write_blank(place, _FIRST + offset, None, self.looks.band)

    def _row(self, sheet: Any, place: int, row: PrintedRow, form: tuple[Column, ...]) -> None:
        tokens: list[str] = []
        lines = 1
        for offset, column in enumerate(form):
            at = _FIRST + offset
            if column.content is Content.NUMBER:
                sheet.write_string(place, at, row.number, self.looks.number)
            elif column.content is Content.LABEL:
                text = self._label(row)
                lines = max(lines, lines_of(text, width_of(row.shape, column)))
                sheet.write_string(place, at, text, self.looks.label)
            else:
                text = self.rows.cell(row, column, self.matrix.entries)
                tokens.append(cell_token(column.content, text))
                is_code = column.content is Content.CODE
                look = self.looks.code if is_code else self.looks.for_text(text)
                if not text:
                    sheet.write_blank(place, at, None, look)
                    continue
                sheet.write_string(place, at, text, look)
                if not is_code:
                    lines = max(lines, lines_of(text, width_of(row.shape, column)))
        mark = row_mark(tokens)
        self.marks[row.key] = mark
        sheet.write_string(place, _KEY, row.key, self.looks.key)
        sheet.write_string(place, _MARK, mark, self.looks.key)
        sheet.set_row(place, height_of(lines))

    def _label(self, row: PrintedRow) -> str:
        label = self.wording.of(row.row.labels)
        marked = row.row.section in self.partly_provisional and row.row.confidence is Confidence.REMEMBERED
        return f"{label} †" if marked else label

    def _choices(self) -> Mapping[str, object]:
        return {
            "validate": "list",
            "source": list(CHOICES),
            "input_title": self.say(messages.LIST_TITLE)[:32],
            "input_message": self.say(messages.LIST_HINT)[:255],
            "error_title": self.say(messages.LIST_TITLE)[:32],
            "error_message": self.say(messages.LIST_ERROR)[:255],
        }

    def _hidden_keys(self) -> None:
        sealed = replace(self.keys, digest=self.keys.seal(self.marks))
        sheet = self.workbook.add_worksheet(SHEET)
        sheet.write_string(0, 0, SHEET_MARK)
        for place, (name, value) in enumerate(sealed.as_rows(), start=1):
            sheet.write_string(place, 0, name)
            sheet.write_string(place, 1, value)
        sheet.protect()
        sheet.very_hidden()


def sheet_names(layout: Layout, wording: Wording) -> dict[str, str]:
    """Section code -> the name of its sheet, with the cover's under ""; unique, as Excel allows them."""
    names = {"": _sheet_name(wording.say(messages.COVER))}
    for section in layout.sections:
        name = _sheet_name(wording.of(section.short_titles)) or section.code
        taken = {other.casefold() for other in names.values()} | {SHEET}
        names[section.code] = name if name.casefold() not in taken else f"{name[:20]} {section.code}"
    return names


def _sheet_name(text: str) -> str:
    name = " ".join(_FORBIDDEN.sub(" ", text).split()).strip("'")
    if len(name) > _LONGEST_NAME:
        words = name[: _LONGEST_NAME + 1].split(" ")[:-1] or [name[:_LONGEST_NAME]]
        while len(words) > 1 and len(words[-1]) <= 3 and words[-1].islower():  # "and", "y", "et"
            words.pop()
        name = " ".join(words)
    return name.strip(" ,،、'(")

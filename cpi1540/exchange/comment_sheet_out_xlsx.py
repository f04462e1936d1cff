"""The sheet on which a State comments on a draft, as an Excel workbook: a row for each field."""

import datetime
import io
from collections.abc import Collection, Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from cpi1540.exchange import messages, sheet_messages
from cpi1540.exchange.comment_sheet import (
    CHOICES,
    DRAFT,
    OF_STATE,
    SHEET_KEYS,
    SHEET_SECTION,
    Line,
    Part,
    SheetHead,
    columns_of,
    domain_title,
    draft_sentence,
    facts_of,
    lines_of_section,
)
from cpi1540.exchange.cover_out_xlsx import CoverWriting
from cpi1540.exchange.keys import SHEET
from cpi1540.exchange.matrix_out_xlsx import sheet_names
from cpi1540.exchange.sheet_style_xlsx import INK_SOFT, PAPER, RULE, Looks, height_of, lines_of, protect, set_page
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.layout import Domain, Layout, Section, Shape
from cpi1540.matrix.record import Matrix

_KEY, _MARK, _FIRST = 0, 1, 2  # columns: field key, mark, first one shown
_KEYS_ROW, _TITLE, _SUBTITLE, _NOTE, _OVER, _HEAD, _BODY = range(7)
_WIDTHS: Mapping[Part, float] = {
    Part.NUMBER: 5,
    Part.LABEL: 30,
    Part.DOMAIN: 9,
    Part.ASPECT: 14,
    Part.CODE: 6,
    Part.SOURCES: 34,
    Part.REMARKS: 20,
    Part.PROPOSED_CODE: 10,
    Part.PROPOSED_SOURCES: 34,
    Part.PROPOSED_REMARKS: 24,
    Part.COMMENT: 28,
}
_TEXTS = (Part.SOURCES, Part.REMARKS)


def write_comment_sheet_xlsx(
    matrix: Matrix, layout: Layout, head: SheetHead, wording: Wording, chosen: Collection[str] | None = None
) -> bytes:
    """The workbook: how to comment, one sheet a section, hidden keys. The same values give the same bytes.

    ``wording`` gives the language; ``chosen`` are the keys of the fields wanted, all when it is None. Only the
    State's columns can be written into. Text is written as text, never as a formula or a link.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        _SheetWriting(workbook, matrix, layout, head, wording, chosen).write()
    return target.getvalue()


class _SheetWriting:
    def __init__(
        self,
        workbook: Any,
        matrix: Matrix,
        layout: Layout,
        head: SheetHead,
        wording: Wording,
        chosen: Collection[str] | None,
    ) -> None:
        self.workbook, self.layout, self.head, self.wording = workbook, layout, head, wording
        self.say = wording.say
        self.looks = Looks(workbook, wording)
        reading = {"reading_order": 2} if wording.right_to_left else {}
        look = {"font_name": "Arial", "font_size": 9, "border": 1, "border_color": RULE, "valign": "top", **reading}
        shown = {**look, "text_wrap": True, "bg_color": PAPER}
        latin = {"reading_order": 1, "align": "right"}
        self.shown = workbook.add_format(shown)
        self.shown_latin = workbook.add_format({**shown, **latin})
        self.again = workbook.add_format({**shown, "font_color": INK_SOFT})
        self.drafted = workbook.add_format({**shown, "bold": True, "align": "center"})
        self.input = workbook.add_format({**look, "text_wrap": True, "locked": False})
        self.input_code = workbook.add_format({**look, "bold": True, "align": "center", "locked": False})
        over = {**look, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        self.over_draft = workbook.add_format({**over, "bg_color": "#FFFFFF", "font_color": INK_SOFT})
        self.over_state = workbook.add_format({**over, "bg_color": "#F6E7C1", "font_color": "#5B4300"})
        self.sections = {
            section.code: found
            for section in layout.sections
            if (found := lines_of_section(matrix, layout, section, wording, chosen))
        }

    def write(self) -> None:
        made = self.head.made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        title = self.say(Sentence(sheet_messages.SHEET_OF, {"state": self.head.state_name}))
        self.workbook.set_properties({"title": title, "created": made, "comments": self.head.notice})
        names = sheet_names(self.layout, self.wording)
        first = self.workbook.add_worksheet(names[""])
        self._prepare(first, sheet_messages.HOW_TO_COMMENT)
        self._instructions(first, title, names)
        for section in self.layout.sections:
            if section.code in self.sections:
                sheet = self.workbook.add_worksheet(names[section.code])
                self._prepare(sheet, self.wording.of(section.short_titles))
                self._section(sheet, section, self.sections[section.code])
        hidden = self.workbook.add_worksheet(SHEET)
        hidden.write_string(0, 0, SHEET_KEYS)
        for place, (name, value) in enumerate(self.head.keys.as_rows(), start=1):
            hidden.write_string(place, 0, name)
            hidden.write_string(place, 1, value)
        hidden.protect()
        hidden.very_hidden()

    def _prepare(self, sheet: Any, subject: str) -> None:
        practice = f"{self.say(messages.PRACTICE)} " if self.head.practice else ""
        start, middle = f"{self.head.state_name} · {self.say(subject)}", f"{practice}{self.say(messages.DISCLAIMER)}"
        set_page(sheet, self.wording, start, middle)
        protect(sheet)

    def _instructions(self, sheet: Any, title: str, names: Mapping[str, str]) -> None:
        say = self.say
        cover = CoverWriting(sheet, self.wording, self.looks)
        cover.line(title, self.looks.title, 26)
        if self.head.practice:
            cover.boxed(say(messages.PRACTICE_NOTICE))
        cover.boxed(f"{say(messages.DISCLAIMER)} {say(messages.DISCLAIMER_WHY)}")
        cover.boxed(self.head.notice)
        cover.skip(8)
        for name, text in facts_of(self.head, self.layout, self.wording):
            cover.fact(name, text)
        cover.heading(say(sheet_messages.HOW_TO_COMMENT))
        for number, step in enumerate(sheet_messages.STEPS, start=1):
            cover.step(str(number), say(step))
        cover.heading(say(messages.CODES))
        for spelling, meaning in messages.CODE_MEANINGS.items():
            cover.code(spelling or say(messages.NOT_REVIEWED_SPELLING), say(meaning))
        cover.heading(say(messages.SECTIONS))
        for section in self.layout.sections:
            if section.code in self.sections:
                count = sheet_messages.lines_of_section(len(self.sections[section.code]))
                cover.link(names[section.code], f"{self.wording.of(section.titles)}\n{say(count)}")
        cover.end()

    def _section(self, sheet: Any, section: Section, lines: tuple[Line, ...]) -> None:
        form = columns_of(section)
        self._top(sheet, section, form)
        place = _BODY
        domain: Domain | None = None
        tables: list[tuple[int, int]] = []
        for line in lines:
            if section.shape is Shape.TABLES and line.domain is not None and line.domain is not domain:
                domain = line.domain
                self._band(sheet, place, domain_title(domain, self.wording), len(form))
                place += 1
                tables.append((place, place))
            if not tables:
                tables.append((place, place))
            self._line(sheet, place, line, form)
            tables[-1] = (tables[-1][0], place)
            place += 1
        sheet.set_row(_KEYS_ROW, None, None, {"hidden": True})
        sheet.set_column(_KEY, _MARK, 4, None, {"hidden": True})
        for offset, part in enumerate(form):
            sheet.set_column(_FIRST + offset, _FIRST + offset, _WIDTHS[part])
        at = _FIRST + form.index(Part.PROPOSED_CODE)
        drafted = _FIRST + form.index(Part.CODE)
        cells = [(first, at, last, at) for first, last in tables]
        self.looks.colour_codes(sheet, [xl_range(first, drafted, last, drafted) for first, last in tables])
        sheet.data_validation(*cells[0], {**self._choices(), "other_cells": [list(cell) for cell in cells[1:]]})
        sheet.freeze_panes(_BODY, _FIRST + 2)
        sheet.repeat_rows(_TITLE, _HEAD)
        sheet.print_area(_TITLE, _FIRST, place - 1, _FIRST + len(form) - 1)

    def _top(self, sheet: Any, section: Section, form: tuple[Part, ...]) -> None:
        sheet.write_string(_KEYS_ROW, _KEY, SHEET_SECTION + section.code, self.looks.key)
        sheet.write_string(_KEYS_ROW, _MARK, Part.MARK.value, self.looks.key)
        for offset, part in enumerate(form):
            sheet.write_string(_KEYS_ROW, _FIRST + offset, part.value, self.looks.key)
        practice = f"{self.say(messages.PRACTICE)} " if self.head.practice else ""
        subtitle = f"{self.head.state_name} · {self.say(draft_sentence(self.head))}"
        note = f"{practice}{self.head.notice} {self.say(messages.DISCLAIMER)}"
        texts = (
            (_TITLE, self.wording.of(section.titles), self.looks.title, 22),
            (_SUBTITLE, subtitle, self.looks.subtitle, 15),
            (_NOTE, note, self.looks.note, 15),
        )
        for place, text, look, height in texts:
            sheet.set_row(place, height)
            sheet.write_string(place, _FIRST, text, look)
        groups = (
            ([part for part in form if part not in OF_STATE], sheet_messages.DRAFT_HEAD, self.over_draft),
            (list(OF_STATE), sheet_messages.STATE_HEAD, self.over_state),
        )
        sheet.set_row(_OVER, 18)
        for parts, text, look in groups:
            first, last = form.index(parts[0]), form.index(parts[-1])
            sheet.merge_range(_OVER, _FIRST + first, _OVER, _FIRST + last, self.say(text), look)
        tallest = 1
        for offset, part in enumerate(form):
            text = self.say(sheet_messages.HEADS[part])
            tallest = max(tallest, lines_of(text, _WIDTHS[part] * 0.9))
            sheet.write_string(_HEAD, _FIRST + offset, text, self.looks.head)
        sheet.set_row(_HEAD, height_of(tallest) + 3)

    def _band(self, sheet: Any, place: int, text: str, width: int) -> None:
        sheet.set_row(place, 18)
        sheet.write_string(place, _FIRST, text, self.looks.band)
        for offset in range(1, width):
            sheet.write_blank(place, _FIRST + offset, None, self.looks.band)

    def _line(self, sheet: Any, place: int, line: Line, form: tuple[Part, ...]) -> None:
        sheet.write_string(place, _KEY, line.field, self.looks.key)
        sheet.write_string(place, _MARK, line.mark, self.looks.key)
        tallest = 2
        for offset, part in enumerate(form):
            at, text = _FIRST + offset, line.texts.get(part, "")
            if part in OF_STATE:
                sheet.write_blank(place, at, None, self.input_code if part is Part.PROPOSED_CODE else self.input)
                continue
            look = self._look(part, line, text)
            if text:
                sheet.write_string(place, at, text, look)
            else:
                sheet.write_blank(place, at, None, look)
            if part in _TEXTS or line.first:
                tallest = max(tallest, lines_of(text, _WIDTHS[part]))
        sheet.set_row(place, height_of(tallest))

    def _look(self, part: Part, line: Line, text: str) -> Any:
        if part is Part.CODE:
            return self.drafted
        if part in DRAFT:
            other_direction = self.looks.for_text(text) is self.looks.text_latin
            return self.shown_latin if other_direction else self.shown
        return self.shown if line.first or part in (Part.DOMAIN, Part.ASPECT) else self.again

    def _choices(self) -> Mapping[str, object]:
        return {
            "validate": "list",
            "source": list(CHOICES),
            "input_title": self.say(sheet_messages.CHOICE_TITLE)[:32],
            "input_message": self.say(sheet_messages.CHOICE_HINT)[:255],
            "error_title": self.say(sheet_messages.CHOICE_TITLE)[:32],
            "error_message": self.say(sheet_messages.CHOICE_ERROR)[:255],
        }

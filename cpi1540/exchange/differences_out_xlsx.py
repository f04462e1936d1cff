"""The differences between two versions as an Excel workbook: one table that can be filtered."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook

from cpi1540.exchange import messages, sheet_messages
from cpi1540.exchange.comment_sheet import Part
from cpi1540.exchange.differences import ADDED, REMOVED, DifferenceRow, DifferencesHead, head_lines, shown
from cpi1540.exchange.sheet_style_xlsx import FONT, INK, INK_SOFT, PETROL, RULE, Looks, height_of, lines_of, set_page
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.word_differences import Segment

_HEADS = (
    (sheet_messages.SECTION, 24.0),
    (sheet_messages.HEADS[Part.NUMBER], 6.0),
    (sheet_messages.HEADS[Part.LABEL], 34.0),
    (sheet_messages.HEADS[Part.DOMAIN], 9.0),
    (sheet_messages.HEADS[Part.ASPECT], 15.0),
    (sheet_messages.BEFORE, 12.0),
    (sheet_messages.AFTER, 12.0),
    (sheet_messages.HEADS[Part.SOURCES], 52.0),
    (sheet_messages.HEADS[Part.REMARKS], 36.0),
    (sheet_messages.HEADS[Part.FIELD], 22.0),
)
_WIDTH = sum(width for _head, width in _HEADS)


def write_differences_xlsx(head: DifferencesHead, rows: Sequence[DifferenceRow], wording: Wording) -> bytes:
    """The workbook: a table of the fields that differ, in the order given. The same values give the same bytes.

    Removed words are struck through and grey, added ones underlined. Text is never a formula or a link.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        _Writing(workbook, head, wording).write(rows)
    return target.getvalue()


class _Writing:
    def __init__(self, workbook: Any, head: DifferencesHead, wording: Wording) -> None:
        self.workbook, self.head, self.wording, self.say = workbook, head, wording, wording.say
        self.looks = Looks(workbook, wording)
        reading = {"reading_order": 2} if wording.right_to_left else {}
        run = {"font_name": FONT, "font_size": 9}
        cell = {**run, "border": 1, "border_color": RULE, "text_wrap": True, "valign": "top", **reading}
        marks: dict[str, dict[str, object]] = {
            REMOVED: {"font_strikeout": True, "font_color": INK_SOFT},
            ADDED: {"underline": 1, "font_color": PETROL},
        }
        self.runs = {kind: workbook.add_format({**run, **look}) for kind, look in marks.items()}
        self.same = workbook.add_format({**run, "font_color": INK})
        self.cell = workbook.add_format(cell)
        latin = {"reading_order": 1, "align": "right"}
        self.latin = workbook.add_format({**cell, **latin})
        self.whole = {
            (kind, other): workbook.add_format({**cell, **look, **(latin if other else {})})
            for kind, look in marks.items()
            for other in (False, True)
        }
        self.code = workbook.add_format({**cell, "align": "center", "bold": True})
        self.key = workbook.add_format({**cell, "font_name": "Courier New", "font_size": 7, "font_color": INK_SOFT})

    def write(self, rows: Sequence[DifferenceRow]) -> None:
        made = self.head.made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        title = self.say(Sentence(sheet_messages.DIFFERENCES_OF, {"state": self.head.state_name}))
        self.workbook.set_properties({"title": title, "created": made, "comments": self.head.notice})
        sheet = self.workbook.add_worksheet(self.say(sheet_messages.DIFFERENCES)[:31])
        practice = f"{self.say(messages.PRACTICE)} " if self.head.practice else ""
        set_page(sheet, self.wording, self.head.state_name, f"{practice}{self.say(messages.DISCLAIMER)}")
        sheet.set_row(0, 22)
        sheet.write_string(0, 0, title, self.looks.title)
        disclaimer = f"{self.say(messages.DISCLAIMER)} {self.say(messages.DISCLAIMER_WHY)}"
        notices = [f"{practice}{self.head.notice}", disclaimer]
        place = 1
        for text in (*head_lines(self.head, self.wording), *notices):
            look = self.looks.subtitle if place == 1 else self.looks.note
            sheet.set_row(place, height_of(lines_of(text, _WIDTH)))
            sheet.write_string(place, 0, text, look)
            place += 1
        place += 1
        for column, (text, width) in enumerate(_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(place, column, self.say(text), self.looks.head)
        sheet.set_row(place, height_of(2))
        for at, row in enumerate(rows, start=place + 1):
            self._row(sheet, at, row)
        if rows:
            sheet.autofilter(place, 0, place + len(rows), len(_HEADS) - 1)
        else:
            sheet.write_string(place + 1, 0, self.say(sheet_messages.NO_DIFFERENCES), self.looks.note)
        sheet.freeze_panes(place + 1, 3)
        sheet.repeat_rows(place)

    def _row(self, sheet: Any, at: int, row: DifferenceRow) -> None:
        texts = (row.section, row.number, row.label, row.domain, row.aspect, row.code_before, row.code_after)
        tallest = 1
        for column, text in enumerate(texts):
            sheet.write_string(at, column, text, self.code if column in (5, 6) else self.cell)
            tallest = max(tallest, lines_of(text, _HEADS[column][1]))
        for column, segments in ((7, shown(row.sources)), (8, shown(row.remarks))):
            self._marked(sheet, at, column, segments)
            text = "".join(segment.text for segment in segments)
            tallest = max(tallest, lines_of(text, _HEADS[column][1] * 0.95))
        sheet.write_string(at, 9, row.field, self.key)
        sheet.set_row(at, height_of(max(tallest, lines_of(row.field, 22))))

    def _marked(self, sheet: Any, at: int, column: int, segments: Sequence[Segment]) -> None:
        text = "".join(segment.text for segment in segments)
        other_direction = self.looks.for_text(text) is self.looks.text_latin
        look = self.latin if other_direction else self.cell
        if not segments:
            sheet.write_blank(at, column, None, look)
        elif len(segments) == 1:
            kind = segments[0].kind
            sheet.write_string(at, column, text, self.whole.get((kind, other_direction), look))
        else:
            pieces: list[Any] = []
            for segment in segments:
                pieces += [self.runs.get(segment.kind, self.same), segment.text]
            sheet.write_rich_string(at, column, *pieces, look)

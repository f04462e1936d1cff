"""The assistance template as an Excel workbook: a sheet for each request, a row for each need, lists to choose from."""

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter import Workbook

from cpi1540.assistance.requests import request_template as template
from cpi1540.assistance.requests.request import NeedValues, Prefilled, RequestValues
from cpi1540.exchange import messages
from cpi1540.exchange.sheet_style_xlsx import Looks, height_of, lines_of, set_page, write_choices
from cpi1540.exchange.wording import Wording

_KEY, _FIRST, _SECOND = 0, 1, 2
_TITLE, _NOTE, _HEAD = 1, 2, 4
_WIDTHS = {"kind": 24, "domains": 12, "fields": 36, "objective": 44, "languages": 12, "priority": 16, "time_frame": 18}
_LAST_ROW = 500  # down to which the lists of needs reach, for those who add rows


def write_template(
    requests: Sequence[Prefilled], wording: Wording, *, made_at: datetime.datetime, practice: bool = False
) -> bytes:
    """The workbook, with a sheet for each of ``requests``, or an empty one. The same values give the same bytes.

    Text is written as text, never as a formula or a link. ``wording`` gives the language of labels and lists.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        made = made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        workbook.set_properties({"title": wording.say(template.TITLE), "created": made})
        _TemplateWriting(workbook, wording, practice).write(requests)
    return target.getvalue()


class _TemplateWriting:
    def __init__(self, workbook: Any, wording: Wording, practice: bool) -> None:
        self.workbook, self.wording, self.say, self.practice = workbook, wording, wording.say, practice
        self.looks = Looks(workbook, wording)
        self.lists = {
            name: {code: self.say(text) if name != "language" else text for code, text in shown.items()}
            for name, shown in template.choices().items()
        }

    def write(self, requests: Sequence[Prefilled]) -> None:
        sheets = [
            self.workbook.add_worksheet(f"{self.say(template.REQUEST_SHEET)[:24]} {number}")
            for number in range(1, max(len(requests), 1) + 1)
        ]
        ranges = write_choices(self.workbook, template.LISTS_SHEET, template.LISTS_MARK, self.lists)
        for place, sheet in enumerate(sheets):
            self._sheet(sheet, requests[place] if requests else None, ranges)

    def _sheet(self, sheet: Any, request: Prefilled | None, ranges: dict[str, str]) -> None:
        practice = f"{self.say(messages.PRACTICE)} " if self.practice else ""
        set_page(sheet, self.wording, self.say(template.TITLE), practice)
        sheet.write_string(0, _KEY, template.SHEET_MARK, self.looks.key)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(_KEY, _KEY, 4, None, {"hidden": True})
        sheet.set_column(_FIRST, _FIRST, 30)
        for offset, part in enumerate(template.NEED_PARTS):
            sheet.set_column(_SECOND + offset, _SECOND + offset, _WIDTHS.get(part, 28))
        sheet.set_row(_TITLE, 24)
        sheet.write_string(_TITLE, _FIRST, self.say(template.TITLE), self.looks.title)
        last = _SECOND + len(template.NEED_PARTS) - 1
        sheet.set_row(_NOTE, 30)
        note = f"{practice}{self.say(template.HOW_TO)}"
        sheet.merge_range(_NOTE, _FIRST, _NOTE, last, note, self.looks.paragraph)
        place = self._head(sheet, request.values if request else None, ranges)
        self._needs(sheet, place + 1, request.needs if request else (), ranges)

    def _head(self, sheet: Any, values: RequestValues | None, ranges: dict[str, str]) -> int:
        place = _HEAD
        for part, label in template.HEAD_PARTS.items():
            shown = self._shown(part, _head_text(part, values)) if values else ""
            sheet.write_string(place, _KEY, part, self.looks.key)
            sheet.write_string(place, _FIRST, self.say(label), self.looks.label)
            sheet.merge_range(place, _SECOND, place, _SECOND + 3, "", self.looks.for_text(shown))
            if shown:
                sheet.write_string(place, _SECOND, shown, self.looks.for_text(shown))
            width = 24 + 12 + 36 + 44
            sheet.set_row(place, height_of(max(lines_of(self.say(label), 30), lines_of(shown, width))))
            if part in ranges:
                sheet.data_validation(place, _SECOND, place, _SECOND, self._choice(ranges[part]))
            place += 1
        return place

    def _needs(self, sheet: Any, place: int, needs: Sequence[NeedValues], ranges: dict[str, str]) -> None:
        parts = list(template.NEED_PARTS)
        sheet.write_string(place, _FIRST, self.say(template.ITEM), self.looks.head)
        for offset, part in enumerate(parts):
            sheet.write_string(place, _SECOND + offset, self.say(template.NEED_PARTS[part]), self.looks.head)
        sheet.set_row(place, height_of(3))
        sheet.set_row(place + 1, None, None, {"hidden": True})
        for offset, part in enumerate(parts):
            sheet.write_string(place + 1, _SECOND + offset, part, self.looks.key)
        sheet.write_string(place + 1, _KEY, f"{template.NEED_MARK}s", self.looks.key)
        first = place + 2
        for number in range(max(template.MOST_NEEDS, len(needs))):
            row, need, tallest = first + number, needs[number] if number < len(needs) else None, 2
            sheet.write_string(row, _KEY, template.NEED_MARK, self.looks.key)
            sheet.write_number(row, _FIRST, number + 1, self.looks.number)
            for offset, part in enumerate(parts):
                shown = self._shown(part, _need_text(part, need)) if need else ""
                tallest = max(tallest, lines_of(shown, _WIDTHS.get(part, 28)))
                sheet.write_string(row, _SECOND + offset, shown, self.looks.for_text(shown))
            sheet.set_row(row, height_of(tallest))
        for offset, part in enumerate(parts):
            if part in ranges:
                column = _SECOND + offset
                sheet.data_validation(first, column, _LAST_ROW, column, self._choice(ranges[part]))
        sheet.freeze_panes(_HEAD, _SECOND)

    def _shown(self, part: str, text: str) -> str:
        return self.lists[part].get(text, text) if part in self.lists else text

    def _choice(self, source: str) -> dict[str, object]:
        error = self.say(template.LIST_ERROR)[:255]
        return {
            "validate": "list",
            "source": source,
            "error_title": self.say(template.ITEM)[:32],
            "error_message": error,
        }


def _head_text(part: str, values: RequestValues) -> str:
    if part == "requester":
        return values.requester.organization or "; ".join(values.requester.states)
    value = getattr(values, part)
    return "" if value is None else str(value)


_SPELLINGS: dict[str, Callable[[NeedValues], str]] = {
    "domains": lambda need: ", ".join(domain.value.upper() for domain in need.domains),
    "fields": lambda need: "\n".join(need.fields),
    "languages": lambda need: ", ".join(need.languages),
}


def _need_text(part: str, need: NeedValues) -> str:
    if part in _SPELLINGS:
        return _SPELLINGS[part](need)
    value = getattr(need, part)
    return "" if value is None else str(value)

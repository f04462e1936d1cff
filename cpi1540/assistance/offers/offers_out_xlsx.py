"""Providers and offers as an Excel workbook to fill in, with lists to choose from; values in, file out."""

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from cpi1540.assistance.offers import offers_workbook as form
from cpi1540.assistance.offers.covering import keys_of
from cpi1540.assistance.offers.offer import Offer, Provider, StatedMandate
from cpi1540.assistance.requests.request import Kind
from cpi1540.exchange import messages
from cpi1540.exchange.sheet_style_xlsx import FONT, RULE, Looks, height_of, lines_of, set_page, write_choices
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.locales import BY_CODE, CODES
from cpi1540.matrix.layout import Layout

_TITLE, _KEYS, _HEAD, _FIRST = 1, 2, 3, 4  # rows
_WIDTH = 18
_WIDTHS = {
    **dict.fromkeys(("title", "description", "conditions", "fields", "mandate_fields"), 38),
    **dict.fromkeys(("provider", "kinds", "eligible", "excluded", "contact", "source", "mandate_title"), 26),
    **dict.fromkeys((f"{start}{code}" for start in (form.NAME, form.MANDATE) for code in CODES), 30),
    **dict.fromkeys(("offer", "domains", "languages", "places", "person_days", "min_group", "lead_days"), 12),
}
_EMPTY_ROWS = 20  # empty rows that get their look, for those who add some
_IN_EXCEL = datetime.date(1900, 3, 1)  # Excel has no days before its own, and miscounts the first two months


def write_offers(
    offers: Sequence[Offer],
    providers: Sequence[Provider],
    layout: Layout,
    wording: Wording,
    *,
    made_at: datetime.datetime,
    practice: bool = False,
) -> bytes:
    """The workbook: a sheet of offers, one of providers, one that says how. The same values give the same bytes.

    Text is written as text, never as a formula or a link. ``wording`` gives the language of labels and lists.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as workbook:
        made = made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        workbook.set_properties({"title": wording.say(form.TITLE), "created": made})
        writing = _Writing(workbook, layout, wording, practice)
        writing.write(offers, providers)
    return target.getvalue()


class _Writing:
    def __init__(self, workbook: Any, layout: Layout, wording: Wording, practice: bool) -> None:
        self.workbook, self.layout, self.wording, self.say = workbook, layout, wording, wording.say
        self.practice = f"{self.say(messages.PRACTICE)} " if practice else ""
        self.looks = Looks(workbook, wording)
        box = {"border": 1, "border_color": RULE, "valign": "top", "align": "left"}
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd", "font_name": FONT, "font_size": 9, **box})
        self.lists = {
            name: {code: self.say(text) if name != "language" else text for code, text in shown.items()}
            for name, shown in form.choices().items()
        }

    def write(self, offers: Sequence[Offer], providers: Sequence[Provider]) -> None:
        sheets = [
            self.workbook.add_worksheet(self.say(each)[:31]) for each in (form.OFFERS_SHEET, form.PROVIDERS_SHEET)
        ]
        how_to = self.workbook.add_worksheet(self.say(form.HOW_TO_SHEET)[:31])
        ranges = write_choices(self.workbook, form.LISTS_SHEET, form.LISTS_MARK, self.lists)
        heads = {part: self._head_of(part, label) for part, label in form.PROVIDER_COLUMNS.items()}
        offer_heads = {part: self.say(label) for part, label in form.OFFER_COLUMNS.items()}
        self._sheet(sheets[0], form.OFFERS_MARK, offer_heads, [self._offer(each) for each in offers], ranges)
        self._sheet(sheets[1], form.PROVIDERS_MARK, heads, [self._provider(each) for each in providers], ranges)
        self._how_to(how_to)
        if providers and not offers:
            sheets[1].activate()

    def _head_of(self, part: str, label: str) -> str:
        for start, told in ((form.NAME, form.NAME_HEAD), (form.MANDATE, form.MANDATE_HEAD)):
            code = part.removeprefix(start)
            if part.startswith(start) and code in BY_CODE:
                return self.say(Sentence(told, {"language": BY_CODE[code].own_name}))
        return self.say(label)

    def _sheet(
        self, sheet: Any, mark: str, heads: Mapping[str, str], rows: Sequence[Mapping[str, Any]], ranges: dict[str, str]
    ) -> None:
        set_page(sheet, self.wording, self.say(form.TITLE), self.practice)
        sheet.write_string(0, 0, mark, self.looks.key)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_row(_TITLE, 24)
        sheet.write_string(_TITLE, 0, f"{self.practice}{self.say(form.TITLE)}", self.looks.title)
        sheet.set_row(_KEYS, None, None, {"hidden": True})
        sheet.set_row(_HEAD, height_of(3))
        for column, (part, head) in enumerate(heads.items()):
            sheet.set_column(column, column, _WIDTHS.get(part, _WIDTH))
            sheet.write_string(_KEYS, column, part, self.looks.key)
            sheet.write_string(_HEAD, column, head, self.looks.head)
            # Several kinds stand in one cell, so that cell has no list.
            if part in ranges and part != "kinds":
                sheet.data_validation(_FIRST, column, _FIRST + form.MOST_ROWS, column, self._choice(ranges[part]))
        for place, row in enumerate(rows, _FIRST):
            tallest = 1
            for column, part in enumerate(heads):
                tallest = max(tallest, self._cell(sheet, place, column, row[part], _WIDTHS.get(part, _WIDTH)))
            sheet.set_row(place, height_of(tallest))
        for place in range(_FIRST + len(rows), _FIRST + len(rows) + _EMPTY_ROWS):
            for column in range(len(heads)):
                sheet.write_blank(place, column, None, self.looks.text)
        sheet.freeze_panes(_FIRST, 2)

    def _cell(self, sheet: Any, row: int, column: int, value: Any, width: int) -> int:
        """Write a value; how many lines it takes."""
        if isinstance(value, datetime.date) and value >= _IN_EXCEL:
            sheet.write_datetime(row, column, datetime.datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.looks.text)
        else:
            text = "" if value is None else str(value)
            sheet.write_string(row, column, text, self.looks.for_text(text))
            return lines_of(text, width)
        return 1

    def _offer(self, offer: Offer) -> dict[str, Any]:
        capacity = offer.capacity
        return {
            "offer": offer.id,
            "provider": offer.provider,
            "title": offer.title,
            "language": self.lists["language"].get(offer.language, offer.language),
            "description": offer.description,
            "kinds": "\n".join(self.lists["kinds"][kind.value] for kind in Kind if kind in offer.kinds),
            "fields": "\n".join(keys_of(offer.fields, self.layout)),
            "domains": ", ".join(domain.value.upper() for domain in offer.domains),
            "eligible": "\n".join(sorted(offer.eligible)),
            "excluded": "\n".join(sorted(offer.excluded)),
            "languages": ", ".join(offer.languages),
            "places": capacity.places,
            "person_days": capacity.person_days,
            "budget": capacity.budget,
            "min_group": offer.min_group,
            "lead_days": offer.lead_days,
            "valid_from": offer.valid_from,
            "valid_to": offer.valid_to,
            "conditions": offer.conditions,
            "contact": offer.contact,
            "source": offer.source,
            "last_confirmed": offer.last_confirmed,
            "handling": self.lists["handling"][offer.handling.value],
        }

    def _provider(self, provider: Provider) -> dict[str, Any]:
        mandate = provider.mandate or StatedMandate()
        return {
            "provider": provider.id,
            **{f"{form.NAME}{code}": provider.names.get(code, "") for code in CODES},
            "kind": self.lists["kind"][provider.kind.value],
            "state": provider.state,
            "contact": provider.contact,
            "language": self.lists["language"].get(provider.language, provider.language),
            "places": provider.places,
            **{f"{form.MANDATE}{code}": mandate.texts.get(code, "") for code in CODES},
            "mandate_title": mandate.title,
            "mandate_url": mandate.url,
            "mandate_dated": mandate.dated,
            "mandate_fields": "\n".join(provider.mandate_fields),
            "source": provider.source,
            "handling": self.lists["handling"][provider.handling.value],
        }

    def _how_to(self, sheet: Any) -> None:
        set_page(sheet, self.wording, self.say(form.TITLE), self.practice)
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 90)
        sheet.set_row(0, 24)
        sheet.write_string(0, 1, self.say(form.HOW_TO_SHEET), self.looks.title)
        place = 2
        for number, told in enumerate(form.HOW_TO, 1):
            text = self.say(told)
            sheet.write_number(place, 0, number, self.looks.step)
            sheet.write_string(place, 1, text, self.looks.paragraph)
            sheet.set_row(place, height_of(lines_of(text, 90)))
            place += 1
        place += 1
        sheet.write_string(place, 1, self.say(form.OFFER_COLUMNS["kinds"]), self.looks.heading)
        for text in self.lists["kinds"].values():
            place += 1
            sheet.write_string(place, 1, text, self.looks.paragraph)

    def _choice(self, source: str) -> dict[str, object]:
        return {
            "validate": "list",
            "source": source,
            "error_title": self.say(form.OFFERS_SHEET)[:32],
            "error_message": self.say(form.LIST_ERROR)[:255],
        }

"""A filled assistance template read back, as Excel or LibreOffice saved it."""

import datetime
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from cpi1540.assistance.requests import request_template as template
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    NeedValues,
    Prefilled,
    Priority,
    Requester,
    RequestValues,
    domains_of,
    fields_of,
)
from cpi1540.assistance.requests.request_template import AskTemplate, TemplateReading
from cpi1540.exchange.sheet import Sheet
from cpi1540.exchange.workbook_in_xlsx import open_workbook
from cpi1540.foundation.files.zip_guard import UnsafeFile
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.problems import Problem
from cpi1540.foundation.search_text import normalise
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain

_KEY, _SECOND = 0, 2
_BETWEEN = re.compile(r"[;；؛\n]+")
_BETWEEN_CODES = re.compile(r"[\s,;，；،؛]+")
Choice = TypeVar("Choice", bound=StrEnum)


def read_template(data: bytes, name: str, ask: AskTemplate) -> TemplateReading:
    """The requests in the workbook ``data``; ``name`` is the file as given.

    Never raises for what a file holds. Nothing is executed, and no formula's result is believed. A sheet on which
    nothing is filled in is passed over, as are needs without a word.
    """
    try:
        sheets = open_workbook(data, name)
    except UnsafeFile as unsafe:
        return TemplateReading(problems=(unsafe.problem,))
    marked = [sheet for sheet in sheets if sheet.text(0, _KEY) == template.SHEET_MARK]
    if not marked:
        return TemplateReading(problems=(Problem("no-request-sheet", name),))
    spellings = _spellings(sheets)
    readings = [_SheetReading(sheet, spellings, ask) for sheet in marked]
    requests = [request for reading in readings if (request := reading.request()) is not None]
    problems = tuple(problem for reading in readings for problem in reading.problems)
    if not requests and not problems:
        problems = (Problem("nothing-filled-in", name),)
    return TemplateReading(tuple(requests) if not problems else (), problems)


def _spellings(sheets: Sequence[Sheet]) -> dict[tuple[str, str], str]:
    """(list, folded text) -> code: the codes themselves, and what the workbook's own hidden sheet shows for them."""
    known = template.choices()
    found = {(name, normalise(code)): code for name, shown in known.items() for code in shown}
    for sheet in sheets:
        if sheet.text(0, 0) == template.LISTS_MARK:
            for row in range(1, len(sheet.texts)):
                name, code, text = (sheet.text(row, column).strip() for column in range(3))
                if code in known.get(name, {}) and text:
                    found.setdefault((name, normalise(text)), code)
    return found


class _SheetReading:
    """The reading of one sheet; ``problems`` gathers what is wrong with it."""

    def __init__(self, sheet: Sheet, spellings: Mapping[tuple[str, str], str], ask: AskTemplate) -> None:
        self.sheet, self.spellings, self.ask = sheet, spellings, ask
        self.problems: list[Problem] = []
        self.rows = {sheet.text(row, _KEY).strip(): row for row in reversed(range(len(sheet.texts)))}

    def request(self) -> Prefilled | None:
        """The request of the sheet; None when nothing is filled in."""
        needs = self._needs()
        filled = any(self._text(self.rows[part], _SECOND) for part in template.HEAD_PARTS if part in self.rows)
        if not filled and not needs and not self.problems:
            return None
        values = self._values()
        if not needs:
            self._fault("no-needs", self.rows.get("needs", 0), _SECOND)
        return Prefilled(values, tuple(needs))

    def _values(self) -> RequestValues:
        title = self._head("title")
        if not title:
            self._fault("no-title", self.rows.get("title", 0), _SECOND)
        consent_on = self._date("consent_on")
        return RequestValues(
            self._requester(),
            self._choice("channel", Channel, Channel.TEMPLATE),
            True,
            self._date("date"),
            self._code("language", self.rows.get("language"), _SECOND) or self.ask.language,
            title,
            self._head("text"),
            self._head("contact"),
            self._choice("consent", Consent, Consent.NOT_ASKED),
            consent_on.first_day if consent_on is not None else None,
        )

    def _requester(self) -> Requester:
        practice, row = self.ask.practice, self.rows.get("requester", 0)
        text = self._head("requester")
        if not text:
            self._fault("no-requester", row, _SECOND)
            return Requester(practice=practice)
        names = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        found = [self.ask.states.get(normalise(each)) for each in names]
        if all(found):
            return Requester(tuple(sorted({code for code in found if code})), None, practice)
        unknown = names[found.index(None)]
        if len(names) > 1 or re.fullmatch(r"[A-Z]{3}", unknown):
            self._fault("unknown-requester", row, _SECOND, found=unknown[:60])
        return Requester((), text, practice)

    def _needs(self) -> list[NeedValues]:
        keys = self.rows.get("needs")
        if keys is None:
            return []
        columns = {
            self.sheet.text(keys, column).strip(): column for column in range(_SECOND, len(self.sheet.texts[keys]))
        }
        columns = {part: column for part, column in columns.items() if part in template.NEED_PARTS}
        found = []
        for row in range(keys + 1, len(self.sheet.texts)):
            if any(self.sheet.text(row, column).strip() for column in columns.values()):
                found.append(self._need(row, columns))
        return found

    def _need(self, row: int, columns: Mapping[str, int]) -> NeedValues:
        texts = {part: self._text(row, column) for part, column in columns.items()}
        kind = self._code("kind", row, columns.get("kind", _SECOND))
        if not kind and not texts.get("kind"):
            self._fault("no-kind", row, columns.get("kind", _SECOND))
        domains = self._several(texts.get("domains", ""), "unknown-domain", row, columns, "domains", tuple(Domain))
        languages = self._several(texts.get("languages", ""), "unknown-language", row, columns, "languages", CODES)
        chosen = tuple(domain for domain in Domain if domain in domains)
        keys = [key.lower() for key in _BETWEEN_CODES.split(texts.get("fields", "")) if key]
        fields = fields_of(keys, self.ask.layout, chosen)
        for key in keys:
            if not fields_of([key], self.ask.layout):
                self._fault("unknown-field", row, columns["fields"], found=key[:60])
        if not texts.get("objective") and not fields:
            self._fault("no-objective", row, columns.get("objective", _SECOND))
        priority = self._code("priority", row, columns.get("priority", _SECOND))
        spoken = {*chosen, *domains_of(fields, self.ask.layout)}
        return NeedValues(
            Kind(kind) if kind else Kind.NOT_RECORDED,
            fields,
            tuple(domain for domain in Domain if domain in spoken),
            texts.get("objective", ""),
            texts.get("beneficiaries", ""),
            texts.get("in_place", ""),
            texts.get("own_contribution", ""),
            tuple(sorted(languages)),
            Priority(priority) if priority else None,
            texts.get("time_frame", ""),
        )

    def _several(
        self, text: str, fault: str, row: int, columns: Mapping[str, int], part: str, known: Sequence[str]
    ) -> set[str]:
        found = {each.lower() for each in _BETWEEN_CODES.split(text) if each}
        for each in sorted(found - set(known)):
            self._fault(fault, row, columns[part], found=each[:60])
        return found & set(known)

    def _choice(self, part: str, kind: type[Choice], default: Choice) -> Choice:
        code = self._code(part, self.rows.get(part), _SECOND)
        return kind(code) if code else default

    def _code(self, part: str, row: int | None, column: int) -> str | None:
        text = self._text(row, column) if row is not None else ""
        if not text:
            return None
        code = self.spellings.get((part, normalise(text)))
        if code is None and row is not None:
            self._fault("unknown-choice", row, column, found=text[:60])
        return code

    def _date(self, part: str) -> PartialDate | None:
        text = self._head(part)
        if not text:
            return None
        try:
            return PartialDate.parse(text if "T" not in text else str(datetime.datetime.fromisoformat(text).date()))
        except ValueError:
            self._fault("no-date", self.rows.get(part, 0), _SECOND, found=text[:40])
            return None

    def _head(self, part: str) -> str:
        return self._text(self.rows[part], _SECOND) if part in self.rows else ""

    def _text(self, row: int, column: int) -> str:
        if (row, column) in self.sheet.formulas or (row, column) in self.sheet.faults:
            self._fault("formula", row, column)
            return ""
        return self.sheet.text(row, column).replace("\r\n", "\n").replace("\r", "\n").strip()

    def _fault(self, code: str, row: int, column: int, **params: str) -> None:
        problem = Problem(code, self.sheet.at(row, column), params)
        if problem not in self.problems:
            self.problems.append(problem)

"""A workbook of providers and offers read back, as Excel or LibreOffice saved it."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from cpi1540.assistance.offers import offers_workbook as form
from cpi1540.assistance.offers.offer import (
    Capacity,
    Offer,
    Provider,
    ProviderKind,
    StatedMandate,
    parse_offer_id,
    parse_provider_id,
)
from cpi1540.assistance.offers.offers_workbook import AskOffers, Finding, GivenOffer, GivenProvider, OffersReading
from cpi1540.assistance.offers.place_names import codes_named
from cpi1540.assistance.requests.request import Kind, domains_of, fields_of
from cpi1540.exchange.messages import problem_sentence
from cpi1540.exchange.sheet import Sheet
from cpi1540.exchange.workbook_in_xlsx import open_workbook
from cpi1540.foundation.files.zip_guard import UnsafeFile
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.search_text import normalise
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling

_BETWEEN_KINDS = re.compile(r"[;；؛\n]+")
_BETWEEN_CODES = re.compile(r"[\s,;，；،؛]+")
_LAST_OF_HEAD = 10  # the row of keys stands among the first ones
Choice = TypeVar("Choice", bound=StrEnum)


def read_offers(data: bytes, name: str, ask: AskOffers) -> OffersReading:
    """The providers and offers in the workbook ``data``; ``name`` is the file as given.

    Never raises for what a file holds. Nothing is executed, and no formula's result is believed. Empty rows are
    passed over.
    """
    try:
        sheets = open_workbook(data, name)
    except UnsafeFile as unsafe:
        return OffersReading(findings=(Finding(unsafe.problem.where or name, problem_sentence(unsafe.problem)),))
    spellings = _spellings(sheets)
    of_providers = [_Sheet(each, spellings, ask) for each in sheets if each.text(0, 0) == form.PROVIDERS_MARK]
    of_offers = [_Sheet(each, spellings, ask) for each in sheets if each.text(0, 0) == form.OFFERS_MARK]
    if not of_providers and not of_offers:
        told = sentence("The workbook has no sheet of offers or providers. Begin with the empty workbook.")
        return OffersReading(findings=(Finding(name, told),))
    providers = tuple(given for sheet in of_providers for given in sheet.providers())
    known = dict(ask.providers)
    for given in providers:
        for told_name in given.provider.names.values():
            known.setdefault(normalise(told_name), given.provider.id or normalise(told_name))
    offers = tuple(given for sheet in of_offers for given in sheet.offers(known))
    findings = [finding for sheet in (*of_providers, *of_offers) for finding in sheet.findings]
    findings += _twice([(given.provider.id, given.cells["provider"]) for given in providers])
    findings += _twice([(given.offer.id, given.cells["offer"]) for given in offers])
    if not providers and not offers and not findings:
        findings.append(Finding(name, sentence("Nothing is filled in on any sheet.")))
    return OffersReading(providers, offers, tuple(findings))


def _spellings(sheets: Sequence[Sheet]) -> dict[tuple[str, str], str]:
    """(list, normalised text) -> code: the codes themselves, and what the workbook's own hidden sheet shows."""
    known = form.choices()
    found = {(name, normalise(code)): code for name, shown in known.items() for code in shown}
    found |= {(name, normalise(text)): code for name, shown in known.items() for code, text in shown.items()}
    for sheet in sheets:
        if sheet.text(0, 0) == form.LISTS_MARK:
            for row in range(1, len(sheet.texts)):
                name, code, text = (sheet.text(row, column).strip() for column in range(3))
                if code in known.get(name, {}) and text:
                    found.setdefault((name, normalise(text)), code)
    return found


def _twice(named: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for identifier, cell in named:
        if identifier and identifier in seen:
            told = sentence("%(found)s stands in %(first)s already.", found=identifier, first=seen[identifier])
            yield Finding(cell, told)
        seen.setdefault(identifier, cell)


class _Sheet:
    """The reading of one sheet; ``findings`` gathers what is wrong with it."""

    def __init__(self, sheet: Sheet, spellings: Mapping[tuple[str, str], str], ask: AskOffers) -> None:
        self.sheet, self.spellings, self.ask = sheet, spellings, ask
        self.findings: list[Finding] = []
        self.row = 0
        self.keys, self.columns = self._columns()

    def providers(self) -> Iterator[GivenProvider]:
        """Every provider that is filled in."""
        for row in self._filled():
            self.row = row
            yield GivenProvider(self._provider(), self._cells())

    def offers(self, known: Mapping[str, str]) -> Iterator[GivenOffer]:
        """Every offer that is filled in; ``known`` are the spellings of providers."""
        for row in self._filled():
            self.row = row
            yield GivenOffer(self._offer(known), self._cells())

    def _columns(self) -> tuple[int, dict[str, int]]:
        """The row of keys, and the column of each; a sheet without any has none."""
        parts = {**form.OFFER_COLUMNS, **form.PROVIDER_COLUMNS}
        for row in range(1, min(_LAST_OF_HEAD, len(self.sheet.texts))):
            found = {text.strip(): column for column, text in enumerate(self.sheet.texts[row]) if text.strip() in parts}
            if len(found) >= 2:
                return row, found
        told = sentence(
            "The sheet has lost its row of keys, which is hidden above the heads. Begin with the empty workbook."
        )
        self.findings.append(Finding(self.sheet.name, told))
        return len(self.sheet.texts), {}

    def _filled(self) -> Iterator[int]:
        # The row after the keys is that of the heads.
        for row in range(self.keys + 2, len(self.sheet.texts)):
            if any(self.sheet.text(row, column).strip() for column in self.columns.values()):
                yield row

    def _cells(self) -> dict[str, str]:
        first = min(self.columns.values(), default=0)
        every = {**form.OFFER_COLUMNS, **form.PROVIDER_COLUMNS}
        return {part: self.sheet.at(self.row, self.columns.get(part, first)) for part in every}

    def _offer(self, known: Mapping[str, str]) -> Offer:
        layout = self.ask.layout
        given = self._identifier("offer")
        named = self._text("provider")
        provider = known.get(normalise(named), "")
        if not named:
            self._fault("provider", sentence("The row does not say whose offer it is."))
        elif not provider:
            self._fault("provider", sentence("There is no provider %(found)s.", found=named[:60]))
        fields = self._fields("fields")
        domains = self._several("domains", {domain.value: domain for domain in Domain})
        spoken = {*domains, *domains_of(fields, layout)}
        return Offer(
            given,
            provider,
            self._text("title"),
            frozenset(self._kinds()),
            fields,
            tuple(domain for domain in Domain if domain in spoken),
            frozenset(codes_named(self._text("eligible"), self.ask.places)),
            frozenset(codes_named(self._text("excluded"), self.ask.places)),
            tuple(code for code in CODES if code in self._several("languages", {code: code for code in CODES})),
            Capacity(self._whole("places"), self._number("person_days"), self._number("budget")),
            self._date("valid_from"),
            self._date("valid_to"),
            self._whole("lead_days"),
            1 if self._text("min_group") == "" else self._whole("min_group") or 0,
            self._text("conditions"),
            self._text("contact"),
            self._text("source"),
            self._date("last_confirmed"),
            self._choice("handling", Handling, Handling.RESTRICTED),
            self._code("language", "language") or self.ask.language,
            self._text("description"),
        )

    def _provider(self) -> Provider:
        mandate = StatedMandate(
            self._texts(form.MANDATE),
            self._text("mandate_title"),
            self._text("mandate_url"),
            self._date("mandate_dated"),
        )
        kind = self._choice("kind", ProviderKind, ProviderKind.OTHER)
        state = next(iter(codes_named(self._text("state"), self.ask.places)), None)
        return Provider(
            self._identifier("provider"),
            self._texts(form.NAME),
            kind,
            state if kind is ProviderKind.STATE else None,
            mandate if mandate != StatedMandate() else None,
            tuple(key.lower() for key in self._text("mandate_fields").split()),
            self._text("contact"),
            self._code("language", "language") or self.ask.language,
            self._whole("places"),
            self._text("source"),
            self._choice("handling", Handling, Handling.RESTRICTED),
        )

    def _texts(self, start: str) -> dict[str, str]:
        found = {code: self._text(f"{start}{code}") for code in CODES}
        return {code: text for code, text in found.items() if text}

    def _identifier(self, part: str) -> str:
        """The identifier of what the row changes, "" when it is new."""
        text = self._text(part).upper()
        parsed = (parse_offer_id if part == "offer" else parse_provider_id)(text)
        if text and (parsed is None or parsed[0] is not self.ask.practice):
            told = sentence(
                "%(found)s is no number of this record: leave the cell empty for a new row.", found=text[:40]
            )
            self._fault(part, told)
        return text if parsed else ""

    def _kinds(self) -> Iterator[Kind]:
        for each in _BETWEEN_KINDS.split(self._text("kinds")):
            code = self.spellings.get(("kinds", normalise(each)))
            if code:
                yield Kind(code)
            elif each.strip():
                self._fault("kinds", sentence("%(found)s is no kind of assistance.", found=each.strip()[:60]))

    def _fields(self, part: str) -> tuple[str, ...]:
        keys = [key.lower() for key in _BETWEEN_CODES.split(self._text(part)) if key]
        for key in keys:
            if not fields_of([key], self.ask.layout):
                self._fault(part, sentence("%(field)s is no field and no row of the matrix.", field=key[:60]))
        return fields_of(keys, self.ask.layout)

    def _several(self, part: str, known: Mapping[str, Choice | str]) -> list[Choice | str]:
        found = [each.lower() for each in _BETWEEN_CODES.split(self._text(part)) if each]
        for each in found:
            if each not in known:
                self._fault(
                    part, sentence("%(found)s is not one of: %(known)s.", found=each[:60], known=", ".join(known))
                )
        return [known[each] for each in found if each in known]

    def _choice(self, part: str, kind: type[Choice], default: Choice) -> Choice:
        code = self._code(part, part)
        return kind(code) if code else default

    def _code(self, part: str, listed: str) -> str | None:
        text = self._text(part)
        code = self.spellings.get((listed, normalise(text)))
        if text and code is None:
            self._fault(part, sentence("%(found)s is not one of the choices of the list.", found=text[:60]))
        return code

    def _whole(self, part: str) -> int | None:
        value = self._number(part)
        if value is not None and not value.is_integer():
            self._fault(part, sentence("%(found)s is no whole number.", found=self._text(part)[:40]))
            return None
        return None if value is None else int(value)

    def _number(self, part: str) -> float | None:
        text = self._text(part)
        pieces = text.replace(",", ".").split(".")
        if not text:
            return None
        if len(text) <= 20 and len(pieces) <= 2 and all(each.isascii() and each.isdecimal() for each in pieces):
            return float(".".join(pieces))
        self._fault(part, sentence("%(found)s is no number from 0 on.", found=text[:40]))
        return None

    def _date(self, part: str) -> datetime.date | None:
        text = self._text(part)
        if not text:
            return None
        try:
            return datetime.datetime.fromisoformat(text).date() if "T" in text else datetime.date.fromisoformat(text)
        except ValueError:
            self._fault(part, sentence("%(found)s is not a date of the form YYYY-MM-DD.", found=text[:40]))
            return None

    def _text(self, part: str) -> str:
        column = self.columns.get(part)
        if column is None:
            return ""
        if (self.row, column) in self.sheet.formulas or (self.row, column) in self.sheet.faults:
            self._fault(part, sentence("The cell holds a formula or a fault; write the text itself."))
            return ""
        return self.sheet.text(self.row, column).replace("\r\n", "\n").replace("\r", "\n").strip()

    def _fault(self, part: str, says: Sentence) -> None:
        finding = Finding(self.sheet.at(self.row, self.columns.get(part, 0)), says)
        if finding not in self.findings:
            self.findings.append(finding)

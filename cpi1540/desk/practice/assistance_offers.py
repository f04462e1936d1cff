"""Forty-five invented providers with their one hundred and twenty offers, of every kind and for every section.

Dates are counted back from the day the record is made, so that what is stale stays stale and what runs keeps running.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpi1540.assistance.offers.offer import Capacity, Offer, Provider, ProviderKind, StatedMandate
from cpi1540.assistance.requests.request import Kind, domains_of, fields_of
from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.record import PracticeState
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Domain, Layout
from cpi1540.matrix.record import Handling
from cpi1540.states.groups import GROUPS

OFFERS = 120
_OF_THE_SHOWN = 6  # offers of the provider that the demonstration's provider contact keeps
_SECTIONS = ("op2", "op3cd", "op3ab", "op3cd", "op678")
_LONGEST_ROWS = 80  # characters of rows named in a title; longer ones give way to the section's title
_FOR_NO_FIELD = (Kind.ACTION_PLAN, Kind.REPORTING)
_KINDS = {
    "op2": (Kind.LEGISLATIVE_DRAFTING, Kind.LEGISLATIVE_DRAFTING, Kind.TECHNICAL, Kind.FUNDING, Kind.TRAINING),
    "op3ab": (Kind.REGULATORY, Kind.TRAINING, Kind.EQUIPMENT, Kind.TECHNICAL, Kind.LEGISLATIVE_DRAFTING),
    "op3cd": (
        *(Kind.TRAINING, Kind.LEGISLATIVE_DRAFTING, Kind.EQUIPMENT, Kind.REGULATORY, Kind.TECHNICAL),
        *(Kind.TRAINING, Kind.FUNDING),
    ),
    "op678": (Kind.TECHNICAL, Kind.ACTION_PLAN, Kind.REPORTING, Kind.TRAINING),
}
# What comes of an offer's dates, one offer after the other: (days since it was confirmed, from when, until when).
_LIVES: tuple[tuple[int | None, int | None, int | None], ...] = (
    (40, None, None),
    (120, -200, 500),
    (400, None, None),  # stale
    (15, -30, 700),
    (200, None, 365),
    (300, -700, -20),  # ended
    (60, 90, 800),  # not valid yet
    (None, None, None),  # never confirmed
    (90, None, None),
    (330, -300, 420),
)


@dataclass(frozen=True, slots=True)
class InventedProvider:
    """A provider and what it has on offer; ``shown`` is the one the demonstration's provider contact keeps."""

    provider: Provider
    offers: tuple[Offer, ...]
    shown: bool


def read_texts(folder: Path) -> Mapping[str, Any]:
    """The texts in ``offers.json`` of the folder."""
    found: Mapping[str, Any] = json.loads((folder / "offers.json").read_text("utf-8"))
    return found


def providers(
    states: Sequence[PracticeState], layout: Layout, texts: Mapping[str, Any], today: datetime.date, seed: int
) -> list[InventedProvider]:
    """All providers in the order of their numbers, each with its offers."""
    by_code = {state.code: state for state in states}
    makers = [
        _Provider(each, None, place, layout, texts, today, seed) for place, each in enumerate(texts["organizations"])
    ]
    first = len(makers)
    makers += [
        _Provider(
            {"kind": "state", "names": by_code[code].names}, by_code[code], first + place, layout, texts, today, seed
        )
        for place, code in enumerate(texts["states"])
    ]
    others = [maker for maker in makers if not maker.shown]
    rest, left = divmod(OFFERS - _OF_THE_SHOWN, len(others))
    codes = sorted(by_code)
    many = {id(maker): rest + (place < left) for place, maker in enumerate(others)}
    return [
        InventedProvider(maker.provider(), tuple(maker.offers(many.get(id(maker), _OF_THE_SHOWN), codes)), maker.shown)
        for maker in makers
    ]


class _Provider:
    """The making of one provider and its offers."""

    def __init__(
        self,
        found: Mapping[str, Any],
        state: PracticeState | None,
        place: int,
        layout: Layout,
        texts: Mapping[str, Any],
        today: datetime.date,
        seed: int,
    ) -> None:
        self._found, self._state, self._place, self._layout = found, state, place, layout
        self._texts, self._today = texts, today
        self._draws = Draws(seed, str(place), "offers")
        self._language = state.language if state else CODES[place % len(CODES)]
        self._sections = found.get("sections") or [_SECTIONS[place % len(_SECTIONS)], "op2"]
        self.shown = found["names"]["en"] == texts["shown"]

    def provider(self) -> Provider:
        """The provider itself; every third organization states its mandate, with its source or without."""
        draws = self._draws
        stated = self._state is None and self._place % 3 != 2
        sourced = self._place % 2 == 0
        mandate = StatedMandate(
            self._texts["mandates"],
            self._texts["source"]["en"] if sourced else "",
            f"https://provider-{self._place + 1}.example/mandate" if sourced else "",
        )
        rows = [f"{row.section}.{row.row}" for row in self._layout.fields if row.section in self._sections]
        covers = tuple(dict.fromkeys(rows))[: draws.between(2, 8)]
        return Provider(
            "",
            self._found["names"],
            ProviderKind(self._found["kind"]),
            self._state.code if self._state else None,
            mandate if stated else None,
            covers if stated else (),
            self._contact(),
            self._language,
            draws.between(3, 12) if draws.happens(0.6) else None,
            "",
            Handling.PUBLIC,
        )

    def offers(self, count: int, codes: Sequence[str]) -> Iterator[Offer]:
        """So many offers; ``codes`` are those of the invented States."""
        for number in range(count):
            yield self._offer(number, codes)

    def _offer(self, number: int, codes: Sequence[str]) -> Offer:
        draws, texts = self._draws, self._texts
        counted = self._place * 3 + number
        section = self._sections[number % len(self._sections)]
        kind = draws.one_of(_KINDS[section])
        general = not self.shown and counted % 15 == 7
        fields = () if general or kind in _FOR_NO_FIELD else self._fields(section, number)
        kinds = frozenset({kind, draws.one_of(_KINDS[section])}) if draws.happens(0.4) else frozenset({kind})
        language = self._language if self.shown or draws.happens(0.7) else draws.one_of(CODES)
        confirmed, begins, ends = _LIVES[counted % len(_LIVES)]
        if self.shown:
            confirmed, begins, ends = _LIVES[number % 4]
        eligible = self._eligible(codes)
        excluded = frozenset({draws.one_of(codes)}) - eligible if draws.happens(0.15) else frozenset()
        capacity = self._capacity()
        group = draws.between(2, 4) if not self.shown and draws.happens(0.12) else 1
        return Offer(
            "",
            "",
            self._title(kind, section, fields, language, general=general),
            kinds,
            fields,
            domains_of(fields, self._layout) or (draws.one_of(tuple(Domain)),),
            eligible,
            excluded,
            self._languages(language),
            capacity,
            self._day(begins),
            self._day(ends),
            draws.one_of((15, 30, 45, 60, 90, 120)) if draws.happens(0.75) else None,
            group if capacity.places is None or capacity.places >= group else 1,
            draws.one_of(texts["conditions"])[language] if draws.happens(0.4) else "",
            self._contact() if draws.happens(0.5) else "",
            texts["source"][language],
            self._day(-confirmed) if confirmed is not None else None,
            Handling.RESTRICTED if counted % 14 == 5 else Handling.PUBLIC,
            language,
            texts["descriptions"][kind.value][language],
        )

    def _fields(self, section: str, number: int) -> tuple[str, ...]:
        """The fields of some rows that stand together, in every weapon domain or in one."""
        draws = self._draws
        rows = [row for row in self._layout.section(section).rows if row.key not in ("other", "other-legislation")]
        # Those of the provider shown lie apart: they fit many needs.
        first = number * len(rows) // _OF_THE_SHOWN if self.shown else draws.between(0, len(rows) - 2)
        chosen = rows[first : first + draws.between(1, 4)]
        domains = tuple(Domain) if section != "op3ab" and draws.happens(0.6) else (draws.one_of(tuple(Domain)),)
        keys = [f"{section}.{row.key}" for row in chosen]
        return fields_of(keys, self._layout, domains) or fields_of(keys, self._layout)

    def _languages(self, language: str) -> tuple[str, ...]:
        draws = self._draws
        others = ["fr", "ar"] if self.shown else [draws.one_of(CODES)] if draws.happens(0.6) else []
        return tuple(sorted({language, self._language, *others}))

    def _eligible(self, codes: Sequence[str]) -> frozenset[str]:
        draws = self._draws
        if self.shown or draws.happens(0.5):
            return frozenset()
        if draws.happens(0.6):
            return frozenset(draws.shuffled(GROUPS)[: draws.between(1, 2)])
        return frozenset(draws.shuffled(codes)[: draws.between(2, 8)])

    def _capacity(self) -> Capacity:
        draws = self._draws
        if not self.shown and draws.happens(0.25):
            return Capacity()
        return Capacity(
            draws.between(1, 8),
            float(draws.between(4, 60)) if draws.happens(0.5) else None,
            float(draws.between(2, 40) * 5_000) if draws.happens(0.4) else None,
        )

    def _title(self, kind: Kind, section: str, fields: tuple[str, ...], language: str, *, general: bool) -> str:
        titles = self._texts["titles"]
        if general:
            told: str = titles["general"][language]
            return told
        labels = dict.fromkeys(self._layout.field(key).labels[language] for key in fields)
        rows = self._texts["between"][language].join(labels)
        if not rows or len(rows) > _LONGEST_ROWS:
            rows = self._layout.section(section).short_titles[language]
        text: str = titles[kind.value][language]
        return text % {"rows": rows} if "%(rows)s" in text else text

    def _contact(self) -> str:
        name = self._draws.one_of(self._texts["contacts"])
        return f"{name}, offers@provider-{self._place + 1}.example"

    def _day(self, days: int | None) -> datetime.date | None:
        return None if days is None else self._today + datetime.timedelta(days=days)

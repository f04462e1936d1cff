"""What the practice record is made from: names, titles and texts in ``seed/practice/``."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpi1540.matrix.layout import Aspect, Domain, Layout, field_key
from cpi1540.matrix.measure import MeasureKind
from cpi1540.matrix.record import Code

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InventedState:
    """An invented State and the kind of record it is to have.

    ``record`` is "full", "thin" (less than half reviewed), "treaties" (only OP 1), "first-draft" (no version
    of the committee) or "none". ``recorded`` is the coverage point aimed at in the newest committee version,
    ``reviewed`` its share of reviewed fields; ``replaced`` are themes whose law was repealed by a newer one.
    """

    code: str
    names: Texts
    sort_names: Texts
    formal_en: str
    group: str
    language: str
    has_nuclear_facility: bool
    record: str
    recorded: float
    reviewed: float
    draft: str | None
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Penalties:
    """The penalties for what a clause prohibits or requires: how often there are any, and in which articles."""

    chance: float
    numbers: tuple[int, int]
    code: Code


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a law that serves some rows alike: in ``chance`` of the laws that have the theme."""

    rows: tuple[str, ...]
    domains: tuple[Domain, ...]
    code: Code
    chance: float
    numbers: tuple[int, int]
    penalties: Penalties | None

    def fields(self, layout: Layout, aspect: Aspect) -> tuple[str, ...]:
        """The fields of ``layout`` that the clause serves under ``aspect``; one-code rows under framework."""
        keys = []
        for row in self.rows:
            section, name = row.split(".")
            if self.domains:
                keys += [field_key(section, name, domain, aspect) for domain in self.domains]
            elif aspect is Aspect.FRAMEWORK:
                keys.append(row)
        return tuple(key for key in keys if key in layout.positions)


@dataclass(frozen=True, slots=True)
class Theme:
    """What a law can be about. ``titles`` are alternatives, each in six languages; ``years`` first and last."""

    key: str
    kind: MeasureKind
    body: str
    years: tuple[int, int]
    chance: float
    pinpoint: str
    requires: str | None
    titles: tuple[Texts, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class TreatyRow:
    """A row of OP 1: how many States joined (by group where that differs), or signed only, and when."""

    row: str
    years: tuple[int, int]
    party: float
    signed: float
    text: str
    groups: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PracticeSeed:
    """All of ``seed/practice/``. Texts, titles and remarks are by key, then by language."""

    states: tuple[InventedState, ...]
    bodies: Mapping[str, Texts]
    themes: tuple[Theme, ...]
    symbols: Texts
    titles: Mapping[str, Texts]
    texts: Mapping[str, Texts]
    remarks: Mapping[str, Texts]
    treaties: tuple[TreatyRow, ...]


def read(folder: Path) -> PracticeSeed:
    """Read states.json, measures.json and documents.json; KeyError or ValueError when one is broken."""
    measures = _read(folder / "measures.json")
    documents = _read(folder / "documents.json")
    return PracticeSeed(
        tuple(_state(each) for each in _read(folder / "states.json")["states"]),
        measures["bodies"],
        tuple(_theme(each) for each in measures["themes"]),
        documents["symbols"],
        documents["titles"],
        documents["texts"],
        documents["remarks"],
        tuple(
            TreatyRow(
                each["row"], _pair(each["years"]), each["party"], each["signed"], each["text"], each.get("groups", {})
            )
            for each in documents["treaties"]
        ),
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _state(found: Mapping[str, Any]) -> InventedState:
    return InventedState(
        found["code"],
        found["names"],
        {**found["names"], "zh": found["sort_zh"]},
        found["formal_en"],
        found["group"],
        found["language"],
        found["has_nuclear_facility"],
        found["record"],
        found.get("recorded", 0.0),
        found.get("reviewed", 0.0),
        found.get("draft"),
        tuple(found.get("replaced", ())),
    )


def _theme(found: Mapping[str, Any]) -> Theme:
    return Theme(
        found["key"],
        MeasureKind(found["kind"]),
        found["body"],
        _pair(found["years"]),
        found["chance"],
        found["pinpoint"],
        found.get("requires"),
        tuple(found["titles"]),
        tuple(_clause(each) for each in found["clauses"]),
    )


def _clause(found: Mapping[str, Any]) -> Clause:
    penalties = found.get("penalties")
    return Clause(
        tuple(found["rows"]),
        tuple(Domain(each) for each in found["domains"]),
        Code(found["code"]),
        found["chance"],
        _pair(found["numbers"]),
        penalties and Penalties(penalties["chance"], _pair(penalties["numbers"]), Code(penalties["code"])),
    )


def _pair(found: Sequence[int]) -> tuple[int, int]:
    first, last = found
    return first, last

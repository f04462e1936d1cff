"""The practice record as values: forty invented States with their laws, reports and matrices."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.matrix.measure import Document, Measure
from cpi1540.matrix.record import Entry, Origin, Status
from cpi1540.states.state import Report


@dataclass(frozen=True, slots=True)
class PracticeVersion:
    """One version of an invented State's matrix, complete over its layout, in the layout's printed order.

    ``approved_on`` and ``symbol`` are set for versions of the (invented) committee only; ``based_on`` is the
    number of the version that an open draft began from.
    """

    number: int
    origin: Origin
    status: Status
    layout: str
    approved_on: datetime.date | None
    symbol: str | None
    based_on: int | None
    entries: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class PracticeState:
    """An invented State. Names are in six languages; ``sort_names`` differ from them in Chinese (pinyin) only.

    Measures are numbered from 1 in the order of their adoption; what a version cites is ``measure_id(code,
    number)``. Every ``Measure.document`` is the symbol of one of ``documents``.
    """

    code: str
    names: Mapping[str, str]
    sort_names: Mapping[str, str]
    formal_en: str
    group: str
    language: str
    has_nuclear_facility: bool
    documents: tuple[Document, ...] = ()
    measures: tuple[Measure, ...] = ()
    reports: tuple[Report, ...] = ()
    versions: tuple[PracticeVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """Every invented State, by code."""

    seed: int
    states: tuple[PracticeState, ...]

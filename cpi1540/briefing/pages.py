"""What the pages of charts show: everything said, nothing left to compute."""

from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.briefing.chart_kinds import ChartKind


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its address in both shapes, with the room that each takes in pixels."""

    wide: str
    narrow: str
    height: int
    narrow_height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A chart in the gallery."""

    kind: ChartKind
    address: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers behind a picture as a page shows them: what rests on too little, or is no figure, is a dash."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class ChartPage:
    """One chart with its question. ``keep`` is where its recipe is kept, by POST. ``refusal`` stands in its place where
    it cannot be made.
    """

    kind: ChartKind
    title: str
    finding: str
    facts: tuple[str, ...]
    picture: Picture | None
    numbers: Numbers | None
    files: Mapping[str, str]
    recipe: str
    keep: str
    kept: bool
    refusal: str

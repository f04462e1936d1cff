"""A briefing pack as values: pages of blocks, all texts in the reader's language. Writers make files of it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from cpi1540.locales import BY_CODE, Language

Align = Literal["start", "number", "middle"]


class Kind(StrEnum):
    """What a pack is about."""

    GLOBAL = "global"
    GROUP = "group"
    STATE = "state"
    LENS = "lens"
    ASSISTANCE = "assistance"
    REVIEW = "review"


class Form(StrEnum):
    """What file a pack is written as."""

    PPTX = "pptx"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``strong`` for what must be seen, ``soft`` for what stands beside, ``item`` in a list."""

    text: str
    look: Literal["plain", "strong", "soft", "item"] = "plain"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, how its cells stand, and its width as a share of all widths."""

    head: str
    width: float = 1.0
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``strong`` are the numbers of rows set bold: totals. ``title`` is said aloud for it. ``papers_only``:
    too long for slides, where something else says the same. ``follows`` are the numbers of rows that stand on the page
    of the row before: the further lines of what has several.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()
    papers_only: bool = False
    follows: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.title!r} has not {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Interval:
    """One line of a chart of intervals: shares 0..1, the point None where too little is reviewed; all None where
    there is no figure. ``said`` is the line as a sentence.
    """

    label: str
    low: float | None
    point: float | None
    high: float | None
    said: str


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Intervals on an axis from 0 to 1, in the order given; ``to_point``, ``from_point`` and ``no_point`` name the
    parts of a line: from low to the point, from the point to high, from low to high without a point. ``beside`` are
    the labels of the whole of which this chart is a part, none where it is all: parts keep the same room for them.
    """

    title: str
    lines: tuple[Interval, ...]
    low: str
    to_point: str
    from_point: str
    no_point: str
    no_figure: str
    beside: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands beside the bars; a line without a figure says so."""
        return tuple(line.label if line.low is not None else f"{line.label} ({self.no_figure})" for line in self.lines)


@dataclass(frozen=True, slots=True)
class CountChart:
    """Counts as bars. ``names`` are the series (one, or one for each date), ``values`` one tuple for each category.

    Of a chart in parts ``beside`` are the labels of the whole and ``most`` its highest count: the bars of all parts
    have one scale. ``most`` is 0 where the chart is the whole.
    """

    title: str
    categories: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    upright: bool = False
    beside: tuple[str, ...] = ()
    most: int = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands beside the bars."""
        return self.categories

    @property
    def end(self) -> int:
        """The highest count that the scale has to reach; 1 at least."""
        return max(self.most, 1, *(value for values in self.values for value in values))

    @property
    def said(self) -> str:
        """The bars in words, for those who do not see them."""
        lines = (
            f"{category}: {' / '.join(str(value) for value in values)}"
            for category, values in zip(self.categories, self.values, strict=True)
        )
        return "\n".join((self.title, *lines))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, with its size in pixels at scale 1 and what is said aloud for it. ``slides`` is the same drawn
    for slides, where its letters would be too small else: one picture for each slide that it takes.
    """

    png: bytes
    width: float
    height: float
    alternative: str
    slides: tuple["Picture", ...] = ()


Chart = IntervalChart | CountChart
Block = Text | Subheading | Table | IntervalChart | CountChart | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One subject: the finding as a title, the facts every figure prints, blocks, the method in short, and the notes
    with method and sources in full.
    """

    title: str
    facts: tuple[str, ...]
    blocks: tuple[Block, ...]
    method: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands on every page and slide. ``practice`` is the notice of the practice record, "" for the members'."""

    identifier: str
    as_of: str
    notices: tuple[str, ...]
    practice: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that the writers themselves print."""

    page: str
    continued: str
    method: str
    sources: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack in one language. ``dated`` is the day it speaks of: files say that they were made then.

    ``one_page``: it is a sheet for a meeting, on one page. ``figures`` are the numbers on its pages by name, as
    data files give them: what a pack rebuilt is compared by.
    """

    kind: Kind
    title: str
    subtitle: str
    language: str
    dated: datetime.date
    pages: tuple[Page, ...]
    foot: Foot
    labels: Labels
    figures: Mapping[str, float | int | str | None] = field(default_factory=dict)
    one_page: bool = False

    @property
    def spoken(self) -> Language:
        """The language as the portal knows it."""
        return BY_CODE[self.language]

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.spoken.direction == "rtl"

    @property
    def made_at(self) -> datetime.datetime:
        """The moment that files bear: noon of the day, never that of the clock."""
        return datetime.datetime.combine(self.dated, datetime.time(12), datetime.UTC)

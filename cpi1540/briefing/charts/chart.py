"""What every chart is: frozen values with what they rest on, which tell their finding, table and picture.

A new kind of chart is one file beside this one with a subclass of ``Chart``, one function that makes its values
in ``briefing/service/``, and one line in ``briefing/chart_kinds.py``.
"""

import datetime
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Self

from cpi1540.briefing.charts.canvas import Canvas
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence


class Thin(float):
    """A number that rests on too little to be shown on a page: files give it, pages a dash."""


Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What the figures of a chart rest on, in the reader's language.

    ``code`` is the State's where the chart is of one. ``days`` are the day asked for, or two, the earlier first.
    ``n_reviewed`` of ``n_states`` are reviewed, None where the chart is not about matrices. ``layouts`` names the
    layouts in use and ``profile`` the weights, "" where there are none. ``narrowed_to`` names the part of the
    matrix that all figures are narrowed to. ``drafts``: each State's newest version counts instead of the effective
    one. ``office`` is whose working document this is. ``rests_on`` are the public names of what was read
    ("XAH/3" a version, "XR-2026-014" a request), sorted. ``recipe`` is the identifier it can be rebuilt by.
    """

    scope_name: str
    practice: bool
    days: tuple[datetime.date, ...]
    n_states: int
    code: str = ""
    n_reviewed: int | None = None
    layouts: str = ""
    profile: str = ""
    narrowed_to: tuple[str, ...] = ()
    drafts: bool = False
    office: str = ""
    rests_on: tuple[str, ...] = ()
    recipe: str = ""

    @property
    def as_of(self) -> datetime.date:
        """The day asked for; the later one of two."""
        return self.days[-1]

    @property
    def scope(self) -> str:
        """The scope with its code: "Morwezi (XAH)"."""
        return f"{self.scope_name} ({self.code})" if self.code else self.scope_name


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the numbers behind a chart. ``detail``: in the files only, not under the picture."""

    head: str
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart, in the reader's language: the first cell of a row names it. None is no figure."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart(ABC):
    """The values of one chart. All texts in it are in the reader's language."""

    ground: Ground

    @abstractmethod
    def finding(self, words: Words) -> Sentence:
        """What the chart shows, as a whole sentence without a full stop: the picture's title."""

    @abstractmethod
    def what(self) -> Sentence:
        """What is drawn, with a full stop: "Coverage by section."."""

    @abstractmethod
    def method(self, words: Words) -> tuple[Sentence, ...]:
        """How the figures are made, and how the shapes are to be read."""

    @abstractmethod
    def table(self, words: Words) -> Table:
        """The numbers behind the picture: in csv, in xlsx, under the picture."""

    @abstractmethod
    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """Draw the figures from ``top`` on, wide or narrow as ``canvas`` says; gives the place where they end."""

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """The lines under the title, the scope standing before the first: what, as of when; then n."""
        return (self.what(), *ground_sentences(self.ground, words)), states_sentences(self.ground, words)

    def source(self, words: Words) -> Sentence:
        """Where the figures come from."""
        return record_source(self.ground, words)

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """The figures as sentences, for those who do not see the picture: at most a screen of them."""
        return ()

    def portions(self) -> tuple[str, ...]:
        """What the figures may be divided into where one slide cannot hold them, in their order: each by the name of
        what it belongs to ("African States"), "" where that has none. Empty where they stay together.
        """
        return ()

    def portion(self, first: int, past: int) -> Self:
        """The chart with the portions from ``first`` on and before ``past`` alone, on the same scale; the whole where
        it is not divided.
        """
        return self


def ground_sentences(ground: Ground, words: Words) -> tuple[Sentence, ...]:
    """The part of the matrix, the day or days, the layout and the weights."""
    told = [sentence("Only %(part)s.", part=part) for part in ground.narrowed_to]
    first, last = words.day(ground.days[0]), words.day(ground.as_of)
    if len(ground.days) > 1:
        dated = sentence("From %(from_day)s to %(to_day)s.", from_day=first, to_day=last)
        weighed = sentence(
            "From %(from_day)s to %(to_day)s; layout %(layout)s; weights of profile %(profile)s.",
            from_day=first,
            to_day=last,
            layout=ground.layouts,
            profile=ground.profile,
        )
        counted = sentence(
            "From %(from_day)s to %(to_day)s; layout %(layout)s.", from_day=first, to_day=last, layout=ground.layouts
        )
    else:
        dated = sentence("As of %(date)s.", date=last)
        weighed = sentence(
            "As of %(date)s; layout %(layout)s; weights of profile %(profile)s.",
            date=last,
            layout=ground.layouts,
            profile=ground.profile,
        )
        counted = sentence("As of %(date)s; layout %(layout)s.", date=last, layout=ground.layouts)
    return (*told, weighed if ground.profile else counted if ground.layouts else dated)


def states_sentences(ground: Ground, words: Words) -> tuple[Sentence, ...]:
    """How many States the figures are of, and how many of them are reviewed; nothing for one State."""
    if ground.code:
        return ()
    if ground.n_reviewed is None:
        return (plural_sentence("n = %(n)s State.", "n = %(n)s States.", ground.n_states),)
    return (
        plural_sentence(
            "%(reviewed)s of %(n)s State reviewed.",
            "%(reviewed)s of %(n)s States reviewed.",
            ground.n_states,
            reviewed=words.number(ground.n_reviewed),
        ),
    )


def record_source(ground: Ground, words: Words) -> Sentence:
    """The matrices of the record as the source."""
    if ground.practice:
        return sentence("Source: the practice record, invented for training.")
    if ground.drafts:
        return sentence("Source: the newest versions of the matrices in this record, drafts included.")
    # The day stands inside: in some languages it ends with a full stop of its own.
    return sentence(
        "Source: the versions effective on %(date)s of the matrices in this record.", date=words.day(ground.as_of)
    )

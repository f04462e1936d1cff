"""What a coverage chart says: its values, its finding, and its reading aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

from cpi1540.briefing.charts.chart import (
    Cell,
    Chart,
    Column,
    Table,
    Thin,
    ground_sentences,
    states_sentences,
)
from cpi1540.briefing.charts.frame import Words
from cpi1540.coverage.figures import KINDS, Figure
from cpi1540.foundation.messages import N_, Sentence, plural_sentence, sentence

By = Literal["section", "group", "state"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the chart, with its name in the reader's language.

    ``low``, ``point``, ``high`` are shares 0..1, all None where there is no figure; ``reviewed`` of
    ``applicable`` fields are reviewed; ``counts`` has the fields of each code (X, ?, NA, blank, unreviewed).
    """

    label: str
    low: float | None
    point: float | None
    high: float | None
    sufficient: bool
    reviewed: int
    applicable: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, label: str, figure: Figure) -> Self:
        """The row of a figure."""
        return cls(
            label,
            figure.low,
            figure.point,
            figure.high,
            figure.sufficient,
            figure.reviewed,
            figure.applicable,
            figure.counts,
        )


@dataclass(frozen=True, slots=True)
class CoverageWords(Chart):
    """The values of a coverage chart of one State, of a group or of a whole record, and what it says.

    ``rows`` are what ``total`` is over (sections, groups or States, as ``by`` says); ``own`` are figures that
    are no part of it (OP 1, and OP 6, 7, 8 (d)). ``min_reviewed`` is the profile's share below which no point is
    drawn.
    """

    rows: tuple[Row, ...]
    total: Row
    own: tuple[Row, ...] = ()
    by: By = "section"
    min_reviewed: float = 0.5

    @property
    def every(self) -> tuple[Row, ...]:
        """All rows in their order."""
        return (*self.rows, self.total, *self.own)

    def finding(self, words: Words) -> Sentence:
        """How much is recorded, or why there is no figure."""
        total, scope = self.total, self.ground.scope_name
        every = words.number(total.applicable)
        if total.low is None:
            apart = sum(row.low is not None for row in self.own)
            if apart:
                return plural_sentence(
                    "%(scope)s: no field of OP 2 and OP 3 is reviewed yet; %(n)s section outside them has a figure",
                    "%(scope)s: no field of OP 2 and OP 3 is reviewed yet; %(n)s sections outside them have a figure",
                    apart,
                    scope=scope,
                )
            if total.applicable == 0:
                return sentence("%(scope)s: no figure, because no field applies", scope=scope)
            return sentence("%(scope)s: no figure yet, because no field is reviewed", scope=scope)
        if not total.sufficient:
            return plural_sentence(
                "%(scope)s: %(n)s of %(all)s applicable fields is reviewed, too few for a point",
                "%(scope)s: %(n)s of %(all)s applicable fields are reviewed, too few for a point",
                total.reviewed,
                scope=scope,
                all=every,
            )
        return plural_sentence(
            "%(scope)s: measures are recorded in %(n)s of %(all)s applicable fields",
            "%(scope)s: measures are recorded in %(n)s of %(all)s applicable fields",
            total.counts["X"],
            scope=scope,
            all=every,
        )

    def what(self) -> Sentence:
        """By section, by group or by State."""
        return {
            "section": sentence("Coverage by section."),
            "group": sentence("Coverage by regional group."),
            "state": sentence("Coverage by State, in alphabetical order."),
        }[self.by]

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What is shown and on what ground; then n and how much is reviewed."""
        total = self.total
        fields = plural_sentence(
            "n = %(n)s field, %(na)s not applicable; %(reviewed)s of %(applicable)s reviewed.",
            "n = %(n)s fields, %(na)s not applicable; %(reviewed)s of %(applicable)s reviewed.",
            total.applicable + total.counts["NA"],
            na=words.number(total.counts["NA"]),
            reviewed=words.number(total.reviewed),
            applicable=words.number(total.applicable),
        )
        return (
            (self.what(), *ground_sentences(self.ground, words)),
            (*states_sentences(self.ground, words), fields),
        )

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """The three shares in words."""
        return coverage_method()

    def table(self, words: Words) -> Table:
        """One row for each figure."""
        first = {"section": N_("Section"), "group": N_("Regional group"), "state": N_("State")}[self.by]
        columns = (Column(words.translate(Sentence(first))), *figure_columns(words))
        return Table(columns, tuple((row.label, *figure_cells(row)) for row in self.every))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each row."""
        return tuple(read_aloud(row, words) for row in self.every)


def figure_columns(words: Words) -> tuple[Column, ...]:
    """The columns that ``figure_cells`` fills."""
    shown = (
        sentence("Low"),
        sentence("Point"),
        sentence("High"),
        sentence("Fields reviewed"),
        sentence("Fields that apply"),
    )
    counted = (sentence("X"), sentence("?"), sentence("NA"), sentence("Blank"), sentence("Not reviewed"))
    return (
        *(Column(words.translate(each)) for each in shown),
        *(Column(words.translate(each), detail=True) for each in counted),
    )


def figure_cells(row: Row) -> tuple[Cell, ...]:
    """One figure as cells: shares 0..1, then counts of fields."""
    point = row.point if row.sufficient or row.point is None else Thin(row.point)
    return (row.low, point, row.high, row.reviewed, row.applicable, *(row.counts[kind] for kind in KINDS))


def coverage_method() -> tuple[Sentence, ...]:
    """How the figures of coverage are made."""
    return (
        sentence("X stands for a recorded reference, ? for an incomplete one, NA for not applicable."),
        sentence(
            "Low is the share of X in the applicable fields; high counts ? and the fields not reviewed as well; the "
            "point is the share of X and half of ? in the reviewed fields."
        ),
    )


def reviewed_of(row: Row, words: Words) -> Sentence:
    """How many fields are reviewed, of those that apply."""
    return sentence("%(n)s of %(all)s", n=words.number(row.reviewed), all=words.number(row.applicable))


def reason(row: Row) -> Sentence:
    """Why a row has no figure."""
    if row.applicable == 0:
        return sentence("no field applies: no figure")
    return sentence("nothing reviewed: no figure")


def read_aloud(row: Row, words: Words) -> Sentence:
    """One row as a sentence, for those who do not see the picture."""
    reviewed, applicable = words.number(row.reviewed), words.number(row.applicable)
    if row.low is None or row.high is None or row.point is None:
        return sentence("%(label)s: %(reason)s.", label=row.label, reason=reason(row))
    if not row.sufficient:
        return sentence(
            "%(label)s: low %(low)s, high %(high)s; too little reviewed for a point; %(reviewed)s of %(all)s reviewed.",
            label=row.label,
            low=words.share(row.low),
            high=words.share(row.high),
            reviewed=reviewed,
            all=applicable,
        )
    return sentence(
        "%(label)s: low %(low)s, point %(point)s, high %(high)s; %(reviewed)s of %(all)s reviewed.",
        label=row.label,
        low=words.share(row.low),
        point=words.share(row.point),
        high=words.share(row.high),
        reviewed=reviewed,
        all=applicable,
    )

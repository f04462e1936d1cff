"""How far figures move: the interval of each, within it the band of 90 in 100 draws, and the point.

The same shapes as on the pages of uncertainty: a soft box from low to high, a dark band inside it with a gap at the
middle draw, and a stroke at the point where enough is reviewed.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self

from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, share_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import NONE, SOFT, SOLID, THIN, bar, mark, sample
from cpi1540.briefing.charts.canvas import PAPER, Canvas
from cpi1540.briefing.charts.chart import Cell, Chart, Column, Table, Thin
from cpi1540.briefing.charts.coverage_words import Row, reason, reviewed_of
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.coverage.uncertainty.bands import Band
from cpi1540.foundation.messages import Sentence, sentence

By = Literal["section", "group", "state"]
# A band as narrow as a hair is still seen.
_LEAST = 0.004


@dataclass(frozen=True, slots=True)
class BandRow:
    """One figure with its band; None where there is no figure."""

    figure: Row
    band: Band | None


@dataclass(frozen=True, slots=True)
class UncertaintyChart(Chart):
    """The bands of one State, of a group or of a whole record: ``rows`` are what ``total`` is over."""

    rows: tuple[BandRow, ...]
    total: BandRow
    own: tuple[BandRow, ...]
    by: By
    draws: int
    seed: int
    concentration: float

    @property
    def every(self) -> tuple[BandRow, ...]:
        """All rows in their order."""
        return (*self.rows, self.total, *self.own)

    def finding(self, words: Words) -> Sentence:
        """Where the figure lies in 90 of 100 draws."""
        scope, band = self.ground.scope_name, self.total.band
        if band is None:
            return sentence("%(scope)s: no figure yet, because no field is reviewed", scope=scope)
        return sentence(
            "%(scope)s: coverage lies between %(p5)s and %(p95)s in 90 of 100 draws",
            scope=scope,
            p5=words.share(band.p5),
            p95=words.share(band.p95),
        )

    def what(self) -> Sentence:
        """By section, by group or by State."""
        return {
            "section": sentence("How far the figures move, by section."),
            "group": sentence("How far the figures move, by regional group."),
            "state": sentence("How far the figures move, by State, in alphabetical order."),
        }[self.by]

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What is drawn at random."""
        return (
            sentence(
                "In each draw the sections weigh differently, and each State’s ? and fields not reviewed are read as "
                "any share between 0 and 1; where 10 States of a regional group are reviewed in a row, at the rate "
                "observed there."
            ),
            sentence("The point looks only at the fields reviewed, so that the band may exclude it."),
            sentence(
                "%(draws)s draws, seed %(seed)s, concentration %(kappa)s.",
                draws=words.number(self.draws),
                seed=str(self.seed),
                kappa=f"{self.concentration:g}",
            ),
        )

    def table(self, words: Words) -> Table:
        """One row for each figure."""
        heads = (
            _first(self.by),
            sentence("5 in 100 draws below"),
            sentence("Half of the draws below"),
            sentence("5 in 100 draws above"),
            sentence("Low"),
            sentence("Point"),
            sentence("High"),
            sentence("Fields reviewed"),
            sentence("Fields that apply"),
        )
        columns = tuple(Column(words.translate(head)) for head in heads)
        return Table(columns, tuple(_cells(row) for row in self.every))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each row."""
        return tuple(_spoken(row, words) for row in self.every)

    def portions(self) -> tuple[str, ...]:
        """Each row."""
        return ("",) * len(self.rows)

    def portion(self, first: int, past: int) -> Self:
        """Some of them, under the figure of all; those of their own stand with the last."""
        return replace(self, rows=self.rows[first:past], own=self.own if past == len(self.rows) else ())

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """The rows on one scale, then the key."""
        heading = words.translate(sentence("Share of the applicable fields with measures recorded"))
        numbers = (sentence("Fields reviewed"), sentence("P5"), sentence("P50"), sentence("P95"), sentence("Point"))
        panel = Panel(share_scale(words, heading), tuple(words.translate(head) for head in numbers))
        lines = [_line(row, words) for row in self.rows]
        lines.append(_line(self.total, words, strong=True))
        apart = words.translate(sentence("Figures of their own, never part of the total"))
        lines += [_line(row, words, above="" if place else apart) for place, row in enumerate(self.own)]
        top = draw_bar_table(canvas, BarTable(words.translate(_first(self.by)), (panel,), tuple(lines)), top)
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in self._key(canvas)], top + 16)

    def _key(self, canvas: Canvas) -> list[tuple[Shape, Sentence]]:
        items: list[tuple[Shape, Sentence]] = []
        if any(row.band for row in self.every):
            items.append(
                (
                    lambda x, y: _band(canvas, (x, x + 12, x + 23, x + 34, x + 48), y),
                    sentence("low to high; within it P5 to P95, with the middle draw P50"),
                )
            )
        if any(row.figure.sufficient and row.band for row in self.every):
            items.append((lambda x, y: mark(canvas, x + 24, y), sentence("the point")))
        if any(row.band is None for row in self.every):
            items.append((sample(canvas, NONE), sentence("no figure, for the reason given there")))
        return items


def _first(by: By) -> Sentence:
    return {"section": sentence("Section"), "group": sentence("Regional group"), "state": sentence("State")}[by]


def _cells(row: BandRow) -> tuple[Cell, ...]:
    figure, band = row.figure, row.band
    point = figure.point if figure.sufficient or figure.point is None else Thin(figure.point)
    draws: tuple[Cell, ...] = (band.p5, band.p50, band.p95) if band else (None, None, None)
    return (figure.label, *draws, figure.low, point, figure.high, figure.reviewed, figure.applicable)


def _band(canvas: Canvas, places: tuple[float, ...], middle: float) -> None:
    low, p5, p50, p95, high = places
    bar(canvas, SOFT, low, high, middle)
    bar(canvas, SOLID, p5, p95, middle, THIN)
    mark(canvas, p50, middle, THIN, PAPER, 2.0)


def _line(row: BandRow, words: Words, *, strong: bool = False, above: str = "") -> Line:
    figure, band = row.figure, row.band
    spoken = words.translate(_spoken(row, words))
    reviewed = words.translate(reviewed_of(figure, words))
    if band is None or figure.low is None or figure.high is None:
        nothing = Part(spoken, (reviewed, "–", "–", "–", "–"), reason=words.translate(reason(figure)))
        return Line(figure.label, (nothing,), strong=strong, above=above)
    low, high = figure.low, figure.high
    point = figure.point if figure.sufficient else None

    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        end = max(band.p95, band.p5 + _LEAST)
        _band(canvas, (place(low), place(band.p5), place(band.p50), place(end), place(high)), middle)
        if point is not None:
            mark(canvas, place(point), middle)

    draws = (words.share(band.p5), words.share(band.p50), words.share(band.p95))
    numbers = (reviewed, *draws, "–" if point is None else words.share(point))
    return Line(figure.label, (Part(spoken, numbers, shapes, strong=2),), strong=strong, above=above)


def _spoken(row: BandRow, words: Words) -> Sentence:
    figure, band = row.figure, row.band
    if band is None or figure.low is None or figure.high is None:
        return sentence("%(label)s: %(reason)s.", label=figure.label, reason=reason(figure))
    if figure.point is None or not figure.sufficient:
        return sentence(
            "%(label)s: between %(p5)s and %(p95)s in 90 of 100 draws, half of them below %(p50)s; low %(low)s, high "
            "%(high)s; too little reviewed for a point.",
            label=figure.label,
            p5=words.share(band.p5),
            p50=words.share(band.p50),
            p95=words.share(band.p95),
            low=words.share(figure.low),
            high=words.share(figure.high),
        )
    return sentence(
        "%(label)s: between %(p5)s and %(p95)s in 90 of 100 draws, half of them below %(p50)s; low %(low)s, point "
        "%(point)s, high %(high)s.",
        label=figure.label,
        p5=words.share(band.p5),
        p50=words.share(band.p50),
        p95=words.share(band.p95),
        low=words.share(figure.low),
        point=words.share(figure.point),
        high=words.share(figure.high),
    )

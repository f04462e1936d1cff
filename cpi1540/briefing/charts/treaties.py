"""Treaties over time: how many States belong to each, year by year, on one time scale.

Every line is as high as all the States are many: what is filled are those that belong, what is dashed above it those
that only signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, Scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import DASHED, SOFT, sample
from cpi1540.briefing.charts.canvas import ACCENT, ACCENT_SOFT, EDGE, RULE_2, Canvas
from cpi1540.briefing.charts.chart import Cell, Chart, Column, Table, ground_sentences
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_legend
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.foundation.partial_date import PartialDate

_HEIGHT, _HEIGHT_ON_SLIDE = 44.0, 32.0
_ROW = 62.0
_PIXEL = 0.72
_SHOWN_EVERY = 10


@dataclass(frozen=True, slots=True)
class TreatyLine:
    """One instrument by its name and its kind in the reader's language: States that belong to it, and that only
    signed, at the end of each year; of the last one, on the day asked for.
    """

    name: str
    kind: str
    belonging: tuple[int, ...]
    signed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of withdrawal, which by itself changes nothing: of which State, from what, when; names in the reader's
    language.
    """

    state: str
    treaty: str
    date: PartialDate


@dataclass(frozen=True, slots=True)
class TreatiesChart(Chart):
    """The chart of a group, of several States or of a record. ``in_all`` States belong to all ``treaties`` shown that
    are treaties; ``undated`` joinings bear no date.
    """

    lines: tuple[TreatyLine, ...]
    years: tuple[int, ...]
    treaties: int
    in_all: int
    undated: int
    notices: tuple[Notice, ...] = ()

    def finding(self, words: Words) -> Sentence:
        """How many States are party to all treaties shown."""
        scope = self.ground.scope_name
        if not self.lines:
            return sentence("%(scope)s: no dated action towards a treaty is recorded", scope=scope)
        if not self.treaties:
            return plural_sentence(
                "%(scope)s: no dated action towards a treaty is recorded, only towards %(n)s other arrangement",
                "%(scope)s: no dated action towards a treaty is recorded, only towards %(n)s other arrangements",
                len(self.lines),
                scope=scope,
            )
        return plural_sentence(
            "%(scope)s: %(n)s of %(all)s States is recorded as party to each of the treaties shown",
            "%(scope)s: %(n)s of %(all)s States are recorded as party to each of the treaties shown",
            self.in_all,
            scope=scope,
            all=words.number(self.ground.n_states),
        )

    def what(self) -> Sentence:
        """Status over time."""
        return sentence("Treaties, zones and regimes over time, from dated actions.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, until when; then n."""
        counted = plural_sentence("n = %(n)s State.", "n = %(n)s States.", self.ground.n_states)
        return (self.what(), *ground_sentences(self.ground, words)), (counted,)

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """From when to when a State counts."""
        undated = plural_sentence(
            "%(n)s joining bears no date and counts from the day of its source.",
            "%(n)s joinings bear no date and count from the day of their source.",
            self.undated,
        )
        return (
            sentence(
                "A State counts from its ratification, accession, acceptance or succession until a withdrawal; years "
                "are counted at their end."
            ),
            sentence("Arrangements towards which no dated joining is recorded are left out."),
            *([undated] if self.undated else []),
            *(
                sentence(
                    "%(state)s, %(treaty)s: notice of withdrawal on %(date)s; States parties hold differing views, and "
                    "the State stays counted here.",
                    state=each.state,
                    treaty=each.treaty,
                    date=each.date,
                )
                for each in self.notices
            ),
        )

    def source(self, words: Words) -> Sentence:
        """The actions."""
        if self.ground.practice:
            return sentence("Source: the practice record, invented for training.")
        return sentence("Source: the actions of States towards treaties in this record, each with its own source.")

    def table(self, words: Words) -> Table:
        """One row a treaty; a column for each year, those between the tens in the files only."""
        last = len(self.years) - 1
        heads = [Column(words.translate(_first()))]
        heads += [
            Column(f"{year:04}", detail=place != last and year % _SHOWN_EVERY != 0)
            for place, year in enumerate(self.years)
        ]
        heads.append(Column(words.translate(_only_signed())))
        rows: tuple[tuple[Cell, ...], ...] = tuple((line.name, *line.belonging, line.signed[-1]) for line in self.lines)
        return Table(tuple(heads), rows)

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each line."""
        return tuple(self._spoken(line, words) for line in self.lines)

    def portions(self) -> tuple[str, ...]:
        """Each instrument, by its kind."""
        return tuple(line.kind for line in self.lines)

    def portion(self, first: int, past: int) -> Self:
        """Some instruments, over the same years."""
        return replace(self, lines=self.lines[first:past])

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """The lines on one time scale."""
        heading = words.translate(sentence("States that belong, year by year; each line is as high as all States"))
        panel = Panel(
            Scale(heading, 1.0, self._ticks()),
            (words.translate(sentence("Belong")), words.translate(_only_signed())),
        )
        several = len({line.kind for line in self.lines}) > 1
        height = _HEIGHT if canvas.room is None else _HEIGHT_ON_SLIDE
        lines, before = [], ""
        for line in self.lines:
            above = line.kind if several and line.kind != before else ""
            before = line.kind
            numbers = (words.number(line.belonging[-1]), words.number(line.signed[-1]))
            spoken = words.translate(self._spoken(line, words))
            shapes = _Area(line.belonging, line.signed, max(self.ground.n_states, 1), height)
            lines.append(Line(line.name, (Part(spoken, numbers, shapes, strong=0),), above=above))
        nothing = words.translate(sentence("no dated joining: nothing to draw"))
        table = BarTable(words.translate(_first()), (panel,), tuple(lines), _ROW, height + 8, nothing)
        top = draw_bar_table(canvas, table, top)
        items = [(sample(canvas, SOFT), sentence("States that belong"))] if self.lines else []
        if any(any(line.signed) for line in self.lines):
            items.append((sample(canvas, DASHED), sentence("States that only signed")))
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top + 16)

    def _ticks(self) -> tuple[tuple[float, str], ...]:
        """Two to four marks at round years, and the ends left free."""
        first, last = self.years[0], self.years[-1]
        span = max(last - first + 1, 1)
        step = next((step for step in (1, 2, 5, 10, 20, 50) if span / step <= 5), 100)
        years = [year for year in range(first, last + 1) if year % step == 0] or [first]
        # Years are words here, not quantities: no grouping.
        return tuple(((year - first) / span, f"{year:04}") for year in years)

    def _spoken(self, line: TreatyLine, words: Words) -> Sentence:
        return plural_sentence(
            "%(name)s: %(n)s of %(all)s States belongs, %(signed)s only signed; ten years before, %(before)s belonged.",
            "%(name)s: %(n)s of %(all)s States belong, %(signed)s only signed; ten years before, %(before)s belonged.",
            line.belonging[-1],
            name=line.name,
            all=words.number(self.ground.n_states),
            signed=words.number(line.signed[-1]),
            before=words.number(line.belonging[-11] if len(line.belonging) > 10 else 0),
        )


@dataclass(frozen=True, slots=True)
class _Area:
    """The steps of one line: called with the sheet, the scale and the middle of the line."""

    belonging: Sequence[int]
    signed: Sequence[int]
    most: int
    height: float

    def __call__(self, canvas: Canvas, place: Place, middle: float) -> None:
        floor = middle + self.height / 2
        whole = [(place(0.0), floor - self.height), (place(1.0), floor - self.height)]
        canvas.put(_stroke(canvas, whole, RULE_2, 0.8, "all"))
        both = [one + other for one, other in zip(self.belonging, self.signed, strict=True)]
        if any(self.signed):
            canvas.put(_stroke(canvas, self._steps(place, floor, both), EDGE, 1.2, "signed", dashed=True))
        steps = self._steps(place, floor, self.belonging)
        corners = [(steps[0][0], floor), *steps, (steps[-1][0], floor)]
        canvas.put(
            Polygon(
                corners,
                closed=True,
                facecolor=ACCENT_SOFT,
                edgecolor="none",
                transform=canvas.down,
                label="belonging",
                zorder=2,
            )
        )
        canvas.put(_stroke(canvas, steps, ACCENT, 1.8, "edge"))
        canvas.put(_stroke(canvas, [(place(0.0), floor), (place(1.0), floor)], EDGE, 0.8, "floor"))

    def _steps(self, place: Place, floor: float, values: Sequence[int]) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for number, value in enumerate(values):
            height = floor - value / self.most * self.height
            found += [(place(number / len(values)), height), (place((number + 1) / len(values)), height)]
        return found


def _stroke(
    canvas: Canvas,
    points: Sequence[tuple[float, float]],
    colour: str,
    width: float,
    label: str,
    *,
    dashed: bool = False,
) -> Line2D:
    return Line2D(
        [x for x, _y in points],
        [y for _x, y in points],
        color=colour,
        linewidth=width * _PIXEL,
        linestyle=(0, (3.0, 2.0)) if dashed else "solid",
        solid_joinstyle="miter",
        solid_capstyle="butt",
        transform=canvas.down,
        label=label,
        zorder=3,
    )


def _first() -> Sentence:
    return sentence("Treaty, zone or regime")


def _only_signed() -> Sentence:
    return sentence("Only signed")

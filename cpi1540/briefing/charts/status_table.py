"""The Committee's table as bars: in each field, how many States have measures recorded, at two dates.

One scale counts States. An empty bar runs to the States in which the field is reviewed, a filled one inside it to
those with X on the later day, and a diamond stands at those with X on the earlier day: what is not reviewed stays
visible as the room beyond the empty bar.
"""

from dataclasses import dataclass, replace
from typing import Self

from cpi1540.briefing.charts.bar_lines import COMPACT, ROOMY, BarTable, Line, Panel, Part, Place, count_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import EMPTY, NONE, SOLID, THIN, bar, diamond, sample
from cpi1540.briefing.charts.canvas import Canvas
from cpi1540.briefing.charts.chart import Cell, Chart, Column, Table, ground_sentences
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

_ROW = 29.0
_MANY = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """States with X, of those in which it is reviewed; of several fields, the sums over ``fields`` of them."""

    x: int
    reviewed: int
    fields: int = 1

    @property
    def share(self) -> float | None:
        """The part of those reviewed that has X; None where nobody is: no figure."""
        return self.x / self.reviewed if self.reviewed else None

    @property
    def mean_x(self) -> float:
        """States with X, on the average of the fields."""
        return self.x / self.fields

    @property
    def mean_reviewed(self) -> float:
        """States in which it is reviewed, on the average of the fields."""
        return self.reviewed / self.fields


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One row of the table, or several summed up: its names, and (earlier, later) of each aspect, None where it has
    none.
    """

    of: str
    label: str
    pairs: tuple[tuple[Counted, Counted] | None, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """What it is called, the wider first."""
        return tuple(text for text in (self.of, self.label) if text)


@dataclass(frozen=True, slots=True)
class StatusTableChart(Chart):
    """The chart of a group, of several States or of a record. ``lines`` are rows of the matrix, or sections and weapon
    domains where the table would be too long (``summed``). ``left_out`` fields are not in every layout used.
    ``risen`` of ``fields`` have more States with X on the later day than on the earlier one. ``reviewed``: any field
    is, on either day. ``aspects`` are named as the pairs of a line stand; "" where rows have one code.
    """

    lines: tuple[StatusLine, ...]
    summed: bool
    left_out: int
    fields: int
    risen: int
    reviewed: bool
    first: str
    aspects: tuple[str, ...]

    def finding(self, words: Words) -> Sentence:
        """In how many fields more States have measures recorded than before."""
        scope = self.ground.scope_name
        if not self.reviewed:
            return sentence("%(scope)s: nothing to count yet, because no field is reviewed", scope=scope)
        return plural_sentence(
            "%(scope)s: in %(n)s of %(all)s fields, more States have measures recorded than on %(date)s",
            "%(scope)s: in %(n)s of %(all)s fields, more States have measures recorded than on %(date)s",
            self.risen,
            scope=scope,
            all=words.number(self.fields),
            date=words.day(self.ground.days[0]),
        )

    def what(self) -> Sentence:
        """Status table, by row or summed up."""
        if self.summed:
            return sentence("Status table, summed up by section and weapon domain.")
        return sentence("Status table, row by row.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, when; then how many States and fields."""
        counted = (
            plural_sentence("n = %(n)s State.", "n = %(n)s States.", self.ground.n_states),
            plural_sentence("%(n)s field.", "%(n)s fields.", self.fields),
        )
        out = plural_sentence(
            "%(n)s field is not in every layout and is left out.",
            "%(n)s fields are not in every layout and are left out.",
            self.left_out,
        )
        return (
            (self.what(), *ground_sentences(self.ground, words)),
            (*counted, *([out] if self.left_out else [])),
        )

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What is counted, and what the percentage is of."""
        what = (
            sentence(
                "Counted are States with X, of those in which the field is reviewed; percentages are of the States "
                "reviewed. A field found not applicable counts as reviewed here."
            ),
        )
        if self.summed:
            return (*what, sentence("Numbers of States are means over the fields of a line, rounded."))
        return what

    def table(self, words: Words) -> Table:
        """Numbers of States with X and reviewed, and their share, for each aspect at both dates."""
        days = [words.day(day) for day in self.ground.days]
        heads: list[Sentence | str] = [self.first]
        for aspect in self.aspects:
            for day in days:
                told = {"aspect": aspect, "date": day}
                if not aspect:
                    heads += [
                        sentence("States with X, %(date)s", date=day),
                        sentence("States reviewed, %(date)s", date=day),
                        sentence("Share, %(date)s", date=day),
                    ]
                else:
                    heads += [
                        sentence("%(aspect)s, States with X, %(date)s", **told),
                        sentence("%(aspect)s, States reviewed, %(date)s", **told),
                        sentence("%(aspect)s, share, %(date)s", **told),
                    ]
        columns = tuple(Column(head if isinstance(head, str) else words.translate(head)) for head in heads)
        return Table(columns, tuple(self._cells(line) for line in self.lines))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each line, where they are few."""
        if not self.summed and len(self.lines) > 20:
            return ()
        return tuple(
            _spoken(words, line, aspect, pair)
            for line in self.lines
            for aspect, pair in zip(self.aspects, line.pairs, strict=True)
            if pair is not None
        )

    def portions(self) -> tuple[str, ...]:
        """Each line, by what it belongs to."""
        return tuple(line.of for line in self.lines)

    def portion(self, first: int, past: int) -> Self:
        """Some lines."""
        return replace(self, lines=self.lines[first:past])

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """A panel for each aspect; then the key."""
        scale = count_scale(words, words.translate(sentence("Number of States")), (), self.ground.n_states)
        short = words.translate(sentence("Earlier day")), words.translate(sentence("Later day"))
        panels = tuple(Panel(scale, (*short, "%"), aspect) for aspect in self.aspects)
        lines = tuple(
            Line(
                line.label,
                tuple(
                    self._part(words, line, aspect, pair) for aspect, pair in zip(self.aspects, line.pairs, strict=True)
                ),
                line.of,
            )
            for line in self.lines
        )
        row = (COMPACT if len(lines) > _MANY else _ROW) if any(line.of for line in lines) else ROOMY
        nothing = words.translate(sentence("no field answers to the question: no figure"))
        top = draw_bar_table(canvas, BarTable(self.first, panels, lines, row, nothing=nothing), top)
        return draw_legend(
            canvas, [(shape, words.translate(told)) for shape, told in self._key(canvas, words)], top + 16
        )

    def _cells(self, line: StatusLine) -> tuple[Cell, ...]:
        cells: list[Cell] = [", ".join(line.named)]
        for pair in line.pairs:
            for counted in pair or (None, None):
                cells += _three(counted)
        return tuple(cells)

    def _part(self, words: Words, line: StatusLine, aspect: str, pair: tuple[Counted, Counted] | None) -> Part | None:
        if pair is None:
            return None
        before, after = pair
        spoken = words.translate(_spoken(words, line, aspect, pair))
        numbers = (
            words.number(round(before.mean_x)) if before.reviewed else "–",
            words.number(round(after.mean_x)) if after.reviewed else "–",
            words.percent(after.share) if after.share is not None else "–",
        )
        if not before.reviewed and not after.reviewed:
            return Part(spoken, numbers, reason=words.translate(sentence("not reviewed")))

        def shapes(canvas: Canvas, place: Place, middle: float) -> None:
            bar(canvas, EMPTY, place(0), place(after.mean_reviewed), middle)
            bar(canvas, SOLID, place(0), place(after.mean_x), middle, THIN)
            if before.reviewed:
                diamond(canvas, place(before.mean_x), middle)

        return Part(spoken, numbers, shapes, strong=1)

    def _key(self, canvas: Canvas, words: Words) -> list[tuple[Shape, Sentence]]:
        before, after = (words.day(day) for day in self.ground.days)
        items: list[tuple[Shape, Sentence]] = []
        if self.reviewed:
            items = [
                (sample(canvas, SOLID, THIN), sentence("States with X on %(date)s, the later day", date=after)),
                (sample(canvas, EMPTY), sentence("States in which the field is reviewed on that day")),
                (
                    lambda x, y: diamond(canvas, x + 24, y),
                    sentence("States with X on %(date)s, the earlier day", date=before),
                ),
            ]
        pairs = [pair for line in self.lines for pair in line.pairs if pair]
        if any(not before.reviewed and not after.reviewed for before, after in pairs):
            items.append((sample(canvas, NONE), sentence("reviewed in no State: no figure")))
        return items


def _three(counted: Counted | None) -> tuple[Cell, Cell, Cell]:
    """States with X, States reviewed, their share; means over the fields where several are summed up."""
    if counted is None:
        return None, None, None
    if counted.fields == 1:
        return counted.x, counted.reviewed, counted.share
    return round(counted.mean_x, 1), round(counted.mean_reviewed, 1), counted.share


def _spoken(words: Words, line: StatusLine, aspect: str, pair: tuple[Counted, Counted]) -> Sentence:
    before, after = pair
    named = words.listed(text for text in (*line.named, aspect) if text)
    if not before.reviewed and not after.reviewed:
        return sentence("%(row)s: reviewed in no State.", row=named)
    return sentence(
        "%(row)s: States with X, %(before)s on the earlier day; on the later one %(after)s of %(reviewed)s reviewed.",
        row=named,
        before=words.number(round(before.mean_x)),
        after=words.number(round(after.mean_x)),
        reviewed=words.number(round(after.mean_reviewed)),
    )

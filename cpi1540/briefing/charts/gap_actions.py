"""Gaps by the action that would close them: blank fields and fields with ``?``, in the order of the actions."""

from dataclasses import dataclass, replace
from typing import Self

from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, count_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import SOFT, SOLID, bar, sample
from cpi1540.briefing.charts.canvas import Canvas
from cpi1540.briefing.charts.chart import Chart, Column, Table
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_legend
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence


@dataclass(frozen=True, slots=True)
class ActionRow:
    """The gaps that one action would close, by its name in the reader's language, and in how many States."""

    name: str
    blank: int
    incomplete: int
    states: int

    @property
    def gaps(self) -> int:
        """All of them."""
        return self.blank + self.incomplete


@dataclass(frozen=True, slots=True)
class GapActionsChart(Chart):
    """The chart of one State, of several, of a group or of a record. ``rest`` are gaps without a known action.
    ``most`` is what the scale reaches at least.
    """

    rows: tuple[ActionRow, ...]
    rest: ActionRow | None = None
    most: int = 0

    @property
    def every(self) -> tuple[ActionRow, ...]:
        """All rows in their order."""
        return (*self.rows, *([self.rest] if self.rest else ()))

    @property
    def gaps(self) -> int:
        """All gaps."""
        return sum(row.gaps for row in self.every)

    def finding(self, words: Words) -> Sentence:
        """Which action would close the most gaps."""
        scope, all_gaps = self.ground.scope_name, words.number(self.gaps)
        if not self.ground.n_reviewed:
            return sentence("%(scope)s: no gap is known yet, because no field is reviewed", scope=scope)
        most = max(self.rows, key=lambda row: row.gaps)
        if not most.gaps:
            return plural_sentence(
                "%(scope)s: %(n)s gap is recorded, with no action known for it",
                "%(scope)s: %(n)s gaps are recorded, with no action known for them",
                self.gaps,
                scope=scope,
            )
        return plural_sentence(
            "%(scope)s: one action would close %(n)s of %(all)s gaps: %(action)s",
            "%(scope)s: one action would close %(n)s of %(all)s gaps: %(action)s",
            most.gaps,
            scope=scope,
            all=all_gaps,
            action=most.name,
        )

    def what(self) -> Sentence:
        """Gaps by action."""
        return sentence("Gaps by the action that would close them.")

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What a gap is, and what counts where."""
        return (
            sentence(
                "A gap is an applicable field that is reviewed and has no X: it is blank, or its reference is "
                "incomplete (?)."
            ),
            sentence("Fields not reviewed are work to do, not gaps."),
            sentence("Each gap stands with the first action that closes it; the actions are in a fixed order."),
        )

    def table(self, words: Words) -> Table:
        """One row for each action."""
        heads = (_first(), *_heads(), sentence("States with such a gap"))
        columns = tuple(Column(words.translate(head)) for head in heads)
        return Table(columns, tuple((row.name, row.gaps, row.blank, row.incomplete, row.states) for row in self.every))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each action that closes a gap."""
        return tuple(_spoken(row, words) for row in self.every if row.gaps)

    def portions(self) -> tuple[str, ...]:
        """Each action."""
        return ("",) * len(self.every)

    def portion(self, first: int, past: int) -> Self:
        """Some actions; gaps without one stand with the last."""
        most = max((row.gaps for row in self.every), default=0)
        rest = self.rest if past > len(self.rows) else None
        return replace(self, rows=self.rows[first:past], rest=rest, most=most)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """A bar for each action: blank first, then incomplete."""
        if not self.ground.n_reviewed:
            # Nothing was looked at: no number, not even 0.
            reason = words.translate(sentence("no figure: nothing reviewed, or no field applies"))
            return draw_bar_table(canvas, BarTable(words.translate(_first()), (), (), nothing=reason), top) + 8
        several = not self.ground.code
        heads = [sentence("Gaps"), *([sentence("States")] if several else [])]
        gaps = [self.most, *(row.gaps for row in self.every)]
        scale = count_scale(words, words.translate(sentence("Number of gaps")), gaps)
        panel = Panel(scale, tuple(words.translate(head) for head in heads))
        lines = tuple(_line(row, words, several=several) for row in self.every)
        top = draw_bar_table(canvas, BarTable(words.translate(_first()), (panel,), lines), top)
        items = (
            (sample(canvas, SOLID), sentence("blank: reviewed, nothing found")),
            (sample(canvas, SOFT), sentence("?: incomplete reference")),
        )
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top + 16)


def _first() -> Sentence:
    return sentence("Action")


def _heads() -> tuple[Sentence, ...]:
    return sentence("Gaps"), sentence("Of these, blank"), sentence("Of these, with ?")


def _line(row: ActionRow, words: Words, *, several: bool) -> Line:
    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        bar(canvas, SOLID, place(0), place(row.blank), middle)
        bar(canvas, SOFT, place(row.blank), place(row.gaps), middle)

    numbers = (words.number(row.gaps), *([words.number(row.states)] if several else ()))
    return Line(row.name, (Part(words.translate(_spoken(row, words)), numbers, shapes, strong=0),))


def _spoken(row: ActionRow, words: Words) -> Sentence:
    return plural_sentence(
        "%(action)s: %(n)s gap, %(blank)s blank and %(incomplete)s with ?.",
        "%(action)s: %(n)s gaps, %(blank)s blank and %(incomplete)s with ?.",
        row.gaps,
        action=row.name,
        blank=words.number(row.blank),
        incomplete=words.number(row.incomplete),
    )

"""What a figure is most sensitive to: the first-order and the total index of each factor, on a scale from 0 to 1."""

from dataclasses import dataclass

from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, share_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import SOFT, SOLID, THIN, bar, sample
from cpi1540.briefing.charts.canvas import Canvas
from cpi1540.briefing.charts.chart import Chart, Column, Table
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.foundation.messages import Sentence, sentence

_FINDINGS = {
    "op2": sentence("%(scope)s: nothing moves the figure as much as the weight of OP 2"),
    "op3ab": sentence("%(scope)s: nothing moves the figure as much as the weight of OP 3 (a) and (b)"),
    "op3cd": sentence("%(scope)s: nothing moves the figure as much as the weight of OP 3 (c) and (d)"),
    "incomplete": sentence("%(scope)s: nothing moves the figure as much as the reading of ?"),
    "unreviewed": sentence("%(scope)s: nothing moves the figure as much as the reading of what is not reviewed"),
}


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor by its code and by its name in the reader's language; its indices as they were estimated, None
    where there is no variance to share out, or no figure.
    """

    code: str
    name: str
    first_order: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class SensitivityChart(Chart):
    """The chart of one State. ``runs`` evaluations of the figure were made; 0 where there is no figure."""

    rows: tuple[FactorRow, ...]
    runs: int
    concentration: float

    @property
    def moves(self) -> bool:
        """Whether there is any variance to share out."""
        return any(row.total is not None for row in self.rows)

    def finding(self, words: Words) -> Sentence:
        """Which factor has the greatest total index."""
        scope = self.ground.scope_name
        if not self.runs:
            return sentence("%(scope)s: no figure yet, because no field is reviewed", scope=scope)
        if not self.moves:
            return sentence("%(scope)s: the figure does not move, whatever is varied", scope=scope)
        most = max(self.rows, key=lambda row: row.total or 0.0)
        return Sentence(_FINDINGS[most.code].text, {"scope": scope})

    def what(self) -> Sentence:
        """Sobol indices."""
        return sentence("What the figure is most sensitive to.")

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What the indices mean, and how they were made."""
        how = sentence(
            "Sobol indices from %(runs)s runs; section weights drawn with concentration %(kappa)s, readings between 0 "
            "and 1.",
            runs=words.number(self.runs),
            kappa=f"{self.concentration:g}",
        )
        return (
            sentence(
                "First-order: the share of the figure’s variance that goes when this factor alone is known. Total: the "
                "share that stays while it alone is unknown."
            ),
            *([how] if self.runs else []),
        )

    def table(self, words: Words) -> Table:
        """One row for each factor."""
        columns = tuple(Column(words.translate(head)) for head in (_first(), *_heads()))
        return Table(columns, tuple((row.name, row.first_order, row.total) for row in self.rows))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each factor."""
        return tuple(_spoken(row, words) for row in self.rows)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """The total index as a box, the first-order index as a bar inside it."""
        scale = share_scale(words, words.translate(sentence("Share of the figure’s variance")))
        panel = Panel(scale, tuple(words.translate(head) for head in _heads()))
        lines = tuple(_line(row, words) for row in self.rows)
        top = draw_bar_table(canvas, BarTable(words.translate(_first()), (panel,), lines), top)
        items: list[tuple[Shape, Sentence]] = []
        if self.moves:
            items = [
                (sample(canvas, SOLID, THIN), sentence("first-order index")),
                (sample(canvas, SOFT), sentence("total index")),
            ]
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top + 16)


def _first() -> Sentence:
    return sentence("Factor")


def _heads() -> tuple[Sentence, Sentence]:
    return sentence("First-order"), sentence("Total")


def _shown(index: float) -> float:
    """An estimate of nothing may come out a little below 0, one of everything a little above 1."""
    return min(max(index, 0.0), 1.0)


def _line(row: FactorRow, words: Words) -> Line:
    spoken = words.translate(_spoken(row, words))
    if row.first_order is None or row.total is None:
        return Line(row.name, (Part(spoken, ("–", "–"), reason=words.translate(sentence("no variance: no figure"))),))
    first, total = _shown(row.first_order), _shown(row.total)

    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        bar(canvas, SOFT, place(0), place(total), middle)
        bar(canvas, SOLID, place(0), place(first), middle, THIN)

    return Line(row.name, (Part(spoken, (words.share(first), words.share(total)), shapes, strong=1),))


def _spoken(row: FactorRow, words: Words) -> Sentence:
    if row.first_order is None or row.total is None:
        return sentence("%(factor)s: no variance to share out.", factor=row.name)
    return sentence(
        "%(factor)s: first-order %(first)s, total %(total)s.",
        factor=row.name,
        first=words.share(_shown(row.first_order)),
        total=words.share(_shown(row.total)),
    )

"""How many needs of each year both sides have agreed on a match for: the share, with its n."""

from dataclasses import dataclass

from cpi1540.briefing.charts.assistance_words import assistance_facts, assistance_source
from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, share_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import EMPTY, NONE, SOLID, THIN, Look, bar, sample
from cpi1540.briefing.charts.canvas import ACCENT, ACCENT_SOFT, Canvas
from cpi1540.briefing.charts.chart import Chart, Column, Table
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

# The share of fewer needs says little: it is drawn, and marked.
FEW = 10
_FEW = Look("few", ACCENT_SOFT, ACCENT, dashed=True)


@dataclass(frozen=True, slots=True)
class YearRow:
    """The needs of the requests of one year, and those of them with an agreed match; "" names those without a date."""

    year: str
    needs: int
    matched: int

    @property
    def rate(self) -> float | None:
        """The part that is matched; None where there is no need: no figure."""
        return self.matched / self.needs if self.needs else None


@dataclass(frozen=True, slots=True)
class MatchRateChart(Chart):
    """The chart of a record, a group or some States, years in their order."""

    rows: tuple[YearRow, ...]

    @property
    def needs(self) -> int:
        """All needs."""
        return sum(row.needs for row in self.rows)

    def finding(self, words: Words) -> Sentence:
        """How many needs are matched in all."""
        scope = self.ground.scope_name
        if not self.needs:
            return sentence("%(scope)s: no need is recorded that could be matched", scope=scope)
        return plural_sentence(
            "%(scope)s: both sides have agreed on a match for %(n)s of %(all)s needs",
            "%(scope)s: both sides have agreed on a match for %(n)s of %(all)s needs",
            sum(row.matched for row in self.rows),
            scope=scope,
            all=words.number(self.needs),
        )

    def what(self) -> Sentence:
        """By year."""
        return sentence("Share of needs with an agreed match, by the year of the request.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, as of when; then n."""
        counted = (plural_sentence("n = %(n)s need.", "n = %(n)s needs.", self.needs),)
        return assistance_facts(self, words, counted, whole_view=True)

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What counts."""
        return (
            sentence(
                "A need counts as matched when both sides had agreed on a match by that day and it was not withdrawn."
            ),
            sentence("Younger needs have had less time: their share still changes."),
            sentence("Needs that were withdrawn and requests known from the past are left out."),
        )

    def source(self, words: Words) -> Sentence:
        """The requests and matches."""
        return assistance_source(self.ground)

    def table(self, words: Words) -> Table:
        """One row a year."""
        heads = (sentence("Year of the request"), sentence("Needs"), sentence("Matched"), sentence("Share matched"))
        rows = tuple((_named(row, words), row.needs, row.matched, row.rate) for row in self.rows)
        return Table(tuple(Column(words.translate(head)) for head in heads), rows)

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each year."""
        return tuple(_spoken(row, words) for row in self.rows)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """A bar a year."""
        heading = words.translate(sentence("Share of the needs with an agreed match"))
        heads = (sentence("Needs"), sentence("Matched"), sentence("Share"))
        panel = Panel(share_scale(words, heading), tuple(words.translate(head) for head in heads))
        lines = tuple(_line(row, words) for row in self.rows)
        first, nothing = sentence("Year of the request"), sentence("no need: no figure")
        table = BarTable(words.translate(first), (panel,), lines, nothing=words.translate(nothing))
        top = draw_bar_table(canvas, table, top)
        items: list[tuple[Shape, Sentence]] = []
        if any(row.needs >= FEW for row in self.rows):
            items.append((sample(canvas, SOLID), sentence("matched")))
            items.append((sample(canvas, EMPTY, THIN), sentence("not matched")))
        if any(0 < row.needs < FEW for row in self.rows):
            few = plural_sentence(
                "matched, of fewer than %(n)s need: the share says little",
                "matched, of fewer than %(n)s needs: the share says little",
                FEW,
            )
            items.append((sample(canvas, _FEW), few))
        if any(not row.needs for row in self.rows):
            items.append((sample(canvas, NONE), sentence("no need: no figure")))
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top + 16)


def _named(row: YearRow, words: Words) -> str:
    return row.year or words.translate(sentence("Without a date"))


def _line(row: YearRow, words: Words) -> Line:
    spoken, rate = words.translate(_spoken(row, words)), row.rate
    numbers = (words.number(row.needs), words.number(row.matched))
    if rate is None:
        reason = words.translate(sentence("no need: no figure"))
        return Line(_named(row, words), (Part(spoken, (*numbers, "–"), reason=reason),))

    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        bar(canvas, EMPTY, place(0), place(1), middle, THIN, 2)
        bar(canvas, _FEW if row.needs < FEW else SOLID, place(0), place(rate), middle)

    return Line(_named(row, words), (Part(spoken, (*numbers, words.share(rate)), shapes, strong=2),))


def _spoken(row: YearRow, words: Words) -> Sentence:
    if row.rate is None:
        return sentence("%(year)s: no need.", year=_named(row, words))
    return plural_sentence(
        "%(year)s: %(matched)s of %(n)s need matched, %(share)s.",
        "%(year)s: %(matched)s of %(n)s needs matched, %(share)s.",
        row.needs,
        year=_named(row, words),
        matched=words.number(row.matched),
        share=words.share(row.rate),
    )

"""Needs that nobody has agreed to meet, beside the offers that are valid, area by area.

Where there is a need and no offer the bar is striped and says so.
"""

from dataclasses import dataclass, replace
from typing import Self

from cpi1540.briefing.charts.assistance_words import assistance_facts, assistance_source
from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, count_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import SOFT, SOLID, STRIPED, THIN, bar, sample
from cpi1540.briefing.charts.canvas import NOTE_STRONG, Canvas, Style
from cpi1540.briefing.charts.chart import Chart, Column, Table
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import Shape, draw_legend
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

_ROW, _ROW_OF_MANY = 38.0, 27.0
# How far the middles of the two bars stand from the middle of the line.
_LANE, _LANE_OF_MANY = 6.0, 5.0
_MANY = 40
_SAID = Style(11.5, NOTE_STRONG.colour, NOTE_STRONG.weight)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area by its names in the reader's language, the wider one first or "": needs and offers that name it."""

    of: str
    label: str
    needs: int
    offers: int

    @property
    def missing(self) -> bool:
        """Whether there is a need and no offer."""
        return self.needs > 0 and self.offers == 0

    @property
    def named(self) -> tuple[str, ...]:
        """What it is called, the wider name first."""
        return tuple(text for text in (self.of, self.label) if text)


@dataclass(frozen=True, slots=True)
class NeedsOffersChart(Chart):
    """The chart of a record, a group or some States. ``needs`` and ``offers`` are how many there are in all; one
    counts in each area it names. ``by_row``: the areas are rows of the matrix, else sections and weapon domains.
    ``most`` is what the scale reaches at least.
    """

    rows: tuple[AreaRow, ...]
    needs: int
    offers: int
    by_row: bool
    whole_view: bool
    most: int = 0

    def finding(self, words: Words) -> Sentence:
        """In how many areas with a need there is no offer."""
        scope = self.ground.scope_name
        asked = [row for row in self.rows if row.needs]
        missing = sum(row.missing for row in asked)
        if not asked:
            return sentence("%(scope)s: no need is open", scope=scope)
        if not missing:
            return plural_sentence(
                "%(scope)s: there is an offer in the only area with an open need",
                "%(scope)s: there is an offer in each of the %(n)s areas with open needs",
                len(asked),
                scope=scope,
            )
        return plural_sentence(
            "%(scope)s: in %(n)s of %(all)s areas with open needs there is no offer",
            "%(scope)s: in %(n)s of %(all)s areas with open needs there is no offer",
            missing,
            scope=scope,
            all=words.number(len(asked)),
        )

    def what(self) -> Sentence:
        """By area or by row."""
        if self.by_row:
            return sentence("Open needs and valid offers, by row of the matrix.")
        return sentence("Open needs and valid offers, by section and weapon domain.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, as of when; then how many."""
        counted = (
            plural_sentence("n = %(n)s open need.", "n = %(n)s open needs.", self.needs),
            plural_sentence("%(n)s valid offer.", "%(n)s valid offers.", self.offers),
        )
        return assistance_facts(self, words, counted, whole_view=self.whole_view)

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What is open, what is valid, and what counts where."""
        empty = sentence("Rows without a need and without an offer are left out.")
        return (
            sentence("A need is open while its request is, and until both sides agree on a match."),
            sentence("An offer is valid from its first day to its last; one that is not for these States is left out."),
            sentence(
                "A need or an offer counts once in each area of which it names a field, so that the areas add up to "
                "more than the whole."
            ),
            *([empty] if self.by_row else []),
        )

    def source(self, words: Words) -> Sentence:
        """The requests and offers."""
        return assistance_source(self.ground)

    def table(self, words: Words) -> Table:
        """One row an area."""
        missing = words.translate(sentence("no offer"))
        columns = (_first(), *_heads(), sentence("What is missing"))
        rows = tuple((", ".join(row.named), row.needs, row.offers, missing if row.missing else "") for row in self.rows)
        return Table(tuple(Column(words.translate(head)) for head in columns), rows)

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each area with a need."""
        return tuple(_spoken(row, words) for row in self.rows if row.needs)

    def portions(self) -> tuple[str, ...]:
        """Each area, by the wider one."""
        return tuple(row.of for row in self.rows)

    def portion(self, first: int, past: int) -> Self:
        """Some areas."""
        most = max((each for row in self.rows for each in (row.needs, row.offers)), default=0)
        return replace(self, rows=self.rows[first:past], most=most)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """Two bars an area: needs above, offers below."""
        heading = words.translate(sentence("Number of needs and of offers"))
        values = [self.most, *(each for row in self.rows for each in (row.needs, row.offers))]
        panel = Panel(count_scale(words, heading, values), tuple(words.translate(head) for head in _heads()))
        many = len(self.rows) > _MANY
        lines = tuple(_line(row, words, _LANE_OF_MANY if many else _LANE) for row in self.rows)
        row, depth = _ROW_OF_MANY if many else _ROW, 32.0 if canvas.room is None else 24.0
        top = draw_bar_table(canvas, BarTable(words.translate(_first()), (panel,), lines, row, depth), top)
        items: list[tuple[Shape, Sentence]] = [
            (sample(canvas, SOLID, THIN), sentence("open needs")),
            (sample(canvas, SOFT, THIN), sentence("valid offers")),
        ]
        if any(row.missing for row in self.rows):
            items.append((sample(canvas, STRIPED, THIN), sentence("open needs without any offer")))
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top + 16)


def _first() -> Sentence:
    return sentence("Area")


def _heads() -> tuple[Sentence, Sentence]:
    return sentence("Open needs"), sentence("Valid offers")


def _line(row: AreaRow, words: Words, lane: float) -> Line:
    said = words.translate(sentence("no offer")) if row.missing else ""

    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        bar(canvas, STRIPED if row.missing else SOLID, place(0), place(row.needs), middle - lane, THIN)
        if said:
            # The lane of the offers is empty: the word has room there.
            canvas.text(place(0) + 4, middle + lane + 0.36 * _SAID.size, said, _SAID)
        else:
            bar(canvas, SOFT, place(0), place(row.offers), middle + lane, THIN)

    numbers = (words.number(row.needs), words.number(row.offers))
    strong = 1 if row.missing else 0
    return Line(row.label, (Part(words.translate(_spoken(row, words)), numbers, shapes, strong=strong),), row.of)


def _spoken(row: AreaRow, words: Words) -> Sentence:
    area = words.listed(row.named)
    if row.missing:
        return plural_sentence(
            "%(area)s: %(n)s open need and no offer.",
            "%(area)s: %(n)s open needs and no offer.",
            row.needs,
            area=area,
        )
    return plural_sentence(
        "%(area)s: %(n)s open need; valid offers: %(offers)s.",
        "%(area)s: %(n)s open needs; valid offers: %(offers)s.",
        row.needs,
        area=area,
        offers=words.number(row.offers),
    )

"""Open requests for assistance by the step they stand at, and by how long ago they were made."""

from dataclasses import dataclass

from cpi1540.briefing.charts.assistance_words import assistance_facts, assistance_source
from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, count_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import EMPTY, MIDDLE, SOFT, SOLID, Look, bar, sample
from cpi1540.briefing.charts.canvas import Canvas
from cpi1540.briefing.charts.chart import Chart, Column, Table
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_legend
from cpi1540.foundation.messages import N_, Sentence, plural_sentence, sentence

# The youngest first: the darker, the older. What has no date comes last.
AGES = ("young", "middle", "old", "unknown")
AGE_NAMES = {
    "young": N_("Up to six months"),
    "middle": N_("Six months to a year"),
    "old": N_("More than a year"),
    "unknown": N_("Without a date"),
}
_LOOKS: dict[str, Look] = {"young": SOFT, "middle": MIDDLE, "old": SOLID, "unknown": EMPTY}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step by its name in the reader's language: the open requests of each of ``AGES``, and how many are late."""

    name: str
    ages: tuple[int, int, int, int]
    overdue: int

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.ages)


@dataclass(frozen=True, slots=True)
class RequestsChart(Chart):
    """The chart of a record, a group or some States. ``ended`` requests were closed or withdrawn by that day."""

    rows: tuple[StepRow, ...]
    ended: int
    whole_view: bool  # whoever asks may read every request

    @property
    def open(self) -> int:
        """The open requests."""
        return sum(row.requests for row in self.rows)

    def finding(self, words: Words) -> Sentence:
        """How many are open, and how many of them are late."""
        scope = self.ground.scope_name
        if not self.open:
            return sentence("%(scope)s: no request for assistance is open", scope=scope)
        return plural_sentence(
            "%(scope)s: %(n)s request for assistance is open; overdue: %(late)s",
            "%(scope)s: %(n)s requests for assistance are open; overdue: %(late)s",
            self.open,
            scope=scope,
            late=words.number(sum(row.overdue for row in self.rows)),
        )

    def what(self) -> Sentence:
        """By step and age."""
        return sentence("Open requests for assistance by step and age.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, as of when; then n, and what the reader does not see."""
        counted = (
            plural_sentence("n = %(n)s open request.", "n = %(n)s open requests.", self.open),
            plural_sentence("%(n)s request had ended.", "%(n)s requests had ended.", self.ended),
        )
        return assistance_facts(self, words, counted, whole_view=self.whole_view)

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What counts, and what is late."""
        return (
            sentence("A request stands at the step to which the acts dated by that day have led."),
            sentence("The age runs from the date of the request. Overdue: a day set by the procedure has passed."),
            sentence("Requests known from the past have no clock and are left out."),
        )

    def source(self, words: Words) -> Sentence:
        """The requests."""
        return assistance_source(self.ground)

    def table(self, words: Words) -> Table:
        """One row a step."""
        heads = (_first(), sentence("Requests"), *(Sentence(AGE_NAMES[age]) for age in AGES), sentence("Overdue"))
        rows = tuple((row.name, row.requests, *row.ages, row.overdue) for row in self.rows)
        return Table(tuple(Column(words.translate(head)) for head in heads), rows)

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each step at which a request stands."""
        return tuple(_spoken(row, words) for row in self.rows if row.requests)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """A bar for each step, the youngest requests first."""
        heading = words.translate(sentence("Number of requests"))
        scale = count_scale(words, heading, [row.requests for row in self.rows])
        heads = (words.translate(sentence("Requests")), words.translate(sentence("Overdue")))
        lines = tuple(_line(row, words) for row in self.rows)
        table = BarTable(words.translate(_first()), (Panel(scale, heads),), lines)
        top = draw_bar_table(canvas, table, top)
        used = [age for place, age in enumerate(AGES) if age != "unknown" or any(row.ages[place] for row in self.rows)]
        items = [(sample(canvas, _LOOKS[age]), words.translate(Sentence(AGE_NAMES[age]))) for age in used]
        return draw_legend(canvas, items, top + 16)


def _first() -> Sentence:
    return sentence("Step of the procedure")


def _line(row: StepRow, words: Words) -> Line:
    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        start = 0
        for age, n in zip(AGES, row.ages, strict=True):
            if n:
                bar(canvas, _LOOKS[age], place(start), place(start + n), middle, 16)
            start += n

    numbers = (words.number(row.requests), words.number(row.overdue))
    return Line(row.name, (Part(words.translate(_spoken(row, words)), numbers, shapes, strong=0),))


def _spoken(row: StepRow, words: Words) -> Sentence:
    young, middle, old, unknown = (words.number(n) for n in row.ages)
    return plural_sentence(
        "%(step)s: %(n)s request; up to six months %(young)s, to a year %(middle)s, older %(old)s, without a date "
        "%(unknown)s; overdue %(late)s.",
        "%(step)s: %(n)s requests; up to six months %(young)s, to a year %(middle)s, older %(old)s, without a date "
        "%(unknown)s; overdue %(late)s.",
        row.requests,
        step=row.name,
        young=young,
        middle=middle,
        old=old,
        unknown=unknown,
        late=words.number(row.overdue),
    )

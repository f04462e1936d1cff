"""A pack under way: what is asked, for whom it is read, and what its pages turned out to rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from flask import current_app

from cpi1540.assistance.requests.agenda import Line, due_list
from cpi1540.briefing.chart_kinds import CHARTS, By
from cpi1540.briefing.charts.canvas import WIDE, Canvas
from cpi1540.briefing.charts.chart import Chart, Ground, ground_sentences, states_sentences
from cpi1540.briefing.charts.coverage_words import CoverageWords, Row, read_aloud
from cpi1540.briefing.charts.drawing import describe
from cpi1540.briefing.charts.frame import joined_in, notices
from cpi1540.briefing.charts.output import to_png
from cpi1540.briefing.charts.slides import draw_slides
from cpi1540.briefing.packs.pack import Block, Column, CountChart, Interval, IntervalChart, Page, Picture, Table
from cpi1540.briefing.packs.question import PackQuestion
from cpi1540.briefing.service import making
from cpi1540.briefing.service.numbers import shown_cell
from cpi1540.briefing.service.pictures import typefaces, words
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.briefing.service.request_charts import lines_asked
from cpi1540.coverage.service import figures as coverage
from cpi1540.foundation.access import NOBODY, Actor
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import current_language, say, share
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.matrix.record import Version
from cpi1540.states import service as states
from cpi1540.states.state import State

LINES_OF_A_CHART = 12
ROWS_ON_A_SLIDE = 40
BARS_OF_A_CHART = 14
MOST_COLUMNS = 8
# Charts that stand on slides as native bars, though their pictures say more.
AS_BARS = frozenset({"gap-actions"})


def told(text: Sentence | str) -> str:
    """A sentence in the reader's language, without the marks that isolate names on a page."""
    return say(text).translate({0x2068: None, 0x2069: None})


def joined(sentences: Iterable[Sentence | str]) -> str:
    """Whole sentences one after the other."""
    return joined_in(current_language().code, [told(each) for each in sentences])


class Asked:
    """The question with its States. ``actor`` is who the record is read for: nobody in a pack for the public.

    ``rests_on`` gathers the public names of what was read, ``figures`` the numbers on the pages.
    """

    def __init__(self, question: PackQuestion, actor: Actor) -> None:
        self.question = question
        self.actor = NOBODY if question.public else actor
        if question.state:
            self.chosen: Sequence[State] = [states.find(question.state, practice=question.practice)]
        else:
            self.chosen = states.states(practice=question.practice, group=question.group)
        if not self.chosen:
            raise DomainError(sentence("There are no States in this record."))
        self.rests_on: set[str] = set()
        self.figures: dict[str, float | int | str | None] = {}

    @cached_property
    def requests(self) -> tuple[Line, ...]:
        """The requests in the scope as they stood on the day asked for: those that the charts of this pack count."""
        found = tuple(lines_asked(self.about(), self.actor))
        self.rests_on.update(line.request.id for line in found)
        return found

    @property
    def open_requests(self) -> list[Line]:
        """Those that had not ended by then, overdue first."""
        return due_list(self.requests)

    def about(self, *, by: By | None = None) -> ChartQuestion:
        """The question that a chart of this pack answers."""
        asked = self.question
        figures = coverage.Question(asked.on, profile=asked.profile, lens=asked.lens)
        return ChartQuestion(
            tuple(self.chosen), figures, asked.group, asked.state is not None, asked.practice, by, asked.before
        )

    @property
    def scope_name(self) -> str:
        """What the pack is of, in the reader's language."""
        return self.about().scope_name

    def ground(
        self, versions: Iterable[Version] = (), *, dates: int = 1, profile: str = "", n_reviewed: int | None = None
    ) -> Ground:
        """What figures of a page rest on; remembered for the recipe."""
        found = self.about().ground(list(versions), dates=dates, profile=profile, n_reviewed=n_reviewed)
        self.rests_on.update(found.rests_on)
        return found

    def facts(self, ground: Ground, *more: Sentence | str) -> tuple[str, ...]:
        """What every page with figures prints under its title: scope, day or days, n, n of N reviewed."""
        spoken = words()
        first = f"{ground.scope} · {joined(ground_sentences(ground, spoken))}"
        second = joined([*states_sentences(ground, spoken), *more])
        return tuple(line for line in (first, second) if line)

    def chart_page(self, name: str, *, by: By | None = None) -> Page | None:
        """A page with one of the charts, native where slides can have it so; None where it cannot be asked here."""
        if name not in {kind.name for kind in CHARTS}:
            return None
        try:
            chart = making.make(name, self.about(by=by), self.actor).chart
        except DomainError:
            return None
        spoken = words()
        self.rests_on.update(chart.ground.rests_on)
        self._note(f"{name}.{by or ''}", chart)
        title, _description = describe(chart, spoken)
        first, *others = chart.facts(spoken)
        facts = (f"{chart.ground.scope} · {joined(first)}", *(joined(line) for line in others if line))
        blocks: list[Block] = []
        if isinstance(chart, CoverageWords):
            if by != "section" and all(row.low is None for row in chart.every):
                return None
            blocks += interval_charts(chart.what(), chart.every)
            title = self._between(chart, by) if by in ("group", "state") else title
        elif name in AS_BARS:
            blocks += bars_of(chart)
        else:
            blocks.append(picture_of(chart))
        if not blocks:
            return None
        numbers = table_of(chart, title)
        numbers = replace(numbers, papers_only=numbers.papers_only or name in AS_BARS)
        if any(isinstance(block, Picture) for block in blocks):
            numbers = replace(numbers, papers_only=True)
        if len(numbers.columns) <= MOST_COLUMNS:
            blocks.append(numbers)
        method = joined(chart.method(spoken))
        return Page(title, facts, tuple(blocks), method, (method, told(chart.source(spoken))))

    def _between(self, chart: CoverageWords, by: By) -> str:
        """The finding of a chart by group or by State: that of the whole stands on another page."""
        scope = chart.ground.scope
        rows = [row for row in chart.rows if row.point is not None and row.sufficient]
        low, high = (share(end(row.point or 0.0 for row in rows)) if len(rows) > 1 else "" for end in (min, max))
        if by == "group":
            found = (
                sentence(
                    "%(scope)s: the points of the regional groups lie between %(low)s and %(high)s",
                    scope=scope,
                    low=low,
                    high=high,
                )
                if low
                else sentence("%(scope)s by regional group", scope=scope)
            )
        else:
            found = (
                sentence(
                    "%(scope)s: the points of the States lie between %(low)s and %(high)s",
                    scope=scope,
                    low=low,
                    high=high,
                )
                if low
                else sentence("%(scope)s by State", scope=scope)
            )
        return told(found)

    def _note(self, name: str, chart: Chart) -> None:
        """The figures of a chart under its name, row and column."""
        table = chart.table(words())
        for place, row in enumerate(table.rows):
            for column, value in enumerate(row[1:], 1):
                self.figures[f"{name}.{place}.{column}"] = value


def interval_charts(title: Sentence | str, rows: Sequence[Row]) -> list[IntervalChart]:
    """Rows of coverage as native charts of some lines each; the point only where enough is reviewed."""
    spoken = words()
    lines = [
        Interval(row.label, row.low, row.point if row.sufficient else None, row.high, told(read_aloud(row, spoken)))
        for row in rows
    ]
    parts = -(-len(lines) // LINES_OF_A_CHART)
    size = -(-len(lines) // parts) if parts else 1
    whole = IntervalChart(
        told(title),
        tuple(lines),
        low=told(sentence("up to low")),
        to_point=told(sentence("from low to the point")),
        from_point=told(sentence("from the point to high")),
        no_point=told(sentence("from low to high; too little reviewed for a point")),
        no_figure=told(sentence("no figure")),
    )
    if parts < 2:
        return [whole] if lines else []
    return [
        replace(whole, lines=whole.lines[start : start + size], beside=whole.labels)
        for start in range(0, len(lines), size)
    ]


def picture_of(chart: Chart) -> Picture:
    """The figures of a chart alone: what stands around them stands on the page. For slides they are drawn anew."""
    language, spoken = current_language(), words()
    canvas = Canvas(language, typefaces(), WIDE)
    bottom = chart.draw(canvas, spoken, 12.0)
    canvas.close(bottom + 12.0)
    title, description = describe(chart, spoken)
    slides = tuple(
        Picture(to_png(each.figure), each.width, each.height, f"{title}\n{each.description}")
        for each in draw_slides(chart, language, spoken, typefaces())
    )
    return Picture(to_png(canvas.figure), canvas.width, canvas.height, f"{title}\n{description}", slides)


def bars_of(chart: Chart) -> list[CountChart]:
    """A chart whose second column counts, as native bars: its tall picture would be too small on a slide."""
    found = chart.table(words())
    counted = [(str(row[0]), row[1]) for row in found.rows if isinstance(row[1], int) and row[1]]
    parts = -(-len(counted) // BARS_OF_A_CHART) or 1
    size = -(-len(counted) // parts) or 1
    whole = CountChart(
        told(chart.what()),
        tuple(label for label, _n in counted),
        (found.columns[1].head,),
        tuple((n,) for _label, n in counted),
    )
    if parts < 2:
        return [whole] if counted else []
    return [
        replace(
            whole,
            categories=whole.categories[start : start + size],
            values=whole.values[start : start + size],
            beside=whole.labels,
            most=whole.end,
        )
        for start in range(0, len(counted), size)
    ]


def table_of(chart: Chart, title: str) -> Table:
    """The numbers behind a chart, as pages show them, without columns that say the same in every row; long ones stand
    in papers, not on slides.
    """
    found = chart.table(words())
    shown = [
        place
        for place, column in enumerate(found.columns)
        if not column.detail and (place == 0 or len(found.rows) < 2 or len({row[place] for row in found.rows}) > 1)
    ]
    texts = [all(isinstance(row[place], str) for row in found.rows) for place in shown]
    columns = tuple(
        Column(found.columns[place].head, 2.6 if number_ == 0 else 1.0, "start" if text else "number")
        for number_, (place, text) in enumerate(zip(shown, texts, strict=True))
    )
    rows = tuple(tuple(shown_cell(row[place]) for place in shown) for row in found.rows)
    total = frozenset({len(chart.rows)}) if isinstance(chart, CoverageWords) else frozenset()
    return Table(title, columns, rows, total, papers_only=len(rows) > ROWS_ON_A_SLIDE)


def whose(practice: bool) -> tuple[str, ...]:
    """What a page is not, and whose document it is."""
    strong, why, office = notices(words(), practice, current_app.config["CPI1540"].office)
    return told(strong), told(why), told(office)

"""Coverage over time: an interval with its point at each day, on a scale of time."""

import datetime
from dataclasses import dataclass

from matplotlib.lines import Line2D

from cpi1540.briefing.charts.canvas import (
    ACCENT,
    ACCENT_LINE,
    ACCENT_SOFT,
    EDGE,
    HATCH,
    HEAD,
    INK,
    INK_2,
    NOTE,
    NUMBER_STRONG,
    PAPER,
    RULE,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.change_words import drawn_point, left_out_told, moved_between
from cpi1540.briefing.charts.chart import Chart, Column, Table, ground_sentences
from cpi1540.briefing.charts.coverage_words import (
    Row,
    coverage_method,
    figure_cells,
    figure_columns,
    read_aloud,
)
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_key
from cpi1540.briefing.charts.interval_rows import SCALE
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

_HEIGHTS = {False: 320.0, True: 230.0}
_HEIGHT_ON_SLIDE = 300.0
_PIXEL = 0.72
_YEAR = Style(12.5, INK_2)


@dataclass(frozen=True, slots=True)
class Moment:
    """The figure as of a day; its row's label is the day in words. ``n_reviewed`` States were reviewed then."""

    day: datetime.date
    row: Row
    n_reviewed: int


@dataclass(frozen=True, slots=True)
class Trend(Chart):
    """``moments`` in the order of their days. ``of_versions``: they are the days on which a new version of a State's
    matrix took effect; else the same day of each year.
    """

    moments: tuple[Moment, ...]
    of_versions: bool
    left_out: int = 0
    min_reviewed: float = 0.5

    def finding(self, words: Words) -> Sentence:
        """From the first point to the last."""
        pointed = [moment.row for moment in self.moments if drawn_point(moment.row) is not None]
        first = pointed[0] if pointed else self.moments[0].row
        return moved_between(self.ground.scope_name, first, self.moments[-1].row, words)

    def what(self) -> Sentence:
        """By version or by year."""
        if self.of_versions:
            return sentence("Coverage by each version of the matrix.")
        return sentence("Coverage by the versions effective at each date.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, from when to when; how many dates, and States reviewed at the last."""
        first, last = self.moments[0], self.moments[-1]
        dates = plural_sentence("n = %(n)s date.", "n = %(n)s dates.", len(self.moments))
        told = [dates]
        if not self.ground.code:
            told.append(
                plural_sentence(
                    "%(before)s of %(n)s State reviewed at the first date, %(after)s at the last.",
                    "%(before)s of %(n)s States reviewed at the first date, %(after)s at the last.",
                    self.ground.n_states,
                    before=words.number(first.n_reviewed),
                    after=words.number(last.n_reviewed),
                )
            )
        return (self.what(), *ground_sentences(self.ground, words)), (*told, *left_out_told(self.left_out))

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """The three shares."""
        return coverage_method()

    def table(self, words: Words) -> Table:
        """One row for each day."""
        columns = (
            Column(words.translate(sentence("Date"))),
            *figure_columns(words),
            Column(words.translate(sentence("States reviewed"))),
        )
        rows = [(moment.row.label, *figure_cells(moment.row), moment.n_reviewed) for moment in self.moments]
        return Table(columns, tuple(rows))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each day."""
        return tuple(read_aloud(moment.row, words) for moment in self.moments)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """The plot, years below, the key."""
        title = words.translate(sentence("Share of the applicable fields with measures recorded"))
        top = canvas.paragraph(canvas.margin, top, title, HEAD, canvas.text_width) + 10
        scale = [words.number(int(value)) if value in (0.0, 1.0) else words.share(value) for value in SCALE]
        start = canvas.margin + canvas.widest(scale, NOTE) + 12
        height = _HEIGHTS[canvas.narrow] if canvas.room is None else _HEIGHT_ON_SLIDE
        for value, named in zip(SCALE, scale, strict=True):
            y = top + (1 - value) * height
            canvas.text(start - 12, y + 0.36 * NOTE.size, named, NOTE, "end")
            canvas.rule(y, INK if value == 0.0 else RULE, 1.0, x=start - 4, until=canvas.end)
        inner = 30.0 if not canvas.narrow else 18.0
        first, last = self.moments[0].day, self.moments[-1].day
        span = max(1, (last - first).days)
        room = canvas.end - inner - (start + inner)
        places = [
            start + inner + room * (moment.day - first).days / span
            if len(self.moments) > 1
            else start + inner + room / 2
            for moment in self.moments
        ]
        self._joined(canvas, places, top, height)
        for moment, x in zip(self.moments, places, strict=True):
            _draw_moment(canvas, moment.row, x, top, height)
        self._numbered(canvas, words, places, top, height)
        self._hits(canvas, words, places, top, height)
        bottom = self._dated(canvas, words, places, top + height)
        return draw_key(canvas, [moment.row for moment in self.moments], self.min_reviewed, words, bottom + 12)

    def _joined(self, canvas: Canvas, places: list[float], top: float, height: float) -> None:
        """A line through the points; for versions in steps, because one holds until the next."""
        line: list[tuple[float, float]] = []
        for moment, x in zip(self.moments, places, strict=True):
            point = drawn_point(moment.row)
            if point is None:
                continue
            y = top + (1 - point) * height
            if self.of_versions and line:
                line.append((x, line[-1][1]))
            line.append((x, y))
        if len(line) > 1:
            across, down = zip(*line, strict=True)
            canvas.put(Line2D(across, down, color=INK_2, linewidth=0.9, transform=canvas.down, zorder=2))

    def _numbered(self, canvas: Canvas, words: Words, places: list[float], top: float, height: float) -> None:
        """The number of each point above its interval, where there is room for it."""
        taken = -1e9
        width = canvas.width_of(words.share(0.88), NUMBER_STRONG)
        last = len(places) - 1
        for place, (moment, x) in enumerate(zip(self.moments, places, strict=True)):
            point = drawn_point(moment.row)
            if point is None or moment.row.high is None:
                continue
            room_to_last = place == last or x + width / 2 + 8 <= places[last] - width / 2
            if x - width / 2 >= taken + 6 and room_to_last:
                y = top + (1 - moment.row.high) * height - 7
                canvas.text(x, y, words.share(point), NUMBER_STRONG, "middle").set_zorder(6)
                taken = x + width / 2

    def _dated(self, canvas: Canvas, words: Words, places: list[float], bottom: float) -> float:
        """The days below: in full where there is room, one that finds none is left to its neighbours."""
        yearly = len(self.moments) > 1 and len({(each.day.month, each.day.day) for each in self.moments}) == 1
        labels = [str(each.day.year) if yearly else each.row.label for each in self.moments]
        word = canvas.widest([word for label in labels for word in label.split()], _YEAR) * 1.03
        width = max(word, 72.0 if canvas.narrow else 96.0)
        lines = [canvas.lines(label, _YEAR, width) for label in labels]
        widths = [canvas.widest(each, _YEAR) for each in lines]
        # The first and the last say from when to when; those between stand where they fit.
        ends = {0, len(labels) - 1}
        shown, taken = [], -1e9
        last_start = places[-1] - widths[-1] / 2
        for place, x in enumerate(places):
            begin, end = x - widths[place] / 2, x + widths[place] / 2
            if place in ends or (begin > taken + 8 and end < last_start - 8):
                shown.append(place)
                taken = end
        for place in shown:
            x = places[place]
            half = widths[place] / 2
            x = min(max(x, canvas.margin + half), canvas.end - half)
            for number, text in enumerate(lines[place]):
                at = bottom + 8 + number * canvas.line_height(_YEAR) + canvas.baseline(_YEAR)
                canvas.text(x, at, text, _YEAR, "middle")
        for x in places:
            canvas.put(Line2D([x, x], [bottom, bottom + 5], color=INK, linewidth=0.8, transform=canvas.down))
        return bottom + 8 + max(len(lines[place]) for place in shown) * canvas.line_height(_YEAR)

    def _hits(self, canvas: Canvas, words: Words, places: list[float], top: float, height: float) -> None:
        for place, moment in enumerate(self.moments):
            before = (places[place - 1] + places[place]) / 2 if place else places[place] - 14
            after = (places[place] + places[place + 1]) / 2 if place + 1 < len(places) else places[place] + 14
            canvas.hit(before, top, after - before, height, words.translate(read_aloud(moment.row, words)))


def _draw_moment(canvas: Canvas, row: Row, x: float, top: float, height: float) -> None:
    width = 14.0
    high, low = (1.0 if row.high is None else row.high), (0.0 if row.low is None else row.low)
    box = canvas.box(x - width / 2, top + (1 - high) * height, width, max(1.0, (high - low) * height), zorder=3)
    box.set_linewidth(1.2 * _PIXEL)
    if row.low is None:
        box.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (1.5, 2.0)), label="none")
        box.set_hatch("////")
        box.set_hatchcolor(HATCH)
        box.set_hatch_linewidth(0.6)
    elif not row.sufficient:
        box.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (3.5, 2.5)), label="thin")
    else:
        box.set(facecolor=ACCENT_SOFT, edgecolor=ACCENT_LINE, label="range")
    point = drawn_point(row)
    if point is not None:
        y = top + (1 - point) * height
        tick = Line2D(
            [x - 12, x + 12],
            [y, y],
            color=ACCENT,
            linewidth=4 * _PIXEL,
            solid_capstyle="butt",
            transform=canvas.down,
            label="point",
            zorder=4,
        )
        canvas.put(tick)

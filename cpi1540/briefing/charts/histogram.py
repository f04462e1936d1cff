"""How many States have measures recorded in how many fields: the Committee's own way of putting it.

States that nobody has reviewed stand apart, hatched; they are never among those with no field.
"""

from dataclasses import dataclass

from matplotlib.lines import Line2D

from cpi1540.briefing.charts.canvas import (
    ACCENT_LINE,
    ACCENT_SOFT,
    EDGE,
    HATCH,
    HEAD,
    INK,
    INK_2,
    NUMBER,
    NUMBER_STRONG,
    PAPER,
    RULE,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.chart import Chart, Column, Table, record_source
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

_HEIGHT = 280.0
_LABEL = Style(12.5, INK_2, leading=1.25)
_BAR_SHARE = 0.76
_APART = 18.0
_ROW = 30.0


@dataclass(frozen=True, slots=True)
class Bar:
    """States whose number of fields is within one bin; ``label`` names the bin. ``reviewed`` False: those apart."""

    label: str
    n: int
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class HistogramChart(Chart):
    """``bars`` in the order of their bins, the States not reviewed last; of ``fields`` counted fields a State has.

    ``mean`` is the mean number of fields with X over the States reviewed, None when there is none.
    """

    bars: tuple[Bar, ...]
    fields: int
    mean: float | None

    def finding(self, words: Words) -> Sentence:
        """The mean number of fields."""
        n = self.ground.n_reviewed or 0
        if self.mean is None:
            return sentence("%(scope)s: no State is reviewed in these fields yet", scope=self.ground.scope_name)
        return plural_sentence(
            "%(scope)s: %(mean)s fields with measures recorded, in the %(n)s State reviewed",
            "%(scope)s: %(mean)s fields with measures recorded on average, in the %(n)s States reviewed",
            n,
            scope=self.ground.scope_name,
            mean=words.number(round(self.mean)),
        )

    def what(self) -> Sentence:
        """States by fields."""
        return sentence("Number of States by number of fields with measures recorded.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """And how many fields a State can have."""
        first, second = Chart.facts(self, words)
        counted = plural_sentence(
            "n = %(n)s counted field for each State.", "n = %(n)s counted fields for each State.", self.fields
        )
        return first, (*second, counted)

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What is counted."""
        return (
            sentence("X stands for a recorded reference, ? for an incomplete one, NA for not applicable."),
            sentence(
                "Counted are the fields with X, not weighted. States not reviewed stand apart, never among those "
                "with no field."
            ),
        )

    def source(self, words: Words) -> Sentence:
        """The record."""
        return record_source(self.ground, words)

    def table(self, words: Words) -> Table:
        """One row for each bar."""
        columns = tuple(
            Column(words.translate(each))
            for each in (sentence("Fields with X"), sentence("States"), sentence("Share of the States"))
        )
        every = max(1, self.ground.n_states)
        return Table(columns, tuple((bar.label, bar.n, bar.n / every) for bar in self.bars))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each bar."""
        return tuple(_told(bar) for bar in self.bars)

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """Standing bars; lying ones where the sheet is narrow."""
        head = words.translate(sentence("States"))
        top = canvas.paragraph(canvas.margin, top, head, HEAD, canvas.text_width) + 4
        return self._lying(canvas, words, top) if canvas.narrow else self._standing(canvas, words, top)

    def _standing(self, canvas: Canvas, words: Words, top: float) -> float:
        apart = _APART if any(not bar.reviewed for bar in self.bars) else 0.0
        pitch = (canvas.text_width - apart) / len(self.bars)
        most = max(1, *(bar.n for bar in self.bars))
        bottom = top + _HEIGHT
        style = canvas.fitted([bar.label for bar in self.bars], _LABEL, pitch - 2)
        labels = [canvas.lines(bar.label, style, pitch - 2) for bar in self.bars]
        for place, bar in enumerate(self.bars):
            x = canvas.margin + place * pitch + (0.0 if bar.reviewed else apart)
            width = pitch * _BAR_SHARE
            start, middle = x + (pitch - width) / 2, x + pitch / 2
            height = (_HEIGHT - 26) * bar.n / most
            _draw_bar(canvas, bar, start, bottom - height, width, height)
            number = NUMBER_STRONG if bar.n else NUMBER
            canvas.text(middle, bottom - height - 7, words.number(bar.n), number, "middle")
            for line, text in enumerate(labels[place]):
                at = bottom + 6 + line * canvas.line_height(style) + canvas.baseline(style)
                canvas.text(middle, at, text, style, "middle")
            canvas.hit(x, top, pitch, _HEIGHT, words.translate(_told(bar)))
        canvas.rule(bottom, INK, 1.2)
        bottom += 6 + max(map(len, labels)) * canvas.line_height(style) + 2
        foot = words.translate(sentence("Fields with measures recorded (X)"))
        return canvas.paragraph(canvas.margin, bottom, foot, HEAD, canvas.text_width) + 8

    def _lying(self, canvas: Canvas, words: Words, top: float) -> float:
        label = min(canvas.text_width * 0.42, canvas.widest([bar.label for bar in self.bars], _LABEL) * 1.03)
        start = canvas.margin + label + 10
        number = canvas.widest([words.number(bar.n) for bar in self.bars], NUMBER_STRONG)
        most, room = max(1, *(bar.n for bar in self.bars)), canvas.end - start - number - 8
        begun = top
        for bar in self.bars:
            if not bar.reviewed:
                canvas.rule(top + 3, RULE)
                top += 6
            lines = canvas.lines(bar.label, _LABEL, label)
            height = max(_ROW, len(lines) * canvas.line_height(_LABEL) + 6)
            middle = top + height / 2
            first = middle - len(lines) * canvas.line_height(_LABEL) / 2
            for place, text in enumerate(lines):
                canvas.text(
                    canvas.margin, first + place * canvas.line_height(_LABEL) + canvas.baseline(_LABEL), text, _LABEL
                )
            width = room * bar.n / most
            _draw_bar(canvas, bar, start, middle - 8, width, 16)
            canvas.text(start + width + 6, middle + 5, words.number(bar.n), NUMBER_STRONG if bar.n else NUMBER)
            canvas.hit(canvas.margin, top, canvas.text_width, height, words.translate(_told(bar)))
            top += height
        canvas.put(Line2D([start, start], [begun, top], color=INK, linewidth=0.9, transform=canvas.down, zorder=4))
        return top + 8


def _draw_bar(canvas: Canvas, bar: Bar, x: float, top: float, width: float, height: float) -> None:
    if not bar.n:
        return
    drawn = canvas.box(x, top, width, height, linewidth=0.8, zorder=3)
    if bar.reviewed:
        drawn.set(facecolor=ACCENT_SOFT, edgecolor=ACCENT_LINE, label="bar")
        return
    drawn.set(facecolor=PAPER, edgecolor=EDGE, linestyle=(0, (1.5, 2.0)), label="none")
    drawn.set_hatch("////")
    drawn.set_hatchcolor(HATCH)
    drawn.set_hatch_linewidth(0.6)


def _told(bar: Bar) -> Sentence:
    return plural_sentence("%(label)s: %(n)s State.", "%(label)s: %(n)s States.", bar.n, label=bar.label)

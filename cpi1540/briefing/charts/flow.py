"""How needs run from their area by their kind to the provider who agreed to meet them, as bands.

Every band is as thick as it has needs. Bands are told apart by where they begin and end and by the numbers beside
them, not by their colour; what is not matched is striped. On phones the same is told line by line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from cpi1540.briefing.charts.assistance_words import assistance_facts, assistance_source
from cpi1540.briefing.charts.bar_lines import BarTable, Line, Panel, Part, Place, count_scale
from cpi1540.briefing.charts.bar_table import draw_bar_table
from cpi1540.briefing.charts.bars import SOLID, STRIPED, Look, bar, sample
from cpi1540.briefing.charts.canvas import Canvas
from cpi1540.briefing.charts.chart import Chart, Column, Table
from cpi1540.briefing.charts.flow_bands import BAND, OPEN, draw_bands
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_legend
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

# From so many on, providers of one need are told together on phones.
_FEWEST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Strand:
    """``needs`` needs of one area and kind that run to one provider; ``provider`` None: nobody has agreed to meet them.

    All names are in the reader's language.
    """

    area: str
    kind: str
    provider: str | None
    needs: int


@dataclass(frozen=True, slots=True)
class FlowChart(Chart):
    """The chart of a record, a group or some States.

    ``areas``, ``kinds`` and ``providers`` are the names that occur, in the order in which they stand. A need with two
    agreed matches runs to both providers; ``needs`` and ``matched`` count it once.
    """

    strands: tuple[Strand, ...]
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    providers: tuple[str, ...]
    needs: int
    matched: int

    def finding(self, words: Words) -> Sentence:
        """How many needs reach a provider, and how many providers there are."""
        scope = self.ground.scope_name
        if not self.needs:
            return sentence("%(scope)s: no need is recorded that could be matched", scope=scope)
        if not self.matched:
            return plural_sentence(
                "%(scope)s: %(n)s need, and no provider has agreed to meet it yet",
                "%(scope)s: %(n)s needs, and no provider has agreed to meet one yet",
                self.needs,
                scope=scope,
            )
        return plural_sentence(
            "%(scope)s: %(n)s of %(all)s needs has reached a provider who agreed to meet it",
            "%(scope)s: %(n)s of %(all)s needs have reached a provider who agreed to meet them",
            self.matched,
            scope=scope,
            all=words.number(self.needs),
        )

    def what(self) -> Sentence:
        """From area to provider."""
        return sentence("Needs from their area by their kind to the provider.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, as of when; then n."""
        counted = (
            plural_sentence("n = %(n)s need.", "n = %(n)s needs.", self.needs),
            plural_sentence("%(n)s provider.", "%(n)s providers.", len(self.providers)),
        )
        return assistance_facts(self, words, counted, whole_view=True)

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What counts, and where."""
        return (
            sentence("A band is as thick as it has needs; areas, kinds and providers stand in a fixed order."),
            sentence(
                "A need reaches a provider when both sides had agreed on a match by that day; one with two such "
                "matches runs to both."
            ),
            sentence("Needs that were withdrawn and requests known from the past are left out."),
        )

    def source(self, words: Words) -> Sentence:
        """The requests and matches."""
        return assistance_source(self.ground)

    def table(self, words: Words) -> Table:
        """One row a strand."""
        heads = (*_heads(), sentence("Needs"))
        rows = tuple((each.area, each.kind, self._end(each, words), each.needs) for each in self.strands)
        return Table(tuple(Column(words.translate(head)) for head in heads), rows)

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each provider, and what reaches nobody."""
        ends = Counter[str]()
        for each in self.strands:
            ends[self._end(each, words)] += each.needs
        return tuple(_spoken(end, ends[end]) for end in self._ends(words))

    def portions(self) -> tuple[str, ...]:
        """Each area."""
        return self.areas

    def portion(self, first: int, past: int) -> Self:
        """What runs from some areas."""
        areas = self.areas[first:past]
        strands = tuple(each for each in self.strands if each.area in areas)
        reached = {each.provider for each in strands}
        return replace(
            self,
            strands=strands,
            areas=areas,
            kinds=tuple(kind for kind in self.kinds if any(each.kind == kind for each in strands)),
            providers=tuple(provider for provider in self.providers if provider in reached),
            matched=sum(each.needs for each in strands if each.provider),
        )

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """Bands when wide, lines when narrow."""
        if not self.strands:
            reason = words.translate(sentence("no need: no figure"))
            return draw_bar_table(canvas, BarTable(words.translate(self.what()), (), (), nothing=reason), top) + 8
        if canvas.narrow:
            return self._lines(canvas, words, top)
        unmatched, ends = _nobody(words), tuple(self._ends(words))
        ended: Sequence[tuple[str, Strand]] = [(self._end(each, words), each) for each in self.strands]
        if canvas.room is not None:
            ended = self._ended(words)
            ends = (
                *dict.fromkeys(end for end, _ in ended if end != unmatched),
                *(end for end in ends if end == unmatched),
            )
        columns = (self.areas, self.kinds, ends)
        first: Counter[tuple[str, str, bool]] = Counter()
        second: Counter[tuple[str, str, bool]] = Counter()
        for end, each in ended:
            first[each.area, each.kind, each.provider is None] += each.needs
            second[each.kind, end, each.provider is None] += each.needs
        heads = tuple(words.translate(head) for head in _heads())

        def said(start: str, end: str, needs: int) -> str:
            return words.translate(_band_spoken(start, end, needs))

        top = draw_bands(canvas, heads, columns, (first, second), top, words.number, said, unmatched)
        return self._key(canvas, words, top + 8, BAND, OPEN)

    def _lines(self, canvas: Canvas, words: Words, top: float) -> float:
        """Areas with their kinds, then providers: a bar each."""
        by_kind = self._summed(((each.area, each.kind), each) for each in self.strands)
        by_end = self._summed((("", end), each) for end, each in self._ended(words))
        ends = (*(end for end in dict.fromkeys(end for _of, end in by_end) if end != _nobody(words)), _nobody(words))
        tables = (
            (sentence("By area and kind"), by_kind, self.areas, self.kinds),
            (sentence("By provider"), by_end, ("",), ends),
        )
        heading, head = words.translate(sentence("Number of needs")), words.translate(sentence("Needs"))
        for title, found, wholes, labels in tables:
            sums = [sum(pair) for pair in found.values()]
            panel = Panel(count_scale(words, heading, sums, max(sums)), (head,))
            pairs = [(of, label) for of in wholes for label in labels if (of, label) in found]
            lines = tuple(_bar_line(*pair, found[pair], words) for pair in pairs)
            top = draw_bar_table(canvas, BarTable(words.translate(title), (panel,), lines, compact=True), top) + 24
        return self._key(canvas, words, top - 8, SOLID, STRIPED)

    def _key(self, canvas: Canvas, words: Words, top: float, reached: Look, missed: Look) -> float:
        items = [(sample(canvas, reached), sentence("needs that reached a provider"))] if self.matched else []
        if any(each.provider is None for each in self.strands):
            items.append((sample(canvas, missed), sentence("needs that nobody has agreed to meet")))
        return draw_legend(canvas, [(shape, words.translate(told)) for shape, told in items], top)

    def _summed(self, strands: Iterable[tuple[tuple[str, str], Strand]]) -> Mapping[tuple[str, str], tuple[int, int]]:
        """(matched, not matched) of each pair of names."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for key, each in strands:
            matched, unmatched = found.get(key, (0, 0))
            found[key] = (
                matched + (each.needs if each.provider else 0),
                unmatched + (0 if each.provider else each.needs),
            )
        return found

    def _end(self, strand: Strand, words: Words) -> str:
        return _nobody(words) if strand.provider is None else strand.provider

    def _ended(self, words: Words) -> Sequence[tuple[str, Strand]]:
        """Each strand with its end, in the order of the ends; providers of one need are told together, and last."""
        needs = Counter[str | None]()
        for each in self.strands:
            needs[each.provider] += each.needs
        single = [provider for provider in self.providers if needs[provider] == 1]
        if len(single) < _FEWEST_TOGETHER:
            single = []
        together = words.translate(
            plural_sentence("%(n)s provider with one need", "%(n)s providers with one need each", len(single))
        )
        order = [None, *(provider for provider in self.providers if provider not in single), *single]
        strands = sorted(self.strands, key=lambda each: order.index(each.provider))
        return [(together if each.provider in single else self._end(each, words), each) for each in strands]

    def _ends(self, words: Words) -> Sequence[str]:
        """The providers, and last those who are nobody."""
        open_ended = any(each.provider is None for each in self.strands)
        return (*self.providers, *([_nobody(words)] if open_ended else []))


def _heads() -> tuple[Sentence, Sentence, Sentence]:
    return sentence("Area"), sentence("Kind of assistance"), sentence("Provider")


def _nobody(words: Words) -> str:
    return words.translate(sentence("No agreed match"))


def _bar_line(of: str, label: str, pair: tuple[int, int], words: Words) -> Line:
    matched, unmatched = pair

    def shapes(canvas: Canvas, place: Place, middle: float) -> None:
        bar(canvas, SOLID, place(0), place(matched), middle)
        bar(canvas, STRIPED, place(matched), place(matched + unmatched), middle)

    n = matched + unmatched
    spoken = words.translate(_band_spoken(of, label, n) if of else _spoken(label, n))
    return Line(label, (Part(spoken, (words.number(n),), shapes, strong=0),), of)


def _spoken(end: str, needs: int) -> Sentence:
    return plural_sentence("%(provider)s: %(n)s need.", "%(provider)s: %(n)s needs.", needs, provider=end)


def _band_spoken(start: str, end: str, needs: int) -> Sentence:
    return plural_sentence(
        "%(start)s to %(end)s: %(n)s need.", "%(start)s to %(end)s: %(n)s needs.", needs, start=start, end=end
    )

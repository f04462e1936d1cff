"""Figures of States, in their groups: what heat map, tiles and map have in common."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from cpi1540.briefing.charts.chart import Chart, Column, Table, ground_sentences, states_sentences
from cpi1540.briefing.charts.coverage_words import Row, coverage_method, figure_cells, figure_columns, read_aloud
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

HALF = 0.5


@dataclass(frozen=True, slots=True)
class StateFigures:
    """The figures of one State, in the order of the chart's parts; ``rows[i].label`` names the part."""

    code: str
    label: str
    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The figure that the chart is about where it shows one."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Group:
    """A regional group with its States, alphabetical in the reader's language."""

    label: str
    states: tuple[StateFigures, ...]


@dataclass(frozen=True, slots=True)
class ChartOfStates(Chart):
    """A chart with a place for each State, by group and alphabetical, never ranked.

    ``whole`` is the figure over all of them; ``min_reviewed`` the share below which no point is drawn.
    """

    groups: tuple[Group, ...]
    whole: Row
    min_reviewed: float = HALF

    @property
    def states(self) -> tuple[StateFigures, ...]:
        """All States in the order in which they stand."""
        return tuple(state for group in self.groups for state in group.states)

    def finding(self, words: Words) -> Sentence:
        """How many States have half of the fields or more."""
        points = [
            state.first.point for state in self.states if state.first.sufficient and state.first.point is not None
        ]
        scope = self.ground.scope_name
        if not points:
            return sentence("%(scope)s: no State has enough reviewed for a point yet", scope=scope)
        n = sum(point >= HALF for point in points)
        return plural_sentence(
            "%(scope)s: %(n)s of %(all)s States has a point of %(half)s or more",
            "%(scope)s: %(n)s of %(all)s States have a point of %(half)s or more",
            n,
            scope=scope,
            all=words.number(self.ground.n_states),
            half=words.share(HALF),
        )

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What is shown on what ground; how many States are reviewed, and how many have a point."""
        n = sum(state.first.sufficient for state in self.states)
        pointed = plural_sentence(
            "%(n)s has enough reviewed for a point.", "%(n)s have enough reviewed for a point.", n
        )
        return (
            (self.what(), *ground_sentences(self.ground, words)),
            (*states_sentences(self.ground, words), pointed),
        )

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """The three shares, and the order."""
        return (
            *coverage_method(),
            sentence("States stand in the alphabetical order of the language, by regional group; none is ranked."),
        )

    def table(self, words: Words) -> Table:
        """One row for each State and part."""
        columns = (
            Column(words.translate(sentence("State"))),
            Column(words.translate(sentence("Code"))),
            Column(words.translate(sentence("Regional group")), detail=True),
            Column(words.translate(sentence("Part"))),
            *figure_columns(words),
        )
        rows = [
            (state.label, state.code, group.label, row.label, *figure_cells(row))
            for group in self.groups
            for state in group.states
            for row in state.rows
        ]
        return Table(columns, tuple(rows))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """The figure of all States together: those of each stand in the table."""
        return (read_aloud(self.whole, words),)

    def portions(self) -> tuple[str, ...]:
        """Each State, by its group."""
        return tuple(group.label for group in self.groups for _state in group.states)

    def portion(self, first: int, past: int) -> Self:
        """Some States, in their groups."""
        left, groups = range(first, past), []
        place = 0
        for group in self.groups:
            chosen = tuple(state for at, state in enumerate(group.states, place) if at in left)
            place += len(group.states)
            if chosen:
                groups.append(Group(group.label, chosen))
        return replace(self, groups=tuple(groups))


def value_of(state: StateFigures, row: Row, words: Words) -> str:
    """What a place of the chart says: State, part, figures."""
    return words.translate(
        sentence("%(state)s, %(figure)s", state=f"{state.label} ({state.code})", figure=read_aloud(row, words))
    )


def first_rows(states: Iterable[StateFigures]) -> list[Row]:
    """The figure of each State that the chart is about."""
    return [state.first for state in states]

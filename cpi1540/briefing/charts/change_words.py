"""What charts over time say: how coverage moved between two days, on the fields that every layout has."""

from dataclasses import dataclass

from cpi1540.briefing.charts.chart import Chart, Column, Table, ground_sentences
from cpi1540.briefing.charts.coverage_words import (
    By,
    Row,
    coverage_method,
    figure_cells,
    figure_columns,
    read_aloud,
)
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.messages import N_, Sentence, plural_sentence, sentence

# Left-to-right, so that a sign stays before its number in Arabic.
_MARK = "\u200e"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """The same fields of the same States on two days."""

    label: str
    before: Row
    after: Row

    @property
    def points(self) -> tuple[float | None, float | None]:
        """Both points; None where too little is reviewed for one."""
        return drawn_point(self.before), drawn_point(self.after)


@dataclass(frozen=True, slots=True)
class ChangeWords(Chart):
    """``rows`` are what ``total`` is over; ``n_before`` States were reviewed on the earlier day. ``left_out`` fields
    are not in every layout and count on neither day.
    """

    rows: tuple[ChangeRow, ...]
    total: ChangeRow
    by: By = "section"
    n_before: int = 0
    left_out: int = 0
    min_reviewed: float = 0.5

    @property
    def every(self) -> tuple[ChangeRow, ...]:
        """All rows in their order."""
        return (*self.rows, self.total)

    def finding(self, words: Words) -> Sentence:
        """Rises, falls or stays."""
        return moved(self.ground.scope_name, self.total.before, self.total.after, words)

    def what(self) -> Sentence:
        """By section, by group or by State."""
        return {
            "section": sentence("Coverage at two dates, by section."),
            "group": sentence("Coverage at two dates, by regional group."),
            "state": sentence("Coverage at two dates, by State, in alphabetical order."),
        }[self.by]

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, from when to when; how many States were reviewed on each day."""
        told = (
            []
            if self.ground.code
            else [two_reviewed(self.n_before, self.ground.n_reviewed or 0, self.ground.n_states, words)]
        )
        return (self.what(), *ground_sentences(self.ground, words)), (*told, *left_out_told(self.left_out))

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """The three shares."""
        return coverage_method()

    def table(self, words: Words) -> Table:
        """Two lines a row: earlier and later."""
        first = {"section": N_("Section"), "group": N_("Regional group"), "state": N_("State")}[self.by]
        columns = (
            Column(words.translate(Sentence(first))),
            Column(words.translate(sentence("Date"))),
            *figure_columns(words),
        )
        days = [words.day(day) for day in self.ground.days]
        rows = [
            (row.label, day, *figure_cells(figure))
            for row in self.every
            for day, figure in zip(days, (row.before, row.after), strict=True)
        ]
        return Table(columns, tuple(rows))

    def read_aloud(self, words: Words) -> tuple[Sentence, ...]:
        """Each row."""
        return tuple(row_told(row, words) for row in self.every)


def drawn_point(row: Row) -> float | None:
    """The point, where enough is reviewed for one."""
    return row.point if row.sufficient else None


def moved(scope: str, before: Row, after: Row, words: Words) -> Sentence:
    """How coverage moved: compared as it is printed, with two decimals."""
    earlier, later = drawn_point(before), drawn_point(after)
    if earlier is None or later is None:
        return sentence("%(scope)s: no comparison, because too little is reviewed at one of the two dates", scope=scope)
    shown = {"scope": scope, "before": words.share(earlier), "after": words.share(later)}
    if shown["before"] == shown["after"]:
        return sentence("%(scope)s: coverage stays at %(share)s", scope=scope, share=shown["after"])
    if later > earlier:
        return sentence("%(scope)s: coverage rises from %(before)s to %(after)s", **shown)
    return sentence("%(scope)s: coverage falls from %(before)s to %(after)s", **shown)


def moved_between(scope: str, before: Row, after: Row, words: Words) -> Sentence:
    """The same with the days, which are the labels of the two rows."""
    earlier, later = drawn_point(before), drawn_point(after)
    if earlier is None or later is None or words.share(earlier) == words.share(later):
        return moved(scope, before, after, words)
    shown = {
        "scope": scope,
        "before": words.share(earlier),
        "from_day": before.label,
        "after": words.share(later),
        "to_day": after.label,
    }
    if later > earlier:
        return sentence("%(scope)s: coverage rises from %(before)s on %(from_day)s to %(after)s on %(to_day)s", **shown)
    return sentence("%(scope)s: coverage falls from %(before)s on %(from_day)s to %(after)s on %(to_day)s", **shown)


def two_reviewed(before: int, after: int, every: int, words: Words) -> Sentence:
    """How many States were reviewed on each of two days."""
    return plural_sentence(
        "%(before)s of %(n)s State reviewed at the earlier date, %(after)s at the later.",
        "%(before)s of %(n)s States reviewed at the earlier date, %(after)s at the later.",
        every,
        before=words.number(before),
        after=words.number(after),
    )


def left_out_told(left_out: int) -> tuple[Sentence, ...]:
    """How many fields count at no date, where there are any."""
    if not left_out:
        return ()
    return (
        plural_sentence(
            "%(n)s field is not in every layout in use and is left out.",
            "%(n)s fields are not in every layout in use and are left out.",
            left_out,
        ),
    )


def row_told(row: ChangeRow, words: Words) -> Sentence:
    """One row as a sentence."""
    before, after = row.points
    if before is not None and after is not None:
        return sentence(
            "%(label)s: earlier %(before)s, later %(after)s, change %(change)s.",
            label=row.label,
            before=words.share(before),
            after=words.share(after),
            change=signed(before, after, words),
        )
    return read_aloud(row.after if after is not None or before is None else row.before, words)


def signed(before: float, after: float, words: Words) -> str:
    """The change with its sign: "+0.08"; nothing before 0.00. It is between the numbers as they are printed."""
    change = round(after, 2) - round(before, 2)
    text = words.share(abs(change))
    if text == words.share(0.0):
        return text
    return f"{_MARK}{'+' if change > 0 else '−'}{text}"

"""What a coverage chart says: its values, its finding, and its reading aloud."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

from cpi1540.briefing.charts.frame import Words
from cpi1540.coverage.figures import Figure
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

By = Literal["section", "group", "state"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the chart, with its name in the reader's language.

    ``low``, ``point``, ``high`` are shares 0..1, all None where there is no figure; ``reviewed`` of
    ``applicable`` fields are reviewed; ``counts`` has the fields of each code (X, ?, NA, blank, unreviewed).
    """

    label: str
    low: float | None
    point: float | None
    high: float | None
    sufficient: bool
    reviewed: int
    applicable: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, label: str, figure: Figure) -> Self:
        """The row of a figure."""
        return cls(
            label,
            figure.low,
            figure.point,
            figure.high,
            figure.sufficient,
            figure.reviewed,
            figure.applicable,
            figure.counts,
        )


@dataclass(frozen=True, slots=True)
class CoverageChart:
    """The values of a coverage chart of one State, of a group or of a whole record.

    ``rows`` are what ``total`` is over (sections, groups or States, as ``by`` says); ``own`` are figures that
    are no part of it (OP 1, and OP 6, 7, 8 (d)). ``code`` is the State's, "" for several States. ``layout``
    and ``profile`` are named as data files name them; ``min_reviewed`` is the profile's share below which no
    point is drawn. ``narrowed_to`` names the part of the matrix that all figures are narrowed to, "" for the
    whole. ``drafts``: each State's newest version counts instead of the effective one. ``office`` is whose
    working document this is. All texts are in the reader's language.
    """

    scope_name: str
    code: str
    practice: bool
    as_of: datetime.date
    layout: str
    profile: str
    n_states: int
    n_reviewed: int
    rows: tuple[Row, ...]
    total: Row
    own: tuple[Row, ...] = ()
    by: By = "section"
    min_reviewed: float = 0.5
    narrowed_to: str = ""
    drafts: bool = False
    office: str = ""

    @property
    def scope(self) -> str:
        """The scope with its code: "Morwezi (XAH)"."""
        return f"{self.scope_name} ({self.code})" if self.code else self.scope_name


def finding(chart: CoverageChart, words: Words) -> Sentence:
    """What the chart shows, as a sentence: the picture's title."""
    total, scope = chart.total, chart.scope_name
    every = words.number(total.applicable)
    if total.low is None:
        apart = sum(row.low is not None for row in chart.own)
        if apart:
            return plural_sentence(
                "%(scope)s: no field of OP 2 and OP 3 is reviewed yet; %(n)s section outside them has a figure",
                "%(scope)s: no field of OP 2 and OP 3 is reviewed yet; %(n)s sections outside them have a figure",
                apart,
                scope=scope,
            )
        if total.applicable == 0:
            return sentence("%(scope)s: no figure, because no field applies", scope=scope)
        return sentence("%(scope)s: no figure yet, because no field is reviewed", scope=scope)
    if not total.sufficient:
        return plural_sentence(
            "%(scope)s: %(n)s of %(all)s applicable fields is reviewed, too few for a point",
            "%(scope)s: %(n)s of %(all)s applicable fields are reviewed, too few for a point",
            total.reviewed,
            scope=scope,
            all=every,
        )
    return plural_sentence(
        "%(scope)s: measures are recorded in %(n)s of %(all)s applicable fields",
        "%(scope)s: measures are recorded in %(n)s of %(all)s applicable fields",
        total.counts["X"],
        scope=scope,
        all=every,
    )


def facts(chart: CoverageChart, words: Words) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The two lines under the title: what is shown and on what ground; then n and how much is reviewed."""
    what = {
        "section": sentence("Coverage by section."),
        "group": sentence("Coverage by regional group."),
        "state": sentence("Coverage by State, in alphabetical order."),
    }[chart.by]
    narrowed = (sentence("Only %(part)s.", part=chart.narrowed_to),) if chart.narrowed_to else ()
    ground = sentence(
        "As of %(date)s; layout %(layout)s; weights of profile %(profile)s.",
        date=words.day(chart.as_of),
        layout=chart.layout,
        profile=chart.profile,
    )
    total = chart.total
    fields = plural_sentence(
        "n = %(n)s field, %(na)s not applicable; %(reviewed)s of %(applicable)s reviewed.",
        "n = %(n)s fields, %(na)s not applicable; %(reviewed)s of %(applicable)s reviewed.",
        total.applicable + total.counts["NA"],
        na=words.number(total.counts["NA"]),
        reviewed=words.number(total.reviewed),
        applicable=words.number(total.applicable),
    )
    if chart.code:
        return (what, *narrowed, ground), (fields,)
    states = plural_sentence(
        "%(reviewed)s of %(n)s State reviewed.",
        "%(reviewed)s of %(n)s States reviewed.",
        chart.n_states,
        reviewed=words.number(chart.n_reviewed),
    )
    return (what, *narrowed, ground), (states, fields)


def method() -> tuple[Sentence, ...]:
    """How the figures are made."""
    return (
        sentence("X stands for a recorded reference, ? for an incomplete one, NA for not applicable."),
        sentence(
            "Low is the share of X in the applicable fields; high counts ? and the fields not reviewed as well; the "
            "point is the share of X and half of ? in the reviewed fields."
        ),
    )


def source(chart: CoverageChart, words: Words) -> Sentence:
    """Where the figures come from."""
    if chart.practice:
        return sentence("Source: the practice record, invented for training.")
    if chart.drafts:
        return sentence("Source: the newest versions of the matrices in this record, drafts included.")
    # The day stands inside: in some languages it ends with a full stop of its own.
    return sentence(
        "Source: the versions effective on %(date)s of the matrices in this record.", date=words.day(chart.as_of)
    )


def reason(row: Row) -> Sentence:
    """Why a row has no figure."""
    if row.applicable == 0:
        return sentence("no field applies: no figure")
    return sentence("nothing reviewed: no figure")


def read_aloud(row: Row, words: Words) -> Sentence:
    """One row as a sentence, for those who do not see the picture."""
    reviewed, applicable = words.number(row.reviewed), words.number(row.applicable)
    if row.low is None or row.high is None or row.point is None:
        return sentence("%(label)s: %(reason)s.", label=row.label, reason=reason(row))
    if not row.sufficient:
        return sentence(
            "%(label)s: low %(low)s, high %(high)s; too little reviewed for a point; %(reviewed)s of %(all)s reviewed.",
            label=row.label,
            low=words.share(row.low),
            high=words.share(row.high),
            reviewed=reviewed,
            all=applicable,
        )
    return sentence(
        "%(label)s: low %(low)s, point %(point)s, high %(high)s; %(reviewed)s of %(all)s reviewed.",
        label=row.label,
        low=words.share(row.low),
        point=words.share(row.point),
        high=words.share(row.high),
        reviewed=reviewed,
        all=applicable,
    )


def describe(chart: CoverageChart, words: Words) -> tuple[str, str]:
    """Title and description in words: what stands in an SVG and beside the picture for those who do not see it."""
    first, second = facts(chart, words)
    rows = (read_aloud(row, words) for row in (*chart.rows, chart.total, *chart.own))
    notice = sentence("Not a measure of compliance.")
    spoken = [words.translate(each) for each in (*first, *second, *rows, notice)]
    return words.translate(finding(chart, words)), "\n".join(spoken)

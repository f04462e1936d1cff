"""The values of the charts about fields: the grid of all fields, and States by their number of fields."""

from collections.abc import Sequence

import numpy as np

from cpi1540.briefing.charts.field_cells import FieldCell
from cpi1540.briefing.charts.heatmap_fields import FieldRow, FieldSection, HeatmapFields
from cpi1540.briefing.charts.histogram import Bar, HistogramChart
from cpi1540.briefing.service.coverage_charts import section_names
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.service import figures as coverage
from cpi1540.coverage.service import statistics
from cpi1540.coverage.statistics.histogram import Bin
from cpi1540.coverage.statistics.totals import EVERYONE
from cpi1540.foundation.access import Actor
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import name, number, say
from cpi1540.foundation.messages import N_, sentence
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain, Field, Layout
from cpi1540.matrix.layout import Role as RowRole
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED
from cpi1540.matrix.service import versions as version_records

_KIND_OF = {FOUND: "X", INCOMPLETE: "?", NOT_APPLICABLE: "NA", BLANK: "blank", UNREVIEWED: "unreviewed"}
_CODES = {
    "X": N_("measures recorded"),
    "?": N_("incomplete reference"),
    "NA": N_("not applicable"),
    "blank": N_("reviewed, nothing found"),
    "unreviewed": N_("not reviewed"),
}


def heatmap_fields(question: ChartQuestion, actor: Actor) -> HeatmapFields:
    """The fields of OP 2 and OP 3: the codes of one State, or counts over several."""
    read = coverage.read_codes(question.chosen, question.figures, actor)
    narrowing = question.figures.fields
    printed = max((block.layout for block in read.blocks), key=lambda layout: layout.code)
    cells = _cells(read.blocks, single=question.one is not None)
    fields = [
        field for field in printed.fields if field.role is RowRole.COUNTED and field.domain and narrowing.takes(field)
    ]
    if not fields:
        raise DomainError(sentence("These fields have no weapon domains: the heat map is of OP 2 and OP 3."))
    aspects = [aspect for aspect in Aspect if any(field.aspect is aspect for field in fields)]
    domains = [domain for domain in Domain if any(field.domain is domain for field in fields)]
    n_reviewed = sum(
        bool(np.isin(codes[_places(block.layout, fields)], (FOUND, INCOMPLETE, BLANK)).any())
        for block in read.blocks
        for codes in block.codes
    )
    return HeatmapFields(
        ground=question.ground(
            list(read.versions.values()),
            n_reviewed=n_reviewed,
        ),
        sections=_sections(printed, fields, cells),
        aspects=tuple((aspect.value, say(matrix_words.ASPECT_NAMES[aspect])) for aspect in aspects),
        domains=tuple(
            (domain.value, say(matrix_words.DOMAIN_SHORT[domain]), say(matrix_words.DOMAIN_NAMES[domain]))
            for domain in domains
        ),
        codes={kind: say(text) for kind, text in _CODES.items()},
    )


def histogram_chart(question: ChartQuestion, _actor: Actor) -> HistogramChart:
    """The histogram of States by their number of fields with X, by effective versions."""
    found = statistics.histograms(question.chosen, question.on, question.figures.fields)[EVERYONE]
    used = version_records.effective(question.chosen, question.on)
    bars = [Bar(_bin_name(each), n) for each, n in found.counts()]
    if found.unreviewed:
        bars.append(Bar(say(sentence("Not reviewed")), len(found.unreviewed), reviewed=False))
    return HistogramChart(
        ground=question.ground(list(used.values()), n_reviewed=found.n_reviewed),
        bars=tuple(bars),
        fields=found.fields,
        mean=found.mean,
    )


def _bin_name(each: Bin) -> str:
    return number(each.first) if each.first == each.last else f"{number(each.first)}–{number(each.last)}"


def _places(layout: Layout, fields: Sequence[Field]) -> list[int]:
    return [layout.positions[field.key] for field in fields if field.key in layout.positions]


def _cells(blocks: Sequence[Block], *, single: bool) -> dict[str, FieldCell]:
    """Field key -> its cell over all blocks; fields of every layout."""
    found: dict[str, FieldCell] = {}
    for block in blocks:
        x = (block.codes == FOUND).sum(axis=0)
        reviewed = np.isin(block.codes, (FOUND, INCOMPLETE, BLANK)).sum(axis=0)
        applies = (block.codes != NOT_APPLICABLE).sum(axis=0)
        for key, place in block.layout.positions.items():
            before = found.get(key)
            kind = _KIND_OF[int(block.codes[0, place])] if single else ""
            found[key] = FieldCell(
                kind,
                int(x[place]) + (before.x if before else 0),
                int(reviewed[place]) + (before.reviewed if before else 0),
                int(applies[place]) + (before.states if before else 0),
            )
    return found


def _sections(printed: Layout, fields: Sequence[Field], cells: dict[str, FieldCell]) -> tuple[FieldSection, ...]:
    """The sections and rows of the fields, in printed order; a row that stands in several tables stands once."""
    shorts = section_names()
    found: dict[str, dict[str, dict[str, FieldCell]]] = {}
    for field in fields:
        row = found.setdefault(field.section, {}).setdefault(field.row, {})
        if field.domain and field.aspect:
            row[f"{field.domain.value}.{field.aspect.value}"] = cells[field.key]
    return tuple(
        FieldSection(
            shorts[section],
            tuple(FieldRow(name(printed.rows[section, row].labels), of_row) for row, of_row in rows.items()),
        )
        for section, rows in found.items()
    )


MAKERS = {"heatmap-fields": heatmap_fields, "histogram": histogram_chart}

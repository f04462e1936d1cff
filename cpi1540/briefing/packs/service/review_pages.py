"""The annex to a comprehensive review: the status tables of all sections at two dates."""

from collections.abc import Iterator

from cpi1540.briefing.packs.pack import Column, Page, Table
from cpi1540.briefing.packs.service.asked import Asked, joined, told
from cpi1540.briefing.packs.service.record_pages import changes_page, counting_method, fields_page
from cpi1540.briefing.service.numbers import NOTHING
from cpi1540.coverage.service import status_tables
from cpi1540.coverage.statistics.pages import StatusCell, StatusSection, status_sections
from cpi1540.coverage.statistics.status_table import Count
from cpi1540.foundation.languages import day, name, number
from cpi1540.foundation.messages import plural_sentence, sentence
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Shape
from cpi1540.matrix.service import layouts, versions


def review_pages(asked: Asked) -> Iterator[Page]:
    """Totals, the histogram, then a table for each section."""
    question = asked.question
    yield changes_page(asked)
    yield from fields_page(asked)
    found = status_tables.status_table(asked.chosen, question.before, question.on)
    effective = [versions.effective(asked.chosen, when) for when in (question.before, question.on)]
    ground = asked.ground([version for each in effective for version in each.values()], dates=2,
                          n_reviewed=len(effective[1]))  # fmt: skip
    facts = asked.facts(ground)
    method = joined(
        (
            sentence("Each cell: States with X, of the States reviewed in the field."),
            *counting_method(found.left_out),
        )
    )
    for section in status_sections(layouts.layout(), found):
        yield _section(asked, section, facts, method)


def _section(asked: Asked, section: StatusSection, facts: tuple[str, ...], method: str) -> Page:
    question, single = asked.question, section.section.shape is Shape.SINGLE
    days = (day(question.before), day(question.on))
    aspects = (Aspect.FRAMEWORK,) if single else tuple(Aspect)
    columns = [Column(told(sentence("No.")), 0.5), Column(told(sentence("Row")), 3.2)]
    if not single:
        columns.append(Column(told(sentence("Weapons")), 0.9))
    for aspect in aspects:
        for each in days:
            head = each if single else f"{told(matrix_words.ASPECT_NAMES[aspect])}\n{each}"
            columns.append(Column(head, 1.2, "number"))
    rows: list[tuple[str, ...]] = []
    follows = set()
    for label in section.rows:
        printed = next(row for row in section.section.rows if row.key == label.key)
        for place, line in enumerate(label.lines):
            numbered = printed.numbers.get(line.domain) or printed.numbers.get(None) or ""
            cells = [numbered if place == 0 or line.domain in printed.numbers else "", name(label.labels)]
            if not single:
                cells.append(told(matrix_words.DOMAIN_SHORT[line.domain]) if line.domain else NOTHING)
            for cell in line.cells[: len(aspects)]:
                cells += _pair(asked, cell)
            follows |= {len(rows)} if place else set()
            rows.append(tuple(cells))
    title = told(
        plural_sentence(
            "%(section)s: status of %(n)s row at two dates",
            "%(section)s: status of %(n)s rows at two dates",
            len(section.rows),
            section=name(section.section.short_titles),
        )
    )
    table = Table(title, tuple(columns), tuple(rows), follows=frozenset(follows))
    return Page(title, facts, (table,), method, (method,))


def _pair(asked: Asked, cell: StatusCell) -> tuple[str, str]:
    if cell.pair is None:
        return NOTHING, NOTHING
    for name_, count in (("from", cell.pair.before), ("to", cell.pair.after)):
        asked.figures[f"status.{cell.field}.{name_}"] = f"{count.x}/{count.reviewed}"
    return _count(cell.pair.before), _count(cell.pair.after)


def _count(count: Count) -> str:
    if not count.reviewed:
        return NOTHING
    return told(sentence("%(n)s of %(all)s", n=number(count.x), all=number(count.reviewed)))

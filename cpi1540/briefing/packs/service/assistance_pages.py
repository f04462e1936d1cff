"""The round-up of assistance: requests by step and by what is due, needs by area and by kind."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.procedure.steps import STEP_NAMES, Step
from cpi1540.assistance.requests.agenda import REASON_NAMES, Line
from cpi1540.assistance.requests.request import Kind, Need, Requester
from cpi1540.assistance.requests.service import on_day
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.briefing.packs.pack import Block, Column, CountChart, Page, Table
from cpi1540.briefing.packs.service.asked import Asked, joined, told
from cpi1540.briefing.packs.service.state_sheet import request_row
from cpi1540.foundation.languages import day, listed, name, number
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Domain, Layout
from cpi1540.matrix.service import layouts

SOON = datetime.timedelta(days=30)
# Requests by step stand in a table with their waits already.
_CHARTS = ("needs-offers", "flow", "match-rate")


def assistance_pages(asked: Asked) -> Iterator[Page]:
    """What was asked for, where it stands, and what the Committee is to be told."""
    question = asked.question
    lines = asked.open_requests
    facts = (
        f"{asked.scope_name} · {told(sentence('As of %(date)s.', date=day(question.on)))}",
        told(plural_sentence("n = %(n)s open request.", "n = %(n)s open requests.", len(lines))),
    )
    names = requester_names(line.request.values.requester for line in lines)
    yield _by_step(asked, lines, facts)
    soon = question.on + SOON
    pressing = [line for line in lines if line.standing.overdue or (line.standing.due or datetime.date.max) <= soon]
    title = plural_sentence(
        "%(n)s request is overdue, or due by %(day)s",
        "%(n)s requests are overdue, or due by %(day)s",
        len(pressing),
        day=day(soon),
    )
    yield _due(told(title), pressing, names, facts, papers_only=False)
    if len(pressing) < len(lines):
        yield _due(told(sentence("All open requests, the most overdue first")), lines, names, facts, papers_only=True)
    if question.group is None:
        yield _to_brief(asked, facts)
    yield _needs(asked, lines, facts)
    for each in _CHARTS:
        page = asked.chart_page(each)
        if page is not None:
            yield page


def _by_step(asked: Asked, lines: Sequence[Line], facts: tuple[str, ...]) -> Page:
    at = {step: [line for line in lines if line.standing.step is step] for step in Step}
    late = sum(line.standing.overdue > 0 for line in lines)
    asked.figures |= {f"step.{int(step)}": len(found) for step, found in at.items()} | {"overdue": late}
    title = told(
        plural_sentence(
            "%(n)s request is open; for %(late)s of them something is overdue",
            "%(n)s requests are open; for %(late)s of them something is overdue",
            len(lines),
            late=number(late),
        )
    )
    chart = CountChart(
        title,
        tuple(f"{int(step)}. {told(STEP_NAMES[step])}" for step in Step),
        (told(sentence("Open requests")),),
        tuple((len(found),) for found in at.values()),
    )
    columns = (
        Column(told(sentence("Step")), 2.6),
        Column(told(sentence("Open requests")), 1, "number"),
        Column(told(sentence("Overdue")), 1, "number"),
        Column(told(sentence("Longest wait, days")), 1, "number"),
    )
    rows = tuple(
        (
            f"{int(step)}. {told(STEP_NAMES[step])}",
            number(len(found)),
            number(sum(line.standing.overdue > 0 for line in found)),
            number(max((line.standing.waiting or 0 for line in found), default=0)),
        )
        for step, found in at.items()
    )
    method = told(
        sentence("Steps are those of the Committee’s procedure of October 2010; days are counted in New York.")
    )
    return Page(title, facts, (chart, Table(title, columns, rows)), method, (method, told(_source(asked))))


def _due(
    title: str, lines: Sequence[Line], names: dict[Requester, str], facts: tuple[str, ...], *, papers_only: bool
) -> Page:
    columns = (
        Column(told(sentence("Request")), 1.0),
        Column(told(sentence("Requester")), 1.3),
        Column(told(sentence("Subject")), 2.2),
        Column(told(sentence("Step")), 1.5),
        Column(told(sentence("What is next")), 2.0),
        Column(told(sentence("Due")), 1.3),
    )
    rows = tuple(
        (row[0], names[line.request.values.requester], *row[1:]) for line in lines if (row := request_row(line))
    )
    blocks: tuple[Block, ...] = (Table(title, columns, rows, papers_only=papers_only),) if rows else ()
    without = sorted({year for line in lines for year in line.standing.without_table})
    method = joined(
        (
            sentence("Working days leave out weekends and the holidays loaded."),
            *(
                (
                    sentence(
                        "No table of holidays is loaded for %(years)s: only weekends were left out.",
                        years=listed(str(year) for year in without),
                    ),
                )
                if without
                else ()
            ),
        )
    )
    return Page(title, facts, blocks, method, (method,))


def _to_brief(asked: Asked, facts: tuple[str, ...]) -> Page:
    question = asked.question
    last, found = on_day.to_brief(asked.requests, question.on, practice=question.practice)
    names = requester_names(each.line.request.values.requester for each in found)
    asked.figures["to-brief"] = len(found)
    title = told(
        plural_sentence(
            "Since the briefing of %(day)s the Committee is to hear of %(n)s request",
            "Since the briefing of %(day)s the Committee is to hear of %(n)s requests",
            len(found),
            day=day(last),
        )
    )
    columns = (
        Column(told(sentence("Request")), 1.0),
        Column(told(sentence("Requester")), 1.4),
        Column(told(sentence("Subject")), 2.6),
        Column(told(sentence("Why")), 2.0),
    )
    rows = tuple(
        (
            each.line.request.id,
            names[each.line.request.values.requester],
            each.line.request.values.title,
            " · ".join(told(REASON_NAMES[reason]) for reason in each.reasons),
        )
        for each in found
    )
    blocks: tuple[Block, ...] = (Table(title, columns, rows),) if rows else ()
    return Page(title, facts, blocks, "", (told(_source(asked)),))


def _needs(asked: Asked, lines: Sequence[Line], facts: tuple[str, ...]) -> Page:
    layout = layouts.layout()
    needs = [need for line in lines for need in line.request.needs if need.stood(asked.question.on)]
    areas = Counter(area for need in needs for area in _areas(need, layout))
    kinds = {kind: sum(need.values.kind is kind for need in needs) for kind in Kind}
    asked.figures |= {f"kind.{kind}": n for kind, n in kinds.items()}
    asked.figures |= {f"area.{section}.{domain or ''}": n for (section, domain), n in areas.items()}
    title = told(
        plural_sentence(
            "%(n)s need is part of an open request",
            "%(n)s needs are part of open requests",
            len(needs),
        )
    )
    chart = CountChart(
        told(sentence("Needs by kind")),
        tuple(told(KIND_NAMES[kind]) for kind, n in kinds.items() if n),
        (told(sentence("Needs")),),
        tuple((n,) for n in kinds.values() if n),
    )
    columns = (
        Column(told(sentence("Section")), 2.6),
        *(Column(told(matrix_words.DOMAIN_NAMES[domain]), 1, "number") for domain in Domain),
    )
    rows = tuple(
        (
            name(section.short_titles),
            *(number(areas[section.code, domain] + areas[section.code, None]) for domain in Domain),
        )
        for section in layout.sections
        if any(code == section.code for code, _domain in areas)
    )
    method = told(
        sentence("A need counts once in each area that it names a field of; one that names none is in no area.")
    )
    blocks: list[Block] = [chart] if chart.categories else []
    if rows:
        blocks.append(Table(told(sentence("Needs by area")), columns, rows))
    return Page(title, facts, tuple(blocks), method, (method, told(_source(asked))))


def _areas(need: Need, layout: Layout) -> set[tuple[str, Domain | None]]:
    """The areas of the matrix that a need names a field of: section and domain, None where a row has one code."""
    fields = [layout.field(key) for key in need.values.fields]
    return {(field.section, field.domain) for field in fields}


def _source(asked: Asked) -> Sentence:
    if asked.question.practice:
        return sentence("Source: the practice record, invented for training.")
    return sentence("Source: the requests for assistance in this record.")

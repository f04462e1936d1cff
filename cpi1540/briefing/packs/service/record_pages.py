"""The pages of a whole record and of a regional group: coverage, what changed, treaties, assistance."""

from collections.abc import Iterator

from cpi1540.briefing.charts.chart import Ground
from cpi1540.briefing.packs.pack import Column, CountChart, Page, Table
from cpi1540.briefing.packs.service.asked import Asked, joined, told
from cpi1540.briefing.service.numbers import NOTHING
from cpi1540.coverage.breakdown import Part
from cpi1540.coverage.scope import EVERYTHING
from cpi1540.coverage.service import statistics
from cpi1540.coverage.statistics.totals import Total
from cpi1540.foundation.languages import day, name, number, share
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.service import layouts, versions

# The charts of each pack in their order; one that cannot be made of this record is left out.
_GLOBAL = ("tiles", "map", "trend", "treaties", "gap-actions", "requests", "needs-offers", "match-rate")
_GROUP = ("heatmap-sections", "trend", "gap-actions", "requests")


def global_pages(asked: Asked) -> Iterator[Page]:
    """The status of a whole record."""
    yield from _charts(asked, "coverage", by="section")
    yield from _charts(asked, "coverage", by="group")
    yield changes_page(asked)
    yield from fields_page(asked)
    for each in _GLOBAL:
        yield from _charts(asked, each)


def group_pages(asked: Asked) -> Iterator[Page]:
    """The status of a regional group, with each of its States in alphabetical order."""
    yield from _charts(asked, "coverage", by="section")
    yield from _charts(asked, "coverage", by="state")
    yield changes_page(asked)
    yield from fields_page(asked)
    for each in _GROUP:
        yield from _charts(asked, each)


def _charts(asked: Asked, kind: str, **more: str) -> Iterator[Page]:
    page = asked.chart_page(kind, **more)  # type: ignore[arg-type]
    if page is not None:
        yield page


def changes_page(asked: Asked) -> Page:
    """In how many fields measures are recorded on two days: as counts, which a later review can be held against."""
    question = asked.question
    found = statistics.statistics(asked.chosen, question.before, question.on, EVERYTHING)
    ground = _two_dates(asked, found.totals.whole)
    whole = found.totals.whole
    titles = _part_names()
    parts = [(part, total) for part, total in found.totals.parts.items() if part in titles]
    rows = [(titles[part], total) for part, total in parts] + [(told(sentence("OP 2 and OP 3 together")), whole)]
    for label, total in rows:
        asked.figures[f"totals.{label}.from"] = total.before.counts["X"]
        asked.figures[f"totals.{label}.to"] = total.after.counts["X"]
    title = _finding(asked, whole)
    columns = (
        Column(told(sentence("Part of the matrix")), 2.4),
        Column(told(sentence("Fields with X, %(day)s", day=day(question.before))), 1, "number"),
        Column(told(sentence("Fields with X, %(day)s", day=day(question.on))), 1, "number"),
        Column(told(sentence("Mean a State reviewed, %(day)s", day=day(question.on))), 1, "number"),
    )
    table = Table(told(title), columns, tuple(_total_row(label, total) for label, total in rows),
                  frozenset({len(rows) - 1}))  # fmt: skip
    chart = CountChart(
        told(title),
        tuple(label for label, _total in rows[:-1] if label in _section_labels(parts, titles)),
        (day(question.before), day(question.on)),
        tuple(
            (total.before.counts["X"], total.after.counts["X"])
            for label, total in rows[:-1]
            if label in _section_labels(parts, titles)
        ),
    )
    method = joined(counting_method(found.totals.left_out))
    facts = asked.facts(ground, _reviewed_then(whole))
    return Page(told(title), facts, (chart, table), method, (method, told(_source(asked))))


def fields_page(asked: Asked) -> Iterator[Page]:
    """How many States have measures recorded in how many fields: the Committee's own histogram. No page where no State
    is reviewed.
    """
    question = asked.question
    found = statistics.histograms(asked.chosen, question.on, EVERYTHING)["all"]
    chosen = versions.effective(asked.chosen, question.on)
    reviewed = sum(n is not None for n in found.of_state.values())
    ground = asked.ground(chosen.values(), n_reviewed=reviewed)
    counts = [len(found.states_in(each)) for each in found.bins]
    for each, n in zip(found.bins, counts, strict=True):
        asked.figures[f"histogram.{each.code}"] = n
    numbers = [n for n in found.of_state.values() if n is not None]
    if not numbers:
        return
    title = sentence(
        "%(scope)s: measures are recorded in %(mean)s fields a State on average",
        scope=asked.scope_name,
        mean=number(round(sum(numbers) / len(numbers))),
    )
    chart = CountChart(
        told(title),
        tuple(each.code.replace("-", "–") for each in found.bins),
        (told(sentence("States")),),
        tuple((n,) for n in counts),
        upright=True,
    )
    method = joined(
        (
            sentence(
                "Each State is counted once, by its number of fields with X in OP 2, OP 3 (a) (b) and OP 3 (c) (d)."
            ),
            plural_sentence(
                "%(n)s State that nobody has reviewed is in no bar.",
                "%(n)s States that nobody has reviewed are in no bar.",
                len(found.unreviewed),
            ),
        )
    )
    yield Page(told(title), asked.facts(ground), (chart,), method, (method, told(_source(asked))))


def counting_method(left_out: int) -> tuple[Sentence, ...]:
    """How fields are counted at two dates."""
    more = (
        plural_sentence(
            "%(n)s field is not in every layout used, and is not counted.",
            "%(n)s fields are not in every layout used, and are not counted.",
            left_out,
        ),
    )
    return (
        sentence(
            "Counts of fields with X over all States in scope, by the versions effective on each day, not weighted."
        ),
        *(more if left_out else ()),
    )


def _two_dates(asked: Asked, whole: Total) -> Ground:
    question = asked.question
    chosen = [
        *versions.effective(asked.chosen, question.before).values(),
        *versions.effective(asked.chosen, question.on).values(),
    ]
    return asked.ground(chosen, dates=2, n_reviewed=whole.after.n_reviewed)


def _finding(asked: Asked, whole: Total) -> Sentence:
    """What became of the fields with X between the two days."""
    more, then = whole.after.counts["X"] - whole.before.counts["X"], day(asked.question.before)
    if not whole.after.reviewed:
        return sentence("%(scope)s: no field of OP 2 and OP 3 is reviewed yet", scope=asked.scope_name)
    if more > 0:
        return plural_sentence(
            "%(scope)s: measures are recorded in %(n)s more field than on %(day)s",
            "%(scope)s: measures are recorded in %(n)s more fields than on %(day)s",
            more,
            scope=asked.scope_name,
            day=then,
        )
    if more < 0:
        return plural_sentence(
            "%(scope)s: measures are recorded in %(n)s field fewer than on %(day)s",
            "%(scope)s: measures are recorded in %(n)s fields fewer than on %(day)s",
            -more,
            scope=asked.scope_name,
            day=then,
        )
    return sentence(
        "%(scope)s: measures are recorded in as many fields as on %(day)s", scope=asked.scope_name, day=then
    )


def _reviewed_then(whole: Total) -> Sentence:
    return plural_sentence(
        "%(n)s State was reviewed on the earlier day.",
        "%(n)s States were reviewed on the earlier day.",
        whole.before.n_reviewed,
    )


def _total_row(label: str, total: Total) -> tuple[str, ...]:
    mean = total.after.mean_fields
    return (
        label,
        number(total.before.counts["X"]),
        number(total.after.counts["X"]),
        NOTHING if mean is None else share(mean),
    )


def _part_names() -> dict[Part, str]:
    named = {Part("section", section.code): name(section.short_titles) for section in layouts.layout().sections}
    named |= {Part("domain", each.value): told(matrix_words.DOMAIN_NAMES[each]) for each in Domain}
    return named | {Part("aspect", each.value): told(matrix_words.ASPECT_NAMES[each]) for each in Aspect}


def _section_labels(parts: list[tuple[Part, Total]], titles: dict[Part, str]) -> set[str]:
    return {titles[part] for part, _total in parts if part.kind == "section"}


def _source(asked: Asked) -> Sentence:
    if asked.question.practice:
        return sentence("Source: the practice record, invented for training.")
    return sentence(
        "Source: the versions effective on %(date)s of the matrices in this record.", date=day(asked.question.on)
    )

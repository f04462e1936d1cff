"""The pages of one lens: coverage of its rows, common gaps, instruments and commitments, the office's note."""

from collections.abc import Iterator

from cpi1540.briefing.charts.coverage_words import Row, coverage_method
from cpi1540.briefing.packs.pack import Block, Column, Page, Subheading, Table, Text
from cpi1540.briefing.packs.service.asked import Asked, interval_charts, joined, told
from cpi1540.briefing.packs.service.questions_to_ask import field_name
from cpi1540.briefing.service.numbers import NOTHING, shown_cell
from cpi1540.coverage.breakdown import WHOLE, Part
from cpi1540.coverage.figures import Figure
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.service import lens_figures, lens_notes, lenses
from cpi1540.coverage.service.figures import Question, versions_for
from cpi1540.foundation.languages import day, name, number
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names

_EVERYONE = "all"


def lens_pages(asked: Asked) -> Iterator[Page]:
    """One line of effort over a record or a group."""
    question, lens = asked.question, lenses.find(asked.question.lens or "")
    figures = Question(question.on, profile=question.profile, lens=lens.code)
    members = {code: [state.code for state in each] for code, each in states.by_group(asked.chosen).items() if each}
    names = {_EVERYONE: [state.code for state in asked.chosen], **(members if len(members) > 1 else {})}
    found = lens_figures.under_lens(lens, asked.chosen, figures, asked.actor, names)
    effective = versions_for(asked.chosen, figures, asked.actor)
    total = found.figures[_EVERYONE][WHOLE].figure
    ground = asked.ground(effective.values(), profile=found.profile.label, n_reviewed=total.n_reviewed)
    facts = asked.facts(ground, _fields(total))
    yield _purpose(lens, facts)
    yield _coverage(asked, found, facts, lens)
    if len(names) > 1:
        yield _groups(asked, found, facts, lens)
    if found.common:
        yield _common(asked, found, facts, lens)
    if found.instruments or found.commitments:
        yield _commitments(asked, found, lens)


def _fields(total: Figure) -> Sentence:
    return plural_sentence(
        "n = %(n)s field, %(na)s not applicable; %(reviewed)s of %(applicable)s reviewed.",
        "n = %(n)s fields, %(na)s not applicable; %(reviewed)s of %(applicable)s reviewed.",
        total.fields,
        na=number(total.counts["NA"]),
        reviewed=number(total.reviewed),
        applicable=number(total.applicable),
    )


def _purpose(lens: Lens, facts: tuple[str, ...]) -> Page:
    blocks: list[Block] = [Text(name(lens.purposes))]
    if lens.note:
        blocks.append(Text(name(lens.note), "soft"))
    kept = lens_notes.note_of(lens.code)
    if kept is not None:
        blocks.append(Subheading(told(sentence("Note of the office"))))
        blocks.append(Text(kept.note.text))
        blocks.append(
            Text(
                told(sentence("Source: %(source)s, %(day)s.", source=kept.note.source, day=day(kept.note.dated))),
                "soft",
            )
        )
    return Page(name(lens.names), facts, tuple(blocks))


def _coverage(asked: Asked, found: lens_figures.UnderLens, facts: tuple[str, ...], lens: Lens) -> Page:
    everyone = found.figures[_EVERYONE]
    rows = [Row.of(_part_name(part), everyone[part].figure) for part in found.parts if everyone[part].figure.fields]
    rows.append(Row.of(told(sentence("All fields of the lens")), everyone[WHOLE].figure))
    title = plural_sentence(
        "%(lens)s: measures are recorded in %(n)s of %(all)s applicable fields",
        "%(lens)s: measures are recorded in %(n)s of %(all)s applicable fields",
        everyone[WHOLE].figure.counts["X"],
        lens=name(lens.names),
        all=number(everyone[WHOLE].figure.applicable),
    )
    return _page(asked, told(title), facts, told(sentence("Row")), rows, "lens")


def _groups(asked: Asked, found: lens_figures.UnderLens, facts: tuple[str, ...], lens: Lens) -> Page:
    rows = [
        Row.of(name(group_names()[code]), of_group[WHOLE].figure)
        for code, of_group in found.figures.items()
        if code != _EVERYONE
    ]
    title = told(sentence("%(lens)s by regional group", lens=name(lens.names)))
    return _page(asked, title, facts, told(sentence("Regional group")), rows, "groups")


def _page(asked: Asked, title: str, facts: tuple[str, ...], head: str, rows: list[Row], name_: str) -> Page:
    columns = (
        Column(head, 2.8),
        Column(told(sentence("Reviewed")), 1.2, "number"),
        Column(told(sentence("Low")), 1, "number"),
        Column(told(sentence("Point")), 1, "number"),
        Column(told(sentence("High")), 1, "number"),
    )
    cells = []
    for row in rows:
        point = row.point if row.sufficient else None
        asked.figures |= {
            f"{name_}.{row.label}.low": row.low,
            f"{name_}.{row.label}.point": row.point,
            f"{name_}.{row.label}.high": row.high,
        }
        of = told(sentence("%(n)s of %(all)s", n=number(row.reviewed), all=number(row.applicable)))
        cells.append((row.label, of, *(shown_cell(value) for value in (row.low, point, row.high))))
    method = joined(coverage_method())
    blocks: tuple[Block, ...] = (*interval_charts(title, rows), Table(title, columns, tuple(cells)))
    return Page(title, facts, blocks, method, (method,))


def _common(asked: Asked, found: lens_figures.UnderLens, facts: tuple[str, ...], lens: Lens) -> Page:
    title = told(sentence("%(lens)s: the gaps that most States have in common", lens=name(lens.names)))
    columns = (
        Column(told(sentence("Field")), 4),
        Column(told(sentence("States with this gap")), 1.2, "number"),
        Column(told(sentence("Of States reviewed in it")), 1.2, "number"),
    )
    rows = tuple((field_name(each.field), number(each.n), number(each.reviewed)) for each in found.common)
    asked.figures |= {f"common.{each.field.key}": each.n for each in found.common}
    method = told(sentence("A gap is an applicable field that is reviewed and has no X; a field not reviewed is none."))
    return Page(title, facts, (Table(title, columns, rows),), method, (method,))


def _commitments(asked: Asked, found: lens_figures.UnderLens, lens: Lens) -> Page:
    title = told(sentence("%(lens)s: instruments and commitments", lens=name(lens.names)))
    rows = [
        (
            name(each.instrument.names),
            told(sentence("%(n)s of %(all)s", n=number(each.n), all=number(found.n_states))),
            NOTHING if each.as_of is None else day(each.as_of),
        )
        for each in found.instruments
    ]
    rows += [
        (
            told(each.kind.label),
            told(sentence("%(n)s of %(all)s", n=number(each.n), all=number(found.n_states))),
            NOTHING if each.newest is None else day(each.newest),
        )
        for each in found.commitments
    ]
    asked.figures |= {f"instrument.{each.instrument.code}": each.n for each in found.instruments}
    asked.figures |= {f"commitment.{each.kind.code}": each.n for each in found.commitments}
    columns = (
        Column(told(sentence("Instrument or commitment")), 3.4),
        Column(told(sentence("States for which it is recorded")), 1.2, "number"),
        Column(told(sentence("Date of the source")), 1.2),
    )
    method = told(sentence("What is not recorded is unknown; it says nothing of whether a State has joined or acted."))
    facts = asked.facts(asked.ground())
    return Page(title, facts, (Table(title, columns, tuple(rows)),), method, (method,))


def _part_name(part: Part) -> str:
    layout = layouts.layout()
    if part.kind == "section":
        return name(layout.section(part.code).short_titles)
    section, row = part.code.split(".", 1)
    return name(layout.rows[section, row].labels)

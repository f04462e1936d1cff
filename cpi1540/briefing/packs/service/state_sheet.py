"""The meeting sheet of one State: what to know and what to ask, on one page."""

from collections.abc import Iterator, Mapping, Sequence

from cpi1540.assistance.procedure.steps import STEP_NAMES
from cpi1540.assistance.requests.agenda import Line
from cpi1540.briefing.packs.pack import Block, Column, Page, Subheading, Table, Text
from cpi1540.briefing.packs.service.asked import Asked, joined, told
from cpi1540.briefing.packs.service.questions_to_ask import Facts, field_name, three_questions
from cpi1540.briefing.service.numbers import NOTHING
from cpi1540.coverage.service import gap_lists, lens_figures, lenses
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.languages import day, listed, name
from cpi1540.foundation.messages import plural_sentence, sentence
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import NOT_REVIEWED, Code, Entry, Version, differences
from cpi1540.matrix.service import ageing, layouts, reading, versions
from cpi1540.matrix.staleness import Why
from cpi1540.states import commitment_records
from cpi1540.states.commitment import standing
from cpi1540.states.commitment_kind import KINDS
from cpi1540.states.state import State

_MOST_CHANGES = 4
_MOST_REQUESTS = 4
_CODES: Mapping[Code | None, str] = {
    Code.FOUND: "x",
    Code.INCOMPLETE: "q",
    Code.NOT_APPLICABLE: "na",
    Code.BLANK: "b",
    None: "u",
}


def state_pages(asked: Asked) -> Iterator[Page]:
    """The sheet; on slides each of its parts begins a slide of its own."""
    question, (state,) = asked.question, asked.chosen
    coverage = asked.chart_page("coverage", by="section")
    if coverage is not None:
        yield coverage
    now = versions.effective([state], question.on).get(state.code)
    then = versions.effective([state], question.before).get(state.code)
    ground = asked.ground([version for version in (then, now) if version], dates=2)
    entries = reading.matrix(now).entries if now else {}
    layout = layouts.layout(now.layout if now else layouts.DEFAULT_LAYOUT)
    requests = asked.open_requests
    stale = ageing.stale_fields([now], question.on).get(state.code, {}) if now else {}
    asked.figures |= {"requests": len(requests), "stale": sum(stale.values())}
    facts, now_facts = asked.facts(ground), asked.facts(asked.ground([now] if now else []))
    yield Page(
        told(sentence("What changed since %(day)s", day=day(question.before))),
        facts,
        tuple(_changes(asked, state, then, now, entries, layout)),
    )
    yield Page(told(sentence("Open requests")), now_facts, tuple(_requests(requests)))
    yield Page(told(sentence("Sources and commitments")), now_facts, (*_stale(stale), *_commitments(asked, state)))
    answer = gap_lists.gaps(state, Question(question.on, profile=question.profile), asked.actor)
    known = Facts(state, now, layout, entries, answer.gaps, tuple(requests), stale, _kinds_recorded(asked, state))
    blocks: list[Block] = []
    for place, (ask, fact) in enumerate(three_questions(known), 1):
        blocks += [Text(f"{place}. {told(ask)}", "strong"), Text(told(fact), "soft")]
    yield Page(told(sentence("Three questions, and the fact behind each")), now_facts, tuple(blocks))


def _changes(
    asked: Asked,
    state: State,
    then: Version | None,
    now: Version | None,
    entries: Mapping[str, Entry],
    layout: Layout,
) -> Iterator[Text]:
    if now is None:
        yield Text(told(sentence("No matrix of this State is in effect: nothing is reviewed yet.")))
        return
    if then is not None and then.id == now.id:
        yield Text(
            told(
                sentence(
                    "Version %(version)s of the matrix was in effect on both days: nothing changed.",
                    version=str(now.number),
                )
            )
        )
        return
    before = reading.matrix(then).entries if then else {}
    if then is None:
        yield Text(told(sentence("On the earlier day no matrix was in effect; now it is version %(version)s.",
                                 version=str(now.number))))  # fmt: skip
    changed = [
        (layout.field(change.field), (change.before or NOT_REVIEWED).code, (change.after or NOT_REVIEWED).code)
        for change in differences(before, entries)
        if change.field in layout.positions
        and (change.before or NOT_REVIEWED).code != (change.after or NOT_REVIEWED).code
    ]
    gained = sum(after is Code.FOUND for _field, _before, after in changed)
    lost = sum(before_ is Code.FOUND for _field, before_, _after in changed)
    asked.figures |= {"changed": len(changed), "gained": gained, "lost": lost}
    yield Text(
        joined(
            (
                plural_sentence("The code of %(n)s field changed.", "The codes of %(n)s fields changed.", len(changed)),
                plural_sentence("%(n)s field has X since.", "%(n)s fields have X since.", gained),
                plural_sentence("%(n)s field no longer has X.", "%(n)s fields no longer have X.", lost),
            )
        )
    )
    # What lost its X is what a meeting must know; then what was found.
    changed.sort(key=lambda each: (each[1] is not Code.FOUND, each[2] is not Code.FOUND))
    for field, code_before, code_after in changed[:_MOST_CHANGES]:
        yield Text(
            told(
                sentence(
                    "%(field)s: %(before)s; now %(after)s",
                    field=field_name(field),
                    before=_code(code_before),
                    after=_code(code_after),
                )
            ),
            "item",
        )


def _code(code: Code | None) -> str:
    return told(matrix_words.CODE_NAMES[_CODES[code]])


def _requests(lines: Sequence[Line]) -> Iterator[Block]:
    if not lines:
        yield Text(told(sentence("No open request of this State is recorded.")))
        return
    columns = (
        Column(told(sentence("Request")), 0.9),
        Column(told(sentence("Subject")), 2.2),
        Column(told(sentence("Step")), 1.6),
        Column(told(sentence("What is next")), 1.9),
        Column(told(sentence("Due")), 1.0),
    )
    yield Table(told(sentence("Open requests")), columns, tuple(request_row(line) for line in lines[:_MOST_REQUESTS]))
    if len(lines) > _MOST_REQUESTS:
        more = len(lines) - _MOST_REQUESTS
        yield Text(told(plural_sentence("%(n)s more is open.", "%(n)s more are open.", more)), "soft")


def request_row(line: Line) -> tuple[str, str, str, str, str]:
    """A request in a table: identifier, title, step, next act, due date."""
    standing = line.standing
    due = NOTHING if standing.due is None else day(standing.due).replace(" ", "\u00a0")
    late = plural_sentence(
        "%(due)s (%(n)s working day late)", "%(due)s (%(n)s working days late)", standing.overdue, due=due
    )
    return (
        line.request.id,
        line.request.values.title,
        step_name(line),
        told(standing.what) if standing.what else NOTHING,
        told(late) if standing.overdue and standing.due else due,
    )


def step_name(line: Line) -> str:
    """The step at which a request stands: "6. Match-making"."""
    step = line.standing.step
    return NOTHING if step is None else f"{int(step)}. {told(STEP_NAMES[step])}"


def _stale(stale: Mapping[Why, int]) -> Iterator[Text]:
    if not stale:
        yield Text(told(sentence("No source of the matrix is stale.")))
    for why, n in sorted(stale.items()):
        yield Text(
            told(
                plural_sentence(
                    "%(n)s source is stale: %(why)s.",
                    "%(n)s sources are stale: %(why)s.",
                    n,
                    why=told(matrix_words.WHY_STALE[why]),
                )
            ),
            "item",
        )


def _commitments(asked: Asked, state: State) -> Iterator[Block]:
    """What is recorded of the kinds of each lens."""
    rows = []
    for lens in lenses.lenses():
        found = lens_figures.commitments(lens, state, asked.actor, asked.question.on)
        if found is None:
            continue
        recorded = [told(each.kind.label) for each in found.kinds if any(line.stands for line in each.lines)]
        asked.figures[f"commitments.{lens.code}"] = found.n_recorded
        rows.append(
            (
                name(lens.names),
                told(sentence("%(n)s of %(all)s", n=str(found.n_recorded), all=str(len(found.kinds)))),
                listed(recorded) if recorded else told(sentence("nothing recorded")),
            )
        )
    if rows:
        yield Subheading(told(sentence("Commitments by lens")))
        columns = (
            Column(told(sentence("Lens")), 1.6),
            Column(told(sentence("Kinds recorded")), 0.7),
            Column(told(sentence("What is recorded")), 3.4),
        )
        yield Table(told(sentence("Commitments by lens")), columns, tuple(rows))


def _kinds_recorded(asked: Asked, state: State) -> frozenset[str]:
    """The kinds of commitment of which something stands."""
    records = commitment_records.commitments_of([state], asked.actor, on=asked.question.on)[state.code]
    return frozenset(record.kind for record in standing(records) if record.kind in KINDS)

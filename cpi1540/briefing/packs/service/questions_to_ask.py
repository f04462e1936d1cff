"""Three questions for a meeting, each with the fact of the record that it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cpi1540.assistance.procedure.steps import STEP_NAMES
from cpi1540.assistance.requests.agenda import Line
from cpi1540.briefing.packs.service.asked import told
from cpi1540.coverage.gaps.gap_list import GapList
from cpi1540.foundation.languages import name
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Field, Layout
from cpi1540.matrix.record import NOT_REVIEWED, Code, Entry, Version
from cpi1540.matrix.staleness import Why
from cpi1540.states.state import State

Asking = tuple[Sentence, Sentence]  # the question, the fact behind it
HOW_MANY = 3
# The gaps that may fill up where nothing else is to be asked.
_MOST_GAPS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a State before a meeting. ``recorded`` are the kinds of commitment of which something stands."""

    state: State
    version: Version | None
    layout: Layout
    entries: Mapping[str, Entry]
    gaps: GapList
    requests: tuple[Line, ...]
    stale: Mapping[Why, int]
    recorded: frozenset[str]


def three_questions(facts: Facts) -> list[Asking]:
    """The first three that the record gives cause for: a request that waits, the most pressing gap, a source that has
    gone stale, fields nobody has reviewed, commitments that are not recorded; then further gaps.
    """
    gaps = list(_gaps(facts))
    found = [*_request(facts), *gaps[:1], *_stale(facts), *_not_reviewed(facts), *_commitments(facts), *gaps[1:]]
    return found[:HOW_MANY]


def field_name(field: Field) -> str:
    """A field as people say it: "Transit (Nuclear weapons, Enforcement)"."""
    if field.domain is None or field.aspect is None:
        return name(field.labels)
    return told(
        sentence(
            "%(row)s (%(domain)s, %(aspect)s)",
            row=name(field.labels),
            domain=told(matrix_words.DOMAIN_NAMES[field.domain]),
            aspect=told(matrix_words.ASPECT_NAMES[field.aspect]),
        )
    )


def _request(facts: Facts) -> Iterator[Asking]:
    for line in facts.requests[:1]:
        step = line.standing.step
        ask = sentence(
            "Does the State still need what it asked for in %(request)s, and by when?", request=line.request.id
        )
        if step is None:
            yield ask, sentence("The request is open and at no step of the procedure.")
        elif line.standing.overdue:
            yield (
                ask,
                plural_sentence(
                    "The request stands at step %(step)s (%(name)s), and what is due there is %(n)s working day late.",
                    "The request stands at step %(step)s (%(name)s), and what is due there is %(n)s working days late.",
                    line.standing.overdue,
                    step=str(int(step)),
                    name=told(STEP_NAMES[step]),
                ),
            )
        else:
            yield (
                ask,
                plural_sentence(
                    "The request stands at step %(step)s (%(name)s) for %(n)s day.",
                    "The request stands at step %(step)s (%(name)s) for %(n)s days.",
                    line.standing.waiting or 0,
                    step=str(int(step)),
                    name=told(STEP_NAMES[step]),
                ),
            )


def _gaps(facts: Facts) -> Iterator[Asking]:
    """The most pressing gaps, one for a row: what is asked of one domain is asked of the others in the same breath."""
    seen: set[str] = set()
    for gap in facts.gaps.gaps:
        field = facts.layout.field(gap.field)
        if field.row in seen or len(seen) == _MOST_GAPS:
            continue
        seen.add(field.row)
        ask = sentence("Which law, regulation or practice covers %(field)s?", field=field_name(field))
        if gap.code is Code.INCOMPLETE:
            yield ask, sentence("The references recorded may not be directly relevant, or are incomplete.")
        else:
            yield ask, sentence("The field was reviewed, and no relevant information was found.")


def _stale(facts: Facts) -> Iterator[Asking]:
    for why, n in sorted(facts.stale.items(), key=lambda each: (each[0] is not Why.REPEALED, -each[1])):
        if why is Why.REPEALED:
            ask = sentence("What has taken the place of the laws that were repealed?")
        elif why is Why.OLD_DOCUMENT:
            ask = sentence("Are the laws cited still in force as they stand in the record?")
        else:
            ask = sentence("Has the State joined further treaties or arrangements since the tables were drawn up?")
        fact = plural_sentence(
            "%(n)s source is stale: %(why)s.",
            "%(n)s sources are stale: %(why)s.",
            n,
            why=told(matrix_words.WHY_STALE[why]),
        )
        yield ask, fact
        return


def _not_reviewed(facts: Facts) -> Iterator[Asking]:
    left: dict[str, int] = {}
    for field in facts.layout.fields:
        if field.section in HEADLINE_SECTIONS and facts.entries.get(field.key, NOT_REVIEWED).code is None:
            left[field.section] = left.get(field.section, 0) + 1
    if not left:
        return
    section = max(left, key=lambda code: left[code])
    title = name(facts.layout.section(section).short_titles)
    yield (
        sentence("Which laws and practices concern %(section)s, and where are they published?", section=title),
        plural_sentence(
            "%(n)s field of this section is not reviewed yet.",
            "%(n)s fields of this section are not reviewed yet.",
            left[section],
        ),
    )


def _commitments(facts: Facts) -> Iterator[Asking]:
    if "contact-point" not in facts.recorded:
        yield (
            sentence("Who is the State’s point of contact for resolution 1540 (2004)?"),
            sentence("No point of contact is recorded; that says nothing of whether there is one."),
        )
    if "action-plan" not in facts.recorded:
        yield (
            sentence("Does the State have, or intend, a voluntary national implementation action plan?"),
            sentence("No action plan is recorded; that says nothing of whether there is one."),
        )
    if "report-1540" not in facts.recorded:
        yield (
            sentence("When does the State intend to report to the 1540 Committee?"),
            sentence("No report to the Committee is recorded."),
        )
    yield (
        sentence("What changed in law or practice since the matrix was last updated?"),
        sentence("The matrix in effect is version %(version)s.", version=str(facts.version.number))
        if facts.version
        else sentence("No matrix of this State is in effect."),
    )

"""What a form for a request begins with: the gaps chosen from a State's list, or a passage of its report."""

from collections.abc import Iterable
from dataclasses import replace

from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import (
    Channel,
    Kind,
    NeedValues,
    Prefilled,
    Requester,
    RequestValues,
    domains_of,
)
from cpi1540.foundation.languages import current_language, name, say, speaking
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Aspect, Layout
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states.state import State


def from_gaps(state: State, fields: Iterable[str], *, language: str | None = None) -> Prefilled:
    """A request of ``state`` with one need for each section of the matrix in which a gap was chosen.

    Keys that are no gap in the version effective today are left out. Texts are in the State's own language, or
    in ``language``; a need that names the legal framework asks for legislative drafting, another for training.
    """
    layout = layouts.layout()
    gaps, chosen = gaps_of(state), set(fields)
    picked = [key for key in layout.positions if key in gaps and key in chosen]
    spoken = language or state.language or current_language().code
    with speaking(spoken):
        needs = tuple(
            _need(layout, section.code, name(section.short_titles), own)
            for section in layout.sections
            if (own := tuple(key for key in picked if layout.field(key).section == section.code))
        )
        title = say(sentence("Assistance in closing gaps recorded in the matrix")) if needs else ""
    return Prefilled(_values(state, spoken, title), needs)


def from_passage(state: State, passage: str, source: str, *, language: str | None = None) -> Prefilled:
    """A request that stands inside a national report: its words and where they stand; its needs are filled in later."""
    spoken = language or state.language or current_language().code
    values = _values(state, spoken, _first_line(passage))
    values = replace(values, channel=Channel.NATIONAL_REPORT, formal=False, text=passage.strip(), source=source.strip())
    return Prefilled(values, (NeedValues(Kind.TECHNICAL, objective=passage.strip()),))


def gaps_of(state: State) -> frozenset[str]:
    """The fields that are gaps in the version of the State effective today; none when there is no version."""
    version = versions.effective([state], calendar.today()).get(state.code)
    if version is None:
        return frozenset()
    layout = layouts.layout()
    entries = reading.matrix(version).entries
    return frozenset(key for key, entry in entries.items() if key in layout.positions
                     and is_gap(layout.field(key), entry.code))  # fmt: skip


def _need(layout: Layout, section: str, title: str, fields: tuple[str, ...]) -> NeedValues:
    framework = any(layout.field(key).aspect is not Aspect.ENFORCEMENT for key in fields)
    kind = Kind.LEGISLATIVE_DRAFTING if framework else Kind.TRAINING
    if section == "op678":
        kind = Kind.TECHNICAL
    rows = dict.fromkeys(name(layout.field(key).labels) for key in fields)
    objective = say(sentence("Close the gaps under %(section)s", section=title)) + "\n" + "\n".join(rows)
    return NeedValues(kind, fields, domains_of(fields, layout), objective)


def _values(state: State, language: str, title: str) -> RequestValues:
    return RequestValues(
        Requester((state.code,), None, state.practice), Channel.NOTE_VERBALE, True, None, language, title
    )


def _first_line(passage: str) -> str:
    line = next((part.strip() for part in passage.splitlines() if part.strip()), "")
    return line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"

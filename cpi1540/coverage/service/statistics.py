"""The Committee's statistics from the record: totals at two dates, and States by their number of fields."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cpi1540.coverage.actions import SEE_STATES_BEHIND
from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service.figures import with_nothing_reviewed
from cpi1540.coverage.statistics.histogram import Histogram, histogram
from cpi1540.coverage.statistics.totals import EVERYONE, Totals, histogram_of, totals
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.layout import SECTION_CODES, Domain
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import reading, versions
from cpi1540.states import service as state_records
from cpi1540.states.state import State

# What a histogram may be asked by, and the bins that are none: all States reviewed, and all that are not.
BY = ("section", "domain", "group")
REVIEWED, NOT_REVIEWED = "reviewed", "not-reviewed"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Totals at two dates and the histogram of the later one; ``layouts`` are those in use on either date."""

    before: datetime.date
    after: datetime.date
    totals: Totals
    histogram: Histogram
    layouts: tuple[str, ...]


def statistics(
    states: Sequence[State], before: datetime.date, after: datetime.date, narrowing: Narrowing
) -> Statistics:
    """The statistics of ``states`` (one at least), by their effective versions, with those of their groups."""
    chosen = [versions.effective(states, day) for day in (before, after)]
    read = reading.codes(sorted({version.id: version for day in chosen for version in day.values()}.values(), key=_id))
    old, new = (_blocks(states, day, read) for day in chosen)
    groups = {code: [state.code for state in each] for code, each in state_records.by_group(states).items() if each}
    used = tuple(sorted({block.layout.code for block in (*old, *new)}))
    return Statistics(
        before,
        after,
        totals(old, new, narrowing, groups if len(groups) > 1 else {}),
        histogram_of(new, narrowing),
        used,
    )


def histograms(
    states: Sequence[State], on: datetime.date, narrowing: Narrowing, by: str | None = None
) -> dict[str, Histogram]:
    """Name -> histogram of ``states`` on a day: "all" alone, or one for each section, weapon domain or group."""
    chosen = versions.effective(states, on)
    blocks = _blocks(states, chosen, reading.codes(list(chosen.values())))
    if by == "section":
        asked = {code: replace(narrowing, section=code) for code in SECTION_CODES if narrowing.section in (None, code)}
    elif by == "domain":
        asked = {
            domain.value: replace(narrowing, domain=domain) for domain in Domain if narrowing.domain in (None, domain)
        }
    else:
        asked = {EVERYONE: narrowing}
    found = {code: histogram_of(blocks, each) for code, each in asked.items()}
    if by == "group":
        whole = found[EVERYONE]
        return {
            group: histogram({state.code: whole.of_state[state.code] for state in members}, whole.fields)
            for group, members in state_records.by_group(states).items()
            if members
        }
    return found


def states_in_bin(
    states: Sequence[State], on: datetime.date, narrowing: Narrowing, bin_code: str, actor: Actor
) -> list[tuple[State, int | None]]:
    """The States of a bin ("31-60"), of all of them ("reviewed") or of none ("not-reviewed"), each with its number
    of fields, in the order given; for the office. NotFound when the histogram has no such bin.
    """
    ensure(actor, SEE_STATES_BEHIND)
    found = histograms(states, on, narrowing)[EVERYONE]
    members = {NOT_REVIEWED: found.unreviewed} | {each.code: found.states_in(each) for each in found.bins}
    members[REVIEWED] = tuple(state for state, n in found.of_state.items() if n is not None)
    if bin_code not in members:
        raise NotFound(sentence("The histogram has no bin %(bin)s.", bin=printable(bin_code)))
    return [(state, found.of_state[state.code]) for state in states if state.code in members[bin_code]]


def _blocks(states: Sequence[State], chosen: Mapping[str, Version], read: Iterable[reading.Codes]) -> tuple[Block, ...]:
    """The codes of each State by the version chosen; a State without one: the default layout, nothing reviewed."""
    blocks = []
    for each in read:
        rows = [row for row, version in enumerate(each.versions) if chosen.get(version.state) == version]
        if rows:
            blocks.append(Block(tuple(each.versions[row].state for row in rows), each.numbers[rows], each.layout))
    return with_nothing_reviewed(states, chosen, blocks)


def _id(version: Version) -> int:
    return version.id

"""The yearly report as tables, the same on the page and in every file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.outcomes.measures import Middle
from cpi1540.assistance.outcomes.messages import ACTS_DONE, STATUS_NAMES
from cpi1540.assistance.outcomes.report import DEFINITIONS, NO_AREA, ORGANIZATIONS, Tally, YearReport
from cpi1540.assistance.procedure.steps import STEP_NAMES, Step
from cpi1540.exchange import messages as exchange_messages
from cpi1540.foundation.messages import N_, Sentence, plural_sentence, sentence

Cell = str | int | float | None
Say = Callable[[Sentence | str], str]
_HEADS = {"requests": N_("Requests"), "needs": N_("Needs"), "offers": N_("Offers"), "matches": N_("Matches")}
_STEP = N_("Step %(n)s: %(name)s")
_DAYS, _N = N_("Median days"), N_("n")


@dataclass(frozen=True, slots=True)
class ReportNames:
    """The words of one language: ``sections`` and ``groups`` by code, ``day`` of the date the report is made."""

    say: Say
    sections: Mapping[str, str]
    groups: Mapping[str, str]
    day: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table: the first column names the line, the others hold numbers; None where there is no figure."""

    code: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def report_title(report: YearReport, say: Say) -> str:
    """What the report is called."""
    return say(sentence("Assistance in %(year)s", year=str(report.year)))


def report_notes(report: YearReport, names: ReportNames) -> tuple[str, ...]:
    """What the report rests on: record, date, historical requests, definitions, and what it is not."""
    say = names.say
    record = N_("Practice data.") if report.practice else N_("The record of the Member States.")
    told = [
        say(record),
        say(sentence("As of %(date)s", date=names.day)),
        *(say(each) for each in DEFINITIONS),
    ]
    if report.historical:
        told.append(
            say(
                plural_sentence(
                    "%(n)s request of the year is known from the past: its outcome is not recorded.",
                    "%(n)s requests of the year are known from the past: their outcome is not recorded.",
                    report.historical,
                )
            )
        )
    told += [f"{say(exchange_messages.DISCLAIMER)} {say(exchange_messages.DISCLAIMER_WHY)}"]
    return (*told, *([names.notice] if names.notice else []))


def report_tables(report: YearReport, names: ReportNames) -> tuple[ReportTable, ...]:
    """The tables: the year as a whole, what was recorded of matches, by area, kind and group, and the days."""
    say = names.say
    areas = {
        key: say(N_("No field of the matrix named")) if key == NO_AREA else names.sections[key]
        for key in report.by_area
    }
    groups = {key: say(N_("Organizations")) if key == ORGANIZATIONS else names.groups[key] for key in report.by_group}
    kinds = {kind: say(KIND_NAMES[kind]) for kind in report.by_kind}
    steps = {step: say(Sentence(_STEP, {"n": str(int(step)), "name": say(STEP_NAMES[step])})) for step in Step}
    statuses = {status: say(STATUS_NAMES[status]) for status in report.status_days}
    return (
        _tallies("whole", say(N_("The year as a whole")), N_("Year"), {"": report.whole}, {"": str(report.year)}, say),
        ReportTable(
            "acts",
            say(N_("What was recorded of matches in the year")),
            (say(N_("Act")), say(_N)),
            tuple((say(ACTS_DONE[act]), count) for act, count in report.acts.items()),
        ),
        _tallies("areas", say(N_("By section of the matrix")), N_("Section"), report.by_area, areas, say),
        _tallies("kinds", say(N_("By kind of assistance")), N_("Kind of assistance"), report.by_kind, kinds, say),
        _tallies(
            "groups", say(N_("By regional group of the requester")), N_("Regional group"), report.by_group, groups, say
        ),
        _middles("steps", say(N_("Days at each step of the procedure")), N_("Step"), report.step_days, steps, say),
        _middles(
            "statuses",
            say(N_("Days in each status of a match")),
            N_("How far it has come"),
            report.status_days,
            statuses,
            say,
        ),
    )


def _tallies(
    code: str, title: str, first: str, table: Mapping[Any, Tally], labels: Mapping[Any, str], say: Say
) -> ReportTable:
    some = next(iter(table.values()), Tally())
    parts = [part for part in _HEADS if getattr(some, part) is not None]
    rows = [(labels[key], *(getattr(tally, part) for part in parts)) for key, tally in table.items()]
    return ReportTable(code, title, (say(first), *(say(_HEADS[part]) for part in parts)), tuple(rows))


def _middles(
    code: str, title: str, first: str, table: Mapping[Any, Middle], labels: Mapping[Any, str], say: Say
) -> ReportTable:
    rows = tuple((labels[key], found.days, found.n) for key, found in table.items())
    return ReportTable(code, title, (say(first), say(_DAYS), say(_N)), rows)

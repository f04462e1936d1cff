"""The yearly report as JSON, as the command line prints it."""

from collections.abc import Callable, Mapping
from typing import Any

from cpi1540.assistance.outcomes.measures import Middle
from cpi1540.assistance.outcomes.report import DEFINITIONS, Tally, YearReport
from cpi1540.foundation.messages import Sentence


def report_json(report: YearReport, say: Callable[[Sentence], str]) -> dict[str, object]:
    """The document of ``assistance report``; ``say`` gives the words of the definitions."""
    return {
        "year": report.year,
        "as_of": str(report.as_of),
        "practice": report.practice,
        "requests": report.whole.requests,
        "historical": report.historical,
        "needs": report.whole.needs,
        "offers": report.whole.offers,
        "matches": report.whole.matches,
        "acts": {act.value: count for act, count in report.acts.items()},
        "by_area": _tallies(report.by_area),
        "by_kind": _tallies(report.by_kind),
        "by_group": _tallies(report.by_group),
        "median_days": {
            "steps": {str(int(step)): _middle(found) for step, found in report.step_days.items()},
            "statuses": {status.value: _middle(found) for status, found in report.status_days.items()},
        },
        "definitions": [say(each) for each in DEFINITIONS],
    }


def _tallies(table: Mapping[Any, Tally]) -> dict[str, dict[str, int]]:
    parts = ("requests", "needs", "offers", "matches")
    return {
        str(key): {part: getattr(tally, part) for part in parts if getattr(tally, part) is not None}
        for key, tally in table.items()
    }


def _middle(found: Middle) -> dict[str, float | int | None]:
    return {"days": found.days, "n": found.n}

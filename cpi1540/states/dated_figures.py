"""Published figures about the implementation of the resolution: each with its date and its source."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpi1540.foundation.messages import N_
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states.seed_files import SeedFault

WHAT: Mapping[str, str] = {
    "first-reports": N_("States have submitted a first report"),
    "first-reports-analysed": N_("first reports were analysed with the matrix"),
    "states-without-report": N_("States have not submitted a first report"),
    "additional-information": N_("States have given additional information"),
    "states-offering": N_("States offer assistance"),
    "organizations-offering": N_("organizations offer assistance"),
    "consolidated-requests": N_("requests for assistance were consolidated"),
    "mean-fields": N_("fields with measures recorded for a State, on average"),
    "thirty-fields-or-fewer": N_("States had measures recorded in 30 fields or fewer"),
    "action-plans": N_("voluntary national action plans were submitted"),
    "csa-and-ap": N_("States have a comprehensive safeguards agreement and an additional protocol in force"),
    "csa-without-ap": N_("States have a comprehensive safeguards agreement in force without an additional protocol"),
    "csa-and-ap-non-nuclear-armed": N_("States without nuclear arms have both in force"),
    "hcoc": N_("States have subscribed to the Hague Code of Conduct"),
    "psi": N_("States have endorsed the Proliferation Security Initiative"),
}
# A date is the one the source gives, or lies at some time after it.
_AFTER: Mapping[str, bool] = {"on": False, "after": True}


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """One published figure: ``what`` (by ``key``) counts, its value, date and source. With ``after`` the date is
    only known to lie after ``date``.
    """

    key: str
    what: str
    value: int
    date: PartialDate
    after: bool
    source: str


def read_figures(folder: Path) -> tuple[DatedFigure, ...]:
    """The figures of ``dated-figures.json``, in its order; SeedFault names the first that is not one."""
    path = folder / "dated-figures.json"
    try:
        listed: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise SeedFault(path.name, error.lineno, error.msg) from error
    except OSError as error:
        raise SeedFault(path.name, 0, error.strerror or "cannot be read") from error
    return tuple(_figure(path, place, each) for place, each in enumerate(listed, 1))


def _figure(path: Path, place: int, each: dict[str, Any]) -> DatedFigure:
    try:
        if not each["source"]:
            raise ValueError("source is blank")
        return DatedFigure(
            each["what"],
            WHAT[each["what"]],
            each["value"],
            PartialDate.parse(each["date"]),
            _AFTER[each["qualifier"]],
            each["source"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SeedFault(path.name, place + 1, f"not a dated figure ({error})") from error

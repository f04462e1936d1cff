"""Published figures about the implementation of the resolution: each with its date and its source."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpi1540.foundation.messages import N_
from cpi1540.foundation.partial_date import PartialDate

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
    """The figures of ``dated-figures.json``, in its order."""
    listed = json.loads((folder / "dated-figures.json").read_text("utf-8"))
    return tuple(
        DatedFigure(
            each["what"],
            WHAT[each["what"]],
            each["value"],
            PartialDate.parse(each["date"]),
            each["qualifier"] == "after",
            each["source"],
        )
        for each in listed
    )

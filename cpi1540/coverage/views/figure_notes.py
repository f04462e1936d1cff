"""What stands above a table of figures in a workbook (record, scope, day, weights, method, and what it is not), and the
columns that every figure fills.
"""

import datetime

from flask import g
from flask_babel import gettext

from cpi1540.coverage.figures import Figure
from cpi1540.coverage.profile import Profile
from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.languages import day, number


def figure_notes(scope: str, as_of: datetime.date, layouts: str, profile: Profile, *more: str) -> list[str]:
    """The lines in their order; ``more`` are those of the table itself, between the weights and the method.

    In the practice record the first line says so: a file leaves the page that would say it.
    """
    practice = [gettext("Practice data. The States here are invented.")] if g.record == PRACTICE else []
    return [
        *practice,
        gettext("Scope: %(scope)s", scope=scope),
        gettext("As of %(date)s", date=day(as_of)),
        gettext("Layout %(layout)s", layout=layouts),
        gettext("Weights of the profile %(profile)s", profile=profile.label),
        *more,
        gettext(
            "low = X / A; high = (X + ? + not reviewed) / A; point = (X + ?/2) / (X + ? + blank); A is the weight "
            "of the fields that are not NA."
        ),
        gettext("Not a measure of compliance."),
    ]


def reviewed_note(figure: Figure) -> str:
    """How many of the States are reviewed in the fields of a figure."""
    n, every = number(figure.n_reviewed), number(figure.n_states)
    return str(gettext("%(n)s of %(all)s States reviewed in the fields asked for", n=n, all=every))


def figure_head() -> list[str]:
    """The heads of the columns that ``figure_cells`` fills."""
    return [
        gettext("low"),
        gettext("point"),
        gettext("high"),
        gettext("Fields"),
        "X",
        "?",
        "NA",
        gettext("Blank"),
        gettext("Not reviewed"),
        gettext("States reviewed"),
        gettext("States"),
    ]


def figure_cells(figure: Figure) -> list[int | float | None]:
    """One figure as a line of a table; what is no figure leaves its cells empty."""
    bounds = [figure.low, figure.point, figure.high]
    return [*bounds, figure.fields, *figure.counts.values(), figure.n_reviewed, figure.n_states]

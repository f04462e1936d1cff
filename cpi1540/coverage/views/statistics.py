"""The Committee's statistics: totals, the histogram, the table at two dates, and the States behind a count."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540 import paths
from cpi1540.coverage.actions import SEE_STATES_BEHIND
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service import lenses, statistics, status_tables
from cpi1540.coverage.service.statistics import Statistics
from cpi1540.coverage.service.status_tables import Which
from cpi1540.coverage.statistics.pages import StateBehind, aspects_in, status_sections
from cpi1540.coverage.views import statistics_files
from cpi1540.coverage.views.asked import parameters_asked, question_asked
from cpi1540.coverage.views.files import part_name
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.languages import name, sorted_by_name
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.templating import today
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Field
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import day_asked
from cpi1540.states import service as states
from cpi1540.states.dated_figures import DatedFigure, read_figures
from cpi1540.states.group_names import group_names
from cpi1540.states.groups import GROUPS
from cpi1540.states.state import State
from cpi1540.states.views.asked import group_asked

bp: Blueprint = RecordBlueprint("statistics", __name__)
# The figures that the Committee published of the same kind, and its threshold.
PUBLISHED = ("mean-fields", "thirty-fields-or-fewer")
THRESHOLD = 30
NARROWING = ("section", "domain", "aspect", "row", "lens")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: which States, called what, which fields, which two days."""

    states: tuple[State, ...]
    scope: str
    group: str | None
    narrowing: Narrowing
    before: datetime.date
    after: datetime.date
    parameters: Mapping[str, str]

    @property
    def is_everything(self) -> bool:
        """Whether the fields are not narrowed, so that the Committee's own figures may stand beside these."""
        return not any(key in self.parameters for key in NARROWING)


@bp.get("/statistics")
@public
def page() -> ResponseReturnValue:
    """Fields with measures recorded: how many States have how many, and the totals at two dates."""
    asked = _asked()
    found = _statistics(asked)
    return render_template(
        "coverage/statistics.html",
        found=found,
        published=[figure for figure in _published() if figure.key in PUBLISHED],
        threshold=THRESHOLD,
        bin_name=statistics_files.bin_name,
        part_name=part_name,
        **_choices(asked),
    )


@bp.get("/statistics/figures.<form>")
@public
def page_file(form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    asked = _asked()
    return statistics_files.statistics_file(form, asked.scope, _statistics(asked))


@bp.get("/statistics/status")
@public
def status() -> ResponseReturnValue:
    """For each field, how many States have measures recorded, at two dates."""
    asked = _asked()
    table = status_tables.status_table(asked.states, asked.before, asked.after, asked.narrowing)
    return render_template(
        "coverage/statistics-status.html",
        table=table,
        found=_statistics(asked),
        parts=status_sections(layouts.layout(), table),
        aspects=aspects_in(table),
        **_choices(asked),
    )


@bp.get("/statistics/status.<form>")
@public
def status_file(form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    asked = _asked()
    table = status_tables.status_table(asked.states, asked.before, asked.after, asked.narrowing)
    return statistics_files.status_file(form, asked.scope, table, _statistics(asked))


@bp.get("/statistics/states")
@requires(SEE_STATES_BEHIND)
def states_behind() -> ResponseReturnValue:
    """The States behind a cell of the table, or behind a bin of the histogram."""
    asked, field, which, bin_code = _asked(), _field_asked(), _which_asked(), _bin_asked()
    on = day_asked("on") or today()
    return render_template(
        "coverage/statistics-states.html",
        rows=_behind(asked, field, which, bin_code, on),
        field=field,
        which=which,
        bin_code=bin_code,
        on=on,
        bin_name=statistics_files.bin_name,
        **_choices(asked),
    )


@bp.get("/statistics/states.<form>")
@requires(SEE_STATES_BEHIND)
def states_behind_file(form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    asked, field, which, bin_code = _asked(), _field_asked(), _which_asked(), _bin_asked()
    on = day_asked("on") or today()
    rows = _behind(asked, field, which, bin_code, on)
    return statistics_files.behind_file(form, asked.scope, rows, field, which, bin_code, on)


def _behind(asked: Asked, field: Field | None, which: Which, bin_code: str, on: datetime.date) -> Sequence[StateBehind]:
    actor = current_actor()
    if field is not None:
        coded = status_tables.states_behind(asked.states, field.key, on, which, actor)
        rows = [StateBehind(state, code=code) for state, code in coded]
    else:
        counted = statistics.states_in_bin(asked.states, on, asked.narrowing, bin_code, actor)
        rows = [StateBehind(state, fields=n) for state, n in counted]
    return sorted_by_name(rows, key=lambda row: row.state.sort_names)


def _statistics(asked: Asked) -> Statistics:
    return statistics.statistics(asked.states, asked.before, asked.after, asked.narrowing)


def _asked() -> Asked:
    group = group_asked()
    practice = g.record == PRACTICE
    named = name(group_names()[group]) if group else gettext("All States of the record")
    after = day_asked("to") or today()
    # Of two days in the wrong order the earlier one is the first all the same.
    before, after = sorted((day_asked("from") or _year_before(after), after))
    kept = {key: value for key, value in parameters_asked().items() if key in NARROWING}
    return Asked(
        tuple(states.states(practice=practice, group=group)),
        named,
        group,
        question_asked().fields,
        before,
        after,
        kept | ({"group": group} if group else {}),
    )


def _year_before(day: datetime.date) -> datetime.date:
    """The same day a year earlier; 28 February for a leap day."""
    year = max(day.year - 1, datetime.MINYEAR)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _field_asked() -> Field | None:
    key = request.args.get("field", "")
    if not key:
        return None
    for layout in (layouts.layout(), *layouts.layouts().values()):
        if key in layout.positions:
            return layout.field(key)
    raise NotFound(sentence("A matrix has no field %(field)s.", field=printable(key)))


def _which_asked() -> Which:
    text = request.args.get("which") or Which.X.value
    try:
        return Which(text)
    except ValueError as error:
        raise NotFound(sentence("States cannot be asked for by %(which)s.", which=printable(text))) from error


def _bin_asked() -> str:
    return request.args.get("bin") or statistics.REVIEWED


def _choices(asked: Asked) -> dict[str, object]:
    """What the form of the question offers, and the words that the pages need."""
    return {
        "asked": asked,
        "kept": asked.parameters,
        "lenses": lenses.lenses(),
        "printed": layouts.layout(),
        "words": matrix_words,
        "all_groups": GROUPS,
    }


@cache
def _published() -> tuple[DatedFigure, ...]:
    return read_figures(paths.SEED)

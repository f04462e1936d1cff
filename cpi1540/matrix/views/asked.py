"""What an address asks for: a State, a version of its matrix, a section."""

import datetime

from flask import request

from cpi1540.foundation.access import current_actor
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.templating import today
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix.layout import Field, Layout, Section
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import versions
from cpi1540.states.state import State
from cpi1540.states.views.asked import state_asked as state_asked
from cpi1540.states.views.asked import state_code as state_code


def version_asked(state: State) -> tuple[Version | None, bool]:
    """The version that ``?version=`` names or that was effective on ``?as-of=``, else the effective one; and
    whether one was named.
    """
    asked, day = request.args.get("version", ""), request.args.get("as-of", "")
    if asked:
        number = whole_number(asked)
        if number is None:
            raise NotFound(
                sentence("%(state)s has no version %(version)s.", state=state.code, version=printable(asked))
            )
        return versions.find(state, number, current_actor()), True
    on = as_of_asked()
    return versions.effective([state], on or today()).get(state.code), bool(day)


def as_of_asked() -> datetime.date | None:
    """The day that ``?as-of=`` names; NotFound when it is no day."""
    return day_asked("as-of")


def day_asked(parameter: str) -> datetime.date | None:
    """The day that a parameter of the address names, if it is there; NotFound when it is no day."""
    text = request.args.get(parameter, "")
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise NotFound(sentence("%(day)s is not a date of the form YYYY-MM-DD.", day=printable(text))) from error


def section_asked(layout: Layout, code: str) -> Section:
    """The section of that code; NotFound when the layout has none."""
    try:
        return layout.section(code)
    except KeyError as error:
        raise NotFound(sentence("A matrix has no section %(section)s.", section=printable(code))) from error


def field_asked(layout: Layout, key: str) -> Field:
    """The field of that key; NotFound when the layout has none."""
    try:
        return layout.field(key)
    except KeyError as error:
        raise NotFound(sentence("A matrix has no field %(field)s.", field=printable(key))) from error


def revision_in(text: str) -> int:
    """The revision that a form carries; one that no field ever had when it is no number."""
    read = whole_number(text)
    return -1 if read is None else read

"""How people write the names of what offers speak of."""

from collections.abc import Mapping

from cpi1540.foundation.search_text import normalise
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names


def spelled_places(*, practice: bool) -> Mapping[str, str]:
    """Every spelling (normalised) of the States of a record and of the regional groups -> its code."""
    found: dict[str, str] = {}
    for code, names in group_names().items():
        for told in (code, *names.values()):
            found.setdefault(normalise(told), code)
    for state in states.states(practice=practice):
        for told in (state.code, *state.names.values(), state.formal_name):
            found.setdefault(normalise(told), state.code)
    return found

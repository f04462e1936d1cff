"""How pages, files and packs name who asks."""

from collections.abc import Iterable, Mapping

from cpi1540.assistance.requests.request import Requester
from cpi1540.foundation.languages import listed, name
from cpi1540.states import service as states


def requester_names(requesters: Iterable[Requester]) -> dict[Requester, str]:
    """Who asks, in the reader's language, organizations by the name recorded; two queries however many."""
    known = {state.code: name(state.names) for practice in (False, True) for state in states.states(practice=practice)}
    return {each: _name(each, known) for each in set(requesters)}


def requester_name(requester: Requester) -> str:
    """Who asks, for one request."""
    return _name(requester, {code: name(states.find(code).names) for code in requester.states})


def _name(requester: Requester, known: Mapping[str, str]) -> str:
    return listed(
        [*(known[code] for code in requester.states), *([requester.organization] if requester.organization else [])]
    )

"""How pages and files name a request: who asks, and the address of its page."""

from collections.abc import Iterable, Mapping

from flask import current_app

from cpi1540.assistance.requests.request import Requester
from cpi1540.foundation.addresses import url
from cpi1540.foundation.languages import listed, name
from cpi1540.states import service as states

PAGE = "requests.one"


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


def request_address(identifier: str) -> str:
    """The path of the request's page, "" where this installation has none."""
    return url(PAGE, request_id=identifier) if PAGE in current_app.view_functions else ""

"""What an address asks for: a State of the record, a regional group, a kind of commitment, one of several choices."""

from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from flask import g, request

from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.states import service as states
from cpi1540.states.commitment_kind import KINDS, CommitmentKind
from cpi1540.states.groups import GROUPS
from cpi1540.states.state import State

Choice = TypeVar("Choice", bound=StrEnum)


def state_code(state: str, **_values: object) -> str:
    """The code in the address, for the question whether the actor may; whether there is such a State comes after."""
    return state.upper()


def state_asked(code: str) -> State:
    """The State of the record the page is in; NotFound when there is none."""
    return states.find(code, practice=g.record == PRACTICE)


def group_asked() -> str | None:
    """The regional group that ``?group=`` names, if any; NotFound when there is none of that name."""
    group = request.args.get("group") or None
    if group is not None and group not in GROUPS:
        raise NotFound(sentence("There is no regional group %(group)s.", group=printable(group)))
    return group


def kind_asked() -> CommitmentKind | None:
    """The kind of commitment that ``?kind=`` names, if any; NotFound when there is none of that code."""
    code = request.args.get("kind") or None
    if code is not None and code not in KINDS:
        raise NotFound(sentence("There is no kind of commitment %(kind)s.", kind=printable(code)))
    return KINDS[code] if code else None


def choice_asked(kind: type[Choice], part: str) -> Choice | None:
    """The filter of a list that the address names under ``part``, if any; NotFound for one that the list has not."""
    found = among_asked(part, list(kind))
    return kind(found) if found else None


def among_asked(part: str, known: Collection[str]) -> str | None:
    """What the address names under ``part``, if anything; NotFound unless it is one of those known."""
    found = request.args.get(part) or None
    if found is not None and found not in known:
        raise no_such_filter(found)
    return found


def no_such_filter(text: str) -> NotFound:
    """The answer to a filter that a list has not."""
    return NotFound(sentence("The list has no filter %(filter)s.", filter=printable(text)[:40]))

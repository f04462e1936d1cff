"""What the pages of people share: starting a browser's session, and words for scopes."""

from dataclasses import dataclass

from flask import g, session

from cpi1540.foundation.languages import name, say, sorted_by_name
from cpi1540.foundation.messages import sentence
from cpi1540.people.service import sessions
from cpi1540.people.service.directory import EVERYWHERE
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names


def begin(token: str) -> None:
    """Make this browser the one of that session; nothing of an earlier one is left, its form token neither."""
    session.clear()
    g.pop("csrf_token", None)
    session["token"] = token
    g.actor = sessions.actor_of(token)


def safe(address: str) -> bool:
    """Whether it is a path of ours: browsers drop tabs and line ends, and read a backslash as a slash."""
    return address.isprintable() and address.startswith("/") and not address.startswith("//") and "\\" not in address


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes there are, with their names in the reader's language, and those to choose from in groups."""

    names: dict[str, str]
    choices: dict[str, list[tuple[str, str]]]


def scopes() -> Scopes:
    """Every State, the regional groups, the States of both records."""
    whole = [(EVERYWHERE, say(sentence("every State")))]
    groups = [(code, name(names)) for code, names in group_names().items()]
    records = [
        [(state.code, name(state.names)) for state in sorted_by_name(listed, lambda state: state.sort_names)]
        for listed in (states.states(practice=False), states.states(practice=True))
    ]
    choices = {
        "": whole,
        say(sentence("Regional groups")): groups,
        say(sentence("Member States")): records[0],
        say(sentence("Practice record")): records[1],
    }
    return Scopes(
        {code: title for listed in choices.values() for code, title in listed},
        {label: listed for label, listed in choices.items() if listed},
    )

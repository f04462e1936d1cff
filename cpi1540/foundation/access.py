"""One question for every permission: may this actor do this, to that?

Wings name their actions and the rule for each; ``app.py`` registers them. A view carries the action it
needs (``requires``), so that a test can read it; services ask again (``ensure``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import g, redirect, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.errors import NotAllowed
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import N_, Sentence, sentence


class Role(StrEnum):
    """What a person is in the office, or to it."""

    DESK_OFFICER = "desk-officer"
    REVIEWER = "reviewer"
    FOCAL_POINT = "focal-point"
    COORDINATOR = "coordinator"
    PROVIDER_CONTACT = "provider-contact"
    BRIEFER = "briefer"
    ADMINISTRATOR = "administrator"


OFFICE = frozenset({Role.DESK_OFFICER, Role.REVIEWER, Role.COORDINATOR, Role.BRIEFER, Role.ADMINISTRATOR})

ROLE_NAMES = {
    Role.DESK_OFFICER: N_("desk officer"),
    Role.REVIEWER: N_("reviewer"),
    Role.FOCAL_POINT: N_("focal point of a State"),
    Role.COORDINATOR: N_("assistance coordinator"),
    Role.PROVIDER_CONTACT: N_("provider contact"),
    Role.BRIEFER: N_("briefer"),
    Role.ADMINISTRATOR: N_("administrator"),
}

ROLE_TASKS = {
    Role.DESK_OFFICER: N_("Keeps the matrices of some States"),
    Role.REVIEWER: N_("Checks drafts, records agreement and approval"),
    Role.FOCAL_POINT: N_("Comments on the own State’s draft, from outside the office"),
    Role.COORDINATOR: N_("Registers requests and offers, and matches them"),
    Role.PROVIDER_CONTACT: N_("Keeps the own programmes of assistance, from outside the office"),
    Role.BRIEFER: N_("Makes charts and papers for the Committee"),
    Role.ADMINISTRATOR: N_("Looks after people, layouts and settings"),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role and where it is held: the codes of States, None for every State of both records."""

    role: Role
    states: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``id`` is opaque and stands in the audit; "system" is the command line and the loader."""

    id: str
    name: str
    grants: frozenset[Grant] = frozenset()
    demo: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the actor holds, wherever."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def of_the_office(self) -> bool:
        """Whether the actor belongs to the office that keeps the record."""
        return bool(self.roles & OFFICE)

    def holds(self, role: Role, state: object = None) -> bool:
        """Whether the actor holds ``role`` for that State (its code); without a State, wherever."""
        return any(
            grant.role is role and (state is None or grant.states is None or state in grant.states)
            for grant in self.grants
        )


NOBODY = Actor("nobody", "")
SYSTEM = Actor("system", "system", frozenset({Grant(Role.ADMINISTRATOR)}))

Rule = Callable[[Actor, Any], bool]
SIGNED_OUT = sentence("You are not signed in any more. Nothing was saved yet: sign in, and send it again.")
ASK = sentence("You may not do this. Ask an administrator of the office.")


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person may or may not do, with the rule that decides and the sentence for a refusal."""

    name: str
    rule: Rule
    refusal: Sentence = ASK


_actions: dict[str, Action] = {}


def register(*actions: Action) -> None:
    """Make the actions of a wing known; ``app.py`` calls it once for each wing."""
    for action in actions:
        _actions[action.name] = action


def registered() -> dict[str, Action]:
    """Every known action, by name."""
    return dict(_actions)


def can(actor: Actor, action: Action, subject: object = None) -> bool:
    """Whether ``actor`` may do ``action`` to ``subject``."""
    return action.rule(actor, subject)


def ensure(actor: Actor, action: Action, subject: object = None) -> None:
    """Raise NotAllowed unless ``actor`` may do ``action`` to ``subject``."""
    if not can(actor, action, subject):
        raise NotAllowed(action.refusal)


def current_actor() -> Actor:
    """Who is signed in on this request; NOBODY when nobody is."""
    actor: Actor = g.get("actor", NOBODY)
    return actor


def sign_in_first() -> ResponseReturnValue:
    """The answer to nobody who asks for more than the public may.

    A page leads to the sign-in; a form comes back in it and waits there; a script gets 401 and a sentence.
    """
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return {"error": "signed-out", "sentence": say(SIGNED_OUT)}, 401
    if request.method in ("GET", "HEAD"):
        return redirect(g.sign_in_address(request.full_path.rstrip("?")))
    page: ResponseReturnValue = g.sign_in_page()
    return page


View = Callable[..., ResponseReturnValue]


def public(view: View) -> View:
    """Mark a view that anybody may open; what it shows is still narrowed by handling."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def requires(action: Action, subject: Callable[..., object] | None = None) -> Callable[[View], View]:
    """Mark a view with the action it needs; ``subject`` finds, from the address, what it is done to."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
            actor = current_actor()
            allowed = can(actor, action, subject(**values) if subject else None)
            if not allowed and actor is NOBODY:
                return sign_in_first()
            if not allowed:
                raise NotAllowed(action.refusal)
            return view(*args, **values)

        guarded.access = action.name  # type: ignore[attr-defined]
        return guarded

    return mark


SIGNED_IN = Action("signed-in", lambda actor, _subject: actor is not NOBODY)

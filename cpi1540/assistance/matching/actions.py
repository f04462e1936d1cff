"""What people may do with matches: see them, and change what the factors weigh."""

from cpi1540.foundation.access import Action, Actor, Role
from cpi1540.foundation.messages import sentence


def coordinates_anywhere(actor: Actor) -> bool:
    """Whether the actor is a coordinator for some State, or an administrator."""
    return actor.holds(Role.COORDINATOR) or actor.holds(Role.ADMINISTRATOR)


READ_MATCHES = Action(
    "assistance.match",
    lambda actor, _subject: actor.of_the_office,
    sentence("Matches and plans are for the office. Ask an assistance coordinator."),
)
EDIT_WEIGHTS = Action(
    "assistance.match-weights",
    lambda actor, _subject: coordinates_anywhere(actor),
    sentence("Only an assistance coordinator or an administrator may change what the factors of a match weigh."),
)
ACTIONS = (READ_MATCHES, EDIT_WEIGHTS)

"""What people may do with accounts."""

from cpi1540.foundation.access import Action, Role
from cpi1540.foundation.messages import sentence

MANAGE_PEOPLE = Action(
    "people.manage",
    lambda actor, _subject: actor.holds(Role.ADMINISTRATOR),
    sentence("Only an administrator of the office may look after people and their roles."),
)

ACTIONS = (MANAGE_PEOPLE,)

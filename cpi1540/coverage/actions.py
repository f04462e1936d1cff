"""What people may do with profiles and lenses, and who sees States beside each other."""

from cpi1540.foundation.access import Action, Role
from cpi1540.foundation.messages import sentence

EDIT_PROFILES = Action(
    "profiles.edit",
    lambda actor, _subject: actor.holds(Role.REVIEWER) or actor.holds(Role.ADMINISTRATOR),
    sentence("Only a reviewer or an administrator of the office may change a profile of weights."),
)
EDIT_LENSES = Action(
    "lenses.edit",
    lambda actor, _subject: actor.holds(Role.REVIEWER) or actor.holds(Role.ADMINISTRATOR),
    sentence("Only a reviewer or an administrator of the office may change the office’s lenses."),
)
SEE_STATES_BEHIND = Action(
    "coverage.see-states",
    lambda actor, _subject: actor.of_the_office,
    sentence("Only the office sees which States stand behind a count, and States beside each other."),
)

ACTIONS = (EDIT_PROFILES, EDIT_LENSES, SEE_STATES_BEHIND)

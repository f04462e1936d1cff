"""What people may do at the desk."""

from cpi1540.foundation.access import Action, Role
from cpi1540.foundation.messages import sentence

HISTORY_READ = Action(
    "history.read",
    lambda actor, state: state is not None and actor.of_the_office,
    sentence("Only the office reads the history of a State."),
)
HISTORY_READ_ALL = Action(
    "history.read-all",
    lambda actor, _subject: actor.holds(Role.ADMINISTRATOR),
    sentence("Only an administrator of the office reads the whole history."),
)

ACTIONS = (HISTORY_READ, HISTORY_READ_ALL)

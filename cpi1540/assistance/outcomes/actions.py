"""What people may do with matches. Whose match it is, is asked again of each one by ``side_of``."""

from cpi1540.foundation.access import Action, Role
from cpi1540.foundation.messages import sentence

READ_OUTCOMES = Action(
    "assistance.outcomes",
    lambda actor, _subject: actor.of_the_office,
    sentence("Only the office may read this. Ask an administrator of the office."),
)
ANSWER_NEEDS = Action(
    "assistance.answer",
    lambda actor, _subject: actor.holds(Role.PROVIDER_CONTACT),
    sentence("Only the contact of a provider may answer needs in its name."),
)
ACTIONS = (READ_OUTCOMES, ANSWER_NEEDS)

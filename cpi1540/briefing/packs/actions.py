"""What people may do with briefing packs."""

from cpi1540.foundation.access import Action, Role
from cpi1540.foundation.messages import sentence

MAKE_PACKS = Action(
    "briefing.packs",
    lambda actor, _subject: actor.of_the_office,
    sentence("Only the office makes briefing packs. Ask an administrator of the office."),
)
CHANGE_PACK_TEMPLATES = Action(
    "briefing.pack-templates",
    lambda actor, _subject: actor.holds(Role.ADMINISTRATOR),
    sentence("Only an administrator of the office may change the slide master and the Word template."),
)

ACTIONS = (MAKE_PACKS, CHANGE_PACK_TEMPLATES)

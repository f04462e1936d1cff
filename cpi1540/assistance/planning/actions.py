"""What people may do with plans: decide on pairs, say what a need takes, keep a plan."""

from cpi1540.assistance.actions import coordinates
from cpi1540.foundation.access import Action
from cpi1540.foundation.messages import sentence

DECIDE_PLAN = Action(
    "assistance.plan",
    coordinates,
    sentence("Only an assistance coordinator may decide on pairs, say what a need takes, or keep a plan."),
)
ACTIONS = (DECIDE_PLAN,)

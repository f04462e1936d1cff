"""What people may do with what is recorded of States."""

from cpi1540.foundation.access import Action, Role
from cpi1540.foundation.messages import sentence

# Without a State: whether the person keeps the register of any, and so may open a file of several.
RECORD_COMMITMENTS = Action(
    "commitments.record",
    lambda actor, state: actor.holds(Role.DESK_OFFICER, state),
    sentence("Only a desk officer of this State keeps its commitments. Ask an administrator of the office."),
)

ACTIONS = (RECORD_COMMITMENTS,)

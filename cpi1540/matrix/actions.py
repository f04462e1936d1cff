"""What people may do with matrices."""

from collections.abc import Callable

from cpi1540.foundation.access import Action, Actor, Role
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.record import Handling, Status, Version


def may_read(actor: Actor, version: Version) -> bool:
    """Whether ``actor`` may read that version: public ones everybody, others the office, and the State's own
    focal point once the draft is with the State, unless it is internal.
    """
    if version.handling is Handling.PUBLIC or actor.of_the_office:
        return True
    if version.handling is Handling.INTERNAL or version.status in NOT_SHARED:
        return False
    return actor.holds(Role.FOCAL_POINT, version.state)


def _of_state(*roles: Role) -> Callable[[Actor, object], bool]:
    """Whether the actor holds one of ``roles`` for the State named."""
    return lambda actor, state: state is not None and any(actor.holds(role, state) for role in roles)


# Working copies that the office has not sent to the State yet.
NOT_SHARED = (Status.DRAFT, Status.IN_REVIEW)
READ_VERSION = Action("matrix.read", lambda actor, version: isinstance(version, Version) and may_read(actor, version))
EDIT_MATRIX = Action(
    "matrix.edit",
    _of_state(Role.DESK_OFFICER),
    sentence("Only a desk officer of this State may change its draft. Ask an administrator of the office."),
)
REVIEW_MATRIX = Action(
    "matrix.review",
    _of_state(Role.REVIEWER),
    sentence("Only a reviewer of this State may do this. Ask an administrator of the office."),
)
WORK_ON_MATRIX = Action(
    "matrix.work",
    _of_state(Role.DESK_OFFICER, Role.REVIEWER),
    sentence("Only a desk officer or a reviewer of this State may do this. Ask an administrator of the office."),
)
ANSWER_STATE = Action(
    "matrix.answer",
    _of_state(Role.DESK_OFFICER, Role.REVIEWER),
    sentence("Only a desk officer or a reviewer of this State may answer its proposals."),
)
PROPOSE = Action(
    "matrix.propose",
    _of_state(Role.FOCAL_POINT),
    sentence("Only the focal point of this State may propose changes to its draft."),
)
TAKE_PART = Action(
    "matrix.take-part",
    lambda actor, state: state is not None and (actor.of_the_office or actor.holds(Role.FOCAL_POINT, state)),
)
LOAD_LAYOUT = Action("matrix.load-layout", lambda actor, _subject: actor.holds(Role.ADMINISTRATOR))

ACTIONS = (
    READ_VERSION,
    EDIT_MATRIX,
    REVIEW_MATRIX,
    WORK_ON_MATRIX,
    ANSWER_STATE,
    PROPOSE,
    TAKE_PART,
    LOAD_LAYOUT,
)

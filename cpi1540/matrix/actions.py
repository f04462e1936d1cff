"""What people may do with matrices."""

from cpi1540.foundation.access import Action, Actor, Role
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.record import Handling, Version


def may_read(actor: Actor, version: Version) -> bool:
    """Whether ``actor`` may read that version: public ones everybody, others the office, and the
    State's own focal point unless the version is internal.
    """
    if version.handling is Handling.PUBLIC or actor.of_the_office:
        return True
    if version.handling is Handling.INTERNAL:
        return False
    return actor.holds(Role.FOCAL_POINT, version.state)


READ_VERSION = Action("matrix.read", lambda actor, version: isinstance(version, Version) and may_read(actor, version))
EDIT_MATRIX = Action(
    "matrix.edit",
    lambda actor, state: state is not None and actor.holds(Role.DESK_OFFICER, state),
    sentence("Only a desk officer of this State may change its draft. Ask an administrator of the office."),
)
LOAD_LAYOUT = Action("matrix.load-layout", lambda actor, _subject: actor.holds(Role.ADMINISTRATOR))

ACTIONS = (READ_VERSION, EDIT_MATRIX, LOAD_LAYOUT)

"""What people may do with requests for assistance."""

from cpi1540.assistance.requests.request import Consent, Request, Requester, Status
from cpi1540.foundation.access import Action, Actor, Role
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.record import Handling


def coordinates(actor: Actor, subject: object = None) -> bool:
    """Whether the actor is a coordinator for that requester or that State's code; without one, for any.

    An organization's request in the members' record is one for coordinators of every State.
    """
    if not isinstance(subject, Requester):
        return actor.holds(Role.COORDINATOR, subject)
    if subject.states:
        return all(actor.holds(Role.COORDINATOR, state) for state in subject.states)
    grants = [grant for grant in actor.grants if grant.role is Role.COORDINATOR]
    return any(grant.states is None for grant in grants) or (subject.practice and bool(grants))


def may_read(actor: Actor, request: object) -> bool:
    """Whether the actor may read a request: the office every one, others what is public, and the focal point of
    a State that asks everything but internal ones.

    Public are historical requests, and those whose requester agreed to publication, when they are handled so.
    """
    if not isinstance(request, Request):
        return False
    if actor.of_the_office:
        return True
    values = request.values
    if values.handling is Handling.PUBLIC and (request.status is Status.HISTORICAL or values.consent is Consent.YES):
        return True
    own = any(actor.holds(Role.FOCAL_POINT, state) for state in values.requester.states)
    return own and values.handling is not Handling.INTERNAL


READ_REQUEST = Action("assistance.read", may_read)
REGISTER_REQUEST = Action(
    "assistance.register",
    coordinates,
    sentence("Only an assistance coordinator may do this. Ask an administrator of the office."),
)
SUBMIT_REQUEST = Action(
    "assistance.submit",
    lambda actor, state: state is not None and actor.holds(Role.FOCAL_POINT, state),
    sentence("Only the focal point of this State may submit a request in its name."),
)
LOAD_HOLIDAYS = Action(
    "assistance.holidays",
    lambda actor, _subject: actor.holds(Role.COORDINATOR) or actor.holds(Role.ADMINISTRATOR),
    sentence("Only an assistance coordinator or an administrator may load holidays."),
)
WRITE_LETTERS = Action(
    "assistance.letters",
    coordinates,
    sentence("Only an assistance coordinator may write letters about a request."),
)
READ_LETTERS = Action("assistance.read-letters", lambda actor, _subject: actor.of_the_office)
EDIT_LETTER_TEMPLATES = Action(
    "assistance.letter-templates",
    lambda actor, _subject: actor.holds(Role.COORDINATOR) or actor.holds(Role.ADMINISTRATOR),
    sentence("Only an assistance coordinator or an administrator may change the texts of letters."),
)

ACTIONS = (
    READ_REQUEST,
    REGISTER_REQUEST,
    SUBMIT_REQUEST,
    LOAD_HOLIDAYS,
    WRITE_LETTERS,
    READ_LETTERS,
    EDIT_LETTER_TEMPLATES,
)

"""What people may do with providers and their offers."""

from cpi1540.assistance.offers.offer import Provider
from cpi1540.foundation.access import NOBODY, SYSTEM, Action, Actor, Role
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.record import Handling


def keeps(actor: Actor, provider: object = None) -> bool:
    """Whether the actor keeps the programmes of a provider: coordinators those of every one, others of their own.

    So does the one who loads the record.
    """
    if actor.holds(Role.COORDINATOR) or actor == SYSTEM:
        return True
    return isinstance(provider, Provider) and actor.holds(Role.PROVIDER_CONTACT) and actor.id in provider.people


def readable_handlings(actor: Actor) -> tuple[Handling, ...]:
    """How a provider or an offer may be handled for the actor to read it, where it is not the actor's own."""
    if actor.of_the_office:
        return tuple(Handling)
    return (Handling.PUBLIC,) if actor is NOBODY else (Handling.PUBLIC, Handling.STATES)


REGISTER_PROVIDERS = Action(
    "assistance.providers",
    lambda actor, _subject: keeps(actor),
    sentence("Only an assistance coordinator may do this. Ask an administrator of the office."),
)
KEEP_OFFERS = Action(
    "assistance.offers",
    keeps,
    sentence("Only an assistance coordinator, or a contact of this provider, may do this."),
)
IMPORT_OFFERS = Action(
    "assistance.import-offers",
    lambda actor, _subject: keeps(actor),
    sentence("Only an assistance coordinator may load offers from a file."),
)

ACTIONS = (REGISTER_PROVIDERS, KEEP_OFFERS, IMPORT_OFFERS)

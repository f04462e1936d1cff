"""The invented providers and their offers written into the practice record."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.offers.service import offers, providers, reading
from cpi1540.assistance.procedure.service import calendar
from cpi1540.desk.practice import assistance_offers
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import now
from cpi1540.matrix.layout import Layout
from cpi1540.people.service import directory

SHOWN = "shown"  # the code by which the provider that the demonstration's provider contact keeps is found again
REGISTERED_BEFORE = datetime.timedelta(days=420)
# One in so many offers was extended after it had run out, one in so many was withdrawn for a while; before today.
_EXTENDED_EVERY, _PAUSED_EVERY = 3, 10
_EXTENDED_BEFORE, _EXTENDED_AGAIN = datetime.timedelta(days=250), datetime.timedelta(days=90)
_PAUSED_BEFORE, _RESUMED_BEFORE = datetime.timedelta(days=390), datetime.timedelta(days=150)


def load(folder: Path, states: Sequence[PracticeState], layout: Layout, seed: int) -> None:
    """Write the providers and offers of the practice record; belongs to the caller's transaction."""
    texts = assistance_offers.read_texts(folder)
    at = now() - REGISTERED_BEFORE
    made = []
    for drawn in assistance_offers.providers(states, layout, texts, calendar.today(), seed):
        code = SHOWN if drawn.shown else None
        provider = providers.register(drawn.provider, SYSTEM, practice=True, code=code, at=at)
        made += [replace(offer, provider=provider) for offer in drawn.offers]
    numbers = offers.register_all([_at_first(place, offer) for place, offer in enumerate(made)], SYSTEM, at=at)
    for place, (identifier, offer) in enumerate(zip(numbers, made, strict=True)):
        _go_on(identifier, place, offer)
    give_to_demo_contact()


def _at_first(place: int, offer: Offer) -> Offer:
    """The offer as it was registered: some that ran out were extended since."""
    if place % _EXTENDED_EVERY == 1 and offer.valid_to is not None and offer.valid_to > calendar.today():
        first = calendar.today() - _EXTENDED_BEFORE
        if offer.valid_from is None or offer.valid_from < first:
            return replace(offer, valid_to=first)
    return offer


def _go_on(identifier: str, place: int, offer: Offer) -> None:
    """What became of it: extended, or withdrawn for a while."""
    recorded = reading.find_offer(identifier, SYSTEM)
    today = calendar.today()
    if recorded.valid_to != offer.valid_to:
        offers.change(identifier, offer, SYSTEM, revision=recorded.revision, on=today - _EXTENDED_AGAIN)
    elif place % _PAUSED_EVERY == 0:
        offers.withdraw(identifier, SYSTEM, reason="No trainer until further notice.", on=today - _PAUSED_BEFORE)
        offers.resume(identifier, SYSTEM, on=today - _RESUMED_BEFORE)


def give_to_demo_contact() -> None:
    """Let the demonstration's provider contact keep its provider, when there are both; again changes nothing."""
    shown = providers.of_code(SHOWN, practice=True)
    for person in directory.actors_named([Role.PROVIDER_CONTACT.value]) if shown else ():
        providers.give_to(shown or "", person, SYSTEM)

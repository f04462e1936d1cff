"""The invented providers and their offers written into the practice record."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cpi1540.assistance.offers.service import offers, providers
from cpi1540.assistance.procedure.service import calendar
from cpi1540.desk.practice import assistance_offers
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import now
from cpi1540.matrix.layout import Layout
from cpi1540.people.service import directory

SHOWN = "shown"  # the code by which the provider that the demonstration's provider contact keeps is found again
REGISTERED_BEFORE = datetime.timedelta(days=420)


def load(folder: Path, states: Sequence[PracticeState], layout: Layout, seed: int) -> None:
    """Write the providers and offers of the practice record; belongs to the caller's transaction."""
    texts = assistance_offers.read_texts(folder)
    at = now() - REGISTERED_BEFORE
    made = []
    for drawn in assistance_offers.providers(states, layout, texts, calendar.today(), seed):
        code = SHOWN if drawn.shown else None
        provider = providers.register(drawn.provider, SYSTEM, practice=True, code=code, at=at)
        made += [replace(offer, provider=provider) for offer in drawn.offers]
    offers.register_all(made, SYSTEM, at=at)
    give_to_demo_contact()


def give_to_demo_contact() -> None:
    """Let the demonstration's provider contact keep its provider, when there are both; again changes nothing."""
    shown = providers.of_code(SHOWN, practice=True)
    for person in directory.actors_named([Role.PROVIDER_CONTACT.value]) if shown else ():
        providers.give_to(shown or "", person, SYSTEM)

"""Persons with accounts, made quickly, and a clock that can be moved, for tests of sign-in and roles."""

import datetime
from collections.abc import Callable, Iterator
from functools import cache

import pytest
import time_machine
from sqlalchemy import update

from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import transaction
from cpi1540.people import passwords
from cpi1540.people.service import invitations, sessions
from cpi1540.people.tables import PersonRow

LONG = "seven lamps, one window"


@cache
def hash_of(password: str) -> str:
    """One hash of a password for all the persons of a run: making one takes long."""
    return passwords.hashed(password)


def make(sign_in_name: str, *roles: Role | tuple[Role, str], password: str = LONG) -> str:
    """A person with these roles (everywhere, or in a scope); returns the actor id."""
    grants = [each if isinstance(each, tuple) else (each, "all") for each in roles]
    kept = hash_of(password) if password else ""
    with transaction() as session:
        link = invitations.invite(sign_in_name, sign_in_name.title(), grants, SYSTEM)
        session.execute(update(PersonRow).where(PersonRow.actor == link.actor).values(password_hash=kept))
    return link.actor


def sign_in(sign_in_name: str, password: str) -> str | None:
    """Sign in as the page does: the password first, then the transaction."""
    proof = sessions.prove(sign_in_name, password)
    with transaction():
        return sessions.sign_in(proof)


@pytest.fixture
def moved() -> Iterator[Callable[[datetime.timedelta], None]]:
    """Move the clock forward, counted from the start of the test."""
    start = datetime.datetime.now(datetime.UTC)
    with time_machine.travel(start, tick=True) as traveller:
        yield lambda by: traveller.move_to(start + by)

"""Who asks for packs in these tests."""

from collections.abc import Iterator

import pytest
from flask import Flask
from people_of_tests import make

from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db
from cpi1540.people.service import directory


@pytest.fixture
def briefer(practice_app: Flask) -> Iterator[Actor]:
    """A briefer, in the practice record's application."""
    with practice_app.app_context():
        found = directory.acting(make("ben", Role.BRIEFER))
        assert found is not None
        yield found
        db.session.remove()

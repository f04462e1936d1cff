"""Profiles kept: versions follow each other, old ones stay, only some may make them."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.service import profiles
from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale

REVIEWER = Actor("reviewer", "R", frozenset({Grant(Role.REVIEWER)}))
BRIEFER = Actor("briefer", "B", frozenset({Grant(Role.BRIEFER)}))
FINANCE = Profile("finance-first", 1, 0.4, {"op2": 2.0}, {"op2.finance": 3.0}, {}, {}, 20.0, ("no-nuclear-material",))


def keep(profile: Profile, after: int, by: Actor = REVIEWER) -> Profile:
    with transaction():
        return profiles.keep(profile, after=after, reason="tried", language="en", by=by)


def test_versions_follow_each_other_and_old_ones_stay(app: Flask) -> None:
    with app.app_context():
        assert keep(FINANCE, 0) == FINANCE
        second = keep(replace(FINANCE, min_reviewed=0.6), 1)
        assert second.label == "finance-first/2"
        assert profiles.named("finance-first") == second
        assert profiles.named("finance-first/1") == FINANCE
        assert [kept.profile.label for kept in profiles.newest()] == ["equal/1", "finance-first/2"]
        with pytest.raises(Stale, match="Version 2"):
            keep(FINANCE, 1)
        with pytest.raises(DomainError, match="stay as they are"):
            keep(replace(EQUAL), 1)
        with pytest.raises(NotAllowed):
            keep(FINANCE, 2, BRIEFER)
        assert [kept.profile.version for kept in profiles.versions_of("finance-first")] == [2, 1]
        with pytest.raises(NotFound, match="equal, finance-first"):
            profiles.named("finance-first/7")


def test_a_version_never_changes_in_the_database_either(app: Flask) -> None:
    with app.app_context():
        keep(FINANCE, 0)
        for statement in ("UPDATE weight_profile SET reason = 'other'", "DELETE FROM weight_profile"):
            with pytest.raises(DatabaseError, match="never changes"), transaction():
                db.session.connection().exec_driver_sql(statement)

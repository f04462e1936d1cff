"""Signing in and out, idleness, age, locked accounts, the accounts of the demonstration."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from people_of_tests import LONG, make, moved, sign_in  # noqa: F401

from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, SYSTEM, Role
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.people.service import accounts, demo, sessions

Move = Callable[[datetime.timedelta], None]


def continue_as(role: Role) -> str:
    with transaction():
        return sessions.continue_as(role)


def test_each_demo_role_signs_in_with_its_password(app: Flask) -> None:
    with app.app_context():
        made = demo.new_passwords()
        with transaction():
            demo.make_demo_accounts(made)
        for account in made:
            token = sign_in(account.sign_in_name, account.password)
            assert token is not None
            assert sessions.actor_of(token).roles == {account.role}
        assert audit.first_break() is None


def test_the_demonstration_never_touches_a_real_account(app: Flask) -> None:
    with app.app_context():
        with transaction():
            accounts.make_person("real", "Somebody", "hash")
        made = [demo.DemoAccount(Role.REVIEWER, "real", "x", "other hash")]
        with pytest.raises(DomainError, match="The account real is a real one"), transaction():
            demo.make_demo_accounts(made)
        assert accounts.account_named("real", SYSTEM).demo is False
        assert sessions.prove("real", "x").held_against == "hash"


def test_a_wrong_password_and_an_unknown_name_come_to_the_same(app: Flask) -> None:
    with app.app_context():
        assert sign_in("reviewer", "wrong") is None
        assert sign_in("nobody-here", "wrong") is None
        make("invited", Role.BRIEFER, password="")
        assert sign_in("invited", "") is None


def test_after_eight_wrong_passwords_the_account_waits(app: Flask, moved: Move) -> None:  # noqa: F811
    with app.app_context():
        make("eight", Role.REVIEWER)
        for _attempt in range(sessions.ATTEMPTS - 1):
            assert sign_in("eight", "wrong") is None
        assert accounts.account_named("eight", SYSTEM).standing == "active"
        right_before = sessions.prove("eight", LONG)
        assert sign_in("eight", "wrong") is None
        assert accounts.account_named("eight", SYSTEM).standing == "locked"
        assert sign_in("eight", LONG) is None
        with transaction():  # proved before the wait began, admitted after: refused
            assert sessions.sign_in(right_before) is None
        moved(sessions.LOCKED_FOR + datetime.timedelta(minutes=1))
        token = sign_in("eight", LONG)
        assert token is not None
        assert sessions.actor_of(token).roles == {Role.REVIEWER}


def test_a_password_changed_meanwhile_does_not_admit(app: Flask) -> None:
    with app.app_context():
        make("changed", Role.REVIEWER)
        proof = sessions.prove("changed", LONG)
        assert proof.right
        kept = accounts.new_password("changed", LONG + "!")
        with transaction():
            accounts.keep_password(proof.person or 0, kept)
        with transaction():
            assert sessions.sign_in(proof) is None


def test_a_session_ends_by_signing_out_by_idleness_and_by_age(app: Flask, moved: Move) -> None:  # noqa: F811
    with app.app_context():
        token = continue_as(Role.BRIEFER)
        actor = sessions.actor_of(token)
        assert actor.roles == {Role.BRIEFER}
        with transaction():
            sessions.sign_out(token, actor)
        assert sessions.actor_of(token) is NOBODY

        token = continue_as(Role.BRIEFER)
        moved(sessions.IDLE - datetime.timedelta(minutes=1))
        found = sessions.session_of(token)
        assert found is not None
        assert found.note_seen
        with transaction():
            sessions.note_seen(token)
        moved(2 * sessions.IDLE - datetime.timedelta(minutes=2))
        assert sessions.actor_of(token) is not NOBODY
        moved(4 * sessions.IDLE)
        assert sessions.actor_of(token) is NOBODY

        moved(datetime.timedelta())
        token = continue_as(Role.BRIEFER)
        for hours in range(1, 12):
            moved(datetime.timedelta(hours=hours))
            assert sessions.actor_of(token) is not NOBODY
            with transaction():
                sessions.note_seen(token)
        moved(sessions.ABSOLUTE + datetime.timedelta(minutes=1))
        assert sessions.actor_of(token) is NOBODY


def test_without_demo_accounts_nobody_continues_as_a_role(tmp_path: Path) -> None:
    from installed import close, make_app

    from cpi1540.foundation import upgrades

    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with app.app_context():
        upgrades.upgrade()
        with pytest.raises(NotFound):
            continue_as(Role.ADMINISTRATOR)
    close(app)

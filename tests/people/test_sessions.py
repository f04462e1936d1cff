"""Signing in and out, idleness, age, locked accounts."""

import datetime

import pytest
from flask import Flask

from cpi1540.foundation import audit
from cpi1540.foundation import database as clock
from cpi1540.foundation.access import NOBODY, Role
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.people import service


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Move the service's clock forward."""

    def move(by: datetime.timedelta) -> None:
        monkeypatch.setattr(service, "now", lambda: clock.now() + by)

    return move


def test_each_demo_role_signs_in_with_its_password(app: Flask) -> None:
    with app.app_context():
        for account in service.make_demo_accounts():
            token = service.sign_in(account.sign_in_name, account.password)
            assert service.actor_of(token).roles == {account.role}
        assert audit.first_break() is None


def test_a_wrong_password_and_an_unknown_name_say_the_same(app: Flask) -> None:
    with app.app_context():
        said = set()
        for name in ("reviewer", "nobody-here"):
            with pytest.raises(DomainError) as refused:
                service.sign_in(name, "wrong")
            said.add(str(refused.value))
        assert len(said) == 1


def test_after_eight_wrong_passwords_the_account_waits(app: Flask, moved) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        (account,) = [each for each in service.make_demo_accounts() if each.role is Role.REVIEWER]
        for _attempt in range(service.ATTEMPTS):
            with pytest.raises(DomainError):
                service.sign_in(account.sign_in_name, "wrong")
        with pytest.raises(DomainError):
            service.sign_in(account.sign_in_name, account.password)
        moved(service.LOCKED_FOR + datetime.timedelta(seconds=1))
        assert service.actor_of(service.sign_in(account.sign_in_name, account.password)).roles == {Role.REVIEWER}


def test_a_session_ends_by_signing_out_by_idleness_and_by_age(app: Flask, moved) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        token = service.continue_as(Role.BRIEFER)
        actor = service.actor_of(token)
        assert actor.roles == {Role.BRIEFER}
        service.sign_out(token, actor)
        assert service.actor_of(token) is NOBODY

        token = service.continue_as(Role.BRIEFER)
        moved(service.IDLE - datetime.timedelta(minutes=1))
        assert service.actor_of(token) is not NOBODY  # and is seen again at that moment
        moved(2 * service.IDLE - datetime.timedelta(minutes=2))
        assert service.actor_of(token) is not NOBODY
        moved(4 * service.IDLE)
        assert service.actor_of(token) is NOBODY


def test_without_demo_accounts_nobody_continues_as_a_role(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from installed import close, make_app

    from cpi1540.foundation import upgrades

    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with app.app_context():
        upgrades.upgrade()
        with pytest.raises(NotFound):
            service.continue_as(Role.ADMINISTRATOR)
    close(app)

"""Invitations and roles: links that open once, scopes that fit, the last administrator, what the audit keeps."""

import datetime
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from people_of_tests import LONG, hash_of, make, moved, sign_in  # noqa: F401
from sqlalchemy import select

from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, SYSTEM, Actor, Grant, Role
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.people.account import Held, Standing
from cpi1540.people.service import accounts, directory, invitations, sessions

BRIEFER = Actor("b", "b", frozenset({Grant(Role.BRIEFER)}))
Move = Callable[[datetime.timedelta], None]


def invite(sign_in_name: str, *grants: tuple[Role, str]) -> invitations.Link:
    with transaction():
        return invitations.invite(sign_in_name, "Ada Obi", grants, SYSTEM)


def use(token: str, password: str = LONG) -> str:
    kept = accounts.new_password("x", password)
    with transaction():
        return invitations.set_password(token, kept)


def test_a_link_opens_once(app: Flask) -> None:
    with app.app_context():
        link = invite(" Ada ", (Role.BRIEFER, "all"), (Role.DESK_OFFICER, "fra"))
        invited = invitations.open_invitation(link.token)
        assert (invited.actor, invited.sign_in_name, invited.name, invited.purpose) == (
            link.actor,
            "ada",
            "Ada Obi",
            "invite",
        )
        assert accounts.account(link.actor, SYSTEM).standing is Standing.INVITED
        assert accounts.account(link.actor, SYSTEM).held == (Held("briefer", "all"), Held("desk-officer", "FRA"))
        assert sessions.actor_of(use(link.token)).id == link.actor
        for again in (link.token, "unknown", ""):
            with pytest.raises(NotFound, match="This link does not open anything"):
                invitations.open_invitation(again)
            with pytest.raises(NotFound, match="This link does not open anything"):
                use(again)
        assert sign_in("ADA", LONG) is not None
        assert accounts.account(link.actor, SYSTEM).standing is Standing.ACTIVE
        assert audit.first_break() is None
        kept = db.session.scalars(select(AuditEventRow).where(AuditEventRow.action.like("person.%"))).all()
        assert [event.action for event in kept[-4:]] == [
            "person.invite",
            "person.password",
            "person.sign-in",
            "person.sign-in",
        ]
        text = str([event.changes for event in kept])
        assert "Ada" not in text
        assert "ada" not in text
        assert link.token not in text


def test_links_grow_old(app: Flask, moved: Move) -> None:  # noqa: F811
    with app.app_context():
        first = invite("seven-days", (Role.BRIEFER, "all"))
        actor = make("one-day", Role.BRIEFER)
        with transaction():
            reset = invitations.new_link(actor, SYSTEM)
        assert invitations.open_invitation(reset.token).purpose == "reset"
        moved(datetime.timedelta(hours=23))
        assert invitations.open_invitation(reset.token).actor == actor
        moved(datetime.timedelta(hours=25))
        with pytest.raises(NotFound):
            invitations.open_invitation(reset.token)
        with pytest.raises(NotFound):
            use(reset.token)
        moved(datetime.timedelta(days=6, hours=23))
        assert invitations.open_invitation(first.token).sign_in_name == "seven-days"
        moved(datetime.timedelta(days=7, minutes=1))
        with pytest.raises(NotFound):
            invitations.open_invitation(first.token)


def test_a_new_link_makes_the_earlier_void_and_its_use_ends_sessions(app: Flask) -> None:
    with app.app_context():
        actor = make("again", Role.BRIEFER)
        session = sign_in("again", LONG) or ""
        with transaction():
            first = invitations.new_link(actor, SYSTEM)
        with transaction():
            second = invitations.new_link(actor, SYSTEM)
        with pytest.raises(NotFound):
            invitations.open_invitation(first.token)
        assert sessions.actor_of(session).id == actor
        assert sessions.actor_of(use(second.token, "another long password")).id == actor
        assert sessions.actor_of(session) is NOBODY
        assert sign_in("again", LONG) is None


def test_disabling_ends_sessions_and_links(app: Flask) -> None:
    with app.app_context():
        actor = make("off", Role.BRIEFER)
        session = sign_in("off", LONG) or ""
        with transaction():
            link = invitations.new_link(actor, SYSTEM)
        with transaction():
            accounts.disable(actor, SYSTEM)
        assert sessions.actor_of(session) is NOBODY
        assert sign_in("off", LONG) is None
        assert directory.actors_named(["off"]) == set()
        with pytest.raises(DomainError, match="disabled"), transaction():
            invitations.new_link(actor, SYSTEM)
        with transaction():
            accounts.enable(actor, SYSTEM)
        with pytest.raises(NotFound):
            invitations.open_invitation(link.token)
        assert sign_in("off", LONG) is not None


def test_the_last_administrator_stays(app: Flask) -> None:
    with app.app_context():
        (first,) = [each for each in accounts.people(SYSTEM) if Held("administrator", "all") in each.held]
        for act in (
            lambda: accounts.disable(first.actor, SYSTEM),
            lambda: accounts.revoke(first.actor, Role.ADMINISTRATOR, "all", SYSTEM),
        ):
            with pytest.raises(DomainError, match="last administrator"), transaction():
                act()
        second = make("second", Role.ADMINISTRATOR)
        with transaction():
            accounts.disable(first.actor, SYSTEM)
        with pytest.raises(DomainError, match="last administrator"), transaction():
            accounts.disable(second, SYSTEM)
        with transaction():
            accounts.enable(first.actor, SYSTEM)
        with transaction():
            accounts.revoke(second, Role.ADMINISTRATOR, "all", SYSTEM)
        assert accounts.account(second, SYSTEM).held == ()


@pytest.mark.parametrize(
    ("role", "scope", "said"),
    [
        (Role.DESK_OFFICER, "ZZZ", "There is no State with the code ZZZ"),
        (Role.DESK_OFFICER, "moon", "There is no State with the code MOON"),
        (Role.ADMINISTRATOR, "FRA", "An administrator is one for every State"),
        (Role.FOCAL_POINT, "all", "name the State"),
        (Role.FOCAL_POINT, "weog", "name the State"),
    ],
)
def test_scopes_that_do_not_fit(app: Flask, role: Role, scope: str, said: str) -> None:
    with app.app_context():
        actor = make("scope", Role.BRIEFER)
        with pytest.raises(DomainError, match=said), transaction():
            accounts.grant(actor, role, scope, SYSTEM)
        with pytest.raises(DomainError, match=said):
            invite("other", (role, scope))
        assert accounts.account(actor, SYSTEM).held == (Held("briefer", "all"),)


def test_a_group_is_its_members_of_both_records(practice_app: Flask) -> None:
    with practice_app.app_context():
        actor = make("group", (Role.DESK_OFFICER, "weog"))
        token = sign_in("group", LONG) or ""
        found = sessions.actor_of(token)
        assert found.holds(Role.DESK_OFFICER, "FRA")
        assert not found.holds(Role.DESK_OFFICER, "KEN")
        (held,) = found.grants
        assert held.states is not None
        assert len([code for code in held.states if not code.startswith("X")]) == 29
        assert any(code.startswith("X") for code in held.states)
        named = [each.actor for each in directory.people_for(Role.DESK_OFFICER, "FRA")]
        assert actor in named
        assert actor not in [each.actor for each in directory.people_for(Role.DESK_OFFICER, "KEN")]
        assert directory.names_of([actor, "nobody"]) == {actor: "Group"}


def test_only_administrators_look_after_people(app: Flask) -> None:
    with app.app_context():
        actor = make("somebody", Role.BRIEFER)
        for act in (
            lambda by: accounts.people(by),
            lambda by: accounts.account(actor, by),
            lambda by: accounts.grant(actor, Role.BRIEFER, "all", by),
            lambda by: accounts.revoke(actor, Role.BRIEFER, "all", by),
            lambda by: accounts.disable(actor, by),
            lambda by: accounts.enable(actor, by),
            lambda by: invitations.new_link(actor, by),
            lambda by: invitations.invite("new", "New", [], by),
        ):
            for by in (BRIEFER, NOBODY):
                with pytest.raises(NotAllowed):
                    act(by)


@pytest.mark.parametrize("sign_in_name", ["", " ", "two words", "x" * 121, "somebody", "SOMEBODY "])
def test_sign_in_names_that_cannot_be(app: Flask, sign_in_name: str) -> None:
    with app.app_context():
        make("somebody")
        before = len(accounts.people(SYSTEM))
        with pytest.raises(DomainError):
            invite(sign_in_name)
        assert len(accounts.people(SYSTEM)) == before


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "eleven char",
        "ada.obi.unmovic",
        "ADA.OBI.UNMOVIC",
        "ada.obi.unmovic1",
        "passwordpassword",
        "aaaabbbbaaaab",
    ],
)
def test_passwords_that_are_too_weak(app: Flask, password: str) -> None:
    with app.app_context(), pytest.raises(DomainError):
        accounts.new_password("ada.obi.unmovic", password)


def at_once(app: Flask, act: Callable[[], object], times: int) -> list[object]:
    """What several threads get that do the same at the same moment: a value, or the refusal."""
    gate, found = threading.Barrier(times), []

    def run() -> None:
        with app.app_context():
            gate.wait()
            try:
                found.append(act())
            except DomainError as error:
                found.append(error)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_uses_at_once_the_second_is_refused(app: Flask) -> None:
    with app.app_context():
        link = invite("ada", (Role.BRIEFER, "all"))
        kept = hash_of(LONG)

    def set_password() -> str:
        with transaction():
            return invitations.set_password(link.token, kept)

    found = at_once(app, set_password, 4)
    assert sorted(type(each).__name__ for each in found) == ["NotFound", "NotFound", "NotFound", "str"]


def test_no_wrong_password_is_lost_among_several_at_once(app: Flask) -> None:
    with app.app_context():
        make("ada", Role.BRIEFER)
        wrong = sessions.prove("ada", "wrong")

    def count() -> str | None:
        with transaction():
            return sessions.sign_in(wrong)

    assert at_once(app, count, sessions.ATTEMPTS - 1) == [None] * (sessions.ATTEMPTS - 1)
    with app.app_context():
        assert accounts.account_named("ada", SYSTEM).standing is Standing.ACTIVE
        assert count() is None
        assert accounts.account_named("ada", SYSTEM).standing is Standing.LOCKED


def test_of_two_administrators_who_disable_each_other_one_stays(app: Flask) -> None:
    with app.app_context():
        made = [make("one", Role.ADMINISTRATOR), make("two", Role.ADMINISTRATOR)]
        with transaction():
            accounts.disable(accounts.account_named("administrator", SYSTEM).actor, SYSTEM)
    waiting = list(made)

    def disable() -> None:
        with transaction():
            accounts.disable(waiting.pop(), SYSTEM)

    found = at_once(app, disable, 2)
    assert len([each for each in found if isinstance(each, DomainError)]) == 1
    with app.app_context():
        standings = sorted(accounts.account(actor, SYSTEM).standing for actor in made)
        assert standings == [Standing.ACTIVE, Standing.DISABLED]

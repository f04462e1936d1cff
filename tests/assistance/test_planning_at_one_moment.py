"""Two people who plan at one moment: both are kept, or the later one is told; on SQLite and PostgreSQL."""

import threading
from collections.abc import Callable

import pytest
import time_machine
from assistance_people import COORDINATOR, NEED, register
from flask import Flask
from offer_cases import register_offer, register_provider
from sqlalchemy import event

from cpi1540.assistance.matching.service import match_weights
from cpi1540.assistance.matching.weights import OFFICE
from cpi1540.assistance.offers.offer import Capacity
from cpi1540.assistance.planning.decision import DecisionKind, Estimate
from cpi1540.assistance.planning.service import decisions, estimates, kept_plans, plans
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, Stale

# What the second one comes to while the first has not finished: SQLite lets it begin only then, PostgreSQL lets it go
# on until it meets the lock, or writes what the first one has written.
STANDS = ("BEGIN IMMEDIATE", "INSERT INTO kept_plan ", "INSERT INTO match_weights ", "SELECT assistance_request.")


def at_one_moment(app: Flask, act: Callable[[], object]) -> list[object]:
    """What both come to who do the same at one moment: what it gives, or why it is refused."""
    begun, second = threading.Event(), list[object]()

    def noticing(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(STANDS) and threading.current_thread() is other:
            begun.set()

    def follow() -> None:
        with app.app_context():
            try:
                with transaction():
                    second.append(act())
            except DomainError as error:
                second.append(error)
            finally:
                db.session.remove()

    other = threading.Thread(target=follow)
    event.listen(db.engine, "before_cursor_execute", noticing)
    try:
        with transaction():
            first = act()
            other.start()
            assert begun.wait(20)
        other.join(20)
    finally:
        event.remove(db.engine, "before_cursor_execute", noticing)
    return [first, *second]


@time_machine.travel("2026-11-24T17:00:00+00:00")
def test_both_plans_are_kept_under_numbers_of_their_own(app: Flask) -> None:
    with app.app_context():
        register(NEED)
        planned = plans.plan(False, COORDINATOR)
        assert at_one_moment(app, lambda: kept_plans.keep(planned, COORDINATOR, note="", language="en")) == [1, 2]
        assert [head.number for head in kept_plans.kept_plans(False, COORDINATOR)] == [2, 1]


@time_machine.travel("2026-11-24T17:00:00+00:00")
def test_a_pair_ruled_out_and_a_need_estimated_twice_stand_once(app: Flask) -> None:
    with app.app_context():
        request, offer = register(NEED), register_offer(register_provider())

        def rule_out() -> None:
            decisions.decide(f"{request}/1", offer, DecisionKind.NEVER, COORDINATOR, reason="not there", language="en")

        assert at_one_moment(app, rule_out) == [None, None]
        assert [each.kind for each in decisions.decisions(False)] == [DecisionKind.NEVER]
        assert at_one_moment(app, lambda: estimates.estimate(request, 1, Estimate(4.0), COORDINATOR)) == [None, None]
        assert estimates.estimates(False) == {f"{request}/1": Estimate(4.0)}


@time_machine.travel("2026-11-24T17:00:00+00:00")
def test_the_last_place_is_locked_once(app: Flask) -> None:
    with app.app_context():
        needs = [f"{register(NEED)}/1", f"{register(NEED)}/1"]
        offer = register_offer(register_provider(), capacity=Capacity(1))

        def lock() -> str:
            need = needs.pop()
            decisions.decide(need, offer, DecisionKind.LOCK, COORDINATOR, reason="agreed", language="en")
            return need

        taken, refused = at_one_moment(app, lock)
        assert str(refused).startswith(f"Too little is left of {offer}")
        assert [each.need for each in decisions.decisions(False)] == [taken]


@time_machine.travel("2026-11-24T17:00:00+00:00")
def test_who_makes_the_next_weights_later_is_told(app: Flask) -> None:
    changed = {**OFFICE.of, "theme": 0.30, "language": 0.22}
    with app.app_context():
        made, refused = at_one_moment(
            app, lambda: match_weights.keep(changed, COORDINATOR, after=1, reason="too light", language="en")
        )
        assert made == match_weights.newest()
        assert isinstance(refused, Stale)
        with pytest.raises(Stale), transaction():
            match_weights.keep(changed, COORDINATOR, after=1, reason="again", language="en")

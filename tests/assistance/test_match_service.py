"""Matches and plans made from the record: what is read, in how many queries, and what is kept."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import COORDINATOR, NEED, register
from flask import Flask
from offer_cases import register_offer, register_provider
from outcome_offers import proposed
from queries import counted

from cpi1540.assistance.matching.factors import FACTORS
from cpi1540.assistance.matching.matches_json import match_json, plan_json
from cpi1540.assistance.matching.service import match_weights, matches
from cpi1540.assistance.matching.weights import OFFICE
from cpi1540.assistance.offers.offer import Capacity
from cpi1540.assistance.offers.service import offers
from cpi1540.assistance.offers.service import reading as offer_reading
from cpi1540.assistance.outcomes.match import MatchAct
from cpi1540.assistance.planning.decision import DecisionKind, Estimate
from cpi1540.assistance.planning.service import decisions, estimates, kept_plans, large_plans, plans
from cpi1540.assistance.planning.what_if import Change, WhatIf
from cpi1540.assistance.requests.request import Kind, NeedStatus
from cpi1540.assistance.requests.service import acts, needs, reading
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.jobs import queue
from cpi1540.foundation.jobs.working import work_once

NOON = "2026-11-24T17:00:00+00:00"
ON = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def record(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.session.remove()


def lock(need: str, offer: str, kind: DecisionKind = DecisionKind.LOCK) -> None:
    with transaction():
        decisions.decide(need, offer, kind, COORDINATOR, reason="Agreed by telephone", language="en")


def change(offer: str, **values: object) -> None:
    """Write other values into an offer."""
    found = offer_reading.find_offer(offer, COORDINATOR)
    with transaction():
        offers.change(offer, replace(found, **values), COORDINATOR, revision=found.revision)  # type: ignore[arg-type]


def plan(**values: object) -> plans.Planned:
    return plans.plan(False, COORDINATOR, **values)  # type: ignore[arg-type]


def chosen(planned: plans.Planned) -> dict[str, str]:
    return {each.need: each.offer for each in planned.plan.assignments}


def test_a_request_is_matched_with_the_offers_of_its_record(record: Flask) -> None:
    request = register(NEED, replace(NEED, kind=Kind.EQUIPMENT))
    provider = register_provider()
    fits = register_offer(provider)
    ended = register_offer(provider, valid_to=datetime.date(2026, 10, 1))
    elsewhere = register_offer(register_provider(practice=True))
    found = matches.for_request(reading.find(request, COORDINATOR), COORDINATOR)
    first, second = found.needs
    assert [each.offer for each in first.told.candidates] == [fits]
    assert [each.offer for each in first.told.near_misses] == [ended]
    assert (first.fitting, second.fitting) == (1, 0)
    assert {each.offer for each in second.told.near_misses} == {fits, ended}
    assert elsewhere not in found.offers
    document = json.loads(json.dumps(match_json(request, [(each.told, each.mandates) for each in found.needs], str)))
    assert [each["need"] for each in document["needs"]] == [f"{request}/1", f"{request}/2"]
    (candidate,) = document["needs"][0]["candidates"]
    assert [each["name"] for each in candidate["factors"]] == list(FACTORS)
    told = matches.ranked(found.request, 1, fits, COORDINATOR)
    assert (told.rank, told.score) == (1, pytest.approx(candidate["score"]))
    assert matches.ranked(found.request, 1, ended, COORDINATOR).rank is None
    with pytest.raises(NotFound):
        matches.ranked(found.request, 1, elsewhere, COORDINATOR)


def test_a_provider_without_an_offer_is_told_with_its_mandate(record: Flask) -> None:
    request = register(NEED)
    body = register_provider(mandate_fields=("op3cd.transit",))
    other = register_provider(mandate_fields=("op2.finance",))
    with_offer = register_provider(mandate_fields=("op3cd.transit",))
    register_offer(with_offer)
    (found,) = matches.for_request(reading.find(request, COORDINATOR), COORDINATOR).needs
    told = {provider: str(because) for provider, because in found.mandates}
    assert body in told
    assert "no offer is recorded" in told[body]
    assert "provisional" in told[body]
    assert not {other, with_offer} & set(told)


def test_only_open_needs_of_open_requests_are_planned(record: Flask) -> None:
    request = register(NEED, NEED, NEED)
    with transaction():
        needs.set_status(request, 2, NeedStatus.AGREED, COORDINATOR)
        needs.withdraw_need(request, 3, COORDINATOR, reason="met at home")
    offer = register_offer(register_provider())
    planned = plan()
    assert chosen(planned) == {f"{request}/1": offer}
    assert planned.plan.unmet == ()
    document = plan_json(planned.plan, str)
    assert document["total"] == document["upper_bound"] == document["greedy_total"]


def test_a_plan_keeps_to_places_of_offers_and_of_their_provider(record: Flask) -> None:
    request = register(NEED, NEED, NEED)
    provider = register_provider(places=2)
    register_offer(provider, capacity=Capacity(1))
    register_offer(provider, capacity=Capacity(5))
    unstated = register_offer(register_provider(), capacity=Capacity())
    planned = plan()
    assert len(planned.plan.assignments) == 2
    assert planned.unstated == (unstated,)
    assert unstated not in chosen(planned).values()
    (unmet,) = planned.plan.unmet
    assert "goes to other needs" in str(unmet.because)
    assert {*chosen(planned), unmet.need} == {f"{request}/{number}" for number in (1, 2, 3)}


def test_a_plan_meets_no_more_needs_of_a_request_than_it_can_take(record: Flask) -> None:
    request, other = register(NEED, NEED, NEED, most_needs=2), register(NEED)
    register_offer(register_provider(), capacity=Capacity(9))
    planned = plan()
    assert len(planned.plan.assignments) == 3 and f"{other}/1" in chosen(planned)
    (unmet,) = planned.plan.unmet
    assert unmet.need.startswith(request) and "as many needs met as it may have" in str(unmet.because)
    with transaction():
        needs.set_status(request, 1, NeedStatus.AGREED, COORDINATOR)
    assert sum(need.startswith(request) for need in chosen(plan())) == 1
    with transaction():
        needs.set_status(request, 2, NeedStatus.IN_DELIVERY, COORDINATOR)
    assert set(chosen(plan())) == {f"{other}/1"}
    with transaction():
        needs.set_status(request, 1, NeedStatus.DELIVERED, COORDINATOR)
    assert sum(need.startswith(request) for need in chosen(plan())) == 1


def test_no_more_needs_of_a_request_are_locked_than_it_can_take(record: Flask) -> None:
    request = register(NEED, NEED, NEED, most_needs=2)
    offers = [register_offer(register_provider(), capacity=Capacity(9)) for _provider in range(3)]
    with transaction():
        needs.set_status(request, 3, NeedStatus.AGREED, COORDINATOR)
    lock(f"{request}/1", offers[0])
    lock(f"{request}/1", offers[0])  # the same again takes no more room
    with pytest.raises(DomainError, match="can have no more of its needs met"):
        lock(f"{request}/2", offers[1])
    with transaction():
        needs.set_status(request, 3, NeedStatus.OPEN, COORDINATOR)
    lock(f"{request}/2", offers[1])
    assert chosen(plan()) == {f"{request}/1": offers[0], f"{request}/2": offers[1]}


def test_days_of_an_estimate_are_counted_against_those_of_the_offer(record: Flask) -> None:
    request = register(NEED, NEED)
    register_offer(register_provider(), capacity=Capacity(5, 10.0))
    assert len(plan().plan.assignments) == 2
    with transaction():
        for number in (1, 2):
            estimates.estimate(request, number, Estimate(person_days=6.0), COORDINATOR)
    planned = plan()
    assert len(planned.plan.assignments) == 1
    assert planned.plan.upper_bound > planned.plan.total
    more = plan(what_ifs=(WhatIf(next(iter(planned.offers)), Change.DAYS, 2),))
    assert len(more.plan.assignments) == 2
    assert more.recorded == planned.plan
    with transaction():
        estimates.estimate(request, 1, Estimate(), COORDINATOR)
    assert estimates.estimates(False) == {f"{request}/2": Estimate(6.0, None)}
    with transaction(), pytest.raises(DomainError):
        estimates.estimate(request, 1, Estimate(budget=-1.0), COORDINATOR)


def test_a_locked_pair_stands_and_one_ruled_out_does_not(record: Flask) -> None:
    request = register(NEED)
    provider = register_provider()
    better = register_offer(provider)
    worse = register_offer(provider, languages=("ru",), kinds=frozenset({Kind.TRAINING, Kind.EQUIPMENT}))
    need = f"{request}/1"
    assert chosen(plan()) == {need: better}
    lock(need, worse)
    assert chosen(plan()) == {need: worse}
    with pytest.raises(DomainError, match="locked to"):
        lock(need, better)
    with transaction():
        decisions.free(need, worse, COORDINATOR)
    lock(need, better, DecisionKind.NEVER)
    assert chosen(plan()) == {need: worse}
    lock(need, worse, DecisionKind.NEVER)
    (unmet,) = plan().plan.unmet
    assert str(unmet.because) == "Every offer that fits was ruled out for this need."
    assert [each.kind for each in decisions.decisions(False)] == [DecisionKind.NEVER] * 2
    assert decisions.decisions(True) == ()
    with pytest.raises(DomainError, match="reason"), transaction():
        decisions.decide(need, better, DecisionKind.LOCK, COORDINATOR, reason=" ", language="en")


def test_a_lock_that_does_not_stand_any_more_is_idle(record: Flask) -> None:
    request = register(NEED, NEED)
    offer = register_offer(register_provider())
    lock(f"{request}/1", offer)
    change(offer, valid_to=datetime.date(2026, 10, 1))
    planned = plan()
    assert [each.offer for each in planned.idle] == [offer]
    assert planned.crowded == ()
    assert chosen(planned) == {}


def test_locks_that_do_not_fit_any_more_leave_the_plan_and_the_earliest_stays(record: Flask) -> None:
    request = register(NEED, NEED, NEED)
    offer = register_offer(register_provider(), capacity=Capacity(3))
    for minute, number in enumerate((2, 1, 3)):
        with time_machine.travel(f"2026-11-24T17:0{minute}:00+00:00", tick=False):
            lock(f"{request}/{number}", offer)
    assert plan().crowded == ()
    change(offer, capacity=Capacity(1))
    planned = plan()
    assert chosen(planned) == {f"{request}/2": offer}
    assert [each.need for each in planned.crowded] == [f"{request}/1", f"{request}/3"]
    assert planned.idle == ()
    more = plan(what_ifs=[WhatIf(offer, Change.PLACES, 1)])
    assert chosen(more) == {f"{request}/1": offer, f"{request}/2": offer}
    assert chosen(plan(what_ifs=[WhatIf(offer, Change.WITHDRAWN)])) == {}
    change(offer, capacity=Capacity(0))
    assert chosen(plan()) == {}


def test_a_lock_is_refused_where_too_little_is_left(record: Flask) -> None:
    request = register(NEED, NEED, NEED)
    provider = register_provider(places=2)
    one_place, days = register_offer(provider, capacity=Capacity(1)), register_offer(provider, capacity=Capacity(5, 10))
    lock(f"{request}/1", one_place)
    lock(f"{request}/1", one_place)  # again, with another reason
    with pytest.raises(DomainError, match=f"Too little is left of {one_place}"):
        lock(f"{request}/2", one_place)
    with transaction():
        estimates.estimate(request, 2, Estimate(person_days=11), COORDINATOR)
    with pytest.raises(DomainError, match=f"Too little is left of {days}"):
        lock(f"{request}/2", days)
    with transaction():
        estimates.estimate(request, 2, Estimate(person_days=10), COORDINATOR)
    lock(f"{request}/2", days)
    with pytest.raises(DomainError, match="what its provider can take"):
        lock(f"{request}/3", days)
    lock(f"{request}/3", days, DecisionKind.NEVER)
    with transaction():
        needs.withdraw_need(request, 1, COORDINATOR, reason="met at home")
    lock(f"{request}/3", one_place)
    assert chosen(plan()) == {f"{request}/2": days, f"{request}/3": one_place}


def test_a_lock_is_refused_where_no_plan_could_take_it(record: Flask) -> None:
    request, gone = register(NEED, NEED), register(NEED)
    provider = register_provider()
    ended = register_offer(provider, valid_to=datetime.date(2026, 10, 1))
    unstated, fitting = register_offer(provider, capacity=Capacity()), register_offer(provider)
    with pytest.raises(DomainError, match="A filter stands in the way"):
        lock(f"{request}/1", ended)
    with pytest.raises(DomainError, match="does not state its capacity"):
        lock(f"{request}/1", unstated)
    with transaction():
        needs.withdraw_need(request, 2, COORDINATOR, reason="met at home")
        acts.withdraw(gone, COORDINATOR, on=ON, note="by note")
    for need in (f"{request}/2", f"{gone}/1"):
        with pytest.raises(DomainError, match="need is not open"):
            lock(need, fitting)
    assert decisions.decisions(False) == ()
    lock(f"{request}/2", fitting, DecisionKind.NEVER)


def test_what_an_offer_promised_counts_for_its_provider_when_it_is_withdrawn(record: Flask) -> None:
    request = register(NEED, NEED, NEED)
    provider = register_provider(places=2)
    withdrawn = register_offer(provider)
    promised = proposed(request, withdrawn, MatchAct.APPROACH, MatchAct.ACCEPT, MatchAct.AGREE)
    standing = register_offer(provider)
    with transaction():
        offers.withdraw(withdrawn, COORDINATOR, reason="ended")
    assert promised == f"{request}/1/1"
    assert list(chosen(plan()).values()) == [standing]
    lock(f"{request}/2", standing)
    with pytest.raises(DomainError, match="what its provider can take"):
        lock(f"{request}/3", standing)


def test_a_kept_plan_stays_as_it_was(record: Flask) -> None:
    request = register(NEED, replace(NEED, kind=Kind.FUNDING, languages=("ar",)))
    offer = register_offer(register_provider())
    planned = plan(fairness=0.5)
    with transaction():
        assert kept_plans.keep(planned, COORDINATOR, note="For November", language="en") == 1
    kept = kept_plans.kept_plan(False, 1, COORDINATOR)
    assert kept.plan == planned.plan
    assert (kept.head.served, kept.head.needs, kept.head.fairness) == (1, 2, 0.5)
    assert not kept_plans.today(kept, False, COORDINATOR).since.any
    with transaction():
        needs.withdraw_need(request, 1, COORDINATOR, reason="met at home")
    later = register(NEED)
    since = kept_plans.today(kept, False, COORDINATOR).since
    assert (since.settled, since.opened, since.gone) == ((f"{request}/1",), (f"{later}/1",), ())
    assert kept_plans.kept_plan(False, 1, COORDINATOR).plan.assignments[0].offer == offer
    with pytest.raises(NotFound):
        kept_plans.kept_plan(True, 1, COORDINATOR)


def test_a_large_plan_is_made_in_the_background_and_kept(record: Flask) -> None:
    request = register(NEED)
    offer = register_offer(register_provider())
    with transaction():
        number = large_plans.ask(False, COORDINATOR, fairness=0.25, what_ifs=(), note="")
    queue_of = record.extensions["cpi1540-find-actor"]
    record.extensions["cpi1540-find-actor"] = lambda _actor: COORDINATOR
    try:
        assert work_once()
    finally:
        record.extensions["cpi1540-find-actor"] = queue_of
    job = queue.job(number, COORDINATOR)
    assert job.page is not None
    assert (job.page.endpoint, job.page.values) == ("kept_plans.one", {"number": 1})
    kept = kept_plans.kept_plan(False, 1, COORDINATOR)
    assert [(each.need, each.offer) for each in kept.plan.assignments] == [(f"{request}/1", offer)]


def test_blocks_of_needs_give_the_plan_of_all(record: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    register(NEED, NEED, NEED)
    provider = register_provider()
    register_offer(provider, capacity=Capacity(1))
    register_offer(provider, capacity=Capacity(1), languages=("ru",))
    whole = plan()
    monkeypatch.setattr(plans, "BLOCK", 1)
    assert plan().plan == whole.plan


def test_a_change_of_weights_makes_the_next_version(record: Flask) -> None:
    changed = {**OFFICE.of, "theme": 0.30, "language": 0.22}
    with transaction():
        kept = match_weights.keep(changed, COORDINATOR, after=1, reason="Languages were too light", language="en")
    assert (kept.label, match_weights.newest().of) == ("office/2", changed)
    assert match_weights.named("office/1") == OFFICE
    with pytest.raises(Stale), transaction():
        match_weights.keep(changed, COORDINATOR, after=1, reason="Again", language="en")
    for wrong in ({**changed, "theme": 0.31}, {**changed, "theme": -0.1, "kind": 0.5}, {"theme": 1.0}):
        with pytest.raises(DomainError), transaction():
            match_weights.keep(wrong, COORDINATOR, after=2, reason="Wrong", language="en")
    with pytest.raises(NotFound):
        match_weights.named("office/9")


def test_many_needs_ask_no_more_than_one(record: Flask) -> None:
    register(NEED)
    provider = register_provider()
    register_offer(provider)
    plan()
    with counted(record) as few:
        plan()
    for _each in range(4):
        register(NEED, NEED)
        register_offer(register_provider())
    with counted(record) as many:
        plan()
    assert len(many) == len(few), many

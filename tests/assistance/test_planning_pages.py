"""Matches and the plan as a coordinator, and others, meet them."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import COORDINATOR
from flask import Flask
from openpyxl import load_workbook
from queries import counted
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from strict_client import StrictClient

from cpi1540.assistance.matching.service import match_weights
from cpi1540.assistance.offers.service import offers
from cpi1540.assistance.offers.service import reading as offer_reading
from cpi1540.assistance.planning.decision import DecisionKind, Estimate
from cpi1540.assistance.planning.service import decisions, estimates, history, plans
from cpi1540.assistance.planning.tables import PlanHistoryRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.jobs.working import work_once
from cpi1540.foundation.tables import AuditEventRow

NOON = "2026-11-24T17:00:00+00:00"
PLAN = "/en/practice/assistance/plan"
REQUESTS = "/en/practice/assistance/requests"


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """A coordinator, at noon in New York on 24 November 2026."""
    with time_machine.travel(NOON, tick=True):
        made = StrictClient(practice_app)
        made.continue_as("coordinator")
        yield made


@pytest.fixture
def planned(client: StrictClient) -> Iterator[plans.Planned]:
    """The plan over the practice record."""
    with client.app.app_context():
        found = plans.plan(True, SYSTEM)
        db.session.remove()
    yield found


def need_page(need: str) -> str:
    request_id, _, number = need.rpartition("/")
    return f"{REQUESTS}/{request_id}/needs/{number}/candidates"


def pair_page(need: str, offer: str) -> str:
    return f"{PLAN}/pairs/{need}/{offer}"


def text(client: StrictClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def work_once_in(client: StrictClient) -> bool:
    """Do the background work that waits."""
    with client.app.app_context():
        done = work_once()
        db.session.remove()
    return done


def test_the_plan_of_the_practice_record_is_never_below_best_pair_first(planned: plans.Planned) -> None:
    plan = planned.plan
    assert plan.assignments
    assert plan.greedy_total <= plan.total <= plan.upper_bound
    assert plan.total == pytest.approx(sum(each.value for each in plan.assignments))
    assert plan.greedy_total == pytest.approx(sum(each.value for each in plan.greedy))
    assert len({each.need for each in plan.assignments}) == len(plan.assignments)
    assert {each.need for each in plan.assignments} | {each.need for each in plan.unmet} == set(planned.needs)


def test_a_need_is_told_with_every_reason(client: StrictClient, planned: plans.Planned) -> None:
    taken = planned.plan.assignments[0]
    page = text(client, need_page(taken.need))
    first = page.partition('<article class="cand"')[2].partition("</article>")[0]
    told = re.findall(r"<bdi>(\d\.\d\d) × (\d\.\d\d)</bdi>", first)
    assert len(told) == 9
    assert sum(float(weight) for weight, _value in told) == pytest.approx(1)
    score = float(re.findall(r'cand-score">(\d\.\d\d)<', first)[0])
    assert score == pytest.approx(sum(float(weight) * float(value) for weight, value in told), abs=0.02)
    assert taken.offer in page
    overview = text(client, f"{REQUESTS}/{taken.request}/candidates")
    assert f"/{taken.need.rpartition('/')[2]}/candidates" in overview
    client.get(f"{REQUESTS}/{taken.request}/needs/99/candidates", 404)
    client.get("/en/assistance/requests/XR-2026-001/candidates", 404)  # the other record's


def test_a_pair_is_locked_with_a_reason_and_freed_again(client: StrictClient, planned: plans.Planned) -> None:
    taken = planned.plan.assignments[0]
    address = pair_page(taken.need, taken.offer)
    assert "Give a reason first." in client.post(address, {"do": "lock", "reason": " "}, 422).get_data(as_text=True)
    kept = client.post(address, {"do": "lapse", "reason": "Agreed with both"}, 422).get_data(as_text=True)
    assert "Agreed with both</textarea>" in kept
    client.post(address, {"do": "lock", "reason": "Agreed with both"})
    page = text(client, address)
    assert "The pair is locked: it stands in every plan." in page
    assert "Agreed with both" in page
    plan = text(client, PLAN)
    assert 'aria-label="Locked"' in plan
    assert "1 pair decided on" in plan
    client.post(address, {"do": "never", "reason": "The State asked for another"})
    with client.app.app_context():
        (decision,) = decisions.decisions(True)
        assert (decision.kind, decision.need, decision.offer) == (DecisionKind.NEVER, taken.need, taken.offer)
        db.session.remove()
    client.post(address, {"do": "free"})
    assert "The pair is left to the plan again." in text(client, PLAN)
    client.get(pair_page(taken.need, "XO-99999"), 404)
    client.post(pair_page(taken.need, "O-1"), {"do": "lock", "reason": "x"}, 404)


def test_a_pair_that_no_plan_can_take_is_not_locked(client: StrictClient, planned: plans.Planned) -> None:
    need, offer = next(
        (need, offer) for need in planned.needs for offer in planned.unstated if planned.offers[offer].valid_to is None
    )
    answer = client.post(pair_page(need, offer), {"do": "lock", "reason": "by telephone"}, 422)
    page = answer.get_data(as_text=True)
    assert "no plan can take it" in page or "no plan takes it" in page
    assert "by telephone</textarea>" in page
    assert "No pair is locked or ruled out." in text(client, PLAN)


def test_a_lock_for_which_too_little_is_left_is_told_beside_it(client: StrictClient, planned: plans.Planned) -> None:
    taken = planned.plan.assignments[0]
    client.post(pair_page(taken.need, taken.offer), {"do": "lock", "reason": "Agreed with both"})
    told = "changes nothing: too little is left of the offer, of its provider or of what the request can take"
    assert told not in text(client, PLAN)
    with client.app.app_context():
        offer = offer_reading.find_offer(taken.offer, SYSTEM)
        with transaction():
            less = replace(offer, capacity=replace(offer.capacity, places=0))
            offers.change(offer.id, less, SYSTEM, revision=offer.revision)
        db.session.remove()
    page = text(client, PLAN)
    assert told in page
    assert page.count("Free this pair") == 1


def test_what_if_shows_what_would_change(client: StrictClient, planned: plans.Planned) -> None:
    offer = planned.plan.assignments[0].offer
    asked = client.get(f"{PLAN}?fairness=0.5&offer={offer}&change=withdrawn", 302).headers["Location"]
    assert asked == f"{PLAN}?if={offer}:withdrawn&fairness=0.5#what-if"
    page = text(client, asked.partition("#")[0])
    assert f"What if: {offer} is withdrawn" in page
    changes = page.partition('id="changes"')[2].partition("</table>")[0]
    assert offer in changes
    more = client.get(f"{PLAN}?if={offer}:withdrawn&offer={offer}&change=places&amount=2", 302).headers["Location"]
    assert more == f"{PLAN}?if={offer}:withdrawn&if={offer}:places:2#what-if"
    fault = client.get(f"{PLAN}?offer={offer}&change=places&amount=some", 422).get_data(as_text=True)
    assert "a whole number above 0" in fault
    assert "Choose the offer that would be otherwise." in client.get(f"{PLAN}?offer=", 422).get_data(as_text=True)
    for wrong in ("if=XO-1:doubled", "fairness=2", "if=nothing", "if=XO-1:places:0"):
        client.get(f"{PLAN}?{wrong}", 404)


def test_a_plan_is_kept_and_given_as_files(client: StrictClient, planned: plans.Planned) -> None:
    kept = client.post(f"{PLAN}/kept", {"fairness": "0", "note": "For the briefing"}).headers["Location"]
    page = text(client, kept)
    assert "For the briefing" in page
    assert "The same needs are open, and every offer of the plan stands." in page
    assert "For the briefing" in text(client, f"{PLAN}/kept")
    for address in (f"{PLAN}.json", f"{kept}.json"):
        document = json.loads(client.get(address).data)
        assert document["total"] == pytest.approx(planned.plan.total)
        assert [each["need"] for each in document["assignments"]] == [each.need for each in planned.plan.assignments]
        assert len(document["unmet"]) == len(planned.plan.unmet)
    for address in (f"{PLAN}.xlsx", f"{kept}.xlsx"):
        sheet = load_workbook(io.BytesIO(client.get(address).data)).active
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        needs = {row[0] for row in cells if str(row[0]).startswith("XR-")}
        assert needs == set(planned.needs)
        assert any("Practice data." in str(row[0]) for row in cells)
    client.get(f"{PLAN}.pdf", 404)
    client.get(f"{PLAN}/kept/99", 404)
    client.get("/en/assistance/plan/kept/1", 404)  # the other record's


def test_a_record_without_an_open_need_says_so(client: StrictClient) -> None:
    page = text(client, "/en/assistance/plan")
    assert "No request is open in this record." in page
    assert "Upper bound" not in page
    assert json.loads(client.get("/en/assistance/plan.json").data)["assignments"] == []


def test_a_large_plan_is_asked_for_in_the_background(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "AT_ONCE", 10)
    page = text(client, PLAN)
    assert "Make the plan in the background" in page
    where = client.post(f"{PLAN}/kept", {"fairness": "0.25", "note": "Large"}).headers["Location"]
    assert "/jobs/" in where
    assert "Plan over all open needs" in text(client, where)
    client.get(f"{PLAN}.json", 400)
    assert work_once_in(client)
    assert "Large" in text(client, f"{PLAN}/kept")
    assert "not made while you wait" in text(client, f"{PLAN}/kept/1")


def test_an_estimate_is_entered_on_the_need(client: StrictClient, planned: plans.Planned) -> None:
    need = planned.plan.assignments[0].need
    request_id, _, number = need.rpartition("/")
    address = f"{REQUESTS}/{request_id}/needs/{number}/estimate"
    wrong = client.post(address, {"person_days": "many", "budget": "20000"}, 422).get_data(as_text=True)
    assert 'value="many"' in wrong
    assert 'value="20000"' in wrong
    assert "Enter a number from 0 to 100000." in wrong
    client.post(address, {"person_days": "12,5", "budget": ""})
    with client.app.app_context():
        assert estimates.estimates(True)[need].person_days == 12.5
        assert estimates.estimates(True)[need].budget is None
        db.session.remove()
    assert 'value="12.5"' in text(client, need_page(need))


def test_weights_are_changed_by_a_new_version(client: StrictClient) -> None:
    edit = "/en/practice/assistance/match-weights/edit"
    typed = {f"weight_{name.replace('-', '_')}": str(value) for name, value in match_weights.OFFICE.of.items()}
    wrong = {**typed, "weight_theme": "0.3", "reason": "Language", "after": "1"}
    told = client.post(edit, wrong, 422).get_data(as_text=True)
    assert "The weights sum to 0.90. They must sum to 1." in told
    assert 'value="0.3"' in told
    assert "Say why" in client.post(edit, {**typed, "after": "1"}, 422).get_data(as_text=True)
    right = {**wrong, "weight_language": "0,22"}
    client.post(edit, right)
    page = text(client, "/en/practice/assistance/match-weights")
    assert "office/2" in page
    assert "Language" in page
    late = client.post(edit, right, 422).get_data(as_text=True)
    assert "Version 2 of the weights exists already." in late
    assert "0.40" in text(client, "/en/practice/assistance/match-weights?version=1")
    client.get("/en/practice/assistance/match-weights?version=9", 404)
    assert "office/2" in text(client, PLAN)


def test_others_see_what_is_theirs(practice_app: Flask, planned: plans.Planned) -> None:
    taken = planned.plan.assignments[0]
    addresses = [PLAN, need_page(taken.need), pair_page(taken.need, taken.offer), f"{PLAN}/kept", f"{PLAN}.json"]
    for role in ("focal-point", "provider-contact"):
        outside = StrictClient(practice_app)
        outside.continue_as(role)
        for address in addresses:
            outside.get(address, 403)
    nobody = StrictClient(practice_app)
    for address in addresses:
        assert "/sign-in?next=" in nobody.get(address, 302).headers["Location"]
    briefer = StrictClient(practice_app)
    briefer.continue_as("briefer")
    for address in addresses:
        briefer.get(address)
    page = text(briefer, pair_page(taken.need, taken.offer))
    assert "Lock this pair" not in page
    assert "Propose this offer" not in text(briefer, need_page(taken.need))
    briefer.post(pair_page(taken.need, taken.offer), {"do": "lock", "reason": "x"}, 403)
    briefer.post(f"{PLAN}/kept", {"fairness": "0"}, 403)


def test_the_pages_open_in_every_language(client: StrictClient, planned: plans.Planned) -> None:
    taken = planned.plan.assignments[0]
    client.post(f"{PLAN}/kept", {"fairness": "1", "if": [f"{taken.offer}:withdrawn", f"{taken.offer}:places:1"]})
    pages = [PLAN, f"{PLAN}/kept/1", pair_page(taken.need, taken.offer), need_page(taken.need)]
    for language in ("ar", "es", "fr", "ru", "zh"):
        for page in pages:
            client.get(page.replace("/en/", f"/{language}/"))


def test_many_candidates_ask_no_more_than_few(client: StrictClient, planned: plans.Planned) -> None:
    unmet = next(each.need for each in planned.plan.unmet if "No offer fits" in str(each.because))
    with counted(client.app) as few:
        client.get(need_page(unmet))
    with counted(client.app) as many:
        client.get(need_page(planned.plan.assignments[0].need))
    assert abs(len(many) - len(few)) <= 1, (few, many)  # requesters of one State or of several


def test_who_locked_freed_and_estimated_what_stays_on_the_page(client: StrictClient, planned: plans.Planned) -> None:
    taken = planned.plan.assignments[0]
    assert "What was decided and estimated before" not in text(client, PLAN)
    page = pair_page(taken.need, taken.offer)
    client.post(page, {"do": "lock", "reason": "Agreed by telephone"})
    client.post(page, {"do": "free", "reason": "They changed their mind"})
    with client.app.app_context():
        with transaction():
            request, _, number = taken.need.rpartition("/")
            for values in (Estimate(12.5, 40_000.0), Estimate(12.5, 40_000.0), Estimate(), Estimate()):
                estimates.estimate(request, int(number), values, COORDINATOR)
        found = history.history(True, 10)
        (freed,) = db.session.scalars(select(AuditEventRow).where(AuditEventRow.action == "plan.free"))
        assert freed.changes[0]["reason"] == audit.digest("They changed their mind")
        with pytest.raises(DatabaseError, match="never changes"):
            db.session.execute(update(PlanHistoryRow).values(reason="otherwise"))
        db.session.remove()
    assert [(each.act, each.need, each.offer, each.reason) for each in found] == [
        ("estimate", taken.need, None, ""),
        ("estimate", taken.need, None, ""),
        ("free", taken.need, taken.offer, "They changed their mind"),
        ("lock", taken.need, taken.offer, "Agreed by telephone"),
    ]
    assert found[1].estimate == Estimate(12.5, 40_000.0)
    told = text(client, PLAN).partition("What was decided and estimated before")[2]
    for each in ("Agreed by telephone", "They changed their mind", "left to the plan again", "12.5", "40,000",
                 "the estimate was taken away", "Demo assistance coordinator"):  # fmt: skip
        assert each in told, each

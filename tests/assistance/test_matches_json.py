"""Matches and plans as the documents that the command line promises."""

import json

import pytest
from matching_cases import ground, need, offer

from cpi1540.assistance.matching.matches_json import match_json, plan_json
from cpi1540.assistance.matching.ranking import Matching
from cpi1540.assistance.planning.plan import OpenNeed, OpenOffer, Planning, make_plan, pairs_of
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.messages import sentence


def test_a_match_has_its_candidates_near_misses_and_mandates() -> None:
    matching = Matching([need()], [offer(2), offer(1, kinds=frozenset({Kind.EQUIPMENT}))], ground())
    mandates = [("XP-9", sentence("Its mandate fits; no offer is recorded."))]
    found = json.loads(json.dumps(match_json("XR-2026-001", [(matching.explain(0), mandates)], str)))
    assert found["request"] == "XR-2026-001"
    (told,) = found["needs"]
    assert set(told) == {"need", "candidates", "near_misses", "mandates"}
    (candidate,) = told["candidates"]
    assert set(candidate) == {"offer", "provider", "score", "factors"}
    assert candidate["offer"] == "XO-2"
    assert sum(each["weight"] for each in candidate["factors"]) == pytest.approx(1.0)
    assert candidate["score"] == pytest.approx(sum(each["weight"] * each["value"] for each in candidate["factors"]))
    assert told["near_misses"] == [
        {
            "offer": "XO-1",
            "provider": "XP-1",
            "blocked_by": [
                {"filter": "kind", "because": "The offer does not give the kind of assistance that is asked for."}
            ],
        }
    ]
    assert told["mandates"] == [{"provider": "XP-9", "because": "Its mandate fits; no offer is recorded."}]


def test_a_plan_has_its_totals_and_reasons() -> None:
    matching = Matching([need(1), need(2)], [offer(1)], ground())
    needs = tuple(OpenNeed(each.id, each.request) for each in matching.needs)
    plan = make_plan(Planning(needs, (OpenOffer("XO-1", "XP-1", 1),), pairs_of(matching)))
    found = json.loads(json.dumps(plan_json(plan, str)))
    assert [(each["request"], each["need"], each["offer"]) for each in found["assignments"]] == [
        ("XR-2026-001", "XR-2026-001/1", "XO-1")
    ]
    assert found["total"] == found["upper_bound"] == found["assignments"][0]["value"] == matching.scores[0, 0]
    assert (found["fairness"], found["relative_gap"]) == (0.0, 0.0)
    assert found["unmet"] == [
        {"need": "XR-2026-001/2", "because": "1 offer fits, but what it can carry goes to other needs."}
    ]

"""``cpi1540 assistance match`` and ``plan``: the documents that others read."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cpi1540.assistance.matching.factors import FACTORS
from cpi1540.assistance.matching.filters import FILTERS
from cpi1540.assistance.matching.ranking import MOST_CANDIDATES, MOST_NEAR_MISSES
from cpi1540.cli import main

AS_OF = ("--as-of", "2026-11-24")


@pytest.fixture(scope="module")
def folder(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("commands")
    shutil.copy(practice_made, made / "record.sqlite")
    return made


def run(folder: Path, *arguments: str, code: int = 0) -> Any:
    environment = {"CPI1540_INSTANCE": str(folder), "CPI1540_DATABASE_URL": ""}
    result = CliRunner().invoke(main, ["assistance", *arguments], env=environment, prog_name="cpi1540")
    assert result.exit_code == code, (arguments, result.stderr, result.exception)
    return result


def read(folder: Path, *arguments: str) -> Any:
    return json.loads(run(folder, *arguments, "--json").stdout)


def test_a_plan_covers_the_open_needs_and_adds_up(folder: Path) -> None:
    found = read(folder, "plan", "--practice", *AS_OF)
    assert set(found) == {
        *("fairness", "assignments", "total", "upper_bound", "greedy_total", "relative_gap", "unmet"),
    }
    listed = read(folder, "list", "--open", "--practice")["requests"]
    still_open = {each["need"] for one in listed for each in one["needs"] if each["status"] == "open"}
    served = [each["need"] for each in found["assignments"]]
    assert {*served, *(each["need"] for each in found["unmet"])} == still_open
    assert len(served) == len(set(served))
    assert found["total"] == pytest.approx(sum(each["value"] for each in found["assignments"]))
    assert found["greedy_total"] <= found["total"] <= found["upper_bound"]
    assert found["relative_gap"] == pytest.approx((found["upper_bound"] - found["total"]) / found["upper_bound"])
    assert all(each["value"] == each["score"] for each in found["assignments"])
    assert all(each["because"] for each in found["unmet"])


def test_fairness_lifts_values_and_not_scores(folder: Path) -> None:
    found = read(folder, "plan", "--practice", "--fairness", "0.5", *AS_OF)
    assert found["fairness"] == 0.5
    assert all(each["score"] <= each["value"] <= 1.5 * each["score"] for each in found["assignments"])
    assert any(each["value"] > each["score"] for each in found["assignments"])
    run(folder, "plan", "--practice", "--fairness", "2", code=2)


def test_a_match_has_the_same_scores_as_the_plan(folder: Path) -> None:
    taken = read(folder, "plan", "--practice", *AS_OF)["assignments"][0]
    found = read(folder, "match", taken["request"], *AS_OF)
    assert found["request"] == taken["request"]
    (need,) = [each for each in found["needs"] if each["need"] == taken["need"]]
    scores = {each["offer"]: each["score"] for each in need["candidates"]}
    assert scores[taken["offer"]] == pytest.approx(taken["score"])
    for each in found["needs"]:
        assert len(each["candidates"]) <= MOST_CANDIDATES
        assert len(each["near_misses"]) <= MOST_NEAR_MISSES
        assert [one["score"] for one in each["candidates"]] == sorted(
            (one["score"] for one in each["candidates"]), reverse=True
        )
        for one in each["candidates"]:
            assert [factor["name"] for factor in one["factors"]] == list(FACTORS)
            assert sum(factor["weight"] for factor in one["factors"]) == pytest.approx(1)
            assert one["score"] == pytest.approx(sum(each["weight"] * each["value"] for each in one["factors"]))
            assert all(factor["because"] for factor in one["factors"])
        for miss in each["near_misses"]:
            assert {obstacle["filter"] for obstacle in miss["blocked_by"]} <= set(FILTERS)
            assert miss["blocked_by"]


def test_a_historical_request_names_whom_one_may_ask(folder: Path) -> None:
    found = read(folder, "match", "R-0000-001")
    mandates = [each for need in found["needs"] for each in need["mandates"]]
    assert mandates
    assert all("no offer is recorded" in each["because"] for each in mandates)
    assert all(need["candidates"] == [] for need in found["needs"])
    assert read(folder, "plan")["assignments"] == []


def test_words_are_in_the_language_asked_for_and_refusals_are_sentences(folder: Path) -> None:
    told = run(folder, "match", "R-0000-001", "--lang", "fr").stdout
    assert "no offer is recorded" not in told
    refused = run(folder, "match", "XR-1999-001", code=1)
    assert refused.stdout == ""
    assert "There is no request XR-1999-001." in refused.stderr
    run(folder, "match", "R-0000-001", "--practice", code=1)
    assert "Total " in run(folder, "plan", "--practice").stderr

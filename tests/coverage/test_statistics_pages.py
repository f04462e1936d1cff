"""The pages of statistics against a recomputation from what ``matrix show`` prints, and who sees States."""

import io
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from flask import Flask
from queries import counted
from strict_client import StrictClient

from cpi1540.cli import main
from cpi1540.coverage.scope import EVERYTHING
from cpi1540.coverage.service import statistics
from cpi1540.coverage.service.status_tables import Which, states_behind
from cpi1540.foundation.access import NOBODY, SYSTEM, Actor, Grant, Role
from cpi1540.foundation.errors import NotAllowed, NotFound
from cpi1540.foundation.templating import today
from cpi1540.matrix.service import reading, versions
from cpi1540.states import service as states

BRIEFER = Actor("b", "briefer", frozenset({Grant(Role.BRIEFER)}))
HEADLINE = ("op2", "op3ab", "op3cd")


def data(client: StrictClient, address: str) -> Any:
    return json.loads(client.get(address).get_data())


@pytest.fixture(scope="module")
def recorded(practice_reader: StrictClient) -> Mapping[str, Mapping[str, str | None]]:
    """State -> field -> code, of the versions effective today; a State without one is left out."""
    with practice_reader.app.app_context():
        chosen = versions.effective(states.states(practice=True), today())
        return {
            state: {key: entry.code for key, entry in reading.matrix(version).entries.items()}
            for state, version in chosen.items()
        }


def test_the_status_table_recounted(practice_reader: StrictClient, recorded: Mapping[str, Any]) -> None:
    document = data(practice_reader, "/en/practice/statistics/status.json")
    assert len(document["rows"]) > 100
    for row in document["rows"]:
        for aspect in ("framework", "enforcement"):
            if row[aspect] is None:
                continue
            parts = (row["section"], row["row"], *((row["domain"], aspect) if row["domain"] else ()))
            codes = [of_state[".".join(parts)] for of_state in recorded.values()]
            expected = {"x": codes.count("X"), "reviewed": sum(code is not None for code in codes)}
            assert row[aspect]["to"] == expected, parts


def test_histogram_and_totals_recounted(practice_reader: StrictClient, recorded: Mapping[str, Any]) -> None:
    document = data(practice_reader, "/en/practice/statistics/figures.json")
    # Every ``other`` row is for information only; so is nothing else of OP 2 and OP 3.
    numbers = []
    for of_state in recorded.values():
        codes = [
            code for key, code in of_state.items() if key.split(".")[0] in HEADLINE and key.split(".")[1] != "other"
        ]
        if any(code in ("X", "?", "") for code in codes):
            numbers.append(codes.count("X"))
    histogram = document["histogram"]
    assert (histogram["states"], histogram["reviewed"]) == (40, len(numbers))
    assert histogram["mean_fields"] == pytest.approx(sum(numbers) / len(numbers))
    for each in histogram["bins"]:
        assert each["states"] == sum(each["from"] <= n <= each["to"] for n in numbers), each
    whole = document["totals"][0]["to"]
    assert (whole["x"], whole["reviewed_states"]) == (sum(numbers), len(numbers))
    groups = [total for total in document["totals"] if total["kind"] == "group"]
    assert sum(total["to"]["x"] for total in groups) == sum(numbers)


def test_where_nothing_is_reviewed_no_figure_stands(reader: StrictClient) -> None:
    page = reader.get("/en/statistics").get_data(as_text=True)
    assert "0 of 193 States reviewed" in page
    assert "there is nothing to count yet" in page
    op2 = reader.get("/en/statistics/status?section=op2").get_data(as_text=True)
    assert "0%" not in op2
    document = data(reader, "/en/statistics/figures.json")
    assert document["histogram"]["mean_fields"] is None
    assert document["totals"][0]["to"]["mean_fields"] is None
    op1 = reader.get("/en/statistics/status?section=op1").get_data(as_text=True)
    assert re.search(r"189\s*<span class=\"muted\">of 193", op1), "NPT: counted where the reference data has it"


def test_plain_numbers_for_the_public_and_links_for_the_office(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    for address in ("/en/practice/statistics", "/en/practice/statistics/status"):
        assert "/statistics/states?" not in client.get(address).get_data(as_text=True)
    client.get("/en/practice/statistics/states?bin=reviewed", status=302)
    client.continue_as("focal-point")
    client.get("/en/practice/statistics/states?bin=reviewed", status=403)
    client.get("/en/practice/statistics/states.json", status=403)
    client.continue_as("briefer")
    for address in ("/en/practice/statistics", "/en/practice/statistics/status"):
        assert "/statistics/states?" in client.get(address).get_data(as_text=True)


def test_the_list_behind_a_cell_is_as_long_as_its_count(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("briefer")
    row = next(
        row
        for row in data(client, "/en/practice/statistics/status.json?section=op2&domain=cw")["rows"]
        if row["row"] == "use"
    )
    count = row["framework"]["to"]
    base = "/en/practice/statistics/states.json?field=op2.use.cw.framework&which="
    lists = {which: data(client, base + which)["states"] for which in ("x", "not-x", "reviewed")}
    assert len(lists["x"]) == count["x"] > 0
    assert len(lists["reviewed"]) == count["reviewed"]
    assert {each["state"] for each in lists["not-x"]} == {each["state"] for each in lists["reviewed"]} - {
        each["state"] for each in lists["x"]
    }
    names = [each["name"] for each in lists["reviewed"]]
    assert names == sorted(names, key=str.casefold)
    for each in data(client, "/en/practice/statistics/figures.json")["histogram"]["bins"]:
        code = f"{each['from']}-{each['to']}" if each["from"] != each["to"] else str(each["from"])
        found = data(client, f"/en/practice/statistics/states.json?bin={code}")["states"]
        assert len(found) == each["states"]
    page = client.get("/en/practice/statistics/states?field=op2.use.cw.framework&which=not-x").get_data(as_text=True)
    assert "#use" in page


def test_services_refuse_who_is_not_of_the_office(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        everyone = states.states(practice=True)
        with pytest.raises(NotAllowed):
            states_behind(everyone, "op1.npt", today(), Which.X, NOBODY)
        with pytest.raises(NotAllowed):
            statistics.states_in_bin(everyone, today(), EVERYTHING, "0", NOBODY)
        with pytest.raises(NotFound):
            statistics.states_in_bin(everyone, today(), EVERYTHING, "1-2", SYSTEM)
        assert states_behind(everyone, "op1.npt", today(), Which.X, BRIEFER)


def test_bad_addresses_are_told(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("briefer")
    for query in ("from=never", "to=2026-02-30", "group=none", "section=op9", "lens=none"):
        client.get(f"/en/practice/statistics/status?{query}", status=404)
    for query in ("field=op2.none", "which=most&field=op1.npt", "bin=9", "on=x"):
        client.get(f"/en/practice/statistics/states?{query}", status=404)
    client.get("/en/practice/statistics/status.pdf", status=404)


def test_two_days_in_either_order_are_the_same(practice_reader: StrictClient) -> None:
    one = data(practice_reader, "/en/practice/statistics/status.json?from=2015-01-01&to=2020-01-01")
    assert one == data(practice_reader, "/en/practice/statistics/status.json?from=2020-01-01&to=2015-01-01")
    assert (one["from"], one["to"]) == ("2015-01-01", "2020-01-01")


def test_the_days_at_the_edge_of_the_calendar(practice_reader: StrictClient) -> None:
    for day in ("0001-01-01", "2024-02-29", "9999-12-31"):
        assert data(practice_reader, f"/en/practice/statistics/figures.json?to={day}")["to"] == day


@pytest.mark.parametrize("name", ["figures", "status"])
def test_workbooks_say_what_they_rest_on(practice_reader: StrictClient, name: str) -> None:
    content = practice_reader.get(f"/ar/practice/statistics/{name}.xlsx").get_data()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    english = practice_reader.get(f"/en/practice/statistics/{name}.xlsx").get_data()
    sheet = openpyxl.load_workbook(io.BytesIO(english)).worksheets[0]
    notes = [sheet.cell(row, 1).value for row in range(1, 12)]
    assert "Practice data. The States here are invented." in notes
    assert "Not a measure of compliance." in notes
    assert any(note and note.endswith("37 of 40 States reviewed") for note in notes)


@pytest.mark.parametrize("page", ["statistics", "statistics/status"])
def test_as_many_queries_for_a_group_as_for_all(practice_reader: StrictClient, page: str) -> None:
    numbers = []
    for query in ("?group=weog", ""):
        practice_reader.get(f"/en/practice/{page}{query}")
        with counted(practice_reader.app) as statements:
            practice_reader.get(f"/en/practice/{page}{query}")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1] <= 20


def test_the_command_gives_the_same_histograms(
    practice_made: Path, tmp_path: Path, practice_reader: StrictClient
) -> None:
    shutil.copy(practice_made, tmp_path / "record.sqlite")
    environment = {"CPI1540_INSTANCE": str(tmp_path), "CPI1540_DATABASE_URL": ""}

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["histogram", *arguments], env=environment)
        assert result.exit_code == 0, result.output
        return result.stdout

    page = data(practice_reader, "/en/practice/statistics/figures.json")["histogram"]
    whole = json.loads(run("--all", "--practice", "--json"))["histograms"]
    assert whole == [{"name": "all", **page}]
    groups = json.loads(run("--all", "--practice", "--by", "group", "--json"))["histograms"]
    assert sum(each["states"] for each in groups) == 40
    for place, each in enumerate(page["bins"]):
        assert sum(group["bins"][place]["states"] for group in groups) == each["states"]
    sections = json.loads(run("XAC", "--by", "section", "--json"))["histograms"]
    assert [(each["name"], each["fields"]) for each in sections] == [
        ("op1", 10),
        ("op2", 66),
        ("op3ab", 94),
        ("op3cd", 156),
        ("op678", 6),
    ]
    assert "all  31-60  " in run("--all", "--practice")

"""Bands on pages, in files and on the command line, over the practice record."""

import io
import json
import re

import openpyxl
import pytest
from queries import counted
from strict_client import StrictClient

from cpi1540.coverage.commands import coverage
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.service.uncertainty import of_state, uncertainty
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.states import service as states

STATE = "/en/practice/states/XAB/coverage/uncertainty"


def text(client: StrictClient, address: str, status: int = 200) -> str:
    return re.sub(r"\s+", " ", client.get(address, status=status).get_data(as_text=True))


def test_the_page_of_a_state_says_what_was_varied_and_why_the_band_is_where_it_is(
    practice_reader: StrictClient,
) -> None:
    page = text(practice_reader, STATE)
    document = practice_reader.get(f"{STATE}.json").get_json()
    assert f"{document['p5']:.2f}–{document['p95']:.2f} <small>in 90 of 100 draws" in page
    assert "1,000 draws, seed 1540; concentration 50." in page
    assert "it may exclude the point" in page
    assert [each["factor"] for each in document["sensitivity"]] == ["op2", "op3ab", "op3cd", "incomplete", "unreviewed"]
    for each in document["sensitivity"]:
        assert f"{max(each['total'], 0):.2f}" in page
    assert document["not_told_from"] == sorted(document["not_told_from"])
    assert document["group"]["code"] == "african"


def test_ranks_are_there_only_for_who_asks(practice_reader: StrictClient) -> None:
    assert "Show rank ranges" in text(practice_reader, STATE)
    assert "A rank misleads" not in text(practice_reader, STATE)
    assert "ranks" not in practice_reader.get(f"{STATE}.json").get_json()
    asked = text(practice_reader, f"{STATE}?ranks=1")
    assert "A rank misleads" in asked
    ranks = practice_reader.get(f"{STATE}.json?ranks=1").get_json()["ranks"]
    rank = ranks["XAB"]
    assert 1 <= rank["first"] <= rank["last"] <= rank["of"] == len(ranks)
    assert f"{rank['first']} to {rank['last']} of {rank['of']}" in asked


def test_a_state_without_a_figure_is_told_so(practice_reader: StrictClient) -> None:
    page = text(practice_reader, "/en/practice/states/XAD/coverage/uncertainty?ranks=1")
    assert "Without a figure it cannot be compared." in page
    assert "Without a figure there is nothing to be sensitive." in page
    document = practice_reader.get("/en/practice/states/XAD/coverage/uncertainty.json").get_json()
    assert (document["p5"], document["sensitivity"], document["not_told_from"]) == (None, [], [])


def test_the_members_have_no_band_where_nothing_is_reviewed(practice_reader: StrictClient) -> None:
    page = text(practice_reader, "/en/coverage/uncertainty")
    assert "0 of 193 States reviewed in these fields." in page
    assert "<b>0.00</b>" not in page


def test_states_of_a_group_stand_in_alphabetical_order(practice_reader: StrictClient) -> None:
    page = text(practice_reader, "/en/practice/coverage/uncertainty?group=african")
    names = re.findall(r'<th scope="row" class="cov-name"><a [^>]*>([^<]+)</a>', page)
    assert len(names) > 5 and names == sorted(names)
    text(practice_reader, "/en/practice/coverage/uncertainty?group=moon", status=404)


@pytest.mark.parametrize("address", [STATE, "/ar/practice/coverage/uncertainty?group=african"])
def test_workbooks_say_what_they_rest_on(practice_reader: StrictClient, address: str) -> None:
    path, _, query = address.partition("?")
    content = practice_reader.get(f"{path}.xlsx?{query}").data
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert bool(sheet.sheet_view.rightToLeft) == address.startswith("/ar")
    assert any("1540" in str(value) and "000" in str(value) for value in values)
    assert any(isinstance(value, float) and 0 < value < 1 for value in values)
    practice_reader.get(f"{path}.pdf?{query}", status=404)


def test_a_state_is_read_alike_alone_in_its_group_and_in_the_whole_record(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        everyone = states.states(practice=True)
        every = uncertainty(everyone, Question(), SYSTEM)
        alone = uncertainty([state for state in everyone if state.code == "XAB"], Question(), SYSTEM)
        page = of_state(states.find("XAB"), Question(), NOBODY)
    assert alone.bands.states["XAB"] == every.bands.states["XAB"] == page.bands
    assert alone.figures.states["XAB"] == every.figures.states["XAB"] == page.figures


def test_the_number_of_queries_is_the_same_for_one_state_and_for_all(practice_reader: StrictClient) -> None:
    found = []
    with practice_reader.app.app_context():
        everyone = states.states(practice=True)
    for among in (everyone[:1], everyone):
        with counted(practice_reader.app) as statements, practice_reader.app.app_context():
            uncertainty(among, Question(), SYSTEM)
        found.append(len(statements))
    assert found[0] == found[1] <= 4


# The command


def printed(client: StrictClient, *words: str) -> str:
    result = client.app.test_cli_runner().invoke(coverage, [*words])
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def test_the_command_puts_a_band_into_every_figure(practice_reader: StrictClient) -> None:
    document = json.loads(
        printed(practice_reader, "--all", "--practice", "--uncertainty", "--draws", "50", "--seed", "7", "--json")
    )
    figures = [*document["states"], *document["groups"].values(), document["all"]]
    figures += [section for figure in figures for section in figure["sections"].values()]
    assert len(figures) == 46 * 6
    for figure in figures:
        assert (figure["draws"], figure["seed"]) == (50, 7)
        if figure["point"] is None:
            assert figure["p5"] is figure["p50"] is figure["p95"] is None
        else:
            assert 0 <= figure["p5"] <= figure["p50"] <= figure["p95"] <= 1
    one = json.loads(printed(practice_reader, "XAB", "--uncertainty", "--draws", "50", "--seed", "7", "--json"))
    assert one["states"][0] == next(each for each in document["states"] if each["state"] == "XAB")
    assert "p5" not in json.loads(printed(practice_reader, "XAB", "--json"))["states"][0]


@pytest.mark.parametrize("words", [("--seed", "1"), ("--draws", "10"), ("--uncertainty", "--draws", "0")])
def test_wrong_usage_of_draws_and_seed(practice_reader: StrictClient, words: tuple[str, ...]) -> None:
    result = practice_reader.app.test_cli_runner().invoke(coverage, ["XAB", *words])
    assert result.exit_code == 2

"""The pages of figures answer "why is it so much?", and a profile is made and compared through them."""

import io
import json
import re

from flask import Flask
from openpyxl import load_workbook
from strict_client import StrictClient


def texts(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_prints_the_formula_with_its_values(practice_reader: StrictClient) -> None:
    data = json.loads(practice_reader.get("/en/practice/states/XAC/coverage/figures.json?section=op2").get_data())
    assert (data["practice"], data["layouts"]) == (True, ["2017"])
    figure = data["figures"]["XAC"]
    counts = figure["counts"]
    page = texts(practice_reader.get("/en/practice/states/XAC/coverage?section=op2").get_data(as_text=True))
    applicable = figure["fields"] - counts["NA"]
    assert f"{counts['X']} / {applicable}" in page
    assert f"{figure['point']:.2f} between {figure['low']:.2f} and {figure['high']:.2f}" in page
    assert "equal/1" in page
    assert sum(part["counts"]["X"] for part in figure["parts"] if part["kind"] == "row") == counts["X"]


def test_a_lens_narrows_to_its_rows(practice_reader: StrictClient) -> None:
    data = json.loads(practice_reader.get("/en/practice/coverage/figures.json?lens=proliferation-finance").get_data())
    rows = {part["code"] for part in data["figures"]["all"]["parts"] if part["kind"] == "row"}
    assert rows == {"op2.finance", "op3cd.funds"}
    assert data["figures"]["all"]["fields"] == 40 * 12


def test_what_is_unknown_in_the_question_is_told(reader: StrictClient) -> None:
    for query in ("lens=none", "profile=none", "section=op9", "domain=xx", "aspect=xx", "row=op2.none", "group=none"):
        assert reader.get(f"/en/coverage?{query}", status=404), query


def test_a_profile_is_made_and_compared(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("reviewer")
    given = {"after": "0", "name": "finance-first", "reason": "Funds first"}
    given |= {"min_reviewed": "0,5", "concentration": "50", "rows_op2__finance": "three"}
    refused = client.post("/en/profiles/new", given, status=422).get_data(as_text=True)
    assert "Enter a number from 0 to 1000." in refused
    assert 'value="three"' in refused
    too_long = client.post("/en/profiles/new", given | {"rows_op2__finance": "3", "reason": "x" * 2001}, status=422)
    assert "2000" in texts(too_long.get_data(as_text=True))
    client.post("/en/profiles/new", given | {"rows_op2__finance": "3", "reason": "Funds\0 first"})
    assert "Funds first" in texts(client.get("/en/profiles/finance-first").get_data(as_text=True))
    assert "finance-first/1" in client.get("/en/profiles/finance-first").get_data(as_text=True)
    assert "Version 2 of finance-first" in texts(client.get("/en/profiles/finance-first/edit").get_data(as_text=True))
    compared = texts(client.get("/en/practice/profiles/finance-first/compare").get_data(as_text=True))
    assert "finance-first/1" in compared
    data = json.loads(client.get("/en/practice/profiles/finance-first/compare.json").get_data())
    assert data["profiles"] == ["equal/1", "finance-first/1"]
    equal, funds = data["figures"]["all"]
    assert equal["counts"] == funds["counts"]
    assert equal["point"] != funds["point"]
    content = client.get("/en/practice/profiles/finance-first/compare.xlsx").get_data()
    rows = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    points = {row[1]: row[3] for row in rows if row[0] == "All States of the record" and len(row) > 3 and row[1]}
    assert points == {"equal/1": equal["point"], "finance-first/1": funds["point"]}
    again = texts(client.get("/en/practice/states/XAC/coverage?profile=finance-first").get_data(as_text=True))
    assert "weights of the profile finance-first/1" in again


def test_every_workbook_of_the_practice_record_says_so(practice_reader: StrictClient) -> None:
    """A file leaves the page that says that its States are invented."""
    addresses = ["coverage/figures", "states/XAC/coverage/figures", "lenses/figures", "states/XAC/what-if/figures"]
    for address in addresses:
        content = practice_reader.get(f"/en/practice/{address}.xlsx").get_data()
        notes = [row[0] for row in load_workbook(io.BytesIO(content)).active.iter_rows(max_row=12, values_only=True)]
        assert notes[1] == "Practice data. The States here are invented."
        assert "Not a measure of compliance." in notes
        assert any(str(note).startswith("Layout 20") for note in notes)
    members = practice_reader.get("/en/coverage/figures.xlsx").get_data()
    assert load_workbook(io.BytesIO(members)).active["A2"].value.startswith("Scope: ")

"""Two States side by side: for the office alone, nothing ranked, both records of one kind."""

import io
import json

from flask import Flask
from openpyxl import load_workbook
from queries import counted
from strict_client import StrictClient

from cpi1540.foundation.templating import today
from cpi1540.matrix.service import reading, versions
from cpi1540.states import service as states

PAGE = "/en/practice/states/XAC/beside"


def office(app: Flask) -> StrictClient:
    client = StrictClient(app)
    client.continue_as("briefer")
    return client


def matrix(client: StrictClient, state: str) -> dict[str, tuple[str | None, str | None]]:
    with client.app.app_context():
        found = states.find(state)
        version = versions.effective([found], today())[state]
        return {key: (entry.code, entry.basis) for key, entry in reading.matrix(version).entries.items()}


def test_side_by_side_for_the_office(practice_app: Flask) -> None:
    client = office(practice_app)
    empty = client.get(PAGE).get_data(as_text=True)
    assert "Choose another State" in empty
    found = json.loads(client.get(f"{PAGE}/record.json?other=XAA").get_data())
    one, other = matrix(client, "XAC"), matrix(client, "XAA")
    common = [key for key in one if key in other]
    assert [each["field"] for each in found["fields"]] == common
    assert found["differing"] == sum(one[key] != other[key] for key in common)
    assert found["left_out"] == len(set(one) ^ set(other))
    for each in found["fields"]:
        assert [(record["code"], record["basis"]) for record in each["records"]] == [
            one[each["field"]],
            other[each["field"]],
        ]
    only = json.loads(client.get(f"{PAGE}/record.json?other=XAA&only=differing").get_data())
    assert len(only["fields"]) == found["differing"]
    own = json.loads(client.get("/en/practice/states/XAC/coverage/figures.json").get_data())
    assert found["states"][0]["low"] == own["figures"]["XAC"]["low"]

    page = client.get(f"{PAGE}?other=XAA&section=op3cd").get_data(as_text=True)
    assert "Two records, not a ranking." in page and "Not a measure of compliance." in page
    fewer = client.get(f"{PAGE}?other=XAA&section=op3cd&only=differing").get_data(as_text=True)
    assert fewer.count('<th scope="row" class="serif">') <= page.count('<th scope="row" class="serif">')
    sheet = load_workbook(io.BytesIO(client.get(f"{PAGE}/record.xlsx?other=XAA").get_data())).active
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "Two records, not a ranking." in text and "Not a measure of compliance." in text
    with counted(practice_app) as small:
        client.get(f"{PAGE}?other=XAA&section=op1")
    with counted(practice_app) as large:
        client.get(f"{PAGE}?other=XAA&section=op3cd")
    assert len(small) == len(large)


def test_nobody_else_sees_states_beside_each_other(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    assert "/sign-in" in client.get(f"{PAGE}?other=XAA", status=302).headers["Location"]
    client.continue_as("focal-point")
    client.get(f"{PAGE}?other=XAA", status=403)
    client.get(f"{PAGE}/record.json?other=XAA", status=403)


def test_the_two_records_are_never_put_together(practice_app: Flask) -> None:
    client = office(practice_app)
    client.get(f"{PAGE}?other=FRA", status=404)
    client.get("/en/states/FRA/beside?other=XAA", status=404)
    same = client.get(f"{PAGE}?other=XAC", status=400).get_data(as_text=True)
    assert "Choose another State than XAC itself." in same
    members = client.get("/en/states/FRA/beside?other=KEN&section=op1").get_data(as_text=True)
    assert "no figure" in members

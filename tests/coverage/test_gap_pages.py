"""The page of gaps and its files, from the practice record: what they say equals a recomputation."""

import io
import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from flask import Flask
from queries import counted
from strict_client import StrictClient

from cpi1540.coverage.service import figures, gap_lists
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import SYSTEM
from cpi1540.matrix.record import Code, Entry, Matrix
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states import service as states

PAGE = "/en/practice/states/XAC/gaps"


def texts(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def document(reader: StrictClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reader.get(f"{PAGE}.json{query}").get_data())
    return found


def test_figures_for_actions_equal_recomputation(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        for state in states.states(practice=True):
            found = gap_lists.gaps(state, Question(), SYSTEM)
            if found.version is None:
                assert (found.gaps.gaps, found.gains) == ((), ())
                continue
            layout, matrix = layouts.layout(found.version.layout), reading.matrix(found.version)
            closed = [key for gain in found.gains for key in gain.fields]
            assert sorted(closed) == sorted(gap.field for gap in found.gaps.gaps)
            for gain in found.gains:
                with_it = {**matrix.entries, **dict.fromkeys(gain.fields, Entry(Code.FOUND))}
                today = figures.figures_of(state, matrix, layout)
                then = figures.figures_of(state, Matrix(found.version, with_it), layout)
                section = gain.section
                assert gain.before == (today.sections[section] if section else today.total)
                assert gain.after == (then.sections[section] if section else then.total)
                assert gain.after.counts["X"] - gain.before.counts["X"] <= len(gain.fields)


def test_how_many_of_the_group_have_it_is_counted_from_the_other_states(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        state = states.find("XAC", practice=True)
        others = [each for each in states.states(practice=True, group=state.group) if each.code != "XAC"]
        records = [reading.matrix(version).entries for version in versions.effective(others, Question().on).values()]
        found = gap_lists.gaps(state, Question(), SYSTEM)
    assert (found.peers, found.group_size) == (len(records), len(others))
    assert len(records) > 0
    for gap in found.gaps.gaps:
        codes = [entries[gap.field].code for entries in records if gap.field in entries]
        reviewed = [code for code in codes if code not in (None, Code.NOT_APPLICABLE)]
        (peers,) = [factor for factor in gap.factors if factor.name == "peers"]
        expected = reviewed.count(Code.FOUND) / len(reviewed) if reviewed else 0.5
        assert peers.value == pytest.approx(expected), gap.field


def test_the_page_says_why(practice_reader: StrictClient) -> None:
    gap = document(practice_reader)["gaps"][0]
    page = texts(practice_reader.get(PAGE).get_data(as_text=True))
    assert f"Why {gap['priority']:.2f}?" in page
    for factor in gap["factors"]:
        product = factor["weight"] * factor["value"]
        assert f"{factor['weight']:.2f} × {factor['value']:.2f} = {product:.2f}" in page
        assert factor["because"] in page


def test_the_file_keeps_the_keys_of_the_command(practice_reader: StrictClient) -> None:
    found = document(practice_reader)
    assert list(found) == ["state", "version", "as_of", "profile", "gaps", "not_reviewed", "actions", "method"]
    assert set(found["gaps"][0]) == {"field", "code", "priority", "factors", "action"}
    assert {gap["action"] for gap in found["gaps"]} == {action["action"] for action in found["actions"]}


def test_a_question_narrows_gaps_actions_and_work(practice_reader: StrictClient) -> None:
    found = document(practice_reader, "?section=op2&domain=cw")
    assert found["gaps"] or found["not_reviewed"]
    fields = [*(gap["field"] for gap in found["gaps"]), *found["not_reviewed"]]
    assert all(field.startswith("op2.") and ".cw." in field for field in fields)
    assert all(action["before"]["fields"] == 22 for action in found["actions"])


def test_a_lens_narrows_or_weighs(practice_reader: StrictClient) -> None:
    everything, inside = document(practice_reader), document(practice_reader, "?lens=psi")
    weighed = document(practice_reader, "?lens=psi&outside=1")
    assert 0 < len(inside["gaps"]) < len(everything["gaps"]) == len(weighed["gaps"])
    values = [factor["value"] for gap in weighed["gaps"] for factor in gap["factors"] if factor["name"] == "lens"]
    assert values.count(1.0) == len(inside["gaps"])
    assert values.count(0.0) == len(everything["gaps"]) - len(inside["gaps"])


def test_a_part_of_the_question_taken_away_leaves_the_order(practice_reader: StrictClient) -> None:
    page = practice_reader.get(f"{PAGE}?section=op2&domain=cw&order=printed").get_data(as_text=True)
    addresses = re.findall(r'<a class="chip" href="([^"]+)">[^<]+<span aria-hidden="true">×', unescape(page))
    asked = [dict(pair.split("=") for pair in each.partition("?")[2].split("&")) for each in addresses]
    assert asked == [{"order": "printed", "domain": "cw"}, {"order": "printed", "section": "op2"}]


def test_in_printed_order_sections_head_the_list(practice_reader: StrictClient) -> None:
    page = practice_reader.get(f"{PAGE}?order=printed").get_data(as_text=True)
    keys = re.findall(r'<bdi class="mono small">(op[^<]+)</bdi>', page)
    with practice_reader.app.app_context():
        positions = layouts.layout().positions
    assert keys == sorted(keys, key=lambda key: positions[key])
    assert len(keys) == len(document(practice_reader)["gaps"])


def test_the_workbooks_hold_the_same(practice_reader: StrictClient) -> None:
    found = document(practice_reader)
    sheet = openpyxl.load_workbook(io.BytesIO(practice_reader.get(f"{PAGE}.xlsx").get_data())).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    fields = {row[1]: row[0] for row in rows if str(row[1]).startswith("op")}
    assert fields == {gap["field"]: pytest.approx(gap["priority"]) for gap in found["gaps"]}
    above = " ".join(str(row[0]) for row in rows[:12])
    for told in ("Practice data.", "XAC", "As of", "Layout 2017", "equal/1", "Not a measure of compliance."):
        assert told in above
    answer = practice_reader.get("/ar/practice/states/XAC/gap-actions.xlsx").get_data()
    arabic = openpyxl.load_workbook(io.BytesIO(answer)).active
    assert arabic is not None
    assert arabic.sheet_view.rightToLeft
    names = {action["names"]["ar"] for action in found["actions"]}
    assert names <= {row[0] for row in arabic.iter_rows(values_only=True)}
    practice_reader.get(f"{PAGE}.pdf", status=404)


def test_na_is_suggested_to_desk_officers_who_choose(practice_reader: StrictClient) -> None:
    page = practice_reader.get("/en/practice/states/XAF/gaps").get_data(as_text=True)
    assert "Fields that may not apply" in page
    assert "draft/many" not in page
    desk = StrictClient(practice_reader.app)
    desk.continue_as("desk-officer")
    page = desk.get("/en/practice/states/XAF/gaps").get_data(as_text=True)
    address = unescape(re.findall(r'href="([^"]*draft/many[^"]*)"', page)[0])
    form = desk.get(address).get_data(as_text=True)
    chosen = re.findall(r'name="field" value="([^"]+)" checked', form)
    assert chosen and sorted(chosen) == sorted(re.findall(r"field=([^&]+)", address))
    assert re.search(r'<option value="NA" selected', form)


@pytest.mark.parametrize(
    ("person", "state", "endpoint", "address"),
    [
        ("coordinator", "XAC", "requests.new", "/practice/assistance/requests/new"),
        ("focal-point", "XAG", "state_requests.submit", "/practice/states/<state>/requests/new"),
    ],
)
def test_one_click_leads_to_a_draft_request_with_the_fields(
    practice_app: Flask, person: str, state: str, endpoint: str, address: str
) -> None:
    if endpoint not in practice_app.view_functions:

        def form(**_values: str) -> str:
            return ""

        form.access = "public"  # type: ignore[attr-defined]
        practice_app.add_url_rule("/<lang>" + address, endpoint, form)
    client = StrictClient(practice_app)
    page, here = f"/en/practice/states/{state}/gaps", "/en" + address.replace("<state>", state)
    assert here not in client.get(page).get_data(as_text=True)
    client.continue_as(person)
    links = re.findall(rf'href="({here}[^"]*)"', client.get(page).get_data(as_text=True))
    asked = [parse_qs(urlsplit(unescape(each)).query) for each in links]
    actions = json.loads(client.get(f"{page}.json").get_data())["actions"]
    assert len(actions) > 1
    assert [each["field"] for each in asked] == [action["fields"] for action in actions]
    assert [each["kind"] for each in asked] == [[action["request_kind"]] for action in actions]


def test_a_state_without_reviewed_fields_has_work_and_no_gap(reader: StrictClient) -> None:
    page = texts(reader.get("/en/states/FRA/gaps").get_data(as_text=True))
    assert "No gap is recorded" in page
    assert "322 counted fields are not reviewed" in page


def test_the_number_of_queries_does_not_grow_with_the_gaps(practice_reader: StrictClient) -> None:
    short, long = f"{PAGE}?section=op678", PAGE
    for address in (short, long):
        practice_reader.get(address)
    with counted(practice_reader.app) as few:
        practice_reader.get(short)
    with counted(practice_reader.app) as many:
        practice_reader.get(long)
    assert len(many) == len(few) <= 20, many

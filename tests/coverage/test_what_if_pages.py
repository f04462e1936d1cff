"""What-if as people meet it: ticked, seen, shared, and never written."""

import io
import json

from openpyxl import load_workbook
from queries import counted
from sqlalchemy import select
from strict_client import StrictClient

from cpi1540.foundation.database import db
from cpi1540.foundation.tables import AuditHeadRow
from cpi1540.matrix.service import layouts

PAGE = "/en/practice/states/XAC/what-if"


def figures(reader: StrictClient, query: str) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    return json.loads(reader.get(f"{PAGE}/figures.json?{query}").get_data())


def test_a_row_closed_moves_its_section_and_the_total(practice_reader: StrictClient) -> None:
    found = figures(practice_reader, "close=op3cd.transit")
    assert found["closed"] == [
        f"op3cd.transit.{domain}.{aspect}" for domain in ("nw", "cw", "bw") for aspect in ("framework", "enforcement")
    ]
    before, after = found["before"], found["after"]
    assert after["counts"]["X"] == before["counts"]["X"] + 6
    assert after["low"] > before["low"] and after["high"] >= before["high"]
    assert after["sections"]["op2"] == before["sections"]["op2"]
    recorded = json.loads(practice_reader.get("/en/practice/states/XAC/coverage/figures.json").get_data())
    assert recorded["figures"]["XAC"]["low"] == before["low"]
    assert figures(practice_reader, "")["before"] == figures(practice_reader, "")["after"]


def test_a_small_choice_is_posted_into_an_address(practice_reader: StrictClient) -> None:
    fields = [
        f"op3cd.transit.{domain}.{aspect}" for domain in ("nw", "cw", "bw") for aspect in ("framework", "enforcement")
    ]
    sent = practice_reader.post(PAGE, {"close": [*fields, "op2.manufacture.cw.framework"]})
    assert sent.headers["Location"] == f"{PAGE}?close=op2.manufacture.cw.framework&close=op3cd.transit"
    page = practice_reader.get(sent.headers["Location"]).get_data(as_text=True)
    assert "7 fields taken as closed" in page and "Nothing is written here." in page
    assert page.count(' checked aria-label="') == 7


def test_a_large_choice_is_shown_without_an_address(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        head = db.session.scalar(select(AuditHeadRow.event_id))
    singles = [key for key in _closable(practice_reader) if not key.endswith("nw.framework")]
    assert len(singles) > 40
    page = practice_reader.post(PAGE, {"close": singles}, status=200).get_data(as_text=True)
    assert "cannot be shared by its address" in page
    assert "figures.xlsx" not in page
    with practice_reader.app.app_context():
        assert db.session.scalar(select(AuditHeadRow.event_id)) == head


def test_an_action_closes_what_it_reaches(practice_reader: StrictClient) -> None:
    closed = figures(practice_reader, "close=chemical-weapons-act")["closed"]
    assert closed and all(".cw." in key for key in closed)


def test_a_lens_narrows_what_is_asked(practice_reader: StrictClient) -> None:
    found = figures(practice_reader, "lens=proliferation-finance&close=op2.finance&close=op3cd.transit")
    assert found["before"]["fields"] == 12
    assert all(key.startswith("op2.finance") for key in found["closed"])


def test_what_is_unknown_is_said(practice_reader: StrictClient) -> None:
    page = practice_reader.get(f"{PAGE}?close=op9.nothing", status=404).get_data(as_text=True)
    assert "There is no field, row or action op9.nothing to close." in page
    practice_reader.get(f"{PAGE}/figures.pdf", status=404)


def test_the_workbook_says_that_it_is_a_question(practice_reader: StrictClient) -> None:
    sheet = load_workbook(io.BytesIO(practice_reader.get(f"{PAGE}/figures.xlsx?close=op3cd.transit").get_data())).active
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "A question, not the record: nothing was written." in text
    assert "Not a measure of compliance." in text and "As of" in text
    assert "op3cd.transit.bw.enforcement" in text


def test_the_real_record_reads_well_with_nothing_reviewed(practice_reader: StrictClient) -> None:
    page = practice_reader.get("/en/states/FRA/what-if").get_data(as_text=True)
    assert "no figure" in page and "fields can be closed" in page


def test_queries_do_not_grow_with_the_choice(practice_reader: StrictClient) -> None:
    practice_reader.get(PAGE)
    with counted(practice_reader.app) as few:
        practice_reader.get(PAGE)
    with counted(practice_reader.app) as many:
        practice_reader.get(f"{PAGE}?close=chemical-weapons-act&close=op3cd.transit&close=op3cd.re-export")
    assert len(many) == len(few)


def _closable(reader: StrictClient) -> list[str]:
    """Every field of the State that can be closed."""
    with reader.app.app_context():
        rows = [f"close={section}.{row}" for section, row in layouts.layout().rows if section != "op1"]
    return list(figures(reader, "&".join(rows))["closed"])

"""The yearly report: its rules, its figures recounted from the lists, the files that carry it."""

import datetime
import io
import json
from collections import Counter
from dataclasses import replace
from statistics import median

import docx
import pytest
from flask import Flask
from openpyxl import load_workbook
from strict_client import StrictClient

from cpi1540.assistance.outcomes.match import Done, Match, MatchAct, MatchStatus, Side
from cpi1540.assistance.outcomes.measures import Middle
from cpi1540.assistance.outcomes.report import NO_AREA, ORGANIZATIONS, Record, status_days, step_days, yearly
from cpi1540.assistance.outcomes.report_docx import write_report_docx
from cpi1540.assistance.outcomes.report_json import report_json
from cpi1540.assistance.outcomes.report_table import ReportNames, report_notes, report_tables, report_title
from cpi1540.assistance.outcomes.report_xlsx import write_report_xlsx
from cpi1540.assistance.outcomes.service import reading, reporting
from cpi1540.assistance.procedure.course import Course, Recorded
from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.request import (
    Channel,
    Kind,
    Need,
    NeedValues,
    Request,
    Requester,
    RequestValues,
    Status,
    need_id,
)
from cpi1540.assistance.requests.requests_json import list_json
from cpi1540.assistance.requests.service import lists
from cpi1540.exchange.wording import english, str_of
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states import service as states

D = datetime.date
SECTIONS = ("op1", "op2", "op3ab", "op3cd", "op678")
NAMES = ReportNames(
    str_of, {each: each.upper() for each in SECTIONS}, {"african": "African", "grulac": "Latin"}, "today"
)
TRANSIT, FINANCE = "op3cd.transit.nw.framework", "op2.finance.nw.framework"


def request(number: int, date: str, requester: Requester, *needs: NeedValues, acts: tuple[Recorded, ...] = (),
            status: Status = Status.OPEN) -> Request:  # fmt: skip
    values = RequestValues(requester, Channel.NOTE_VERBALE, True, PartialDate.parse(date), "en", "title")
    identifier = f"R-{date[:4]}-{number:03}"
    own = tuple(Need(need_id(identifier, n), n, each) for n, each in enumerate(needs, 1))
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return Request(identifier, values, status, Course(), own, 0, at, acts=acts)


def match(need: str, *acts: tuple[MatchAct, datetime.date]) -> Match:
    done = tuple(Done(n, act, on, Side.OFFICE) for n, (act, on) in enumerate(acts, 1))
    return Match(f"{need}/1", 1, need.rpartition("/")[0], need, "O-1", "P-1", MatchStatus.AGREED, acts=done)


KENYA, BOTH, CARICOM = Requester(("KEN",)), Requester(("BRA", "KEN")), Requester((), "CARICOM")
TRAINING, LAWS = NeedValues(Kind.TRAINING, (TRANSIT, FINANCE)), NeedValues(Kind.LEGISLATIVE_DRAFTING)
ACTS = (
    Recorded(1, Act.AUTHENTICATE, D(2026, 1, 7)),
    Recorded(2, Act.CIRCULATE, D(2026, 1, 12)),
)
RECORD = Record(
    (
        request(1, "2026-01-05", KENYA, TRAINING, LAWS, acts=ACTS),
        request(2, "2026", BOTH, TRAINING),
        request(3, "2026-02-02", CARICOM, LAWS, status=Status.HISTORICAL),
        request(1, "2025-12-30", KENYA, TRAINING),
    ),
    (),
    (
        match("R-2026-001/1", (MatchAct.PROPOSE, D(2026, 1, 8)), (MatchAct.ACCEPT, D(2026, 1, 18)),
              (MatchAct.AGREE, D(2026, 2, 1))),
        match("R-2025-001/1", (MatchAct.PROPOSE, D(2026, 1, 8)), (MatchAct.ACCEPT, D(2026, 1, 12)),
              (MatchAct.AGREE, D(2026, 3, 1))),
        match("R-2026-002/1", (MatchAct.PROPOSE, D(2026, 12, 8)), (MatchAct.ACCEPT, D(2027, 1, 12)),
              (MatchAct.AGREE, D(2027, 3, 1))),
    ),
    {"KEN": "african", "BRA": "grulac"},
    SECTIONS,
    ("african", "grulac"),
)  # fmt: skip


def test_a_year_is_counted_as_its_definitions_say() -> None:
    found = yearly(2026, RECORD, D(2026, 12, 31), practice=False)
    assert (found.whole.requests, found.whole.needs, found.whole.matches, found.historical) == (3, 4, 2, 1)
    areas = {key: (tally.requests, tally.needs, tally.matches) for key, tally in found.by_area.items()}
    assert areas == {
        "op1": (0, 0, 0), "op2": (2, 2, 2), "op3ab": (0, 0, 0), "op3cd": (2, 2, 2), "op678": (0, 0, 0),
        NO_AREA: (2, 2, 0),
    }  # fmt: skip
    groups = {key: (tally.requests, tally.needs, tally.matches) for key, tally in found.by_group.items()}
    assert groups == {"african": (2, 3, 2), "grulac": (1, 1, 0), ORGANIZATIONS: (1, 1, 0)}
    assert (found.by_kind[Kind.TRAINING].needs, found.by_kind[Kind.TRAINING].matches) == (2, 2)
    assert found.acts[MatchAct.PROPOSE] == 3 and found.acts[MatchAct.AGREE] == 2
    assert found.step_days[Step.AUTHENTICATE] == Middle(2.0, 1)
    assert found.step_days[Step.CIRCULATE] == Middle(5.0, 1)
    assert found.step_days[Step.ACKNOWLEDGE] == Middle(None, 0)
    assert found.status_days[MatchStatus.PROPOSED] == Middle(7.0, 2)
    assert found.status_days[MatchStatus.ACCEPTED] == Middle(31.0, 2)
    empty = yearly(2012, RECORD, D(2026, 12, 31), practice=False)
    assert (empty.whole.requests, empty.whole.matches) == (0, 0)


def test_days_are_from_reaching_a_step_to_leaving_it() -> None:
    assert step_days(RECORD.requests[0]) == [
        (Step.AUTHENTICATE, 2, D(2026, 1, 7)),
        (Step.CIRCULATE, 5, D(2026, 1, 12)),
    ]
    assert step_days(RECORD.requests[2]) == []
    assert status_days(RECORD.matches[0]) == [
        (MatchStatus.PROPOSED, 10, D(2026, 1, 18)),
        (MatchStatus.ACCEPTED, 14, D(2026, 2, 1)),
    ]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_figures_are_those_of_the_lists(practice_reader: StrictClient, year: int) -> None:
    with practice_reader.app.test_request_context("/en/practice"):
        found = report_json(reporting.report(year, practice=True), str_of)
        listed = list_json(lists.listing(lists.EVERYTHING, SYSTEM, practice=True, size=None).lines)["requests"]
        matches = reading.matches(True, SYSTEM)
        group = {state.code: state.group for state in states.states(practice=True)}
        groups = {
            line.request.id: {group[code] for code in line.request.values.requester.states} or {"organizations"}
            for line in lists.listing(lists.EVERYTHING, SYSTEM, practice=True, size=None).lines
        }
    assert isinstance(listed, list)
    mine = [each for each in listed if each["date"].startswith(str(year))]
    needs = [need for each in mine for need in each["needs"] if need["status"] != "withdrawn"]
    assert (found["requests"], found["needs"]) == (len(mine), len(needs))
    sections = Counter(s for need in needs for s in {f.split(".")[0] for f in need["fields"]} or {"none"})
    by_area, by_kind, by_group = found["by_area"], found["by_kind"], found["by_group"]
    assert isinstance(by_area, dict) and isinstance(by_kind, dict) and isinstance(by_group, dict)
    assert {key: told["needs"] for key, told in by_area.items() if told["needs"]} == sections
    kinds = Counter(need["kind"] for need in needs)
    assert {key: told["needs"] for key, told in by_kind.items() if told["needs"]} == kinds
    asked = Counter(code for each in mine for code in groups[each["request"]])
    assert {key: told["requests"] for key, told in by_group.items() if told["requests"]} == asked
    agreed = [m for m in matches if any(d.act == "agree" and d.on.year == year for d in m.acts)]
    assert found["matches"] == len(agreed) > 0
    matched = Counter(code for m in agreed for code in groups[m.request])
    assert {key: told["matches"] for key, told in by_group.items() if told["matches"]} == matched
    acts = Counter(d.act.value for m in matches for d in m.acts if d.on.year == year)
    told = found["acts"]
    assert isinstance(told, dict)
    assert {key: count for key, count in told.items() if count} == acts
    # Approached: from that act to the provider's answer, where the answer is of the year.
    answers = []
    for each in matches:
        days = {d.act.value: d.on for d in each.acts}
        answer = days.get("accept") or days.get("decline")
        if "approach" in days and answer and answer.year == year:
            answers.append((answer - days["approach"]).days)
    statuses = found["median_days"]
    assert isinstance(statuses, dict)
    assert statuses["statuses"]["approached"] == {"days": float(median(answers)), "n": len(answers)}


def test_the_files_say_the_same_as_the_page(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("coordinator")
    page = client.get("/en/practice/assistance/report/2026").text
    content = client.get("/en/practice/assistance/report/2026.xlsx").get_data()
    document = json.loads(client.get("/en/practice/assistance/report/2026.json").get_data())
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 7
    first = [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]
    assert first[0][0] == "Assistance in 2026"
    assert first[1][0] == "Practice data."
    whole = next(row for row in first if row[0] == "2026")
    assert whole[1:5] == (document["requests"], document["needs"], document["offers"], document["matches"])
    assert any("Not a measure of compliance" in str(row[0]) for row in first)
    areas = {row[0]: row[1:5] for row in book.worksheets[2].iter_rows(min_row=6, values_only=True)}
    assert list(areas.values())[1] == tuple(document["by_area"]["op2"].values())
    paper = docx.Document(io.BytesIO(client.get("/en/practice/assistance/report/2026.docx").get_data()))
    assert [len(table.columns) for table in paper.tables] == [5, 2, 5, 4, 4, 3, 3]
    assert paper.tables[0].rows[1].cells[1].text == str(document["requests"])
    assert f"<dd>{document['requests']}</dd>" in page
    for definition in document["definitions"]:
        assert definition in page
        assert any(definition == paragraph.text for paragraph in paper.paragraphs)
    client.get("/en/practice/assistance/report/2026.pdf", 404)
    client.get("/en/practice/assistance/report/1999", 404)


def test_the_same_values_give_the_same_bytes_and_no_formula() -> None:
    found = yearly(2026, RECORD, D(2026, 12, 31), practice=True)
    names = ReportNames(str_of, {**NAMES.sections, "op2": "=1+1"}, NAMES.groups, "today", "notice")
    title, notes, tables = report_title(found, str_of), report_notes(found, names), report_tables(found, names)
    made = datetime.datetime(2026, 12, 31, tzinfo=datetime.UTC)
    book = write_report_xlsx(title, notes, tables, english(), made_at=made)
    assert book == write_report_xlsx(title, notes, tables, english(), made_at=made)
    cells = {row[0].value: row[0] for row in load_workbook(io.BytesIO(book)).worksheets[2].iter_rows()}
    assert cells["=1+1"].data_type == "s"
    paper = write_report_docx(title, notes, tables, english(), made_at=made)
    assert paper == write_report_docx(title, notes, tables, english(), made_at=made)
    assert notes[-1] == "notice"
    assert "1 request of the year is known from the past: its outcome is not recorded." in notes


def test_an_arabic_footer_runs_right_to_left_in_its_own_embedding() -> None:
    arabic = replace(english(), language="ar")
    tables = report_tables(yearly(2026, RECORD, D(2026, 12, 31), practice=True), NAMES)
    made = datetime.datetime(2026, 12, 31, tzinfo=datetime.UTC)
    book = write_report_xlsx("المساعدة في عام \u20682026\u2069", ("أ", "ب"), tables, arabic, made_at=made)
    foot = load_workbook(io.BytesIO(book)).worksheets[0].oddFooter
    assert foot.right.text == "\u202bالمساعدة في عام 2026\u202c" and foot.center.text == "\u202bأ\u202c"
    assert foot.left.text.strip() == "&P / &N"


def test_no_figure_is_an_empty_cell_never_zero() -> None:
    found = yearly(2026, RECORD, D(2026, 12, 31), practice=True)
    tables = {table.code: table for table in report_tables(found, NAMES)}
    assert tables["steps"].rows[2] == ("Step 3: Acknowledge", None, 0)
    made = datetime.datetime(2026, 12, 31, tzinfo=datetime.UTC)
    book = write_report_xlsx("t", ("a", "b"), tuple(tables.values()), english(), made_at=made)
    sheet = load_workbook(io.BytesIO(book)).worksheets[5]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Step 3: Acknowledge")
    assert row[1:3] == (None, 0)

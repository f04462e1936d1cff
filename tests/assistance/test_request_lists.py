"""Lists of requests: filters, order, pages, what is briefed; a constant number of queries; the historical requests."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from assistance_people import COORDINATOR, FOCAL, VALUES
from flask import Flask
from queries import counted
from sqlalchemy import func, select
from strict_client import StrictClient

from cpi1540 import paths
from cpi1540.assistance.procedure import course as procedure
from cpi1540.assistance.procedure.briefing_days import months_before
from cpi1540.assistance.procedure.course import Course, Standing
from cpi1540.assistance.procedure.holidays_csv import read_holidays
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests import agenda
from cpi1540.assistance.requests.agenda import Line, Reason
from cpi1540.assistance.requests.request import Kind, NeedStatus, Request, Status
from cpi1540.assistance.requests.requests_json import list_json
from cpi1540.assistance.requests.service import historical, lists, reading
from cpi1540.assistance.requests.service.lists import Filters, listing
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.cli import main
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.matrix.layout import Domain

D = datetime.date
SUMMARY = {1: 7, 2: 4, 3: 4, 4: 5, 5: 5, 6: 13, 7: 6, 8: 7, 9: 3}


@pytest.fixture
def app(practice_reader: StrictClient) -> Flask:
    """The application with both records, to be read only."""
    return practice_reader.app


def everything(practice: bool = True) -> list[Line]:
    return list(listing(lists.EVERYTHING, COORDINATOR, practice=practice, size=None).lines)


def test_the_practice_record_has_requests_at_every_step(app: Flask) -> None:
    with app.app_context():
        lines = everything()
        assert (len(lines), sum(len(line.request.needs) for line in lines)) == (72, 216)
        board = lists.board(COORDINATOR, practice=True)
        assert {int(step): len(there) for step, there in board.items()} == SUMMARY
        asking = {code for line in lines for code in line.request.values.requester.states}
        assert len(asking) == 40
        assert all(code.startswith("X") for code in asking)
        assert {need.status for line in lines for need in line.request.needs} == set(NeedStatus)
        assert sum(1 for line in lines if line.request.values.requester.organization) == 2


def test_what_the_row_keeps_is_what_the_acts_say(app: Flask) -> None:
    with app.app_context():
        for line in everything():
            request = reading.find(line.request.id, COORDINATOR)
            date = request.values.date
            assert date is not None
            replayed = procedure.course(
                request.acts, date.first_day, formal=request.values.formal, submitted=request.submitted
            )
            assert request.course == replayed
            assert line.moved_at == max((act.at for act in request.acts if act.at), default=None)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(step=Step.MATCH),
        Filters(status=Status.CLOSED),
        Filters(group="african"),
        Filters(state="XAG"),
        Filters(kind=Kind.TRAINING),
        Filters(domain=Domain.BW),
        Filters(section="op3cd"),
        Filters(kind=Kind.TRAINING, domain=Domain.BW, section="op2"),
        Filters(overdue=True),
        Filters(text="LUTANDA"),
        Filters(text="comité"),
        Filters(text="100%_"),
    ],
    ids=str,
)
def test_a_filter_leaves_what_a_person_would_pick(app: Flask, filters: Filters) -> None:
    groups = {"african": {"XAA", "XAB", "XAC", "XAD", "XAE", "XAF", "XAG", "XAH", "XAI", "XAJ", "XAK"}}
    named = {"LUTANDA": lambda line: "XAG" in line.request.values.requester.states}

    def keeps(line: Line) -> bool:
        request, states = line.request, set(line.request.values.requester.states)
        needs = [
            need.values
            for need in request.needs
            if filters.kind in (None, need.values.kind)
            and (filters.domain is None or filters.domain in need.values.domains)
            and (filters.section is None or any(key.split(".")[0] == filters.section for key in need.values.fields))
        ]
        spoken = [request.values.title, request.values.text, *(need.values.objective for need in request.needs)]
        return (
            filters.step in (None, line.standing.step)
            and filters.status in (None, request.status)
            and (filters.group is None or bool(states & groups[filters.group]))
            and (filters.state is None or filters.state in states)
            and (not filters.overdue or line.standing.overdue > 0)
            and bool(needs)
            and (
                not filters.text
                or named.get(filters.text, lambda _line: any(filters.text in each.casefold() for each in spoken))(line)
            )
        )

    with app.app_context():
        codes = {line.request.id for line in everything() if keeps(line)}
        found = listing(filters, COORDINATOR, practice=True, size=None)
    assert {line.request.id for line in found.lines} == codes
    assert found.total == len(codes)
    assert 0 < len(codes) < 72 or filters.text == "100%_"


def test_overdue_stands_first_and_pages_make_up_the_whole(app: Flask) -> None:
    with app.app_context():
        whole = [line.request.id for line in everything()]
        late = [line.standing.overdue for line in everything()]
        pages = [listing(lists.EVERYTHING, COORDINATOR, practice=True, page=page, size=25) for page in (1, 2, 3, 9)]
        newest = listing(lists.EVERYTHING, COORDINATOR, practice=True, newest_first=True, size=3)
    assert late == sorted(late, reverse=True)
    assert late[0] > 0
    assert [line.request.id for page in pages[:3] for line in page.lines] == whole
    assert pages[3] == pages[2]
    assert (pages[0].total, pages[0].pages) == (72, 3)
    assert newest.lines[0].request.id > newest.lines[2].request.id


def test_the_number_of_queries_does_not_grow(app: Flask) -> None:
    with app.app_context():
        layout_known = listing(lists.EVERYTHING, COORDINATOR, practice=True, size=1)
        assert layout_known.total == 72
    with counted(app) as one, app.app_context():
        listing(Filters(text="assistance"), COORDINATOR, practice=True, size=1)
    with counted(app) as many, app.app_context():
        listing(lists.EVERYTHING, FOCAL, practice=True, size=None)
    assert len(one) == len(many)
    assert len(many) <= 8


def test_needs_by_area_count_each_need_once(app: Flask) -> None:
    with app.app_context():
        counts = lists.areas(COORDINATOR, practice=True)
        lines = listing(lists.OPEN, COORDINATOR, practice=True, size=None).lines
    wanted = {
        (need.id, key.split(".")[0], Domain(key.split(".")[2]) if key.count(".") > 1 else None)
        for line in lines
        for need in line.request.needs
        if need.status is not NeedStatus.WITHDRAWN
        for key in need.values.fields
    }
    assert sum(counts.values()) == len(wanted)
    assert counts["op3cd", Domain.NW] == sum(
        1 for _need, section, domain in wanted if (section, domain) == ("op3cd", "nw")
    )


def test_nine_historical_requests_load_with_their_sources(app: Flask) -> None:
    with app.app_context():
        found = {line.request.id: line for line in listing(lists.EVERYTHING, NOBODY, practice=False, size=None).lines}
        open_ones = listing(lists.OPEN, NOBODY, practice=False, size=None).lines
    assert len(found) == 9
    assert open_ones == ()
    assert all(line.standing == Standing() and line.request.values.source for line in found.values())
    assert [str(found[key].request.values.date) for key in ("R-2004-001", "R-2005-001", "R-0000-001")] == [
        "2004-10-28",
        "2005",
        "None",
    ]
    border = found["R-0000-001"].request.needs[3].values
    assert (border.kind, len(border.fields)) == (Kind.LEGISLATIVE_DRAFTING, 3)


def test_a_changed_fact_is_loaded_anew_and_a_broken_file_refused(practice_app: Flask, tmp_path: Path) -> None:
    data = json.loads((paths.SEED / "assistance-requests.json").read_text("utf-8"))
    data["requests"][0]["title"] = "Another title"
    (tmp_path / "assistance-requests.json").write_text(json.dumps(data), "utf-8")
    with practice_app.app_context():
        before = db.session.scalar(select(func.max(AuditEventRow.id)))
        with transaction():
            historical.load(paths.SEED, SYSTEM.id)
        assert db.session.scalar(select(func.max(AuditEventRow.id))) == before
        with transaction():
            historical.load(tmp_path, SYSTEM.id)
        assert reading.find("R-0000-001", NOBODY).values.title == "Another title"
        assert db.session.scalar(select(func.count()).where(RequestRow.status == Status.HISTORICAL)) == 9


def test_the_command_prints_the_contract(practice_app: Flask) -> None:
    with practice_app.app_context():
        document = list_json(listing(lists.OPEN, SYSTEM, practice=True, size=None).lines)
    requests = document["requests"]
    assert isinstance(requests, list)
    assert [each["request"] for each in requests] == sorted(each["request"] for each in requests)
    assert {key for each in requests for key in each} == {
        "request", "requester", "date", "formal", "step", "due", "status", "needs",
    }  # fmt: skip
    assert {key for each in requests for need in each["needs"] for key in need} == {"need", "fields", "kind", "status"}
    assert {each["step"] for each in requests} == set(range(1, 10))
    assert main.commands["assistance"].commands.keys() == {"list", "match", "plan", "report", "holidays"}  # type: ignore[attr-defined]


AT = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def line(
    number: int, *, late: int = 0, registered: int = 0, moved: int | None = None, status: Status = Status.OPEN
) -> Line:
    """A line registered, and moved, some days after 1 November."""
    values = replace(VALUES, title=str(number))
    after = AT + datetime.timedelta(days=registered)
    request = Request(f"R-2026-{number:03}", values, status, Course(), (), 0, after)
    return Line(
        request, Standing(Step.SEND, overdue=late), AT + datetime.timedelta(days=moved) if moved is not None else None
    )


def test_the_committee_is_briefed_on_what_moved_or_is_late() -> None:
    since = AT + datetime.timedelta(days=5)
    lines = [
        line(1, moved=2),
        line(2, moved=6),
        line(3, registered=6),
        line(4, late=3),
        line(5, late=3, registered=7, status=Status.HISTORICAL),
        line(6, late=9, moved=8),
    ]
    briefed = [(each.line.request.id[-1], each.reasons) for each in agenda.briefing_list(lines, since)]
    assert briefed == [
        ("6", (Reason.MOVED, Reason.OVERDUE)),
        ("4", (Reason.OVERDUE,)),
        ("3", (Reason.NEW,)),
        ("2", (Reason.MOVED,)),
    ]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (D(2026, 11, 24), 2, D(2026, 9, 24)),
        (D(2026, 1, 31), 2, D(2025, 11, 30)),
        (D(2024, 4, 30), 2, D(2024, 2, 29)),
        (D(2026, 2, 28), 2, D(2025, 12, 28)),
    ],
)
def test_two_months_before(day: datetime.date, months: int, before: datetime.date) -> None:
    assert months_before(day, months) == before


def test_a_briefing_is_counted_from_the_last_one(practice_app: Flask) -> None:
    with practice_app.app_context():
        day = calendar.today()
        assert lists.to_brief(COORDINATOR, practice=True)[0] == months_before(day, 2)
        with transaction():
            calendar.record_briefing(day - datetime.timedelta(days=3), COORDINATOR, practice=True)
        last, briefed = lists.to_brief(COORDINATOR, practice=True)
        assert last == day - datetime.timedelta(days=3)
        assert all(each.line.standing.overdue or Reason.OVERDUE not in each.reasons for each in briefed)
        assert briefed[0].reasons[-1] is Reason.OVERDUE
        assert lists.to_brief(COORDINATOR, practice=False)[1] == []


def test_a_table_of_holidays() -> None:
    table = read_holidays(
        "\N{ZERO WIDTH NO-BREAK SPACE}date;name\n2027-01-01;New Year’s Day\n\n2027-12-25;'=Noël\n".encode()
    )
    assert table.problems == ()
    assert dict(table.days) == {D(2027, 1, 1): "New Year’s Day", D(2027, 12, 25): "=Noël"}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", [("no-lines", "1")]),
        (b"\xff\xfe", [("not-utf-8", "1")]),
        (b"2027-13-01,x\n2027-1-1,y\n", [("no-date", "1"), ("no-date", "2")]),
        (b"2027-01-01,x\n2027-01-01,y\n2027-01-02,\n", [("repeated-date", "2"), ("no-name", "3")]),
        (b"x" * (256 * 1024 + 1), [("too-large", "1")]),
    ],
)
def test_faults_of_a_table_of_holidays(data: bytes, found: list[tuple[str, str]]) -> None:
    table = read_holidays(data)
    assert [(problem.code, problem.where) for problem in table.problems] == found

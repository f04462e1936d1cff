"""The invented requests: the same for the same day, fit for the procedure on whatever day the record is made."""

import datetime
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from cpi1540 import paths
from cpi1540.assistance.procedure.course import Recorded, follow, why_not
from cpi1540.assistance.procedure.workdays import NO_HOLIDAYS, Holidays
from cpi1540.assistance.requests import checking
from cpi1540.assistance.requests.request import Requester, is_submitted
from cpi1540.desk.practice import assistance_requests
from cpi1540.desk.practice.generator import generate
from cpi1540.desk.practice.record import PracticeRecord
from cpi1540.locales import CODES
from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.layout_json import parse_layout

FOLDER = paths.SEED / "practice"
TEXTS = assistance_requests.read_texts(FOLDER)


@cache
def made() -> tuple[Layout, PracticeRecord]:
    layout = parse_layout((paths.SEED / "layouts/2017.json").read_text("utf-8"), "2017.json")
    return layout, generate(layout, FOLDER)


def requests(today: datetime.date, holidays: Holidays = NO_HOLIDAYS) -> list[assistance_requests.InventedRequest]:
    layout, record = made()
    return assistance_requests.requests(record.states, layout, TEXTS, today, holidays, record.seed)


@settings(max_examples=40)
@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2032, 12, 31)), st.sets(st.integers(0, 800), max_size=30))
def test_on_any_day_every_act_belongs_where_it_stands(today: datetime.date, off: set[int]) -> None:
    layout, _record = made()
    holidays = Holidays.of(today - datetime.timedelta(days=days) for days in off)
    found = requests(today, holidays)
    assert len(found) == 60
    assert found == requests(today, holidays)
    for request in found:
        assert checking.faults(request.values, today) + checking.need_faults(request.needs, layout) == []
        date, kept = request.values.date, []
        assert date is not None
        for number, (act, on, note) in enumerate(request.acts, 1):
            stands = follow(kept, date.first_day, formal=request.values.formal, submitted=is_submitted(request.values))
            assert why_not(stands, act, on, holidays, today) is None
            kept.append(Recorded(number, act, on, note))


def test_fields_are_gaps_of_a_state_that_asks_and_texts_are_in_its_language() -> None:
    layout, record = made()
    states = {state.code: state for state in record.states}
    for request in requests(datetime.date(2026, 11, 24)):
        asking = [states[code] for code in request.values.requester.states]
        gaps = {
            key
            for state in asking
            for version in state.versions
            for key, entry in version.entries.items()
            if is_gap(layout.field(key), entry.code)
        }
        assert not asking or {key for need in request.needs for key in need.fields} <= gaps
        languages = {state.language for state in asking} or {"en"}
        assert request.values.language in languages
        assert all(need.objective and "%(" not in need.objective for need in request.needs)


def test_every_text_is_in_six_languages() -> None:
    texts = [
        *TEXTS["titles"].values(),
        *TEXTS["texts"].values(),
        *TEXTS["objectives"].values(),
        *TEXTS["beneficiaries"],
        *TEXTS["in_place"],
        *TEXTS["own_contribution"],
        *TEXTS["time_frames"],
    ]
    assert len(texts) == 28
    assert all(tuple(sorted(each)) == CODES and all(each.values()) for each in texts)


def test_some_ask_together_and_all_are_of_the_practice_record() -> None:
    requesters = [request.values.requester for request in requests(datetime.date(2026, 11, 24))]
    assert all(each.practice for each in requesters)
    assert sum(len(each.states) > 1 for each in requesters) >= 3
    organizations = [replace(each, practice=True) for each in requesters if each.organization]
    assert len(organizations) == len({each.organization for each in organizations}) >= 2
    assert Requester(("XAG",), None, True) in requesters

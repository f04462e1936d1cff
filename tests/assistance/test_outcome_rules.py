"""Threads from a field to its outcome, providers who overlap, and how well the matcher does: rules on paper."""

import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.outcomes.match import Done, Match, MatchAct, MatchStatus, Reasons, Side, reached
from cpi1540.assistance.outcomes.measures import AskedNeed, measure, middle
from cpi1540.assistance.outcomes.overlap import Quarter, Work, overlaps, quarter_of, quarters
from cpi1540.assistance.outcomes.thread import (
    Delivery,
    FieldThread,
    Outcome,
    Reviewed,
    ThreadCounts,
    count,
    thread,
    together,
)
from cpi1540.assistance.requests.request import NeedStatus
from cpi1540.matrix.record import Code

D = datetime.date
FIELDS = ("op3cd.transit.nw.framework", "op3cd.transit.cw.framework", "op3cd.transit.bw.framework")
FIRST = Reviewed(1, D(2015, 5, 4), dict(zip(FIELDS, (Code.BLANK, Code.BLANK, Code.INCOMPLETE), strict=True)))
SECOND = Reviewed(2, D(2022, 5, 4), dict(zip(FIELDS, (Code.FOUND, Code.INCOMPLETE, Code.INCOMPLETE), strict=True)))
THIRD = Reviewed(3, D(2025, 5, 4), dict.fromkeys(FIELDS, Code.FOUND))


def delivery(
    on: datetime.date | None, status: MatchStatus = MatchStatus.DELIVERED, fields: tuple[str, ...] = FIELDS
) -> Delivery:
    return Delivery("R-2018-001/1/1", "R-2018-001/1", "O-1", "P-1", status, fields, on)


def test_a_thread_compares_the_version_in_force_at_delivery_with_the_first_one_after() -> None:
    found = thread(delivery(D(2019, 6, 3)), (THIRD, FIRST, SECOND))
    assert (found.before, found.after) == (FIRST, SECOND)
    assert found.fields == (
        FieldThread(FIELDS[0], Code.BLANK, Code.FOUND, Outcome.FOUND),
        FieldThread(FIELDS[1], Code.BLANK, Code.INCOMPLETE, Outcome.CHANGED),
        FieldThread(FIELDS[2], Code.INCOMPLETE, Code.INCOMPLETE, Outcome.UNCHANGED),
    )


def test_a_version_of_the_day_of_delivery_is_no_later_one() -> None:
    found = thread(delivery(SECOND.on), (FIRST, SECOND))
    assert (found.before, found.after) == (SECOND, None)
    assert {each.outcome for each in found.fields} == {Outcome.NOT_YET}


def test_nothing_delivered_has_no_outcome_and_shows_the_latest_code() -> None:
    found = thread(delivery(None, MatchStatus.AGREED), (FIRST, SECOND))
    assert (found.before, found.after) == (SECOND, None)
    assert [each.outcome for each in found.fields] == [None, None, None]
    assert found.fields[0].before is Code.FOUND


def test_a_field_never_reviewed_before_has_none_before() -> None:
    found = thread(delivery(D(2010, 1, 4)), (FIRST,))
    assert found.before is None
    assert found.fields[0] == FieldThread(FIELDS[0], None, Code.BLANK, Outcome.CHANGED)


def test_threads_are_counted_by_field_with_the_best_outcome() -> None:
    threads = [
        thread(delivery(D(2019, 6, 3)), (FIRST, SECOND)),
        thread(delivery(D(2023, 6, 5), fields=FIELDS[2:]), (FIRST, SECOND, THIRD)),
        thread(delivery(None, MatchStatus.DECLINED, ("op2.use.cw.framework",)), (FIRST,)),
    ]
    found = count([*FIELDS, "op2.use.cw.framework"], threads)
    assert (found.named, found.agreed, found.delivered) == (4, 3, 3)
    assert {each: found.of(each) for each in Outcome} == {
        Outcome.FOUND: 2,
        Outcome.CHANGED: 1,
        Outcome.UNCHANGED: 0,
        Outcome.NOT_YET: 0,
    }
    both = together([found, found, ThreadCounts()])
    assert (both.named, both.of(Outcome.FOUND)) == (8, 4)


@given(st.lists(st.dates(D(2005, 1, 1), D(2026, 1, 1)), max_size=6), st.dates(D(2005, 1, 1), D(2026, 1, 1)))
def test_outcomes_add_up_to_the_fields_delivered(days: list[datetime.date], on: datetime.date) -> None:
    versions = [Reviewed(place, day, {FIELDS[0]: Code.BLANK}) for place, day in enumerate(days, 1)]
    found = count((), [thread(delivery(on), versions)])
    assert found.delivered == len(FIELDS) == sum(found.of(each) for each in Outcome)
    assert (found.of(Outcome.NOT_YET) == len(FIELDS)) == (max(days, default=on) <= on)


def work(match: str, provider: str, first: datetime.date, last: datetime.date, *rows: str, state: str = "KEN") -> Work:
    return Work(match, provider, frozenset({state}), frozenset(rows or ("op3cd.transit",)), first, last)


def test_quarters_run_from_the_first_day_to_the_last() -> None:
    assert quarter_of(D(2026, 3, 31)) == Quarter(2026, 1)
    assert quarters(D(2025, 11, 2), D(2026, 4, 1)) == (Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2))
    assert quarters(D(2026, 4, 1), D(2026, 3, 31)) == ()


def test_two_providers_on_one_row_in_one_state_and_quarter_overlap() -> None:
    one = work("R-2026-001/1/1", "P-1", D(2026, 1, 5), D(2026, 5, 5), "op3cd.transit", "op3cd.re-export")
    other = work("R-2026-002/1/1", "P-2", D(2026, 4, 1), D(2026, 9, 30))
    found = overlaps([other, one])
    assert [(each.state, each.one, each.other, each.rows, each.quarters) for each in found] == [
        ("KEN", one, other, ("op3cd.transit",), (Quarter(2026, 2),))
    ]


@pytest.mark.parametrize(
    "other",
    [
        work("R-2026-002/1/1", "P-1", D(2026, 1, 5), D(2026, 2, 5)),
        work("R-2026-002/1/1", "P-2", D(2026, 4, 1), D(2026, 5, 5)),
        work("R-2026-002/1/1", "P-2", D(2026, 1, 5), D(2026, 2, 5), "op3cd.re-export"),
        work("R-2026-002/1/1", "P-2", D(2026, 1, 5), D(2026, 2, 5), state="GHA"),
    ],
    ids=["the same provider", "another quarter", "another row", "another State"],
)
def test_what_differs_in_one_of_them_does_not_overlap(other: Work) -> None:
    assert overlaps([work("R-2026-001/1/1", "P-1", D(2026, 1, 5), D(2026, 3, 5)), other]) == ()


WORKS = st.builds(
    Work,
    st.uuids().map(str),
    st.sampled_from(["P-1", "P-2", "P-3"]),
    st.frozensets(st.sampled_from(["KEN", "GHA"]), min_size=1),
    st.frozensets(st.sampled_from(["op2.use", "op2.finance", "op3cd.transit"])),
    st.dates(D(2024, 1, 1), D(2025, 6, 1)),
    st.dates(D(2024, 6, 1), D(2026, 1, 1)),
)


@given(st.lists(WORKS, max_size=6))
def test_overlaps_are_those_that_a_slow_reading_finds(works: list[Work]) -> None:
    slow = set()
    for one, other in product(works, works):
        if one.match >= other.match or one.provider == other.provider:
            continue
        common = set(quarters(one.first, one.last)) & set(quarters(other.first, other.last))
        rows = one.rows & other.rows
        if common and rows:
            slow |= {(state, one.match, other.match) for state in one.states & other.states}
    assert {(each.state, each.one.match, each.other.match) for each in overlaps(works)} == slow


def decided(need: str, number: int, rank: int | None, *acts: tuple[MatchAct, datetime.date]) -> Match:
    done = tuple(Done(place, act, on, Side.OFFICE) for place, (act, on) in enumerate(acts, 1))
    return Match(
        f"{need}/{number}", number, need[:-2], need, "O-1", "P-1", reached(done).status, Reasons("w/1", 0.5, rank), done
    )


PROPOSE, ACCEPT, AGREE = MatchAct.PROPOSE, MatchAct.ACCEPT, MatchAct.AGREE
NEEDS = [
    AskedNeed("R-2026-001/1", NeedStatus.AGREED, D(2026, 1, 5)),
    AskedNeed("R-2026-001/2", NeedStatus.OPEN, D(2026, 1, 5)),
    AskedNeed("R-2026-002/1", NeedStatus.AGREED, None),
    AskedNeed("R-2026-003/1", NeedStatus.PROPOSED, D(2026, 2, 2)),
]


def test_measures_rest_on_what_people_decided() -> None:
    matches = [
        decided(
            "R-2026-001/1", 1, 3, (PROPOSE, D(2026, 1, 6)), (ACCEPT, D(2026, 1, 15)), (MatchAct.DECLINE, D(2026, 1, 20))
        ),
        decided("R-2026-001/1", 2, 1, (PROPOSE, D(2026, 1, 6)), (ACCEPT, D(2026, 2, 1)), (AGREE, D(2026, 2, 9))),
        decided("R-2026-002/1", 1, 6, (PROPOSE, D(2026, 1, 6)), (ACCEPT, D(2026, 2, 1)), (AGREE, D(2026, 2, 9))),
        decided("R-2026-003/1", 1, 1, (PROPOSE, D(2026, 2, 3)), (ACCEPT, D(2026, 2, 8))),
        decided("R-2020-009/1", 1, 1, (PROPOSE, D(2026, 2, 3)), (ACCEPT, D(2026, 2, 8)), (AGREE, D(2026, 2, 9))),
    ]
    found = measure(NEEDS, matches)
    assert (found.needs, found.matches) == (4, 4)
    assert (found.hit_first.count, found.hit_first.n, found.hit_first.value) == (1, 2, 0.5)
    assert (found.hit_few.count, found.hit_few.n) == (1, 2)
    assert (found.declined.count, found.declined.n) == (1, 4)
    assert found.first_offer == middle([10, 6])
    assert (found.first_offer.days, found.first_offer.n) == (8.0, 2)
    assert (found.matched.count, found.matched.n, found.matched.value) == (2, 4, 0.5)
    assert found.delivered.count == 0


def test_a_match_whose_rank_nobody_kept_is_told_apart() -> None:
    one = decided("R-2026-001/1", 1, None, (PROPOSE, D(2026, 1, 6)), (ACCEPT, D(2026, 1, 15)), (AGREE, D(2026, 2, 9)))
    found = measure(NEEDS, [one])
    assert (found.hit_first.n, found.without_rank) == (0, 1)
    assert found.hit_first.value is None


def test_nothing_to_measure_gives_no_figure() -> None:
    found = measure([], [])
    assert (found.hit_first.value, found.matched.value, found.first_offer.days) == (None, None, None)
